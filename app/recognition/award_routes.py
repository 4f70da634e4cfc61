"""Views of who stood: the jury's sentences, the story and how open it is; and the page everybody reads."""

from dataclasses import replace
from datetime import date
from typing import cast

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import PUBLIC, allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.community import consents
from app.community.checking import Typed, look_page, read_texts
from app.errors import NotThere
from app.questions.pennames import is_claimed
from app.recognition import jury, reads, standing, stories, writers
from app.recognition.blueprint import blueprint, errors_of, field, is_ready, this_round
from app.recognition.rules import MAX_BRIEF, MAX_NAME, MAX_NOTE, MAX_PEN, MAX_STORY, MAX_TITLE, Openness
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox

OPENNESS = ("domain", "pen", "name")


@blueprint.get("/recognition/award")
@allow("member")
def newest_award() -> Response:
    """What became of the last time one stood."""
    tools = toolbox()
    _now, day = this_round(tools)
    with tools.database.reading() as stores:
        own = standing.own_candidacies(stores, current_viewer().secret, today=day)
    decided = [row.round for row in own if row.state != standing.STANDS]
    if not decided:
        return redirect(url_for("recognition.show"), 303)
    return redirect(url_for("recognition.award", year=decided[0]), 303)


@blueprint.get("/recognition/award/<int:year>")
@allow("member")
def award(year: int) -> Response:
    """The jury's sentences, and what somebody recognised may choose."""
    return _award_page(year)


@blueprint.post("/recognition/award/<int:year>")
@allow("member")
def send_story(year: int) -> Response:
    """Tell one's own story, or change it."""
    tools, viewer = toolbox(), current_viewer()
    _award_page(year)
    choice, errors = _choice()
    typed = read_texts(tools, viewer, _fields(), optional=("pen",))
    if typed.step == "look":
        return look_page(typed, title=_("あなたの物語"), names=_names())
    errors |= errors_of(typed)
    if not is_ready(typed) or errors:
        return _award_page(year, errors, 422)
    _now, day = this_round(tools)
    _tell(tools, viewer, year, choice, day, typed)
    flash(_said_of_story(), "ok")
    return redirect(url_for("recognition.award", year=year), 303)


def _said_of_story() -> str:
    return _(
        "お預かりしました。はじめての物語は次の月曜日から、直したところは次の公開の時刻から、読めるようになります。"
    )


def _tell(tools: Toolbox, viewer: Viewer, year: int, choice: stories.Choice, day: date, typed: Typed) -> None:
    if choice.openness == "pen":
        choice = replace(choice, who=typed.texts["pen"])
    with tools.database.transaction("content", "keys") as stores:
        stories.tell_it(
            stores, tools.vault, viewer=viewer, year=year, texts=typed.texts, choice=choice, today=day,
            window=tools.window,
        )  # fmt: skip


@blueprint.post("/recognition/award/<int:year>/openness")
@allow("member")
def send_openness(year: int) -> Response:
    """Another openness, or no story any more; a name that is taken back is gone at once."""
    if request.form.get("do") == "down":
        return _take_down(year)
    choice, errors = _choice()
    if errors:
        return _award_page(year, errors, 422)
    if choice.openness == "pen":
        typed = read_texts(toolbox(), current_viewer(), {"pen": MAX_PEN})
        if typed.step == "look":
            return look_page(typed, title=_("あなたの呼び名"), names=_names())
        if not is_ready(typed):
            return _award_page(year, errors_of(typed), 422)
        choice = replace(choice, who=typed.texts["pen"])
    return _show_as(year, choice)


def _take_down(year: int) -> Response:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content", "keys") as stores:
        stories.take_down(stores, tools.vault, viewer=viewer, year=year)
    flash(_("物語を下げました。バッジはそのまま使えます。"), "ok")
    return redirect(url_for("recognition.award", year=year), 303)


def _show_as(year: int, choice: stories.Choice) -> Response:
    tools, viewer = toolbox(), current_viewer()
    _now, day = this_round(tools)
    with tools.database.transaction("content", "keys") as stores:
        stories.show_as(
            stores, tools.vault, viewer=viewer, year=year, choice=choice, today=day, window=tools.window
        )  # fmt: skip
    flash(_("見せ方を変えました。消した名前はもう出ません。ほかのことは、次の公開の時刻から変わります。"), "ok")
    return redirect(url_for("recognition.award", year=year), 303)


@blueprint.post("/recognition/award/<int:year>/writer")
@allow("member")
def ask_writer(year: int) -> Response:
    """Ask for somebody to write it."""
    tools, viewer = toolbox(), current_viewer()
    _award_page(year)
    typed = read_texts(tools, viewer, {"brief": MAX_BRIEF})
    if typed.step == "look":
        return look_page(typed, title=_("書く人に伝えること"), names={"brief": _("書く人に伝えること")})
    if not is_ready(typed):
        return _award_page(year, errors_of(typed), 422)
    _now, day = this_round(tools)
    with tools.database.transaction("content", "keys") as stores:
        writers.ask_writer(
            stores, tools.vault, viewer=viewer, year=year, brief=typed.texts["brief"], today=day, window=tools.window
        )
    flash(_("書いてくれる人をさがします。次の公開の時刻から、ほかの組織の会員に、伝えたことだけが見えます。"), "ok")
    return redirect(url_for("recognition.award", year=year), 303)


