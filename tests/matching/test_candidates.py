"""A shortlist is a list: whatever is asked of candidates, the columns answer as a look at each of them does."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from matching.assignment import Waiting, assign
from matching.candidates import LEADING, declared, leading
from matching.explanations import explain
from matching.history import DomainHistory
from matching.pool import Pool, Shortlist
from matching.profiles import Answer, Candidate, Limits, Pass, Query
from matching.routing import eligible, rank, rank_wide
from matching.signals import NAMES, columns, unknown
from matching.votes import gather
from tests.matching.conftest import THREADS

Ask = Callable[..., Query]
SIZE = 300


def crowd(seed: int, name: str = "e") -> list[Candidate]:
    draw = random.Random(seed)
    return [
        Candidate(
            f"{name}{n}", circle=f"c{draw.randrange(60)}", capacity=draw.choice((1, 3, 5)),
            offers_this_week=draw.choice((0, 0, 0, 1)), open_offers=draw.choice((0, 0, 2, 5)),
            last_offer_day=draw.choice((None, 3.0, 57.0)), away=draw.random() < 0.1,
            declared=frozenset(draw.sample(("disease", "water", "nets"), draw.randrange(3))),
            endorsed=frozenset({"disease"} if draw.random() < 0.05 else ()),
            passes=(Pass("spots", 5.0),) if draw.random() < 0.1 else (),
        )
        for n in range(SIZE)
    ]  # fmt: skip


def busy(history: DomainHistory, people: Sequence[Candidate], seed: int) -> DomainHistory:
    draw = random.Random(seed)
    for id in THREADS:
        some = draw.sample(people, 60)
        history.put_answers(id, [Answer(one.expert, draw.uniform(2, 59), draw.random() < 0.3) for one in some])
    return history


def shuffled_pool(people: Sequence[Candidate]) -> Shortlist:
    """The same people, some of whom came, went and changed before."""
    pool = Pool(replace(one, circle="another", capacity=0, declared=frozenset({"fry"})) for one in people[::3])
    for one in people[::6]:
        pool.remove(one.expert)
    for one in random.Random(1).sample(people, len(people)):
        pool.put(one)
    return pool.everybody


@pytest.mark.parametrize("seed", range(3))
def test_the_same_are_asked_for_the_same_reasons(
    seed: int, history_of: Callable[[list[str]], DomainHistory], query: Ask
) -> None:
    own, near = crowd(seed), crowd(seed + 10, "n")
    histories = {"a": busy(history_of(list(THREADS)), own, seed), "b": busy(history_of(list(THREADS)), near, seed)}
    asked = replace(query("白点病が鰓に出ました", topic="disease"), subject="a")

    def able(people: Sequence[Candidate]) -> Sequence[Candidate]:
        return eligible(people, excluded_circles={"c1", "c2"}, already_asked={"e5"}, limits=Limits(), thread="spots")

    listed = [able(own), able(near)]
    short = [able(shuffled_pool(own)), able(shuffled_pool(near))]
    assert [{one.expert for one in found} for found in short] == [{one.expert for one in found} for found in listed]
    one, other = rank(histories["a"], asked, listed[0]), rank(histories["a"], asked, short[0])
    assert len(other) < len(one)
    assert close(one[:LEADING], other[:LEADING])
    wide = [rank_wide(histories.__getitem__, asked, {"a": a, "b": b}) for a, b in (listed, short)]
    assert close(wide[0][:LEADING], wide[1][:LEADING])
    odds = [sum(np.exp(r.score - found[0].score) for r in found) + found.rest for found in wide]
    assert odds[0] == pytest.approx(odds[1])
    waves = [
        assign([Waiting(found, [*a, *b], 3)], rng=random.Random(4), day=60.0)[0]
        for found, (a, b) in zip(wide, (listed, short), strict=True)
    ]
    assert len(waves[0]) == 3
    assert [c.expert for c in waves[0] if not c.exploring] == [c.expert for c in waves[1] if not c.exploring]
    why = [explain(histories["a"], asked, people, [r.expert for r in one[:3]]) for people in (listed[0], short[0])]
    assert any(why[0].values())
    assert why[0] == why[1]


def close(one: Sequence[object], other: Sequence[object]) -> bool:
    return [replace(r, score=round(r.score, 9)) for r in one] == [replace(r, score=round(r.score, 9)) for r in other]  # type: ignore[type-var,attr-defined]


def test_of_the_unknown_the_signals_say_the_least(history: DomainHistory, query: Ask) -> None:
    people = [Candidate("vet", "1"), Candidate("pilot", "2"), Candidate("nobody", "3")]
    asked = query("白点病", topic="disease")
    matrix = columns(gather(history, asked, people), history, asked, people)
    assert unknown(3).shape == (len(NAMES),)
    assert matrix[2] == pytest.approx(unknown(3))


def test_a_circle_is_forgotten_with_its_last_member() -> None:
    pool = Pool([Candidate("a", "x"), Candidate("b", "x"), Candidate("c", "y")])
    pool.remove("a")
    assert "x" in pool._circles.number
    pool.remove("b")
    assert "x" not in pool._circles.number
    pool.put(Candidate("d", "z"))
    assert pool.refused(excluded_circles={"x"}, already_asked=(), limits=Limits(), thread=None).tolist() == [False] * 2
    assert pool.refused(excluded_circles={"z"}, already_asked=(), limits=Limits(), thread=None).sum() == 1


@pytest.mark.parametrize("size", [40, 300, 520, 5000])
def test_the_best_and_the_best_untested_lead(size: int) -> None:
    draw = np.random.default_rng(size)
    pool = Pool(Candidate(f"e{n:04}", f"c{n % 40}", last_offer_day=float(n % 3)) for n in range(size))
    scores, untested = draw.integers(0, size // 4, size).astype(float), draw.random(size) < 0.3
    order = sorted(range(size), key=lambda n: (-scores[n], n % 3, n))
    found = set(leading(pool.everybody, scores, untested).tolist())
    assert found >= {*order[:LEADING], *[n for n in order if untested[n]][:LEADING]}
    assert len(found) <= 2 * LEADING + 16


def test_a_topic_is_declared_by_those_who_declare_it_now() -> None:
    people = [Candidate(f"e{n}", "c", declared=frozenset({"nets"} if n % 2 else {"water"})) for n in range(50)]
    pool = Pool(people)
    pool.put(replace(people[1], declared=frozenset()))
    pool.remove("e49")
    pool.put(Candidate("new", "c", declared=frozenset({"fry"})))
    pool.remove("e3")  # whose row the last one takes
    for topic in ("nets", "water", "fry", "other"):
        assert declared(pool.everybody, topic).tolist() == [topic in one.declared for one in pool.everybody]
