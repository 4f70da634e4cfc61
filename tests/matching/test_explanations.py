"""Reasons are true: take away what a reason names, and the score is lower."""

import math
import random
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matching.explanations import LEAST, explain, why_not
from matching.history import DomainHistory
from matching.profiles import Answer, Candidate, Query
from matching.results import Reason
from matching.routing import choose_wave, rank, refusal
from matching.signals import NAMES
from matching.supposing import Own
from matching.text import counts
from matching.votes import gather
from matching.weights import prior
from tests.matching.conftest import ANSWERS, ENCODER, THREADS, make_query

Ask = Callable[..., Query]
Answers = Mapping[str, Sequence[Answer]]
CAST = [Candidate(name, circle=f"circle of {name}") for name in ("elder", "pilot", "rigger", "vet")]
TOPICS = ("disease", "water", "nets")
PLAIN = np.array([{"declared": 0.6, "passes": -3.0}.get(name, 0.2) for name in NAMES])
"""Weights under which every signal speaks, whatever the shipped ones are."""


def history_of(answers: Answers) -> DomainHistory:
    made = DomainHistory(ENCODER.dimension)
    for id, given_answers in answers.items():
        text, topic = THREADS[id]
        made.put_thread(id, ENCODER.passages([text])[0], counts(text), 1.0, topic)
        made.put_answers(id, given_answers)
    return made


answers = st.fixed_dictionaries(
    {
        id: st.lists(
            st.builds(
                Answer,
                expert=st.sampled_from([c.expert for c in CAST]),
                day=st.floats(2, 59),
                accepted=st.booleans(),
                worked=st.integers(0, 3),
                length=st.integers(100, 5000),
                delay=st.floats(0, 90),
            ),
            max_size=4,
            unique_by=lambda a: a.expert,
        )
        for id in THREADS
    }
)
people = st.tuples(
    *(
        st.builds(
            replace,
            st.just(c),
            declared=st.frozensets(st.sampled_from(TOPICS)),
            endorsed=st.frozensets(st.sampled_from(TOPICS)),
        )
        for c in CAST
    )
)
queries = st.builds(
    make_query,
    st.sampled_from([text for text, _ in THREADS.values()] + ["白点", "赤潮と酸素", "新しい水車"]),
    topic=st.none() | st.sampled_from(TOPICS),
)
positive = st.lists(st.floats(0, 3), min_size=len(NAMES), max_size=len(NAMES)).map(np.array)


def without(told: Answers, candidate: Candidate, query: Query, reason: Reason) -> tuple[Answers, Candidate]:
    """The world in which the evidence a reason names is not there, written out by hand."""
    me = candidate.expert
    match reason.signal:
        case "declared":
            return told, replace(candidate, declared=candidate.declared - {query.topic})
        case "endorsed":
            return told, replace(candidate, endorsed=candidate.endorsed - {query.topic})
        case "helped":
            return {
                id: [a._replace(accepted=False, worked=0) if a.expert == me else a for a in given_answers]
                for id, given_answers in told.items()
            }, candidate
        case "topic":
            gone = {id for id in told if THREADS[id][1] == query.topic}
        case "active":
            gone = set(told)
        case _:
            gone = set(reason.threads)
    return given_away(told, me, gone), candidate


def given_away(told: Answers, me: str, gone: Container[str]) -> Answers:
    """The same answers, of which those of `me` to `gone` are somebody's who cannot be asked.

    They are of the same day, and as long and as late as the rest are on average: the domain's clock and habits stand.
    """
    left = [a for id, given_answers in told.items() for a in given_answers if a.expert != me or id not in gone]
    length = math.expm1(fmean([math.log1p(a.length) for a in left] or [0.0]))
    delay = math.expm1(fmean([math.log1p(24 * a.delay) for a in left] or [0.0])) / 24
    usual = Answer("somebody else", 0.0, length=round(length), delay=delay)
    return {
        id: [usual._replace(day=a.day) if a.expert == me and id in gone else a for a in given_answers]
        for id, given_answers in told.items()
    }


