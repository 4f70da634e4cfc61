"""Canary scan: is a planted name readable anywhere, in any dress?

A canary is planted in a member's text, mail or organisation; the scanner looks for it, without keys, in the raw bytes
of databases, write-ahead logs, indexes, logs and backups. It finds text that was stored plainly, normalised,
re-encoded, escaped or cut into bigrams. Compressed bytes hide text from it: hand in what they unpack to.
"""

from __future__ import annotations

import json
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from privacy.errors import WeakInput

MIN_CHARACTERS = 4
MIN_BYTES = 8
_GAP = 12
"""Bytes that may stand between two bigrams of a stored token list: separators, quotes, counts."""


@dataclass(frozen=True)
class Finding:
    """A canary found: in which blob, as which form, at which byte."""

    source: str
    canary: str
    form: str
    offset: int


def needles(text: str) -> set[bytes]:
    """Every byte string by which `text` would be recognised; see `needle_forms` for their names."""
    return set(needle_forms(text))


def needle_forms(text: str) -> dict[bytes, str]:
    """Byte string → name of the form: UTF-8 and UTF-16 of the text, its NFKC and folded form; hex and base64 of each
    (three alignments, both alphabets); JSON and URL escapes; bigrams in a row, joined as token lists usually are.

    Raises WeakInput for a canary under 4 characters or 8 bytes: it would be found by chance.
    """
    if len(text) < MIN_CHARACTERS or len(text.encode()) < MIN_BYTES:
        raise WeakInput("canary", f"{MIN_CHARACTERS} characters and {MIN_BYTES} bytes")
    forms: dict[bytes, str] = {}
    for variant, spelling in _spellings(text).items():
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            for form, needle in _dresses(spelling.encode(encoding)):
                forms.setdefault(needle, f"{variant} {encoding} {form}".strip())
        forms.setdefault(json.dumps(spelling)[1:-1].encode(), f"{variant} json")
        forms.setdefault(quote(spelling).encode(), f"{variant} url")
        for separator in (" ", "\n", "\0", "|", '","', '", "'):
            forms.setdefault(separator.join(_bigrams(spelling)).encode(), f"{variant} bigrams")
    return forms


def scan_bytes(blobs: Iterable[tuple[str, bytes]], canaries: Sequence[str]) -> list[Finding]:
    """Every form of every canary in every blob, at most one finding for each (blob, canary, form).

    `blobs` are (name, content) pairs, read one after the other.
    """
    wanted = [(canary, needle_forms(canary), _bigram_run(canary)) for canary in canaries]
    found: list[Finding] = []
    for source, content in blobs:
        for canary, forms, run in wanted:
            found += _findings(source, content, canary, forms, run)
    return found


def _findings(
    source: str, content: bytes, canary: str, forms: dict[bytes, str], run: re.Pattern[bytes]
) -> Iterator[Finding]:
    seen: set[str] = set()
    for needle, form in forms.items():
        offset = content.find(needle)
        if offset >= 0 and form not in seen:
            seen.add(form)
            yield Finding(source, canary, form, offset)
    if match := run.search(content):
        yield Finding(source, canary, "bigram run", match.start())


def _spellings(text: str) -> dict[str, str]:
    nfkc = unicodedata.normalize("NFKC", text)
    return {"whole": text, "nfkc": nfkc, "folded": nfkc.casefold(), "nfd": unicodedata.normalize("NFD", text)}


def _dresses(raw: bytes) -> Iterator[tuple[str, bytes]]:
    yield "", raw
    yield "hex", raw.hex().encode()
    yield "hex", raw.hex().upper().encode()
    for shift in range(3):
        inner = _inner_base64(raw, shift)
        yield "base64", inner
        yield "base64", inner.replace(b"+", b"-").replace(b"/", b"_")


def _inner_base64(raw: bytes, shift: int) -> bytes:
    # Within a longer text the name starts at any of three places of a base64 quantum; the letters at both ends depend
    # on the neighbours and are left away.
    return b64encode(bytes(shift) + raw)[-(-shift * 8 // 6) : (shift + len(raw)) * 8 // 6]


def _bigrams(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


def _bigram_run(text: str) -> re.Pattern[bytes]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    between = b"[\\s\\S]{1,%d}?" % _GAP
    return re.compile(between.join(re.escape(bigram.encode()) for bigram in _bigrams(folded)))
