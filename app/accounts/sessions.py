"""Server-side sessions. The row holds no time but a day; the exact limits travel sealed in the browser's cookie.

Cookie = base64url(token 16 | cookie key 32 | sealed times). The row is found by the token's hash; the member secret in
it opens only with the cookie key, so whoever has the database has no secret.
"""

import hashlib
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from sqlalchemy import bindparam, delete, select

from app.accounts.identity import open_identity, state_of
from app.accounts.models import ApiToken, Member, Organisation, SignInSession
from app.accounts.organisations import open_organisation
from app.accounts.rules import READING as READING
from app.accounts.rules import quarter_of
from app.accounts.viewer import Viewer
from app.clock import today as day_of
from app.db import Stores, recall
from app.errors import NotThere
from app.keystore import DataKey
from app.sealing import Vault
from privacy.errors import PrivacyError
from privacy.keys import key_from
from privacy.pseudonyms import MemberSecret, locker_key
from privacy.vault import Place, envelope_key_id, open_json, open_sealed, seal, seal_json

TOKEN_BYTES: Final = 16
KEY_BYTES: Final = 32
REFRESH_SECONDS: Final = 60
SWEEP_DAYS: Final = 28
LABEL_PURPOSE: Final = "device-label"
_VIEWER: Final = (
    select(SignInSession, Member, DataKey, Organisation)
    .join(Member, Member.id == SignInSession.member_id)
    .outerjoin(DataKey, DataKey.id == Member.key_id)
    .outerjoin(Organisation, Organisation.id == bindparam("at"))
    .where(SignInSession.id == bindparam("session"), SignInSession.expires_day >= bindparam("today"))
)


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """Seconds a session may live."""

    idle: int
    absolute: int
    own_phone: int


@dataclass(frozen=True, slots=True)
class Cookie:
    """What a browser holds, opened."""

    token: bytes = field(repr=False)
    key: bytes = field(repr=False)
    issued: int
    seen: int
    own_phone: bool
    who: str = ""  # a keyed hash of the member: to know whose words were left when the session has ended
    at: str = ""  # the organisation they were last seen in, so that it is fetched along with them
    is_stale: bool = False  # sealed under an older root key: to be written anew, before that key goes

    @property
    def session_id(self) -> str:
        """The row it belongs to."""
        return hashlib.sha256(b"shiome/session/v1" + self.token).hexdigest()

    def ends(self, limits: SessionLimits) -> int:
        """The second after which it is worth nothing."""
        if self.own_phone:
            return self.issued + limits.own_phone
        return min(self.issued + limits.absolute, self.seen + limits.idle)

    def is_alive(self, now: float, limits: SessionLimits) -> bool:
        """Whether it still counts."""
        return now <= self.ends(limits)

    def needs_refresh(self, now: float) -> bool:
        """Whether to note in the browser that it was seen."""
        return self.is_stale or (not self.own_phone and now - self.seen >= REFRESH_SECONDS)

    def refreshed(self, now: float) -> "Cookie":
        """The same, seen now."""
        return replace(self, seen=int(now), is_stale=False)


@dataclass(frozen=True, slots=True)
class Device:
    """A browser on the member's own list."""

    id: str
    label: str
    current: bool


def write_cookie(vault: Vault, cookie: Cookie) -> str:
    """The cookie's value."""
    times = {"issued": cookie.issued, "seen": cookie.seen, "own_phone": cookie.own_phone, "who": cookie.who}
    sealed = vault.seal({**times, "at": cookie.at}, table="cookie", column="times", row=cookie.session_id, pad=256)
    return urlsafe_b64encode(cookie.token + cookie.key + sealed).decode().rstrip("=")


def read_cookie(vault: Vault, value: str) -> Cookie | None:
    """The cookie opened, or None when it is not one of ours."""
    try:
        raw = urlsafe_b64decode(value + "=" * (-len(value) % 4))
        bare = Cookie(raw[:TOKEN_BYTES], raw[TOKEN_BYTES : TOKEN_BYTES + KEY_BYTES], 0, 0, False)
        sealed = raw[TOKEN_BYTES + KEY_BYTES :]
        times = vault.open(sealed, table="cookie", column="times", row=bare.session_id)
        stale = envelope_key_id(sealed) != vault.ring("cookie.times")[0].id
    except (ValueError, PrivacyError):
        return None
    return replace(bare, **times, is_stale=stale)


