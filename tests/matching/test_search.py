"""Search: words and meaning, what may be read, and that nothing else shows."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import search
from matching.history import DomainHistory
from matching.rewording import reword
from matching.search import find, floor, similar
from matching.text import counts, words
from tests.matching.conftest import ENCODER

Hits = list[tuple[str, float]]

WORDS = ("白点", "赤潮", "酸欠", "給餌", "網替", "水温", "鰓腐", "選別")
KANA = st.text(alphabet="のにをはがとてでもへや", min_size=1, max_size=12)
SENTENCES = st.lists(st.one_of(st.sampled_from(WORDS), KANA), min_size=1, max_size=8).map("".join)
POOLS = st.lists(SENTENCES, min_size=1, max_size=12)


def shelf_of(texts: Sequence[str], names: str = "t") -> DomainHistory:
    made = DomainHistory(ENCODER.dimension)
    for number, text in enumerate(texts):
        made.put_thread(f"{names}{number}", ENCODER.passages([text])[0], counts(text), 0.0)
    return made


def ask(shelves: Sequence[DomainHistory], text: str, k: int = 100, allowed: frozenset[str] | None = None) -> Hits:
    return similar(shelves, ENCODER.queries([text])[0], [counts(text)], k, allowed)


def names(hits: Hits) -> list[str]:
    return [name for name, _ in hits]


@settings(max_examples=60, deadline=None)
@given(POOLS, st.sampled_from(WORDS), st.floats(0, 6.28))
def test_a_two_character_word_is_found_as_typed_whatever_the_meaning_says(
    texts: list[str], word: str, angle: float
) -> None:
    shelf = shelf_of(texts)
    odd = np.cos(angle + np.arange(ENCODER.dimension)).astype(np.float32)
    found = names(similar([shelf], odd / np.linalg.norm(odd), [counts(word)], len(texts)))
    holding = {f"t{number}" for number, text in enumerate(texts) if word in text}
    assert set(found[: len(holding)]) == holding


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("鯛", "真鯛の体色が黒ずむ"),
        ("鯛", "鯛 の体色"),
        ("ﾊﾀﾞﾑｼ", "ハダムシの駆除"),
        ("はだむし", "ハダムシの駆除"),
        ("ＡＦ－３５０", "給餌機AF-350の詰まり"),
        ("af350", "給餌機AF-350の詰まり"),
        ("AF-350", "給餌機ＡＦ３５０の詰まり"),
        ("do計", "ＤＯ計の膜"),
        ("lp-4410", "Lift pump LP-4410 runs dry"),
    ],
)
def test_spellings_of_one_word(typed: str, written: str) -> None:
    shelf = shelf_of(["赤潮の朝の見回り", "給餌機AF-530の制御盤 LP-4400", written, "網の付着物を洗う", "銅の濃度計"])
    assert names(ask([shelf], typed))[0] == "t2"


def test_meaning_decides_where_no_text_holds_the_words() -> None:
    shelf = shelf_of(["白点病の薬", "網の付着物", "赤潮の朝"])
    near = ENCODER.passages(["網の付着物"])[0]
    assert names(similar([shelf], near, [counts("whatever")], 1)) == ["t1"]


def test_the_same_text_is_first_and_scores_are_ordered() -> None:
    texts = ["白点病の薬", "網の付着物を洗う間隔", "赤潮の朝の見回り", "白点と赤潮"]
    found = ask([shelf_of(texts)], texts[1])
    assert found[0][0] == "t1"
    assert found[0][1] > 2
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert all(0 < score <= 4 for _, score in found)


def test_nothing_in_nothing() -> None:
    assert ask([], "白点") == []
    assert ask([shelf_of([])], "白点") == []
    assert ask([shelf_of(["白点"])], "白点", k=0) == []
    assert ask([shelf_of(["白点"])], "白点", allowed=frozenset()) == []
    assert names(ask([shelf_of(["白点", ""])], "")) != ["t1", "t0", "t2"]


@settings(max_examples=60, deadline=None)
@given(POOLS, SENTENCES, st.data())
def test_what_may_not_be_read_changes_nothing(texts: list[str], asked: str, data: st.DataObject) -> None:
    """The answer with hidden texts in the index is, score by score, the answer of an index that never held them."""
    shelf = shelf_of(texts)
    seen = frozenset(data.draw(st.sets(st.sampled_from([f"t{number}" for number in range(len(texts))]))))
    never = shelf_of(texts)
    for id in set(never.ids) - seen:
        never.remove_thread(id)
    assert ask([shelf], asked, allowed=seen) == ask([never], asked)


@settings(max_examples=40, deadline=None)
@given(POOLS, POOLS, SENTENCES, st.integers(1, 5))
def test_several_collections_answer_as_one(one: list[str], other: list[str], asked: str, k: int) -> None:
    together = shelf_of(one, "a")
    for number, text in enumerate(other):
        together.put_thread(f"b{number}", ENCODER.passages([text])[0], counts(text), 0.0)
    assert ask([shelf_of(one, "a"), shelf_of(other, "b")], asked, k) == ask([together], asked, k)


def test_the_cut_does_not_change_the_answer() -> None:
    rng = np.random.default_rng(4)
    texts = ["".join(rng.choice(WORDS, rng.integers(1, 6))) + f" n{number}" for number in range(700)]
    shelf = shelf_of(texts)
    for asked in ("白点", "赤潮と酸欠", "n17 水温", "朝の見回り", "給餌 選別 網替"):
        every = ask([shelf], asked, len(texts))
        for k in (1, 5, 20):
            assert ask([shelf], asked, k) == every[:k]


def order_tells(word: str, hidden: str) -> bool:
    """A prober's attack: two texts of one's own in balance on two words, and whether a hidden one tips them over."""
    own = [f"{word}の", "酸欠の"] + ["給餌の朝"] * 6
    seen = frozenset(f"t{number}" for number in range(len(own)))
    nothing = np.eye(1, ENCODER.dimension, dtype=np.float32)[0]

    def order(texts: list[str]) -> list[str]:
        found = names(similar([shelf_of(texts)], nothing, [counts(f"{word} 酸欠")], 100, seen))
        return [name for name in found if name in seen]

    return order(own) != order([*own, hidden])


def test_a_hidden_text_is_not_told_by_the_order_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not order_tells("白点", "白点が出た")
    assert not order_tells("白点", "赤潮が出た")
    careful = search._Shelf
    monkeypatch.setattr(search, "_Shelf", lambda collections, allowed: careful(collections, None))
    assert order_tells("白点", "白点が出た"), "the attack would not see a search that filters only what it found"


def test_other_words_for_it_find_it_by_words_alone() -> None:
    texts = ["赤潮の警報が出た朝", "白点が鰓に出た", "アカシオが来た", "網の付着物"]
    shelf = shelf_of(texts)
    nothing = np.eye(1, ENCODER.dimension, dtype=np.float32)[0]
    plain = dict(similar([shelf], nothing, [counts("アカシオ")], 10))
    widened = similar([shelf], nothing, reword("アカシオ", {"赤潮": ("アカシオ", "red tide")}), 10)
    assert names(widened)[:2] == ["t2", "t0"]
    assert dict(widened)["t0"] > plain.get("t0", 0.0) + 0.5


def hits(texts: Sequence[str], asked: str, vector: Sequence[float] | None = None) -> list[search.Hit]:
    nearest = ENCODER.queries([asked])[0] if vector is None else np.asarray(vector, dtype=np.float32)
    return find([shelf_of(texts)], nearest, [counts(asked)], 100, None, words(asked))


def lying(texts: int, above: float) -> tuple[list[str], list[DomainHistory], list[float]]:
    """Texts without a background, of which one lies so far over it, for a query that no text has a word of."""
    shelf, query = DomainHistory(texts + 1), np.eye(1, texts + 1, dtype=np.float32)[0]
    for number, row in enumerate(np.eye(texts + 1, dtype=np.float32)[1:]):
        vector = above * query + np.sqrt(1 - above**2) * row if number == 0 else row
        shelf.put_thread(f"t{number}", vector, counts("網"), 0.0)
    return ["t0"], [shelf], list(query)


@pytest.mark.parametrize("texts", [3, 20, 400])
def test_what_is_near_in_meaning_alone_is_found_above_the_floor(texts: int) -> None:
    for above, is_found in ((floor(texts) + 0.01, True), (floor(texts) - 0.01, False)):
        nearest, shelves, query = lying(texts, above)
        found = find(shelves, query, [counts("whatever")], 10)
        assert [(hit.id, hit.by_words) for hit in found] == [(id, False) for id in nearest * is_found]
        assert names(similar(shelves, query, [counts("whatever")], 10)) == nearest


def test_the_floor_rises_with_the_texts() -> None:
    floors = [floor(texts) for texts in (1, 2, 6, 80, 800, 10**6)]
    assert floors == sorted(floors)
    assert 0 < floors[0] <= floors[-1] < 0.4


@settings(max_examples=60, deadline=None)
@given(POOLS, st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True))
def test_what_holds_one_of_two_words_is_never_cut(texts: list[str], typed: list[str]) -> None:
    odd = -np.ones(ENCODER.dimension, dtype=np.float32) / np.sqrt(ENCODER.dimension)
    found = {hit.id for hit in hits(texts, " ".join(typed), odd) if hit.by_words}
    assert found == {f"t{number}" for number, text in enumerate(texts) if any(word in text for word in typed)}


@pytest.mark.parametrize(
    ("typed", "written", "is_held"),
    [
        ("確定申告の書き方", "網の書き方", False),
        ("白点が出た", "白点の薬", True),
        ("きょうは天気がよく会議が長い", "朝が長い", False),
        ("白点 赤潮 酸欠", "酸欠の朝", True),
        ("ハダムシの薬浴", "はだむしを落とす", True),
        ("how to write a tax return", "what to do in a storm", False),
        ("lice in cold water", "counting lice", True),
    ],
)
def test_by_words_is_a_whole_word_or_half_of_what_was_typed(typed: str, written: str, is_held: bool) -> None:
    texts = ["網の付着物", "選別で擦れ", "how to wash a net", "to be or not", written]
    assert ("t4" in {hit.id for hit in hits(texts, typed) if hit.by_words}) is is_held


@settings(max_examples=60, deadline=None)
@given(POOLS, SENTENCES, st.data())
def test_what_may_not_be_read_changes_no_find(texts: list[str], asked: str, data: st.DataObject) -> None:
    shelf, never = shelf_of(texts), shelf_of(texts)
    seen = frozenset(data.draw(st.sets(st.sampled_from([f"t{number}" for number in range(len(texts))]))))
    for id in set(never.ids) - seen:
        never.remove_thread(id)
    vector = ENCODER.queries([asked])[0]
    found = [find([one], vector, [counts(asked)], 100, seen, words(asked)) for one in (shelf, never)]
    assert found[0] == found[1]
