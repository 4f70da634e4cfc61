"""The operating company reads and writes in a cohort only by a yes of everybody there. One no ends it, silence is no."""

from datetime import date
from typing import Final, Literal

from app.accounts.viewer import Viewer
from app.cohorts import courses, seats
from app.cohorts.models import Cohort, Term
from app.cohorts.rules import ANSWER_DAYS, COMPANY_YES, RUNNING, Course
from app.community import ballots
from app.db import Stores
from app.errors import Conflict, NotThere
from app.notices.service import tell
from app.sealing import Vault

Word = Literal["ask", "yes", "no", "end"]
WORDS: Final = ("ask", "yes", "no", "end")


def say(stores: Stores, vault: Vault, *, viewer: Viewer, cohort_id: str, word: str, today: date, window: int) -> Course:
    """Ask everybody, agree, disagree, or end it. Writes content. Raises NotThere for who has no seat, and Conflict where
    there is nothing to say that to. Who said no, or ended it, stands nowhere."""
    seats.seat_in(stores, vault, viewer.secret, cohort_id)
    course = courses.course_of(vault, seats.cohort_of(stores, cohort_id))
    if word == "ask" and course.may_ask_company(today):
        _turn(stores, vault, cohort_id, "asked", "cohort_company", today, window)
        word = "yes"  # who asks agrees
    elif word not in ("yes", "no", "end") or course.company != ("open" if word == "end" else "asked"):
        raise Conflict
    if word == "yes":
        ballots.cast(stores, vault, viewer=viewer, purpose=COMPANY_YES, object=cohort_id)
        stores.content.flush()  # what was cast is counted
        return settle(stores, vault, cohort_id, today=today, window=window)
    return _end(stores, vault, cohort_id, "ended" if word == "end" else "no", today, window)


def settle(stores: Stores, vault: Vault, cohort_id: str, *, today: date, window: int) -> Course:
    """Let the company in when everybody who has a seat now has said yes. Writes content."""
    course = courses.course_of(vault, seats.cohort_of(stores, cohort_id))
    if course.company != "asked" or not _all_agree(stores, vault, cohort_id):
        return course
    ballots.drop_all(stores, vault, object=cohort_id)
    since = today.toordinal() + 1  # what was written before was written for the mates alone
    _turn(stores, vault, cohort_id, "open", "cohort_company_open", today, window, company_since=since)
    return courses.course_of(vault, seats.cohort_of(stores, cohort_id))


def lapse(stores: Stores, vault: Vault, cohort_id: str, *, today: date, window: int) -> None:
    """Silence of two weeks is no. Writes content."""
    course = courses.course_of(vault, seats.cohort_of(stores, cohort_id))
    if course.company == "asked" and course.company_day + ANSWER_DAYS < today.toordinal():
        _end(stores, vault, cohort_id, "no", today, window)


def has_answered(stores: Stores, *, viewer: Viewer, cohort_id: str) -> bool:
    """Whether the viewer said yes already."""
    return ballots.has_cast(stores, viewer=viewer, purpose=COMPANY_YES, object=cohort_id)


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


def _all_agree(stores: Stores, vault: Vault, cohort_id: str) -> bool:
    said = ballots.count(stores, purpose=COMPANY_YES, objects=[cohort_id])[cohort_id]
    return said == len(seats.seats_of(stores, vault, cohort_id))


def _end(stores: Stores, vault: Vault, cohort_id: str, state: str, today: date, window: int) -> Course:
    ballots.drop_all(stores, vault, object=cohort_id)
    _turn(stores, vault, cohort_id, state, f"cohort_company_{state}", today, window)
    return courses.course_of(vault, seats.cohort_of(stores, cohort_id))


def _turn(
    stores: Stores, vault: Vault, cohort_id: str, state: str, kind: str, today: date, window: int, *,
    company_since: int = 0,
) -> None:  # fmt: skip
    changes = {"company": state, "company_day": today.toordinal(), "company_since": company_since}
    courses.note(stores, vault, cohort_id, f"company_{state}", today=today, changes=changes)
    for seat in seats.seats_of(stores, vault, cohort_id):
        if not seat.rests(today):
            tell(stores, vault, label=seat.label, kind=kind, due=window + 1, thread=cohort_id)
