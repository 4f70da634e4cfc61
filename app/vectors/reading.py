"""Read many rows of what matching remembers at once: one query, one look at the keys, no object a row."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, and_, select

from app.db import Stores
from app.sealing import Vault
from app.vectors import beside, store
from app.vectors.models import IndexedThread, VectorBeside
from matching.profiles import USUAL_LENGTH, Answer

BATCH: Final = 5000
Open = Callable[[bytes, str], bytes]


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A changed thread as a cache needs it. Without a vector of its encoder it is to be forgotten, or waits for one."""

    thread_id: str
    topic: str
    window: int
    seq: int
    subject: str
    vector: NDArray[np.float32] | None
    counts: Mapping[str, int]
    answers: Sequence[Sequence[Any]]  # each with the parts of `store.Answered`, of which older ones lack the last
    passes: Sequence[Sequence[Any]]  # of `store.Passed`


def opened_after(stores: Stores, vault: Vault, encoder: str, seq: int) -> Iterator[list[Opened]]:
    """Every thread changed since, in batches, in no promised order."""
    opening, wanted = _Opening(vault, encoder), _boxes(encoder)
    if seq:  # all of a table are read as they lie, not in the order of an index
        wanted = wanted.where(IndexedThread.seq > seq)
    for rows in stores.content.execute(wanted).yield_per(BATCH).partitions():
        yield [opening.row(row) for row in rows]


def opened(stores: Stores, vault: Vault, encoder: str, thread_ids: Sequence[str]) -> Iterator[list[Opened]]:
    """These threads, in batches, in no promised order."""
    opening = _Opening(vault, encoder)
    for start in range(0, len(thread_ids), BATCH):
        wanted = _boxes(encoder).where(IndexedThread.thread_id.in_(thread_ids[start : start + BATCH]))
        yield [opening.row(row) for row in stores.content.execute(wanted)]


def answers_of(row: Opened, window_days: float) -> list[Answer]:
    """The answers of a thread as matching knows them; how late each came is known by the window."""
    return [
        Answer(
            handle, window * window_days, accepted, more[1] if len(more) > 1 else 0,
            length=more[2] if len(more) > 2 else USUAL_LENGTH,
            delay=max(window - row.window, 0) * window_days,
        )
        for _, handle, window, accepted, *more in row.answers
    ]  # fmt: skip


def endorsed_of(row: Opened) -> frozenset[str]:
    """Who gave an endorsed answer in a thread."""
    return frozenset(handle for _, handle, _, _, *more in row.answers if more and more[0])


def _boxes(encoder: str) -> Select[Any]:
    spare = and_(VectorBeside.thread_id == IndexedThread.thread_id, VectorBeside.encoder == encoder)
    columns = (*IndexedThread.__table__.columns, VectorBeside.sealed_vector.label("beside"))
    return select(*columns).outerjoin(VectorBeside, spare)


class _Opening:
    """Opens the boxes of a row."""

    def __init__(self, vault: Vault, encoder: str) -> None:
        self._encoder = encoder
        self._vector = vault.opener(store.TABLE, "sealed_vector")
        self._beside = vault.opener(beside.TABLE, "sealed_vector")
        self._counts = vault.opener(store.TABLE, "sealed_counts")
        self._evidence = vault.opener(store.TABLE, "sealed_evidence")

    def row(self, row: Any) -> Opened:
        id = row.thread_id
        known = json.loads(self._evidence(row.sealed_evidence, id)) if row.sealed_evidence is not None else {}
        raw = self._raw(row)
        counts = store.read_counts(self._counts(row.sealed_counts, id)) if raw is not None and row.sealed_counts else {}
        vector = None if raw is None else np.frombuffer(raw, "<f4").astype(np.float32, copy=False)
        told = (known.get("answers", ()), known.get("passes", ()))
        return Opened(id, row.topic, row.window, row.seq, known.get("subject", ""), vector, counts, *told)

    def _raw(self, row: Any) -> bytes | None:
        """The vector of this encoder, wherever it stands."""
        if row.beside is not None:
            return self._beside(row.beside, row.thread_id)
        mine = row.sealed_vector is not None and row.encoder == self._encoder
        return self._vector(row.sealed_vector, row.thread_id) if mine else None
