"""A query in other words for the same thing: the text is changed where the word stands, and cut into tokens anew.

So the bigrams across its borders change with it, and a sentence without spaces is found as if it had been typed so.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, pairwise, product
from math import prod
from typing import Final, NamedTuple

from matching.text import CJK, HIRAGANA, RUN, counts, normalise, tokens

_TOGETHER: Final = 32  # wordings at most that have as many words replaced; those with one are never left out
_SHORT: Final = 3  # kana, or Latin letters: fewer stand inside other words by chance
_DIGIT: Final = r"\d"
_LETTER: Final = rf"[^\W\d_{CJK}]"
_KANA: Final = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc]+")
_SMOOTH, _ANGULAR, _KANJI = "\u3041-\u3096\u30fc", "\u30a1-\u30fa\u30fc", "\u3005\u3400-\u4dbf\u4e00-\u9fff"
# what may follow a word in hiragana that stands by itself: an end, other letters, a particle
_AFTER: Final = rf"(?=$|[^{_SMOOTH}]|の|[がをにはでとも](?:$|[^{_SMOOTH}]))"
_KATAKANA: Final = {hiragana: katakana for katakana, hiragana in HIRAGANA.items()}


class _Said(NamedTuple):
    """Where words of one family stand, and what may stand there instead."""

    spans: tuple[tuple[int, int], ...]
    others: tuple[str, ...]
    kin: tuple[str, ...]  # those in Latin letters, or in others, as what was said


def reword(text: str, synonyms: Mapping[str, Sequence[str]]) -> list[dict[str, int]]:
    """Return the token counts of `text` as typed, then of its rewordings, no two with the same tokens.

    `synonyms` names, for a word, others that mean the same; any of them may be the one in the text. Each other word is
    put in its place, every one of them; several families are changed together, each in the script it was said in, as
    long as that makes few wordings.
    """
    typed = unicodedata.normalize("NFKC", text)
    found, said = [counts(text)], _said(typed, synonyms)
    found += [counts(_put(typed, [one], [word])) for one in said for word in one.others]
    for number in range(2, len(said) + 1):
        chosen = list(combinations(said, number))
        if sum(prod(len(one.kin) for one in some) for some in chosen) > _TOGETHER:
            break
        found += [counts(_put(typed, some, words)) for some in chosen for words in product(*(one.kin for one in some))]
    unique: dict[frozenset[str], dict[str, int]] = {}
    for wording in found:
        unique.setdefault(frozenset(wording), wording)
    return list(unique.values())


def _put(text: str, said: Sequence[_Said], words: Sequence[str]) -> str:
    pieces, done = list[str](), 0
    for (start, end), word in sorted((span, word) for one, word in zip(said, words, strict=True) for span in one.spans):
        pieces += [text[done:start], f" {word} " if word.isascii() else word]
        done = end
    return "".join([*pieces, text[done:]])


def _said(text: str, synonyms: Mapping[str, Sequence[str]]) -> list[_Said]:
    """The families of which a word stands in `text`; where two words overlap, the longer one counts."""
    families: dict[tuple[int, int], set[str]] = defaultdict(set)
    for start, end, family in _standing(text, synonyms):
        families[start, end].update(family)
    taken, spans = [False] * len(text), defaultdict[frozenset[str], list[tuple[int, int]]](list)
    for start, end in sorted(families, key=lambda at: (at[0] - at[1], at)):
        if not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            spans[frozenset(families[start, end])].append((start, end))
    found = (_of(text, family, at) for family, at in spans.items())
    return sorted(one for one in found if one.others)


def _of(text: str, family: frozenset[str], spans: list[tuple[int, int]]) -> _Said:
    said = {text[start:end] for start, end in spans}
    others, scripts = _others(said, family), {word.isascii() for word in said}
    return _Said(tuple(spans), others, tuple(word for word in others if word.isascii() in scripts))


def _standing(text: str, synonyms: Mapping[str, Sequence[str]]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    folded = normalise(text).translate(HIRAGANA)
    for name, others in synonyms.items():
        for word in (name, *others):
            head, pattern = _sought(word)
            if head and head in folded:
                yield from ((*found.span(), (name, *others)) for found in pattern.finditer(text))


def _others(said: set[str], family: frozenset[str]) -> tuple[str, ...]:
    """The words of the family, one of those that have the same tokens, and not what was said."""
    by_tokens = {_parts(word): word for word in sorted(family, reverse=True)}
    known = {_parts(word) for word in said} if len(said) == 1 else set()
    return tuple(sorted(word for parts, word in by_tokens.items() if parts and parts not in known))


@lru_cache(maxsize=16384)
def _parts(word: str) -> tuple[str, ...]:
    """The tokens of a word, which are the same from search to search."""
    return tuple(tokens(word))


@lru_cache(maxsize=16384)
def _sought(word: str) -> tuple[str, re.Pattern[str]]:
    """What a text holds, folded, that may have this word in it, and where the word is; nothing for one of signs only."""
    runs = list(RUN.finditer(unicodedata.normalize("NFKC", word)))
    if not runs:
        return "", re.compile("(?!)")
    first, last = runs[0], runs[-1]
    head = normalise(first[0]).translate(HIRAGANA)
    if first is last and _KANA.fullmatch(first[0]) and len(first[0]) <= _SHORT:
        return head, re.compile(_short_kana(head))
    body = _run(first)
    for run, following in pairwise(runs):
        is_kin = bool(run["word"]) == bool(following["word"]) and run[0].isdigit() == following[0].isdigit()
        body += rf"[\W_]{'+' if is_kin else '*'}" + _run(following)
    return head, re.compile(f"{_edge(first, '<!')}{body}{_edge(last, '!')}")


def _run(run: re.Match[str]) -> str:
    """Capitals count in a short word of Latin letters: DO is no do."""
    if run["word"]:
        return re.escape(run[0]) if len(run[0]) <= _SHORT else f"(?i:{re.escape(run[0])})"
    return "".join(map(_either, run[0].translate(HIRAGANA)))


def _either(letter: str) -> str:
    katakana = _KATAKANA.get(ord(letter))
    return re.escape(letter) if katakana is None else f"[{letter}{chr(katakana)}]"


def _edge(run: re.Match[str], look: str) -> str:
    """A run of letters or digits is not a part of a longer one; scripts without spaces have no borders."""
    return "" if not run["word"] else rf"(?{look}{_DIGIT if run[0].isdigit() else _LETTER})"


def _short_kana(hiragana: str) -> str:
    """In katakana with no more of it around; in hiragana by itself: not in 「久しぶり」, nor in 「大ぶり」."""
    before = rf"(?<![{_SMOOTH}{'' if len(hiragana) == _SHORT else _KANJI}])"
    katakana = hiragana.translate(_KATAKANA)
    alone = rf"(?:{before}|(?<=の)){hiragana}{_AFTER}"
    return rf"(?<![{_ANGULAR}]){katakana}(?![{_ANGULAR}])|{alone}"
