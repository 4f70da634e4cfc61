"""Members: enrol, sign in, change what opens their secret. Argon2 runs in read-only functions, outside write locks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from app.accounts import arrivals, departed
from app.accounts.identity import Identity, open_identity, seal_identity, state_of
from app.accounts.models import Member, Organisation, RenewedWrap
from app.accounts.models import Wrap as WrapRow
from app.accounts.organisations import add_organisation as add_organisation
from app.accounts.organisations import add_organisations as add_organisations
from app.accounts.organisations import verify_organisation as verify_organisation
from app.accounts.rules import KEPT, LEAVING, READING, AddressTaken, WrongSignIn, quarter_of
from app.db import Stores
from app.errors import NotThere
from app.sealing import Vault
from privacy.errors import WrongSecret
from privacy.pseudonyms import MemberSecret, new_id, new_secret
from privacy.recovery import new_recovery_code
from privacy.wraps import (
    PASSWORD,
    RECOVERY,
    Cost,
    Wrap,
    dummy_unwrap,
    unwrap_with_password,
    unwrap_with_recovery_code,
    wrap_with_password,
    wrap_with_recovery_code,
)

_IN_FORCE: Final = func.coalesce(RenewedWrap.data, WrapRow.data)


@dataclass(frozen=True, slots=True)
class Credentials:
    """A new person's secret and what will open it; made before anything is written."""

    member_id: str
    secret: MemberSecret = field(repr=False)
    password: Wrap | None = field(repr=False)
    recovery_code: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A member who is now there. Without a password nothing opens the secret again once this value is gone."""

    member_id: str
    secret: MemberSecret = field(repr=False)
    recovery_code: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody proved to be this member. `renewed` is their password's wrap at today's cost, where it was another."""

    member_id: str
    secret: MemberSecret = field(repr=False)
    renewed: Wrap | None = field(default=None, repr=False)
    undoes: bool = False  # it was opened by what opened it before a fresh start, which ends with this


def new_credentials(password: str | None, *, cost: Cost) -> Credentials:
    """A fresh secret under a password and a recovery code; without a password, under nothing."""
    member_id, secret = new_id(), new_secret()
    if password is None:
        return Credentials(member_id, secret, None, None)
    wrap = wrap_with_password(secret, password, cost=cost, owner=member_id)
    return Credentials(member_id, secret, wrap, new_recovery_code())


def enrol(
    stores: Stores,
    vault: Vault,
    *,
    organisation_id: str,
    mail: str,
    password: str | None,
    attributes: Mapping[str, str],
    subjects: Sequence[str],
    roles: Sequence[str] = ("member",),
    cost: Cost,
    today: date,
    credentials: Credentials | None = None,
    mailbox: str = "",
) -> Enrolled:
    """Write one person into the identity and key files. Of an unverified organisation they wait. Raises AddressTaken.

    `mailbox` is a new name wherever somebody may have had the address before them.
    """
    made = credentials or new_credentials(password, cost=cost)
    organisation = stores.identity.get(Organisation, organisation_id)
    if organisation is None:
        raise NotThere
    is_back = departed.is_back(stores, vault, address=mail, today=today)
    reset_day = today.toordinal() if is_back else 0
    whole = (mail, organisation_id, tuple(roles), dict(attributes), tuple(subjects))
    identity = Identity(*whole, reset_day=reset_day, mailbox=mailbox)
    _insert_member(stores, vault, made.member_id, identity, waiting=not organisation.verified, today=today)
    if made.password is not None:
        add_wrap(stores, made.member_id, made.password)
    if made.recovery_code is not None:
        add_wrap(stores, made.member_id, wrap_with_recovery_code(made.secret, made.recovery_code, owner=made.member_id))
    return Enrolled(made.member_id, made.secret, made.recovery_code)


def has_account(stores: Stores, vault: Vault, mail: str) -> bool:
    """Whether an address belongs to somebody: for the mail that says so, never for a page."""
    return (
        stores.identity.scalar(select(Member.id).where(Member.mail_index.in_(vault.indexes("mail", mail)))) is not None
    )


def sign_in(stores: Stores, vault: Vault, *, mail: str, password: str, cost: Cost) -> SignedIn:
    """Check address and password. Writes nothing. Raises WrongSignIn.

    After a fresh start the password of before is tried too. Every failure costs two runs of Argon2id, whether there is
    such an address and such a password or not.
    """
    for kind in (PASSWORD, KEPT[PASSWORD]):
        found = _find_wrap(stores, vault, mail, kind)
        try:
            if found is None:
                dummy_unwrap(password, cost=cost)
            member_id, wrap = found
            secret = unwrap_with_password(wrap, password, owner=member_id)
        except WrongSecret:
            continue
        same = dict(wrap.params) == cost.params
        renewed = None if same else wrap_with_password(secret, password, cost=cost, owner=member_id)
        return SignedIn(member_id, secret, renewed, undoes=kind != PASSWORD)
    raise WrongSignIn


def recover(stores: Stores, vault: Vault, *, mail: str, code: str) -> SignedIn:
    """Check address and recovery code. Writes nothing. Raises WrongSignIn; MistypedCode tells of a slip of the finger."""
    for kind in (RECOVERY, KEPT[RECOVERY]):
        found = _find_wrap(stores, vault, mail, kind)
        # an unknown address spends the same on a wrap that nobody's code opens
        member_id, wrap = found or ("", wrap_with_recovery_code(new_secret(), new_recovery_code()))
        try:
            secret = unwrap_with_recovery_code(wrap, code, owner=member_id)
        except WrongSecret:
            continue
        return SignedIn(member_id, secret, undoes=kind != RECOVERY)
    raise WrongSignIn


