"""The rankings of a replay under way, in a file: it may stop at any moment, and goes on where it was.

The first line names what they are made from. In memory stands only where each line begins.
"""

import json
from collections.abc import Mapping
from typing import IO, Any

Key = tuple[bool, str]  # whether the domain key was known, and the question


class Part:
    """Rankings in `file`, opened to read and to append. What is there under another `header`, or torn, is cut off."""

    def __init__(self, file: IO[bytes], header: Mapping[str, Any]) -> None:
        self._file = file
        self._places: dict[Key, int] = {}
        self._end = 0
        self._read(header)
        file.truncate(self._end)
        if not self._end:
            self._append(header)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: Key) -> bool:
        return key in self._places

    def put(self, key: Key, row: Mapping[str, Any]) -> None:
        """Add a ranking as a line, with its `question_id`, its `domain_key` if it has one, and who is `ranked`."""
        place = self._end
        self._append(row)
        self._places[key] = place

    def users(self, key: Key) -> list[str]:
        """Who was ranked, best first; nobody where there is no such ranking."""
        if key not in self._places:
            return []
        self._file.seek(self._places[key])
        ranked: list[str] = json.loads(self._file.readline())["ranked"]
        return ranked

    def _read(self, header: Mapping[str, Any]) -> None:
        self._file.seek(0)
        for number, line in enumerate(self._file):
            row = _row(line)
            if row is None or (number == 0 and row != header) or (number and not _is_ranking(row)):
                break
            if number:
                self._places[row.get("domain_key", True), row["question_id"]] = self._end
            self._end += len(line)

    def _append(self, row: Mapping[str, Any]) -> None:
        self._end += self._file.write(line_of(row))
        self._file.flush()


def line_of(row: Mapping[str, Any]) -> bytes:
    """One line of JSON."""
    return json.dumps(row).encode() + b"\n"


def _row(line: bytes) -> dict[str, Any] | None:
    """The object of a whole line; None of a torn one and of anything else."""
    try:
        row = json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


def _is_ranking(row: dict[str, Any]) -> bool:
    return isinstance(row.get("question_id"), str) and isinstance(row.get("ranked"), list)
