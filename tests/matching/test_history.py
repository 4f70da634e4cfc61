import pickle
from collections.abc import Callable

import numpy as np
import pytest

from matching.history import DomainHistory
from matching.index import WrongShapeError
from matching.profiles import Answer, Candidate, Query
from matching.routing import rank
from matching.search import similar

Ask = Callable[..., Query]
CAST = [Candidate(name, name) for name in ("elder", "pilot", "rigger", "vet")]


def nearest(history: DomainHistory, query: Query) -> list[tuple[str, float]]:
    return similar([history], query.vector, [query.counts], 5)


def test_removing_a_thread_is_as_if_it_never_was(
    history: DomainHistory, history_of: Callable[[list[str]], DomainHistory], query: Ask
) -> None:
    history.remove_thread("tide")
    history.remove_thread("tide")
    never = history_of(["net", "tide2", "spots2", "spots"])
    asked = query("赤潮の警報", topic="water")
    assert nearest(history, asked) == nearest(never, asked)
    for ours, theirs in zip(rank(history, asked, CAST), rank(never, asked, CAST), strict=True):
        assert ours.expert == theirs.expert
        assert (ours.tried, ours.fits) == (theirs.tried, theirs.fits)
        assert ours.score == pytest.approx(theirs.score)


def test_removal_leaves_no_trace(history: DomainHistory) -> None:
    secret = history.vectors.vector("net").astype(np.float16)  # as it is kept
    traces = (
        secret.tobytes(),
        secret[:20].tobytes(),
        b"net",
        b"rigger",
        b"nets",
        "付着".encode(),
    )
    assert all(trace in pickle.dumps(history) for trace in traces)
    history.remove_thread("net")
    assert not any(trace in pickle.dumps(history) for trace in traces)


def test_forgetting_an_expert_keeps_the_threads(history: DomainHistory) -> None:
    history.forget_expert("vet")
    assert "spots" in history
    assert history.events.experts_of("spots") == {"elder"}
    assert "vet" not in history.events.experts.number


def test_answers_are_replaced(history: DomainHistory) -> None:
    history.put_answers("net", [Answer("vet", 31.0)])
    assert history.events.experts_of("net") == {"vet"}
    assert "rigger" not in history.events.experts.number


def test_a_replaced_thread_moves_topic_and_keeps_answers(history: DomainHistory) -> None:
    history.put_thread("net", history.vectors.vector("spots"), {"白点": 1}, 30.0, "disease")
    assert "net" in history.threads_on("disease")
    assert history.threads_on("nets") == frozenset()
    assert history.events.experts_of("net") == {"rigger"}


def test_answers_need_their_thread(history: DomainHistory) -> None:
    with pytest.raises(KeyError):
        history.put_answers("nowhere", [Answer("vet", 1.0)])


def test_a_refused_vector_changes_nothing(history: DomainHistory) -> None:
    before = history.get_thread("net")
    with pytest.raises(WrongShapeError):
        history.put_thread("net", [1.0], {"x": 1}, 99.0, "other")
    assert history.get_thread("net") == before
    assert "net" in history.threads_on("nets")
    assert "x" not in set(history.words.vocabulary)


def test_the_answers_on_a_topic_are_known_through_every_change(history: DomainHistory) -> None:
    def told() -> set[str]:
        threads = history.events.timeline.threads[history.on_topic("disease")]
        return {history.threads.name[thread] for thread in threads.tolist()}

    def true() -> set[str]:
        return {id for id in history.threads_on("disease") if history.events.experts_of(id)}

    def retold(id: str, topic: str | None) -> None:
        history.put_thread(id, history.vectors.vector(id), {"a": 1}, 1.0, topic)

    assert told() == true() != set()
    retold("net", "disease")
    assert told() == true() >= {"net"}
    history.put_answers("tide", [Answer("late", 900.0)])
    retold("tide", "disease")
    assert told() == true() >= {"net", "tide"}
    history.erase(["spots"])
    assert told() == true()
    retold("net", None)
    assert told() == true() >= {"tide"}
    assert "net" not in told()
