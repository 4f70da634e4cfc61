"""A network to measure routing on: domains of Zipf sizes around real embeddings, its experts, and questions."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.encoder import make_encoder
from matching.history import DomainHistory, Loaded
from matching.lexical import Vocabulary
from matching.pool import Pool
from matching.profiles import Answer, Candidate, Pass, Query
from privacy.pseudonyms import new_id

Result = TypeVar("Result")
DOMAINS = 50
TOPICS = 12
DISTINCT = 60
TODAY = 3 * 365.0 + 1.0
CHUNK = 5000
SUBJECTS = ("ニジマス", "マダイ", "ハマチ", "ヒラメ", "ウナギ", "アワビ", "カキ", "ノリ", "クルマエビ", "サケ")
TROUBLES = (
    "白い点が鰓に出て餌を食べなくなった。水温と換水をどう変えればよいか",
    "赤潮の警報が出た朝に給餌をいつ止めるか、酸素の目安を知りたい",
    "網の付着物を洗う間隔と洗浄機の選び方で迷っている",
    "選別のあとに傷がついて死ぬ魚が増えた。密度と麻酔の使い方は",
    "飼料の値上がりに合わせて配合を変えたら成長が落ちた",
    "停電のときの予備電源と酸素発生器の切り替え手順を見直したい",
    "稚魚の奇形が続く。親魚の管理と孵化水温のどちらを疑うべきか",
    "排水の窒素が基準に近い。沈殿槽とろ過のどちらを足すか",
    "見回りの人手が足りず、カメラと水質計で夜を任せたい",
    "出荷前の絶食の日数と身の色の関係を、加工先に説明したい",
)


@dataclass
class World:
    """What is drawn once: centres of meaning, and bigrams with their chances."""

    centres: NDArray[np.float32]
    bigrams: list[str]
    rng: np.random.Generator

    @classmethod
    def make(cls, seed: int) -> "World":
        texts = [f"{subject}の養殖で、{trouble}" for subject in SUBJECTS for trouble in TROUBLES]
        characters = sorted(set("".join(texts)))
        rng = np.random.default_rng(seed)
        bigrams = [a + b for a in characters for b in characters]
        rng.shuffle(bigrams)
        return cls(make_encoder("bundled").passages(texts), bigrams, rng)

    def vectors(self, size: int) -> NDArray[np.float32]:
        """Unit rows (size, d) around the centres, as near to them as two texts on one matter are."""
        near = self.centres[self.rng.integers(0, len(self.centres), size)]
        noise = self.rng.normal(size=near.shape).astype(np.float32) * (0.35 / np.sqrt(near.shape[1]))
        rows = near + noise
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def wordings(self, size: int) -> list[dict[str, int]]:
        """Token counts of `size` texts: the head of Zipf's law is in most texts, as endings and particles are."""
        ranks = np.exp(self.rng.random((size, 2 * DISTINCT)) * np.log(len(self.bigrams))).astype(np.int64) - 1
        names = self.bigrams
        return [{names[rank]: 1 + (rank % 7 == 0) for rank in row[:DISTINCT]} for row in ranks.tolist()]


@dataclass
class Domain:
    """One domain with those who may be asked in it."""

    history: DomainHistory
    pool: Pool
    ids: list[str]
    experts: list[str]
    bare: Any = None

    def answers_to(self, id: str) -> list[Answer]:
        """The answers of a thread, as its history has them."""
        events = self.history.events
        rows, _ = events.rows_of(self.history.threads.of([id]))
        known = zip(events.experts_in(rows).tolist(), events.days_in(rows).tolist(), strict=True)
        return [Answer(events.experts.name[expert], day, accepted=n == 0) for n, (expert, day) in enumerate(known)]

    def question(self, world: World) -> Query:
        """A new question of today."""
        topic = f"topic {world.rng.integers(TOPICS)}"
        return Query(world.vectors(1)[0], world.wordings(1)[0], TODAY, topic)


def sizes(threads: int) -> list[int]:
    """How many threads each domain has, by Zipf's law."""
    shares = 1.0 / np.arange(1, DOMAINS + 1)
    return [max(int(threads * share / shares.sum()), 8) for share in shares]


def fill(
    world: World,
    size: int,
    vocabulary: Vocabulary,
    seen: Callable[[list[Loaded], int], None] = lambda rows, first: None,
) -> Domain:
    """A domain of `size` threads; `seen` gets the threads as they are loaded, and how many came before."""
    history = DomainHistory(world.centres.shape[1], vocabulary)
    domain = Domain(history, Pool(), [], [new_id() for _ in range(max(size // 10, 4))])
    few = np.exp(world.rng.random(size * 3) * np.log(len(domain.experts))).astype(np.int64) - 1
    for start in range(0, size, CHUNK):
        rows = list(_threads(world, domain, range(start, min(start + CHUNK, size)), few, size))
        history.load(rows)
        seen(rows, start)
    history.events.settle()
    circles = max(len(domain.experts) // 40, 4)
    for number, expert in enumerate(domain.experts):
        passed = (Pass(domain.ids[world.rng.integers(size)], TODAY - 30),) if number % 3 == 0 else ()
        declared = frozenset({f"topic {number % TOPICS}"})
        domain.pool.put(
            Candidate(
                expert, f"circle {number % circles}", declared=declared, offers_this_week=int(number % 5 == 0),
                away=number % 17 == 0, passes=passed,
            )
        )  # fmt: skip
    return domain


def _threads(world: World, domain: Domain, numbers: range, few: NDArray[np.int64], size: int) -> Iterator[Loaded]:
    vectors, wordings = world.vectors(len(numbers)), world.wordings(len(numbers))
    for place, number in enumerate(numbers):
        id, day = new_id(), (TODAY - 1) * number / size
        domain.ids.append(id)
        given = [
            Answer(domain.experts[few[3 * number + n]], day + n / 24, accepted=n == 0) for n in range(2 + number % 2)
        ]
        yield Loaded(id, vectors[place], wordings[place], day, f"topic {number % TOPICS}", given)


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What `work` gives, and the seconds of processor time it took."""
    start = time.thread_time()
    result = work()
    return result, time.thread_time() - start
