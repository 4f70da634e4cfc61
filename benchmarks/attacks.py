"""Every attacker of privacy.attacks at full size, each figure beside the number it is accepted by.

    python -m benchmarks.attacks [--seed N] [--days N] [--quick] [--out FILE]

Without a seed, today's date is one; it is printed. Networks of 20, 60 and 120 organisations, five of each; a hundred
thousand threads; a thousand probes of the routing oracle and six months of a network through its own pages, whose
database is attacked too. Ends with 1 when an accepted number is missed by what the product does.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.clock import JAPAN
from benchmarks import report_readers
from benchmarks.lines import Line, report
from privacy.attacks import intersection, sybil
from privacy.attacks.authors import Author, Rule, nearest_allowed, stable_pseudonym
from privacy.attacks.population import SIZES, draw
from privacy.attacks.posterior import (
    MEAN_SUCCESS,
    VIEWS,
    WORST_ORGANISATION,
    WORST_PERSON,
    Figures,
    attack,
    summary,
    thin_groups,
    together,
)
from privacy.attacks.routing_oracle import MOST_ADVANTAGE, play
from privacy.attacks.threads import link
from privacy.attacks.world import World
from privacy.pseudonyms import MemberSecret, new_id, owner_tag, peer_tag

Acting = Callable[[World], Author]
STRONGEST = Rule(menu_of_group=True, weighed=True)
ACCEPTED = f"<= {WORST_PERSON:.2f} / {MEAN_SUCCESS:.2f} / {WORST_ORGANISATION:.2f}"


def posteriors(seed: int, networks: int, authors: int) -> Iterator[Line]:
    """What the exact attacker makes of the rule, of stronger rules, and of the mutants."""
    for size in SIZES:
        worlds = [World(draw(size, seed + n)) for n in range(networks)]
        may = sum(bool(world.offered(key)) for world in worlds for key in world.keys)
        everybody = sum(len(world.keys) for world in worlds)
        yield Line(f"{size} organisations: people whose groups are crowds", f"{may / everybody:.2f}")
        cases: list[tuple[str, bool, bool]] = [("by what posts show", False, True), ("knowing habits", True, False)]
        for words, habits, promised in cases:
            yield from _lines(worlds, f"{size}: the rule, {words}", lambda _: Rule(), authors, seed, habits, promised)
        yield from _lines(
            worlds, f"{size}: crowds weighed, knowing habits", lambda _: STRONGEST, authors, seed, True, True
        )
        yield from _lines(worlds, f"{size}: nearest allowed (mutant)", nearest_allowed, authors, seed, True, False)
        yield from _lines(
            worlds, f"{size}: stable pseudonym (mutant)", lambda _: stable_pseudonym(), authors, seed, True, False
        )
        thin = [found["rival"] for world in worlds if (found := thin_groups(world, ["rival"]))]
        if thin:
            yield Line(f"{size}: groups that are no crowd, by what posts show", str(together(thin)))


def _lines(
    worlds: list[World], name: str, acting: Acting, authors: int, seed: int, habits: bool, promised: bool
) -> Iterator[Line]:
    found = []
    for n, world in enumerate(worlds):
        rng = random.Random(seed + n)
        if one := attack(world, acting(world), authors=authors, rng=rng, knows_habits=habits):
            found.append(one)
    if not found:
        yield Line(name, "nobody writes: no post of anybody's may go out")
        return
    for view in VIEWS:
        figures = together([one[view] for one in found])
        counts = promised and (view == "pages" or (view == "rival" and not habits))
        yield Line(f"{name}, {view}", str(figures), ACCEPTED if counts else "", figures.holds if counts else None)


def fineness(seed: int, networks: int) -> Iterator[Line]:
    """What the stronger rule costs: how many posts go out under the group alone."""
    for size in SIZES:
        for name, rule in (
            ("the rule", Rule(chooses=1)),
            ("crowds weighed", replace(STRONGEST, chooses=1)),
        ):
            rng, bare, posts = random.Random(seed), 0, 0
            for n in range(networks):
                world = World(draw(size, seed + n))
                for key in rng.sample(world.keys, min(60, len(world.keys))):
                    told = rule.posts(world, key, rng)
                    posts += len(told)
                    bare += sum(world.vector_of(post) == world.group_only for post in told)
            yield Line(f"{size}: posts under the group alone, {name}", f"{bare / max(1, posts):.2f} of {posts}")


def sybils(seed: int, networks: int) -> Iterator[Line]:
    """One verified organisation of the attacker's and three others."""
    for size in (20, 60):
        guesses = []
        for n in range(networks):
            people, rng = draw(size, seed + n), random.Random(seed + n)
            for group in sorted({member.group for member in people.members}):
                guesses += sybil.attack(people, group, sybil.Network(), rng=rng, unverified=3, tries=3)
        found = summary(guesses)
        met = found.worst_person <= 1 / 8 and found.worst_organisation <= WORST_ORGANISATION + 1e-9
        yield Line(f"{size}: sybil organisation", str(found), "<= 1/k and 0.50", met)


