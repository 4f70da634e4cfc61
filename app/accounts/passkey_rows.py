"""How a passkey stands in the identity file: under names that lead nowhere, sealed under its member's data key."""

import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from webauthn.helpers import encode_cbor

from app.accounts.ceremony import Answer
from app.accounts.models import Member, PasskeyCount
from app.accounts.models import Passkey as Row
from app.accounts.rules import PasskeyRefused
from app.db import Stores
from app.errors import NotThere
from app.sealing import Vault
from privacy.keys import Key
from privacy.passkeys import passkey_slot
from privacy.vault import Place, open_json, seal_json

MOST: Final = 5
SLOTS: Final = 2 * MOST  # as many may rest after a fresh start
PAD: Final = 2048  # bytes: an RSA key and a long credential id look like short ones
COUNT_PAD: Final = 16  # as long as any count is
INDEX: Final = "passkey"


@dataclass(frozen=True, slots=True)
class Said:
    """What is kept of a passkey, sealed. Bytes as hex."""

    credential: str
    handle: str
    public_key: str
    sign_count: int  # when it was added; later ones stand apart
    label: str
    day: int  # the ordinal of the day it was added
    wrap: str = field(repr=False)
    rests: bool = False  # after a fresh start: it opens the secret of before, and using it undoes that

    @property
    def name(self) -> str:
        """What its index is made of."""
        return _name(bytes.fromhex(self.credential), bytes.fromhex(self.handle))


def find(stores: Stores, vault: Vault, answer: Answer) -> Row | None:
    """The row of the passkey that answers, believed or not."""
    places = vault.indexes(INDEX, _name(answer.credential, answer.handle))
    return stores.identity.scalar(select(Row).where(Row.credential_index.in_(places)))


def find_another(stores: Stores) -> Row | None:
    """Some passkey, whoever's; None when the network has none."""
    onwards = select(Row).where(Row.id >= secrets.token_hex(32)).order_by(Row.id).limit(1)
    return stores.identity.scalar(onwards) or stores.identity.scalar(select(Row).order_by(Row.id).limit(1))


def whose(stores: Stores, vault: Vault, row: Row | None) -> tuple[Member, Said]:
    """Its member, and what is said of it. Raises NotThere, also when their key has gone."""
    if row is None:
        raise NotThere
    member_id = vault.open(row.sealed_member, table="passkeys", column="sealed_member", row=row.id)
    member = stores.identity.get(Member, member_id)
    if member is None:
        raise NotThere
    return member, unseal(vault.data_key(stores, member.key_id), row)


def every(stores: Stores, vault: Vault, member_id: str) -> Iterator[tuple[Row, Said]]:
    """All of a member's, those that rest too. Raises NotThere."""
    key = key_of(stores, vault, member_id)
    rows = stores.identity.scalars(select(Row).where(Row.id.in_(_slots(key)))).all()
    yield from ((row, unseal(key, row)) for row in rows)


def insert(stores: Stores, vault: Vault, member_id: str, said: Said) -> None:
    """A new row in a free slot. Writes identity; raises PasskeyRefused when the member has this passkey already."""
    key = key_of(stores, vault, member_id)
    taken = {row.id for row, _ in every(stores, vault, member_id)}
    slot = next(slot for slot in _slots(key) if slot not in taken)
    sealed_member = vault.seal(member_id, table="passkeys", column="sealed_member", row=slot, pad=64)
    index, sealed = vault.index(INDEX, said.name), seal(key, slot, said)
    stores.identity.add(Row(id=slot, credential_index=index, sealed_member=sealed_member, sealed=sealed))
    try:
        stores.identity.flush()  # the unique index decides
    except IntegrityError:
        raise PasskeyRefused("there") from None


def key_of(stores: Stores, vault: Vault, member_id: str) -> Key:
    """The member's data key. Raises NotThere."""
    member = stores.identity.get(Member, member_id)
    if member is None:
        raise NotThere
    return vault.data_key(stores, member.key_id)


def seal(key: Key, slot: str, said: Said) -> bytes:
    """Seal for this slot."""
    return seal_json(key, asdict(said), _place(slot), pad_to=PAD)


def unseal(key: Key, row: Row) -> Said:
    """Open a row. Raises PrivacyError when it is another member's or was changed."""
    return Said(**open_json(key, row.sealed, _place(row.id)))


def count_of(stores: Stores, key: Key, row: Row, said: Said) -> int:
    """The count of the passkey's last answer that is known."""
    kept = stores.identity.get(PasskeyCount, row.id)
    return said.sign_count if kept is None else int(open_json(key, kept.sealed, _count_place(row.id)))


def keep_count(stores: Stores, key: Key, slot: str, count: int) -> None:
    """Keep the count of an answer. Apart from the passkey's row: two copies must not say who came between them."""
    sealed = seal_json(key, count, _count_place(slot), pad_to=COUNT_PAD)
    kept = stores.identity.get(PasskeyCount, slot)
    if kept is None:
        stores.identity.add(PasskeyCount(id=slot, sealed=sealed))
    else:
        kept.sealed = sealed


def _slots(key: Key) -> list[str]:
    return [passkey_slot(key, number) for number in range(SLOTS)]


def _name(credential: bytes, handle: bytes) -> str:
    return f"{credential.hex()}:{handle.hex()}"


def _place(slot: str) -> Place:
    return Place("passkeys", "sealed", slot)


def _count_place(slot: str) -> Place:
    return Place("passkey_counts", "sealed", slot)


def _unknown_key() -> str:
    point = ec.generate_private_key(ec.SECP256R1()).public_key().public_numbers()
    parts = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}  # COSE, RFC 9053
    return encode_cbor(parts).hex()


NOBODYS: Final = Said("", "", _unknown_key(), 0, "", 1, "")  # with a key that no authenticator has
