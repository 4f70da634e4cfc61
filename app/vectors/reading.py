"""Read many rows of what matching remembers at once: one query, one look at the keys, and no more opened than is used."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from json import JSONDecoder
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, and_, func, select

from app.db import Stores
from app.sealing import Vault
from app.vectors import beside, boxes
from app.vectors.models import IndexedThread, IndexPart, VectorBeside
from matching.profiles import USUAL_LENGTH, Answer

BATCH: Final = 5000
FETCHED: Final = 200  # rows fetched at a time: few enough that the memory they take is used again
ASKED: Final = 500  # ids in one query


NOBODY: Final[frozenset[str]] = frozenset()
_read: Final = JSONDecoder().raw_decode  # `json.loads` of what begins with its value and ends with it, for less


class Opened(NamedTuple):
    """A changed thread as a cache needs it. Without a vector of its encoder it is to be forgotten, or waits for one."""

    thread_id: str
    topic: str
    window: int
    version: int
    subject: str
    has_vector: bool
    vector: NDArray[np.floating] | None  # None also where nobody wants it opened, and the counts are then empty
    counts: Mapping[str, int]
    answers: Sequence[Sequence[Any]]  # each with the parts of `store.Answered`, of which older ones lack the last
    passes: Sequence[Sequence[Any]]  # of `store.Passed`
    asked: Sequence[str]  # handles


def everything(stores: Stores, vault: Vault, encoder: str, wanted: Container[str]) -> Iterator[list[Opened]]:
    """Every thread, in batches, in no promised order; vectors and counts of the subjects `wanted` alone."""
    opening = _Opening(vault, encoder, wanted)
    return _batches(opening.row(*row) for row in _rows(stores, _boxes(encoder)))


def opened(
    stores: Stores, vault: Vault, encoder: str, thread_ids: Sequence[str], wanted: Container[str] | None = None
) -> Iterator[list[Opened]]:
    """These threads likewise; without `wanted` vectors and counts of every subject."""
    opening, query = _Opening(vault, encoder, wanted), _boxes(encoder)
    pieces = (thread_ids[start : start + ASKED] for start in range(0, len(thread_ids), ASKED))
    queries = (query.where(IndexedThread.thread_id.in_(piece)) for piece in pieces)
    return _batches(opening.row(*row) for one in queries for row in _rows(stores, one))


def number_of_threads(stores: Stores) -> int:
    """How many threads there are to read."""
    return stores.content.scalar(select(func.count()).select_from(IndexedThread)) or 0


def versions_of_parts(stores: Stores) -> dict[str, int]:
    """In which version each part of the table is."""
    return {row.part: row.version for row in stores.content.execute(select(IndexPart.part, IndexPart.version))}


def changed_in(stores: Stores, parts: Iterable[str], known: Mapping[str, int]) -> list[str]:
    """The threads of these parts that are in another version than the one known."""
    columns = select(IndexedThread.thread_id, IndexedThread.version)
    queries = (columns.where(IndexedThread.thread_id.between(part, part + "~")) for part in parts)
    rows = (row for query in queries for row in stores.content.execute(query))
    return [thread_id for thread_id, version in rows if known.get(thread_id) != version]


def answers_of(row: Opened, window_days: float) -> list[Answer]:
    """The answers of a thread as matching knows them; how late each came is known by the window."""
    return [_answer(row.window, window_days, *parts) for parts in row.answers]


def _answer(
    asked: int, days: float, _post: str, handle: str, window: int, accepted: bool, _endorsed: bool = False,
    worked: int = 0, length: int = USUAL_LENGTH, outcome: int = 0, _unvouched: bool = False,
) -> Answer:  # fmt: skip
    """The parts of `store.Answered`; what came of it in the end counts as one more it worked for, or annuls them all."""
    worked = 0 if outcome < 0 else worked + outcome
    return Answer(handle, window * days, accepted, worked, length, max(window - asked, 0) * days)


def endorsed_of(row: Opened) -> frozenset[str] | None:
    """Who gave an endorsed answer in a thread, without those who want nothing made of it; None where nobody did."""
    named = [answer for answer in row.answers if len(answer) > 4 and answer[4]]
    if not named:
        return None
    return frozenset(answer[1] for answer in named if not (len(answer) > 8 and answer[8])) or NOBODY


def _boxes(encoder: str) -> Select[Any]:
    spare = and_(VectorBeside.thread_id == IndexedThread.thread_id, VectorBeside.encoder == encoder)
    # as a column, since over a join SQLite reads the table in the order of an index, which takes eight times as long
    return select(*IndexedThread.__table__.columns, select(VectorBeside.sealed_vector).where(spare).scalar_subquery())


def _rows(stores: Stores, query: Select[Any]) -> Iterable[Sequence[Any]]:
    """The rows of a query, past the session, which would look at each of them for objects it holds."""
    stores.content.flush()
    return stores.content.connection().execute(query.execution_options(yield_per=FETCHED))


def _batches(rows: Iterable[Opened]) -> Iterator[list[Opened]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


class _Opening:
    """Opens the boxes of a row; vector and counts in the subjects `wanted` alone, None for all."""

    def __init__(self, vault: Vault, encoder: str, wanted: Container[str] | None) -> None:
        self._encoder, self._wanted = encoder, wanted
        self._vector = vault.opener(boxes.TABLE, "sealed_vector")
        self._beside = vault.opener(beside.TABLE, "sealed_vector")
        self._counts = vault.opener(boxes.TABLE, "sealed_counts")
        self._evidence = vault.opener(boxes.TABLE, "sealed_evidence")

    def row(
        self, id: str, topic: str, window: int, version: int, encoder: str,
        vector: bytes | None, counts: bytes | None, evidence: bytes | None, spare: bytes | None,
    ) -> Opened:  # fmt: skip
        """A row of `_boxes`."""
        told = {} if evidence is None else _read(self._evidence(evidence, id).decode())[0]
        subject, raw = told.get("subject", ""), b""
        has_vector = spare is not None or (vector is not None and encoder == self._encoder)
        if has_vector and (self._wanted is None or subject in self._wanted):
            raw = self._beside(spare, id) if spare is not None else self._vector(vector or b"", id)
        return Opened(
            id, topic, window, version, subject, has_vector,
            boxes.read_vector(raw) if raw else None,
            boxes.read_counts(self._counts(counts, id)) if raw and counts else {},
            told.get("answers", ()), told.get("passes", ()), told.get("asked", ()),
        )  # fmt: skip
