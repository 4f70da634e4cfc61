"""The thief of the ballots: which organisation is behind a row, who voted, and who sits together after a draw.

The thief holds every row (label and box), the reporter's public key, the list of all organisations and of all members
with whatever is known of them, and the program; not the member secrets and not the reporter's private key.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from privacy.attacks.figures import wilson
from privacy.errors import WeakInput

Close = Callable[[str], bytes]
"""How the program closes a box for an organisation: the public key is known, so the thief closes boxes too."""


@dataclass(frozen=True)
class Guesses:
    """How often the thief was right, and how often one who only knows the list would be."""

    right: int
    rows: int
    chance: float

    @property
    def holds(self) -> bool:
        """Whether it is no better than chance (Wilson, 99.9 %: a new seed every night shall not fail by luck)."""
        return wilson(self.right, self.rows, 3.29)[0] <= self.chance


def guess_organisations(
    boxes: Sequence[bytes], truth: Sequence[str], organisations: Sequence[str], close: Close, *, seed: int = 0
) -> Guesses:
    """One guess a box: an organisation whose own box, closed by the thief, has the same bytes, else the same length.

    `truth` only scores. WeakInput without boxes, or with fewer than two organisations.
    """
    if not boxes or len(organisations) < 2:
        raise WeakInput("boxes", "one, and two organisations")
    rng = random.Random(seed)  # noqa: S311  a repeatable guess where nothing is told
    tried = {name: close(name) for name in organisations}
    right = 0
    for box, whose in zip(boxes, truth, strict=True):
        same = [name for name, own in tried.items() if own == box]
        alike = same or [name for name, own in tried.items() if len(own) == len(box)] or list(organisations)
        right += rng.choice(alike) == whose
    return Guesses(right, len(boxes), 1 / len(organisations))


def name_voters(
    labels: Iterable[str], members: Iterable[str], guesses: Mapping[str, Callable[[str], str]]
) -> dict[str, set[str]]:
    """Way of guessing → the members whose guessed label is among the rows. Any name at all is a list of voters."""
    there = set(labels)
    known = list(members)
    return {way: {member for member in known if guess(member) in there} for way, guess in guesses.items()}


def most_of_one(drawn: Sequence[str], circle_of: Mapping[str, str]) -> int:
    """The most places one circle has in a draw: what somebody who fills an organisation with members gains."""
    seats = [circle_of[one] for one in drawn]
    return max(map(seats.count, seats), default=0)
