"""Sessions in HTTP: the `__Host-shiome` cookie, and flask-login told who is looking."""

from dataclasses import replace
from typing import Any, Final

import structlog
from flask import Flask, Request, g, request, session
from flask_login import LoginManager, current_user
from werkzeug.wrappers import Response

from app.accounts import sessions, tokens
from app.accounts.rules import device_label
from app.accounts.service import SignedIn
from app.accounts.sessions import Cookie, SessionLimits
from app.accounts.viewer import Viewer
from app.accounts.words_left import leave_mark, who_is
from app.clock import today
from app.db import Stores
from app.errors import NotThere, SignInNeeded
from app.settings import Settings
from app.web.problems import is_api
from app.wiring import Toolbox, toolbox
from privacy.errors import PrivacyError
from privacy.wraps import Cost

COOKIE: Final = "__Host-shiome"
DAY: Final = 24 * 3600
log = structlog.get_logger()


class Anonymous:
    """Somebody who has not signed in."""

    is_authenticated = False
    is_active = False
    is_anonymous = True
    reading_until = None
    roles: frozenset[str] = frozenset()

    def get_id(self) -> None:
        """Nobody."""


def init_signin(app: Flask) -> None:
    """Let flask-login find the viewer, and refresh cookies on the way out."""
    manager = LoginManager()
    manager.session_protection = None  # it binds a session to address and browser; ours is bound to its key
    manager.anonymous_user = Anonymous
    manager.request_loader(_load)
    manager.init_app(app)
    app.after_request(_refresh)


def keep_keys(app: Flask) -> None:
    """Let the visit cookie and the forms' tokens follow the root keys, newest first; older ones still open."""
    tools: Toolbox = app.extensions["toolbox"]

    def renew() -> None:
        keys = [key.secret for key in tools.vault.ring("flask")]
        # the tokens' serializer wants its newest last
        app.config.update(SECRET_KEY=keys[0], SECRET_KEY_FALLBACKS=keys[1:], WTF_CSRF_SECRET_KEY=keys[::-1])

    renew()
    app.before_request(renew)


def current_viewer() -> Viewer:
    """Who is looking. Raises SignInNeeded."""
    viewer: Any = current_user._get_current_object()
    if not isinstance(viewer, Viewer):
        raise SignInNeeded
    return viewer


def is_own_phone() -> bool:
    """Whether whoever is looking said that this is their own phone."""
    cookie: Cookie | None = g.get("sign_in_cookie")
    return cookie is not None and cookie.own_phone


def password_cost(settings: Settings) -> Cost:
    """What a password guess costs here."""
    return Cost(time=settings.argon2_iterations, memory_kib=settings.argon2_memory_kib)


def session_limits(settings: Settings) -> SessionLimits:
    """How long sessions live here."""
    return SessionLimits(settings.idle_minutes * 60, settings.session_hours * 3600, settings.own_phone_days * 24 * 3600)


def start_session(response: Response, stores: Stores, *, signed_in: SignedIn, own_phone: bool = False) -> None:
    """Sign this browser in: a new row, a new cookie, and nothing kept of the visit before (no fixation)."""
    tools = toolbox()
    old = _read(tools)
    if old is not None:
        sessions.drop(stores, session_id=old.session_id)
    cookie = sessions.open_session(
        stores,
        member_id=signed_in.member_id,
        secret=signed_in.secret,
        label=device_label(request.user_agent.string),
        own_phone=own_phone,
        now=tools.clock.now(),
        limits=session_limits(tools.settings),
    )
    renew_visit()
    g.pop("sign_in_cookie", None)
    g.entered = signed_in  # the inbox looks whether something comes first
    at = sessions.organisation_of(stores, tools.vault, member_id=signed_in.member_id)
    _set(response, tools, replace(cookie, who=who_is(tools.vault, signed_in.member_id), at=at))


def end_session(response: Response) -> None:
    """Forget the sign-in in this browser; the row is the caller's."""
    g.pop("sign_in_cookie", None)
    renew_visit()
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Lax")


def renew_visit() -> None:
    """Empty the visit cookie but for the language."""
    locale = session.get("locale")
    session.clear()
    g.pop("csrf_token", None)  # flask-wtf keeps the token of the visit before for this request
    if locale:
        session["locale"] = locale


def _load(asking: Request) -> Viewer | None:
    """Who is behind the token of a call of the API, and behind the cookie of all else: neither opens what is the other's."""
    tools = toolbox()
    return _caller(tools, asking) if is_api() else _visitor(tools)


def _caller(tools: Toolbox, asking: Request) -> Viewer | None:
    given = asking.authorization
    if given is None or given.type != "bearer" or not given.token:
        return None
    try:
        with tools.database.reading() as stores:
            return tokens.find_caller(stores, tools.vault, token=given.token, today=today(tools.clock.now()))
    except (PrivacyError, NotThere) as error:
        log.warning("a token does not open", error=type(error).__name__)
        return None


def _visitor(tools: Toolbox) -> Viewer | None:
    cookie = _read(tools)
    if cookie is None:
        return None
    try:
        with tools.database.reading() as stores:
            viewer = sessions.find_viewer(stores, tools.vault, cookie=cookie, today=today(tools.clock.now()))
    except (PrivacyError, NotThere) as error:
        log.warning("a session does not open", error=type(error).__name__)
        return None
    if viewer is not None:
        moved = cookie.at != viewer.organisation_id
        g.sign_in_cookie = replace(cookie, at=viewer.organisation_id, is_stale=cookie.is_stale or moved)
        g.pop("left_by", None)
    return viewer


def _read(tools: Toolbox) -> Cookie | None:
    cookie = sessions.read_cookie(tools.vault, request.cookies.get(COOKIE, ""))
    if cookie is not None and cookie.who:
        g.left_by = leave_mark(cookie.who)
    alive = cookie is not None and cookie.is_alive(tools.clock.now(), session_limits(tools.settings))
    return cookie if alive else None


def _refresh(response: Response) -> Response:
    cookie: Cookie | None = g.get("sign_in_cookie")
    tools = toolbox()
    if cookie is not None and cookie.needs_refresh(tools.clock.now()):
        _set(response, tools, cookie.refreshed(tools.clock.now()))
    return response


def _set(response: Response, tools: Toolbox, cookie: Cookie) -> None:
    ends = cookie.issued + tools.settings.own_phone_days * 24 * 3600
    response.set_cookie(
        COOKIE,
        sessions.write_cookie(tools.vault, cookie),
        # a day longer than it opens anything: whose words were left must be known a little after its end
        max_age=int(ends + DAY - tools.clock.now()) if cookie.own_phone else None,
        path="/",
        secure=True,
        httponly=True,
        samesite="Lax",
    )
