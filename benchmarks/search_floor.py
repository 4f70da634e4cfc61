"""What is shown where nothing can be right? `search_floor.py [--encoder SPEC] [--cache FOLDER] [--choose] [FOLDER...]`

The sets are those of `search.py`. To each is put what it can answer, and what it cannot: the queries of the other sets
in the same script, and of `search_set` those of `elsewhere.jsonl`, written about other trades. Each is asked of all the
texts of a set, and of 80, 20 and 6 drawn from them, among these one that answers where there is one.

The rule: the floor is the highest (in steps of 0.005 of √(2 ln n)) at which at most one query in twenty loses the text
that answers it, of all queries that find it in the first five; each set and size counts the same. `--choose` prints
other floors. Lost is also told of those alone that have no word to be found by.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from app.history.cache import embed_all
from benchmarks.search import OWN, Asking, Bench, asked, benches_of, lines
from matching import search
from matching.encoder import Encoder, make_encoder
from matching.text import counts, words

SIZES = (None, 80, 20, 6)
ASKED = 300  # queries of each kind, of one set
FIRST = 5
FLOORS = (0.0, 0.03, 0.04, 0.045, 0.05, 0.055, 0.06, 0.065, 0.07, 0.08)
Query = tuple[str, NDArray[np.float32]]
Seen = list[tuple[str, bool, float]]  # id, whether it holds the words, and how far it lies as a multiple of √(2 ln n)


@dataclass(frozen=True)
class Told:
    """One set at one size: the first texts for each query that finds its answer there, as (by words, how far) of that
    answer; and the first texts for each query that has none."""

    name: str
    answered: list[tuple[bool, float]]
    others: list[Seen]

    def lost(self, floor: float, *, alone: bool = False) -> float:
        """The share of answers that are cut: of all, or of those that no word holds."""
        asked = [far for by_words, far in self.answered if not (alone and by_words)]
        return sum(far < floor for by_words, far in self.answered if not by_words) / max(len(asked), 1)

    def shown(self, floor: float) -> tuple[float, float, float]:
        """Of queries without an answer: the share that shows a text by words, the share that shows one by meaning
        alone, and how many texts those show on average."""
        near = [sum(far >= floor for _, _, far in seen) for seen in self.others if not any(held for _, held, _ in seen)]
        shows = sum(map(bool, near))
        return 1 - len(near) / len(self.others), shows / len(self.others), sum(near) / max(shows, 1)


def first(bench: Bench, query: Query, allowed: frozenset[str]) -> Seen:
    """What a reader of these texts would see first, were there no floor."""
    shelf, asked = search._Shelf([bench.history], allowed), [counts(query[0])]
    meaning, holds = shelf.meaning(query[1]), shelf.holds(asked, words(query[0]))
    best = search._best(shelf.ids, meaning + shelf.words(asked), FIRST)
    return [
        (shelf.ids[row], bool(holds[row]), float(meaning[row]) / search.floor(len(allowed)) * search._NEAR)
        for row in best
    ]


def told(benches: Sequence[Bench], size: int | None, others: Sequence[Query]) -> Told:
    rng, bench = random.Random(11), benches[0]
    ids = [str(number) for number in range(len(bench.rows))]
    size = len(ids) if size is None else min(size, len(ids))
    own = [(text, wanted, one.vectors[n]) for one in benches for n, (text, wanted) in enumerate(one.held.asked)]
    answered = []
    for text, wanted, vector in rng.sample(own, min(ASKED, len(own))):
        answers = {str(one) for one in wanted}
        rest = [id for id in ids if id not in answers]
        allowed = frozenset(ids if size == len(ids) else [min(answers), *rng.sample(rest, size - 1)])
        found = [(held, far) for id, held, far in first(bench, (text, vector), allowed) if id in answers]
        answered += found[:1]
    foreign = rng.sample(others, min(ASKED, len(others)))
    seen = [first(bench, query, frozenset(rng.sample(ids, size))) for query in foreign]
    return Told(f"{bench.held.name.split()[0]}, {size}", answered, seen)


def queries(benches: Sequence[Bench], encoder: Encoder, cache: Path) -> Iterator[tuple[list[Bench], list[Query]]]:
    """The benches of each set, with what cannot be answered there."""
    texts = [row["text"] for row in lines(OWN / "elsewhere.jsonl")]
    vectors = embed_all(texts, Asking(encoder), cache, done=lambda *_: None)
    sets = [list(some) for _, some in groupby(benches, key=name_of)]
    asked = {
        name_of(some[0]): [(q[0], v) for one in some for q, v in zip(one.held.asked, one.vectors, strict=True)]
        for some in sets
    }
    for some in sets:
        name, script = name_of(some[0]), is_ascii(asked[name_of(some[0])])
        others = [
            query for other, found in asked.items() if other != name and is_ascii(found) == script for query in found
        ]
        yield some, [(text, vectors[text]) for text in texts] if name == OWN.name else others


def name_of(bench: Bench) -> str:
    return bench.held.name.split()[0]


def is_ascii(asked: Sequence[Query]) -> bool:
    """Whether most of them are in Latin letters."""
    return 2 * sum(text.isascii() for text, _ in asked) > len(asked)


def table(found: Sequence[Told]) -> Iterator[str]:
    yield "| set, texts | answers found | of these lost | of those no word holds | shows by words | by meaning alone | texts |"
    yield "|---" * 7 + "|"
    for one in found:
        lost, alone = one.lost(search._NEAR), one.lost(search._NEAR, alone=True)
        by_words, near, number = one.shown(search._NEAR)
        yield f"| {one.name} | {len(one.answered)} | {lost:.3f} | {alone:.3f} | {by_words:.2f} | {near:.2f} | {number:.1f} |"


def choosing(found: Sequence[Told]) -> Iterator[str]:
    yield "| floor | lost | of those no word holds | shows by words | by meaning alone | texts |"
    yield "|---" * 6 + "|"
    for floor in FLOORS:
        lost, alone = (np.mean([one.lost(floor, alone=only) for one in found]) for only in (False, True))
        by_words, near, number = np.mean([one.shown(floor) for one in found], axis=0)
        yield f"| {floor} | {lost:.3f} | {alone:.3f} | {by_words:.2f} | {near:.2f} | {number:.1f} |"


def main() -> None:
    arguments = asked(__doc__, "other floors, over all sets and sizes")
    encoder = make_encoder(arguments.encoder)
    with TemporaryDirectory() as scratch:
        cache = arguments.cache or Path(scratch)
        benches = benches_of(arguments, encoder, cache)
        sets = list(queries(benches, encoder, cache))
    found = [told(some, size, others) for some, others in sets if others for size in SIZES]
    for line in choosing(found) if arguments.choose else table(found):
        print(line, flush=True)


if __name__ == "__main__":
    main()
