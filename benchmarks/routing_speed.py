"""How long does it take to choose who is asked, encoding aside? `routing_speed [--threads N...] [--json]`

Vectors lie around real embeddings, in 50 domains of Zipf sizes; a tenth as many experts, 2.5 answers a thread, by few
people often; sixty distinct bigrams a thread, by Zipf's law over pairs of real characters. Questions fall on domains
by their size. Before each an answer is written, and before and after it the bare FAISS search it contains is timed (an
IndexFlatIP of the same vectors, 256 neighbours). Times are processor time: other work may share the machine.
"""

import argparse
import gc
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks.routing_file import route_in_file, start
from benchmarks.routing_world import TODAY, Domain, World, fill, sizes, timed
from matching.history import DomainHistory
from matching.lexical import Vocabulary
from matching.near import NEAREST
from matching.profiles import Answer, Candidate, Limits, Query
from matching.routing import choose_wave, eligible, rank
from matching.signals import columns
from matching.votes import gather

SMALL = 50_000  # vectors; above it the limit is a ratio, below it milliseconds
STARTED, FILED = 100_000, 20_000
ERASED, ANSWERED = 40, 100  # threads the erased member asked, and about how many they answered
LIMITS = (
    ("one question, median, ms", "10", "p50_ms"),
    ("one question, 99th of a hundred, ms", "50", "p99_ms"),
    ("over the bare search, domains under 50,000, ms", "3", "over_small_ms"),
    ("the same in the slowest of them, ms", "3", "most_over_small_ms"),
    ("multiple of the bare search, domains from 50,000", "1.5", "most_ratio_large"),
    ("memory, MB", "2,500", "memory_mb"),
    ("erasing a member from the largest domain, ms", "100", "erasure_ms"),
)


@dataclass
class Timing:
    """Milliseconds of each question in one domain, by stage."""

    size: int
    stages: dict[str, list[float]] = field(default_factory=dict)

    def add(self, stage: str, seconds: float) -> None:
        self.stages.setdefault(stage, []).append(1e3 * seconds)

    def median(self, stage: str) -> float:
        return float(np.median(self.stages[stage]))

    @property
    def over(self) -> float:
        """Milliseconds over the bare search."""
        return float(np.median(np.subtract(self.stages["whole"], self.stages["bare"])))

    @property
    def ratio(self) -> float:
        """The whole as a multiple of the bare search."""
        return float(np.median(np.divide(self.stages["whole"], self.stages["bare"])))


def ask(world: World, domain: Domain, timing: Timing) -> None:
    """Write an answer, route a question beside the bare search, then time the stages one by one."""
    query, history = domain.question(world), domain.history
    picked = domain.ids[world.rng.integers(len(domain.ids))]
    answers = [*domain.answers_to(picked), Answer(domain.experts[world.rng.integers(len(domain.experts))], TODAY - 0.1)]
    timing.add("an answer written", timed(lambda: history.put_answers(picked, answers))[1])
    bare = [timed(lambda: domain.bare.search(query.vector[None, :], NEAREST))[1]]
    timing.add("whole", timed(lambda: route(domain, query))[1])
    bare.append(timed(lambda: domain.bare.search(query.vector[None, :], NEAREST))[1])
    timing.add("bare", sum(bare) / 2)

    open_to, spent = timed(lambda: able(domain))
    timing.add("eligible", spent)
    meaning = timed(lambda: (history.vectors.background(query.vector), history.vectors.nearest(query.vector, NEAREST)))[
        1
    ]
    timing.add("meaning (FAISS)", meaning)
    words = timed(lambda: history.words.nearest(query.counts, NEAREST))[1]
    timing.add("words", words)
    evidence, votes = timed(lambda: gather(history, query, open_to))
    timing.add("votes and decay", votes - meaning - words)
    table = timed(lambda: columns(evidence, history, query, open_to))[1]
    timing.add("columns", table)
    ranked, whole = timed(lambda: rank(history, query, open_to))
    timing.add("order", whole - votes - table)
    timing.add("choose", timed(lambda: choose_wave(ranked, open_to, 3, rng=random.Random(1)))[1])


def able(domain: Domain) -> Sequence[Candidate]:
    return eligible(domain.pool.everybody, excluded_circles={"circle 1"}, already_asked=(), limits=Limits())


def route(domain: Domain, query: Query) -> None:
    open_to = able(domain)
    choose_wave(rank(domain.history, query, open_to), open_to, 3, rng=random.Random(1))


