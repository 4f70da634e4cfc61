"""Views: where the year stands, nominating, what came, standing, and what one's help did."""

import random
from datetime import date

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.community.checking import Typed, look_page, read_texts
from app.domains.service import policy_of
from app.recognition import award_routes, badge_routes, jury_routes, nominating, reads, standing, writer_routes
from app.recognition.blueprint import blueprint, errors_of, is_ready, this_round
from app.recognition.items import get_nominee
from app.recognition.jury import duty_of, is_short
from app.recognition.mine import help_of
from app.recognition.rules import MAX_POSTS, MAX_WORDS, NotNow, Round, StandRefused
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox

__all__ = ["award_routes", "badge_routes", "blueprint", "jury_routes", "writer_routes"]


@blueprint.get("/recognition")
@allow("member")
def show() -> str:
    """Where the year stands, what one can do now, and last year's stories."""
    tools, viewer = toolbox(), current_viewer()
    now, day = this_round(tools)
    with tools.database.reading() as stores:
        duty = duty_of(stores, viewer=viewer, now=now)
        told = reads.shown_stories(stores, tools.vault, tools.trade, today=day, rng=random.SystemRandom())
        own = standing.own_candidacies(stores, viewer.secret, today=day)
        short = is_short(stores, year=now.year)
    return render_template("recognition/show.html", duty=duty, stories=told, own=own, is_short=short)


@blueprint.get("/recognition/nominate/<place>/<object>")
@allow("member")
def nominate(place: str, object: str) -> Response:
    """A few sentences why."""
    return _nominate_page(place, object)


@blueprint.post("/recognition/nominate/<place>/<object>")
@allow("member")
def send_nomination(place: str, object: str) -> Response:
    """Hang it on the answer or the writing."""
    tools, viewer = toolbox(), current_viewer()
    _nominate_page(place, object)  # whoever cannot read it learns nothing from its form
    typed = read_texts(tools, viewer, {"text": MAX_WORDS})
    if typed.step == "look":
        return look_page(typed, title=_("推薦の言葉"), names={"text": _("推薦の言葉")})
    if not is_ready(typed):
        return _nominate_page(place, object, errors_of(typed), 422)
    now, day = this_round(tools)
    try:
        _nominate(tools, viewer, place, object, now, day, typed)
    except NotNow:
        return _nominate_page(place, object, None, 422)
    flash(_("推薦の言葉をお預かりしました。次の月曜日に、書いた人だけに届きます。"), "ok")
    return redirect(url_for("recognition.show"), 303)


def _nominate(tools: Toolbox, viewer: Viewer, place: str, object: str, now: Round, day: date, typed: Typed) -> None:
    with tools.database.transaction("content", "keys") as stores:
        nominating.nominate(
            stores, tools.vault, tools.trade, viewer=viewer, place=place, object=object, text=typed.texts["text"],
            now=now, today=day, seconds=tools.settings.window_seconds,
        )  # fmt: skip


@blueprint.post("/recognition/nominate/<place>/<object>/back")
@allow("member")
def take_back(place: str, object: str) -> Response:
    """Take one's nomination back."""
    tools = toolbox()
    with tools.database.transaction("content", "keys") as stores:
        had = nominating.take_back(stores, tools.vault, viewer=current_viewer(), object=object)
    flash(_("推薦を取り消しました。") if had else _("取り消す推薦はありませんでした。"), "ok")
    return redirect(url_for("recognition.show"), 303)


@blueprint.get("/recognition/nominations")
@allow("member")
def nominations() -> str:
    """What others said of one's own answers and writings: found with one's own secret."""
    tools, viewer = toolbox(), current_viewer()
    _now, day = this_round(tools)
    with tools.database.reading() as stores:
        mine = nominating.received(stores, tools.vault, tools.trade, viewer=viewer, today=day)
    return render_template("recognition/nominations.html", mine=mine)


@blueprint.post("/recognition/nominations/let-go")
@allow("member")
def let_go() -> Response:
    """The author of the post wants it gone."""
    tools, viewer = toolbox(), current_viewer()
    _now, day = this_round(tools)
    with tools.database.transaction("content", "keys") as stores:
        nominating.let_go(
            stores, tools.vault, tools.trade, viewer=viewer, label=request.form.get("label", ""), today=day,
            window=tools.window,
        )  # fmt: skip
    flash(_("その推薦の言葉を消しました。"), "ok")
    return redirect(url_for("recognition.nominations"), 303)


