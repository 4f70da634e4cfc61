"""What the worker does for cohorts: put them together, let weeks begin, end terms, count words, tell mates."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from random import SystemRandom
from typing import Any, Final

from sqlalchemy import select

from app.clock import today
from app.cohorts import closing, company, courses, placing, seats
from app.cohorts.models import Cohort, Seat, Term
from app.cohorts.rules import OVER, RUNNING
from app.cohorts.terms import card_of
from app.db import Stores
from app.jobs import queue
from app.jobs.queue import Task
from app.jobs.worker import Handler
from app.notices.service import tell
from app.wiring import Toolbox

WRITTEN: Final = "cohort-written"  # job: something is out in a cohort


def handlers(tools: Toolbox) -> Mapping[str, Handler]:
    """By job kind."""
    return {kind: partial(_handle, tools, kind) for kind in (WRITTEN, closing.SAID, company.HEARD, seats.LEFT)}


def keep_terms(tools: Toolbox) -> None:
    """The daily round: begin what is due, look after what runs, end what is over."""
    day = today(tools.clock.now())
    with tools.database.reading() as stores:
        due = placing.due_terms(stores, today=day)
        running = list(stores.content.scalars(select(Term.id).where(Term.state == RUNNING)))
    for term_id in due:
        _begin(tools, term_id, day)
    for term_id in running:
        with tools.database.transaction("content", "keys") as stores:
            look_after(stores, tools, term_id, day)


def look_after(stores: Stores, tools: Toolbox, term_id: str, day: date) -> None:
    """One running term: its end, or a leader where one is wanted, answers that did not come, a new week."""
    row = stores.content.get_one(Term, term_id)
    term = card_of(tools.vault, row)
    cohorts = list(stores.content.scalars(select(Cohort.id).where(Cohort.term_id == term_id)))
    if day >= term.end:
        _end(stores, tools, row, cohorts)
        return
    placing.seat_leaders(
        stores, tools.vault, term_id=term_id, today=day, window=tools.window, rng=SystemRandom()
    )  # fmt: skip
    for cohort_id in cohorts:
        company.lapse(stores, tools.vault, cohort_id, today=day, window=tools.window)
        _new_week(stores, tools, cohort_id, term.week(day), day)


def _begin(tools: Toolbox, term_id: str, day: date) -> None:
    """Planned before anything is locked: goals take a while to embed."""
    with tools.database.reading() as stores:
        plan = placing.plan_term(
            stores, tools.vault, tools.encoder, term_id=term_id, today=day, rng=SystemRandom()
        )  # fmt: skip
    with tools.database.transaction("content", "keys") as stores:
        placing.begin_term(stores, tools.vault, plan, today=day, window=tools.window, rng=SystemRandom())


def _new_week(stores: Stores, tools: Toolbox, cohort_id: str, week: int, day: date) -> None:
    """Say so once, to whoever is not away; whether they wrote last week makes no difference."""
    if week <= courses.course_of(tools.vault, seats.cohort_of(stores, cohort_id)).told_week:
        return
    courses.change(stores, tools.vault, cohort_id, told_week=week)
    for seat in seats.seats_of(stores, tools.vault, cohort_id):
        if not seat.rests(day):
            tell(stores, tools.vault, label=seat.label, kind="cohort_week", due=tools.window, thread=cohort_id)


def _end(stores: Stores, tools: Toolbox, row: Term, cohorts: list[str]) -> None:
    row.state = OVER
    for cohort_id in cohorts:
        for seat in seats.seats_of(stores, tools.vault, cohort_id):
            tell(stores, tools.vault, label=seat.label, kind="cohort_over", due=tools.window, thread=cohort_id)
    left = select(Seat.label).where(Seat.term_id == row.id, Seat.cohort_id.is_(None))
    for label in list(stores.content.scalars(left)):  # who offered to lead and was not needed
        seats.erase_seat(stores, tools.vault, label=label)


def _handle(tools: Toolbox, kind: str, task: Task) -> None:
    with tools.database.transaction("content", "keys") as stores:
        _do(stores, tools, kind, task.payload)
        queue.finish(stores, task)


def _do(stores: Stores, tools: Toolbox, kind: str, payload: Mapping[str, Any]) -> None:
    window, day = tools.window, today(tools.clock.now())
    if kind == closing.SAID:
        closing.count_words(stores, tools.vault, writing_id=payload["about"], window=window)
    elif stores.content.get(Cohort, payload["cohort"]) is None:
        return
    elif kind == company.HEARD:
        company.settle(stores, tools.vault, payload["cohort"], today=day, window=window)
    elif kind == seats.LEFT:
        _let_leave(stores, tools, payload, day)
    else:
        _tell_mates(stores, tools, payload["cohort"], payload["seat"], day)


def _let_leave(stores: Stores, tools: Toolbox, payload: Mapping[str, Any], day: date) -> None:
    """The seat goes, and a neutral sentence stays; what everybody who is left said of the company counts."""
    if "label" in payload:  # without: the seat went with the request, in an older version
        if stores.content.get(Seat, payload["label"]) is None:
            return
        seats.erase_seat(stores, tools.vault, label=payload["label"])
        stores.content.flush()  # seats are counted
    what = "left" if payload["number"] else "leader_left"
    courses.note(stores, tools.vault, payload["cohort"], what, payload["number"], today=day)
    company.settle(stores, tools.vault, payload["cohort"], today=day, window=tools.window)


def _tell_mates(stores: Stores, tools: Toolbox, cohort_id: str, number: int, day: date) -> None:
    """Once a day at the most, and not to who wrote it."""
    if courses.course_of(tools.vault, seats.cohort_of(stores, cohort_id)).told_day == day.toordinal():
        return
    courses.change(stores, tools.vault, cohort_id, told_day=day.toordinal())
    for seat in seats.seats_of(stores, tools.vault, cohort_id):
        if seat.number != number and not seat.rests(day):
            tell(stores, tools.vault, label=seat.label, kind="cohort_written", due=tools.window, thread=cohort_id)
