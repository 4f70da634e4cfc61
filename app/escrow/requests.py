"""Ask for an author, wait, show once. A request's thread stands in its file alone: the database keeps a digest."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from app.accounts.identity import Identity
from app.accounts.models import Member, Organisation
from app.accounts.organisations import open_organisation
from app.clock import today as day_of
from app.db import Stores
from app.escrow import telling
from app.escrow.bundles import Answer, Bundle, Seat, pack, unpack
from app.escrow.custodians import set_of
from app.escrow.models import Escrow, EscrowRequest
from app.escrow.rules import EscrowRefused, Reason, Step, check_time, event, is_over, shows_organisation
from app.escrow.service import is_on
from app.keystore import DataKey
from app.logs.service import note_content, note_security
from app.sealing import Vault
from privacy import escrow as core
from privacy.boxes import box_keys_of
from privacy.errors import PrivacyError
from privacy.pseudonyms import new_id
from privacy.shamir import NEEDED, Share


@dataclass(frozen=True, slots=True)
class Shown:
    """What one showing opens: the address, and where the reason needs it the organisation. Gone: neither."""

    mail: str | None
    organisation: str | None


def request(stores: Stores, vault: Vault, *, thread_id: str, author: int, reason: Reason, now: float) -> Bundle:
    """Ask for one author of one thread; writes identity, keys and content. Raises EscrowRefused."""
    if not is_on(stores):
        raise EscrowRefused("off")
    row = stores.content.scalar(select(Escrow).where(Escrow.thread_id == thread_id, Escrow.author == author))
    if row is None:
        raise EscrowRefused("no-escrow")
    sealed = core.Escrow.from_bytes(row.boxes)
    five = set_of(stores, sealed.custodians)
    if five is None:
        raise EscrowRefused("other-custodians")
    key_id, key = vault.new_data_key(stores)
    bundle = Bundle(
        id=new_id(),
        thread=thread_id,
        author=author,
        tag=row.tag,
        reason=reason,
        day=day_of(now).isoformat(),
        public=box_keys_of(key.secret).public.hex(),
        salt=secrets.token_hex(16),
        seats=tuple(Seat(one.role, one.public, pack(box)) for one, box in zip(five, sealed.boxes, strict=True)),
    )
    _add_row(stores, bundle, key_id, now)
    _note(stores, vault, reason, "requested", now)
    return bundle


def show(
    stores: Stores,
    vault: Vault,
    post_office: bytes,
    *,
    bundle: Bundle,
    answers: Sequence[Answer],
    now: float,
    window: int,
) -> Shown:
    """Open the author of a request, once; writes all three. The caller shows it only after the commit.

    In one transaction the one-time key goes, the chain takes its entry and the member is told: whoever stops after it
    has used the request up. What fails before uses nothing up. Raises EscrowRefused.
    """
    row = _get_open(stores, bundle, now)
    shares = _read_answers(vault, stores, row, bundle, answers)
    member_id = _open(stores, bundle, shares)
    member = None if member_id is None else stores.identity.get(Member, member_id)
    identity = None if member is None else telling.tell(
        stores, vault, post_office, member=member, reason=bundle.reason, now=now, window=window
    )  # fmt: skip
    _end(stores, vault, row, "gone" if identity is None else "shown", now)
    return _shown(stores, vault, identity, bundle.reason)


def close(stores: Stores, vault: Vault, *, request_id: str, refused: bool, now: float) -> None:
    """End an open request unopened, withdrawn by the operator or refused by custodians; writes all three."""
    row = stores.identity.get(EscrowRequest, request_id)
    if row is None:
        raise EscrowRefused("no-request")
    if row.state != "open":
        raise EscrowRefused("not-open", state=row.state)
    _end(stores, vault, row, "refused" if refused else "withdrawn", now)


def expire(stores: Stores, vault: Vault, *, now: float) -> None:
    """End what waited for longer than 14 days, and destroy what is left of any key of an ended request: a stop between
    two files may leave one. Writes all three."""
    for row in stores.identity.scalars(select(EscrowRequest)):
        if row.state == "open" and is_over(asked=row.asked, now=now):
            _end(stores, vault, row, "expired", now)
        elif row.state != "open":
            _destroy(stores, row)


def has_expired(stores: Stores, *, now: float) -> bool:
    """Whether `expire` would find something: asked without the write lock."""
    rows = stores.identity.scalars(select(EscrowRequest)).all()
    ended = [row.key_id for row in rows if row.state != "open"]
    left = stores.keys.scalars(select(DataKey.id).where(DataKey.id.in_(ended)).limit(1)).first()
    return left is not None or any(row.state == "open" and is_over(asked=row.asked, now=now) for row in rows)


def _add_row(stores: Stores, bundle: Bundle, key_id: str, now: float) -> None:
    stores.identity.add(
        EscrowRequest(
            id=bundle.id,
            reason=bundle.reason,
            state="open",
            asked=int(now),
            digest=bundle.digest.hex(),
            key_id=key_id,
        )
    )


def _get_open(stores: Stores, bundle: Bundle, now: float) -> EscrowRequest:
    row = stores.identity.get(EscrowRequest, bundle.id)
    if row is None:
        raise EscrowRefused("no-request")
    if not hmac.compare_digest(row.digest, bundle.digest.hex()):
        raise EscrowRefused("other-request")
    if row.state != "open":
        raise EscrowRefused("not-open", state=row.state)
    check_time(asked=row.asked, now=now)
    return row


def _read_answers(
    vault: Vault, stores: Stores, row: EscrowRequest, bundle: Bundle, answers: Sequence[Answer]
) -> list[Share]:
    private = vault.data_key(stores, row.key_id).secret
    found = []
    for answer in answers:
        try:
            found.append(core.read_answer(private, unpack(answer.box), bundle.digest))
        except PrivacyError:
            raise EscrowRefused("wrong-answer", roles=[_role(bundle, answer)]) from None
    if len({share.index for share in found}) < NEEDED:
        raise EscrowRefused("too-few")
    return found


def _role(bundle: Bundle, answer: Answer) -> str:
    return next((seat.role for seat in bundle.seats if seat.public == answer.public), "?")


def _open(stores: Stores, bundle: Bundle, shares: Sequence[Share]) -> str | None:
    """The member id; None when the escrow was erased since."""
    row = stores.content.get(Escrow, bundle.tag)
    if row is None:
        return None
    sealed = core.Escrow.from_bytes(row.boxes)
    try:
        return core.open_author(sealed, bundle.part, shares)
    except PrivacyError:
        wrong = core.find_wrong_shares(sealed, bundle.part, shares)
        raise EscrowRefused("wrong-answer", roles=[bundle.seats[index - 1].role for index in wrong]) from None


def _shown(stores: Stores, vault: Vault, identity: Identity | None, reason: str) -> Shown:
    if identity is None:
        return Shown(None, None)
    if not shows_organisation(reason):
        return Shown(identity.mail, None)
    row = stores.identity.get(Organisation, identity.organisation_id)
    return Shown(identity.mail, open_organisation(vault, row).name if row else None)


def _end(stores: Stores, vault: Vault, row: EscrowRequest, step: Step, now: float) -> None:
    row.state = step
    _destroy(stores, row)
    _note(stores, vault, row.reason, step, now)


def _destroy(stores: Stores, row: EscrowRequest) -> None:
    stores.keys.execute(delete(DataKey).where(DataKey.id == row.key_id))


def _note(stores: Stores, vault: Vault, reason: str, step: Step, now: float) -> None:
    name = event(reason, step)
    note_security(stores, vault, event=f"escrow.{step}", now=now)
    note_content(stores, event=name, day=day_of(now))