def resident(name: str = "VmRSS") -> float:
    """Resident megabytes of this process, now or (VmHWM) at most."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def bare_index(domain: Domain) -> Any:
    """The same vectors in a FAISS index that shares no memory with ours."""
    index = faiss.IndexFlatIP(domain.history.vectors.dimension)
    index.add(domain.history.vectors.matrix)
    return index


def measure(world: World, threads: int, questions: int) -> dict[str, Any]:
    """All figures of one network."""
    gc.collect()
    before = resident()
    vocabulary = Vocabulary()
    domains = [fill(world, size, vocabulary) for size in sizes(threads)]
    for domain in domains:  # what a domain keeps to answer by is made when it is first asked
        route(domain, domain.question(world))
    gc.collect()
    held = resident()
    shares = np.array([len(domain.ids) for domain in domains], dtype=float)
    picks = np.sort(world.rng.choice(len(domains), questions, p=shares / shares.sum()))
    timings = []
    for number in np.unique(picks).tolist():
        domain = domains[number]
        domain.bare = bare_index(domain)
        ask(world, domain, Timing(0))
        timings.append(Timing(len(domain.ids)))
        for _ in range(int((picks == number).sum())):
            ask(world, domain, timings[-1])
        domain.bare = None
    whole = np.concatenate([timing.stages["whole"] for timing in timings])
    return {
        "threads": threads,
        "base_mb": round(before),
        "memory_mb": round(held),
        "p50_ms": round(float(np.percentile(whole, 50)), 2),
        "p99_ms": round(float(np.percentile(whole, 99)), 2),
        "most_over_small_ms": round(max((t.over for t in timings if t.size < SMALL), default=0.0), 2),
        "over_small_ms": round(float(np.median([t.over for t in timings if t.size < SMALL])), 2),
        "most_ratio_large": round(max((t.ratio for t in timings if t.size >= SMALL), default=0.0), 2),
        "erasure_ms": round(erase(world, domains[0]), 1),
        "domains": [
            {"threads": t.size, "questions": len(t.stages["whole"])}
            | {stage: round(t.median(stage), 2) for stage in t.stages}
            for t in timings
            if len(t.stages["whole"]) > 2
        ],
    }


def erase(world: World, domain: Domain) -> float:
    """Milliseconds to erase a member from the largest domain: forty threads asked, and the answers to some hundred.

    Raises RuntimeError if an id, the handle or a vector is still in any object that the history holds.
    """
    history, count = domain.history, min(ERASED, len(domain.ids) // 2)
    threads = [domain.ids[n] for n in world.rng.choice(len(domain.ids), count, replace=False)]
    answered = history.events.answers[history.events.experts.of(domain.experts[:2000])]
    expert = domain.experts[int(np.argmin(np.abs(answered - ANSWERED)))]
    traces, rows = [*threads, expert], [history.vectors.vector(id) for id in threads[:3]]
    if gone(history, traces, rows):
        raise RuntimeError("the search for traces finds nothing even where they are")
    _, spent = timed(lambda: history.erase(threads, [expert]))
    if not gone(history, traces, rows):
        raise RuntimeError("something of the erased member is left")
    return 1e3 * spent


def gone(history: DomainHistory, names: Sequence[str], rows: Sequence[NDArray[np.float32]]) -> bool:
    """Whether no object reachable from the history is one of `names` or holds one of `rows`, whole or in half precision."""
    wanted, halves = set(names), [half for row in rows for half in (row, row.astype(np.float16))]
    for one in _reachable(history):
        if isinstance(one, str) and one in wanted:
            return False
        if isinstance(one, np.ndarray) and one.size and not one.size % history.vectors.dimension:
            table = one.reshape(-1, history.vectors.dimension)
            if any(half.dtype == one.dtype and _holds(table, half) for half in halves):
                return False
    return True


def _holds(table: NDArray[Any], row: NDArray[Any]) -> bool:
    return any((table[place] == row).all() for place in np.flatnonzero(table[:, 0] == row[0]).tolist())


def _reachable(root: object) -> Iterator[object]:
    seen, waiting = {id(root)}, [root]
    while waiting:
        one = waiting.pop()
        yield one
        for other in gc.get_referents(one):
            if id(other) not in seen and not isinstance(other, type(sys)) and not isinstance(other, type):
                seen.add(id(other))
                waiting.append(other)


def table(found: dict[str, Any]) -> str:
    """The figures against matching.md's."""
    lines = ["| measure | to reach | " + " | ".join(f"{one['threads']:,}" for one in found["networks"]) + " |"]
    lines.append("|---|---|" + "---|" * len(found["networks"]))
    for name, limit, key in LIMITS:
        lines.append(f"| {name} | {limit} | " + " | ".join(str(one[key]) for one in found["networks"]) + " |")
    for once in found["start"]:
        lines.append(
            f"\nStart with {once['threads']:,} sealed rows, {once['largest']:,} of them in the domain of the first routed "
            f"question: {once['start_s']} s, {once['start_cpu_s']} s of processor time (to reach: 3 s; opening every box "
            f"alone takes {once['opening_s']} s)"
        )
    if found["file"]:
        lines.append("\nOne question in a content file, median milliseconds:")
        lines.append("  ".join(f"{name} {value:,}" for name, value in found["file"].items()))
    for one in found["networks"]:
        lines += ["", f"{one['threads']:,} threads: median milliseconds by domain"]
        lines += ["  ".join(f"{name} {value:,}" for name, value in domain.items()) for domain in one["domains"][:8]]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--start", type=int, default=STARTED, help="sealed rows to start with; 0 for none")
    parser.add_argument("--file", type=int, default=FILED, help="threads of the content file to route in; 0 for none")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    world = World.make(7)
    networks = [measure(world, threads, chosen.questions) for threads in chosen.threads]
    found = {
        "networks": networks,
        "start": [start(world, one, route) for one in (sizes(chosen.start), [chosen.start])] if chosen.start else [],
        "file": route_in_file(world, chosen.file) if chosen.file else {},
    }
    print(json.dumps(found, indent=1) if chosen.json else table(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
