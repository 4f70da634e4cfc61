"""Key files: root keys, the post office's pair and what badges are signed with, mode 0400, in a folder of their own; never in a database."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from privacy.badges import new_issuer_seed
from privacy.boxes import BoxKeys, box_keys_of, new_box_keys
from privacy.keys import RootKeys, key_id_of

ROOT: Final = "root-{number:04d}.key"
POST_OFFICE: Final = "post-office.key"
POST_OFFICE_OLD: Final = "post-office-{number:04d}.key"
POST_OFFICE_PUBLIC: Final = "post-office.pub"
BADGE: Final = "badge-{number:04d}.key"


class KeyFileProblem(Exception):
    """A key file is missing, unreadable, or may be read by others. Says which file."""


@dataclass(frozen=True, slots=True)
class KeyFolder:
    """The folder; the web process needs read access to all but the post office's private half."""

    path: Path

    def init(self) -> list[Path]:
        """Make what is missing; never overwrites. Returns the files made."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = []
        if not list(self.path.glob("root-*.key")):
            made.append(self._write(ROOT.format(number=1), secrets.token_bytes(32)))
        private, public = (self.path / name for name in (POST_OFFICE, POST_OFFICE_PUBLIC))
        if not private.exists() and not public.exists():  # the web process's folder has the public half alone
            made.append(self._write(POST_OFFICE, new_box_keys().private))
        if not public.exists():
            made.append(self._write(POST_OFFICE_PUBLIC, self.post_office().public))
        if not self._badges():
            made.append(self._write(BADGE.format(number=1), new_issuer_seed()))
        return made

    def roots(self) -> RootKeys:
        """Every root key, newest first."""
        files = sorted(self.path.glob("root-*.key"), reverse=True)
        if not files:
            raise KeyFileProblem(f"{self.path}: no root key; run `shiome keys init`")
        return RootKeys([self._read(file.name) for file in files])

    def stamp(self) -> object:
        """Another value whenever a file came or went; the names too, since two changes may fall into one tick of the
        folder's clock."""
        try:
            return (self.path.stat().st_mtime_ns, *sorted(os.listdir(self.path)))
        except OSError:
            return 0

    def root_names(self) -> dict[bytes, str]:
        """File name by key id, newest first."""
        names = [file.name for file in sorted(self.path.glob("root-*.key"), reverse=True)]
        return {key_id_of(self._read(name)): name for name in names}

    def add_root(self) -> Path:
        """Make one root key more: from now on it seals, and the ones before it still open."""
        numbers = [int(file.stem.partition("-")[2]) for file in self.path.glob("root-*.key")]
        return self._put(ROOT.format(number=max(numbers, default=0) + 1), secrets.token_bytes(32))

    def badge_seeds(self) -> list[bytes]:
        """What certificates of badges are signed with, newest first: the newest signs, the public half of each verifies."""
        return [self._read(file.name) for file in self._badges()]

    def add_badge(self) -> Path:
        """Make a new key for badges; the ones before it stay, since what they signed is verified with them."""
        numbers = [int(file.stem.partition("-")[2]) for file in self._badges()]
        return self._put(BADGE.format(number=max(numbers, default=0) + 1), new_issuer_seed())

    def _badges(self) -> list[Path]:
        return sorted(self.path.glob("badge-*.key"), reverse=True)

    def add_post_office(self) -> Path:
        """Make a new pair; the old private half stays beside it under a number. Stopped anywhere, it is done again."""
        olds = self._old_post_offices()
        if not olds or self._read(olds[0].name) != self._read(POST_OFFICE):
            number = int(olds[0].stem.rpartition("-")[2]) + 1 if olds else 1
            os.link(self.path / POST_OFFICE, self.path / POST_OFFICE_OLD.format(number=number))
        return self._put(POST_OFFICE, new_box_keys().private)

    def publish_post_office(self) -> Path:
        """Write the public half that belongs to the newest private one."""
        return self._put(POST_OFFICE_PUBLIC, self.post_office().public)

    def post_offices(self) -> dict[str, BoxKeys]:
        """Every pair by the name of its file, newest first: the mail process alone calls this."""
        names = [POST_OFFICE, *(file.name for file in self._old_post_offices())]
        return {name: box_keys_of(self._read(name)) for name in names}

    def post_office_privates(self) -> list[bytes]:
        """The private halves, newest first."""
        return [pair.private for pair in self.post_offices().values()]

    def _old_post_offices(self) -> list[Path]:
        return sorted(self.path.glob("post-office-*.key"), reverse=True)

    def post_office_public(self) -> bytes:
        """The half that closes boxes."""
        return self._read(POST_OFFICE_PUBLIC)

    def post_office(self) -> BoxKeys:
        """The half that opens them: the mail process alone calls this."""
        return box_keys_of(self._read(POST_OFFICE))

    def _put(self, name: str, content: bytes) -> Path:
        """Write a file under another name first: who looks meanwhile sees the whole of it or nothing."""
        (self.path / f".{name}.new").unlink(missing_ok=True)
        made = self._write(f".{name}.new", content)
        made.replace(self.path / name)
        return self.path / name

    def _write(self, name: str, content: bytes) -> Path:
        path = self.path / name
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            os.fsync(file.fileno())
        return path

    def _read(self, name: str) -> bytes:
        path = self.path / name
        try:
            mode = path.stat().st_mode & 0o777
            content = path.read_bytes()
        except OSError as error:
            raise KeyFileProblem(f"{path}: {error.strerror}; run `shiome keys init`") from None
        if mode & 0o377 and name != POST_OFFICE_PUBLIC:
            raise KeyFileProblem(f"{path}: mode is {mode:04o}, must be 0400")
        return content
