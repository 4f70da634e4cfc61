"""From a draft to its thread: the preview, what its author decides there, publishing."""

from dataclasses import replace
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.domains.rules import ScopeTooFine
from app.domains.service import policy_of
from app.domains.trade import Named
from app.questions import sent, service
from app.questions.ask_routes import limit_now, limits_of, similar_to
from app.questions.blueprint import blueprint
from app.questions.checks import Checked, Choices, NamesOwn, Outgrown
from app.questions.contacts import own_contact
from app.questions.deciding import check_texts, check_words, outgrown, read_choices, replace_all, wants_plain
from app.questions.draft_routes import told, wants_json
from app.questions.drafts import PLACE, Draft, discard_draft, find_draft, keep_draft
from app.questions.exclusions import circles_of_names
from app.questions.forms import read_question
from app.questions.lockers import OWNER, own_threads
from app.questions.pennames import PenNameRefused
from app.questions.phone import check_phone
from app.questions.photos import draft_photos, draft_pictures, open_draft_photo
from app.questions.preview import longest_of, names_of, preview_card, texts_of, with_texts
from app.questions.rules import OverLimit, Question
from app.questions.topics import NONE, chosen_topic, nearest_topics, topic_options
from app.questions.uploads import photo_response
from app.questions.wishing import is_proposed
from app.questions.words import limit_words, pen_trouble
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox

Refusal = OverLimit | ScopeTooFine | NamesOwn | Outgrown | PenNameRefused


@blueprint.get("/ask/preview")
@allow("member")
def preview() -> Response:
    """What each audience would see."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        return _preview(tools, stores, viewer)


@blueprint.post("/ask/check")
@allow("member")
def check() -> Response:
    """Keep what was decided about the finds and the style, and show the preview again."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        draft = find_draft(stores, viewer.secret)
        choices = _decided(tools, stores, viewer, draft)
    if draft is not None and draft.token == request.form.get("token", ""):
        _keep_choices(tools, viewer, draft, choices)
    return redirect(url_for("questions.preview"), 303)


@blueprint.post("/ask/coarser")
@allow("member")
def coarser() -> Response:
    """Take the nearest levels that pass."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        draft = find_draft(stores, viewer.secret)
        question = _question_of(tools, viewer, draft)
        if draft is not None and question is not None:
            card = _card(tools, stores, viewer, question)
            changed = {f"level_{name}": str(level) for name, level in card.levels.items()}
            keep_draft(stores, viewer.secret, {**draft.values, **changed})
    return redirect(url_for("questions.preview"), 303)


@blueprint.post("/ask/publish")
@allow("member")
def publish() -> Response:
    """Publish the draft of this token; the same token again leads to the same thread."""
    tools, viewer = toolbox(), current_viewer()
    check_phone(viewer)
    try:
        where = _publish(tools, viewer, request.form.get("token", ""))
    except (OverLimit, ScopeTooFine, NamesOwn, Outgrown, PenNameRefused) as refusal:
        if wants_json():
            return told(
                _("質問をまだ公開できません。見え方のページで、わけを確かめてください。"),
                url_for("questions.preview"),
                _("見え方を確かめる"),
            )
        with tools.database.reading() as stores:
            return make_response(_preview(tools, stores, viewer, refusal), 422)
    return _gone_out(where) if wants_json() else redirect(where, 303)


def _gone_out(where: str) -> Response:
    if where.startswith(url_for("questions.ask")):  # the draft was changed meanwhile: it is shown, not published
        return told(
            _("下書きが変わっていたので、まだ公開していません。"), url_for("questions.preview"), _("見え方を確かめる")
        )
    return told(_("電波のないあいだに「公開する」を押した質問を受け取りました。"), where, _("質問のいまを見る"))


@blueprint.get("/ask/photos/<photo_id>")
@allow("member")
def draft_photo(photo_id: str) -> Response:
    """A photo of a draft of the viewer's own."""
    with toolbox().database.reading() as stores:
        return photo_response(open_draft_photo(stores, current_viewer().secret, photo_id))


def final_question(tools: Toolbox, stores: Stores, viewer: Viewer) -> tuple[Draft, Question] | None:
    """The draft as it would be read now; None while there is none, or something in it cannot go out."""
    draft = find_draft(stores, viewer.secret)
    typed = _question_of(tools, viewer, draft)
    if draft is None or typed is None:
        return None
    checked = _checked(tools, stores, viewer, typed, draft, draft.choices)
    if checked.refused or outgrown(checked, longest_of(tools.trade)):
        return None
    return draft, with_texts(typed, checked.final)


def _question_of(tools: Toolbox, viewer: Viewer, draft: Draft | None) -> Question | None:
    """The draft as a question; a topic that its author left open is the nearest one."""
    if draft is None:
        return None
    question = read_question(tools.trade, viewer, draft.values, today=today(tools.clock.now())).question
    if question is None or question.topic:
        return question
    return replace(question, topic=topics_near(tools, viewer, question)[0].key)


def topics_near(tools: Toolbox, viewer: Viewer, question: Question) -> list[Named]:
    """The topics of a question's subject, the nearest to its words first."""
    text = "\n".join(texts_of(tools.trade, question).values())
    vector = tools.asked(text, whose=viewer.member_id)
    return nearest_topics(tools.encoder, tools.trade, subject=question.subject, text=text, vector=vector)


