"""A query in other words for the same thing: where they stand, how they are put, and that the query itself is first."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domains.trade import load_trade
from matching.rewording import reword
from matching.search import similar
from matching.text import counts
from tests.matching.conftest import ENCODER
from tests.matching.test_search import SENTENCES, WORDS, shelf_of

FISH = {"ブリ": ("鰤", "ぶり", "ハマチ", "はまち", "yellowtail"), "コイ": ("鯉", "こい"), "ワカメ": ("わかめ", "若布")}
NOTHING = np.eye(1, ENCODER.dimension, dtype=np.float32)[0]


def families(name: str) -> dict[str, tuple[str, ...]]:
    trade = load_trade(name)
    return {one.name.ja: (one.name.en, *one.synonyms) for one in trade.subjects.values()}


def other_words(text: str) -> list[set[str]]:
    return [set(one) for one in reword(text, FISH)[1:]]


def test_the_text_is_changed_and_cut_anew() -> None:
    found = reword("虹鱒と赤潮", {"ニジマス": ("虹鱒", "rainbow trout"), "赤潮": ("アカシオ",)})
    assert found[0] == counts("虹鱒と赤潮")
    for text in ("ニジマスと赤潮", "rainbow troutと赤潮", "虹鱒とアカシオ", "ニジマスとアカシオ"):
        assert counts(text) in found
    assert len(found) == 5
    assert reword("水温", FISH) == [counts("水温")]
    assert reword("", {"": ("",)}) == [{}]


@given(st.lists(st.sampled_from(WORDS)).map("".join), st.dictionaries(SENTENCES, st.lists(SENTENCES)))
def test_the_query_as_typed_comes_first(typed: str, synonyms: dict[str, list[str]]) -> None:
    found = reword(typed, synonyms)
    assert found[0] == counts(typed)
    assert len({frozenset(one) for one in found}) == len(found)
    assert found == reword(typed, dict(reversed(synonyms.items())))


@pytest.mark.parametrize("name", ["aquaculture", "customer_success"])
def test_every_word_of_a_bundled_file_is_searched_as_typed(name: str) -> None:
    synonyms = families(name)
    for word in {word for family in synonyms.items() for word in (family[0], *family[1])}:
        assert reword(word, synonyms)[0] == counts(word), word


@pytest.mark.parametrize(
    ("typed", "place"), [("ハマチ", 0), ("はまち", 0), ("鰤", 1), ("ブリ", 2), ("ぶり", 2), ("Yellowtail", 3)]
)
def test_what_holds_the_word_that_was_typed_stands_before_its_synonyms(typed: str, place: int) -> None:
    texts = [
        f"{word} の網を洗う間隔は、夏の盛りには何日おきがよいでしょうか"
        for word in ("ハマチ", "鰤", "ブリ", "yellowtail")
    ]
    shelf = shelf_of([*texts, "赤潮の朝の見回りは、夏の盛りには何時からがよいでしょうか"])
    (first, best), *later = similar([shelf], NOTHING, reword(typed, FISH), 10)
    assert first == f"t{place}"
    assert best >= max(score for _, score in later) / 0.9
    assert {f"t{number}" for number in range(4)} == {first, *(name for name, _ in later)}


def test_every_equal_word_is_used_however_many_there_are() -> None:
    added = [f"呼び名{number}" for number in range(60)]
    found = reword("ブリの網", {"ブリ": ("鰤", *added)})
    assert all(counts(f"{word}の網") in found for word in added)


def test_in_a_sentence_without_spaces_as_if_typed_so() -> None:
    shelf = shelf_of(["ブリのハダムシ", "ハマチの餌", "網の付着物", "ハダムシの薬", "赤潮の朝"])
    typed = dict(similar([shelf], NOTHING, [counts("ブリのハダムシ")], 10))
    reworded = similar([shelf], NOTHING, reword("ハマチのハダムシ", FISH), 10)
    assert reworded[0][0] == "t0"
    assert reworded[0][1] >= 0.75 * typed["t0"]


def test_two_words_are_replaced_together() -> None:
    synonyms = {**FISH, "餌": ("エサ", "飼料")}
    assert counts("鰤のエサ") in reword("ハマチの餌", synonyms)
    assert counts("yellowtailのエサ") not in reword("ハマチの餌", synonyms), "in the script it was said in"
    many = {name: [f"{name}{number}" for number in range(30)] for name in ("赤潮", "酸欠")}
    assert len(reword("赤潮と酸欠", many)) == 61, "each alone, all of them; together they would be 900"


def test_one_family_is_put_in_all_its_places() -> None:
    assert counts("鰤と鰤") in reword("ブリとハマチ", FISH)


@pytest.mark.parametrize(
    "text",
    [
        "久しぶりの出荷",
        "大ぶりの貝",
        "ハイブリッド",
        "ブリーダー",
        "濃いこい色",
        "すごいこいつ",
        "コイヘルペス",
        "ぶりっこ",
    ],
)
def test_a_short_word_in_kana_is_not_in_another(text: str) -> None:
    assert reword(text, FISH) == [counts(text)]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("ぶり", "鰤"), ("ぶりの出荷", "鰤の出荷"), ("うちのぶりが死ぬ", "うちの鰤が死ぬ"), ("養殖ブリの網", "養殖鰤の網"),
        ("ﾌﾞﾘの網", "鰤の網"), ("塩蔵わかめの色", "塩蔵若布の色"), ("こい、へい死", "鯉、へい死"), ("YELLOWTAIL fry", "鰤 fry"),
    ],
)  # fmt: skip
def test_by_itself_it_is_a_word(text: str, other: str) -> None:
    assert counts(other) in reword(text, FISH)


def test_a_longer_word_counts_before_one_inside() -> None:
    synonyms = {"トラフグ": ("虎河豚",), "フグ": ("河豚",)}
    assert counts("虎河豚の歯") in reword("トラフグの歯", synonyms)
    assert counts("トラ河豚の歯") not in reword("トラフグの歯", synonyms)


@pytest.mark.parametrize(
    ("text", "found"), [("DO計", True), ("朝のDO", True), ("do it", False), ("windows", False), ("DOC", False)]
)
def test_capitals_and_borders_of_a_short_word_in_latin_letters(text: str, found: bool) -> None:
    assert (len(reword(text, {"溶存酸素": ("DO",)})) > 1) is found


@pytest.mark.parametrize("text", ["rainbow trout fry", "Rainbow-Trout fry", "rainbow  trout fry"])
def test_two_words_with_anything_between(text: str) -> None:
    assert counts("虹鱒 fry") in reword(text, {"ニジマス": ("虹鱒", "rainbow trout")})


def test_a_number_with_and_without_its_hyphen() -> None:
    synonyms = {"給餌機": ("AF-350",)}
    assert counts("給餌機の詰まり") in reword("ＡＦ350の詰まり", synonyms)
    assert reword("AF-3501", synonyms) == [counts("AF-3501")]


def test_a_script_without_spaces_has_no_borders_either() -> None:
    assert counts("เมื่อวานกะพงขาวตาย") in reword("เมื่อวานปลากะพงตาย", {"ปลากะพง": ("กะพงขาว",)})
