"""The API of questions: what a token may write. As on the pages nothing goes out that its author has not seen as it will
be read: the preview says what was found, and gives the mark that goes along with the text.
"""

from dataclasses import replace
from hashlib import blake2s

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.tokens import ANSWER, ASK
from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.domains.rules import ScopeTooFine
from app.domains.service import policy_of
from app.questions import answers, service
from app.questions.access import get_readable
from app.questions.api_models import Decided, Made, Preview, QuestionSent, ReplySent, choices_of, preview_of
from app.questions.ask_routes import limits_of
from app.questions.blueprint import blueprint
from app.questions.checks import Checked
from app.questions.contacts import own_contact
from app.questions.deciding import check_texts, outgrown, own_refused
from app.questions.exclusions import circles_of_names
from app.questions.forms import field_names, read_question
from app.questions.lockers import PEER, find_own
from app.questions.preview import longest_of, preview_card, texts_of, with_texts
from app.questions.preview_routes import topics_near
from app.questions.replies import digest
from app.questions.rules import MAX_ANSWER, BadText, OverLimit, Question, clean_text
from app.questions.thread_page import refusal_errors
from app.questions.words import limit_words, text_words
from app.web.api import described
from app.web.i18n import gettext as _
from app.web.problems import API, refuse
from app.wiring import Toolbox, toolbox


@blueprint.post(f"{API}/threads/preview")
@allow("member", scope=ASK)
@described(Preview)
def api_preview(json: QuestionSent) -> Preview:
    """How a question would be read; nothing is kept."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        question, checked = _looked_at(tools, stores, viewer, json)
        card = preview_card(
            stores, tools.vault, tools.trade, viewer=viewer, question=question, policy=policy_of(tools.settings),
            today=today(tools.clock.now()),
        )  # fmt: skip
    return preview_of(checked, passes=card.passes, seen=_mark(json, checked))


@blueprint.post(f"{API}/threads")
@allow("member", scope=ASK)
@described(Made, status=201)
def api_ask(json: QuestionSent) -> tuple[Made, int]:
    """Publish a question that its author has seen as it will be read; the same token again makes none."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        question, checked = _looked_at(tools, stores, viewer, json)
    _refuse_unfit(checked, longest_of(tools.trade), is_seen=json.seen == _mark(json, checked))
    try:
        return Made(id=_ask(tools, viewer, question, json)), 201
    except OverLimit as limit:
        refuse({}, limit_words(limit, tools.settings))
    except ScopeTooFine as fine:
        refuse(refusal_errors(fine))


@blueprint.post(f"{API}/replies/preview")
@allow("member", scope=ANSWER)
@described(Preview)
def api_reply_preview(json: ReplySent) -> Preview:
    """How an answer, or a word after it, would be read; nothing is kept."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        checked = _checked(tools, stores, viewer, {"text": typed_of(json)}, json)
    return preview_of(checked, passes=True, seen=digest(checked))


@blueprint.post(f"{API}/threads/<thread_id>/answers")
@allow("member", scope=ANSWER)
@described(Made, status=201)
def api_answer(thread_id: str, json: ReplySent) -> tuple[Made, int]:
    """Answer as a member of the domain."""
    tools, viewer = toolbox(), current_viewer()
    text = final_text(tools, viewer, json, thread_id)
    with tools.database.transaction("content", "keys") as stores:
        post = answers.add_answer(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, text=text, window=tools.window,
            today=today(tools.clock.now()), token=json.token, at_once=json.urgent_now, policy=policy_of(tools.settings),
            contact=own_contact(tools, stores, viewer, wanted=json.notify, thread_id=thread_id),
        )  # fmt: skip
    return Made(id=post), 201


@blueprint.post(f"{API}/threads/<thread_id>/followups")
@allow("member", scope=ANSWER)
@described(Made, status=201)
def api_follow_up(thread_id: str, json: ReplySent) -> tuple[Made, int]:
    """Write once more in a thread of one's own."""
    tools, viewer = toolbox(), current_viewer()
    text = final_text(tools, viewer, json, thread_id)
    with tools.database.transaction("content", "keys") as stores:
        post = answers.add_followup(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, text=text, window=tools.window,
            today=today(tools.clock.now()), token=json.token, policy=policy_of(tools.settings),
        )  # fmt: skip
    return Made(id=post), 201


