"""When sign-up ends: seats are put together into cohorts. Goals are embedded here and their vectors kept nowhere."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Protocol

from sqlalchemy import select

from app.cohorts import courses, seats
from app.cohorts.models import Cohort, Seat, Term
from app.cohorts.rules import KEPT_TERMS, LEADER, OPEN, OVER, RUNNING, Course, SeatCard
from app.community import ballots
from app.db import Stores
from app.notices.service import tell
from app.sealing import Vault
from matching import grouping
from matching.encoder import Encoder
from matching.grouping import Applicant, Crew, Leader
from privacy.pseudonyms import new_id

KEPT: Final = ""  # the term of seats that wait for the next one


class Shuffles(Protocol):
    """Randomness for lots and numbers; outside tests a `random.SystemRandom`."""

    def getrandbits(self, k: int, /) -> int: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """Who goes with whom in a term, by the labels of their seats."""

    term_id: str
    crews: tuple[Crew, ...]
    unplaced: tuple[str, ...]


def due_terms(stores: Stores, *, today: date) -> list[str]:
    """Terms whose last day for signing up is over."""
    rows = select(Term.id).where(Term.state == OPEN, Term.until_day < today.toordinal()).order_by(Term.start_day)
    return list(stores.content.scalars(rows))


def plan_term(stores: Stores, vault: Vault, encoder: Encoder, *, term_id: str, today: date, rng: Shuffles) -> Plan:
    """Put everybody who signed up, and who was kept, together. Writes nothing. Who rests is kept for the next term."""
    found = [seat for seat in seats.seats_for(stores, vault, [term_id, KEPT]) if not seat.leads and seat.goal]
    awake = [seat for seat in found if not seat.rests(today)]
    goals = encoder.passages([seat.goal for seat in awake])
    people = [
        Applicant(seat.label, seat.circle, seat.group, goal, waited=seat.kept > 0)
        for seat, goal in zip(awake, goals, strict=True)
    ]
    crews, unplaced = grouping.group(people, rng=random.Random(rng.getrandbits(128)))  # noqa: S311 (lots, no secret)
    return Plan(term_id, tuple(crews), (*unplaced, *(seat.label for seat in found if seat.rests(today))))


def begin_term(stores: Stores, vault: Vault, plan: Plan, *, today: date, window: int, rng: Shuffles) -> None:
    """Make the cohorts of a plan, once; tell everybody. Writes content and keys.

    Who withdrew since the plan was made has no seat any more; a cohort that would be too small for that comes about all
    the same. A seat without a place is kept for the next term, and after that let go.
    """
    term = stores.content.get(Term, plan.term_id)
    if term is None or term.state != OPEN:
        return
    term.state = RUNNING if plan.crews else OVER
    known = {seat.label: seat for seat in seats.seats_for(stores, vault, [plan.term_id, KEPT])}
    for crew in plan.crews:
        _begin(stores, vault, term.id, crew, [known[key] for key in crew.members if key in known], window, rng)
    for label in plan.unplaced:
        if label in known:
            _keep(stores, vault, known[label], window, rests=known[label].rests(today))
    seat_leaders(stores, vault, term_id=term.id, today=today, window=window, rng=rng)


def seat_leaders(stores: Stores, vault: Vault, *, term_id: str, today: date, window: int, rng: Shuffles) -> None:
    """Give every cohort of a term that nobody leads one of those who offered to. Writes content.

    Where the company reads by a yes of everybody, it reads no longer: whoever comes was not asked.
    """
    waiting = [seat for seat in seats.seats_for(stores, vault, [term_id]) if seat.leads and not seat.rests(today)]
    rows = {row.id: row for row in stores.content.scalars(select(Cohort).where(Cohort.term_id == term_id))}
    circles: dict[str, set[str]] = {cohort_id: set() for cohort_id in rows}
    led = set()
    for row in stores.content.scalars(select(Seat).where(Seat.cohort_id.in_(rows))) if waiting and rows else ():
        circles[row.cohort_id or ""].add(seats.with_words(stores, vault, [row])[0].circle)
        led |= {row.cohort_id} if row.leads else set()
    wanted = sorted(cohort_id for cohort_id in rows if cohort_id not in led)
    leaders = [Leader(seat.label, seat.circle, frozenset(seat.groups)) for seat in waiting]
    lots = random.Random(rng.getrandbits(128))  # noqa: S311 (lots, no secret)
    given = grouping.lead([(rows[one].group_key, frozenset(circles[one])) for one in wanted], leaders, rng=lots)
    by_label = {seat.label: seat for seat in waiting}
    for cohort_id, label in zip(wanted, given, strict=True):
        if label:
            seats.keep(stores, vault, replace(by_label[label], cohort_id=cohort_id, number=LEADER))
            _welcome_leader(stores, vault, cohort_id, today)
            tell(stores, vault, label=label, kind="cohort_leads", due=window + 1, thread=cohort_id)


def _begin(
    stores: Stores, vault: Vault, term_id: str, crew: Crew, people: Sequence[SeatCard], window: int, rng: Shuffles
) -> None:
    cohort_id = str(new_id())
    sealed = courses.seal_course(vault, cohort_id, Course())
    stores.content.add(Cohort(id=cohort_id, term_id=term_id, group_key=crew.group, sealed=sealed))
    order = sorted(people, key=lambda _seat: rng.getrandbits(64))  # numbers tell nothing of labels
    for number, seat in enumerate(order, 1):
        placed = replace(seat, term_id=term_id, cohort_id=cohort_id, number=number, near=seat.label in crew.near)
        seats.keep(stores, vault, placed)
        tell(stores, vault, label=seat.label, kind="cohort_begins", due=window + 1, thread=cohort_id)


def _keep(stores: Stores, vault: Vault, seat: SeatCard, window: int, *, rests: bool) -> None:
    """Somebody who rests has lost nothing by it; somebody without a place is kept so often and then let go."""
    kept = seat.kept if rests else seat.kept + 1
    if kept > KEPT_TERMS:
        tell(stores, vault, label=seat.label, kind="cohort_let_go", due=window + 1)
        seats.erase_seat(stores, vault, label=seat.label, notes=False)
        return
    seats.keep(stores, vault, replace(seat, term_id=KEPT, kept=kept))
    tell(stores, vault, label=seat.label, kind="cohort_kept", due=window + 1)


def _welcome_leader(stores: Stores, vault: Vault, cohort_id: str, today: date) -> None:
    company = courses.course_of(vault, seats.cohort_of(stores, cohort_id)).company
    ends = {"company": "ended", "company_day": today.toordinal()} if company in ("open", "asked") else {}
    if ends:
        ballots.drop_all(stores, vault, object=cohort_id)
    courses.note(
        stores, vault, cohort_id, "company_paused" if ends else "leader_came", LEADER, today=today, changes=ends
    )
