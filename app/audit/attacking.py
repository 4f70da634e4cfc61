"""The attackers of privacy.attacks over this network's own people, open table and labels. Pure: values in, measures out."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np

from app.audit.rules import Measure, at_least, at_most, guessed, near_chance, nothing, styled
from app.insights import noise
from privacy.anonymity import Member, Policy, Vector
from privacy.attacks import intersection, linker, sybil, timing
from privacy.attacks.authors import Rule
from privacy.attacks.figures import auc_interval
from privacy.attacks.hands import trial
from privacy.attacks.insights import FEWEST_RUNS, Values, guess, most_advantage, released
from privacy.attacks.population import Population, Trade
from privacy.attacks.posterior import (
    MEAN_SUCCESS,
    WORST_ORGANISATION,
    WORST_PERSON,
    Figures,
    View,
    attack,
    summary,
    together,
)
from privacy.attacks.threads import HIGHEST, link
from privacy.attacks.world import World
from privacy.plans import MICRO
from privacy.plans import Plan as ReportPlan
from privacy.pseudonyms import MemberSecret, locker_label, new_id, owner_tag, peer_tag
from privacy.scopes import Audience
from privacy.style import house_style
from privacy.times import Cadence

FEWEST_BEHIND_A_TIME: Final = 20.0
ENOUGH_PEOPLE: Final = 378  # how many the promise about time speaks of
STYLE_AWAY: Final = 0.05  # from a half: what counts as chance
Attack = Callable[["Target", "Plan"], list[Measure]]


@dataclass(frozen=True)
class Opened:
    """One view of the dump, and whether the root key was stolen with it."""

    with_root: bool
    view: linker.View


@dataclass(frozen=True)
class Target:
    """What is attacked: everybody who may post, the table that stands, every label of the content file, the dump, and the
    plan by which the next report is made."""

    members: tuple[Member, ...]
    trade: Trade
    circle: Mapping[str, str]
    open: Mapping[str, frozenset[Vector]]
    policy: Policy
    small: bool
    labels: tuple[str, ...] = ()
    views: tuple[Opened, ...] = ()
    report_plan: ReportPlan | None = None

    @property
    def population(self) -> Population:
        """Everybody, as the attackers want them."""
        return Population(self.members, self.trade, self.circle)


@dataclass(frozen=True)
class Plan:
    """How much is tried. The number of tries does not depend on the network: it is printed beside each interval."""

    seed: int
    authors: int = 400
    threads: int = 20_000
    tries: int = 2
    days: int = 28
    posts: int = 400
    hands: int = 4
    _rng: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_rng", random.Random(self.seed))  # noqa: S311  an audit can be done again

    @property
    def rng(self) -> random.Random:
        """One source of chance for the whole audit."""
        return self._rng


def quick(seed: int) -> Plan:
    """A plan of a few seconds."""
    return Plan(seed, authors=60, threads=4_000, tries=1, days=14, posts=100, hands=1)


def posterior(target: Target, plan: Plan) -> list[Measure]:
    """All posts of a quarter joined by somebody who knows everybody and the program: by what they show, and also by how
    people choose among their own subjects; and by what they show for a thief who is told the circle."""
    world = World(target.population, target.policy, target.open)
    looks, habits = (_many(world, plan, knows_habits=knows) for knows in (False, True))
    if not looks or not habits:
        return [at_most("thin", 1.0, None)]
    thin = sum(not world.offered(key) for key in world.keys) / len(world.keys)
    return [
        *_three("", looks["rival"], promised=True),
        *_three("habits.", habits["rival"], promised=False),
        *_three("circle.", looks["circle"], promised=False),
        at_most("thin", thin, None),
    ]


def quarter(target: Target, plan: Plan) -> list[Measure]:
    """The same by what posts show, over a quarter in which the profile is changed."""
    world = World(target.population, target.policy, target.open)
    people, guesses = intersection.stayers([world]), []
    for _ in range(plan.authors if people else 0):
        key = plan.rng.choice(people)
        told = intersection.live([world], key, plan.rng, remembers="quarter")
        if told[0]:
            guesses += intersection.intersect([world], key, told, "rival")
    if not guesses:
        return []
    figures = summary(guesses)
    return [
        at_most("quarter.person", figures.worst_person, WORST_PERSON),
        at_most("quarter.organisation", figures.worst_organisation, WORST_ORGANISATION),
    ]


def sybils(target: Target, plan: Plan) -> list[Measure]:
    """One verified organisation of the attacker's, filled with people who do not exist."""
    guesses = []
    network = sybil.Network(target.policy)
    for group in sorted(target.open):
        guesses += sybil.attack(
            target.population, group, network, rng=plan.rng, unverified=3, tries=plan.tries, authors=10
        )
    if not guesses:
        return []
    figures = summary(guesses)
    return [at_most("sybil.person", figures.worst_person, WORST_PERSON)]


def labels(target: Target, plan: Plan) -> list[Measure]:
    """Threads of one hand against threads of others, with labels as the program makes them; and stored ones that
    stand in two threads."""
    rng = plan.rng
    hands = [MemberSecret(rng.randbytes(32)) for _ in range(40)]
    authors = [0 if rng.random() < 0.5 else rng.randrange(1, 40) for _ in range(plan.threads)]
    ids = [str(new_id(rng.randbytes)) for _ in authors]
    made = {
        "id": ids,
        "owner": [str(owner_tag(hands[who], id)) for who, id in zip(authors, ids, strict=True)],
        "peer": [str(peer_tag(hands[who], id)) for who, id in zip(authors, ids, strict=True)],
        "locker": [str(locker_label(hands[who], "read", id)) for who, id in zip(authors, ids, strict=True)],
    }
    worst = max(link(made, authors, seed=plan.seed), key=lambda one: abs(one.auc - 0.5))
    twins = len(target.labels) - len(set(target.labels))
    return [
        near_chance("threads.linked", worst.auc, round(HIGHEST - 0.5, 3), runs=plan.threads),
        nothing("threads.twins", [None] * twins, runs=0),
    ]


