"""The charter in versions: what changed, from when, in plain words; the old ones stay readable.

What counts now travels with the trade, so that no page asks the database for it; every version is kept here for ever.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select

from app.db import Stores
from app.domains.kept import keep_version, newest
from app.domains.promises import PROMISES, Charter, Promise
from app.domains.wording import Words
from app.errors import NotThere
from app.gate.models import CharterVersion
from app.sealing import Vault
from privacy.pseudonyms import new_id
from privacy.style import Change, changes

PAD: Final = 8192
TABLE: Final = "charter_versions"
BASE: Final = frozenset(one.key for one in PROMISES)
MOST: Final = 12  # items in all


@dataclass(frozen=True, slots=True)
class Version:
    """The charter as it was from a day on, and in plain words what changed."""

    number: int
    day: date
    from_day: date
    note: Words
    charter: Charter = field(repr=False)


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of the charter beside what it was before."""

    title: str
    changes: Sequence[Change]


def list_versions(stores: Stores, vault: Vault) -> list[Version]:
    """Every version, the newest first; the one nobody has changed yet is not there."""
    rows = stores.content.scalars(select(CharterVersion).order_by(CharterVersion.version.desc()))
    return [_open(vault, row) for row in rows]


def get_version(stores: Stores, vault: Vault, number: int) -> Version:
    """One version. Raises NotThere."""
    row = stores.content.scalar(select(CharterVersion).where(CharterVersion.version == number))
    if row is None:
        raise NotThere
    return _open(vault, row)


def versions_since(stores: Stores, vault: Vault, told: int) -> list[Version]:
    """What changed after a version, the oldest first."""
    rows = stores.content.scalars(
        select(CharterVersion)
        .where(CharterVersion.version > told, CharterVersion.version > 0)
        .order_by(CharterVersion.version)
    )
    return [_open(vault, row) for row in rows]


def publish(
    stores: Stores, vault: Vault, *, before: Charter, charter: Charter, note: Words, from_day: date, today: date
) -> int:
    """Let this charter stand from now on, its new wordings to be accepted from a day on; the number of the trade's
    version that brings it. Writes content."""
    if stores.content.scalar(select(func.count()).select_from(CharterVersion)) == 0:
        _add(
            stores,
            vault,
            Version(before.version, today, today, Words(ja="はじめの約束", en="The first charter"), before),
        )
    number = (stores.content.scalar(select(func.max(CharterVersion.version))) or 0) + 1
    items = tuple(_dated(before, item, number, from_day) for item in charter.items)
    new = charter.model_copy(update={"items": items, "version": number})
    _add(stores, vault, Version(number, today, from_day, note, new))
    now = newest(stores, vault)
    kept = keep_version(stores, vault, replace(now, what="network", charter=new.model_dump(mode="json")), today=today)
    return kept.version


def _dated(before: Charter, item: Promise, number: int, from_day: date) -> Promise:
    """An item that is worded as it was is not asked for again."""
    old = next((one for one in before.items if one.key == item.key), None)
    if old is not None and (old.title, old.text) == (item.title, item.text):
        return old
    return item.model_copy(update={"since": number, "from_day": from_day.toordinal()})


def differences(old: Charter, new: Charter, names: Mapping[str, str]) -> list[Difference]:
    """Every part that differs, in the reader's language; `names` are what goal and limits are called."""
    before, after = _parts(old, names), _parts(new, names)
    keys = list(dict.fromkeys([*after, *before]))
    found = [(key, before.get(key, ("", "")), after.get(key, ("", ""))) for key in keys]
    return [Difference(b[0] or a[0], changes(a[1], b[1])) for _key, a, b in found if a != b]


def _parts(charter: Charter, names: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    parts = {
        "goal": (names["goal"], str(charter.goal)),
        "by": (names["by"], charter.by.isoformat() if charter.by else ""),
        "does_not": (names["does_not"], str(charter.does_not)),
    }
    return {**parts, **{f"item {one.key}": (str(one.title), f"{one.title}：{one.text}") for one in charter.items}}


def _add(stores: Stores, vault: Vault, version: Version) -> None:
    row_id = new_id()
    value = {
        "day": version.day.toordinal(), "from_day": version.from_day.toordinal(), "note": version.note.model_dump(),
        "charter": version.charter.model_dump(mode="json"),
    }  # fmt: skip
    sealed = vault.seal(value, table=TABLE, column="sealed", row=row_id, pad=PAD)
    stores.content.add(CharterVersion(id=row_id, version=version.number, sealed=sealed))
    stores.content.flush()  # the next number is counted from it


def _open(vault: Vault, row: CharterVersion) -> Version:
    found: dict[str, Any] = vault.open(row.sealed, table=TABLE, column="sealed", row=row.id)
    return Version(
        row.version, date.fromordinal(found["day"]), date.fromordinal(found["from_day"]),
        Words.model_validate(found["note"]), Charter.model_validate(found["charter"]),
    )  # fmt: skip
