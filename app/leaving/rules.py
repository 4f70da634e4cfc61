"""What leaving takes out, as plain values."""

from collections.abc import MutableSequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol

KIND: Final = "erase"  # the one word a waiting job shows
SWEEP: Final = "sweep"
Texts = Literal["keep", "withdraw"]
Do = Literal[
    "part",
    "place",
    "ballot",
    "handle",
    "evidence",
    "locker",
    "pen",
    "endorsement",
    "mark",
    "reading",
    "recognition",
    "survey",
]


class Shuffles(Protocol):
    """Randomness that can shuffle; outside tests a `random.SystemRandom`."""

    def shuffle(self, x: MutableSequence[Any]) -> None: ...


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to take out, and all that is needed to find it. It names no other thing and no member."""

    do: Do
    values: dict[str, str] = field(repr=False)

    def payload(self) -> dict[str, Any]:
        """As a job carries it."""
        return {"do": self.do, **self.values}
