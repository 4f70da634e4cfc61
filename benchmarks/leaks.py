"""What leaves the service, and what does a stolen data folder say about who wrote what?

First more than two hundred names, words, addresses and files are planted, and looked for in every channel. Then months of
a network are lived through its own pages, and the folder is stolen in the middle of a day and attacked, without keys and
with the root key. Ends with 1 when anything planted is found, or a thief gains more than is accepted.

    python -m benchmarks.leaks --days 180
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.lines import Line, report
from privacy.attacks.linker import handle_linkage
from privacy.pseudonyms import routing_handle
from tests.journeys.leak_channels import CHANNELS, Channel, findings
from tests.journeys.leak_crawl import Told
from tests.journeys.leak_story import told
from tests.journeys.simulation import Size, populate, simulate
from tests.journeys.struck import deductions
from tests.journeys.thief import (
    LABELS,
    Known,
    Rows,
    chance_of,
    expert_rows,
    gain_of,
    handle_rows,
    steal,
    what_is_known,
)
from tests.journeys.world import World, opened

KINDS = ("threads", "posts")
MOST_POINTS = 1.0
"""What a dump may add to the pages and the circle."""
PROMISED = {("last quarter", False), ("last quarter", True), ("domain key in a column", True)}
"""Ways of striking out that are promised to gain nothing at both levels, with and without what the words name; without
keys the finer domain key of a page is promised too."""


def measure(world: World) -> Iterator[Line]:
    """Everything that is asked of the dump."""
    known, truth, vault = what_is_known(world), world.truth, world.tools.vault
    keys = tuple(vault.ring(purpose)[-1].secret for purpose in ("index/mail", "rate", "flask"))
    for name, opener in (("without keys", None), ("with the root key", vault)):
        stolen = steal(world.folder, world.folder / name, opener)
        yield from gains(known, stolen, truth, name, keys if opener else ())
        if opener is None:
            yield from _linked(world, stolen, truth)


def gains(
    known: Known, stolen: Rows, truth: Mapping[str, str], name: str, keys: tuple[bytes, ...] = ()
) -> Iterator[Line]:
    """What one dump adds, by the linker and by hand."""
    for kind in KINDS:
        mine = known.only(row["id"] for row in stolen[kind])
        gain = gain_of(mine, stolen, truth, keys=keys)
        yield _line(f"{kind}, {name}", gain.points, str(gain))
        for fell in (False, True):
            words = ", the words name the fish" if fell else ""
            for rule, points in deductions(mine, stolen, truth, text_fell=fell).items():
                promised = (rule, fell) in PROMISED or (rule == "domain key in a column" and not keys)
                title = f"{kind}, {name}, struck out by {rule}{words}"
                yield _line(title, points, promised=promised)


def _line(name: str, points: float, figure: str = "", *, promised: bool = True) -> Line:
    accepted, met = (f"<= {MOST_POINTS:.0f} point", points <= MOST_POINTS) if promised else ("", None)
    return Line(name, figure or f"{points:+.1f} points", accepted, met)


def _linked(world: World, stolen: Rows, truth: Mapping[str, str]) -> Iterator[Line]:
    people = world.people.values()
    owner = {str(routing_handle(one.secret, subject)): one.member_id for one in people for subject in one.subjects}
    listed = {kind: (handle_rows(stolen, kind), "id", truth) for kind in KINDS}
    listed["experts"] = (expert_rows(stolen), "handle", owner)
    for kind, (rows, column, whose) in listed.items():
        author = [whose[str(row[column])] for row in rows]
        for n, one in enumerate(handle_linkage(rows, author)):
            spread = chance_of(author) if one.comparator == "order" else 0.02
            label = one.column.split(":")[0] in LABELS
            if label or n < 3:
                name = f"one hand behind two {kind}: {one.column}, {one.comparator}"
                held, accepted = abs(one.auc - 0.5) <= spread, f"0.5 within {spread:.3f}"
                yield Line(name, f"AUC {one.auc:.3f}", *((accepted, held) if label else ()))


def through_channels(story: Told, channels: Mapping[str, Channel] = CHANNELS) -> Iterator[Line]:
    """How many of the planted are found in each channel, and how much of it was read."""
    yield Line("planted", f"{len(story.planted.all)} canaries, {len(story.crawls)} roles")
    for name, channel in channels.items():
        blobs = list(channel.collect(story))
        size = sum(len(blob) for _, _, blob in blobs)
        caught = {one.canary for one in findings(story, channel, blobs)}
        read = size >= channel.least
        yield Line(f"channel: {name}", f"{len(caught)} found in {size / 1024:,.0f} KiB", "0", read and not caught)


def everything(size: Size, seed: int) -> Iterator[Line]:
    """The channels of a few days, then the dump of so many."""
    with tempfile.TemporaryDirectory(prefix="shiome-leaks-") as folder, told(Path(folder)) as story:
        yield from through_channels(story)
    with tempfile.TemporaryDirectory(prefix="shiome-leaks-") as folder, opened(Path(folder), seed=seed) as world:
        populate(world, size)
        simulate(world, size)
        wrote = Counter(world.truth.values())
        yield Line("posts, authors, most by one", f"{sum(wrote.values())}, {len(wrote)}, {max(wrote.values())}")
        yield from measure(world)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--organisations", type=int, default=24)
    parser.add_argument("--members", type=int, default=6, help="of each organisation")
    parser.add_argument("--visits", type=int, default=9, help="a day")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    chosen = parser.parse_args()
    size = Size(chosen.organisations, chosen.members, chosen.days, chosen.visits)
    return report(everything(size, chosen.seed), chosen.seed, chosen.out)


if __name__ == "__main__":
    sys.exit(main())
