"""The course of a question: what has become of it so far, as its author is told. It stands in the question's own row."""

from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from app.db import Stores
from app.notices.service import tell
from app.questions.models import Thread
from app.sealing import Vault

PAD: Final = 1024


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that happened to a question, on a day (an ordinal). `words` are those that go with it."""

    kind: str
    day: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """Everything its author is told of a question's way."""

    turns: tuple[Turn, ...] = ()
    shift: int = 0  # windows by which its times come later
    kept: bool = False  # its author kept it open after the end
    proposal: str = ""  # what a coordinator proposes and its author has not answered: reword | outside
    waiting: str = ""  # what its author decided and the next window does: keep | widen | reword | close
    wish: str = ""  # what its author wants made of it: idea | webinar | cohort
    became: str = ""  # what became of that: taken | declined
    hinted: bool = False  # its author was told that its words may tell who is meant

    def count(self, kind: str) -> int:
        """How often something happened."""
        return sum(turn.kind == kind for turn in self.turns)


def course_of(vault: Vault, thread: Thread) -> Course:
    """The course of a question; empty when nothing has happened."""
    if thread.sealed_course is None:
        return Course()
    found: dict[str, Any] = vault.open(thread.sealed_course, table="threads", column="sealed_course", row=thread.id)
    return Course(**{**found, "turns": tuple(Turn(**one) for one in found["turns"])})


def put_course(vault: Vault, thread: Thread, course: Course) -> None:
    """Write it down."""
    thread.sealed_course = vault.seal(asdict(course), table="threads", column="sealed_course", row=thread.id, pad=PAD)


def note_turn(vault: Vault, thread: Thread, turn: Turn, **changes: Any) -> None:
    """One more thing has happened; `changes` are other parts of the course that change with it."""
    old = course_of(vault, thread)
    put_course(vault, thread, replace(old, turns=(*old.turns, turn), **changes))


def tell_turn(stores: Stores, vault: Vault, thread: Thread, turn: Turn, *, due: int, **changes: Any) -> None:
    """The same, and its author finds a note of it from the window `due` on."""
    note_turn(vault, thread, turn, **changes)
    tell(stores, vault, label=thread.owner_tag, kind=f"course_{turn.kind}", due=due, thread=thread.id)
