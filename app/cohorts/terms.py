"""Terms: coordinators open them, everybody sees them.

At once, since others plan by them: it is done by office, and tells that one of the coordinators was here, and not which.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from app.cohorts.models import Seat, Term
from app.cohorts.rules import CALLED_OFF, OPEN, OVER, TermCard
from app.db import Stores
from app.errors import Conflict, NotThere
from app.notices.service import tell
from app.sealing import Vault
from privacy.pseudonyms import new_id

TABLE: Final = "cohort_terms"
PAD: Final = 4096
PAGE: Final = 20


def open_term(
    stores: Stores, vault: Vault, *, weeks: int, start: date, until: date, theme: str, words: str, window: int
) -> str:
    """Open a term, tell whoever was in a cohort before, and return its id. Writes content. The days were checked."""
    row = Term(id=str(new_id()), state=OPEN, weeks=weeks, start_day=start.toordinal(), until_day=until.toordinal())
    row.sealed = vault.seal({"theme": theme, "words": words}, table=TABLE, column="sealed", row=row.id, pad=PAD)
    stores.content.add(row)
    _tell(stores, vault, _graduates(stores), "cohort_next", window)
    return row.id


def call_off(stores: Stores, vault: Vault, *, term_id: str, window: int) -> None:
    """End a term that has not begun; who signed up is kept for the next. Writes content. Raises NotThere, Conflict."""
    row = stores.content.get(Term, term_id)
    if row is None:
        raise NotThere
    if row.state != OPEN:
        raise Conflict
    row.state = CALLED_OFF
    seats = list(stores.content.scalars(select(Seat).where(Seat.term_id == term_id)))
    for seat in seats:
        seat.term_id = ""
    _tell(stores, vault, [seat.label for seat in seats], "cohort_called_off", window)


def get_term(stores: Stores, vault: Vault, term_id: str) -> TermCard:
    """One term. Raises NotThere."""
    row = stores.content.get(Term, term_id)
    if row is None:
        raise NotThere
    return card_of(vault, row)


def terms_open(stores: Stores, vault: Vault, *, today: date) -> list[TermCard]:
    """What one can sign up for, what starts first before the others."""
    rows = stores.content.scalars(
        select(Term).where(Term.state == OPEN, Term.until_day >= today.toordinal()).order_by(Term.start_day, Term.id)
    )
    return [card_of(vault, row) for row in rows]


def terms_page(stores: Stores, vault: Vault, *, number: int = 0) -> tuple[list[TermCard], bool]:
    """Every term for the coordinators, the newest first, and whether there are older ones."""
    rows = stores.content.scalars(
        select(Term).order_by(Term.start_day.desc(), Term.id).offset(number * PAGE).limit(PAGE + 1)
    ).all()
    return [card_of(vault, row) for row in rows[:PAGE]], len(rows) > PAGE


def terms_by_id(stores: Stores, vault: Vault, term_ids: Iterable[str]) -> dict[str, TermCard]:
    """These terms, in one statement."""
    rows = stores.content.scalars(select(Term).where(Term.id.in_(set(term_ids))))
    return {row.id: card_of(vault, row) for row in rows}


def card_of(vault: Vault, row: Term) -> TermCard:
    """A term, opened."""
    said: dict[str, Any] = vault.open(row.sealed, table=TABLE, column="sealed", row=row.id)
    start, until = date.fromordinal(row.start_day), date.fromordinal(row.until_day)
    return TermCard(row.id, row.state, row.weeks, start, until, said["theme"], said["words"])


def _graduates(stores: Stores) -> list[str]:
    over = select(Term.id).where(Term.state == OVER)
    return list(stores.content.scalars(select(Seat.label).where(Seat.cohort_id.is_not(None), Seat.term_id.in_(over))))


def _tell(stores: Stores, vault: Vault, labels: Iterable[str], kind: str, window: int) -> None:
    for label in labels:
        tell(stores, vault, label=label, kind=kind, due=window + 1)