@blueprint.post("/recognition/award/<int:year>/draft")
@allow("member")
def answer_draft(year: int) -> Response:
    """The owner's word on what a volunteer wrote."""
    word = request.form.get("word", "")
    if word not in ("yes", "change", "no"):
        raise NotThere
    choice, errors = _choice() if word == "yes" else (stories.Choice("domain"), {})
    if errors:
        return _award_page(year, errors, 422)
    typed = read_texts(toolbox(), current_viewer(), _answer_fields(word, choice))
    if typed.step == "look":
        return look_page(typed, title=_("返事の確認"), names=_names() | {"note": _("直してほしいところ")})
    if not is_ready(typed):
        return _award_page(year, errors_of(typed), 422)
    _answer_writer(year, replace(choice, who=typed.texts.get("pen", choice.who)), word, typed)
    flash(_said(word), "ok")
    return redirect(url_for("recognition.award", year=year), 303)


def _answer_fields(word: str, choice: stories.Choice) -> dict[str, int]:
    if word == "change":
        return {"note": MAX_NOTE}
    return {"pen": MAX_PEN} if choice.openness == "pen" else {}


def _answer_writer(year: int, choice: stories.Choice, word: str, typed: Typed) -> None:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content", "keys") as stores:
        writers.answer_writer(
            stores, tools.vault, viewer=viewer, year=year, word=cast("consents.Word", word), note=typed.texts.get("note", ""),
            choice=choice, asked_id=request.form.get("asked", ""), window=tools.window,
        )  # fmt: skip


@blueprint.get("/recognition/stories/<story_id>")
@allow(PUBLIC)
def story(story_id: str) -> str:
    """One story; without an account only where its owner said so."""
    tools = toolbox()
    _now, day = this_round(tools)
    viewer = current_viewer() if current_user.is_authenticated else None
    with tools.database.reading() as stores:
        card = reads.get_story(stores, tools.vault, tools.trade, viewer=viewer, story_id=story_id, today=day)
    return render_template("recognition/story.html", story=card)


def _award_page(year: int, errors: dict[str, str] | None = None, status: int = 200) -> Response:
    tools, viewer = toolbox(), current_viewer()
    _now, day = this_round(tools)
    with tools.database.reading() as stores:
        own = standing.own_candidacies(stores, viewer.secret, today=day)
        row = next((one for one in own if one.round == year and one.state != standing.STANDS), None)
        if row is None:
            raise NotThere
        sentences = jury.find_sentences(stores, tools.vault, row=row)
        told = reads.own_story(stores, tools.vault, tools.trade, viewer=viewer, year=year, today=day)
        draft = writers.own_draft(stores, tools.vault, tools.trade, viewer=viewer, year=year)
    page = render_template(
        "recognition/award.html", year=year, state=row.state, sentences=sentences, story=told, draft=draft,
        errors=errors or {}, typed=request.form, limits={"title": MAX_TITLE, "body": MAX_STORY, "brief": MAX_BRIEF},
    )  # fmt: skip
    return make_response(page, status)


def _is_claimed(name: str) -> bool:
    with toolbox().database.reading() as stores:
        return is_claimed(stores, name)


def _choice() -> tuple[stories.Choice, dict[str, str]]:
    """How the story is to be shown. A name needs a word of its own, each time it is chosen."""
    openness = request.form.get("openness", "domain")
    if openness not in OPENNESS:
        raise NotThere
    who = {"domain": "", "pen": field("pen", MAX_PEN), "name": field("name", MAX_NAME)}[openness]
    errors = {}
    if openness == "pen" and not who:
        errors["pen"] = _("名のりたい呼び名を書いてください。")
    elif openness == "pen" and _is_claimed(who):
        errors["pen"] = _("この名前は、質問や回答のペンネームに使われています。ほかの呼び名にしてください。")
    if openness == "name" and not who:
        errors["name"] = _("載せるお名前を書いてください。")
    elif openness == "name" and request.form.get("name_ok") != "1":
        errors["name_ok"] = _("お名前を載せるときは、ここにも印をつけてください。")
    return stories.Choice(cast("Openness", openness), who, request.form.get("public") == "1"), errors


def _fields() -> dict[str, int]:
    pen = {"pen": MAX_PEN} if request.form.get("openness") == "pen" else {}
    return {"title": MAX_TITLE, "body": MAX_STORY, **pen}


def _names() -> dict[str, str]:
    return {"title": _("題名"), "body": _("物語"), "pen": _("呼び名")}


def _said(word: str) -> str:
    return {
        "yes": _("この文で載せます。はじめての物語は、次の月曜日から読めるようになります。"),
        "change": _("直してほしいところを、次の公開の時刻に、書いた人に伝えます。"),
        "no": _("この文は載せません。次の公開の時刻に、書いた人に伝えて消します。"),
    }[word]
