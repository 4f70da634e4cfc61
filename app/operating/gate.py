"""Who may be in which room: before there is an operator, the one browser that used the code; afterwards the operator."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.signin import current_viewer
from app.accounts.steps import keep, read
from app.db import Stores
from app.logs.service import note_security
from app.operating.rules import STEPS
from app.operating.service import State, find_state
from app.web.i18n import date_label
from app.web.limits import network_of
from app.wiring import Toolbox

COOKIE: Final = "__Host-shiome-setup"
DAY: Final = 24 * 3600
OPERATOR: Final = "operator"


@dataclass(frozen=True, slots=True)
class Room:
    """One part, and where it is shown: as a step of the wizard, or in the operator's own pages."""

    part: str
    state: State
    is_wizard: bool

    @property
    def number(self) -> int:
        """Which of the six."""
        return STEPS.index(self.part) + 1

    def url(self, part: str = "", **more: Any) -> str:
        """The address of this part here, or of another."""
        endpoint = "operating.setup_part" if self.is_wizard else "operating.part"
        return url_for(endpoint, part=part or self.part, **more)

    @property
    def done_on(self) -> str:
        """The day this part was done; empty while it is not."""
        day = self.state.done.get(self.part)
        return date_label(date.fromordinal(day)) if day else ""

    @property
    def back(self) -> str:
        """The list of all parts."""
        return url_for("operating.setup" if self.is_wizard else "operating.home")

    @property
    def following(self) -> str:
        """Where a finished step leads: the next one, or the end; in the operator's pages back to the part."""
        if not self.is_wizard:
            return self.url()
        return self.url(STEPS[self.number]) if self.number < len(STEPS) else self.back

    def go(self, url: str = "") -> Response:
        """On to another page, or to this one drawn anew."""
        return redirect(url or self.url(), 303)

    def page(self, *, status: int = 200, **more: Any) -> Response:
        """The part's page."""
        name = f"operating/{self.part.replace('-', '_')}.html"
        return make_response(render_template(name, room=self, steps=STEPS, **more), status)


def is_operator() -> bool:
    """Whether whoever is looking looks after the service."""
    return OPERATOR in current_user.roles


def browser() -> str:
    """The secret of a browser that used the code; empty without one."""
    found = read(purpose="setup", cookie=COOKIE)
    return found["browser"] if found else ""


def let_in(response: Response, secret: str) -> Response:
    """Give the browser its secret, for the day the code is good for."""
    return keep(response, {"browser": secret}, purpose="setup", cookie=COOKIE, seconds=DAY)


def may_set_up(stores: Stores, tools: Toolbox) -> State | None:
    """The state, where this browser may go through the steps; None otherwise."""
    state = find_state(stores, tools.vault)
    if is_operator() or state.is_open_to(browser(), tools.clock.now()):
        return state
    return None


def whose_codes() -> str:
    """What binds new join codes to whoever made them, for the hour in which they can be seen and printed."""
    return current_viewer().session_id if is_operator() else browser()


def note(stores: Stores, tools: Toolbox, event: str) -> None:
    """Put an act into the security log: the operator as a keyed hash, or nobody yet. Writes identity."""
    who = current_viewer().member_id if current_user.is_authenticated else ""
    address = network_of(request.remote_addr or "")
    note_security(stores, tools.vault, event=event, now=tools.clock.now(), member_id=who, address=address)
