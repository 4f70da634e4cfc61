"""What leaves the service, and what does a stolen data folder say about who wrote what?

First more than two hundred names, words, addresses and files are planted, and looked for in every channel. Then months of
a network are lived through its own pages, and the folder is stolen in the middle of a day and attacked, without keys and
with the root key.

    python -m benchmarks.leaks --days 180
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from privacy.attacks.linker import handle_linkage
from privacy.pseudonyms import routing_handle
from tests.journeys.leak_channels import CHANNELS, findings
from tests.journeys.leak_story import told
from tests.journeys.simulation import Size, populate, simulate
from tests.journeys.thief import Known, Rows, deductions, expert_rows, gain_of, handle_rows, steal, what_is_known
from tests.journeys.world import World, opened

KINDS = ("threads", "posts")
Line = tuple[str, str]


def measure(world: World) -> Iterator[Line]:
    """Name and figure of everything that is asked of the dump."""
    known, truth, vault = what_is_known(world), world.truth, world.tools.vault
    keys = tuple(vault.ring(purpose)[-1].secret for purpose in ("index/mail", "rate", "flask"))
    for name, opener in (("without keys", None), ("with the root key", vault)):
        stolen = steal(world.folder, world.folder / name, opener)
        for kind in KINDS:
            mine = known.only(row["id"] for row in stolen[kind])
            gain = gain_of(mine, stolen, truth, keys=keys if opener else ())
            yield f"{kind}, {name}", str(gain)
            yield from _struck_out(kind, name, mine, stolen, truth)
        if opener is None:
            yield from _linked(world, stolen, truth)


def _struck_out(kind: str, name: str, known: Known, stolen: Rows, truth: dict[str, str]) -> Iterator[Line]:
    for fell in (False, True):
        words = ", the words name the fish" if fell else ""
        for rule, points in deductions(known, stolen, truth, text_fell=fell).items():
            yield f"{kind}, {name}, struck out by {rule}{words}", f"{points:+.1f} points"


def _linked(world: World, stolen: Rows, truth: dict[str, str]) -> Iterator[Line]:
    people = world.people.values()
    owner = {str(routing_handle(one.secret, subject)): one.member_id for one in people for subject in one.subjects}
    listed = {kind: (handle_rows(stolen, kind), "id", truth) for kind in KINDS}
    listed["experts"] = (expert_rows(stolen), "handle", owner)
    for kind, (rows, column, whose) in listed.items():
        for one in handle_linkage(rows, [whose[str(row[column])] for row in rows])[:3]:
            yield f"one hand behind two {kind}: {one.column}, {one.comparator}", f"AUC {one.auc:.3f}"


def through_channels(folder: Path) -> Iterator[Line]:
    """How many of the planted are found in each channel, and how much of it was read."""
    with told(folder) as found:
        yield "planted", f"{len(found.planted.all)} canaries, {len(found.crawls)} roles"
        for name, channel in CHANNELS.items():
            blobs = list(channel.collect(found))
            size = sum(len(blob) for _, _, blob in blobs)
            caught = {one.canary for one in findings(found, channel, blobs)}
            yield f"channel: {name}", f"{len(caught)} found in {size / 1024:,.0f} KiB"


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
    with tempfile.TemporaryDirectory(prefix="shiome-leaks-") as folder:
        channels = dict(through_channels(Path(folder)))
    with tempfile.TemporaryDirectory(prefix="shiome-leaks-") as folder, opened(Path(folder), seed=chosen.seed) as world:
        populate(world, size)
        simulate(world, size)
        wrote = Counter(world.truth.values())
        figures = dict(measure(world))
    facts = {"posts": sum(wrote.values()), "authors": len(wrote), "most by one": max(wrote.values())}
    everything = {**channels, **facts, **figures}
    for name, figure in everything.items():
        print(f"{name:82} {figure}")
    if chosen.out:
        chosen.out.write_text(json.dumps(everything, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
