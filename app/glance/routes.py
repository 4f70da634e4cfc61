"""The square: what this place is for, what is asked, where help is wanted, what came of it."""

from random import SystemRandom

from flask import Blueprint, current_app, render_template

from app.access import INSIDE, allow
from app.accounts.signin import current_viewer
from app.clock import today
from app.glance import reads
from app.glance.kept import Pictures
from app.questions.finding import Shelves
from app.wiring import toolbox

blueprint = Blueprint("glance", __name__, template_folder="templates")
PICTURES = "pictures"
blueprint.record_once(lambda state: state.app.extensions.setdefault(PICTURES, Pictures()))


@blueprint.get("/square")
@allow(INSIDE)
def square() -> str:
    """The network at a glance; who is no member sees what it is for and the way to what they may read."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        page = reads.square(
            stores,
            tools.vault,
            Shelves(tools.trade, tools.memory, tools.asked),
            current_app.extensions[PICTURES],
            viewer=viewer,
            today=today(tools.clock.now()),
            rng=SystemRandom(),
        )
    return render_template("glance/square.html", page=page, charter=tools.trade.charter)
