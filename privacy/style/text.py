"""The house style of a whole text: blocks, then lines, then sentences."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from privacy.style import english, japanese
from privacy.style.guard import KEPT_CHARACTER, protect, restore
from privacy.style.width import common

PARAGRAPH: Final = 4  # sentences
_JAPANESE: Final = re.compile(r"[ぁ-んァ-ヴ一-鿿]")
_LATIN_WORD: Final = re.compile(r"[A-Za-z]{2}")
_LINE: Final = re.compile(
    r"(?P<quote>[ \t]*(?:>[ \t]?)+)?(?P<indent>[ \t　]*)"
    r"(?P<mark>[-*+](?=[ \t])|[•●○◯■□◆◇▪▸・‣⁃](?![・.])|\d{1,3}[.)](?=[ \t])|[①-⑳]|#{1,6}(?=[ \t]))?[ \t　]*(?P<rest>.*)"
)
_TABLE: Final = re.compile(r"\s*\|.*\|\s*$")
_RULED: Final = re.compile(r"\s*(?:[-*_=][ \t]*){3,}$")
_ENDED: Final = re.compile(r"[。．.!?！？…」』]['\")）」]*\s*$")


def house_style(text: str, lang: str) -> str:
    """The text in the house style of its language, `ja` or `en`; a line in the other script keeps that script's style.

    Applied again it changes nothing. Code, formulas, addresses and the structure of Markdown stay, and no number
    changes its value. ValueError for another language.
    """
    if lang not in ("ja", "en"):
        raise ValueError(f"no house style for {lang!r}")
    seen: list[str] = []
    while text not in seen:
        seen.append(text)
        text = _once(text, lang)
    return min(seen[seen.index(text) :])


def _once(text: str, lang: str) -> str:
    guarded, pieces = protect(text.replace("\r\n", "\n").replace("\r", "\n"))
    blocks = (_block(lines, lang) for lines in _blocks(guarded))
    styled = "\n\n".join(_evened([block for block in blocks if block.strip()]))
    if not styled.strip():
        styled = _line(guarded.strip(), lang, bare=True)
    return restore(styled, pieces).strip("\n")


def _blocks(text: str) -> Iterator[list[str]]:
    for block in re.split(r"\n(?:[ \t　]*\n)+", text):
        if block.strip():
            yield block.split("\n")


def _block(lines: list[str], lang: str) -> str:
    joined = _joined(lines)
    styled = (_line(line, lang, alone=len(joined) == 1) for line in joined)
    return "\n".join(line for line in styled if line.strip())


def _evened(blocks: list[str]) -> Iterator[str]:
    """Paragraphs of whole sentences are cut anew, every few sentences: their length is a habit too."""
    for (runs_on, japanese_too), run in groupby(blocks, key=lambda one: (_is_whole(one), bool(_JAPANESE.search(one)))):
        if not runs_on:
            yield from run
            continue
        split = japanese.sentences if japanese_too else english.sentences
        parts = [part for block in run for part in split(block)]
        for n in range(0, len(parts), PARAGRAPH):
            yield ("" if japanese_too else " ").join(parts[n : n + PARAGRAPH])


def _is_whole(block: str) -> bool:
    return "\n" not in block and _is_plain(block) and bool(_ENDED.search(block))


def _joined(lines: list[str]) -> list[str]:
    """Lines of one paragraph that end in a full stop run on; lists, tables and short lines stay as they are."""
    found: list[str] = []
    plain = False
    for line in lines:
        is_plain = _is_plain(line)
        if plain and is_plain and (_ENDED.search(found[-1]) or _runs_on(found[-1], line)):
            found[-1] = found[-1].rstrip() + ("" if _JAPANESE.search(found[-1][-4:]) else " ") + line.strip()
        else:
            found.append(line)
        plain = is_plain
    return found


def _runs_on(line: str, following: str) -> bool:
    """A line broken by hand in the middle of an English sentence."""
    return bool(re.search(r"[a-z,]\s*$", line) and re.match(r"\s*[a-z]", following))


def _is_plain(line: str) -> bool:
    found = _LINE.match(line)
    marked = found is not None and (found["quote"] or found["mark"])
    return not (marked or _TABLE.match(line) or _RULED.match(line)) and bool(re.search(r"\w", line))


def _line(line: str, lang: str, *, alone: bool = True, bare: bool = False) -> str:
    if _RULED.match(line) or (line.strip() and not re.sub(f"[{KEPT_CHARACTER}\\s]", "", line)):
        return line.rstrip()
    if _TABLE.match(line):
        return "|".join(
            f" {_prose(cell.strip(), lang, whole=False)} " if cell.strip() else cell for cell in line.split("|")
        )
    found = _LINE.match(line)
    assert found is not None  # noqa: S101 (the pattern matches everything)
    mark = _marker(found["mark"] or "")
    rest = _prose(found["rest"], lang, whole=not mark, alone=alone, bare=bare)
    head = (found["quote"] or "").replace("\t", " ").lstrip()
    return f"{head}{(found['indent'] or '') if mark else ''}{mark}{rest}".rstrip() if rest else ""


def _marker(mark: str) -> str:
    if not mark:
        return ""
    if mark[0] == "#":
        return f"{mark} "
    if "①" <= mark <= "⑳":
        return f"{ord(mark) - ord('①') + 1}. "
    return f"{mark[:-1]}. " if mark[0].isdigit() else "- "


def _prose(text: str, lang: str, *, whole: bool, alone: bool = True, bare: bool = False) -> str:
    text = common(text).strip()
    if not re.search(r"\w", text):
        return text
    if _speaks_japanese(text, lang):
        return japanese.styled(text, whole=whole, bare=bare)
    return english.styled(text, whole=whole and alone, bare=bare)


def _speaks_japanese(text: str, lang: str) -> bool:
    return bool(_JAPANESE.search(text)) or (lang == "ja" and not _LATIN_WORD.search(text))
