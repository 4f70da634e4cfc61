"""A member's passkeys: each opens the member secret with what only its authenticator gives.

A row stands under a slot made from the member's data key, so the member's key finds all of theirs and the file alone
says only how many there are in the network. What is said of a passkey is sealed under the data key too, its wrap with
it: where that key is erased not even the passkey opens it. Its index is made of credential and user handle together:
whoever does not hold both can neither ask for one nor learn by registering that it is there.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import delete

from app.accounts import passkey_rows as rows
from app.accounts.ceremony import Answer, NewKey, RelyingParty, check_answer, is_copied
from app.accounts.models import Passkey, SpentChallenge
from app.accounts.passkey_rows import MOST, Said
from app.accounts.rules import LEAVING, CopiedPasskey, PasskeyRefused, WrongSignIn
from app.accounts.service import SignedIn
from app.db import Stores
from app.errors import NotThere
from app.sealing import Vault
from privacy.errors import PrivacyError
from privacy.passkeys import passkey_handle, unwrap_with_passkey, wrap_with_passkey
from privacy.pseudonyms import MemberSecret
from privacy.wraps import Wrap


@dataclass(frozen=True, slots=True)
class Card:
    """A passkey on the member's own list."""

    id: str
    label: str
    day: date


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody signed in with a passkey; `note_use` makes it count."""

    signed_in: SignedIn
    slot: str
    sign_count: int


# ---------------------------------------------------------------- the member's own list


def list_passkeys(stores: Stores, vault: Vault, *, member_id: str) -> list[Card]:
    """The member's passkeys, oldest first; not those that rest."""
    said = [(row.id, one) for row, one in rows.every(stores, vault, member_id) if not one.rests]
    cards = [Card(slot, one.label, date.fromordinal(one.day)) for slot, one in said]
    return sorted(cards, key=lambda card: (card.day, card.label, card.id))


def credentials_of(stores: Stores, vault: Vault, *, member_id: str) -> list[bytes]:
    """Their credential ids, for the browser to leave out when it makes another."""
    return [bytes.fromhex(one.credential) for _, one in rows.every(stores, vault, member_id) if not one.rests]


def add(
    stores: Stores,
    vault: Vault,
    *,
    member_id: str,
    secret: MemberSecret,
    made: NewKey,
    output: bytes,
    label: str,
    today: date,
) -> None:
    """Let a passkey open the member's secret. Writes identity; raises PasskeyRefused, without for one that gives no
    key."""
    if sum(not one.rests for _, one in rows.every(stores, vault, member_id)) >= MOST:
        raise PasskeyRefused("many")
    try:
        wrap = wrap_with_passkey(secret, output, owner=_owner(member_id, made.credential))
    except PrivacyError:
        raise PasskeyRefused("without") from None
    said = Said(
        made.credential.hex(), passkey_handle(secret).hex(), made.public_key.hex(), made.sign_count, label,
        today.toordinal(), wrap.to_json(),
    )  # fmt: skip
    rows.insert(stores, vault, member_id, said)


def remove(stores: Stores, vault: Vault, *, member_id: str, slot: str) -> None:
    """Forget one of the member's own passkeys. Writes identity; raises NotThere, also for somebody else's."""
    row = next((row for row, one in rows.every(stores, vault, member_id) if row.id == slot and not one.rests), None)
    if row is None:
        raise NotThere
    stores.identity.delete(row)


# ---------------------------------------------------------------- signing in


def sign_in(
    stores: Stores, vault: Vault, *, party: RelyingParty, challenge: bytes, answer: Answer, output: bytes
) -> Opened:
    """Check a passkey's answer and open the secret. Writes nothing. Raises WrongSignIn, CopiedPasskey.

    For a passkey that is not there another one is opened and its signature checked, so that time does not tell.
    """
    row, another = rows.find(stores, vault, answer), rows.find_another(stores)
    try:
        member, said = rows.whose(stores, vault, row or another)
    except (NotThere, PrivacyError):  # leaving, and their key has gone; or somebody changed the row
        member, said = None, rows.NOBODYS
    count = check_answer(answer, party, challenge, bytes.fromhex(said.public_key))
    if row is None or member is None or member.state == LEAVING:
        raise WrongSignIn
    try:
        owner = _owner(member.id, answer.credential)
        secret = unwrap_with_passkey(Wrap.from_json(said.wrap), output, owner=owner)
    except PrivacyError:
        raise WrongSignIn from None
    if is_copied(rows.count_of(stores, rows.key_of(stores, vault, member.id), row, said), count):
        raise CopiedPasskey
    return Opened(SignedIn(member.id, secret, undoes=said.rests), row.id, count)


def note_use(stores: Stores, vault: Vault, *, opened: Opened, challenge: bytes, today: date) -> None:
    """Let the challenge count once, and keep the count. Writes identity. Raises WrongSignIn for a challenge that was
    answered already, CopiedPasskey where another answer came in between."""
    spend(stores, challenge=challenge, today=today)
    row = stores.identity.get(Passkey, opened.slot)
    if row is None:
        raise WrongSignIn
    key = rows.key_of(stores, vault, opened.signed_in.member_id)
    before = rows.count_of(stores, key, row, rows.unseal(key, row))
    if is_copied(before, opened.sign_count):
        raise CopiedPasskey
    if opened.sign_count != before:
        rows.keep_count(stores, key, row.id, opened.sign_count)


def spend(stores: Stores, *, challenge: bytes, today: date) -> None:
    """Use a challenge up. Writes identity. Raises WrongSignIn the second time."""
    forget_spent(stores, today=today)
    name = hashlib.sha256(b"shiome/challenge/v1" + challenge).hexdigest()
    if stores.identity.get(SpentChallenge, name) is not None:
        raise WrongSignIn
    stores.identity.add(SpentChallenge(id=name, day=today.toordinal()))


def forget_spent(stores: Stores, *, today: date) -> None:
    """Forget the challenges of the day before yesterday: no cookie opens one any more. Writes identity."""
    stores.identity.execute(delete(SpentChallenge).where(SpentChallenge.day < today.toordinal() - 1))


# ---------------------------------------------------------------- fresh starts, leaving, new keys


def set_aside(stores: Stores, vault: Vault, *, member_id: str, has_kept: bool) -> None:
    """Let the passkeys rest with the password of before; where something rests already, what came since goes."""
    key = rows.key_of(stores, vault, member_id)
    for row, said in rows.every(stores, vault, member_id):
        if has_kept and not said.rests:
            stores.identity.delete(row)
        elif not said.rests:
            row.sealed = rows.seal(key, row.id, replace(said, rests=True))


def bring_back(stores: Stores, vault: Vault, *, member_id: str) -> None:
    """What rests opens again, and what opened the newer secret goes. Writes identity."""
    key = rows.key_of(stores, vault, member_id)
    for row, said in rows.every(stores, vault, member_id):
        if said.rests:
            row.sealed = rows.seal(key, row.id, replace(said, rests=False))
        else:
            stores.identity.delete(row)


def drop(stores: Stores, vault: Vault, *, member_id: str, resting_only: bool = False) -> None:
    """Forget a member's passkeys, or those that rest. Writes identity."""
    for row, said in rows.every(stores, vault, member_id):
        if said.rests or not resting_only:
            stores.identity.delete(row)


def _owner(member_id: str, credential: bytes) -> str:
    return f"{member_id}:{credential.hex()}"
