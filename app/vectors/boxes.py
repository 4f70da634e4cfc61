"""Seal and open what is kept of a thread's words: its vector, and how often each token stands in it."""

import json
from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.sealing import Vault
from app.vectors.models import IndexedThread
from matching.packing import Packed, pack

TABLE: Final = "indexed_threads"
COUNTS_PAD: Final = 2048
_HALVES: Final = b"h"  # before numbers in half precision; without it they are in single, as they once were


def vector_of(vault: Vault, row: IndexedThread) -> NDArray[np.float32] | None:
    """The vector of a row, or None."""
    if row.sealed_vector is None:
        return None
    return open_vector(vault, row.sealed_vector, table=TABLE, row=row.thread_id)


def seal_vector(vault: Vault, vector: NDArray[np.float32], *, table: str, row: str) -> bytes:
    """Seal a vector for the column `sealed_vector` of a table."""
    raw = _HALVES + np.asarray(vector, "<f2").tobytes()
    return vault.seal_bytes(raw, table=table, column="sealed_vector", row=row, pad=0)


def open_vector(vault: Vault, sealed: bytes, *, table: str, row: str) -> NDArray[np.float32]:
    """Open what `seal_vector` sealed for the same cell."""
    return read_vector(vault.open_bytes(sealed, table=table, column="sealed_vector", row=row)).astype(np.float32)


def read_vector(raw: bytes) -> NDArray[np.floating]:
    """A vector as `seal_vector` wrote it, or in single precision, as it once was."""
    if len(raw) % 2:
        return np.frombuffer(raw, "<f2", offset=len(_HALVES))
    return np.frombuffer(raw, "<f4")


def counts_of(vault: Vault, row: IndexedThread) -> dict[str, int]:
    """The token counts of a row."""
    if row.sealed_counts is None:
        return {}
    raw = vault.open_bytes(row.sealed_counts, table=TABLE, column="sealed_counts", row=row.thread_id)
    return dict(read_counts(raw))


def seal_counts(vault: Vault, counts: Mapping[str, int], *, row: str) -> bytes:
    """Seal token counts."""
    return vault.seal_bytes(pack(counts), table=TABLE, column="sealed_counts", row=row, pad=COUNTS_PAD)


def read_counts(raw: bytes) -> Mapping[str, int]:
    """Token counts as `pack` wrote them, or as JSON, which they were before."""
    if raw[:1] == b"{":
        counts: dict[str, int] = json.loads(raw)
        return counts
    return Packed(raw)
