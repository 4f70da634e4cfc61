"""What the operator set, in versions: the domain file, and a name and charter in the place of the file's own.

A change is a version more, going back too; nothing is changed in place. Without any version `SHIOME_DOMAIN_FILE` counts,
and whose database it is, is told by the key of that file for ever.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Final, Literal

from pydantic import ValidationError
from sqlalchemy import delete, func, select

from app.db import Stores
from app.domains.models import TradeVersion
from app.domains.promises import Charter
from app.domains.trade import About, DomainFileProblem, Trade
from app.errors import NotThere
from app.sealing import Vault
from privacy.pseudonyms import new_id

PAD: Final = 8192
KEPT: Final = 30  # versions; older ones go
What = Literal["network", "file", "back"]


@dataclass(frozen=True, slots=True)
class Kept:
    """One version. Without `text` the settings' file counts; `network` and `charter` stand above the file's own."""

    version: int = 0
    day: int = 0
    what: What = "file"
    text: str = field(default="", repr=False)
    network: Mapping[str, Any] = field(default_factory=dict)
    charter: Mapping[str, Any] = field(default_factory=dict)

    @property
    def date(self) -> date:
        """The day it was set."""
        return date.fromordinal(self.day)


def newest(stores: Stores, vault: Vault) -> Kept:
    """The version that counts; number 0 when nothing was ever set."""
    row = stores.content.scalars(select(TradeVersion).order_by(TradeVersion.version.desc()).limit(1)).first()
    return Kept() if row is None else _open(vault, row)


def list_versions(stores: Stores, vault: Vault) -> list[Kept]:
    """Every version that is still kept, the newest first."""
    rows = stores.content.scalars(select(TradeVersion).order_by(TradeVersion.version.desc()))
    return [_open(vault, row) for row in rows]


def get_version(stores: Stores, vault: Vault, number: int) -> Kept:
    """One version. Raises NotThere."""
    there = number < 2**31  # no more fits into a column
    row = stores.content.scalar(select(TradeVersion).where(TradeVersion.version == number)) if there else None
    if row is None:
        raise NotThere
    return _open(vault, row)


def keep_version(stores: Stores, vault: Vault, kept: Kept, *, today: date) -> Kept:
    """Let this count from now on; writes content."""
    number = (stores.content.scalar(select(func.max(TradeVersion.version))) or 0) + 1
    new = replace(kept, version=number, day=today.toordinal())
    row_id = new_id()
    sealed = vault.seal(asdict(new), table="trade_versions", column="sealed", row=row_id, pad=PAD)
    stores.content.add(TradeVersion(id=row_id, version=number, sealed=sealed))
    stores.content.execute(delete(TradeVersion).where(TradeVersion.version <= number - KEPT))
    return new


def trade_of(kept: Kept, default: Trade) -> Trade:
    """The trade a version makes of the settings' one. Raises DomainFileProblem when this program cannot read it."""
    try:
        base = Trade.model_validate(tomllib.loads(kept.text)) if kept.text else default
        network = About.model_validate({**base.network.model_dump(), **kept.network, "key": default.network.key})
        charter = Charter.model_validate({**base.charter.model_dump(), **kept.charter})
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise DomainFileProblem(f"version {kept.version} of the domain file, in the database: {error}") from None
    return base.model_copy(update={"network": network, "charter": charter})


def _open(vault: Vault, row: TradeVersion) -> Kept:
    return Kept(**vault.open(row.sealed, table="trade_versions", column="sealed", row=row.id))
