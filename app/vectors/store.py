"""Write and read what matching remembers.

With every change a row is given another version, and so is its part of the table: that is how caches know what to read
again. Versions are drawn, so that no copy of the file tells which rows one person changed one after the other.
"""

import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, select

from app.db import Stores
from app.sealing import Vault
from app.vectors.boxes import TABLE, seal_counts, seal_vector
from app.vectors.models import IndexedThread, IndexPart, VectorBeside
from matching.profiles import USUAL_LENGTH

EVIDENCE_PAD: Final = 1024
PART: Final = 2  # characters of an id: 256 parts


@dataclass(frozen=True, slots=True)
class Answered:
    """One published answer, by handle: accepted by the asker, endorsed by readers, for how many others it worked, and
    what the asker said later came of it: 1 good, -1 bad, 0 neither or nothing.

    `length` is in characters, rounded to a power of two. `unvouched`: its author wants nothing made of the endorsement.
    """

    post: str
    handle: str
    window: int
    accepted: bool = False
    endorsed: bool = False
    worked: int = 0
    length: int = USUAL_LENGTH
    outcome: int = 0
    unvouched: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """A pass, with its reason: evidence for the router, never a statistic about a person."""

    handle: str
    reason: str
    window: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who was asked, answered and passed on one thread: by handle, sealed at rest under the index key."""

    asked: tuple[str, ...] = ()
    answers: tuple[Answered, ...] = ()
    passes: tuple[Passed, ...] = ()
    waves: int = 0  # how many waves went out
    subject: str = ""  # the fine domain key, which the page may not show
    aside: tuple[Answered, ...] = ()  # answers whose author wants nothing made of them; they may take them up again

    def each_answer(self, change: Callable[[Answered], Answered]) -> "Evidence":
        """The same with every answer changed, those set aside too."""
        return replace(self, answers=tuple(map(change, self.answers)), aside=tuple(map(change, self.aside)))


@dataclass(frozen=True, slots=True)
class Subjected:
    """Where a thread belongs."""

    thread_id: str
    subject: str
    topic: str
    window: int


def put_vector(
    stores: Stores,
    vault: Vault,
    *,
    where: Subjected,
    encoder: str,
    vector: NDArray[np.float32],
    counts: Mapping[str, int],
) -> None:
    """Store a thread's vector (float32, (d,)) and token counts. What stood beside was made of an older text."""
    row = _row(stores, vault, where)
    stores.content.execute(delete(VectorBeside).where(VectorBeside.thread_id == where.thread_id))
    row.encoder = encoder
    row.sealed_vector = seal_vector(vault, vector, table=TABLE, row=row.thread_id)
    row.sealed_counts = seal_counts(vault, counts, row=row.thread_id)
    touch(stores, row)


def record_wave(stores: Stores, vault: Vault, *, where: Subjected, handles: Iterable[str], wave: int) -> None:
    """Remember who was asked in a wave, so that nobody is asked twice and no wave goes out twice."""
    row = _row(stores, vault, where)
    old = evidence_of(vault, row)
    asked = tuple(dict.fromkeys((*old.asked, *handles)))
    put_evidence(stores, vault, row, replace(old, asked=asked, waves=wave + 1))


def record_answer(stores: Stores, vault: Vault, *, where: Subjected, answer: Answered) -> None:
    """Remember that a handle answered; where it wants nothing made of an endorsement, of this answer's neither."""
    row = _row(stores, vault, where)
    old = evidence_of(vault, row)
    before = (*old.answers, *old.aside)
    if all(one.post != answer.post for one in before):
        unvouched = any(one.unvouched for one in before if one.handle == answer.handle)
        put_evidence(stores, vault, row, replace(old, answers=(*old.answers, replace(answer, unvouched=unvouched))))


def record_pass(stores: Stores, vault: Vault, *, where: Subjected, passed: Passed) -> None:
    """Remember a pass."""
    row = _row(stores, vault, where)
    old = evidence_of(vault, row)
    put_evidence(stores, vault, row, replace(old, passes=(*old.passes, passed)))


def mark_worth(
    stores: Stores, vault: Vault, *, thread_id: str, accepted: Collection[str], worked: Mapping[str, int]
) -> None:
    """Remember which answers of a thread are accepted, and for how many others each worked; no others are, or did."""
    old = find_evidence(stores, vault, thread_id)
    new = old.each_answer(lambda one: replace(one, accepted=one.post in accepted, worked=worked.get(one.post, 0)))
    _replace(stores, vault, thread_id, new)


def mark_outcome(stores: Stores, vault: Vault, *, thread_id: str, post_id: str, outcome: int) -> None:
    """Remember what came of an answer: 1 good, -1 bad, 0 neither."""
    old = find_evidence(stores, vault, thread_id)
    new = old.each_answer(lambda one: replace(one, outcome=outcome) if one.post == post_id else one)
    _replace(stores, vault, thread_id, new)


def mark_endorsed(stores: Stores, vault: Vault, *, thread_id: str, posts: Collection[str]) -> None:
    """Remember which answers of a thread are endorsed, and that no others are."""
    old = find_evidence(stores, vault, thread_id)
    _replace(stores, vault, thread_id, old.each_answer(lambda one: replace(one, endorsed=one.post in posts)))


def mark_unvouched(stores: Stores, vault: Vault, *, thread_id: str, handle: str, unvouched: bool) -> None:
    """Let the endorsement of a handle's answers in a thread say nothing of it, or count again."""
    old = find_evidence(stores, vault, thread_id)
    new = old.each_answer(lambda one: replace(one, unvouched=unvouched) if one.handle == handle else one)
    _replace(stores, vault, thread_id, new)


