"""Pure decisions about experts and offers. Days are ordinals, windows are window numbers."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.domains.rules import shows_subject
from app.domains.trade import Trade
from matching.profiles import Candidate, Pass
from privacy.scopes import Audience, Scope

IDENTIFYING: Final = "too_identifying"
PASS_REASONS: Final = ("not_my_field", "no_time", IDENTIFYING, "conflict")
OVER: Final = "over"  # the state of an offer that was answered, handed back or let lapse, until its thread is over
GIVEN: Final = ("answering", "passed", OVER)  # states of an offer in which its expert has had their say
RESTING: Final = "resting"  # the kind of note that tells of an inbox into which nobody looks
NEIGHBOURS_FROM: Final = 2  # the wave from which on experts of neighbouring subjects are asked too
PAUSED: Final = date.max.toordinal()  # away until the member comes back
OPEN: Final = ("waiting", "asked", "unrouted")  # states of a thread in which experts are asked


@dataclass(frozen=True, slots=True)
class PassMade:
    """A pass of this profile: what it was about and why."""

    thread_id: str
    reason: str
    window: int


@dataclass(frozen=True, slots=True)
class Profile:
    """An expert profile in one subject, as it is sealed under its handle."""

    subject: str
    circle: str
    topics: tuple[str, ...] = ()
    capacity: int = 3
    away_until: int = 0  # the day's ordinal on which the expert is back
    offers: tuple[int, ...] = ()  # windows of the offers of the last weeks
    passes: tuple[PassMade, ...] = ()
    unseen: int = 0  # offers since the expert last did anything here
    muted: tuple[str, ...] = ()  # topics that are not to come
    reads: bool = False  # takes drafts of others to read
    made: int = 0  # offers ever made to it
    rested: tuple[str, int] | None = None  # what tells its member that it rests: id, from which window on

    def rests(self, measures: "Measures") -> bool:
        """Nobody looks into this inbox any more, until somebody does: after a fresh start the old ones are nobody's."""
        return self.unseen >= measures.rest_after

    def begins_to_rest(self, measures: "Measures") -> bool:
        """The offer just made was the last one without a word."""
        return self.unseen == measures.rest_after

    def offered(self, window: int, *, keep: int) -> "Profile":
        """The profile after one more offer; windows older than `keep` are forgotten."""
        kept = (*(one for one in self.offers if one > window - keep), window)
        return replace(self, offers=kept, unseen=self.unseen + 1, made=self.made + 1)

    def seen(self) -> "Profile":
        """The profile after a look, or a word: it rests no more, and nothing tells that it does."""
        return replace(self, unseen=0, rested=None)

    def passed(self, thread_id: str, reason: str, window: int) -> "Profile":
        """The profile after a pass."""
        return replace(self.seen(), passes=(*self.passes, PassMade(thread_id, reason, window)))


@dataclass(frozen=True, slots=True)
class Measures:
    """How much is asked of experts, as the operator set it."""

    places: tuple[int, ...] = (3, 3, 5)  # how many are asked at the most, wave by wave
    rest_after: int = 3  # offers in a row without a look, after which an inbox rests and its member is told
    claims: int = 3  # the first and its extensions
    open_days: int = 7  # a question without an answer waits

    def place(self, wave: int) -> int:
        """How many are asked in a wave; those that are added are as large as the last."""
        return self.places[min(wave, len(self.places) - 1)]


@dataclass(frozen=True, slots=True)
class Now:
    """Where we are in time, coarsely, how long a window is, and how much is asked of experts."""

    window: int
    today: int
    window_days: float
    measures: Measures = Measures()

    @property
    def week(self) -> int:
        """Windows in seven days."""
        return max(1, round(7 / self.window_days))


def as_candidate(
    handle: str, profile: Profile, *, open_offers: int, now: Now, endorsed: frozenset[str] = frozenset()
) -> Candidate:
    """The profile as matching knows it; `endorsed` are the topics others vouch for."""
    days = now.window_days
    recent = [one for one in profile.offers if one > now.window - now.week]
    return Candidate(
        expert=handle,
        circle=profile.circle,
        declared=frozenset(profile.topics),
        endorsed=endorsed,
        capacity=profile.capacity,
        offers_this_week=len(recent),
        open_offers=open_offers,
        last_offer_day=max(profile.offers) * days if profile.offers else None,
        away=profile.away_until > now.today or profile.rests(now.measures),
        passes=tuple(
            Pass(one.thread_id, one.window * days, not_my_field=one.reason == "not_my_field") for one in profile.passes
        ),
    )


def neighbours_of(trade: Trade, subject: str, scope: Scope, wave: int) -> tuple[str, ...]:
    """The subjects next to this one whose experts may be asked in this wave, within the audience the author chose.

    Where the page names the subject, its neighbours are no members of it: only an audience of all members takes them
    in. Where it names the group only, whoever is of the group is; from another group nobody is asked, to whom it would
    tell which subject is hidden.
    """
    if wave < NEIGHBOURS_FROM:
        return ()
    near = trade.subjects[subject].neighbours
    if shows_subject(scope.levels):
        return near if scope.audience >= Audience.ALL else ()
    return tuple(one for one in near if trade.group_of[one] is trade.group_of[subject])
