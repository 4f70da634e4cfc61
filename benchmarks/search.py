"""Does search find it? `search.py [--encoder SPEC] [--cache FOLDER] [--choose] [FOLDER...]`

A folder with docs.jsonl, queries.jsonl and qrels.jsonl is one set (one for each `kind` of its queries); a community with
questions.jsonl makes three, in which the thread is the answer: its title asked of the bodies, four of its words (or
twelve characters) in a row, and two of its rare words. Without folders: `search_set` beside this file, written for it.

The even queries of each set chose the constants of `matching.search` (`--choose` prints them under other exponents); the
odd ones are the table. nDCG@10 and mean reciprocal rank of BM25 alone, embeddings alone, their sum after z-scores,
reciprocal rank fusion (Cormack et al. 2009, k = 60) and ours; then ours less the better of its two parts, by nDCG@10,
with the 95 % interval of a paired bootstrap.
"""

import argparse
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.history.cache import embed_all
from matching import search
from matching.encoder import Encoder, Matrix, make_encoder
from matching.history import DomainHistory
from matching.quality import paired_bootstrap
from matching.rows import parse_question, vector_text
from matching.text import counts

OWN = Path(__file__).with_name("search_set")
ASKED = 260  # threads of a community that are looked for
WORD = re.compile(r"[ァ-ヶー]{3,}|[一-鿿]{2,4}|[A-Za-z][A-Za-z0-9'.-]{3,}")
SHARPNESS = (1, 2, 3, 4, 6, 8)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Collected:
    """Texts, and what is asked of them: query, and the numbers of the texts that answer it."""

    name: str
    texts: list[str]
    heads: list[str]  # what is embedded
    asked: list[tuple[str, frozenset[int]]]


@dataclass(frozen=True)
class Asking:
    """An encoder's queries under a name of their own, so that their vectors can be kept beside those of passages."""

    encoder: Encoder

    @property
    def name(self) -> str:
        return f"{self.encoder.name}:queries"

    @property
    def dimension(self) -> int:
        return self.encoder.dimension

    def queries(self, texts: Sequence[str]) -> Matrix:
        return self.encoder.queries(texts)

    passages = queries


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def collect(folder: Path) -> Iterator[Collected]:
    yield from retrieval(folder) if (folder / "qrels.jsonl").exists() else community(folder)


def retrieval(folder: Path) -> Iterator[Collected]:
    docs = list(lines(folder / "docs.jsonl"))
    texts = ["\n".join(filter(None, (doc.get("title"), doc["text"]))) for doc in docs]
    place = {doc["id"]: number for number, doc in enumerate(docs)}
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in lines(folder / "qrels.jsonl"):
        wanted[row["query_id"]].add(place[row["doc_id"]])
    kinds: dict[str, list[tuple[str, frozenset[int]]]] = defaultdict(list)
    for query in lines(folder / "queries.jsonl"):
        if wanted[query["id"]]:
            kinds[query.get("kind", "")].append((query["text"], frozenset(wanted[query["id"]])))
    for kind, asked in kinds.items():
        yield Collected(f"{folder.name} {kind}".strip(), texts, [text[:1000] for text in texts], asked)


def community(folder: Path) -> Iterator[Collected]:
    rows = [parse_question(row) for row in lines(folder / "questions.jsonl")]
    bodies = [(row, row.body.removeprefix(row.title).strip()) for row in rows]
    kept = [(row, body) for row, body in bodies if len(body) >= 40]
    texts = [body for _, body in kept]
    heads = [vector_text(parse_question({"id": "x", "title": "", "body": text, "created": 0})) for text in texts]
    rng = random.Random(5)
    chosen = rng.sample(range(len(kept)), min(ASKED, len(kept)))
    ways: dict[str, Callable[[int], str]] = {
        "title": lambda n: kept[n][0].title[:80],
        "phrase": lambda n: phrase(texts[n], rng),
        "rare words": lambda n: rare(texts[n], holders),
    }
    holders = dict[str, int]()
    for text in texts:
        for token in counts(text):
            holders[token] = holders.get(token, 0) + 1
    for way, query in ways.items():
        yield Collected(f"{folder.name} {way}", texts, heads, [(query(n), frozenset({n})) for n in chosen])


def phrase(text: str, rng: random.Random) -> str:
    """Four words in a row of the first 600 characters, or twelve where the script has no spaces."""
    flat = " ".join(text.split())[:600]
    parts, width, glue = (flat.split(), 4, " ") if flat.isascii() or flat.count(" ") > 60 else (list(flat), 12, "")
    start = rng.randrange(max(1, len(parts) - width))
    return glue.join(parts[start : start + width])


def rare(text: str, holders: Mapping[str, int]) -> str:
    """The second and third rarest of its words: the rarest is often a slip of the pen."""
    words = sorted(set(WORD.findall(text[:600])), key=lambda w: (least(w, holders), w))
    return " ".join(words[1:3]) or text[:10]


def least(word: str, holders: Mapping[str, int]) -> int:
    return min((holders.get(token, 0) for token in counts(word)), default=1 << 30)


