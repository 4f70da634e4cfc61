"""What matching hands back: frozen values, with reasons as data that the reader's language is put to later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from matching.votes import Basis

Band = Literal["weak", "medium", "strong"]
Refusal = Literal["circle", "asked", "passed", "away", "resting", "capacity", "open"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground for asking somebody: which signal, how strong, and the past threads (ids, best first) it rests on.

    `subject` is the domain key of the evidence where that is not the question's own.
    """

    signal: str
    band: Band
    threads: tuple[str, ...] = ()
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score (log-odds up to a constant of the question; higher is better).

    `tried` is how many past answers the score rests on, `helped` how many of those were accepted or worked for others;
    `fits` says that something speaks for this very question: a near thread answered, or its topic declared or answered.
    """

    expert: str
    score: float
    tried: int = 0
    helped: int = 0
    fits: bool = False


class Ranking(list[Ranked]):
    """Candidates best first. `rest` is the odds of those left out of a long one, by the odds of the best; `basis` is
    what the ranking rests on in each subject, for `explanations.explain`.
    """

    def __init__(
        self,
        ranked: Iterable[Ranked] = (),
        rest: float = 0.0,
        basis: Mapping[str, Basis] = MappingProxyType({}),
    ) -> None:
        super().__init__(ranked)
        self.rest = rest
        self.basis = basis


@dataclass(frozen=True, slots=True)
class Chosen:
    """A member of a wave; `exploring` marks the place kept for somebody fitting but little tested.

    The reasons are found by `explanations.explain` once it is known who is asked.
    """

    expert: str
    reasons: tuple[Reason, ...] = ()
    exploring: bool = False