def lies(
    told: Answers,
    query: Query,
    pool: Sequence[Candidate],
    weights: NDArray[np.float64],
    why: Mapping[str, Sequence[Reason]],
) -> int:
    """How many reasons fail: what they name is not the candidate's, or without it the score is hardly lower."""
    before = {r.expert: r.score for r in rank(history_of(told), query, pool, weights)}
    found = 0
    for place, candidate in enumerate(pool):
        for reason in why[candidate.expert]:
            mine = all(any(a.expert == candidate.expert for a in told[id]) for id in reason.threads)
            less, changed = without(told, candidate, query, reason)
            others = [*pool[:place], changed, *pool[place + 1 :]]
            after = {r.expert: r.score for r in rank(history_of(less), query, others, weights)}
            found += not mine or not after[candidate.expert] < before[candidate.expert] - LEAST / 2
    return found


@settings(max_examples=150, deadline=None)
@given(answers, people, queries, positive)
def test_without_its_evidence_a_reason_leaves_a_lower_score(
    told: Answers, pool: Sequence[Candidate], query: Query, weights: NDArray[np.float64]
) -> None:
    why = explain(history_of(told), query, pool, [c.expert for c in pool], weights)
    assert lies(told, query, pool, weights, why) == 0


def test_an_answer_that_began_the_domain_is_a_reason_by_itself_not_by_its_day() -> None:
    """Taken out with its day, it would move the clock by which everybody's answers age."""
    told = {
        "spots": [],
        "spots2": [Answer("elder", 27.0), Answer("pilot", 27.0), Answer("rigger", 59.0)],
        "tide": [Answer("elder", 27.0), Answer("pilot", 27.0), Answer("rigger", 2.0), Answer("vet", 27.0)],
        "tide2": [],
        "net": [],
    }
    told_to = {"recent": 1.5, "steady": 0.5, "words": 0.25, "words_recent": 1.25, "meaning": 0.0625, "substance": 2.125}
    weights = np.array([told_to.get(name, 0.0) for name in NAMES])
    query = make_query(THREADS["spots"][0])
    why = explain(history_of(told), query, CAST, ["rigger"], weights)
    assert "meaning" in signals_of(why["rigger"])
    assert lies(told, query, CAST, weights, {c.expert: why.get(c.expert, ()) for c in CAST}) == 0


def invented(pool: Sequence[Candidate], seed: int) -> dict[str, tuple[Reason, ...]]:
    """What an explainer says that picks reasons at random."""
    rng = random.Random(seed)
    signals = ("words", "meaning", "topic", "active", "helped", "declared")
    return {c.expert: (Reason(rng.choice(signals), "weak", tuple(rng.sample(list(THREADS), 1))),) for c in pool}


def without_proof(history: DomainHistory, query: Query, pool: Sequence[Candidate]) -> dict[str, tuple[Reason, ...]]:
    """What an explainer says that names whatever there is, whether it counted or not."""
    return {
        c.expert: tuple(
            Reason(signal, "weak") for signal in ("active", "helped") if history.events.threads_of(c.expert)
        )
        for c in pool
    }


def test_an_explainer_that_invents_or_does_not_look_is_caught(history: DomainHistory) -> None:
    query = make_query("白点病が鰓に出ました", topic="disease")
    assert sum(lies(ANSWERS, query, CAST, PLAIN, invented(CAST, seed)) for seed in range(20)) > 20
    assert lies(ANSWERS, query, CAST, PLAIN, without_proof(history, query, CAST)) > 0
    for weights in (PLAIN, prior()):
        why = explain(history, query, CAST, [c.expert for c in CAST], weights)
        assert any(why.values())
        assert lies(ANSWERS, query, CAST, weights, why) == 0


def signals_of(reasons: Sequence[Reason]) -> list[str]:
    return [one.signal for one in reasons]


