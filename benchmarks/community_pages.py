"""How long do the pages of the community take when it is full? `community_pages [--only ideas] [--scale 1] [--rounds 40]`

In process, as `benchmarks.requests --times`: the processor time of each page, 40 times, for who has a page: members,
visitors, analysts, coordinators, with 5,000 articles, 5,000 ideas and 200 cohorts in the files, sealed by the real
functions and written in bulk. The queries
are encoded by the encoder in use; stored vectors are random, since what stands in them changes no time.

A feature is a module beside this one with `fill(tools, people, rng, number)` and `pages(tools, rng)`, and a line below.
"""

import argparse
import gc
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient

from app.clock import SystemClock, today
from app.processes import COLLECTED, refresh_crowds
from app.wiring import Toolbox, build
from benchmarks import (
    community_articles,
    community_cohorts,
    community_ideas,
    community_recognition,
    community_sessions,
    community_square,
)
from benchmarks.lines import Line, report
from tests.cast import Person, make_cast, signed_in
from tests.conftest import claim, make_app, make_tools

P95_MS = 50
SEED = 7
Paths = Mapping[str, Callable[[], str]]  # what a page is called -> an address of it, another one each time


@dataclass(frozen=True)
class Feature:
    """What fills the files, with how many, and which pages are asked for, by each role."""

    number: int
    fill: Callable[[Toolbox, Mapping[str, Person], random.Random, int], None]
    pages: Callable[[Toolbox, random.Random], Mapping[str, Paths]]


FEATURES: Mapping[str, Feature] = {
    "articles": Feature(5000, community_articles.fill, community_articles.pages),
    "ideas": Feature(5000, community_ideas.fill, community_ideas.pages),
    "cohorts": Feature(200, community_cohorts.fill, community_cohorts.pages),
    "sessions": Feature(200, community_sessions.fill, community_sessions.pages),
    "recognition": Feature(200, community_recognition.fill, community_recognition.pages),
    "square": Feature(3000, community_square.fill, community_square.pages),
}
WHO = {"member": "bob", "coordinator": "erin", "analyst": "frank"}


def world(folder: Path, features: Mapping[str, Feature], scale: float) -> tuple[Toolbox, Mapping[str, Person]]:
    """The toolbox over a folder in which each feature has put its own."""
    month = today(SystemClock().now()).month
    months = ",".join(str((month + later - 1) % 12 + 1) for later in (-2, -1, 0, 1))  # a jury reads now
    made = make_tools(
        folder, encoder="bundled", rate_per_minute=100_000_000, texts_per_day=100_000_000, recognition_months=months
    )
    made.clock = SystemClock()
    claim(made, demo=False)
    people = make_cast(made).people
    refresh_crowds(made)
    for feature in features.values():
        feature.fill(made, people, random.Random(SEED), max(1, round(feature.number * scale)))
    tools = build(made.settings)
    made.database.close()
    return tools, people


def times(folder: Path, features: Mapping[str, Feature], scale: float, rounds: int) -> Iterator[Line]:
    """Milliseconds of the processor for each page."""
    tools, people = world(folder, features, scale)
    app = make_app(tools)
    gc.freeze()  # as `app.processes.web` does
    gc.set_threshold(COLLECTED)
    clients = {role: signed_in(app, people[name]) for role, name in WHO.items()} | {"visitor": app.test_client()}
    for name, feature in features.items():
        for role, paths in feature.pages(tools, random.Random(SEED)).items():
            for page, path in paths.items():
                yield timed(f"{name}, {role}: {page}", clients[role], path, rounds)


def timed(name: str, client: FlaskClient, path: Callable[[], str], rounds: int) -> Line:
    """One page: after a first time, which loads what a process keeps."""
    begun = time.perf_counter()
    ask(client, path())
    first = 1e3 * (time.perf_counter() - begun)
    spent = []
    for _ in range(rounds):
        begun = time.process_time()
        ask(client, path())
        spent.append(1e3 * (time.process_time() - begun))
    p95 = statistics.quantiles(spent, n=20)[-1]
    figure = f"median {statistics.median(spent):.1f} ms, 95th of a hundred {p95:.1f} ms, the first {first:.0f} ms"
    return Line(name, figure, f"p95 {P95_MS} ms", p95 <= P95_MS)


def ask(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{response.status_code} at {path}")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=sorted(FEATURES), action="append", help="this feature alone")
    parser.add_argument("--scale", type=float, default=1.0, help="so many times the number of each, from 0.2 on")
    parser.add_argument("--rounds", type=int, default=40)
    chosen = parser.parse_args(arguments)
    features = {name: one for name, one in FEATURES.items() if not chosen.only or name in chosen.only}
    with tempfile.TemporaryDirectory() as folder:
        return report(times(Path(folder), features, chosen.scale, chosen.rounds), SEED)


if __name__ == "__main__":
    raise SystemExit(main())
