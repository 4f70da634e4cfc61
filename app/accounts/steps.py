"""What a browser carries between two steps, sealed in a cookie of its own: nothing half-made stands in a table."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict
from typing import Any, Final

from flask import request
from werkzeug.wrappers import Response

from app.accounts.draft import Draft
from app.wiring import toolbox
from privacy.errors import PrivacyError

COOKIE: Final = "__Host-shiome-steps"
SECONDS: Final = 3600
PASSKEY: Final = "__Host-shiome-passkey"  # apart from the steps, so that a passkey may be asked for in between
PASSKEY_SECONDS: Final = 600


def keep_draft(response: Response, draft: Draft) -> Response:
    """Give the browser its draft."""
    return keep(response, asdict(draft), purpose="sign-up")


def read_draft() -> Draft | None:
    """The draft in the browser, or None."""
    found = read(purpose="sign-up")
    return Draft(**found) if found is not None else None


def keep(
    response: Response, value: dict[str, Any], *, purpose: str, cookie: str = COOKIE, seconds: int = SECONDS
) -> Response:
    """Seal a value into a cookie for an hour, or as long as is said; `purpose` is bound."""
    tools = toolbox()
    whole = {"until": int(tools.clock.now()) + seconds, "value": value}
    sealed = tools.vault.seal(whole, table="cookie", column="steps", row=purpose, pad=256)
    response.set_cookie(
        cookie,
        urlsafe_b64encode(sealed).decode().rstrip("="),
        max_age=seconds,
        path="/",
        secure=True,
        httponly=True,
        samesite="Lax",
    )
    return response


def read(*, purpose: str, cookie: str = COOKIE) -> dict[str, Any] | None:
    """Open what `keep` sealed for the same purpose, if its time is not over."""
    tools = toolbox()
    try:
        text = request.cookies.get(cookie, "")
        sealed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        whole = tools.vault.open(sealed, table="cookie", column="steps", row=purpose)
    except (ValueError, PrivacyError):
        return None
    value: dict[str, Any] = whole["value"]
    return value if whole["until"] >= tools.clock.now() else None


def drop(response: Response, cookie: str = COOKIE) -> Response:
    """The steps are over."""
    response.delete_cookie(cookie, path="/", secure=True, httponly=True, samesite="Lax")
    return response
