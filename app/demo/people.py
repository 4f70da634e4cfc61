"""Who is in the fictional network: organisations in circles, and their members with what they know and how busy they are.

Pure: the same generator state gives the same people.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.demo.material import FictionalNetwork, FictionalOrganisation
from app.domains.rules import find_subjects
from app.domains.trade import Trade
from privacy.circles import Circles, counting_ids, settle

SIZES: Final = {"small": "size-1-9", "medium": "size-10-49", "large": "size-50-up"}
STAFF: Final = {"small": (3, 4), "medium": (4, 7), "large": (7, 10)}
KNOWN_BY: Final = {
    "feed": ("feed", "disease"),
    "equipment": ("equipment", "nets", "water"),
    "laboratory": ("disease", "water", "seed"),
}
HOME: Final = "salmonids"
STORY: Final = "rainbow-trout"
NEAR: Final = "yamame-iwana"  # the coordinator works with it too
WISHES: Final[tuple[Mapping[str, int], ...]] = (
    {},
    {},
    {"subject": 0},
    {"subject": 0, "tenure": 0},
    {"area": 1},
    {"role": 0},
)


@dataclass(frozen=True, slots=True)
class PlannedOrganisation:
    """One organisation; `circle` is a name of this plan, empty without one."""

    text: FictionalOrganisation
    subjects: tuple[str, ...]
    circle: str = ""
    verified: bool = True
    is_company: bool = False


@dataclass(frozen=True, slots=True)
class PlannedMember:
    """One person. Times run from 0, two years ago, to 1, yesterday."""

    mail: str
    organisation: int
    circle: str
    attributes: Mapping[str, str]
    subjects: tuple[str, ...]
    topics: tuple[tuple[str, ...], tuple[str, ...]]  # what they know well: before `turn`, and since
    turn: float = 1.0
    energy: float = 1.0
    peak: float = 0.5  # when they answered most
    span: float = 1.0
    capacity: int = 3  # 0: never opted in
    wish: Mapping[str, int] = field(default_factory=dict)  # the disclosure they would choose
    roles: tuple[str, ...] = ("member",)
    person: str = ""  # key of the one-tap person

    def knows(self, topic: str, at: float) -> bool:
        """Whether this topic is theirs at that time."""
        return topic in self.topics[at >= self.turn]

    def activity(self, at: float) -> float:
        """How much they answer at that time, compared with others."""
        return self.energy * (0.05 + math.exp(-(((at - self.peak) / self.span) ** 2)))


# one-tap person -> attributes, subjects, topics, energy; the organisations are chosen so that no two share a circle
_PEOPLE: Final[dict[str, tuple[Mapping[str, str], tuple[str, ...], tuple[str, ...], float]]] = {
    "practitioner": ({"role": "field", "tenure": "3-9"}, (STORY,), ("harvest", "labour"), 0.3),
    "expert-one": ({"role": "manager", "tenure": "10-up"}, (STORY, "coho-salmon"), ("disease", "water", "seed"), 110.0),
    "expert-two": (
        {"role": "technical", "tenure": "10-up"},
        (STORY, "yamame-iwana"),
        ("disease", "feed", "seed"),
        100.0,
    ),
    "colleague": ({"role": "manager", "tenure": "3-9"}, (STORY,), ("equipment",), 0.3),
    "coordinator": ({"role": "owner", "tenure": "10-up"}, (STORY, "yamame-iwana"), ("labour", "equipment"), 1.5),
}
_CAPACITIES: Final = {"practitioner": 1, "expert-one": 5, "expert-two": 5, "colleague": 1, "coordinator": 3}


def make_organisations(
    network: FictionalNetwork, trade: Trade, rng: random.Random, quantity: int | None = None
) -> list[PlannedOrganisation]:
    """The verified organisations in their circles, then the unverified one, and last the operating company's own."""
    chosen = _some(network.organisations, quantity, rng)
    names = [one.name for one in (*chosen, network.company)]
    circles = settle(Circles(), names, rng=rng, new_id=counting_ids())
    made = [PlannedOrganisation(one, _subjects(one, trade, rng), circles.current[one.name]) for one in chosen]
    waiting = PlannedOrganisation(network.unverified, (STORY,), verified=False)
    company = PlannedOrganisation(network.company, (), circles.current[network.company.name], is_company=True)
    return [*made, waiting, company]


def make_members(organisations: Sequence[PlannedOrganisation], trade: Trade, rng: random.Random) -> list[PlannedMember]:
    """Everybody, the nine one-tap people first."""
    people = _one_tap_people(organisations, rng)
    members = list(people)
    topics = [topic.key for topic in trade.topics]
    for number, organisation in enumerate(organisations):
        if organisation.verified and organisation.subjects:
            for _ in range(rng.randint(*STAFF[organisation.text.size])):
                members.append(_member(len(members), number, organisation, topics, rng))
    return members


