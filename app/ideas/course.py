"""What became of an idea so far: each change with its day and reason, sealed in one column."""

from dataclasses import asdict
from datetime import date

from app.ideas.models import Idea
from app.ideas.rules import Turn
from app.sealing import Vault

TABLE = "ideas"
PAD = 2048


def begin(vault: Vault, idea_id: str) -> bytes:
    """The sealed course of an idea that nothing has become of."""
    return _sealed(vault, idea_id, [])


def course_of(vault: Vault, idea: Idea) -> tuple[Turn, ...]:
    """Every turn, oldest first."""
    found = vault.open(idea.sealed_course, table=TABLE, column="sealed_course", row=idea.id)
    return tuple(Turn(**one) for one in found)


def add_turn(vault: Vault, idea: Idea, turn: Turn) -> None:
    """Write one down as the latest."""
    idea.sealed_course = _sealed(vault, idea.id, [*course_of(vault, idea), turn])


def last_day(turns: tuple[Turn, ...]) -> date | None:
    """When something last became of it."""
    return date.fromordinal(turns[-1].day) if turns else None


def _sealed(vault: Vault, idea_id: str, turns: list[Turn]) -> bytes:
    value = [asdict(one) for one in turns]
    return vault.seal(value, table=TABLE, column="sealed_course", row=idea_id, pad=PAD)
