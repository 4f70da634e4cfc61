"""The operating company reads and writes in a cohort only by a yes of everybody there. One no ends it, silence is no.

What somebody says of it is heard in the next publication: mates, or the company, who look again and again would see in
which minute it was said.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from app.accounts.viewer import Viewer
from app.cohorts import courses, seats
from app.cohorts.models import Cohort, Term
from app.cohorts.rules import ANSWER_DAYS, COMPANY_YES, RUNNING, Course
from app.community import ballots
from app.community.windows import hear_later
from app.db import Stores
from app.errors import Conflict, NotThere
from app.notices.service import tell
from app.sealing import Vault

Word = Literal["ask", "yes", "no", "end"]
WORDS: Final = ("ask", "yes", "no", "end")
HEARD: Final = "cohort-firm"  # job: what was said of the company is heard
AGREE: Final = ("ask", "yes")  # who asks agrees


@dataclass(frozen=True, slots=True)
class OwnWord:
    """What the viewer said last, and whether the others have yet to hear it."""

    word: str = ""
    waits: bool = False


def say(stores: Stores, vault: Vault, *, viewer: Viewer, cohort_id: str, word: str, today: date, window: int) -> None:
    """Ask everybody, agree, disagree, or end it, from the next publication on. Writes content. Raises NotThere for who
    has no seat, and Conflict where there is nothing to say that to. Once it is heard, who said no, or ended it, stands
    nowhere."""
    seats.seat_in(stores, vault, viewer.secret, cohort_id)
    course = courses.course_of(vault, seats.cohort_of(stores, cohort_id))
    fits = {
        "ask": course.may_ask_company(today),
        "yes": course.company == "asked",
        "no": course.company == "asked",
        "end": course.company == "open",
    }
    if not fits.get(word, False):
        raise Conflict
    note = {"word": word, "heard": hear_later(stores, vault, HEARD, {"cohort": cohort_id}, window)}
    ballots.cast(stores, vault, viewer=viewer, purpose=COMPANY_YES, object=cohort_id, note=note)


def settle(stores: Stores, vault: Vault, cohort_id: str, *, today: date, window: int) -> None:
    """Do what was said until this window: ask everybody, let the company in when all who have a seat now said yes, or
    end it. Writes content. Safe to repeat."""
    said = [
        note.get("word", "yes")
        for _label, note in ballots.notes_on(stores, vault, purpose=COMPANY_YES, object=cohort_id)
        if note.get("heard", 0) <= window
    ]
    course = courses.course_of(vault, seats.cohort_of(stores, cohort_id))
    if "ask" in said and course.may_ask_company(today):
        _turn(stores, vault, cohort_id, "asked", "cohort_company", today, window)
        course = courses.course_of(vault, seats.cohort_of(stores, cohort_id))
    if (course.company, "end" in said) == ("open", True):
        _end(stores, vault, cohort_id, "ended", today, window)
    elif (course.company, "no" in said) == ("asked", True):
        _end(stores, vault, cohort_id, "no", today, window)
    elif course.company == "asked" and _all_agree(stores, vault, cohort_id, said):
        ballots.drop_all(stores, vault, object=cohort_id)
        since = today.toordinal() + 1  # what was written before was written for the mates alone
        _turn(stores, vault, cohort_id, "open", "cohort_company_open", today, window, company_since=since)


def is_ending(stores: Stores, vault: Vault, cohort_id: str) -> bool:
    """Whether somebody has ended it and the others have yet to hear: what is written now is for the mates alone."""
    said = ballots.notes_on(stores, vault, purpose=COMPANY_YES, object=cohort_id)
    return any(note.get("word") == "end" for _label, note in said)


def lapse(stores: Stores, vault: Vault, cohort_id: str, *, today: date, window: int) -> None:
    """Silence of two weeks is no. Writes content."""
    course = courses.course_of(vault, seats.cohort_of(stores, cohort_id))
    if course.company == "asked" and course.company_day + ANSWER_DAYS < today.toordinal():
        _end(stores, vault, cohort_id, "no", today, window)


def own_word(stores: Stores, vault: Vault, *, viewer: Viewer, cohort_id: str, window: int) -> OwnWord:
    """What the viewer said, as they see it at once."""
    note = ballots.own_note(stores, vault, viewer=viewer, purpose=COMPANY_YES, object=cohort_id)
    return OwnWord() if note is None else OwnWord(note.get("word", "yes"), note.get("heard", 0) > window)


def check_company(
    stores: Stores, vault: Vault, *, viewer: Viewer, cohort_id: str, today: date
) -> tuple[Cohort, Course]:
    """The cohort, for one of the company's people. Raises NotThere unless everybody let them in and its term is on."""
    row = stores.content.get(Cohort, cohort_id)
    if row is None or "analyst" not in viewer.roles:
        raise NotThere
    course, term = courses.course_of(vault, row), stores.content.get_one(Term, row.term_id)
    is_on = term.state == RUNNING and today.toordinal() < term.start_day + 7 * term.weeks
    if not course.company_reads() or not is_on:
        raise NotThere
    return row, course


def _all_agree(stores: Stores, vault: Vault, cohort_id: str, said: list[str]) -> bool:
    return sum(word in AGREE for word in said) == len(seats.seats_of(stores, vault, cohort_id))


def _end(stores: Stores, vault: Vault, cohort_id: str, state: str, today: date, window: int) -> None:
    ballots.drop_all(stores, vault, object=cohort_id)
    _turn(stores, vault, cohort_id, state, f"cohort_company_{state}", today, window)


def _turn(
    stores: Stores, vault: Vault, cohort_id: str, state: str, kind: str, today: date, window: int, *,
    company_since: int = 0,
) -> None:  # fmt: skip
    changes = {"company": state, "company_day": today.toordinal(), "company_since": company_since}
    courses.note(stores, vault, cohort_id, f"company_{state}", today=today, changes=changes)
    for seat in seats.seats_of(stores, vault, cohort_id):
        if not seat.rests(today):
            tell(stores, vault, label=seat.label, kind=kind, due=window + 1, thread=cohort_id)
