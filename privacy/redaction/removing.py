"""Words taken out of texts that are already read: wherever they stand in their author's own, and in what quotes them.

Words are looked for in NFKC, without regard to case, and across spaces and line breaks that Japanese does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from privacy.redaction.folding import Folded, fold

MARK: Final = "■■"  # as long for every word
NOTES: Final = {"ja": "（書いた人が消しました）", "en": " (taken out by its author)"}  # in the language of the text
SHORTEST: Final = 2  # characters of a word that can be taken out
COPIED: Final = 6  # characters beside a word that make a passage a copy
QUOTED: Final = re.compile(r"^[ \t　]{0,3}[>＞].*$|「[^「」]*」|『[^『』]*』|“[^“”]*”|\"[^\"\n]*\"", re.MULTILINE)


def find_words(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of `words` stands in `text`: (start, end) in code points, sorted, merged where they touch."""
    found = [(read.starts[a], read.ends[b - 1]) for read in [_read(text)] for a, b in _occurrences(read.text, words)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def take_out(text: str, words: Iterable[str]) -> str:
    """A text of the author's own without the words."""
    return _replaced(text, find_words(text, words), "")


def take_out_quotes(
    text: str, words: Sequence[str], originals: Sequence[str], finds: Sequence[tuple[int, int]], note: str
) -> str:
    """Somebody else's text without the words, where it quotes: `note` after the first says who took them out.

    Words go from a quoted line, from between quotation marks and from a passage copied out of `originals`, if they are
    words of `originals`; and from wherever they overlap `finds`, spans that identify somebody. A word that only happens
    to stand in another author's own sentence stays: nobody edits what others say.
    """
    told = [word for word in words if any(find_words(one, [word]) for one in originals)]
    quotes = [match.span() for match in QUOTED.finditer(text)]
    copied = list(_copied(text, told, originals))
    spans = [
        span
        for span in find_words(text, words)
        if _overlaps(span, finds) or (find_words(text[slice(*span)], told) and _overlaps(span, [*quotes, *copied]))
    ]
    return _replaced(text, spans, note)


def _replaced(text: str, spans: Sequence[tuple[int, int]], note: str) -> str:
    parts, at = [], 0
    for number, (start, end) in enumerate(spans):
        parts += [text[at:start], MARK + ("" if number else note)]
        at = end
    return "".join([*parts, text[at:]])


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _copied(text: str, words: Sequence[str], originals: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Occurrences of words whose surroundings stand just so in an original."""
    here = _read(text)
    there = [_read(one).text for one in originals]
    for word in words:
        for start, end in _occurrences(here.text, [word]):
            if any(
                _alike(here.text, start, end, one, at, to) >= COPIED
                for one in there
                for at, to in _occurrences(one, [word])
            ):
                yield here.starts[start], here.ends[end - 1]


def _alike(text: str, start: int, end: int, other: str, at: int, to: int) -> int:
    """How many characters beside two occurrences are the same."""
    left = right = 0
    while start > left and at > left and text[start - left - 1] == other[at - left - 1]:
        left += 1
    while end + right < len(text) and to + right < len(other) and text[end + right] == other[to + right]:
        right += 1
    return left + right


def _occurrences(text: str, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    for word in words:
        wanted = _read(word).text
        at = text.find(wanted) if len(wanted) >= SHORTEST else -1
        while at >= 0:
            yield at, at + len(wanted)
            at = text.find(wanted, at + 1)


def _read(text: str) -> Folded:
    """The text as words are looked for: lower case, one space between Latin words and none elsewhere."""
    folded = fold(text)
    kept: list[int] = []
    chars: list[str] = []
    for at, char in enumerate(folded.text):
        if char.isspace():
            after = folded.text[at:].lstrip()[:1]
            if not (chars and _latin(chars[-1]) and _latin(after)):
                continue
            char = " "
        lower = char.lower()
        chars.append(lower if len(lower) == 1 else char)
        kept.append(at)
    return Folded("".join(chars), [folded.starts[at] for at in kept], [folded.ends[at] for at in kept])


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
