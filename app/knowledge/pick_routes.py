"""Views of the picks of a month: what was picked, and the page of the two who choose."""

import random
from datetime import date
from secrets import token_hex

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import INSIDE, allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.community.checking import Typed, look_page, read_texts
from app.errors import NotThere
from app.knowledge import finding, often, picks
from app.knowledge.blueprint import blueprint
from app.knowledge.editors import is_editor
from app.knowledge.rules import NotNow
from app.questions.finding import Shelves
from app.web.i18n import gettext as _
from app.web.i18n import month_label
from app.wiring import Toolbox, toolbox

OFFERED = 40  # articles in the list to choose from
FIELDS = {"why": picks.MAX_WHY}


blueprint.add_app_template_global(month_label, "month_words")


@blueprint.get("/articles/picks")
@allow(INSIDE)
def picks_archive() -> str:
    """The newest picks, and the months before."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        newest = picks.latest(stores, tools.vault, tools.trade, viewer=viewer)
        months = picks.months(stores)
        is_drawn = picks.my_turn(stores, tools.vault, viewer=viewer, today=today(tools.clock.now())) is not None
    return render_template("knowledge/picks.html", picked=newest, months=months, is_drawn=is_drawn)


@blueprint.get("/articles/picks/<month>")
@allow(INSIDE)
def picks_of_month(month: str) -> str:
    """The picks of one month."""
    try:
        day = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise NotThere from None
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        found = picks.of_month(stores, tools.vault, tools.trade, viewer=viewer, month=day)
        months = picks.months(stores)
    return render_template("knowledge/picks.html", picked=found, months=months, is_drawn=False)


@blueprint.get("/articles/picks/turn")
@allow("member", while_reading=False)
def turn() -> str:
    """For the two of this month: what is proposed, and a form to say why."""
    return _form({})


@blueprint.post("/articles/picks/turn")
@allow("member")
def say_why() -> Response:
    """Propose an article, or agree to one, with a sentence."""
    tools, viewer, day = toolbox(), current_viewer(), today(toolbox().clock.now())
    _form({})  # for the two alone, whatever was typed
    typed, article_id = read_texts(tools, viewer, FIELDS), request.form.get("article", "")[:32]
    if typed.step == "done":
        return redirect(url_for("knowledge.turn"), 303)
    if typed.step == "back":
        return make_response(_form(typed.errors), 422 if typed.errors else 200)
    if typed.step == "look":
        return look_page(typed, title=_("なぜすすめるか"), names={"why": _("一言")})
    return _propose(tools, viewer, article_id, day, typed)


def _propose(tools: Toolbox, viewer: Viewer, article_id: str, day: date, typed: Typed) -> Response:
    try:
        _keep_why(tools, viewer, article_id, day, typed)
    except NotNow:
        return make_response(_form({"article": _("おすすめは5つまでで、ひとつの記事に書けるのは一言だけです。")}), 409)
    except NotThere:
        said = _("この記事は選べません。自分が書いたり編集したりした記事は、選べないことになっています。")
        return make_response(_form({"article": said}), 422)
    flash(_("次の公開のときに出ます。ふたりの一言がそろった記事が、おすすめになります。"), "ok")
    return redirect(url_for("knowledge.turn"), 303)


def _keep_why(tools: Toolbox, viewer: Viewer, article_id: str, day: date, typed: Typed) -> None:
    with tools.database.transaction("content", "keys") as stores:
        picks.say_why(
            stores, tools.vault, tools.trade, viewer=viewer, article_id=article_id, why=typed.texts["why"],
            window=tools.window, today=day, token=typed.token,
        )  # fmt: skip


@blueprint.post("/articles/picks/turn/pass")
@allow("member")
def let_pass() -> Response:
    """Not this month: somebody else is drawn."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        picks.let_pass(
            stores, tools.vault, viewer=viewer, today=today(tools.clock.now()), window=tools.window,
            rng=random.SystemRandom(),
        )  # fmt: skip
    flash(_("わかりました。今月は、ほかの編集者にお願いします。"), "ok")
    return redirect(url_for("knowledge.articles"), 303)


def _form(errors: dict[str, str]) -> str:
    tools, viewer, day = toolbox(), current_viewer(), today(toolbox().clock.now())
    with tools.database.reading() as stores:
        choosing = picks.choosing(stores, tools.vault, tools.trade, viewer=viewer, today=day)
        listed = finding.list_articles(stores, tools.vault, tools.trade, viewer=viewer, size=OFFERED).cards
        wanted = request.values.get("article", "")[:32]
        if wanted and wanted not in {one.id for one in listed}:
            listed += tuple(finding.cards_for(stores, tools.vault, tools.trade, viewer=viewer, ids=[wanted]))
        free = [one for one in listed if one.id not in choosing.mine and not picks.is_own(stores, viewer, one.id)]
    return render_template(
        "knowledge/turn.html", choosing=choosing, options=[(one.id, one.title) for one in free], wanted=wanted,
        errors=errors, why=request.form.get("why", ""), token=token_hex(16), longest=picks.MAX_WHY, least=picks.LEAST,
        most=picks.MOST,
    )  # fmt: skip


@blueprint.get("/articles/asked-often")
@allow("member")
def asked_often() -> str:
    """Topics in which questions ask the same, and no article answers."""
    tools, viewer = toolbox(), current_viewer()
    shelves = Shelves(tools.trade, tools.memory, tools.asked)
    with tools.database.reading() as stores:
        found = often.asked_often(stores, tools.vault, shelves, viewer=viewer)
        edits = is_editor(stores, viewer, today=today(tools.clock.now()))
    subjects = {
        group.key: [one.key for one in group.subjects if one.key in viewer.subjects] for group in tools.trade.groups
    }
    return render_template("knowledge/asked_often.html", found=found, edits=edits, subjects=subjects)
