"""Whether an English word is an ordinary one, by a list of stems and the endings of English.

The stems are the smaller sizes (10 to 35) of SCOWL, the Spell Checker Oriented Word Lists, with words of the trades added.
Copyright 2000-2011 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the associated
scripts, the output created from the scripts, and its documentation for any purpose is hereby granted without fee, provided
that the above copyright notice appears in all copies and that both that copyright notice and this permission notice appear
in supporting documentation. Kevin Atkinson makes no representations about the suitability of this array for any purpose.
It is provided "as is" without express or implied warranty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from privacy.redaction.lists import lexicon_1, lexicon_2, lexicon_3, lexicon_4, words

STEMS: Final = words(" ".join(part.WORDS for part in (lexicon_1, lexicon_2, lexicon_3, lexicon_4)))
ENDINGS: Final = tuple(
    one.split("/")
    for one in [
        "s/",
        "es/",
        "ies/y",
        "ed/",
        "ed/e",
        "ied/y",
        "ing/",
        "ing/e",
        "ly/",
        "ily/y",
        "er/",
        "er/e",
        "ers/",
        "ers/e",
        "est/",
        "ness/",
        "able/",
        "able/e",
        "ment/",
        "ments/",
        "less/",
        "ful/",
        "y/",
        "al/",
        "ion/",
        "ion/e",
        "ions/",
        "ions/e",
        "or/",
        "ity/",
        "ism/",
        "ist/",
        "ists/",
        "ization/e",
        "isation/e",
    ]
)
FRONTS: Final = ("un", "re", "non", "over", "under", "out", "mis", "dis", "sub", "inter", "pre")
DOUBLED: Final = re.compile(r"(.*?([bdglmnprt]))\2(?:ed|ing|er|ers)")


@lru_cache(maxsize=20_000)
def is_ordinary(word: str, depth: int = 2) -> bool:
    """Whether a lower-case word, or the stem it is made from, is on the list; of a compound every part."""
    if "-" in word:
        return all(is_ordinary(part) for part in word.split("-") if part)
    if word in STEMS or (depth and any(is_ordinary(stem, depth - 1) for stem in _stems(word))):
        return True
    return any(
        word.startswith(front) and len(word) - len(front) >= 4 and word[len(front) :] in STEMS for front in FRONTS
    )


def _stems(word: str) -> Iterator[str]:
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield word[: -len(ending)] + instead
    doubled = DOUBLED.fullmatch(word)
    if doubled and len(doubled[1]) >= 3:
        yield doubled[1]
