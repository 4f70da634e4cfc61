"""The whole network as data: a seed in, people and threads out, always the same. No clock, no database.

Time is counted in half days from two years ago: slot 0 is that morning, the last slot is yesterday evening.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.demo.casting import Casting, Post, Taps
from app.demo.material import Case, Material
from app.demo.people import NEAR, STORY, PlannedMember, PlannedOrganisation, make_members, make_organisations
from app.demo.stories import Story, make_stories, may_be_open
from app.domains.trade import Trade
from privacy.scopes import Audience

SEED: Final = 20261121
DAYS: Final = 730
SLOTS: Final = 2 * DAYS
FRESH: Final = 6  # open questions came in so many last slots
AT_DESK: Final = 8  # half days one question waits that nobody answered: it has come to the coordinators
AT_END: Final = 17  # and one of the practitioner's own, which has come to its honest end
OPEN_SHARE: Final = 0.14  # of the cases, so many have a telling nobody answered yet
APART: Final = 60  # days between two tellings of one case
OWN_TOPICS: Final = ("feed", "water", "equipment")  # what the practitioner asked before


@dataclass(frozen=True, slots=True)
class PlannedThread:
    """One question with all that followed. Members are places in the plan's list."""

    story: Story
    asker: int
    at: int
    posts: tuple[Post, ...]
    accepted: tuple[tuple[int, int], ...]  # (slot, place of the answer in `posts`)
    audience: Audience
    company_may: bool
    is_open: bool
    worked: Taps = ()

    @property
    def is_late(self) -> bool:
        """Whether it waits so long that the worker would have taken it further by now."""
        return self.is_open and SLOTS - self.at >= AT_DESK


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the demo writes. Last come the unverified organisation and the operating company's own."""

    today: date
    organisations: tuple[PlannedOrganisation, ...]
    members: tuple[PlannedMember, ...]
    threads: tuple[PlannedThread, ...]

    def day_of(self, slot: int) -> date:
        """The calendar day of a slot."""
        return self.today - timedelta(days=DAYS - slot // 2)


@dataclass(frozen=True, slots=True)
class Size:
    """How much of it; None means all."""

    organisations: int | None = None
    cases: int | None = None


def make_plan(material: Material, trade: Trade, *, today: date, seed: int = SEED, size: Size | None = None) -> Plan:
    """People first, then what they asked each other."""
    size = size or Size()
    rng = random.Random(seed)  # noqa: S311  fiction, repeatable on purpose
    organisations = make_organisations(material.network, trade, rng, size.organisations)
    members = make_members(organisations, trade, rng)
    casting = Casting(members, organisations, SLOTS, rng)
    cases = list(material.cases)
    rng.shuffle(cases)
    chosen = _with_story(cases, size.cases)
    dated = _dated(_told(chosen, trade, today, rng), today, rng)
    own = _own_threads(dated) | {one.story.title for one in dated if one.is_open and SLOTS - one.at >= AT_END}
    dated.sort(key=lambda one: (one.at, one.story.title))
    threads = [_thread(one, casting, one.story.title in own, rng) for one in dated]
    return Plan(today, tuple(organisations), tuple(members), tuple(one for one in threads if one is not None))


@dataclass(frozen=True, slots=True)
class _Dated:
    story: Story
    at: int
    is_open: bool


def _with_story(cases: list[Case], quantity: int | None) -> list[Case]:
    """All, or so many with those of the story's subject first."""
    return cases if quantity is None else sorted(cases, key=lambda case: STORY not in case.subject)[:quantity]


def _told(cases: Sequence[Case], trade: Trade, today: date, rng: random.Random) -> list[list[tuple[Story, int]]]:
    """The stories of each case, with the half days they have waited, 0 for what was answered."""
    asked: Counter[str] = Counter()
    open_about = _open_cases(cases, today.month, rng)
    told = []
    for number, case in enumerate(cases):
        subject, waited = open_about.get(number, ("", 0))
        stories = make_stories(case, trade, rng, asked=asked, open_about=subject, month=today.month)
        told.append([(story, waited if story is stories[-1] else 0) for story in stories])
    return told


def _open_cases(cases: Sequence[Case], month: int, rng: random.Random) -> dict[int, tuple[str, int]]:
    """Which cases have a telling that still waits, about what, and for how many half days.

    Two fresh ones are about the story's subject, one of them a disease, so that its experts have a queue and room left
    in it; two have waited long.
    """
    fitting = [number for number, case in enumerate(cases) if may_be_open(case, month)]
    story = [number for number in fitting if STORY in cases[number].subject]
    ill = [number for number in story if cases[number].topic == "disease"][:1]
    other = [number for number in story if cases[number].topic in ("feed", "seed", "water")][:1]
    chosen = {number: (STORY, 1 + rng.randrange(FRESH)) for number in [*ill, *other]}
    for subject, waited in ((NEAR, AT_DESK), (STORY, AT_END)):
        late = [number for number in fitting if subject in cases[number].subject and number not in chosen]
        chosen |= dict.fromkeys(late[:1], (subject, waited))
    for number in fitting:
        subjects = [key for key in cases[number].subject if key != STORY]
        if len(chosen) >= max(4, round(len(cases) * OPEN_SHARE)):
            break
        if number not in chosen and subjects:
            chosen[number] = (rng.choice(subjects), 1 + rng.randrange(FRESH))
    return chosen


def _dated(told: Sequence[Sequence[tuple[Story, int]]], today: date, rng: random.Random) -> list[_Dated]:
    found = []
    for stories in told:
        taken: list[int] = []
        for story, waited in stories:
            at = SLOTS - waited if waited else _slot(story, today, taken, rng)
            taken.append(at)
            found.append(_Dated(story, at, bool(waited)))
    return found


def _slot(story: Story, today: date, taken: Sequence[int], rng: random.Random) -> int:
    """A half day in the telling's own season, well apart from its sisters; more of them lately."""
    start = today - timedelta(days=DAYS)
    best = 0
    for _ in range(200):
        day = int((DAYS - 3) * rng.random() ** 0.8)
        best = 2 * day + (rng.random() < 0.4)
        fits = not story.months or (start + timedelta(days=day)).month in story.months
        if fits and all(abs(best - other) > 2 * APART for other in taken):
            break
    return best


def _own_threads(dated: Sequence[_Dated]) -> set[str]:
    """Titles of what the practitioner asked: one a topic, answered, the latest first."""
    found: dict[str, _Dated] = {}
    for one in sorted(dated, key=lambda one: -one.at):
        apart = all(abs(one.at - other.at) > 2 * APART for other in found.values())
        if one.story.subject == STORY and one.story.topic in OWN_TOPICS and one.at < SLOTS - 20 and apart:
            found.setdefault(one.story.topic, one)
    return {one.story.title for one in found.values()}


def _thread(one: _Dated, casting: Casting, is_own: bool, rng: random.Random) -> PlannedThread | None:
    asker = casting.person("practitioner") if is_own else casting.asker(one.story.subject, is_open=one.is_open)
    if asker is None:
        return None
    posts, accepted = casting.answer(one.story, asker, one.at)
    if not posts and not one.is_open:
        return None
    return PlannedThread(
        story=one.story,
        asker=asker,
        at=one.at,
        posts=posts,
        accepted=accepted,
        audience=Audience.ALL if rng.random() < 0.15 else Audience.DOMAIN,
        company_may=rng.random() < 0.3,
        is_open=one.is_open,
        worked=casting.elsewhere(one.story, asker, posts, accepted),
    )
