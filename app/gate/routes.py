"""The first run: small steps, each kept at once. All but the statement may be passed over."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import INSIDE, allow
from app.accounts import digest
from app.accounts.rules import local_path
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.domains.trade import Trade
from app.gate import arriving, charter_routes, duties, role_routes, service, word_routes
from app.gate.arriving import note_unfinished, remember
from app.gate.blueprint import blueprint
from app.gate.charter import versions_since
from app.gate.practice import practice_page
from app.gate.rules import DONE, STEPS, following, next_step
from app.questions.choices import named_options
from app.questions.contacts import own_contact
from app.questions.promise import accept, arrived, unaccepted
from app.queues.forms import capacity_options, usual_capacity
from app.settings import numbers
from app.web.i18n import current_locale
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox

__all__ = ["arriving", "blueprint", "charter_routes", "duties", "role_routes", "word_routes"]
NOTICES, LETTERS, NOTHING = "notices", "letters", "nothing"


@blueprint.get("/welcome")
@allow(INSIDE)
def welcome() -> str:
    """How far one has come, and the next step."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        one = arrived(stores, viewer.secret)
        left = unaccepted(tools.trade.charter, one)
    done = set(one.steps) - {"promises"} | (set() if left else {"promises"})
    subjects = [str(tools.trade.subjects[key].name) for key in viewer.subjects if key in tools.trade.subjects]
    return render_template(
        "gate/welcome.html", steps=_steps(viewer), done=done, next=next_step(list(done)), subjects=subjects
    )


@blueprint.get("/welcome/promises")
@allow(INSIDE)
def promises() -> Response | str:
    """The statement, item by item; what was accepted already is not asked again."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        left = unaccepted(tools.trade.charter, arrived(stores, viewer.secret))
    if not left:
        return redirect(url_for("gate.welcome"), 303)
    return render_template("gate/promises.html", items=left, charter=tools.trade.charter, is_wrong=False)


@blueprint.post("/welcome/promises")
@allow(INSIDE, while_reading=True)
def accept_promises() -> Response | tuple[str, int]:
    """Keep what is ticked; the rest is shown again."""
    tools, viewer = toolbox(), current_viewer()
    charter = tools.trade.charter
    with tools.database.transaction("content") as stores:
        now = service.promise(
            stores, viewer.secret, charter, keys=request.form.getlist("promise"), today=today(tools.clock.now())
        )
    left = unaccepted(charter, now)
    if left:
        return render_template("gate/promises.html", items=left, charter=charter, is_wrong=True), 422
    remember(now)
    return redirect(_after(viewer, "promises"), 303)


@blueprint.get("/welcome/help")
@allow("member")
def help_and_learn() -> str:
    """Two things I can help with, one I want to learn."""
    return _help_page(toolbox(), current_viewer(), "")


@blueprint.post("/welcome/help")
@allow("member", while_reading=True)
def say_help() -> Response | tuple[str, int]:
    """Declare them; nothing chosen is an answer too."""
    tools, viewer = toolbox(), current_viewer()
    offered = {key for _group, listed in _topics(tools.trade, viewer) for key, _name in listed}
    helps = [one for one in dict.fromkeys(request.form.get(name, "") for name in ("help_1", "help_2")) if one]
    learns = request.form.get("learns", "")
    if not {*helps, *filter(None, [learns])} <= offered:
        return _help_page(tools, viewer, _("この一覧にある話題から選んでください。")), 422
    usual = usual_capacity(numbers(tools.settings.capacities))
    with tools.database.transaction("content") as stores:
        service.say_what_helps(
            stores, tools.vault, tools.trade, viewer=viewer, helps=helps, learns=learns, capacity=usual
        )
    return redirect(_after(viewer, "help"), 303)


@blueprint.get("/welcome/receiving")
@allow("member")
def receiving() -> str:
    """How many questions a week, and how one hears of them."""
    return _receiving_page(toolbox(), "")


@blueprint.post("/welcome/receiving")
@allow("member", while_reading=True)
def say_receiving() -> Response | tuple[str, int]:
    """Keep both."""
    tools, viewer = toolbox(), current_viewer()
    capacity, mail = request.form.get("capacity", ""), request.form.get("mail", "")
    if capacity not in {str(one) for one in numbers(tools.settings.capacities)} or mail not in (
        NOTICES,
        LETTERS,
        NOTHING,
    ):
        return _receiving_page(tools, _("ふたつとも、ひとつずつ選んでください。")), 422
    with tools.database.transaction("identity", "content") as stores:
        _keep_receiving(tools, stores, viewer, int(capacity), mail)
    return redirect(_after(viewer, "receiving"), 303)


def _keep_receiving(tools: Toolbox, stores: Stores, viewer: Viewer, capacity: int, mail: str) -> None:
    make_box = partial(own_contact, tools, stores, viewer, wanted=mail == NOTICES)
    service.receive(stores, tools.vault, tools.trade, viewer=viewer, capacity=capacity, make_box=make_box)
    letters = current_locale() if mail == LETTERS else ""
    digest.choose(stores, tools.vault, member_id=viewer.member_id, locale=letters)
    if letters:
        seconds = tools.settings.window_seconds
        digest.keep_turning(stores, tools.vault, now=tools.clock.now(), window_seconds=seconds)


@blueprint.get("/welcome/practice")
@allow("member")
def practice() -> str:
    """A made-up question, and what each reader would see of it. Nothing of it is kept."""
    tools = toolbox()
    with tools.database.reading() as stores:
        return practice_page(tools, stores, current_viewer(), request.args)


@blueprint.post("/welcome/practice")
@allow("member", while_reading=True)
def end_practice() -> Response:
    """The last step is done."""
    with toolbox().database.transaction("content") as stores:
        service.note_step(stores, current_viewer().secret, "practice")
    return _finish()


@blueprint.post("/welcome/finish")
@allow(INSIDE, while_reading=True)
def finish() -> Response:
    """The rest is passed over; it stays where it is."""
    return _finish()


@blueprint.get("/welcome/ready")
@allow(INSIDE)
def ready() -> str:
    """What one might do first."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        learns = arrived(stores, viewer.secret).learns
    name = str(tools.trade.topic_by_key[learns[1]].name) if learns and learns[1] in tools.trade.topic_by_key else ""
    return render_template("gate/ready.html", learns=name, topic=learns[1] if name else "")