def _some(
    listed: Sequence[FictionalOrganisation], quantity: int | None, rng: random.Random
) -> list[FictionalOrganisation]:
    """All, or so many of them with the home group first in every handful: the story needs it."""
    if quantity is None or quantity >= len(listed):
        return list(listed)
    home = [one for one in listed if one.groups == (HOME,)]
    rest = [one for one in listed if one.groups != (HOME,)]
    rng.shuffle(rest)
    kept = home[: max(quantity // 3, 5)]
    return [*kept, *rest[: quantity - len(kept)]]


def _subjects(one: FictionalOrganisation, trade: Trade, rng: random.Random) -> tuple[str, ...]:
    """What it farms: what its name says, and a few more of its groups."""
    offered = [subject.key for group in trade.groups if group.key in one.groups for subject in group.subjects]
    if one.kind != "farm":
        return tuple(offered)
    named = [key for key in find_subjects(trade, f"{one.name} {one.site}") if key in offered]
    wanted = {"small": 1, "medium": 2, "large": 3}[one.size] + (rng.random() < 0.5)
    rest = [key for key in offered if key not in named]
    rng.shuffle(rest)
    return tuple([*named, *rest][:wanted])


def _one_tap_people(organisations: Sequence[PlannedOrganisation], rng: random.Random) -> list[PlannedMember]:
    homes = _apart([n for n, one in enumerate(organisations) if one.verified and one.text.groups == (HOME,)],
                   organisations, rng)  # fmt: skip
    at = dict(zip(("practitioner", "expert-one", "expert-two", "coordinator"), homes, strict=True))
    at["colleague"] = at["practitioner"]
    made = []
    for key, (attributes, subjects, topics, energy) in _PEOPLE.items():
        organisation = organisations[at[key]]
        made.append(
            PlannedMember(
                mail="", organisation=at[key], circle=organisation.circle, person=key,
                attributes={**_of_organisation(organisation), **attributes}, subjects=subjects,
                topics=(topics, topics), energy=energy, peak=0.8, span=1.2, capacity=_CAPACITIES[key],
                roles=("member", "coordinator") if key == "coordinator" else ("member",),
            )
        )  # fmt: skip
    return [*made, *_strangers(organisations)]


def _apart(numbers: list[int], organisations: Sequence[PlannedOrganisation], rng: random.Random) -> list[int]:
    """Four organisations, no two in one circle."""
    rng.shuffle(numbers)
    chosen: dict[str, int] = {}
    for number in numbers:
        chosen.setdefault(organisations[number].circle, number)
    return list(chosen.values())[:4]


def _strangers(organisations: Sequence[PlannedOrganisation]) -> list[PlannedMember]:
    """The operating company's people, and somebody whose organisation waits."""
    waiting, company = len(organisations) - 2, len(organisations) - 1
    staff = [
        PlannedMember(
            mail="", organisation=company, circle=organisations[company].circle, person=role, roles=(role,), subjects=(),
            attributes={**_of_organisation(organisations[company]), "role": "technical", "tenure": "3-9"},
            topics=((), ()), capacity=0,
        )
        for role in ("analyst", "operator", "auditor")
    ]  # fmt: skip
    return [
        *staff,
        PlannedMember(
            mail="", organisation=waiting, circle="", person="outsider", subjects=(STORY,),
            attributes={**_of_organisation(organisations[waiting]), "role": "field", "tenure": "under-3"},
            topics=((), ()), capacity=0,
        ),
    ]  # fmt: skip


def _member(
    number: int, at: int, organisation: PlannedOrganisation, topics: list[str], rng: random.Random
) -> PlannedMember:
    before, since = _known(organisation, topics, rng)
    tenure = rng.choices(["under-3", "3-9", "10-up"], [3, 4, 3])[0]
    role = rng.choices(["field", "manager", "technical", "owner"], [5, 3, 3, 2])[0]
    some = rng.sample(organisation.subjects, k=min(len(organisation.subjects), rng.choice([1, 2, 2])))
    return PlannedMember(
        mail=f"m{number:03d}@o{at:02d}.demo.invalid",
        organisation=at,
        circle=organisation.circle,
        attributes={**_of_organisation(organisation), "role": role, "tenure": tenure},
        subjects=tuple(some),
        topics=(before, since),
        turn=rng.uniform(0.3, 0.9),
        # a few answer a lot and many hardly ever, as everywhere; beginners answer less
        energy=min(rng.paretovariate(1.1), 12.0) * {"under-3": 0.3, "3-9": 1.0, "10-up": 1.4}[tenure],
        peak=rng.uniform(-0.1, 1.1),
        span=rng.uniform(0.2, 0.7),
        capacity=rng.choices([0, 1, 3, 5], [3, 2, 5, 1])[0],
        wish=rng.choice(WISHES),
    )


def _known(
    organisation: PlannedOrganisation, topics: list[str], rng: random.Random
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Two to three topics, of which one is given up for another in the course of two years."""
    before = list(KNOWN_BY.get(organisation.text.kind) or rng.sample(topics, k=rng.choice([2, 3])))
    other = rng.choice([topic for topic in topics if topic not in before])
    return tuple(before), (*before[1:], other)


def _of_organisation(organisation: PlannedOrganisation) -> dict[str, str]:
    return {"area": organisation.text.prefecture, "size": SIZES[organisation.text.size]}
