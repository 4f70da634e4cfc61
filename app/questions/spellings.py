"""A name as it may be spelt: letter by letter with marks between, in the other kana, in Latin letters by its reading.

A text becomes letters, each with its script and with what stands before it; a name is looked for among the letters. What
stands between must be read through: a few marks within a line, or, where lines and sentences end between, something after
every single letter, as no ordinary sentence has.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final

LIGHT: Final = re.compile(r"(?:[^\S\n]|[()\[\]{}<>「」『』【】〈〉《》〔〕/⁄∕／\\\"'“”‘’*_~`.・･·,&‐‑‒–—−-]){1,4}")
MOST_BETWEEN: Final = 6  # code points
LEAST: Final = 3  # letters of a name by its reading, or with marks between
SHORT: Final = 4  # a name with fewer letters counts only by itself
LONG_KANA: Final = 6  # hiragana with as many may stand within a sentence of hiragana
MOST_WORDS: Final = 4  # of a name, spelt each its own way
READING: Final = re.compile(r"[(\[【][ぁ-ゖァ-ヺー]+[)\]】]")  # 架空(かくう)水産
SPACED: Final = re.compile(r"(?<![A-Za-z])(?:[A-Za-z][\s./・_*,-]{1,2}){3,}[A-Za-z](?![A-Za-z])")
LONG_O: Final = re.compile(r"oh(?![aeiouy])")
KANA: Final = str.maketrans(
    {chr(code): chr(code - 0x60) for code in range(ord("ァ"), ord("ヶ") + 1)}
    | {"ヂ": "じ", "ヅ": "ず", "ぢ": "じ", "づ": "ず"}
)
ROWS: Final = (
    "aあiいuうeえoお kaかkiきkuくkeけkoこ saさsiしsuすseせsoそ taたtiちtuつteてtoと naなniにnuぬneねnoの haはhiひhuふheへhoほ "
    "maまmiみmuむmeめmoも yaやyuゆyoよ raらriりruるreれroろ waわwoを gaがgiぎguぐgeげgoご zaざziじzuずzeぜzoぞ daだdiじduずdeで"
    "doど baばbiびbuぶbeべboぼ paぱpiぴpuぷpeぺpoぽ shiし chiち tsuつ fuふ jiじ shaしゃ shuしゅ shoしょ chaちゃ chuちゅ choちょ "
    "jaじゃ juじゅ joじょ faふぁ fiふぃ feふぇ foふぉ"
)
YA: Final = {f"{row}y{vowel}": kana + small for row, kana in zip("kgsztnhbpmr", "きぎしじちにひびぴみり", strict=True)
             for vowel, small in zip("auo", "ゃゅょ", strict=True)}  # fmt: skip
ROMAJI: Final[dict[str, str]] = dict(re.findall(r"([a-z]+)([ぁ-ゖ]+)", ROWS)) | YA
SOUND: Final = re.compile("|".join(sorted(ROMAJI, key=len, reverse=True)) + r"|n|(m)(?=[bpm])|([kstpcgdbz])(?=\2|ch)|.")
LONG: Final = re.compile(r"(?<=[おこそとのほもよろをごぞどぼぽょ])[うお]|(?<=[うくすつぬふむゆるぐずぶぷゅ])う|ー")

LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ]+")
NO_LETTER: Final = re.compile(r"[\W_]+")
UNIT: Final = re.compile(r"[A-Za-zÀ-ɏ]+|.", re.DOTALL)
SCRIPTS: Final = (
    ("latin", re.compile("[A-Za-zÀ-ɏ]")),
    ("hira", re.compile("[ぁ-ゖ]")),
    ("kata", re.compile("[ァ-ヺー]")),
)

Words = Sequence[tuple[str, str]]
Reader = Callable[[str], Words]
"""A name → its words, each with its reading in katakana, or with itself where none is known."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of a text, folded; `before` is what stands between it and the letter before."""

    char: str
    script: str
    before: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as it may be spelt; `latin` where only Latin letters leave its vowels short."""

    letters: str
    latin: bool = False


class Spellings:
    """The ways some names, folded, are spelt. `reader` None: by their own letters only."""

    def __init__(self, names: Iterable[str], reader: Reader | None) -> None:
        listed = {"".join(one.char for one in letters_of(name)) for name in names}
        self._listed = {Spelling(name) for name in listed if len(name) > 1}
        self._read = {one for name in listed for one in _by_reading(name, reader)} if reader else set()

    def stand_in(self, text: str) -> bool:
        """Whether a reader of this text, folded, sees one of them."""
        texts = {text, READING.sub("", text)}
        ways = ((self._listed, False), (self._read, True))
        return any(_stands(names, one, by_sound=sound) for names, sound in ways for one in texts)


def letters_of(text: str, *, by_sound: bool = False) -> Iterator[Letter]:
    """The letters of a text; by sound, kana are hiragana, and Latin letters are what they say as romaji."""
    between = ""
    for unit in UNIT.findall(SPACED.sub(_closed_up, text) if by_sound else text):
        if not unit[0].isalnum():
            between += unit
            continue
        script = _script_of(unit[0])
        folded = (_sound_of(unit) if script == "latin" else unit.translate(KANA)) if by_sound else unit.casefold()
        for char in folded:
            yield Letter(char, script, between)
            between = ""


def _closed_up(run: re.Match[str]) -> str:
    return "".join(char for char in run[0] if char.isalpha())


def _sound_of(word: str) -> str:
    plain = "".join(char for char in unicodedata.normalize("NFD", word.lower()) if "a" <= char <= "z")
    return SOUND.sub(_kana_of, LONG_O.sub("o", plain))


def _kana_of(found: re.Match[str]) -> str:
    latin = found[0]
    if latin in ROMAJI:
        return ROMAJI[latin]
    return "っ" if found[2] else "ん" if latin == "n" or found[1] else latin


@lru_cache(maxsize=8192)
def _script_of(char: str) -> str:
    return next((name for name, letters in SCRIPTS if letters.match(char)), "digit" if char.isdigit() else "kanji")


def _by_reading(name: str, reader: Reader) -> Iterator[Spelling]:
    """The name with any of its words by sound."""
    words = reader(name)
    first = words[0][0] if words else ""
    again = [*words[:1], *reader(name[len(first) :])] if len(words) > 2 else words  # 渡辺|養(マモル)|魚場, 渡辺|養魚|場
    for ways in {tuple(words), tuple(again)}:
        heads = [_ways_of(*word) for word in ways[: MOST_WORDS - 1]]
        rest = ways[MOST_WORDS - 1 :]
        tail = [_ways_of("".join(word for word, _ in rest), "".join(read for _, read in rest))] if rest else []
        for chosen in product(*heads, *tail):
            letters = "".join(one.letters for one in chosen)
            if len(letters) >= LEAST:
                yield Spelling(letters, any(one.latin for one in chosen))


def _ways_of(word: str, reading: str) -> set[Spelling]:
    written, sound = ("".join(one.char for one in letters_of(way, by_sound=True)) for way in (word, reading))
    short = LONG.sub("", sound)
    return {Spelling(written), Spelling(sound)} | ({Spelling(short, latin=True)} if short != sound else set())


def _stands(names: Iterable[Spelling], text: str, *, by_sound: bool) -> bool:
    whole = run_together(text, by_sound=by_sound)
    there = [name for name in names if name.letters in whole]
    letters = list(letters_of(text, by_sound=by_sound)) if there else []
    return any(
        _is_seen(letters[at : at + len(name.letters)], name) and _is_whole(letters, at, at + len(name.letters))
        for name in there
        for at in _places(whole, name.letters)
    )


def run_together(text: str, *, by_sound: bool) -> str:
    """The characters of `letters_of`, and quicker."""
    if by_sound:
        text = LATIN.sub(lambda word: _sound_of(word[0]), SPACED.sub(_closed_up, text).translate(KANA))
    return NO_LETTER.sub("", text if by_sound else text.casefold())


def _places(whole: str, part: str) -> Iterator[int]:
    at = whole.find(part)
    while at >= 0:
        yield at
        at = whole.find(part, at + 1)


def _is_seen(part: Sequence[Letter], name: Spelling) -> bool:
    """Whether what stands between the letters is read through."""
    scripts = {one.script for one in part}
    if name.latin and "latin" not in scripts:
        return False
    gaps = [one.before for one in part[1:]]
    if any(gaps) and len(part) < LEAST:
        return False  # 春/秋 are two words
    if all(not gap or LIGHT.fullmatch(gap) for gap in gaps):
        return True
    return all(gaps) and max(map(len, gaps)) <= MOST_BETWEEN


def _is_whole(letters: Sequence[Letter], start: int, end: int) -> bool:
    """Whether the name ends where its letters do, and is no piece of another word."""
    before = letters[start - 1] if start and not letters[start].before else None
    after = letters[end] if end < len(letters) and not letters[end].before else None
    edges = ((letters[start], before), (letters[end - 1], after))
    kana = all(one.script == "hira" for one in letters[start:end])
    least = {"kanji": SHORT, "hira": LONG_KANA if kana else SHORT}
    return not any(
        beside and edge.script == beside.script and end - start < least.get(edge.script, end) for edge, beside in edges
    )
