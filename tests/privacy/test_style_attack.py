"""The author linker names the hand behind a text by its habits, and finds nobody once the text is in the house style.

The corpus is made up here: everybody says the same things, each with habits of their own, so whatever links is style.
"""

import unicodedata
from collections.abc import Callable
from random import Random
from typing import Literal

import pytest

from privacy.attacks.figures import wilson
from privacy.attacks.hands import AUTHORS, EnglishHand, JapaneseHand, trial
from privacy.attacks.style import (
    Scorer,
    StyleResult,
    both,
    by_characters,
    by_habits,
    link_authors,
    masked,
)
from privacy.style import house_style


def linked(seed: int, lang: Literal["ja", "en"], show: Callable[[str], str], scorer: Scorer = both) -> StyleResult:
    return trial(Random(seed), lang, show, scorer)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("scorer", [by_characters, by_habits, both])
def test_raw_texts_give_their_authors_away(lang: Literal["ja", "en"], scorer: Scorer) -> None:
    result = linked(1, lang, lambda text: text, scorer)
    assert wilson(result.hits, result.texts)[0] > 0.5
    assert result.auc > 0.85


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("scorer", [by_characters, by_habits, both])
def test_in_the_house_style_they_are_nobodys(lang: Literal["ja", "en"], scorer: Scorer) -> None:
    results = [linked(seed, lang, lambda text: house_style(text, lang), scorer) for seed in (1, 2, 3)]
    low, high = wilson(sum(one.hits for one in results), sum(one.texts for one in results))
    assert low <= 1 / AUTHORS
    assert high < 0.12
    assert 0.45 < sum(one.auc for one in results) / len(results) < 0.55


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_style_that_only_mends_width_is_found_out(lang: Literal["ja", "en"]) -> None:
    result = linked(1, lang, lambda text: unicodedata.normalize("NFKC", " ".join(text.split())))
    assert wilson(result.hits, result.texts)[0] > 0.5


@pytest.mark.parametrize(("lang", "make"), [("ja", JapaneseHand), ("en", EnglishHand)])
def test_every_hand_saying_the_same_writes_the_same(
    lang: Literal["ja", "en"], make: type[JapaneseHand] | type[EnglishHand]
) -> None:
    written = [make(Random(seed)).write(Random(5)) for seed in range(100)]
    assert len(set(written)) > 90
    assert len({house_style(text, lang) for text in written}) == 1


def test_masking_leaves_the_grammar_and_hides_the_content() -> None:
    assert masked("水温がサーバーで18度でした！") == "漢がアで0漢でした！"
    assert masked("However, the herring don't eat.") == "However, the W don't W."


def test_nobody_is_named_where_nothing_differs() -> None:
    known = {f"author{n}": "同じ文です。" * 20 for n in range(10)}
    result = link_authors(known, [(name, "同じ文です。" * 5) for name in known])
    assert result.auc == pytest.approx(0.5)
    assert result.rate == pytest.approx(result.chance)