def forget(stores: Stores, *, thread_id: str) -> None:
    """Erase all that matching knows of a thread; the empty row tells the caches."""
    row = stores.content.get(IndexedThread, thread_id)
    if row is not None:
        row.sealed_vector = row.sealed_counts = row.sealed_evidence = None
        touch(stores, row)
    stores.content.execute(delete(VectorBeside).where(VectorBeside.thread_id == thread_id))


def is_indexed(stores: Stores, thread_id: str) -> bool:
    """Whether matching knows the words of a thread."""
    row = stores.content.get(IndexedThread, thread_id)
    return row is not None and row.sealed_vector is not None


def drop_text(stores: Stores, *, thread_id: str) -> None:
    """Erase vector and token counts of a thread whose words have changed; who was asked and answered stays."""
    row = stores.content.get(IndexedThread, thread_id)
    if row is not None:
        row.sealed_vector = row.sealed_counts = None
        touch(stores, row)
    stores.content.execute(delete(VectorBeside).where(VectorBeside.thread_id == thread_id))


def set_aside(stores: Stores, vault: Vault, *, thread_id: str, handle: str) -> None:
    """Let a handle's answers in a thread say nothing of it any more; that it was asked stays, so that it is not again."""
    old = find_evidence(stores, vault, thread_id)
    mine = tuple(one for one in old.answers if one.handle == handle)
    left = tuple(one for one in old.answers if one.handle != handle)
    _replace(stores, vault, thread_id, replace(old, answers=left, aside=(*old.aside, *mine)))


def take_up(stores: Stores, vault: Vault, *, thread_id: str, handle: str) -> None:
    """Let them count again, with what became of them meanwhile."""
    old = find_evidence(stores, vault, thread_id)
    mine = tuple(one for one in old.aside if one.handle == handle)
    left = tuple(one for one in old.aside if one.handle != handle)
    answers = tuple(sorted((*old.answers, *mine), key=lambda one: (one.window, one.post)))
    _replace(stores, vault, thread_id, replace(old, answers=answers, aside=left))


def forget_passes(stores: Stores, vault: Vault, *, thread_id: str, handle: str) -> None:
    """Take a handle's passes out of what is known of a thread."""
    old = find_evidence(stores, vault, thread_id)
    _replace(stores, vault, thread_id, replace(old, passes=tuple(one for one in old.passes if one.handle != handle)))


def _replace(stores: Stores, vault: Vault, thread_id: str, evidence: Evidence) -> None:
    row = stores.content.get(IndexedThread, thread_id)
    if row is not None and row.sealed_evidence is not None and evidence_of(vault, row) != evidence:
        put_evidence(stores, vault, row, evidence)


def find_evidence(stores: Stores, vault: Vault, thread_id: str) -> Evidence:
    """What is known of a thread; empty when nothing is."""
    row = stores.content.get(IndexedThread, thread_id)
    return Evidence() if row is None else evidence_of(vault, row)


def evidence_on(stores: Stores, vault: Vault, thread_ids: Collection[str]) -> dict[str, Evidence]:
    """What is known of each of these threads; one of which nothing is known is left out."""
    wanted = select(IndexedThread).where(IndexedThread.thread_id.in_(list(thread_ids)))
    rows = stores.content.scalars(wanted.where(IndexedThread.sealed_evidence.is_not(None)))
    return {row.thread_id: evidence_of(vault, row) for row in rows}


def evidence_of(vault: Vault, row: IndexedThread) -> Evidence:
    """The evidence of a row."""
    if row.sealed_evidence is None:
        return Evidence()
    found: dict[str, Any] = vault.open(row.sealed_evidence, table=TABLE, column="sealed_evidence", row=row.thread_id)
    return Evidence(
        asked=tuple(found["asked"]),
        answers=tuple(Answered(*one) for one in found["answers"]),
        passes=tuple(Passed(*one) for one in found["passes"]),
        waves=found["waves"],
        subject=found["subject"],
        aside=tuple(Answered(*one) for one in found.get("aside", ())),
    )


def put_evidence(stores: Stores, vault: Vault, row: IndexedThread, evidence: Evidence) -> None:
    """Seal the evidence of a row anew."""
    value = {
        "subject": evidence.subject,
        "asked": evidence.asked,
        "answers": [astuple(one) for one in evidence.answers],
        "passes": [(one.handle, one.reason, one.window) for one in evidence.passes],
        "waves": evidence.waves,
        **({"aside": [astuple(one) for one in evidence.aside]} if evidence.aside else {}),
    }
    row.sealed_evidence = vault.seal(value, table=TABLE, column="sealed_evidence", row=row.thread_id, pad=EVIDENCE_PAD)
    touch(stores, row)


def _row(stores: Stores, vault: Vault, where: Subjected) -> IndexedThread:
    row = stores.content.get(IndexedThread, where.thread_id)
    if row is None:
        row = IndexedThread(thread_id=where.thread_id, topic=where.topic, window=where.window, version=0, encoder="")
        stores.content.add(row)
        put_evidence(stores, vault, row, Evidence(subject=where.subject))
    return row


def touch(stores: Stores, row: IndexedThread) -> None:
    """Let the caches read a row again."""
    row.version = secrets.randbits(31)
    stores.content.merge(IndexPart(part=row.thread_id[:PART], version=secrets.randbits(31)))
