"""Whom mail is for: an address, and a word that tells its holder from whoever holds it before or after them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody at an address. `name` is 32 hex characters drawn at random when they came to the address; empty for who
    was a member before there were names. It stands in boxes and in sealed rows alone, and leads nowhere else."""

    address: str
    name: str = ""

    @property
    def key(self) -> str:
        """What no other holder of the address has. No name looks like an address."""
        return self.name or self.address

    def as_data(self) -> dict[str, str]:
        """What goes into a box."""
        return asdict(self)


def mailbox_of(said: Mapping[str, Any]) -> Mailbox:
    """The mailbox in the words of a box; nobody's where there is none."""
    return Mailbox(str(said.get("address", "")), str(said.get("name", "")))