def swept_on(day: int) -> int:
    """When a row that ends on this day (an ordinal) is swept: the next of days four weeks apart.

    The row's own last day would tell on which day somebody signed in, and posts carry dates.
    """
    return -(-day // SWEEP_DAYS) * SWEEP_DAYS


def open_session(
    stores: Stores,
    *,
    member_id: str,
    secret: MemberSecret,
    label: str,
    own_phone: bool,
    now: float,
    limits: SessionLimits,
) -> Cookie:
    """Write a row for a browser that has just signed in, and forget the rows whose day is over."""
    issued = int(now)
    cookie = Cookie(secrets.token_bytes(TOKEN_BYTES), secrets.token_bytes(KEY_BYTES), issued, issued, own_phone)
    today = day_of(now)
    until = day_of(now + (limits.own_phone if own_phone else limits.absolute)).toordinal()
    stores.identity.execute(delete(SignInSession).where(SignInSession.expires_day < today.toordinal()))
    stores.identity.add(
        SignInSession(
            id=cookie.session_id,
            member_id=member_id,
            expires_day=swept_on(until),
            sealed_secret=seal(key_from(cookie.key), secret, _secret_place(cookie.session_id, member_id)),
            sealed_label=seal_json(
                locker_key(secret, LABEL_PURPOSE),
                {"label": label, "until": until},
                _label_place(cookie.session_id),
                pad_to=64,
            ),
        )
    )
    return cookie


def find_viewer(stores: Stores, vault: Vault, *, cookie: Cookie, today: date) -> Viewer | None:
    """The person behind a living cookie, or None when the row is gone. Raises PrivacyError for a row that was changed.

    Asked of a session that sees all files, in one statement: the row, the member, their key and their organisation.
    """
    known = {"session": cookie.session_id, "at": cookie.at, "today": today.toordinal()}
    row = stores.identity.execute(_VIEWER, known).one_or_none()
    if row is None:
        return None
    session, member, key, organisation = row
    recall(stores.keys, (DataKey, member.key_id), lambda: key)
    if organisation is not None:
        recall(stores.identity, (Organisation, organisation.id), lambda: organisation)
    place = _secret_place(session.id, session.member_id)
    secret = MemberSecret(open_sealed(key_from(cookie.key), session.sealed_secret, place))
    return make_viewer(stores, vault, member=member, secret=secret, session_id=session.id, today=today)


def organisation_of(stores: Stores, vault: Vault, *, member_id: str) -> str:
    """Where a member is, for their cookie; raises NotThere."""
    member = stores.identity.get(Member, member_id)
    if member is None:
        raise NotThere
    return open_identity(vault.data_key(stores, member.key_id), member).organisation_id


def make_viewer(
    stores: Stores, vault: Vault, *, member: Member, secret: MemberSecret, session_id: str, today: date
) -> Viewer:
    """A viewer from an opened member row."""
    identity = open_identity(vault.data_key(stores, member.key_id), member)
    row = stores.identity.get(Organisation, identity.organisation_id)
    if row is None:
        raise NotThere
    organisation = open_organisation(vault, row)
    ended = identity.ended(today.toordinal())
    reads = member.state in (READING, "waiting") and identity.reading_until > today.toordinal()
    return Viewer(
        member_id=member.id,
        secret=secret,
        state="active" if member.state == READING and not reads else state_of(member, identity),
        roles=frozenset(["waiting"] if member.state == "waiting" else {*identity.roles} - {*ended}),
        circle=organisation.circle,
        organisation_id=organisation.id,
        subjects=identity.subjects,
        attributes=identity.attributes,
        profile=identity.profile_in(quarter_of(today)),
        session_id=session_id,
        opened=identity.opened,
        role_news=(*identity.role_news, *(f"ended {role}" for role in ended)),
        reading_until=date.fromordinal(identity.reading_until) if reads else None,
        afresh=date.fromordinal(identity.reset_day) if identity.reset_day else None,
        former_circles=organisation.former_circles,
    )


def list_devices(stores: Stores, *, viewer: Viewer, today: date) -> list[Device]:
    """The member's signed-in browsers, this one first."""
    rows = stores.identity.scalars(select(SignInSession).where(SignInSession.member_id == viewer.member_id))
    key = locker_key(viewer.secret, LABEL_PURPOSE)
    opened = [(row.id, open_json(key, row.sealed_label, _label_place(row.id))) for row in rows]
    devices = [
        Device(session_id, found["label"], session_id == viewer.session_id)
        for session_id, found in opened
        if found["until"] >= today.toordinal()
    ]
    return sorted(devices, key=lambda device: (not device.current, device.label, device.id))


def revoke(stores: Stores, *, viewer: Viewer, session_id: str) -> None:
    """Sign one of the member's own browsers out. Raises NotThere, also for somebody else's."""
    gone = stores.identity.execute(
        delete(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.member_id == viewer.member_id)
        .returning(SignInSession.id)
    ).one_or_none()
    if gone is None:
        raise NotThere


def drop(stores: Stores, *, session_id: str) -> None:
    """Forget the row of a browser that signs in anew."""
    stores.identity.execute(delete(SignInSession).where(SignInSession.id == session_id))


def revoke_all(stores: Stores, *, member_id: str, but: str = "") -> None:
    """Sign every browser of a member out, except perhaps one; no token of theirs opens anything any more."""
    stores.identity.execute(delete(ApiToken).where(ApiToken.member_id == member_id))
    stores.identity.execute(delete(SignInSession).where(SignInSession.member_id == member_id, SignInSession.id != but))


def _secret_place(session_id: str, member_id: str) -> Place:
    # with the member in it, a session row turned to another member does not open
    return Place("sessions", "sealed_secret", f"{session_id}:{member_id}")


def _label_place(session_id: str) -> Place:
    return Place("sessions", "sealed_label", session_id)