def _checked(
    tools: Toolbox, stores: Stores, viewer: Viewer, question: Question, draft: Draft, choices: Choices
) -> Checked:
    texts = texts_of(tools.trade, question)
    return check_texts(tools, stores, viewer, texts, choices=choices, plain=draft.plain)


def _preview(tools: Toolbox, stores: Stores, viewer: Viewer, refusal: Refusal | None = None) -> Response:
    draft = find_draft(stores, viewer.secret)
    typed = _question_of(tools, viewer, draft)
    if draft is None or typed is None:
        return redirect(url_for("questions.ask"), 303)
    checked = _checked(tools, stores, viewer, typed, draft, {**draft.choices, **read_choices()})
    question = chosen_topic(tools.trade, with_texts(typed, checked.final), request.form)
    topics, more_topics = topic_options(topics_near(tools, viewer, question), question)
    limit = limit_now(tools, stores, viewer, urgent=question.urgent)
    page = render_template(
        "questions/preview.html",
        card=_card(tools, stores, viewer, question),
        question=question,
        token=draft.token,
        checked=checked,
        names=names_of(tools.trade),
        errors=outgrown(checked, longest_of(tools.trade))
        | (check_words(checked) if isinstance(refusal, NamesOwn) else {}),
        refused=pen_trouble(refusal.reason) if isinstance(refusal, PenNameRefused) else "",
        limit=limit_words(limit, tools.settings) if limit else "",
        is_first=not any(one.part == OWNER for one in own_threads(stores, viewer.secret)),
        word=is_proposed(stores, viewer.secret, draft.token) if request.method == "GET" else "word" in request.form,
        topics=topics,
        more_topics=more_topics,
        no_topic=NONE,
        is_chosen=bool(draft.values.get("topic")),
        similar=similar_to(tools, stores, viewer, question.subject, "\n".join(checked.final.values())),
    )
    return make_response(page)


def _card(tools: Toolbox, stores: Stores, viewer: Viewer, question: Question) -> Any:
    return preview_card(
        stores, tools.vault, tools.trade, viewer=viewer, question=question, policy=policy_of(tools.settings),
        today=today(tools.clock.now()), photos=draft_photos(stores, viewer.secret, PLACE),
    )  # fmt: skip


def _decided(tools: Toolbox, stores: Stores, viewer: Viewer, draft: Draft | None) -> Choices:
    question = _question_of(tools, viewer, draft)
    if draft is None or question is None:
        return {}
    choices: Choices = {**draft.choices, **read_choices()}
    if request.form.get("do") != "all":
        return choices
    return replace_all(_checked(tools, stores, viewer, question, draft, choices))


def _keep_choices(tools: Toolbox, viewer: Viewer, draft: Draft, choices: Choices) -> None:
    with tools.database.transaction("content") as stores:
        keep_draft(stores, viewer.secret, draft.values, choices=choices, plain=wants_plain(draft.plain))


def _publish(tools: Toolbox, viewer: Viewer, token: str) -> str:
    """Where to go: the thread; the preview again when what it showed would change; the form when there is no draft."""
    with tools.database.reading() as stores:  # the check takes its time, and nobody should wait for it to write
        draft = find_draft(stores, viewer.secret)
        typed = _question_of(tools, viewer, draft)
        if draft is None or draft.token != token or typed is None:
            return _where(sent.find(stores, viewer.secret, token))
        choices: Choices = {**draft.choices, **read_choices()}
        checked = _checked(tools, stores, viewer, typed, draft, choices)
        if checked.refused:
            raise NamesOwn
        if outgrown(checked, longest_of(tools.trade)):
            raise Outgrown
        is_seen = (
            choices == draft.choices
            or _checked(tools, stores, viewer, typed, draft, draft.choices).final == checked.final
        )
    if is_seen:
        return _where(
            _ask(tools, viewer, chosen_topic(tools.trade, with_texts(typed, checked.final), request.form), token)
        )
    _keep_choices(tools, viewer, draft, choices)
    flash(_("選んだとおりに直しました。この見え方でよければ、公開してください。"), "ok")
    return url_for("questions.preview")


def _where(thread_id: str | None) -> str:
    return url_for("questions.thread", thread_id=thread_id) if thread_id else url_for("questions.ask")


def _ask(tools: Toolbox, viewer: Viewer, question: Question, token: str) -> str | None:
    with tools.database.transaction("content", "keys") as stores:
        draft = find_draft(stores, viewer.secret)
        if draft is None or draft.token != token:  # another window was faster
            return sent.find(stores, viewer.secret, token)
        thread_id = service.ask(
            stores, tools.vault, tools.trade, viewer=viewer, question=question, window=tools.window,
            today=today(tools.clock.now()), token=token, limits=limits_of(tools.settings),
            policy=policy_of(tools.settings), excluded=circles_of_names(stores, tools.vault, question.exclude),
            contact=own_contact(tools, stores, viewer, wanted=question.notify),
            photos=draft_pictures(stores, viewer.secret, PLACE), sign=request.form.get("sign") == "pen",
            word=request.form.get("word") == "1",
        )  # fmt: skip
        discard_draft(stores, viewer.secret)
    return thread_id
