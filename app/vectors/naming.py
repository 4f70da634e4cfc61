"""Find, and take out, a handle in what matching remembers of threads."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select

from app.db import Stores
from app.sealing import Vault
from app.vectors.models import IndexedThread
from app.vectors.store import Evidence, evidence_of, put_evidence


def threads_naming(stores: Stores, vault: Vault, handles: Collection[str]) -> list[tuple[str, str]]:
    """(thread, handle) wherever the evidence of a thread names one of these handles: every box is opened once."""
    wanted = frozenset(handles)
    rows = stores.content.scalars(select(IndexedThread).where(IndexedThread.sealed_evidence.is_not(None)))
    found = ((row.thread_id, handle) for row in rows for handle in _named(evidence_of(vault, row)) & wanted)
    return sorted(found)


def forget_handle(stores: Stores, vault: Vault, *, thread_id: str, handle: str) -> None:
    """Take one handle out of what is known of a thread."""
    row = stores.content.get(IndexedThread, thread_id)
    if row is None or row.sealed_evidence is None:
        return
    old = evidence_of(vault, row)
    if handle in _named(old):
        changed = replace(
            old,
            asked=tuple(one for one in old.asked if one != handle),
            answers=tuple(one for one in old.answers if one.handle != handle),
            passes=tuple(one for one in old.passes if one.handle != handle),
            aside=tuple(one for one in old.aside if one.handle != handle),
        )
        put_evidence(stores, vault, row, changed)


def _named(evidence: Evidence) -> frozenset[str]:
    answers, passes = (*evidence.answers, *evidence.aside), evidence.passes
    return frozenset((*evidence.asked, *(one.handle for one in answers), *(one.handle for one in passes)))
