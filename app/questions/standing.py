"""Who supports the network besides answering: edits, reads for the jury, leads a group. It stands in the member's own
locker and nowhere else.

A coordinator asks the author of a post, whom they do not know. Were the yes a role in the identity file, whoever has
both files could join the post that was asked with the person who has the role.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.db import Stores
from app.questions.lockers import read_locker, write_locker
from privacy.pseudonyms import MemberSecret

LOCKER: Final = "standing"
TERM_DAYS: Final = 365
KEPT: Final = 50  # answers to invitations


@dataclass(frozen=True, slots=True)
class Standing:
    """Until when a member said they would support the network, 0 for never, and which invitations they answered."""

    until: int = 0
    answered: tuple[str, ...] = ()

    def is_core(self, today: date) -> bool:
        """Whether their term runs."""
        return self.until >= today.toordinal()

    def is_over(self, today: date) -> bool:
        """Whether a term has ended, and they have not said yet how they go on."""
        return 0 < self.until < today.toordinal()


def standing_of(stores: Stores, secret: MemberSecret) -> Standing:
    """What the member's own locker says."""
    until, answered = read_locker(stores, secret, LOCKER, (0, []))
    return Standing(until, tuple(answered))


def begin_term(stores: Stores, secret: MemberSecret, *, today: date) -> None:
    """A year from today. Writes content."""
    _write(stores, secret, today.toordinal() + TERM_DAYS, standing_of(stores, secret).answered)


def step_back(stores: Stores, secret: MemberSecret) -> None:
    """End it, running or over. Writes content."""
    _write(stores, secret, 0, standing_of(stores, secret).answered)


def answer_asked(stores: Stores, secret: MemberSecret, *, asked: str, accepts: bool, today: date) -> None:
    """Keep that an invitation was answered, and begin a term for a yes. Writes content."""
    own = standing_of(stores, secret)
    until = today.toordinal() + TERM_DAYS if accepts else own.until
    _write(stores, secret, until, (*own.answered, asked))


def _write(stores: Stores, secret: MemberSecret, until: int, answered: tuple[str, ...]) -> None:
    write_locker(stores, secret, LOCKER, (until, answered[-KEPT:]))
