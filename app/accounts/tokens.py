"""Tokens for the API: a member's own machine calls as them, for what they allowed it, until a day they chose.

Token = "shiome_" + base64url(32 random bytes). The row is found by its hash; the member secret in it opens with the
token alone (HKDF, privacy.wraps), together with what the token may do and its last day, so that neither can be changed
in the row. What its member calls it is sealed under the member secret.
"""

import hashlib
import secrets
from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import delete, select

from app.accounts.models import ApiToken, Member
from app.accounts.sessions import make_viewer, swept_on
from app.accounts.viewer import Viewer
from app.db import Stores
from app.errors import Conflict, NotThere
from app.sealing import Vault
from privacy.envelopes import hkdf
from privacy.keys import Key, key_from
from privacy.pseudonyms import MemberSecret, locker_key
from privacy.vault import Place, open_json, seal_json

PREFIX: Final = "shiome_"
TOKEN_BYTES: Final = 32
MOST: Final = 5  # tokens of one member
DAYS: Final = (30, 90, 180)
# what a token may do, by the role that may have it; the names stand in requests and in the description of the API
READ, ASK, ANSWER, COMPANY = "read", "ask", "answer", "company"
SCOPES: Final = {READ: "member", ASK: "member", ANSWER: "member", COMPANY: "analyst"}
LABEL_PURPOSE: Final = "token-label"
PAD: Final = 256


@dataclass(frozen=True, slots=True)
class Token:
    """A token on its member's own list."""

    id: str
    label: str
    scopes: tuple[str, ...]
    until: date


def scopes_of(viewer: Viewer) -> tuple[str, ...]:
    """What a token of this viewer may be allowed."""
    return tuple(scope for scope, role in SCOPES.items() if role in viewer.roles)


def make_token(stores: Stores, *, viewer: Viewer, label: str, scopes: Collection[str], days: int, today: date) -> str:
    """A new token, which is seen this once; forgets the rows whose day is over. Writes identity.

    `scopes` are some of `scopes_of`, `days` how long it lives. Raises Conflict where there are `MOST` already.
    """
    stores.identity.execute(delete(ApiToken).where(ApiToken.expires_day < today.toordinal()))
    _make_room(stores, viewer, today)
    raw = secrets.token_bytes(TOKEN_BYTES)
    id, until = _id_of(raw), today.toordinal() + days
    may = {"scopes": sorted(scopes), "until": until}
    opened, told = {**may, "secret": b64encode(viewer.secret).decode()}, {**may, "label": label}
    stores.identity.add(
        ApiToken(
            id=id,
            member_id=viewer.member_id,
            expires_day=swept_on(until),
            sealed=seal_json(_key_of(raw), opened, _place("sealed", id, viewer.member_id), pad_to=PAD),
            sealed_label=seal_json(_label_key(viewer), told, _place("sealed_label", id, viewer.member_id), pad_to=PAD),
        )
    )
    return PREFIX + urlsafe_b64encode(raw).decode().rstrip("=")


def find_caller(stores: Stores, vault: Vault, *, token: str, today: date) -> Viewer | None:
    """The member behind a token, with what it may do; None when there is no such token, or its last day is over.

    Raises PrivacyError for a row that was changed.
    """
    raw = _raw_of(token)
    row = None if raw is None else stores.identity.get(ApiToken, _id_of(raw))
    member = None if row is None else stores.identity.get(Member, row.member_id)
    if raw is None or row is None or member is None:
        return None
    opened = open_json(_key_of(raw), row.sealed, _place("sealed", row.id, row.member_id))
    if opened["until"] < today.toordinal():
        return None
    secret = MemberSecret(b64decode(opened["secret"]))
    viewer = make_viewer(stores, vault, member=member, secret=secret, session_id=row.id, today=today)
    return replace(viewer, scopes=frozenset(opened["scopes"]) & {*scopes_of(viewer)})


def list_tokens(stores: Stores, *, viewer: Viewer, today: date) -> list[Token]:
    """The member's own that still open something, those that last longest first."""
    living = [one for one in _list(stores, viewer) if one.until >= today]
    return sorted(living, key=lambda one: (-one.until.toordinal(), one.label))


def revoke_token(stores: Stores, *, viewer: Viewer, token_id: str) -> None:
    """End one of the member's own. Raises NotThere, also for somebody else's."""
    gone = stores.identity.execute(
        delete(ApiToken).where(ApiToken.id == token_id, ApiToken.member_id == viewer.member_id).returning(ApiToken.id)
    ).one_or_none()
    if gone is None:
        raise NotThere


def _list(stores: Stores, viewer: Viewer) -> list[Token]:
    rows = stores.identity.scalars(select(ApiToken).where(ApiToken.member_id == viewer.member_id)).all()
    return [_opened(row, viewer) for row in rows]


def _opened(row: ApiToken, viewer: Viewer) -> Token:
    told = open_json(_label_key(viewer), row.sealed_label, _place("sealed_label", row.id, row.member_id))
    return Token(row.id, told["label"], tuple(told["scopes"]), date.fromordinal(told["until"]))


def _make_room(stores: Stores, viewer: Viewer, today: date) -> None:
    """Those whose last day is over make room before they are swept."""
    held = _list(stores, viewer)
    for one in held:
        if one.until < today:
            revoke_token(stores, viewer=viewer, token_id=one.id)
    if sum(one.until >= today for one in held) >= MOST:
        raise Conflict


def _raw_of(token: str) -> bytes | None:
    try:
        raw = urlsafe_b64decode(token.removeprefix(PREFIX) + "=")
    except ValueError:
        return None
    return raw if token.startswith(PREFIX) and len(raw) == TOKEN_BYTES else None


def _id_of(raw: bytes) -> str:
    return hashlib.sha256(b"shiome/token/v1" + raw).hexdigest()


def _key_of(raw: bytes) -> Key:
    return key_from(hkdf(raw, b"shiome/token-key/v1"))


def _label_key(viewer: Viewer) -> Key:
    return locker_key(viewer.secret, LABEL_PURPOSE)


def _place(column: str, token_id: str, member_id: str) -> Place:
    # with the member in it, a row turned to another member does not open
    return Place("api_tokens", column, f"{token_id}:{member_id}")
