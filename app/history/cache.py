"""Vectors of a replay on disk, so that no text is embedded twice; small batches, each kept whole or not at all."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.encoder import Encoder

Vector = NDArray[np.float32]
BATCH: Final = 16
FILE: Final = "vectors.sqlite"
_TABLE: Final = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"


class CacheUnusable(Exception):
    """The cache cannot be opened or written. Says which file."""


def embed_all(
    texts: Sequence[str], encoder: Encoder, folder: Path, *, done: Callable[[int, bool], None]
) -> dict[str, Vector]:
    """The unit vector of each distinct text, from the cache in `folder` or embedded now and kept there.

    `done(number, fresh)` is told of every part. Stopped at any moment, at most one batch of 16 is embedded again.
    """
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=60)) as connection:
            connection.execute(_TABLE)
            return _embed(list(dict.fromkeys(texts)), encoder, connection, done)
    except (OSError, sqlite3.Error) as error:
        raise CacheUnusable(f"{path}: {error}") from None


def _embed(
    texts: list[str], encoder: Encoder, connection: sqlite3.Connection, done: Callable[[int, bool], None]
) -> dict[str, Vector]:
    found = _cached(texts, encoder, connection)
    if found:
        done(len(found), False)
    missing = [text for text in texts if text not in found]
    for start in range(0, len(missing), BATCH):
        part = missing[start : start + BATCH]
        rows = encoder.passages(part)
        _keep(zip((key_of(encoder, text) for text in part), rows, strict=True), connection)
        found.update(zip(part, rows, strict=True))
        done(len(part), True)
    return found


def key_of(encoder: Encoder, text: str) -> bytes:
    """What a vector is kept under: no text can be read from it."""
    return hashlib.sha256(f"{encoder.name}\0{text}".encode()).digest()


def _cached(texts: list[str], encoder: Encoder, connection: sqlite3.Connection) -> dict[str, Vector]:
    found = {}
    for text in texts:
        row = connection.execute("SELECT vector FROM vectors WHERE key = ?", (key_of(encoder, text),)).fetchone()
        if row is not None and len(row[0]) == 4 * encoder.dimension:
            found[text] = np.frombuffer(row[0], "<f4").astype(np.float32)
    return found


def _keep(rows: Iterable[tuple[bytes, Vector]], connection: sqlite3.Connection) -> None:
    with connection:
        connection.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
            [(key, np.asarray(vector, "<f4").tobytes()) for key, vector in rows],
        )