def check_password(stores: Stores, *, member_id: str, password: str) -> None:
    """Ask a signed-in member for their password once more. Writes nothing. Raises WrongSignIn."""
    data = stores.identity.scalar(
        select(_IN_FORCE)
        .select_from(WrapRow)
        .outerjoin(RenewedWrap, RenewedWrap.wrap_id == WrapRow.id)
        .where(WrapRow.member_id == member_id, WrapRow.kind == PASSWORD)
    )
    if data is None:
        raise WrongSignIn
    try:
        unwrap_with_password(Wrap.from_json(data.decode()), password, owner=member_id)
    except WrongSecret:
        raise WrongSignIn from None


def arrive(stores: Stores, vault: Vault, *, signed_in: SignedIn, today: date) -> str:
    """Note that a member is here this quarter, and let them in once their organisation is verified; gives the state.

    Whoever began afresh while they waited goes on only reading.
    """
    member = _get_member(stores, signed_in.member_id)
    if signed_in.renewed is not None:
        arrivals.note_renewed(stores, member_id=member.id, wrap=signed_in.renewed, today=today)
    arrivals.note(stores, member=member, today=today)
    if member.state == "waiting" and _is_verified(stores, vault, member):
        reads = open_identity(vault.data_key(stores, member.key_id), member).reading_until > today.toordinal()
        member.state = READING if reads else "active"
    return state_of(member, open_identity(vault.data_key(stores, member.key_id), member))


def waits(stores: Stores, *, member_id: str) -> bool:
    """Whether a member waits for their organisation, as of their last sign-in."""
    return _get_member(stores, member_id).state == "waiting"


def replace_wrap(stores: Stores, *, member_id: str, wrap: Wrap) -> None:
    """Put a new wrap in the place of the old one of its kind."""
    stores.identity.execute(delete(WrapRow).where(WrapRow.member_id == member_id, WrapRow.kind == wrap.kind))
    add_wrap(stores, member_id, wrap)


def set_profile(stores: Stores, vault: Vault, *, member_id: str, levels: Mapping[str, int], today: date) -> None:
    """Keep this quarter's disclosure profile. Whether it may be chosen is decided before."""
    member = _get_member(stores, member_id)
    key = vault.data_key(stores, member.key_id)
    identity = open_identity(key, member)
    changed = replace(identity, profile=dict(levels), profile_quarter=quarter_of(today))
    member.sealed = seal_identity(key, changed, member_id)


def set_work(
    stores: Stores, vault: Vault, *, member_id: str, attributes: Mapping[str, str], subjects: Sequence[str]
) -> None:
    """Keep what a member says of their work. Writes identity; raises NotThere when the account is gone."""
    member = _get_member(stores, member_id)
    key = vault.data_key(stores, member.key_id)
    changed = replace(open_identity(key, member), attributes=dict(attributes), subjects=tuple(subjects))
    member.sealed = seal_identity(key, changed, member_id)


def _insert_member(
    stores: Stores, vault: Vault, member_id: str, identity: Identity, *, waiting: bool, today: date
) -> None:
    if has_account(stores, vault, identity.mail):
        raise AddressTaken  # asked here too: while keys rotate, one address may stand under an older key
    key_id, key = vault.new_data_key(stores)
    stores.identity.add(
        Member(
            id=member_id,
            key_id=key_id,
            mail_index=vault.index("mail", identity.mail),
            state="waiting" if waiting else "active",
            active_quarter=quarter_of(today),
            sealed=seal_identity(key, identity, member_id),
        )
    )
    try:
        stores.identity.flush()  # the unique address decides, and the wraps refer to the row
    except IntegrityError:
        raise AddressTaken from None


def add_wrap(stores: Stores, member_id: str, wrap: Wrap) -> None:
    """One more thing that opens a member's secret; writes identity."""
    stores.identity.add(WrapRow(id=new_id(), member_id=member_id, kind=wrap.kind, data=wrap.to_json().encode()))


def _find_wrap(stores: Stores, vault: Vault, mail: str, kind: str) -> tuple[str, Wrap] | None:
    row = stores.identity.execute(
        select(Member.id, _IN_FORCE.label("data"))
        .outerjoin(WrapRow, (WrapRow.member_id == Member.id) & (WrapRow.kind == kind))
        .outerjoin(RenewedWrap, RenewedWrap.wrap_id == WrapRow.id)
        .where(Member.mail_index.in_(vault.indexes("mail", mail)), Member.state != LEAVING)
    ).one_or_none()
    return (row.id, Wrap.from_json(row.data.decode())) if row and row.data else None


def _get_member(stores: Stores, member_id: str) -> Member:
    member = stores.identity.get(Member, member_id)
    if member is None:
        raise NotThere
    return member


def _is_verified(stores: Stores, vault: Vault, member: Member) -> bool:
    identity = open_identity(vault.data_key(stores, member.key_id), member)
    organisation = stores.identity.get(Organisation, identity.organisation_id)
    return organisation is not None and organisation.verified
