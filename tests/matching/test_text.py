import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text import counts, is_ideograph, marked, normalise, tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("白点", ["白点"]),
        ("白点病が出た", ["白点", "点病", "病が", "が出", "出た"]),
        ("赤潮", ["赤潮"]),
        ("鯛", ["鯛"]),
        ("ホップ・ビール", ["ほっ", "っぷ", "びー", "ーる"]),
        ("DO計 3.5mg", ["do", "計", "3", "5", "mg"]),
        ("Straße", ["strasse"]),
        ("AF-350 ＡＦ３５０ af350", ["af", "350", "af", "350", "af", "350"]),
        ("ニジマス・にじます", ["にじ", "じま", "ます", "にじ", "じま", "ます"]),
        ("ﾌﾞﾘ", ["ぶり"]),
        ("snake_case", ["snake", "case"]),
        ("佐々木", ["佐々", "々木"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("שָׁלוֹם עולם", ["שָׁלוֹם", "עולם"]),
        ("q\u0323a", ["q\u0323a"]),
        ("เบียร์ที่บ้าน", ["เบี", "บีย", "ยร์", "ร์ที่", "ที่บ้", "บ้า", "าน"]),
        ("ကောင်းပါ", ["ကောင်း", "င်းပါ"]),
        ("ก็ 12", ["ก็", "12"]),
        ("", []),
        ("…!? 🐟", []),
    ],
)
def test_tokens(text: str, found: list[str]) -> None:
    assert tokens(text) == found


@pytest.mark.parametrize("word", ["白点", "赤潮", "歩留", "へい死"])
def test_a_short_word_is_found_inside_a_sentence(word: str) -> None:
    assert set(tokens(word)) <= set(tokens(f"昨日から{word}のようなものが増えています"))


@pytest.mark.parametrize("word", ["ปลา", "ยีสต์", "โรค"])
def test_so_is_one_of_another_script_without_spaces(word: str) -> None:
    assert set(tokens(word)) <= set(tokens(f"เมื่อวาน{word}มีปัญหา"))


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_counts_add_up_to_tokens(text: str) -> None:
    assert sum(counts(text).values()) == len(tokens(text))
    assert all(tokens(text))


@given(st.text())
def test_width_and_case_make_no_difference(text: str) -> None:
    assert tokens(normalise(text)) == tokens(text)


@pytest.mark.parametrize(
    ("token", "is_one"), [("鯛", True), ("鯛が", False), ("は", False), ("a", False), ("々", False)]
)
def test_a_single_kanji_is_told(token: str, is_one: bool) -> None:
    assert is_ideograph(token) is is_one


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("昨日から白点が出た", "白点", ["白点"]),
        ("ハダムシの駆除", "はだむし", ["ハダムシ"]),
        ("給餌機ＡＦ－３５０の詰まり", "af350", ["ＡＦ", "３５０"]),
        ("真鯛の色", "鯛", ["鯛"]),
        ("えさを減らすのはいつですか", "えさ", ["えさ"]),
        ("赤潮が来ています。困っています", "赤潮が見えています", ["赤潮が"]),
        ("Counting sea lice", "sea trout", ["sea"]),
        ("season", "sea", []),
        ("खमीर और पानी", "पानी", ["पानी"]),
        ("เมื่อวานปลาตาย", "ปลา", ["ปลา"]),
        ("", "白点", []),
    ],
)
def test_what_is_marked(text: str, typed: str, found: list[str]) -> None:
    pieces = marked(text, set(tokens(typed)))
    assert [piece for piece, hit in pieces if hit] == found
    assert "".join(piece for piece, _ in pieces) == text


@given(st.text(), st.text())
def test_marking_keeps_every_letter(text: str, typed: str) -> None:
    assert "".join(piece for piece, _ in marked(text, set(tokens(typed)))) == text
