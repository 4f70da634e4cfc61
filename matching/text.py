"""Words for lexical matching: scripts without spaces as character bigrams, other letters and digits as whole runs.

Bigrams need no dictionary and find two-character words such as 白点 inside any compound, which trigrams and
dictionary words do not. Katakana and hiragana are one, and a part number is the same with and without its hyphens.
Combining marks, which are vowels in many scripts, belong to the letter before them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import chain, groupby

# Kana with the long-vowel and iteration marks, and ideographs of all planes; not the middle dot, which parts words.
CJK = (
    "\u3005-\u3007\u3041-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Thai, Lao, Myanmar and Khmer, which put spaces between sentences.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f\u1780-\u17ff"

# Of the plane that living scripts stand in: `re` looks up no others at once.
_MARK = "".join(mark for mark in map(chr, range(0x300, 0x10000)) if unicodedata.category(mark)[0] == "M")
_MARK = re.sub(f"[{CJK}]", "", _MARK)
_LETTER = re.compile(rf"[^\W\d_][{_MARK}]*")
RUN = re.compile(
    rf"(?P<cjk>[{CJK}]+)|(?P<word>\d+|(?:[^\W\d_{CJK}{_UNSPACED}]+[{_MARK}]*)+)"
    rf"|(?P<unspaced>(?:(?=[{_UNSPACED}])[^\W\d_][{_MARK}]*)+)"
)
HIRAGANA = {katakana: katakana - 0x60 for katakana in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
_KANA_ONLY = re.compile("[\u3041-\u309f\u30fc]+")
_PIECE = re.compile("[\u30a1-\u30fa\u30fc]{2,}|[\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2,}")
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

    A run of a script written without spaces (kana and kanji, Thai, Lao, Myanmar, Khmer) becomes its overlapping bigrams
    (a run of one letter stays as it is); a run of other letters, or of digits, stays whole. Any string is accepted; one
    without letters gives an empty list.
    """
    folded = normalise(text).translate(HIRAGANA)
    return [folded[start:end] for start, end in _spans(folded)]


def _spans(folded: str) -> Iterator[tuple[int, int]]:
    """Where each token of a folded text stands, as start and end."""
    for run in RUN.finditer(folded):
        if run["word"]:
            yield run.span()
            continue
        first, last = run.span()
        starts = range(first, last) if run["cjk"] else [one.start() for one in _LETTER.finditer(folded, first, last)]
        ends = [*starts[1:], last]
        yield from zip(starts, ends[1:] or ends, strict=False)


def counts(text: str) -> dict[str, int]:
    """Return how often each token of `text` occurs."""
    return dict(Counter(tokens(text)))


def words(text: str) -> list[frozenset[str]]:
    """Return the tokens of each word of `text`, none of them twice: a run of letters or digits, and of kana and kanji the
    whole run and its pieces in kanji or katakana alone that have two letters or more."""
    found: dict[frozenset[str], None] = {}
    for run in RUN.finditer(normalise(text)):
        pieces = [run[0], *_PIECE.findall(run[0])] if run["cjk"] else [run[0]]
        found.update(dict.fromkeys(frozenset(tokens(piece)) for piece in pieces))
    return list(found)


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
    whole = "".join(folded)
    spans = (span for span in _spans(whole) if whole[slice(*span)] in wanted)
    kanji = ((start, start + 1) for start, letter in enumerate(whole) if letter in wanted and is_ideograph(letter))
    yield from ((place[start], place[end - 1] + 1) for start, end in chain(spans, kanji))


@lru_cache(maxsize=8192)
def _folded(letter: str) -> str:
    """A letter as it is compared: texts have few different ones."""
    return normalise(letter).translate(HIRAGANA)


def is_ideograph(token: str) -> bool:
    """Whether `token` is a single kanji, which stands inside the bigrams of other texts."""
    return len(token) == 1 and _IDEOGRAPH.fullmatch(token) is not None
