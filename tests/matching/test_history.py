from collections.abc import Callable

import numpy as np
import pytest

from matching.history import DomainHistory
from matching.index import WrongShapeError
from matching.profiles import Answer, Candidate, Query
from matching.routing import rank

Ask = Callable[..., Query]
CAST = [Candidate(name, name) for name in ("elder", "pilot", "rigger", "vet")]


@pytest.mark.parametrize(("word", "threads"), [("白点", {"spots", "spots2"}), ("赤潮", {"tide", "tide2"})])
def test_two_character_words_come_first(history: DomainHistory, query: Ask, word: str, threads: set[str]) -> None:
    found = [id for id, _ in history.similar(query(word), 5)]
    assert set(found[:2]) == threads


def test_the_same_text_scores_highest(history: DomainHistory, query: Ask) -> None:
    found = history.similar(query("網の付着物を洗う間隔と洗浄機の選び方"), 3)
    assert found[0][0] == "net"
    assert found[0][1] > 0.9
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_only_what_is_allowed_is_found(history: DomainHistory, query: Ask) -> None:
    found = history.similar(query("赤潮の朝"), 5, allowed=lambda id: id == "tide2")
    assert [id for id, _ in found] == ["tide2"]


def test_meaning_alone_and_words_alone_both_find(history: DomainHistory, query: Ask) -> None:
    asked = query("白点病")
    wordless = Query(asked.vector, {}, asked.day)
    assert history.similar(wordless, 1)[0][0] in {"spots", "spots2"}
    elsewhere = query("zzz")
    meaningless = Query(elsewhere.vector, asked.counts, asked.day)
    assert "spots" in dict(history.similar(meaningless, 5))


def test_nothing_is_similar_in_an_empty_domain(query: Ask) -> None:
    assert DomainHistory(96).similar(query("白点"), 5) == []


def test_removing_a_thread_is_as_if_it_never_was(
    history: DomainHistory, history_of: Callable[[list[str]], DomainHistory], query: Ask
) -> None:
    history.remove_thread("tide")
    history.remove_thread("tide")
    never = history_of(["net", "tide2", "spots2", "spots"])
    asked = query("赤潮の警報", topic="water")
    assert history.similar(asked, 5) == never.similar(asked, 5)
    for ours, theirs in zip(rank(history, asked, CAST), rank(never, asked, CAST), strict=True):
        assert ours.expert == theirs.expert
        assert ours.reasons == theirs.reasons
        assert ours.score == pytest.approx(theirs.score)


def test_removal_leaves_no_trace(history: DomainHistory) -> None:
    secret = history.vectors.vector("net")
    history.remove_thread("net")
    parts = (history, history.vectors, history.words, history.events, history.events.experts, history.events.threads)
    for part in parts:
        for value in vars(part).values():
            assert "'net'" not in repr(value)
            assert "rigger" not in repr(value)
    assert "nets" not in repr(history._topics)
    flat = history.vectors._faiss.index
    assert not any(np.array_equal(row, secret) for row in flat.reconstruct_n(0, flat.ntotal))


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
    assert "x" not in history.words._slots