def times(target: Target, plan: Plan) -> list[Measure]:
    """A colleague who sees who is at the screen, among so many people as this network has."""
    people = len({member.key for member in target.members})
    presence = timing.simulate_presence(plan.rng, people, plan.days)
    written = timing.written_in(plan.rng, presence, plan.posts)
    cadence = Cadence(small=target.small)
    found = []
    for key, audience, limit in (
        ("times.wider", Audience.DOMAIN, FEWEST_BEHIND_A_TIME),
        ("times.asked", Audience.EXPERTS, None),
    ):
        result = timing.attack_times(presence, written, timing.publication_rule(audience, cadence))
        found.append(at_least(key, result.fifth, limit if people >= ENOUGH_PEOPLE else None, runs=plan.posts))
    return found


def style(_: Target, plan: Plan) -> list[Measure]:
    """Made-up hands, through the house style that every post goes through. Nothing of anybody's is read."""
    found = []
    for lang in ("ja", "en"):
        made = [trial(plan.rng, lang, partial(house_style, lang=lang)) for _ in range(plan.hands)]
        area, texts = sum(one.auc for one in made) / len(made), sum(one.texts for one in made)
        # as many strangers as texts: a text's scores against its strangers hang together
        interval = auc_interval(area, texts, texts)
        found.append(styled(f"style.{lang}", area, STYLE_AWAY, interval=interval, runs=texts))
    return found


def dump(target: Target, _: Plan) -> list[Measure]:
    """Columns that say more of an author than the page and the circle do, at both levels; with too few posts, nothing."""
    measures = []
    for with_root, key in ((False, "dump.columns"), (True, "dump.columns.root")):
        views = [one.view for one in target.views if one.with_root is with_root and len(one.view.post_circle) >= 20]
        if views:
            measures.append(nothing(key, [found for view in views for found in linker.telling(view)], runs=0))
    return measures


def readers(target: Target, _: Plan) -> list[Measure]:
    """Somebody who knows what every organisation but one left tells from a period's releases over known cells whether
    that one was there: with noise drawn as the plan says, and the organisation in as many cells as may count."""
    plan = target.report_plan
    if plan is None or not (kinds := [kind for kind in plan.kinds if kind != "terms"]):
        return []
    here, gone = (np.concatenate([_released(plan, kind, count) for kind in kinds], axis=2) for count in (1, 0))
    most = most_advantage(sum(plan.micro_epsilon(kind) for kind in kinds) / MICRO)
    found, sure = guess(here, gone, doubt=0.025), guess(here, gone)
    interval = found.low, found.high
    return [guessed("readers.member", found.advantage, most, interval=interval, least=sure.low, runs=2 * found.runs)]


ATTACKS: Final[Mapping[str, Attack]] = {
    "posterior": posterior,
    "quarter": quarter,
    "sybil": sybils,
    "labels": labels,
    "times": times,
    "style": style,
    "dump": dump,
    "readers": readers,
}


def run(target: Target, plan: Plan, done: Callable[[str], None]) -> tuple[Measure, ...]:
    """Every attack in turn; `done` hears of each."""
    found: list[Measure] = []
    for name, attacker in ATTACKS.items():
        found += attacker(target, plan) if target.members else []
        done(name)
    return tuple(found)


def _many(world: World, plan: Plan, *, knows_habits: bool) -> Mapping[str, Figures]:
    """Attacks until the plan's number of authors is reached; people may come twice, acting otherwise.

    Where hardly anybody could post, whole rounds may find no author; after as many rounds as authors it ends: empty.
    """
    views: tuple[View, ...] = ("rival", "circle")
    found: list[Mapping[View, Figures]] = []
    left = plan.authors
    for _ in range(plan.authors):
        one = attack(world, Rule(), authors=left, rng=plan.rng, views=views, knows_habits=knows_habits) if left else {}
        if one:
            found.append(one)
            left -= one["rival"].authors
    return {view: together([one[view] for one in found]) for view in views if found}


def _released(plan: ReportPlan, kind: str, count: int) -> Values:
    """Releases of one kind, less what the others make of them."""
    limit = plan.limit_of(kind)
    drawn = noise.draw(FEWEST_RUNS * limit, plan.scale_of(kind), limit=limit, micro_epsilon=plan.micro_epsilon(kind))
    return released([count] * limit, lambda _: drawn, runs=FEWEST_RUNS)


def _three(prefix: str, figures: Figures, *, promised: bool) -> Sequence[Measure]:
    def limit(value: float) -> float | None:
        return value if promised else None

    return [
        at_most(f"{prefix}person", figures.worst_person, limit(WORST_PERSON)),
        at_most(
            f"{prefix}success",
            figures.success,
            limit(MEAN_SUCCESS),
            interval=figures.interval(),
            runs=figures.authors,
        ),
        at_most(f"{prefix}organisation", figures.worst_organisation, limit(WORST_ORGANISATION)),
    ]