def intersections(seed: int, networks: int) -> Iterator[Line]:
    """A quarter with a change of profile, and three years, linked."""
    for remembers in ("quarter", "post", "ever"):
        for quarters in (1, 12):
            found = _linked_years(seed, networks, remembers, quarters)
            promised = quarters == 1 and remembers == "quarter"
            name = f"60: {quarters} quarters linked, checked over each {remembers}"
            accepted, met = (ACCEPTED, found.holds) if promised else ("", None)
            yield Line(name, str(found), accepted, met)


def _linked_years(seed: int, networks: int, remembers: intersection.Remembers, quarters: int) -> Figures:
    guesses = []
    for n in range(networks):
        rng = random.Random(seed + n)
        worlds = intersection.years(draw(60, seed + n), quarters, rng)
        people = intersection.stayers(worlds)
        for key in rng.sample(people, min(20, len(people))):
            told = intersection.live(worlds, key, rng, remembers=remembers)
            if all(told):
                guesses.append(intersection.intersect(worlds, key, told, "rival")[-1])
    return summary(guesses)


def threads(seed: int, count: int) -> Iterator[Line]:
    """A member's threads among others'."""
    rng = random.Random(seed)
    secrets = [MemberSecret(rng.randbytes(32)) for _ in range(200)]
    authors = [0 if rng.random() < 0.5 else rng.randrange(1, 200) for _ in range(2 * count)]
    ids = [str(new_id(rng.randbytes)) for _ in authors]
    made = {
        "id": ids,
        "owner tag": [str(owner_tag(secrets[who], id)) for who, id in zip(authors, ids, strict=True)],
        "peer tag": [str(peer_tag(secrets[who], id)) for who, id in zip(authors, ids, strict=True)],
    }
    for one in link(made, authors, seed=seed):
        figure = f"AUC {one.auc:.4f} ({one.low:.4f}-{one.high:.4f}), {one.equal} equal of {len(authors)}"
        yield Line(f"threads: {one.label}, {one.linker}", figure, "0.48-0.52, 0 equal", one.holds)


def oracle(seed: int, batches: int) -> Iterator[Line]:
    """Probes through the pages."""
    from tests.journeys.oracle import judged, played

    probes = played(seed, batches)
    found = judged(probes, seed)
    figure = f"advantage {found.advantage:+.3f} ({found.interval[0]:+.3f} to {found.interval[1]:+.3f}), {found.rounds} probes"
    yield Line("routing oracle", figure, f"<= {MOST_ADVANTAGE:.2f}", found.advantage <= MOST_ADVANTAGE)
    for what in ("state", "count"):
        mutant = play([probe.telling(what) for probe in probes])
        yield Line(f"routing oracle, page tells the {what} (mutant)", f"advantage {mutant.advantage:+.3f}")


def months(seed: int, days: int) -> Iterator[Line]:
    """The exact attacker, and the labels, on the database that so many days left behind."""
    from tests.journeys.left import Watching, left_by, linked
    from tests.journeys.simulation import Size, populate, simulate
    from tests.journeys.world import opened

    size, watching = Size(per_organisation=8, days=days, visits=12, asking=0.5, profiles=0.7), Watching()
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder), seed=seed) as world:
        populate(world, size)
        simulate(world, size, watching.look)
        left = left_by(world, watching)
        labels = linked(world)
    yield Line(f"{days} days: authors and quarters, posts", f"{len(left.told)}, {sum(map(len, left.told.values()))}")
    for warned in (False, True):
        for view in VIEWS:
            _, found = left.attack(view, warned=warned)
            if found is not None:
                counts = view in ("pages", "rival") and not warned
                name = f"{days} days: {'warned' if warned else 'not warned'}, {view}"
                yield Line(name, str(found), ACCEPTED if counts else "", found.holds if counts else None)
    for column, linker, area in labels:
        yield Line(f"{days} days: {column}, {linker}", f"AUC {area:.3f}")


def main() -> int:
    """Print every line as it comes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=datetime.now(JAPAN).date().toordinal())
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--probes", type=int, default=1000, help="of the routing oracle")
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument(
        "--only", default="", help="posteriors, fineness, sybils, intersections, threads, oracle, reports or months"
    )
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    seed, less = chosen.seed, 10 if chosen.quick else 1
    networks = 1 if chosen.quick else 5
    print(f"seed {seed}")
    parts: dict[str, Callable[[], Iterable[Line]]] = {
        "posteriors": lambda: posteriors(seed, networks, 60 // less),
        "fineness": lambda: fineness(seed, networks),
        "sybils": lambda: sybils(seed, networks),
        "intersections": lambda: intersections(seed, networks),
        "threads": lambda: threads(seed, 100_000 // less),
        "oracle": lambda: oracle(seed, -(-chosen.probes // less // 16)),
        "reports": lambda: report_readers.lines(seed, report_readers.RUNS // less),
        "months": lambda: months(seed, chosen.days // less),
    }
    wanted = [part for name, part in parts.items() if chosen.only in ("", name)]
    return report((line for part in wanted for line in part()), seed, chosen.out)


if __name__ == "__main__":
    sys.exit(main())
