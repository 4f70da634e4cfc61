"""Made-up authors who all say the same things, each with habits of their own: whatever links their texts is style.

A test of the author linker of privacy.attacks.style, and an audit, show their texts raw or in the house style.
"""

from collections.abc import Callable
from random import Random
from typing import Final, Literal

from privacy.attacks.style import Scorer, StyleResult, both, link_authors

AUTHORS: Final = 20
KNOWN, UNKNOWN, SENTENCES = 12, 4, 6

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
        """One text of six sentences; `topics` draws what it says, and this hand how."""
        said = [self._sentence(topics) for _ in range(SENTENCES)]
        text = self.opening + self.between.join([*said, self.asking]) + self.closing
        return text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}) if self.wide else text

    def _sentence(self, topics: Random) -> str:
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
        """One text of six sentences; `topics` draws what it says, and this hand how."""
        return self.opening + self.gap.join(self._sentence(topics, n) for n in range(SENTENCES)) + self.closing

    def _sentence(self, topics: Random, number: int) -> str:
        subject, did = topics.choice(EN_CLAUSES)
        text = f"{self.link if number % 3 == 2 else ''}{subject} {self.filler}{did} and it {'does not' if not self.short else 'doesn’t'} help{self.end}"
        text = text[0].upper() + text[1:] if not self.lower else text[0].lower() + text[1:]
        return (
            text.replace("color", "colour").replace("gray", "grey").replace("organiz", "organis")
            if self.british
            else text
        )


def trial(rng: Random, lang: Literal["ja", "en"], show: Callable[[str], str], scorer: Scorer = both) -> StyleResult:
    """Twenty new hands, twelve known texts of each against four unknown ones, all as `show` shows them."""
    topics = Random(rng.random())  # noqa: S311  an attack can be done again
    make = JapaneseHand if lang == "ja" else EnglishHand
    hands = {f"author{n}": make(Random(rng.random())) for n in range(AUTHORS)}  # noqa: S311
    known = {name: "\n\n".join(show(hand.write(topics)) for _ in range(KNOWN)) for name, hand in hands.items()}
    unknown = [(name, show(hand.write(topics))) for name, hand in hands.items() for _ in range(UNKNOWN)]
    return link_authors(known, unknown, scorer)