class Bench:
    """One set, embedded, with every way of ranking it."""

    def __init__(self, held: Collected, encoder: Encoder, cache: Path) -> None:
        passages = embed_all(held.heads, encoder, cache, done=lambda *_: None)
        queries = embed_all([text for text, _ in held.asked], Asking(encoder), cache, done=lambda *_: None)
        self.held = held
        self.rows = np.stack([passages[head] for head in held.heads])
        self.vectors = [queries[text] for text, _ in held.asked]
        self.history = DomainHistory(encoder.dimension)
        for number, text in enumerate(held.texts):
            self.history.put_thread(str(number), self.rows[number], counts(text), 0.0)

    def words(self, query: int) -> Floats:
        found = np.zeros(len(self.rows))
        for id, score in self.history.words.scores(counts(self.held.asked[query][0])).items():
            found[int(id)] = score
        return found

    def meaning(self, query: int) -> Floats:
        return (self.rows @ self.vectors[query]).astype(np.float64)

    def ours(self, query: int) -> Floats:
        found = np.zeros(len(self.rows))
        asked = [counts(self.held.asked[query][0])]
        for id, score in search.similar([self.history], self.vectors[query], asked, len(self.rows)):
            found[int(id)] = score
        return found

    def sum(self, query: int) -> Floats:
        return standard(self.words(query)) + standard(self.meaning(query))

    def reciprocal(self, query: int) -> Floats:
        return 1 / (60 + ranks(self.words(query))) + 1 / (60 + ranks(self.meaning(query)))

    def measure(self, way: Callable[[int], Floats], half: int) -> tuple[Floats, Floats]:
        """nDCG@10 and reciprocal rank of every second query."""
        numbers = range(half, len(self.held.asked), 2)
        found = [scored(ranks(way(number)), self.held.asked[number][1]) for number in numbers]
        return np.array([one[0] for one in found]), np.array([one[1] for one in found])


def standard(scores: Floats) -> Floats:
    spread: Floats = (scores - scores.mean()) / max(float(scores.std()), 1e-9)
    return spread


def ranks(scores: Floats) -> NDArray[np.int64]:
    """Place of each text, from 1; equals in the order of their numbers."""
    places = np.empty(len(scores), dtype=np.int64)
    places[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return places


def scored(places: NDArray[np.int64], wanted: frozenset[int]) -> tuple[float, float]:
    """nDCG@10 (Järvelin and Kekäläinen 2002) and reciprocal rank."""
    found = sorted(int(places[number]) for number in wanted)
    best = sum(1 / np.log2(place + 1) for place in range(1, min(len(wanted), 10) + 1))
    return float(sum(1 / np.log2(place + 1) for place in found if place <= 10) / best), 1 / found[0]


def table(benches: Sequence[Bench]) -> Iterator[str]:
    yield "| set (queries) | BM25 | embeddings | z-sum | RRF | ours | ours less the better part |"
    yield "|---" * 7 + "|"
    for bench in benches:
        ways = (bench.words, bench.meaning, bench.sum, bench.reciprocal, bench.ours)
        found = [bench.measure(way, half=1) for way in ways]
        better = max(found[:2], key=lambda one: float(one[0].mean()))
        gap = paired_bootstrap(found[-1][0], better[0], seed=7, resamples=4000)
        cells = " | ".join(f"{ndcg.mean():.3f} / {rank.mean():.3f}" for ndcg, rank in found)
        name = f"{bench.held.name} ({len(found[0][0])})"
        yield f"| {name} | {cells} | {gap.mean:+.3f} [{gap.low:+.3f}, {gap.high:+.3f}] |"


def choosing(benches: Sequence[Bench]) -> Iterator[str]:
    """The even queries under other exponents of the words' share: nDCG@10."""
    yield "| set | BM25 | embeddings | " + " | ".join(f"share^{one}" for one in SHARPNESS) + " |"
    yield "|---" * (len(SHARPNESS) + 3) + "|"
    for bench in benches:
        cells = [float(bench.measure(way, half=0)[0].mean()) for way in (bench.words, bench.meaning)]
        for one in SHARPNESS:
            search._SHARPNESS = one
            cells.append(float(bench.measure(bench.ours, half=0)[0].mean()))
        yield f"| {bench.held.name} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |"


def speed(bench: Bench, encoder: Encoder) -> str:
    """The two costs of one search: encoding what was typed, and searching."""
    texts, took = [text for text, _ in bench.held.asked][:50], []
    for number, text in enumerate(texts):
        started = time.perf_counter()
        encoder.queries([text])
        encoded = time.perf_counter()
        bench.ours(number)
        took.append((1000 * (encoded - started), 1000 * (time.perf_counter() - encoded)))
    encoding, searching = np.percentile(np.array(took), 95, axis=0)
    return (
        f"p95 over {bench.held.name}: encoding {encoding:.0f} ms, search of {len(bench.rows)} texts {searching:.1f} ms"
    )


def asked(about: str | None, choose: str) -> argparse.Namespace:
    """What the command line says: folders, encoder, cache, and whether to `choose`."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", default=[OWN])
    parser.add_argument("--encoder", default="bundled", help="bundled, hash or sentence-transformers:NAME_OR_FOLDER")
    parser.add_argument("--cache", type=Path, help="keeps vectors here for the next run")
    parser.add_argument("--choose", action="store_true", help=choose)
    return parser.parse_args()


def benches_of(arguments: argparse.Namespace, encoder: Encoder, cache: Path) -> list[Bench]:
    """A bench for each set in the folders."""
    return [Bench(held, encoder, cache) for folder in arguments.folders for held in collect(folder)]


def main() -> None:
    arguments = asked(__doc__, "the even queries, under other constants")
    encoder = make_encoder(arguments.encoder)
    with TemporaryDirectory() as scratch:
        benches = benches_of(arguments, encoder, arguments.cache or Path(scratch))
    for line in choosing(benches) if arguments.choose else table(benches):
        print(line, flush=True)
    print(speed(benches[0], encoder))


if __name__ == "__main__":
    main()
