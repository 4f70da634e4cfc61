"""A lecturer's own pages: the invitation, what is expected, how they appear, speaking, the summary, the exit."""

from secrets import token_hex

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.community.checking import Typed, look_page, read_texts
from app.domains.service import policy_of
from app.errors import Conflict
from app.knowledge.drafts import begin_from_place
from app.knowledge.editors import is_editor
from app.knowledge.rules import NoSources
from app.questions.pennames import PenNameRefused, find_pen
from app.questions.words import pen_trouble
from app.web.i18n import gettext as _
from app.webinars import reads, speaking, writing
from app.webinars.blueprint import blueprint
from app.webinars.forms import read_looks
from app.webinars.pages import moment_of, session_page
from app.webinars.rows import as_they_see_it
from app.webinars.rules import MAX_NAME, MAX_SUMMARY, MAX_WORDS
from app.webinars.writing import Moment
from app.wiring import Toolbox, toolbox


@blueprint.get("/sessions/<talk_id>/invitation")
@allow("member")
def invitation(talk_id: str) -> str:
    """What a member is asked to lecture at, and what saying yes means."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        opened, asked = speaking.find_invitation(stores, tools.vault, viewer=viewer, talk_id=talk_id)
        card = reads.card_of(stores, tools.trade, viewer=viewer, opened=opened, now=tools.clock.now())
        pen = find_pen(stores, viewer.secret)
    return render_template(
        "webinars/invitation.html", card=card, state=asked.state, place=asked.words["place"], pen=pen
    )


@blueprint.post("/sessions/<talk_id>/invitation")
@allow("member")
def answer_invitation(talk_id: str) -> Response:
    """Say yes, under a handle or a pen name, or no."""
    tools, viewer = toolbox(), current_viewer()
    if request.form.get("word") == "yes":
        return _taken_on(tools, viewer, talk_id)
    _accept(tools, viewer, talk_id)
    flash(_("わかりました。世話役には、次の公開の時刻に伝わります。理由は聞きません。"), "ok")
    return redirect(url_for("webinars.sessions"), 303)


def _taken_on(tools: Toolbox, viewer: Viewer, talk_id: str) -> Response:
    looks, _errors = read_looks({"as": request.form.get("as", "handle")}, may_name=False)
    try:
        _say_yes(tools, viewer, talk_id, looks or speaking.Appearance())
    except PenNameRefused as refusal:
        flash(pen_trouble(refusal.reason), "warn")
        return redirect(url_for("webinars.invitation", talk_id=talk_id), 303)
    said = _(
        "ありがとうございます。世話役には、次の公開の時刻に伝わります。準備のことは、このページにまとめてあります。"
    )
    flash(said, "ok")
    return redirect(url_for("webinars.lecturer", talk_id=talk_id), 303)


def _say_yes(tools: Toolbox, viewer: Viewer, talk_id: str, looks: speaking.Appearance) -> None:
    with tools.database.transaction("content", "keys") as stores:
        speaking.accept(
            stores, tools.vault, tools.trade, viewer=viewer, talk_id=talk_id, looks=looks,
            policy=policy_of(tools.settings), today=today(tools.clock.now()), window=tools.window,
        )  # fmt: skip


def _appear(tools: Toolbox, viewer: Viewer, talk_id: str, looks: speaking.Appearance) -> None:
    with tools.database.transaction("content") as stores:
        speaking.appear(
            stores, tools.vault, tools.trade, viewer=viewer, talk_id=talk_id, looks=looks,
            policy=policy_of(tools.settings), today=today(tools.clock.now()), window=tools.window,
        )  # fmt: skip


def _accept(tools: Toolbox, viewer: Viewer, talk_id: str) -> None:
    with tools.database.transaction("content") as stores:
        speaking.decline(stores, tools.vault, viewer=viewer, talk_id=talk_id, window=tools.window)


@blueprint.get("/sessions/<talk_id>/lecturer")
@allow("member")
def lecturer(talk_id: str) -> str:
    """What is expected, how one appears, and the way out."""
    return _page(toolbox(), current_viewer(), talk_id)


@blueprint.post("/sessions/<talk_id>/lecturer")
@allow("member")
def appear(talk_id: str) -> Response:
    """Appear otherwise. A name is a form of its own with a tick of its own, and a fee goes with nothing else."""
    tools, viewer = toolbox(), current_viewer()
    looks, errors = read_looks(request.form, may_name=True)
    if looks is None:
        return make_response(_page(tools, viewer, talk_id, errors), 422)
    try:
        _appear(tools, viewer, talk_id, looks)
    except PenNameRefused as refusal:
        wrong = {"name" if looks.how == "name" else "as": _pen_trouble(refusal.reason)}
        return make_response(_page(tools, viewer, talk_id, wrong), 422)
    flash(_changed(looks), "ok")
    return redirect(url_for("webinars.lecturer", talk_id=talk_id), 303)


def _changed(looks: speaking.Appearance) -> str:
    if looks.how == "handle":
        return _("名乗り方を変えました。")
    return _("名乗り方を変えました。ほかの方には、次の公開の時刻から見えます。")


@blueprint.post("/sessions/<talk_id>/lecturer/leave")
@allow("member")
def step_down(talk_id: str) -> Response:
    """Lecture no more."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        day = today(tools.clock.now())
        speaking.step_down(stores, tools.vault, viewer=viewer, talk_id=talk_id, today=day, window=tools.window)
    flash(_("講師を降りました。次の公開の時刻に世話役の机に出るので、連絡はいりません。"), "ok")
    return redirect(url_for("webinars.sessions"), 303)


