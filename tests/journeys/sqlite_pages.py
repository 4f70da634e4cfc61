"""What a thief reads in the files themselves: on which page and at which byte each row stands, where its overflow
begins, and in which commit of the write-ahead log it was first seen. SQLite sorts rows by key only within its trees:
bytes are handed out in the order in which rows came. Format: https://sqlite.org/fileformat2.html
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

LEAVES = {2: False, 10: True}  # b-trees of WITHOUT ROWID tables and of indexes: interior, leaf
FRAME_HEADER, LOG_HEADER = 24, 32


@dataclass(frozen=True)
class Cell:
    """One row as it lies in a file: its columns as far as they are short, and where its bytes are."""

    columns: tuple[object, ...]
    page: int
    offset: int
    overflow: int  # first overflow page, or 0


@dataclass(frozen=True)
class Written:
    """One row first seen in a commit of the log."""

    table: str
    columns: tuple[object, ...]
    commit: int


def tables_of(path: Path) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Table → root page and column names in stored order: the key first."""
    with sqlite3.connect(path) as connection:
        listed = connection.execute("select name, rootpage from sqlite_schema where type = 'table'").fetchall()
        found = {}
        for name, root in listed:
            info = connection.execute(f"pragma table_info({name})").fetchall()
            keys = [row[1] for row in sorted(info, key=lambda row: row[5]) if row[5]]
            found[name] = (root, (*keys, *(row[1] for row in info if not row[5])))
    connection.close()
    return found


class PageFile:
    """The pages of one database file, with later images laid over them."""

    def __init__(self, raw: bytes) -> None:
        self.size = int.from_bytes(raw[16:18], "big") or 1024
        self.size = 65536 if self.size == 1 else self.size
        self._raw = raw
        self._newer: dict[int, bytes] = {}

    def page(self, number: int) -> bytes:
        return self._newer.get(number) or self._raw[(number - 1) * self.size : number * self.size]

    def lay_over(self, number: int, image: bytes) -> None:
        self._newer[number] = image

    def cells(self, number: int) -> Iterator[Cell]:
        """Every row in one tree page."""
        image = self.page(number)
        start = 100 if number == 1 else 0
        if len(image) < self.size or image[start] not in LEAVES:
            return
        is_leaf = LEAVES[image[start]]
        count = int.from_bytes(image[start + 3 : start + 5], "big")
        pointers = start + (8 if is_leaf else 12)
        for at in range(count):
            offset = int.from_bytes(image[pointers + 2 * at : pointers + 2 * at + 2], "big")
            yield self._cell(image, number, offset, is_leaf)

    def children(self, number: int) -> list[int]:
        """The tree pages below one."""
        image = self.page(number)
        start = 100 if number == 1 else 0
        if image[start] != 2:
            return []
        count = int.from_bytes(image[start + 3 : start + 5], "big")
        offsets = [int.from_bytes(image[start + 12 + 2 * at : start + 14 + 2 * at], "big") for at in range(count)]
        last = int.from_bytes(image[start + 8 : start + 12], "big")
        return [*(int.from_bytes(image[offset : offset + 4], "big") for offset in offsets), last]

    def tree(self, root: int) -> Iterator[int]:
        """Every page of a tree, from its root."""
        yield root
        for child in self.children(root):
            yield from self.tree(child)

    def _cell(self, image: bytes, number: int, offset: int, is_leaf: bool) -> Cell:
        at = offset if is_leaf else offset + 4
        length, at = _varint(image, at)
        most, least = (self.size - 12) * 64 // 255 - 23, (self.size - 12) * 32 // 255 - 23
        surplus = least + (length - least) % (self.size - 4)
        local = length if length <= most else surplus if surplus <= most else least
        payload = image[at : at + local]
        overflow = int.from_bytes(image[at + local : at + local + 4], "big") if local < length else 0
        return Cell(tuple(_columns(payload + self._rest(overflow, length - local))), number, offset, overflow)

    def _rest(self, page: int, length: int) -> bytes:
        found = b""
        while page and len(found) < length:
            image = self.page(page)
            found += image[4:]
            page = int.from_bytes(image[:4], "big")
        return found[:length]


def places(path: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """(table, key columns with #page, #offset, #overflow) of every row of a file whose log has been folded in."""
    file = PageFile(path.read_bytes())
    for table, (root, names) in tables_of(path).items():
        for number in file.tree(root):
            for cell in file.cells(number):
                where = {"#page": cell.page, "#offset": -cell.offset, "#overflow": cell.overflow or None}
                yield table, {**dict(zip(names, cell.columns, strict=False)), **where}


def log_of(path: Path, log: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """(table, row with #commit) of every row in the order in which the write-ahead log first holds it.

    Frames of an older run of the log, not yet written over, come first.
    """
    file = PageFile(path.read_bytes())
    names = tables_of(path)
    owner = {number: table for table, (root, _) in names.items() for number in file.tree(root)}
    seen: set[tuple[str, object]] = set()
    for commit, images in enumerate(_commits(log, file.size)):
        for number, image in images.items():
            file.lay_over(number, image)
        for number in images:
            table = owner.get(number)
            for cell in file.cells(number) if table else ():
                key = (table or "", cell.columns[0])
                if key not in seen:
                    seen.add(key)
                    yield key[0], {**dict(zip(names[key[0]][1], cell.columns, strict=False)), "#commit": commit}


def _commits(log: Path, size: int) -> Iterator[Mapping[int, bytes]]:
    raw = log.read_bytes() if log.exists() else b""
    frames = []
    for at in range(LOG_HEADER, len(raw) - FRAME_HEADER - size + 1, FRAME_HEADER + size):
        head = raw[at : at + FRAME_HEADER]
        salt, number, ends = (int.from_bytes(head[a : a + 4], "big") for a in (8, 0, 4))
        frames.append((salt, at, number, ends, raw[at + FRAME_HEADER : at + FRAME_HEADER + size]))
    together: dict[int, bytes] = {}
    for _salt, _at, number, ends, image in sorted(frames, key=lambda frame: frame[:2]):
        together[number] = image
        if ends:
            yield together
            together = {}


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for n in range(9):
        if at >= len(raw):
            return value, at
        byte = raw[at]
        at += 1
        if n == 8:
            return (value << 8) | byte, at
        value = (value << 7) | (byte & 0x7F)
        if not byte & 0x80:
            break
    return value, at


def _columns(payload: bytes) -> Iterator[object]:
    header, at = _varint(payload, 0)
    body = header
    while at < header:
        kind, at = _varint(payload, at)
        if kind >= 12:
            length = (kind - 12) // 2
            part = payload[body : body + length]
            yield part.decode(errors="replace") if kind % 2 else part
        else:
            length = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[kind]
            yield (
                None
                if kind == 0
                else kind - 8
                if kind in (8, 9)
                else int.from_bytes(payload[body : body + length], "big", signed=True)
            )
        body += length
