"""Words for lexical matching: Japanese as character bigrams, letters and digits as whole runs.

Bigrams need no dictionary and find two-character words such as 白点 inside any compound, which trigrams and
dictionary words do not. Katakana and hiragana are one, and a part number is the same with and without its hyphens.
"""

import re
import unicodedata
from collections import Counter

# Kana with the long-vowel and iteration marks, and ideographs of all planes; not the middle dot, which parts words.
_CJK = (
    "\u3005-\u3007\u3041-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(rf"(?P<cjk>[{_CJK}]+)|(?P<word>\d+|[^\W\d_{_CJK}]+)")
_HIRAGANA = {katakana: katakana - 0x60 for katakana in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
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
    for run in _RUN.finditer(normalise(text).translate(_HIRAGANA)):
        if run["word"]:
            found.append(run["word"])
        else:
            found.extend(_bigrams(run["cjk"]))
    return found


def counts(text: str) -> dict[str, int]:
    """Return how often each token of `text` occurs."""
    return dict(Counter(tokens(text)))


def is_ideograph(token: str) -> bool:
    """Whether `token` is a single kanji, which stands inside the bigrams of other texts."""
    return len(token) == 1 and _IDEOGRAPH.fullmatch(token) is not None


def _bigrams(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[start : start + 2] for start in range(len(run) - 1)]