def final_text(tools: Toolbox, viewer: Viewer, sent: ReplySent, thread_id: str, *, asked: bool = False) -> str:
    """A reply as it will be read. `asked` is the queue's word that the viewer holds an offer. Raises NotThere."""
    with tools.database.reading() as stores:
        own = find_own(stores, viewer.secret, thread_id)
        is_peer = own is not None and own.part == PEER
        get_readable(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, asked=asked or is_peer)
        checked = _checked(tools, stores, viewer, {"text": typed_of(sent)}, sent)
    is_plain = not (checked.finds or checked.held)
    _refuse_unfit(checked, {"text": MAX_ANSWER}, is_seen=sent.seen == digest(checked) or (is_plain and not sent.seen))
    return checked.final["text"]


def typed_of(sent: ReplySent) -> str:
    """Its text, tidied; refuses one that is empty or too long."""
    try:
        return clean_text(sent.text)
    except BadText as bad:
        refuse({"text": text_words(bad.reason, MAX_ANSWER)})


def _looked_at(tools: Toolbox, stores: Stores, viewer: Viewer, sent: QuestionSent) -> tuple[Question, Checked]:
    """The question as it will be read, and its check; refuses fields that are wrong."""
    values = _values(sent)
    if not values.keys() <= field_names(tools.trade):
        refuse({"": _("説明書きにない項目があります。")})
    form = read_question(tools.trade, viewer, values, today=today(tools.clock.now()))
    if form.question is None:
        refuse(form.errors)
    checked = _checked(tools, stores, viewer, texts_of(tools.trade, form.question), sent)
    question = with_texts(form.question, checked.final)
    if not question.topic:
        question = replace(question, topic=topics_near(tools, viewer, question)[0].key)
    return question, checked


def _values(sent: QuestionSent) -> dict[str, str]:
    """The same as the form of the page has it."""
    ticked = {name: "1" if getattr(sent, name) else "" for name in ("company_may", "urgent", "notify")}
    return {
        "subject": sent.subject, "topic": sent.topic, "title": sent.title, "audience": sent.audience, **ticked,
        "exclude": "\n".join(sent.exclude),
        **{f"field_{key}": text for key, text in sent.fields.items()},
        **{f"facet_{key}": value for key, value in sent.facets.items()},
        **{f"level_{name}": str(level) for name, level in sent.levels.items()},
    }  # fmt: skip


def _checked(tools: Toolbox, stores: Stores, viewer: Viewer, texts: dict[str, str], sent: Decided) -> Checked:
    return check_texts(tools, stores, viewer, texts, choices=choices_of(sent), plain=sent.plain)


def _mark(sent: QuestionSent, checked: Checked) -> str:
    """What was looked at: another one when anything that others read, or who they are, would be another."""
    said = sent.model_dump_json(exclude={"seen", "token", "notify"}) + digest(checked)
    return blake2s(said.encode(), digest_size=8).hexdigest()


def _refuse_unfit(checked: Checked, longest: dict[str, int], *, is_seen: bool) -> None:
    errors = {name: own_refused() for name in checked.refused} | outgrown(checked, longest)
    if errors:
        refuse(errors)
    if not is_seen:
        refuse({"seen": _("見え方が変わりました。プレビューで確かめてから、その seen を添えて送ってください。")})


def _ask(tools: Toolbox, viewer: Viewer, question: Question, sent: QuestionSent) -> str:
    with tools.database.transaction("content", "keys") as stores:
        return service.ask(
            stores, tools.vault, tools.trade, viewer=viewer, question=question, window=tools.window,
            today=today(tools.clock.now()), token=sent.token, limits=limits_of(tools.settings),
            policy=policy_of(tools.settings), excluded=circles_of_names(stores, tools.vault, question.exclude),
            contact=own_contact(tools, stores, viewer, wanted=question.notify),
        )  # fmt: skip
