"""The author linker names the hand behind a text by its habits, and finds nobody once the text is in the house style.

The corpus is made up here: everybody says the same things, each with habits of their own, so whatever links is style.
"""

import unicodedata
from collections.abc import Callable
from random import Random

import pytest

from privacy.attacks.figures import wilson
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

AUTHORS, KNOWN, UNKNOWN, SENTENCES = 20, 12, 4, 6

JA_CLAUSES = [
    ("水温", "18度まで下がり"), ("餌", "朝と夕方に分け"), ("酸素", "昼前に足りなくなり"), ("稚魚", "底に集まり"), ("塩分", "33まで上がり"),
    ("網", "月末に取り替え"), ("水槽", "二つに分け"), ("薬", "半分の量で試し"), ("選別", "週に一度にし"), ("照明", "夜の間は消し"),
]  # fmt: skip
JA_ENDINGS = {
    "polite": "ました。", "friendly": "ましたよ。", "agreeing": "ましたね。", "loud": "ました！", "trailing": "ました…", "wide": "ました．",
    "laughing": "ました（笑）。", "singing": "ました♪", "double": "ました！！", "but": "ましたけど。",
}  # fmt: skip
JA_ASKING = [
    "どうしたら良いでしょうか？", "どうしたらいいですかね？", "どうしたらいいんでしょうか。", "どうしたら良いのですか？？", "どうしたら良いでしょうか。"
]  # fmt: skip
JA_OPENING = ["", "お世話になっております。\n", "こんにちは！\n", "お疲れ様です。\n\n", "はじめまして。"]
JA_CLOSING = [
    "",
    "\n以上、よろしくお願いいたします。",
    "\nよろしくです！",
    "\n\nよろしくお願いします😊",
    "\n以上です。",
]
JA_WORDS = [
    ("とても", "すごく", "めっちゃ", "非常に"),
    ("少し", "ちょっと", "若干"),
    ("おそらく", "たぶん", "恐らく", "多分"),
]
JA_ADVERBS = ("多い日", "早い日", "強い日")

EN_CLAUSES = [
    ("the water", "got colder"), ("the feed", "went in twice"), ("the oxygen", "fell before noon"), ("the fry", "stayed at the bottom"),
    ("the color", "changed to gray"), ("the net", "needed a change"), ("the tank", "was organized in two parts"), ("the light", "was off at night"),
]  # fmt: skip


class JapaneseHand:
    """One author's habits: every one is a variant of the same words."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.endings = rng.sample(list(JA_ENDINGS.values()), 2)
        self.asking, self.opening, self.closing = rng.choice(JA_ASKING), rng.choice(JA_OPENING), rng.choice(JA_CLOSING)
        self.between = rng.choice(["", "\n", "\n\n", " "])
        self.words = [rng.choice(variants) for variants in JA_WORDS]
        self.comma = rng.choice(["、", "，", ", ", ""])
        self.wide = rng.random() < 0.5

    def write(self, topics: Random) -> str:
        said = [self.sentence(topics) for _ in range(SENTENCES)]
        text = self.opening + self.between.join([*said, self.asking]) + self.closing
        return text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}) if self.wide else text

    def sentence(self, topics: Random) -> str:
        subject, done = topics.choice(JA_CLAUSES)
        n = topics.randrange(len(JA_WORDS))
        return (
            f"{self.words[n]}{JA_ADVERBS[n]}は{self.comma}{subject}を{self.comma}{done}{self.rng.choice(self.endings)}"
        )


class EnglishHand:
    """The same in English: contractions, spelling, dashes, exclamations, greetings, spaces."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.end = rng.choice([".", "!", "...", "!!", " :)."])
        self.gap = rng.choice([" ", "  ", "\n"])
        self.short, self.british, self.lower = rng.random() < 0.5, rng.random() < 0.5, rng.random() < 0.4
        self.opening = rng.choice(["", "Hi all,\n", "Hello everyone!\n", "Hey there,\n\n"])
        self.closing = rng.choice(["", "\nThanks in advance!", "\nCheers", "\n\nHope this helps.", "\nBest regards"])
        self.link = rng.choice(["However, ", "But ", "Nevertheless, ", "That said, "])
        self.filler = rng.choice(["", "actually ", "basically ", "simply "])

    def write(self, topics: Random) -> str:
        return self.opening + self.gap.join(self.sentence(topics, n) for n in range(SENTENCES)) + self.closing

    def sentence(self, topics: Random, number: int) -> str:
        subject, did = topics.choice(EN_CLAUSES)
        text = f"{self.link if number % 3 == 2 else ''}{subject} {self.filler}{did} and it {'does not' if not self.short else 'doesn’t'} help{self.end}"
        text = text[0].upper() + text[1:] if not self.lower else text[0].lower() + text[1:]
        return (
            text.replace("color", "colour").replace("gray", "grey").replace("organiz", "organis")
            if self.british
            else text
        )


def linked(seed: int, lang: str, show: Callable[[str], str], scorer: Scorer = both) -> StyleResult:
    rng, topics = Random(seed), Random(seed + 1)
    make = JapaneseHand if lang == "ja" else EnglishHand
    hands = {f"author{n}": make(Random(rng.random())) for n in range(AUTHORS)}
    known = {name: "\n\n".join(show(hand.write(topics)) for _ in range(KNOWN)) for name, hand in hands.items()}
    unknown = [(name, show(hand.write(topics))) for name, hand in hands.items() for _ in range(UNKNOWN)]
    return link_authors(known, unknown, scorer)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("scorer", [by_characters, by_habits, both])
def test_raw_texts_give_their_authors_away(lang: str, scorer: Scorer) -> None:
    result = linked(1, lang, lambda text: text, scorer)
    assert wilson(result.hits, result.texts)[0] > 0.5
    assert result.auc > 0.85


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("scorer", [by_characters, by_habits, both])
def test_in_the_house_style_they_are_nobodys(lang: str, scorer: Scorer) -> None:
    results = [linked(seed, lang, lambda text: house_style(text, lang), scorer) for seed in (1, 2, 3)]
    low, high = wilson(sum(one.hits for one in results), sum(one.texts for one in results))
    assert low <= 1 / AUTHORS
    assert high < 0.12
    assert 0.45 < sum(one.auc for one in results) / len(results) < 0.55


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_style_that_only_mends_width_is_found_out(lang: str) -> None:
    result = linked(1, lang, lambda text: unicodedata.normalize("NFKC", " ".join(text.split())))
    assert wilson(result.hits, result.texts)[0] > 0.5


@pytest.mark.parametrize(("lang", "make"), [("ja", JapaneseHand), ("en", EnglishHand)])
def test_every_hand_saying_the_same_writes_the_same(lang: str, make: type[JapaneseHand] | type[EnglishHand]) -> None:
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
