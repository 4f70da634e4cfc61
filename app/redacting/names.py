"""SudachiPy as the analyser of Japanese names."""

import re
import threading
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final

from privacy.redaction import tokens as kinds
from privacy.redaction.tokens import Token

PIECE: Final = 8000  # characters analysed at once; SudachiPy refuses more than 49,149 bytes
READING: Final = re.compile("[ァ-ヺー]+")
BREAKS: Final = "\n。、 "
PERSONS: Final = {"姓": kinds.SURNAME, "名": kinds.GIVEN}
PARTS: Final = {
    "数詞": kinds.NUMERAL, "接頭辞": kinds.PREFIX, "接尾辞": kinds.SUFFIX, "補助記号": kinds.SYMBOL,
    "記号": kinds.SYMBOL, "空白": kinds.SPACE, "助詞": kinds.PARTICLE,
}  # fmt: skip


class SudachiNames:
    """A NameTagger. The dictionary is loaded once, at first use; each thread has a tokenizer of its own."""

    def __init__(self) -> None:
        self._dictionary: Any = None
        self._lock = threading.Lock()
        self._threads = threading.local()

    def tag(self, text: str) -> Sequence[Token]:
        """The tokens of a text."""
        tokenizer = self._tokenizer()
        found: list[Token] = []
        for start, piece in pieces(text):
            for one in tokenizer.tokenize(piece):
                if one.begin() < one.end():
                    kind = kind_of(one.part_of_speech())
                    found.append(Token(start + one.begin(), start + one.end(), kind, not one.is_oov()))
        return found

    def read(self, text: str) -> Sequence[tuple[str, str]]:
        """The words of a name, each with its reading in katakana, or with itself where none is known."""
        found = [(one.surface(), one.reading_form()) for one in self._tokenizer().tokenize(text[:PIECE])]
        return [(word, reading if READING.fullmatch(reading) else word) for word, reading in found if word]

    def _tokenizer(self) -> Any:
        made = getattr(self._threads, "tokenizer", None)
        if made is None:
            from sudachipy import Dictionary, SplitMode  # half the memory of a process that needs no names

            with self._lock:
                self._dictionary = self._dictionary or Dictionary(dict="core")
                made = self._threads.tokenizer = self._dictionary.tokenizer(mode=SplitMode.C)
        return made


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """A text in pieces the analyser takes, cut where a sentence or a word ends, with where each begins."""
    start = 0
    while start < len(text):
        end = min(start + PIECE, len(text))
        if end < len(text):
            cut = max(text.rfind(mark, start, end) for mark in BREAKS)
            end = cut + 1 if cut > start else end
        yield start, text[start:end]
        start = end


@cache
def kind_of(part: tuple[str, ...]) -> str:
    """Our kind of a part of speech of UniDic, as SudachiDict has them."""
    if part[0] == "名詞":
        return _noun(part)
    return PARTS.get(part[0], kinds.OTHER)


def _noun(part: tuple[str, ...]) -> str:
    if part[1] == "数詞":
        return kinds.NUMERAL
    if part[1] != "固有名詞":
        return kinds.TIME_NOUN if part[2] == "副詞可能" else kinds.NOUN
    if part[2] == "人名":
        return PERSONS.get(part[3], kinds.NAME)
    if part[2] == "地名":
        return kinds.COUNTRY if part[3] == "国" else kinds.PLACE_NAME
    return kinds.PROPER
