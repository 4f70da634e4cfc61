"""Packed token counts are the counts they were made from, however many are read at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.lexical import LexicalIndex
from matching.packing import Packed, pack
from matching.text import tokens

words = st.text(st.characters(blacklist_characters="\n\0", blacklist_categories=("Cs",)), max_size=12)
texts = st.lists(st.dictionaries(words, st.integers(1, 400), max_size=8), min_size=1, max_size=6)


@given(texts)
def test_nothing_but_high_counts_is_lost(many: list[dict[str, int]]) -> None:
    for counts in many:
        least = {token: min(times, 255) for token, times in counts.items()}
        if list(counts) != [""]:  # of which no text is made
            assert dict(Packed(pack(counts))) == least


@given(texts)
def test_read_together_they_score_as_read_one_by_one(many: list[dict[str, int]]) -> None:
    many = [{token: times for token, times in counts.items() if token} for counts in many]
    ids = [f"t{n}" for n in range(len(many))]
    packed, plain = LexicalIndex(), LexicalIndex()
    packed.load(ids, [Packed(pack(counts)) for counts in many])
    for id, counts in zip(ids, many, strict=True):
        plain.put(id, counts)
    query = dict.fromkeys((token for counts in many for token in counts), 1)
    assert packed.top(query, 10) == plain.top(query, 10)
    assert set(packed.vocabulary) == set(plain.vocabulary)
    assert np.array_equal(packed.lengths[: len(ids)], plain.lengths[: len(ids)])


def test_what_does_not_belong_together_is_refused() -> None:
    raw = pack({"白点": 2, "斑点": 1})
    for wrong in (raw[:-1], raw + b"\1", raw.replace(b"\n", b"-")):
        with pytest.raises(ValueError, match="belong"):
            Packed(wrong)


def test_no_token_of_a_text_holds_what_parts_them() -> None:
    assert not [token for token in tokens("白点\n\0 a\nb １２\r\n部品\u2028番号") if set(token) & set("\n\0")]
