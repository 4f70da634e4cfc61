"""What a cohort has decided and what happened in it: sealed in its row, without a person."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any, Final

from app.cohorts.models import Cohort
from app.cohorts.rules import Course
from app.db import Stores
from app.sealing import Vault

TABLE: Final = "cohorts"
PAD: Final = 4096
KEPT: Final = 40  # events


def course_of(vault: Vault, row: Cohort) -> Course:
    """As it stands."""
    value: dict[str, Any] = vault.open(row.sealed, table=TABLE, column="sealed", row=row.id)
    return Course.of(value)


def seal_course(vault: Vault, cohort_id: str, course: Course) -> bytes:
    """As it is stored."""
    return vault.seal(asdict(course), table=TABLE, column="sealed", row=cohort_id, pad=PAD)


def change(stores: Stores, vault: Vault, cohort_id: str, **changes: Any) -> Course:
    """Change it. Writes content."""
    row = stores.content.get_one(Cohort, cohort_id)
    course = replace(course_of(vault, row), **changes)
    row.sealed = seal_course(vault, cohort_id, course)
    return course


def note(
    stores: Stores, vault: Vault, cohort_id: str, what: str, number: int = 0, *, today: date,
    changes: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Add a neutral sentence to what happened, with what else changed. Writes content."""
    row = stores.content.get_one(Cohort, cohort_id)
    events = (*course_of(vault, row).events, (today.toordinal(), what, number))[-KEPT:]
    change(stores, vault, cohort_id, events=events, **(changes or {}))
