"""Words taken out: found however they are written, gone from what quotes them, and nothing else edited."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.redaction.removing import MARK, find_words, take_out, take_out_quotes

NOTE = "（消）"
OWN = ("うちは丸八水産の裏の池です。", "Marine Star Ltd in the north")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("丸八水産の池", "丸八水産"),
        ("丸八 水\n産の池", "丸八水産"),
        ("丸\u200b八水産の池", "丸八水産"),
        ("ﾏﾙﾊﾁの池", "マルハチ"),
        ("ＭＡＲＵの池", "maru"),
        ("Marine\n Star the池", "marine star"),
        ("山田さんと山田山田", "山田"),
    ],
)
def test_however_it_is_written(text: str, word: str) -> None:
    left = take_out(text, [word])
    assert find_words(left, [word]) == []
    assert MARK in left
    assert "池" in left or "さん" in left


def test_words_end_where_latin_words_end() -> None:
    assert take_out("a red eel", ["redeel"]) == "a red eel"
    assert take_out("一", ["一"]) == "一"  # a single character is in every second sentence


@given(st.text(max_size=60), st.text(min_size=2, max_size=6))
def test_nothing_is_left_and_nothing_else_goes(text: str, word: str) -> None:
    left = take_out(text, [word])
    spans = find_words(text, [word])
    kept = [
        text[a:b] for a, b in zip([0, *(end for _, end in spans)], [*(start for start, _ in spans), None], strict=True)
    ]
    assert left == MARK.join(kept)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("> 丸八水産の池\n\n丸八水産も", f"> {MARK}{NOTE}の池\n\n丸八水産も"),
        ("「丸八水産」とあります", f"「{MARK}{NOTE}」とあります"),
        ("それはうちは丸八水産の裏の、ですね", f"それはうちは{MARK}{NOTE}の裏の、ですね"),
        ("“Marine Star Ltd” and Marine  Star ltd in the north", f"“{MARK}{NOTE}” and {MARK} in the north"),
        ("丸八水産なら知っています", "丸八水産なら知っています"),
        ("> 酸素を測る", "> 酸素を測る"),  # no word of the author's own
    ],
)
def test_only_what_quotes_is_touched(text: str, left: str) -> None:
    assert take_out_quotes(text, ["丸八水産", "Marine Star Ltd", "酸素"], OWN, [], NOTE) == left


def test_what_identifies_goes_from_anywhere() -> None:
    text = "丸八水産なら知っています"
    assert take_out_quotes(text, ["丸八水産"], (), [(0, 4)], NOTE) == f"{MARK}{NOTE}なら知っています"
