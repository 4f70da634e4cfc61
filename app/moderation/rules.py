"""What hides a post, who may judge, and which ends a case can come to: no session, no clock."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.errors import ShiomeError
from app.web.i18n import lazy

IDENTIFYING: Final = "identifying"
HARMFUL: Final = "harmful"
REASONS: Final = {
    IDENTIFYING: lazy("だれのことか、わかってしまう"),
    "selling": lazy("売り込みや宣伝になっている"),
    HARMFUL: lazy("まねをすると危ない"),
    "charter": lazy("約束に反している"),
}
# what a coordinator may decide, and whether the author is told a reason and a sentence
PUT_BACK: Final = "put_back"
KEEP: Final = "keep"
WORDS: Final = "words"
UPHOLD: Final = "uphold"
GRANT: Final = "grant"
CONFIRM: Final = "confirm"
RELEASE: Final = "release"
REFUSE: Final = "refuse"
OF_FLAGS: Final = (PUT_BACK, WORDS, KEEP, UPHOLD)
OF_APPEALS: Final = (GRANT, CONFIRM)
OF_HELD: Final = (RELEASE, REFUSE)
EXPLAINED: Final = frozenset({WORDS, KEEP, UPHOLD, CONFIRM, REFUSE})

LONGEST_COMMENT: Final = 300
LONGEST_SENTENCE: Final = 300
FLAGS_A_DAY: Final = 10
ALONE_DAYS: Final = 7  # one flag a week hides alone
TURNED_DOWN_DAYS: Final = 90  # and none for so long after one that a coordinator did not share
MOST_DECISIONS: Final = 8


class FlagRefused(ShiomeError):
    """A flag cannot be taken: `reason` is choose, comment, long or day."""

    status = 422

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class DecisionRefused(ShiomeError):
    """A decision cannot be taken: `reason` is choose, why, sentence or long."""

    status = 422

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Voice:
    """One flag as it counts: the circles of whoever raised it, and whether it hides alone."""

    label: str
    reason: str
    circles: frozenset[str]
    alone: bool
    comment: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag in its member's own list: the day, of what, and whether it hid alone."""

    day: int
    thread: str
    object: str
    alone: bool


def check_flag(reason: str, comment: str) -> None:
    """Raise FlagRefused for a flag that says too little or too much."""
    if reason not in REASONS:
        raise FlagRefused("choose")
    if reason == HARMFUL and not comment.strip():
        raise FlagRefused("comment")
    if len(comment) > LONGEST_COMMENT:
        raise FlagRefused("long")


def check_decision(do: str, offered: Sequence[str], reason: str, sentence: str) -> None:
    """Raise DecisionRefused for a decision its author could not understand."""
    if do not in offered:
        raise DecisionRefused("choose")
    if do in EXPLAINED and reason not in REASONS:
        raise DecisionRefused("why")
    if do in EXPLAINED and not sentence.strip():
        raise DecisionRefused("sentence")
    if len(sentence) > LONGEST_SENTENCE:
        raise DecisionRefused("long")


def is_hidden_by(voices: Iterable[Voice], *, looked_at: bool = False) -> bool:
    """Whether these flags hide a post until somebody has looked: one that hides alone, or two of different circles.

    A voice is the set of circles its organisation ever stood in: two that share one may come from one organisation.
    Where a coordinator has `looked_at` the post before, none hides alone any more.
    """
    found = list(voices)
    return any(one.alone and not looked_at for one in found) or any(
        not (one.circles & other.circles) for place, one in enumerate(found) for other in found[:place]
    )


def may_hide_alone(raised: Iterable[Raised], turned_down: Collection[str], today: int) -> bool:
    """Whether a flag that somebody can be recognised hides at once, before anybody else has seen it.

    One a week and member does; none of a member who raised one lately that a coordinator did not share.
    """
    mine = [one for one in raised if one.alone]
    if any(one.day > today - ALONE_DAYS for one in mine):
        return False
    return not any(one.object in turned_down and one.day > today - TURNED_DOWN_DAYS for one in mine)


def flags_today(raised: Iterable[Raised], today: int) -> int:
    """How many flags a member raised today."""
    return sum(one.day == today for one in raised)