@blueprint.post("/sessions/<talk_id>/say")
@allow("member")
def say(talk_id: str) -> Response:
    """A lecturer's words, or an answer to a question, while a text session runs."""
    tools, viewer, to = toolbox(), current_viewer(), request.form.get("to", "")[:32]
    with tools.database.reading() as stores:
        speaking.own_row(stores, tools.vault, viewer=viewer, talk_id=talk_id)
    typed = read_texts(tools, viewer, {"text": MAX_WORDS})
    if typed.step == "look":
        return look_page(typed, title=_("講師として話す"), names={"text": _("話すこと")})
    if typed.step == "back":
        return make_response(session_page(tools, viewer, talk_id, typed.errors, "say"), 422)
    if typed.step == "send":
        _keep_words(tools, viewer, talk_id, to, typed)
    return redirect(url_for("webinars.session", talk_id=talk_id, _anchor="now"), 303)


def _keep_words(tools: Toolbox, viewer: Viewer, talk_id: str, to: str, typed: Typed) -> None:
    with tools.database.transaction("content", "keys") as stores:
        writing.say(
            stores, tools.vault, tools.trade, viewer=viewer, talk_id=talk_id, text=typed.texts["text"], to=to,
            moment=moment_of(tools, typed.token),
        )  # fmt: skip


@blueprint.post("/sessions/<talk_id>/questions/<question_id>/answered")
@allow("member")
def answered(talk_id: str, question_id: str) -> Response:
    """A lecturer answered it aloud."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        writing.mark_answered(
            stores, tools.vault, viewer=viewer, talk_id=talk_id, question_id=question_id, now=tools.clock.now()
        )
    flash(_("答えた質問として印をつけました。"), "ok")
    return redirect(url_for("webinars.session", talk_id=talk_id), 303)


@blueprint.get("/sessions/<talk_id>/summary")
@allow("member")
def summary(talk_id: str) -> str:
    """The form of a summary, for lecturers and editors after the end."""
    return _summary_page(toolbox(), current_viewer(), talk_id)


@blueprint.post("/sessions/<talk_id>/summary")
@allow("member")
def summarise(talk_id: str) -> Response:
    """Write it."""
    tools, viewer = toolbox(), current_viewer()
    page = _summary_page(tools, viewer, talk_id)
    typed = read_texts(tools, viewer, {"text": MAX_SUMMARY})
    if typed.step == "look":
        return look_page(typed, title=_("学びの会のまとめ"), names={"text": _("まとめ")})
    if typed.step == "back":
        return make_response(_summary_page(tools, viewer, talk_id, typed.errors) if typed.errors else page, 422)
    if typed.step == "send":
        moment = moment_of(tools, typed.token)
        _keep_summary(tools, viewer, talk_id, moment, typed)
    flash(_("まとめを受け取りました。次の区切りで、この会のページに出ます。"), "ok")
    return redirect(url_for("webinars.session", talk_id=talk_id), 303)


def _keep_summary(tools: Toolbox, viewer: Viewer, talk_id: str, moment: Moment, typed: Typed) -> None:
    with tools.database.transaction("content", "keys") as stores:
        writing.summarise(
            stores, tools.vault, tools.trade, viewer=viewer, talk_id=talk_id, text=typed.texts["text"],
            moment=moment, is_editor=is_editor(stores, viewer, today=moment.today),
        )  # fmt: skip


@blueprint.post("/sessions/<talk_id>/article")
@allow("member")
def write_article(talk_id: str) -> Response:
    """An editor begins an article from what was said: each whose words are used is asked before anything comes out."""
    tools, viewer, now = toolbox(), current_viewer(), toolbox().clock.now()
    with tools.database.transaction("content", "keys") as stores:
        page = reads.talk_page(stores, tools.vault, tools.trade, viewer=viewer, talk_id=talk_id, now=now)
        writing.check_summary(page.card.phase, is_editor(stores, viewer, today=today(now)))
        try:
            article_id = begin_from_place(
                stores, tools.vault, viewer=viewer, place=talk_id, group=page.card.subject or tools.trade.groups[0].key,
                writing_ids=page.sources, today=today(now),
            )  # fmt: skip
        except NoSources:
            raise Conflict from None
    flash(_("記事の下書きをはじめました。言葉を使う方みんなの同意がそろうまで、どこにも出ません。"), "ok")
    return redirect(url_for("knowledge.draft", article_id=article_id), 303)


def _pen_trouble(reason: str) -> str:
    """Why this cannot be what a lecturer is called."""
    if reason == "thread":
        return _("案内が出たあとは、ペンネームとお名前を入れ替えられません。見た方に、同じ人だとわかるためです。")
    return pen_trouble(reason)


def _page(tools: Toolbox, viewer: Viewer, talk_id: str, errors: dict[str, str] | None = None) -> str:
    with tools.database.reading() as stores:
        opened, _row, own = speaking.own_row(stores, tools.vault, viewer=viewer, talk_id=talk_id)
        card = reads.card_of(stores, tools.trade, viewer=viewer, opened=opened, now=tools.clock.now())
        pen = find_pen(stores, viewer.secret)
    own = as_they_see_it(own)
    return render_template("webinars/lecturer.html", card=card, own=own, pen=pen, errors=errors or {}, longest=MAX_NAME)


def _summary_page(tools: Toolbox, viewer: Viewer, talk_id: str, errors: dict[str, str] | None = None) -> str:
    now = tools.clock.now()
    with tools.database.reading() as stores:
        page = reads.talk_page(stores, tools.vault, tools.trade, viewer=viewer, talk_id=talk_id, now=now)
        writing.check_summary(page.card.phase, page.card.is_lecturer or is_editor(stores, viewer, today=today(now)))
    return render_template(
        "webinars/summary.html", card=page.card, errors=errors or {}, typed=request.form.get("text", ""),
        token=token_hex(16), longest=MAX_SUMMARY,
    )  # fmt: skip
