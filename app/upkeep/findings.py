"""What a check says."""

from dataclasses import dataclass
from typing import Final, Literal

State = Literal["ok", "warn", "bad"]
ORDER: Final[tuple[State, ...]] = ("ok", "warn", "bad")


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one part, in the reader's language. `do` is what helps: words, or a command."""

    part: str
    state: State
    told: str
    do: str = ""


def worst(findings: list[Finding]) -> State:
    """The worst state among them."""
    return max((one.state for one in findings), key=ORDER.index, default="ok")
