"""Who may call a route. A route that does not say is refused, for everybody.

A role is a word in the viewer's `roles`: member, coordinator, analyst, operator, auditor. `waiting` is a person whose organisation is not
verified yet; they are told so and get nothing else. "Not yours" is decided by the service and looks like "not there".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from flask import Flask, request
from flask_login import current_user

from app.errors import Forbidden, NotThere, ReadingOnly, SignInNeeded

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC: Final = "public"
SIGNED_IN: Final = "signed-in"
INSIDE: Final = "inside"  # signed in, of a verified organisation, in whatever role


@dataclass(frozen=True, slots=True)
class Rule:
    """What a route asks of its caller."""

    audience: str  # PUBLIC, SIGNED_IN, INSIDE or a role
    while_reading: bool | None  # in the days of only reading after a fresh start; None: to look, and not to send
    scope: str = ""  # of a route of the API: what the caller's token must be allowed to


SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def allow(audience: str, *, while_reading: bool | None = None, scope: str = "") -> Callable[[View], View]:
    """Declare who may call a view: `@allow("member")`. Who may only read for now sends nothing, unless it says so. A view
    with a `scope` is one of the API: a token alone calls it, and one that may do this."""

    def mark(view: View) -> View:
        view.access_rule = Rule(audience, while_reading, scope)  # type: ignore[attr-defined]
        return view

    return mark


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """The rule a view declared, or None."""
    view = app.view_functions.get(endpoint)
    return getattr(view, "access_rule", None)


def api_views(app: Flask) -> list[Callable[..., Any]]:
    """The views of the API: those that ask for a scope."""
    found = [(view, rule_of(app, endpoint)) for endpoint, view in app.view_functions.items()]
    return [view for view, rule in found if rule is not None and rule.scope]


def check_access(app: Flask) -> None:
    """Refuse the request unless its route's rule lets the viewer in."""
    if request.endpoint is None:
        return  # no such route: the router's own 404 or 405 follows
    rule = rule_of(app, request.endpoint)
    if rule is None:
        raise NotThere
    if rule.audience == PUBLIC:
        return
    if not current_user.is_authenticated:
        raise SignInNeeded
    if not _is_let_in(rule.audience, current_user.roles) or (rule.scope and rule.scope not in current_user.scopes):
        raise Forbidden
    _check_reading(rule)


def _is_let_in(audience: str, roles: frozenset[str]) -> bool:
    if audience == INSIDE:
        return "waiting" not in roles
    return audience == SIGNED_IN or audience in roles


def _check_reading(rule: Rule) -> None:
    until = current_user.reading_until
    may = request.method in SAFE if rule.while_reading is None else rule.while_reading
    if until is not None and not may:
        raise ReadingOnly(until)


def init_access(app: Flask) -> None:
    """Ask before every request; static files are public."""
    app.view_functions["static"] = allow(PUBLIC)(app.view_functions["static"])
    app.before_request(lambda: check_access(app))
