"""How well does routing find who really answered? `routing_quality.py [--encoder SPEC] DATA_DIR...`

Protocol: questions in order of time, the last fifth is the test, only what is dated before a question is known.
Candidates are users with at least 3 answers to others before it, less the asker; the best answerer is the accepted
one, else the highest score, ties to the earliest. The table gives the mean reciprocal rank of the best answerer, beside
simple signals on the same footing, and whether ours differs from each by more than luck (paired bootstrap, 95 %).
"""

import argparse
import bisect
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.encoder import Encoder, make_encoder
from matching.quality import paired_bootstrap
from matching.replay import AnswerRow, QuestionRow, RowError, parse_answer, parse_question, replay, vector_text
from matching.signals import NAMES

Vectors = Mapping[str, NDArray[np.float32]]
Row = TypeVar("Row")
BASELINES = {
    "answer count": "answers",
    "BM25 votes, no decay": "words",
    "meaning votes, no decay": "meaning",
    "decayed answer count (span/8)": "steady",
}
OURS = "ours"


@dataclass(frozen=True)
class Truth:
    """What really happened to one test question."""

    candidates: frozenset[str]
    best: str
    real: frozenset[str]


@dataclass(frozen=True)
class Community:
    """One history with its test questions."""

    name: str
    questions: list[QuestionRow]
    answers: list[AnswerRow]
    truth: dict[str, Truth]


def lines(path: Path, parse: Callable[[object, int], Row]) -> Iterator[tuple[Row, dict[str, Any]]]:
    """Yield each good row with its object; name the bad ones."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                obj = json.loads(line)
                yield parse(obj, number), obj
            except (RowError, ValueError) as error:
                print(f"{path.name}: {error}")


def load(folder: Path) -> Community:
    questions = list(lines(folder / "questions.jsonl", parse_question))
    answers = list(lines(folder / "answers.jsonl", parse_answer))
    truth = dict(truths([q for q, _ in questions], [obj for _, obj in answers]))
    return Community(folder.name, [q for q, _ in questions], [a for a, _ in answers], truth)


def truths(questions: Sequence[QuestionRow], answers: Iterable[dict[str, Any]]) -> Iterator[tuple[str, Truth]]:
    """Yield the test questions that a candidate answered."""
    asker = {q.id: q.asker for q in questions}
    real: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for a in answers:
        if a["answerer"] and a["question_id"] in asker and a["answerer"] != asker[a["question_id"]]:
            real[a["question_id"]].append(a)
    events = sorted((a["created"], a["answerer"]) for given in real.values() for a in given)
    for q in sorted(questions, key=lambda q: q.created)[int(len(questions) * 0.8) :]:
        counts = Counter(user for _, user in events[: bisect.bisect_left(events, (q.created, ""))])
        candidates = frozenset(user for user, n in counts.items() if n >= 3 and user != q.asker)
        answerers = frozenset(a["answerer"] for a in real[q.id])
        if answerers & candidates:
            yield q.id, Truth(candidates, best_of(real[q.id]), answerers)


def best_of(given: Sequence[dict[str, Any]]) -> str:
    accepted = [a for a in given if a.get("accepted")]
    return str((accepted or sorted(given, key=lambda a: (-(a.get("score") or 0), a["created"])))[0]["answerer"])


def embed(community: Community, encoder: Encoder) -> Vectors:
    texts = [vector_text(q) for q in community.questions]
    rows = [encoder.passages(texts[start : start + 64]) for start in range(0, len(texts), 64)]
    return dict(zip([q.id for q in community.questions], np.concatenate(rows), strict=True))


def reciprocal_ranks(community: Community, ranked: Iterable[tuple[str, list[str]]]) -> tuple[list[float], list[float]]:
    """Return the reciprocal ranks of the best answerer and of any answerer, a missing one standing last."""
    best, any_one = [], []
    for id, users in ranked:
        if id not in community.truth:
            continue
        truth = community.truth[id]
        place = {user: n for n, user in enumerate((u for u in users if u in truth.candidates), 1)}
        last = len(truth.candidates)
        if truth.best in truth.candidates:
            best.append(1 / place.get(truth.best, last))
        any_one.append(1 / min(place.get(user, last) for user in truth.real & truth.candidates))
    return best, any_one


def only(signal: str) -> NDArray[np.float64]:
    return np.array([float(name == signal) for name in NAMES])


def measure(community: Community, encoder: Encoder) -> dict[str, tuple[list[float], list[float]]]:
    started = time.perf_counter()
    vectors = embed(community, encoder)
    embedded = time.perf_counter()
    found = {OURS: reciprocal_ranks(community, replay(community.questions, community.answers, vectors))}
    print(
        f"{community.name}: {len(community.questions)} questions, {len(found[OURS][0])} scored, "
        f"embedding {embedded - started:.1f} s, replay {time.perf_counter() - embedded:.1f} s",
        flush=True,
    )
    for name, signal in BASELINES.items():
        ranked = replay(community.questions, community.answers, vectors, weights=only(signal))
        found[name] = reciprocal_ranks(community, ranked)
    return found


def table(results: Mapping[str, dict[str, tuple[list[float], list[float]]]]) -> Iterator[str]:
    yield "| signal | " + " | ".join(results) + " | mean | any | ours less this, by community |"
    yield "|---" * (len(results) + 4) + "|"
    for name in (*BASELINES, OURS):
        best = [float(np.mean(r[name][0])) for r in results.values()]
        any_one = float(np.mean([np.mean(r[name][1]) for r in results.values()]))
        cells = " | ".join(f"{x:.3f}" for x in best)
        gap = "" if name == OURS else gaps(results, name)
        yield f"| {name} | {cells} | {np.mean(best):.3f} | {any_one:.3f} | {gap} |"


def gaps(results: Mapping[str, dict[str, tuple[list[float], list[float]]]], name: str) -> str:
    found = [paired_bootstrap(r[OURS][0], r[name][0], seed=7, resamples=4000) for r in results.values()]
    return ", ".join(f"{d.mean:+.3f} [{d.low:+.3f}, {d.high:+.3f}]" for d in found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DATA_DIR")
    parser.add_argument("--encoder", default="bundled", help="bundled, hash or sentence-transformers:NAME_OR_FOLDER")
    arguments = parser.parse_args()
    encoder = make_encoder(arguments.encoder)
    communities = [load(folder) for folder in arguments.folders]
    results = {c.name: measure(c, encoder) for c in communities}
    print("\n".join(table(results)))


if __name__ == "__main__":
    main()
