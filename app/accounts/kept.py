"""What opened a secret before a fresh start, set aside while its member only reads; used in that time, it undoes it.

The wraps stay as they were made, under the same Argon2id; only the row's kind says that they rest. Of a passkey the
sealed row says so.
"""

from sqlalchemy import delete, select, update

from app.accounts import passkeys
from app.accounts.models import Wrap as WrapRow
from app.accounts.rules import ASIDE, KEPT
from app.db import Stores
from app.errors import NotThere
from app.sealing import Vault


def set_aside(stores: Stores, vault: Vault, *, member_id: str) -> None:
    """Let what opens the secret rest. What rests already stays, and what came since goes: the first secret is the one
    that wrote. Writes identity."""
    rows = list(stores.identity.scalars(select(WrapRow).where(WrapRow.member_id == member_id)))
    has_kept = any(row.kind in ASIDE for row in rows)
    for row in rows:
        if row.kind in KEPT and not has_kept:
            row.kind = KEPT[row.kind]
        elif row.kind not in ASIDE:
            stores.identity.delete(row)
    passkeys.set_aside(stores, vault, member_id=member_id, has_kept=has_kept)
    stores.identity.flush()


def bring_back(stores: Stores, vault: Vault, *, member_id: str) -> None:
    """Put what rests in the place of what opens the newer secret. Writes identity; raises NotThere where nothing rests."""
    of_member = WrapRow.member_id == member_id
    if stores.identity.scalar(select(WrapRow.id).where(of_member, WrapRow.kind.in_(ASIDE)).limit(1)) is None:
        raise NotThere
    stores.identity.execute(delete(WrapRow).where(of_member, WrapRow.kind.not_in(ASIDE)))
    for kind, resting in KEPT.items():
        stores.identity.execute(update(WrapRow).where(of_member, WrapRow.kind == resting).values(kind=kind))
    passkeys.bring_back(stores, vault, member_id=member_id)


def drop(stores: Stores, vault: Vault, *, member_id: str) -> None:
    """Nothing opens the secret of before any more. Writes identity."""
    stores.identity.execute(delete(WrapRow).where(WrapRow.member_id == member_id, WrapRow.kind.in_(ASIDE)))
    passkeys.drop(stores, vault, member_id=member_id, resting_only=True)
