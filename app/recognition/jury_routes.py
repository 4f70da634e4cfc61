"""Views of volunteers and jurors."""

from datetime import date

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.community.checking import Typed, look_page, read_texts
from app.recognition import jury
from app.recognition.blueprint import blueprint, errors_of, is_ready, this_round
from app.recognition.rules import MAX_WORDS, READING, NotNow, Round
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox


@blueprint.get("/recognition/jury")
@allow("member")
def jury_page() -> str:
    """What a juror does; for who was drawn, what lies before them."""
    tools, viewer = toolbox(), current_viewer()
    now, _day = this_round(tools)
    with tools.database.reading() as stores:
        duty = jury.duty_of(stores, viewer=viewer, now=now)
        reads = duty.is_seated and now.phase == READING
        listed = jury.readings(stores, tools.vault, viewer=viewer, now=now) if reads else []
    return render_template("recognition/jury.html", duty=duty, readings=listed)


@blueprint.post("/recognition/jury")
@allow("member")
def volunteer() -> Response:
    """Put one's ballot in the draw, or take it back."""
    tools, viewer = toolbox(), current_viewer()
    now, day = this_round(tools)
    with tools.database.transaction("content", "keys") as stores:
        if request.form.get("do") == "back":
            jury.step_down(stores, tools.vault, viewer=viewer, now=now, window=tools.window)
            words = _("読み手の申し込みを取り消しました。")
        else:
            jury.volunteer(stores, tools.vault, viewer=viewer, now=now, today=day)
            words = _(
                "ありがとうございます。くじで選ばれたときに、お知らせします。だれが申し込んだかは、だれにも見えません。"
            )
    flash(words, "ok")
    return redirect(url_for("recognition.jury_page"), 303)


@blueprint.get("/recognition/jury/<label>")
@allow("member")
def read_one(label: str) -> Response:
    """One candidate's texts."""
    return _reading_page(label)


@blueprint.post("/recognition/jury/<label>")
@allow("member")
def say_one(label: str) -> Response:
    """Yes or no, with a sentence for whoever wrote it."""
    _reading_page(label)  # NotThere for everybody else, before anything typed is looked at
    word = request.form.get("word", "")
    if word not in ("yes", "no"):
        return _reading_page(label, {"word": _("「はい」か「今回は見送る」を選んでください。")}, 422)
    typed = read_texts(toolbox(), current_viewer(), {"text": MAX_WORDS})
    if typed.step == "look":
        return look_page(typed, title=_("書いた人へのひとこと"), names={"text": _("書いた人へのひとこと")})
    if not is_ready(typed):
        return _reading_page(label, errors_of(typed), 422)
    return _take_word(label, word, typed)


def _take_word(label: str, word: str, typed: Typed) -> Response:
    tools, viewer = toolbox(), current_viewer()
    now, day = this_round(tools)
    try:
        _keep_word(tools, viewer, now, label, day, word, typed)
    except NotNow:
        flash(_("読む期間は終わりました。"), "warn")
    else:
        flash(_("お預かりしました。期間のうちは、何度でも直せます。"), "ok")
    return redirect(url_for("recognition.jury_page"), 303)


def _keep_word(tools: Toolbox, viewer: Viewer, now: Round, label: str, day: date, word: str, typed: Typed) -> None:
    with tools.database.transaction("content", "keys") as stores:
        jury.say(
            stores, tools.vault, viewer=viewer, now=now, label=label, yes=word == "yes",
            sentence=typed.texts["text"], today=day,
        )  # fmt: skip


def _reading_page(label: str, errors: dict[str, str] | None = None, status: int = 200) -> Response:
    tools, viewer = toolbox(), current_viewer()
    now, _day = this_round(tools)
    with tools.database.reading() as stores:
        found = jury.get_reading(stores, tools.vault, viewer=viewer, now=now, label=label)
    word = {True: "yes", False: "no", None: ""}[found.yes]
    page = render_template(
        "recognition/reading.html", one=found, errors=errors or {}, longest=MAX_WORDS,
        word=request.form.get("word", word), text=request.form.get("text", found.sentence),
    )  # fmt: skip
    return make_response(page, status)
