import math
import pickle
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.lexical import LexicalIndex
from matching.text import counts

texts = st.dictionaries(st.sampled_from("甲乙丙丁戊己"), st.integers(0, 4), max_size=6)
steps = st.lists(st.tuples(st.sampled_from("abcdefgh"), texts | st.none()), max_size=40)


@settings(max_examples=80, deadline=None)
@given(steps, texts)
def test_a_changed_index_answers_like_a_rebuilt_one(
    changes: list[tuple[str, dict[str, int] | None]], query: dict[str, int]
) -> None:
    index, held = LexicalIndex(), dict[str, dict[str, int]]()
    for id, words in changes:
        if words is None:
            index.remove(id)
            held.pop(id, None)
        else:
            index.put(id, words)
            held[id] = words
    rebuilt = LexicalIndex()
    for id, words in held.items():
        rebuilt.put(id, words)
    assert set(index.ids) == set(held)
    assert index.scores(query) == rebuilt.scores(query)
    assert index.top(query, 3) == sorted(index.scores(query).items(), key=lambda hit: (-hit[1], hit[0]))[:3]


def test_the_score_is_bm25() -> None:
    index = LexicalIndex()
    index.put("a", {"赤潮": 2, "網": 2})
    index.put("b", {"網": 2})
    rarity = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    expected = rarity * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 4 / 3))
    assert index.scores({"赤潮": 1}) == {"a": pytest.approx(expected)}


@pytest.mark.parametrize("word", ["白点", "赤潮"])
def test_two_character_words_are_found(word: str) -> None:
    index = LexicalIndex()
    index.put("with", counts(f"生簀で{word}らしいものを見ました"))
    index.put("without", counts("飼料の値上がりについて"))
    assert [id for id, _ in index.top(counts(word), 5)] == ["with"]


def test_removal_leaves_nothing() -> None:
    index = LexicalIndex()
    index.put("keep", {"網": 1})
    index.put("gone", {"網": 1, "秘密": 3})
    index.remove("gone")
    index.remove("gone")
    assert b"gone" not in pickle.dumps(index)
    assert "秘密".encode() not in pickle.dumps(index)
    assert "網".encode() in pickle.dumps(index)
    assert index.scores({"秘密": 1, "網": 1}).keys() == {"keep"}


def test_an_empty_index_and_an_empty_query_answer() -> None:
    index = LexicalIndex()
    assert index.scores({"網": 1}) == {}
    index.put("empty", {})
    assert index.scores({"網": 1}) == {}
    assert index.top({}, 3) == []
    assert "empty" in index


def test_it_grows_past_its_first_room() -> None:
    index = LexicalIndex()
    for n in range(200):
        index.put(f"t{n}", {"網": 1, f"w{n}": 1})
    assert index.top({"w150": 1}, 1)[0][0] == "t150"
    assert len(index.scores({"網": 1})) == 200


def test_postings_for_search() -> None:
    index = LexicalIndex()
    index.put("a", {"白点": 2, "水温": 1})
    index.put("b", {"水温": 3})
    index.put("c", {"水温": 1})
    index.remove("c")
    slots, times = index.holders("水温")
    assert dict(zip(slots.tolist(), times.tolist(), strict=True)) == {
        index.names.number["a"]: 1,
        index.names.number["b"]: 3,
    }
    assert [index.lengths[index.names.number[id]] for id in "ab"] == [3, 3]
    assert set(index.vocabulary) == {"白点", "水温"}
    assert len(index.holders("赤潮")[0]) == 0


@pytest.mark.parametrize("k", [1, 20, 300])
def test_leaving_common_tokens_to_those_who_can_still_win_changes_nothing(k: int) -> None:
    draw = random.Random(k)
    zipf = [1 / rank for rank in range(1, 400)]

    def text() -> dict[str, int]:
        return {f"w{n}": draw.choice((1, 1, 1, 2, 9)) for n in draw.choices(range(399), zipf, k=draw.choice((5, 30)))}

    index = LexicalIndex()
    index.load([f"t{n}" for n in range(4500)], [text() for _ in range(4500)])
    for change in range(3):
        for _ in range(6):
            query = text()
            assert index.top(query, k) == sorted(index.scores(query).items(), key=lambda hit: (-hit[1], hit[0]))[:k]
        index.erase([f"t{n}" for n in range(change * 100, change * 100 + 50)])
        for n in range(40):
            index.put(f"new{change}-{n}", text() | {"w1": 200})
