"""Views of writing a note: the form, what readers will see, and off with it."""

from secrets import token_hex

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.community.checking import Typed, look_page, read_texts
from app.domains.rules import ScopeTooFine, domain_labels, hidden_levels, labels_of, shown_attributes, shows_subject
from app.domains.service import policy_of
from app.knowledge.blueprint import blueprint
from app.knowledge.notes import Note, add_note
from app.knowledge.rules import AUDIENCES, MAX_BODY, MAX_TITLE
from app.knowledge.words import audience_options, audience_words, scope_rows
from app.questions import crowd
from app.questions.choices import level_fields, named_options, subject_options
from app.questions.contacts import own_contact
from app.questions.keeping import Kept, KeptForm, discard_kept, keep_typed, keeps_form, kept_at, typed_at
from app.questions.wishing import is_proposed
from app.questions.words import received_words
from app.questions.writing import longest_wait
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox
from privacy.scopes import Audience

NOT_CARRIED = {"csrf_token", "do", "previewed"}
FIELDS = {"title": MAX_TITLE, "body": MAX_BODY}
PLACE = "note"
keeps_form(PLACE, KeptForm(tuple(FIELDS), ("subject", "topic", "audience", "company", "notify", "word")))


@blueprint.get("/articles/new")
@allow("member", while_reading=False)
def new_note() -> str:
    """The form."""
    return _form({})


@blueprint.post("/articles/new")
@allow("member")
def write_note() -> Response:
    """Checked first, then shown as readers will see it, then sent."""
    tools, viewer = toolbox(), current_viewer()
    typed, errors = read_texts(tools, viewer, FIELDS), _chosen_errors(tools)
    if typed.step == "done":
        return redirect(url_for("knowledge.articles"), 303)
    _keep(tools, viewer)
    if typed.step == "back" or errors:
        found = {**typed.errors, **(errors if request.form.get("do") != "back" else {})}
        return make_response(_form(found), 422 if found else 200)
    if typed.step == "look":
        return look_page(typed, title=_("メモの確認"), names=_names(), kept=url_for("knowledge.new_note"))
    return _send(tools, viewer, typed) if request.form.get("previewed") == "1" else _preview(tools, viewer, typed)


def _names() -> dict[str, str]:
    return {"title": _("題名"), "body": _("本文")}


def _keep(tools: Toolbox, viewer: Viewer) -> None:
    """As a draft, until it is sent: no way from the pages in between loses it."""
    with tools.database.transaction("content") as stores:
        keep_typed(stores, viewer.secret, PLACE, typed_at(PLACE, request.form))


def _send(tools: Toolbox, viewer: Viewer, typed: Typed) -> Response:
    try:
        place, wait = _store(tools, viewer, typed)
    except ScopeTooFine:
        said = _("この見せ方では、あなただとわかるおそれがあります。分類だけにすると出せます。")
        return make_response(_form({"levels": said}), 422)
    if typed.is_held:
        flash(_("受け取りました。世話役が確かめてから公開します。結果はお知らせします。"), "ok")
    else:
        flash(received_words(wait * tools.settings.window_seconds), "ok")
    return redirect(url_for("knowledge.article", article_id=place), 303)


def _store(tools: Toolbox, viewer: Viewer, typed: Typed) -> tuple[str, int]:
    """Its place, and how many windows it waits at the most."""
    with tools.database.transaction("content", "keys") as stores:
        place = add_note(
            stores, tools.vault, tools.trade, viewer=viewer, note=_note(tools, typed), window=tools.window,
            today=today(tools.clock.now()), token=typed.token, policy=policy_of(tools.settings),
            contact=own_contact(tools, stores, viewer, wanted=request.form.get("notify") == "1"), word=request.form.get("word") == "1",
        )  # fmt: skip
        discard_kept(stores, viewer.secret, PLACE)
        return place, longest_wait(stores)


def _note(tools: Toolbox, typed: Typed) -> Note:
    form = request.form
    return Note(
        texts=typed.texts, subject=form["subject"], topic=form.get("topic", ""),
        audience=AUDIENCES[form["audience"]], company=form.get("company") == "1", levels=_levels(tools),
    )  # fmt: skip


def _chosen_errors(tools: Toolbox) -> dict[str, str]:
    form, errors = request.form, {}
    if form.get("subject") not in tools.trade.subjects:
        errors["subject"] = _("分野を選んでください。")
    if form.get("topic", "") not in {"", *tools.trade.topic_by_key}:
        errors["topic"] = _("話題を選んでください。")
    if form.get("audience") not in AUDIENCES:
        errors["audience"] = _("読める人を選んでください。")
    return errors


def _levels(tools: Toolbox) -> dict[str, int]:
    last = hidden_levels(tools.trade)
    if request.form.get("audience") == "public":  # everybody reads: nothing but the group is shown
        return dict(last)
    typed = {name: request.form.get(f"level_{name}", "") for name in last}
    return {name: int(text) if text in {str(n) for n in range(last[name])} else last[name]
            for name, text in typed.items()}  # fmt: skip


def _preview(tools: Toolbox, viewer: Viewer, typed: Typed) -> Response:
    """What readers will see, and whether it hides its author."""
    note = _note(tools, typed)
    levels = dict(note.levels or hidden_levels(tools.trade))
    with tools.database.reading() as stores:
        found = crowd.judge(
            stores, tools.vault, tools.trade, viewer=viewer, subject=note.subject, levels=levels,
            policy=policy_of(tools.settings), today=today(tools.clock.now()), page=_told(viewer, note, levels),
        )  # fmt: skip
    domain = domain_labels(tools.trade, note.subject, note.topic, levels)
    shown = labels_of(tools.trade, shown_attributes(tools.trade, viewer.attributes, levels))
    about = _("、").join(f"{label} {value}" for label, value in shown)
    audience = request.form["audience"]
    page = render_template(
        "knowledge/note_preview.html", texts=note.texts, domain=domain, shown=shown, thin=found.thin,
        passes=dict(found.levels) == levels,
        columns=[_("メモの文"), _("分野"), _("あなたについて")],
        rows=scope_rows(audience, company=note.company, cells=[_("すべて"), _("・").join(domain), about]),
        said=audience_words(audience, company=note.company),
        fields=[(name, text) for name, text in request.form.items() if name not in NOT_CARRIED],
        current_url=url_for("knowledge.new_note"),
    )  # fmt: skip
    return make_response(page)


def _told(viewer: Viewer, note: Note, levels: dict[str, int]) -> str:
    """The subject that the page itself tells of whoever writes there."""
    is_told = shows_subject(levels) and note.audience < Audience.ALL
    return note.subject if is_told and note.subject in viewer.subjects else ""


def _form(errors: dict[str, str]) -> str:
    tools, viewer = toolbox(), current_viewer()
    own, token = viewer.subjects, token_hex(16)
    with tools.database.reading() as stores:
        kept = Kept() if request.form else kept_at(stores, viewer.secret, PLACE)
        typed = request.form or kept.typed
        word = "word" in typed if typed else is_proposed(stores, viewer.secret, token)
    return render_template(
        "knowledge/new_note.html", errors=errors, typed=typed or request.args, kept=kept, place=PLACE,
        current_url=url_for("knowledge.new_note"), longest=FIELDS, token=token, word=word,
        subjects=subject_options(tools.trade, own), only_subject=own[0] if len(own) == 1 else "",
        topics=named_options(tools.trade.topics), audiences=audience_options(),
        levels=level_fields(tools.trade, viewer.profile),
    )  # fmt: skip
