"""The reporter's key files: one pair a period, of which the private half lives here alone, until its reports are out.

Mode 0400, made at random and not from a root key, in no database and no backup.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.keyfiles import KeyFileProblem
from privacy.boxes import KEY_BYTES, BoxKeys, box_keys_of, new_box_keys

NAME: Final = "reporter-{period}.key"
_NAME: Final = re.compile(r"reporter-(\d{4}(?:Q[1-4])?)\.key")


@dataclass(frozen=True, slots=True)
class ReporterKeys:
    """The folder; the reporter's process alone reads it."""

    path: Path

    def make(self, period: str) -> BoxKeys:
        """The pair of a period, made when it is not there; half a file is never seen under its name."""
        path = self._path(period)
        if not path.exists():
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            new = path.with_name(f".{path.name}.new")
            new.unlink(missing_ok=True)
            handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
            with os.fdopen(handle, "wb") as file:
                file.write(new_box_keys().private)
                os.fsync(file.fileno())
            new.replace(path)
        return self.pair(period)

    def pair(self, period: str) -> BoxKeys:
        """The pair of a period. Raises KeyFileProblem."""
        path = self._path(period)
        try:
            mode, private = path.stat().st_mode & 0o777, path.read_bytes()
        except OSError as error:
            raise KeyFileProblem(f"{path}: {error.strerror}; what was left for {period} opens with it alone") from None
        if mode & 0o377 or len(private) != KEY_BYTES:
            raise KeyFileProblem(f"{path}: mode is {mode:04o}, must be 0400, and {KEY_BYTES} bytes long")
        return box_keys_of(private)

    def periods(self) -> list[str]:
        """The periods there is a file of."""
        return sorted(found[1] for name in self._names() if (found := _NAME.fullmatch(name)))

    def destroy(self, period: str) -> None:
        """Overwrite the private half and take the file away; once more does nothing."""
        path = self._path(period)
        if path.exists():
            path.chmod(0o600)
            with path.open("r+b") as file:
                file.write(bytes(KEY_BYTES))
                os.fsync(file.fileno())
            path.unlink()

    def _names(self) -> list[str]:
        return os.listdir(self.path) if self.path.is_dir() else []

    def _path(self, period: str) -> Path:
        return self.path / NAME.format(period=period)
