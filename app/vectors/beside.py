"""Vectors of a second encoder beside those in use, so that no process is ever without.

A process reads whichever of a thread's two vectors its own encoder made. So while another encoder is at work the old
ones go on being read; the moment a process starts under the new one it finds them all; and the one before still
stands, should it be wanted back, until the worker moves the new ones into its place.
"""

from collections import Counter
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, and_, delete, func, select

from app.db import Stores
from app.sealing import Vault
from app.vectors.boxes import open_vector, seal_vector, vector_of
from app.vectors.models import IndexedThread, VectorBeside
from app.vectors.store import touch

TABLE: Final = "vectors_beside"
Vector = NDArray[np.float32]


def put_beside(stores: Stores, vault: Vault, *, thread_id: str, encoder: str, vector: Vector) -> None:
    """Store a second vector of an indexed thread, in place of any other that stood beside."""
    sealed = seal_vector(vault, vector, table=TABLE, row=thread_id)
    stores.content.merge(VectorBeside(thread_id=thread_id, encoder=encoder, sealed_vector=sealed))
    touch(stores, stores.content.get_one(IndexedThread, thread_id))


def find_vector(stores: Stores, vault: Vault, row: IndexedThread, encoder: str) -> Vector | None:
    """The vector this encoder made of a thread, wherever it stands, or None."""
    if row.encoder == encoder:
        return vector_of(vault, row)
    beside = stores.content.get(VectorBeside, row.thread_id)
    return None if beside is None or beside.encoder != encoder else open_beside(vault, beside)


def open_beside(vault: Vault, row: VectorBeside) -> Vector:
    """The vector of a row."""
    return open_vector(vault, row.sealed_vector, table=TABLE, row=row.thread_id)


def lacking(stores: Stores, encoder: str) -> list[str]:
    """Threads that have a vector, and none of this encoder, in an order that says nothing."""
    joined = select(IndexedThread.thread_id).outerjoin(
        VectorBeside, and_(VectorBeside.thread_id == IndexedThread.thread_id, VectorBeside.encoder == encoder)
    )
    wanted = (IndexedThread.sealed_vector.is_not(None), IndexedThread.encoder != encoder)
    query = joined.where(*wanted, VectorBeside.thread_id.is_(None))
    return list(stores.content.scalars(query.order_by(IndexedThread.thread_id)))


def adopt(stores: Stores, vault: Vault, *, encoder: str, limit: int) -> int:
    """Move up to `limit` vectors of `encoder` into the place of those before, which are then gone; gives how many."""
    query = select(VectorBeside).join(IndexedThread, IndexedThread.thread_id == VectorBeside.thread_id)
    rows = list(stores.content.scalars(query.where(_is_spare(encoder)).limit(limit)))
    for beside in rows:
        row = stores.content.get_one(IndexedThread, beside.thread_id)
        row.sealed_vector = seal_vector(vault, open_beside(vault, beside), table="indexed_threads", row=row.thread_id)
        row.encoder = encoder
        touch(stores, row)
        stores.content.delete(beside)
    return len(rows)


def discard(stores: Stores) -> int:
    """Erase every vector that stands beside; gives how many there were."""
    result = stores.content.execute(delete(VectorBeside))
    return int(getattr(result, "rowcount", 0))


def census(stores: Stores) -> tuple[Counter[str], Counter[str]]:
    """How many vectors there are of each encoder: those in place, those beside."""
    place = select(IndexedThread.encoder, func.count()).where(IndexedThread.sealed_vector.is_not(None))
    beside = select(VectorBeside.encoder, func.count())
    queries = (place.group_by(IndexedThread.encoder), beside.group_by(VectorBeside.encoder))
    counted = [Counter({row[0]: int(row[1]) for row in stores.content.execute(query)}) for query in queries]
    return counted[0], counted[1]


def _is_spare(encoder: str) -> ColumnElement[bool]:
    return and_(VectorBeside.encoder == encoder, IndexedThread.encoder != encoder)
