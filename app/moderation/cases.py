"""Cases, sealed and opened: of what, whose role, and every decision so far. One for a question, answer or follow-up."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from sqlalchemy import select

from app.community.models import Writing
from app.community.texts import tell_followers
from app.db import Stores
from app.jobs import queue
from app.moderation.models import Case
from app.moderation.rules import MOST_DECISIONS, Voice
from app.moderation.writings import WRITING
from app.questions.marks import MarkRow
from app.questions.models import Post, Thread
from app.questions.rules import OPEN_STATES
from app.queues import offers
from app.sealing import Vault
from app.vectors.store import find_evidence
from privacy.pseudonyms import new_id

Flaggable = Thread | Post | Writing
FLAG: Final = "flag"  # the kind of mark a flag is
TABLE: Final = "cases"
PAD: Final = 8192
WAITING: Final = "waiting"
ASKED: Final = "words"  # the author was asked to take words out
APPEAL: Final = "appeal"
DONE: Final = "done"
OPEN: Final = (WAITING, APPEAL)  # on the desk


@dataclass(frozen=True, slots=True)
class Decision:
    """What one coordinator decided. `by` is a label of their own secret for this case: it names nobody."""

    do: str
    by: str
    day: int
    reason: str = ""
    sentence: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """A case. `tag` is the author's in this thread, `circle` theirs when they wrote it."""

    id: str
    thread: str
    state: str
    object: str
    author: int
    tag: str = field(repr=False)
    circle: str = field(repr=False)
    since: int  # the window in which it came to wait
    seen: tuple[str, ...] = ()  # labels of the flags that were decided about
    decisions: tuple[Decision, ...] = ()
    appeal: str = field(default="", repr=False)  # the author's sentence
    appealed: bool = False  # a second appeal is not heard
    of: str = ""  # WRITING for one of the community; `thread` is its place

    @property
    def last(self) -> Decision | None:
        """The latest decision."""
        return self.decisions[-1] if self.decisions else None

    @property
    def is_question(self) -> bool:
        """Whether it is about the question itself."""
        return self.object == self.thread


def new_case(vault: Vault, row: Flaggable, *, window: int) -> Opened:
    """A case that waits, about a question, a post or a writing."""
    scope = vault.open(row.sealed_scope, table=row.__tablename__, column="sealed_scope", row=row.id)
    where: tuple[str, int, str, str] = (
        (row.id, 0, row.owner_tag, "") if isinstance(row, Thread)
        else (row.place, row.voice, row.author_tag, WRITING) if isinstance(row, Writing)
        else (row.thread_id, row.author, row.author_tag, "")
    )  # fmt: skip
    thread, author, tag, of = where
    return Opened(
        id=str(new_id()), thread=thread, state=WAITING, object=row.id, author=author, tag=tag, circle=scope["circle"],
        since=window, of=of,
    )  # fmt: skip


def row_of(stores: Stores, case: Opened) -> Flaggable | None:
    """What a case is about; None when it is gone."""
    if case.of == WRITING:
        return stores.content.get(Writing, case.object)
    return stores.content.get(Thread, case.thread) if case.is_question else stores.content.get(Post, case.object)


def write_case(stores: Stores, vault: Vault, case: Opened) -> None:
    """Put a case where it belongs. Writes content."""
    kept = replace(case, decisions=case.decisions[-MOST_DECISIONS:])
    value = {name: part for name, part in asdict(kept).items() if name not in ("id", "thread", "state")}
    sealed = vault.seal(value, table=TABLE, column="sealed", row=case.id, pad=PAD)
    stores.content.merge(Case(id=case.id, thread_id=case.thread, state=case.state, sealed=sealed))


def drop_case(stores: Stores, case: Opened) -> None:
    """Forget a case that never came to a decision. Writes content."""
    row = stores.content.get(Case, case.id)
    if row is not None:
        stores.content.delete(row)


def cases_of(stores: Stores, vault: Vault, threads: Sequence[str]) -> list[Opened]:
    """Every case in these threads."""
    return [_open(vault, row) for row in stores.content.scalars(select(Case).where(Case.thread_id.in_(threads)))]


def open_cases(stores: Stores, vault: Vault) -> list[Opened]:
    """What waits on the desk, the oldest first."""
    found = [_open(vault, row) for row in stores.content.scalars(select(Case).where(Case.state.in_(OPEN)))]
    return sorted(found, key=lambda one: (one.since, one.id))


def find_case(stores: Stores, vault: Vault, case_id: str) -> Opened | None:
    """One case, or None."""
    row = stores.content.get(Case, case_id)
    return None if row is None else _open(vault, row)


def case_about(cases: Sequence[Opened], object: str) -> Opened | None:
    """The case about a post or question, or None."""
    return next((one for one in cases if one.object == object), None)


def voices_on(marks: Sequence[MarkRow], object: str) -> list[Voice]:
    """The flags on one post or question, in no order that tells when they came."""
    flags = [one for one in marks if one.kind == FLAG and one.object == object]
    return [_voice(one) for one in sorted(flags, key=lambda one: one.label)]


def set_hidden(stores: Stores, vault: Vault, case: Opened, *, hidden: bool, window: int) -> None:
    """Hide what a case is about, or show it again; a question that nobody holds is then offered on. Writes content."""
    row = row_of(stores, case)
    if row is None or row.hidden == hidden:
        return
    row.hidden = hidden
    if isinstance(row, Writing):
        tell_followers(stores, vault, row, window)
    is_open = isinstance(row, Thread) and not hidden and row.state in OPEN_STATES
    if is_open and not offers.on_thread(stores, vault, row.id):
        waves = find_evidence(stores, vault, row.id).waves
        queue.put(stores, vault, "route", {"thread": row.id, "wave": waves}, due=window)


def _voice(mark: MarkRow) -> Voice:
    value = mark.value
    return Voice(mark.label, value["reason"], frozenset(value["circles"]), value["alone"], value["comment"])


def _open(vault: Vault, row: Case) -> Opened:
    found: dict[str, Any] = vault.open(row.sealed, table=TABLE, column="sealed", row=row.id)
    decisions = tuple(Decision(**one) for one in found.pop("decisions"))
    return Opened(
        id=row.id, thread=row.thread_id, state=row.state, decisions=decisions, seen=tuple(found.pop("seen")), **found
    )
