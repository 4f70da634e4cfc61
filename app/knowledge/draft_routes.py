"""Views of an editor's draft: begin it from a thread, write it beside its sources, send it to their authors."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.community.checking import look_page, read_texts
from app.db import Stores
from app.errors import NotThere
from app.knowledge import copying, drafts, reviewing
from app.knowledge.blueprint import blueprint
from app.knowledge.editors import check_editor
from app.knowledge.rules import DRAFT, MAX_BODY, MAX_NOTE, MAX_TITLE, Copied, NoSources, NotNow
from app.knowledge.versions import Source
from app.knowledge.words import audience_options
from app.questions.access import get_readable
from app.questions.choices import named_options
from app.questions.reads import is_veiled, thread_text
from app.questions.writing import due_window
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox
from privacy.scopes import Audience

FIELDS = {"title": MAX_TITLE, "body": MAX_BODY, "change": MAX_NOTE}


@blueprint.get("/articles/from/<thread_id>")
@allow("member", while_reading=False)
def choose_answers(thread_id: str) -> str:
    """Which answers of a thread should an article be made from?"""
    return _choose(thread_id)


def _choose(thread_id: str, error: str = "") -> str:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        check_editor(stores, viewer, today=today(tools.clock.now()))
        access = get_readable(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id)
        text = thread_text(stores, tools.vault, access.thread)
        if is_veiled(access) or text is None:
            raise NotThere
        posts = copying.usable(access)
        sources = [Source(thread_id, one.id, one.author_tag) for one in posts]
        texts = copying.source_texts(stores, tools.vault, sources)
        own = [one for one in reviewing.own_drafts(stores, tools.vault, viewer=viewer) if one.version.state == DRAFT]
    return render_template(
        "knowledge/choose.html", thread_id=thread_id, title=text["title"], error=error,
        answers=[(one.id, one.author, texts[one.id], one.accepted) for one in posts if one.id in texts],
        into=[(one.article.id, one.text["title"] or _("題名のない下書き")) for one in own],
    )  # fmt: skip


@blueprint.post("/articles/from/<thread_id>")
@allow("member")
def begin(thread_id: str) -> Response:
    """Begin a draft from them, or add them to one."""
    tools, viewer = toolbox(), current_viewer()
    try:
        with tools.database.transaction("content", "keys") as stores:
            article_id = drafts.begin(
                stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id,
                post_ids=request.form.getlist("post"), into=request.form.get("into", ""),
                today=today(tools.clock.now()),
            )  # fmt: skip
    except NoSources:
        return make_response(_choose(thread_id, _("もとにする回答を、ひとつ以上選んでください。")), 422)
    return redirect(url_for("knowledge.draft", article_id=article_id), 303)


@blueprint.get("/articles/drafts/<article_id>")
@allow("member", while_reading=False)
def draft(article_id: str) -> str:
    """The text beside its sources."""
    return _page(article_id, {})


def _page(article_id: str, errors: dict[str, str], passages: tuple[str, ...] = ()) -> str:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        found = drafts.get_draft(stores, tools.vault, viewer=viewer, article_id=article_id)
        sources = drafts.sources_shown(stores, tools.vault, found)
        composed = all(one.own for one in found.about.sources)
    values: Any = request.form if errors else {
        **found.text, "audience": found.about.audience, "company": "1" if found.about.company else "",
        "topic": found.about.topic,
    }  # fmt: skip
    return render_template(
        "knowledge/draft.html", draft=found, values=values, errors=errors, passages=passages, longest=FIELDS,
        sources=sources, composed=composed, audiences=audience_options(),
        topics=named_options(tools.trade.topics), is_open=found.version.state == DRAFT,
    )  # fmt: skip


@blueprint.post("/articles/drafts/<article_id>")
@allow("member")
def write_draft(article_id: str) -> Response:
    """Keep it; or check it, keep it, and ask its authors."""
    tools, viewer = toolbox(), current_viewer()
    if request.form.get("do") == "save":
        _save(tools, viewer, article_id, {name: request.form.get(name, "")[:most] for name, most in FIELDS.items()})
        flash(_("下書きを残しました。まだだれにも見えません。"), "ok")
        return redirect(url_for("knowledge.draft", article_id=article_id), 303)
    with tools.database.reading() as stores:
        drafts.get_draft(stores, tools.vault, viewer=viewer, article_id=article_id)
    typed = read_texts(tools, viewer, FIELDS, optional=("change",))
    if typed.step == "back":
        return make_response(_page(article_id, typed.errors or {"": ""}), 422 if typed.errors else 200)
    if typed.step == "look":
        names = {"title": _("題名"), "body": _("本文"), "change": _("何を変えたか")}
        return look_page(typed, title=_("記事の確認"), names=names)
    return _send(tools, viewer, article_id, {"change": "", **typed.texts})


def _send(tools: Toolbox, viewer: Viewer, article_id: str, texts: dict[str, str]) -> Response:
    _save(tools, viewer, article_id, texts)
    try:
        with tools.database.transaction("content") as stores:
            drafts.send(
                stores, tools.vault, tools.trade, viewer=viewer, article_id=article_id, due=soon(tools, stores),
                today=today(tools.clock.now()),
            )  # fmt: skip
    except NoSources:
        said = _("もとにした回答が取り下げられたか、ひとつも選ばれていません。もとにする回答を確かめてください。")
        return make_response(_page(article_id, {"sources": said}), 422)
    except Copied as refusal:
        said = _("回答の文と同じところがあります。ご自分の言葉に直すか、引用の許しもいっしょにたずねてください。")
        return make_response(_page(article_id, {"body": said}, refusal.passages), 422)
    flash(_("書き手の方々に、この文でよいかをたずねました。返事は14日のうちに届きます。"), "ok")
    return redirect(url_for("knowledge.draft", article_id=article_id), 303)


def _save(tools: Toolbox, viewer: Viewer, article_id: str, texts: dict[str, str]) -> None:
    form = request.form
    typed = drafts.Typed(
        title=texts["title"], body=texts["body"], change=texts["change"], audience=form.get("audience", ""),
        company=form.get("company") == "1", topic=form.get("topic", ""),
        kept={name.removeprefix("keep-") for name in form if name.startswith("keep-")},
        quotes={name.removeprefix("quote-") for name in form if name.startswith("quote-")},
    )  # fmt: skip
    with tools.database.transaction("content") as stores:
        drafts.save(stores, tools.vault, tools.trade, viewer=viewer, article_id=article_id, typed=typed)


def soon(tools: Toolbox, stores: Stores) -> int:
    """The window in which what is done now is seen."""
    return due_window(stores, tools.window, Audience.ALL, at_once=False)


@blueprint.post("/articles/drafts/<article_id>/back")
@allow("member")
def call_back(article_id: str) -> Response:
    """Take it back from whoever was asked, and write on."""
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        drafts.call_back(stores, tools.vault, viewer=current_viewer(), article_id=article_id)
    flash(_("下書きにもどしました。出す前に、あらためて同意をたずねます。"), "ok")
    return redirect(url_for("knowledge.draft", article_id=article_id), 303)


@blueprint.post("/articles/drafts/<article_id>/discard")
@allow("member")
def discard(article_id: str) -> Response:
    """Throw it away."""
    tools = toolbox()
    with tools.database.transaction("content", "keys") as stores:
        drafts.discard(stores, tools.vault, viewer=current_viewer(), article_id=article_id)
    flash(_("下書きを消しました。"), "ok")
    return redirect(url_for("knowledge.desk"), 303)


@blueprint.post("/articles/<article_id>/reopen")
@allow("member")
def reopen(article_id: str) -> Response:
    """Begin a new version of what is out."""
    tools = toolbox()
    try:
        with tools.database.transaction("content") as stores:
            drafts.reopen(
                stores, tools.vault, viewer=current_viewer(), article_id=article_id, today=today(tools.clock.now())
            )  # fmt: skip
    except NotNow:
        flash(_("この記事は、いま、ほかの編集者が直しています。"), "warn")
        return redirect(url_for("knowledge.article", article_id=article_id), 303)
    return redirect(url_for("knowledge.draft", article_id=article_id), 303)