def test_who_answered_what_is_near_is_told_so_with_the_threads(history: DomainHistory, query: Ask) -> None:
    why = explain(history, query("白点虫の寄生を早く見つけたい", topic="disease"), CAST, ["vet", "rigger"], PLAIN)
    likeness = next(one for one in why["vet"] if one.signal == "words")
    assert likeness.threads == ("spots2", "spots")
    assert likeness.band in {"weak", "medium", "strong"}
    assert {"topic", "words", "meaning"} <= set(signals_of(why["vet"]))
    assert "words" not in signals_of(why["rigger"])


def test_the_strongest_comes_first(history: DomainHistory, query: Ask) -> None:
    order = {"strong": 0, "medium": 1, "weak": 2}
    for reasons in explain(history, query("赤潮 白点", topic="water"), CAST, [c.expert for c in CAST], PLAIN).values():
        bands = [order[one.band] for one in reasons]
        assert bands == sorted(bands)


def test_of_somebody_new_only_what_they_declared_is_said(history: DomainHistory, query: Ask) -> None:
    keen = Candidate("keen", "y", declared=frozenset({"disease"}))
    why = explain(history, query("白点病", topic="disease"), [*CAST, keen], ["keen"], PLAIN)
    assert why["keen"] == (Reason("declared", "weak"),)


def test_what_has_no_weight_is_no_reason(history: DomainHistory, query: Ask) -> None:
    weights = np.where(np.array(NAMES) == "meaning", 1.0, 0.0)
    why = explain(history, query("白点病", topic="disease"), CAST, ["vet"], weights)
    assert signals_of(why["vet"]) == ["meaning"]


def test_reasons_are_the_same_again_and_after_rebuilding(
    history: DomainHistory, history_of: Callable[[list[str]], DomainHistory], query: Ask
) -> None:
    asked, everybody = query("赤潮と白点", topic="water"), [c.expert for c in CAST]
    first = explain(history, asked, CAST, everybody)
    ranked = rank(history, asked, CAST)
    assert explain(history, asked, CAST, everybody) == first
    assert explain(history_of(["net", "tide2", "spots", "tide", "spots2"]), asked, CAST, everybody) == first
    assert rank(history, asked, CAST) == ranked


def test_what_somebody_shows_alone_is_what_they_show_among_all(history: DomainHistory, query: Ask) -> None:
    asked, none = query("白点病と赤潮", topic="disease"), np.zeros(0, dtype=np.int64)
    among = gather(history, asked, CAST)
    before = rank(history, asked, CAST)
    for place, candidate in enumerate(CAST):
        own = Own.of(history, asked, among.near, candidate.expert)
        mine = own.left(gone=none, unhelped=none)
        assert mine.table[:, 0] == pytest.approx(among.table[:, place])
        assert mine.helped[0] == pytest.approx(among.helped[place])
        assert mine.habits[:, 0] == pytest.approx(among.habits[:, place])
        left = own.left(gone=np.unique(own.threads), unhelped=none)
        assert not left.table.any()
    assert rank(history, asked, CAST) == before


def test_why_somebody_was_not_chosen_is_known_to_who_runs_a_replay(history: DomainHistory, query: Ask) -> None:
    pool = [*CAST, Candidate("second", circle="circle of vet"), Candidate("away", circle="z", away=True)]
    refusals = {c.expert: why for c in pool if (why := refusal(c, excluded_circles=(), already_asked=()))}
    open_to = [c for c in pool if c.expert not in refusals]
    ranked = rank(history, query("白点"), open_to, np.where(np.array(NAMES) == "words", 1.0, 0.0))
    wave = choose_wave(ranked, open_to, 1, rng=random.Random(1))
    said = {c.expert: why_not(c.expert, refusals, ranked, open_to, wave) for c in pool}
    assert [one.expert for one in wave] == ["vet"]
    assert said["vet"] is None
    assert (said["away"], said["second"]) == ("away", "circle of vet")
    assert said["elder"] == "behind: 2"
    assert why_not("nobody", refusals, ranked, open_to, wave) == "unknown"
