"""Words for lexical matching: Japanese as character bigrams, letters and digits as whole runs.

Bigrams need no dictionary and find two-character words such as 白点 inside any compound, which trigrams and
dictionary words do not. Katakana and hiragana are one, and a part number is the same with and without its hyphens.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import groupby

# Kana with the long-vowel and iteration marks, and ideographs of all planes; not the middle dot, which parts words.
CJK = (
    "\u3005-\u3007\u3041-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
RUN = re.compile(rf"(?P<cjk>[{CJK}]+)|(?P<word>\d+|[^\W\d_{CJK}]+)")
HIRAGANA = {katakana: katakana - 0x60 for katakana in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
_KANA_ONLY = re.compile("[\u3041-\u309f\u30fc]+")
_FEW = 3
_IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def normalise(text: str) -> str:
    """Return `text` in NFKC form, case-folded: full-width Latin, half-width kana and capitals fall together.

    Folding can undo a composition, so the form is taken again afterwards (Unicode 15, section 5.18); the result is
    a fixed point of this function.
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def tokens(text: str) -> list[str]:
    """Return the tokens of `text` in reading order.

    A run of kana and kanji becomes its overlapping bigrams (a run of one character stays as it is); a run of other
    letters, or of digits, stays whole. Any string is accepted; one without letters gives an empty list.
    """
    found: list[str] = []
    for run in RUN.finditer(normalise(text).translate(HIRAGANA)):
        if run["word"]:
            found.append(run["word"])
        else:
            found.extend(_bigrams(run["cjk"]))
    return found


def counts(text: str) -> dict[str, int]:
    """Return how often each token of `text` occurs."""
    return dict(Counter(tokens(text)))


def marked(text: str, wanted: AbstractSet[str]) -> list[tuple[str, bool]]:
    """Return `text` cut into pieces, each with whether it is one of the `wanted` tokens.

    Kana endings, which long queries share with any text, are left unmarked unless few tokens are wanted.
    """
    hits = [False] * len(text)
    for start, end in _found(text, wanted):
        if len(wanted) <= _FEW or not _KANA_ONLY.fullmatch(text[start:end]):
            hits[start:end] = [True] * (end - start)
    places = range(len(text))
    return [("".join(text[place] for place in run), hit) for hit, run in groupby(places, key=hits.__getitem__)]


def _found(text: str, wanted: AbstractSet[str]) -> Iterator[tuple[int, int]]:
    """Where in `text` each wanted token stands, as start and end."""
    folded = [_folded(letter) for letter in text]
    place = [number for number, letters in enumerate(folded) for _ in letters]  # of each folded letter in the text
    for run in RUN.finditer("".join(folded)):
        width = len(run[0]) if run["word"] else min(2, len(run[0]))
        for start in range(run.start(), run.end() - width + 1):
            if run.string[start : start + width] in wanted:
                yield place[start], place[start + width - 1] + 1
        kanji = (start for start in range(run.start(), run.end()) if run.string[start] in wanted)
        yield from ((place[start], place[start] + 1) for start in kanji if is_ideograph(run.string[start]))


@lru_cache(maxsize=8192)
def _folded(letter: str) -> str:
    """A letter as it is compared: texts have few different ones."""
    return normalise(letter).translate(HIRAGANA)


def is_ideograph(token: str) -> bool:
    """Whether `token` is a single kanji, which stands inside the bigrams of other texts."""
    return len(token) == 1 and _IDEOGRAPH.fullmatch(token) is not None


def _bigrams(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[start : start + 2] for start in range(len(run) - 1)]