@blueprint.get("/recognition/stand")
@allow("member")
def stand() -> Response:
    """Choose what to let the jury read."""
    return _stand_page()


@blueprint.post("/recognition/stand")
@allow("member")
def send_standing() -> Response:
    """First the preview of exactly what the jury reads, then standing with it."""
    if request.form.get("do") != "stand":
        return _stand_page(chosen=True, status=200 if request.form.get("do") == "look" else 422)
    tools, viewer = toolbox(), current_viewer()
    now, day = this_round(tools)
    try:
        _stand(tools, viewer, day, now)
    except StandRefused as refusal:
        return _stand_page(chosen=True, reason=refusal.reason, status=422)
    flash(_said_of_standing(), "ok")
    return redirect(url_for("recognition.show"), 303)


def _said_of_standing() -> str:
    return _(
        "お預かりしました。読み手が読むのは、いま見たとおりのものだけです。読み終わるまで、いつでも取り下げられます。"
    )


def _stand(tools: Toolbox, viewer: Viewer, day: date, now: Round) -> None:
    with tools.database.transaction("content", "keys") as stores:
        mine = nominating.received(stores, tools.vault, tools.trade, viewer=viewer, today=day)
        standing.stand(
            stores, tools.vault, tools.trade, viewer=viewer, dossier=_chosen(mine, now.year),
            knows=request.form.get("knows") == "1", policy=policy_of(tools.settings), now=now, today=day,
        )  # fmt: skip


@blueprint.post("/recognition/stand/withdraw")
@allow("member")
def withdraw() -> Response:
    """Stop standing."""
    tools = toolbox()
    now, _day = this_round(tools)
    with tools.database.transaction("content", "keys") as stores:
        had = standing.withdraw(stores, tools.vault, viewer=current_viewer(), now=now, window=tools.window)
    said = _("取り下げました。読み手がもう読んでいるときは、次の公開の時刻に、その手元からも消えます。")
    flash(said if had else _("いまは、何もお預かりしていません。"), "ok")
    return redirect(url_for("recognition.show"), 303)


@blueprint.get("/recognition/mine")
@allow("member")
def mine() -> str:
    """What my help did, in bands, once a week."""
    tools, viewer = toolbox(), current_viewer()
    _now, day = this_round(tools)
    with tools.database.reading() as stores:
        found = help_of(stores, tools.vault, viewer=viewer, today=day, seconds=tools.settings.window_seconds)
    return render_template("recognition/mine.html", help=found)


def _nominate_page(place: str, object: str, errors: dict[str, str] | None = None, status: int = 200) -> Response:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        nominee = get_nominee(stores, tools.vault, tools.trade, viewer=viewer, place=place, object=object)
        said = nominating.own_words(stores, tools.vault, viewer=viewer, object=object)
    page = render_template(
        "recognition/nominate.html", nominee=nominee, said=said, errors=errors or {}, longest=MAX_WORDS,
        text=request.form.get("text", said),
    )  # fmt: skip
    return make_response(page, status)


def _chosen(mine: list[nominating.Received], year: int) -> standing.Dossier:
    return standing.compose(
        mine, posts=request.form.getlist("post"), words=request.form.getlist("words"), year=year
    )  # fmt: skip


def _stand_page(*, chosen: bool = False, reason: str = "", status: int = 200) -> Response:
    """The choice; and once something is chosen, what the jury would read of it, or why it cannot be read together."""
    tools, viewer = toolbox(), current_viewer()
    now, day = this_round(tools)
    with tools.database.reading() as stores:
        mine = nominating.received(stores, tools.vault, tools.trade, viewer=viewer, today=day)
        dossier = _chosen(mine, now.year)
        if chosen and not reason:
            reason = standing.trouble_with(
                stores, tools.vault, tools.trade, viewer=viewer, dossier=dossier, policy=policy_of(tools.settings),
                today=day,
            )  # fmt: skip
        own = [row for row in standing.own_candidacies(stores, viewer.secret, today=day) if row.round == now.year]
    now_ones = [one for one in mine if any(said.year == now.year for said in one.words)]
    page = render_template(
        "recognition/stand.html", mine=now_ones, dossier=dossier if chosen and reason in ("", "consent") else None,
        reason=reason, stands=bool(own), posts=request.form.getlist("post"), words=request.form.getlist("words"),
        is_chosen=chosen, most=MAX_POSTS,
    )  # fmt: skip
    return make_response(page, status)
