"""A file of texts, line by line: any size, one line in memory at a time."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from privacy.redaction import Gazetteer, Redactor, language_of

BOM: Final = b"\xef\xbb\xbf"
KNOWN: Final = ("ja", "en")


class Unusable(Exception):
    """A file that cannot be read or written. Says which, and why."""


@dataclass(frozen=True, slots=True)
class Broken(Exception):
    """A line that is left out, and why; never what it says."""

    why: str

    def __str__(self) -> str:
        return self.why


def redact_lines(
    redactor: Redactor,
    source: BinaryIO,
    target: BinaryIO,
    *,
    passed: Callable[[int], None],
    broken: Callable[[int, str], None],
) -> tuple[int, int]:
    """Write the spans of every good line; returns how many were written and how many left out.

    `passed` is told the bytes read after each line, `broken` the number and fault of each line that is left out.
    """
    good = bad = 0
    for number, raw in enumerate(source, 1):
        line = raw.removeprefix(BOM) if number == 1 else raw
        if line.strip():
            try:
                target.write(_redacted(redactor, line))
                good += 1
            except Broken as fault:
                broken(number, fault.why)
                bad += 1
        passed(len(raw))
    return good, bad


def _redacted(redactor: Redactor, line: bytes) -> bytes:
    row = _row(line)
    text, lang = row["text"], row.get("lang")
    spans = redactor.find(text, lang if lang in KNOWN else language_of(text))
    found = [{"start": one.start, "end": one.end, "label": one.label} for one in spans]
    return json.dumps({"id": row["id"], "spans": found}, ensure_ascii=True).encode() + b"\n"


def _row(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"), parse_constant=_refuse)
    except UnicodeDecodeError:
        raise Broken("is not UTF-8") from None
    except (ValueError, RecursionError):
        raise Broken("is not JSON") from None
    if not isinstance(row, dict):
        raise Broken("is not a JSON object")
    if "id" not in row:
        raise Broken("has no id")
    if not isinstance(row.get("text"), str):
        raise Broken("has no text")
    return row


def _refuse(name: str) -> None:
    raise ValueError(name)


def read_names(path: Path) -> Gazetteer:
    """The names in a file, one a line; UTF-8, UTF-16 with its mark, or what Japanese Windows writes. Raises Unusable."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from None
    for encoding in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp932"):
        try:
            return Gazetteer.of(raw.decode(encoding).splitlines())
        except UnicodeDecodeError:
            continue
    raise Unusable(f"{path}: is not UTF-8")


def refuse_same(source: Path, target: Path) -> None:
    """Raises Unusable where writing the target would destroy the source, or something that is no file."""
    if target.exists() and source.samefile(target):
        raise Unusable(f"{target}: is the input; choose another --out")
    if target.exists() and not target.is_file():
        raise Unusable(f"{target}: is not a regular file")


@contextmanager
def whole_or_not(target: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name when it is whole; a failure leaves what was there before. Raises Unusable."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise Unusable(f"{target}: {error.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o600)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