@blueprint.get("/welcome/changes")
@allow(INSIDE)
def changes() -> Response | str:
    """What changed in the charter since one was told last."""
    tools, viewer = toolbox(), current_viewer()
    after = local_path(request.args.get("next"))
    with tools.database.reading() as stores:
        one = arrived(stores, viewer.secret)
        left = unaccepted(tools.trade.charter, one)
        told = versions_since(stores, tools.vault, one.told)
        may_wait = service.is_let_in(stores, viewer.secret, tools.trade.charter, today=today(tools.clock.now()))
    if not (left or told):
        return redirect(after, 303)
    return render_template("gate/changes.html", items=left, told=told, after=after, may_wait=may_wait)


@blueprint.post("/welcome/changes")
@allow(INSIDE, while_reading=True)
def accept_changes() -> Response:
    """Accept the new wording of what is ticked; or put it off while it does not count yet."""
    tools, viewer = toolbox(), current_viewer()
    charter, after = tools.trade.charter, local_path(request.form.get("next"))
    ticked = set(request.form.getlist("promise"))
    with tools.database.transaction("content") as stores:
        accept(stores, viewer.secret, items=[item for item in charter.items if item.key in ticked])
        service.note_told(stores, viewer.secret, charter)
        now = arrived(stores, viewer.secret)
        let_in = service.is_let_in(stores, viewer.secret, charter, today=today(tools.clock.now()))
    if not let_in:
        flash(_("あと少しです。残りの約束も確かめてください。"), "warn")
        return redirect(url_for("gate.changes", next=after), 303)
    remember(now)
    return redirect(after, 303)


@blueprint.get("/welcome/declined")
@allow(INSIDE)
def declined() -> str:
    """Who does not want to accept it is told kindly what they can do."""
    return render_template("gate/declined.html")


@blueprint.get("/welcome/back")
@allow(INSIDE)
def back() -> str:
    """After 90 days: what is new, and whether what one said still holds."""
    return render_template("gate/back.html", after=local_path(request.args.get("next")))


def _steps(viewer: Viewer) -> tuple[str, ...]:
    """Who is no member has a statement to accept, and no more."""
    return STEPS if "member" in viewer.roles else STEPS[:1]


def _after(viewer: Viewer, step: str) -> str:
    """Where a finished step leads: to the next one, or to the end."""
    after = following(step) if "member" in viewer.roles else ""
    note_unfinished(after)
    pages = {"help": "gate.help_and_learn", "receiving": "gate.receiving", "practice": "gate.practice"}
    return url_for(pages[after]) if after else url_for("pages.home")


def _finish() -> Response:
    with toolbox().database.transaction("content") as stores:
        service.note_step(stores, current_viewer().secret, DONE)
    note_unfinished("")
    return redirect(url_for("gate.ready"), 303)


def _topics(trade: Trade, viewer: Viewer) -> list[tuple[str, list[tuple[str, str]]]]:
    """Topics under each of the viewer's own subjects, as "subject topic"."""
    own = [trade.subjects[key] for key in viewer.subjects if key in trade.subjects]
    return [
        (str(one.name), [(f"{one.key} {key}", f"{one.name}：{name}") for key, name in named_options(trade.topics_of(one.key))])
        for one in own
    ]  # fmt: skip


def _help_page(tools: Toolbox, viewer: Viewer, error: str) -> str:
    return render_template("gate/help.html", topics=_topics(tools.trade, viewer), error=error, typed=request.form)


def _receiving_page(tools: Toolbox, error: str) -> str:
    capacities = numbers(tools.settings.capacities)
    return render_template(
        "gate/receiving.html", capacities=capacity_options(capacities), usual=usual_capacity(capacities), error=error,
        typed=request.form, settings=tools.settings,
    )  # fmt: skip
