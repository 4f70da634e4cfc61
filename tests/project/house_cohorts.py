"""A term to join, where alice has signed up; and a cohort in its first week with her and carol in it, the company let in."""

import random
from datetime import timedelta

from sqlalchemy import select

from app.clock import today
from app.cohorts import courses, placing, seats, terms
from app.cohorts.models import Cohort
from app.cohorts.worker import keep_terms
from app.community.writing import write
from app.db import Stores
from app.wiring import Toolbox
from matching.grouping import Crew
from privacy.anonymity import Policy
from tests.app.questions.makers import publish
from tests.cast import Cast, viewer_of

WHO = ("alice", "carol")


def put_cohort(tools: Toolbox, cast: Cast) -> dict[str, str]:
    """{term}, {cohort}, and {stuck}: a check-in of alice's."""
    day = today(tools.clock.now())
    with tools.database.transaction("content", "keys") as stores:
        running = _open(stores, tools, start=1)
        _sign_up(stores, tools, cast, running, *WHO)
        stores.content.flush()  # who signed up is looked for
        labels = tuple(seat.label for seat in seats.seats_for(stores, tools.vault, [running]))
        plan = placing.Plan(running, (Crew("salmonids", labels),), ())
        placing.begin_term(stores, tools.vault, plan, today=day, window=tools.window, rng=placing_rng())
        stores.content.flush()  # for its id
        cohort = stores.content.scalars(select(Cohort.id)).one()
        courses.change(stores, tools.vault, cohort, company="open", company_since=day.toordinal())
        term = _open(stores, tools, start=30)
        _sign_up(stores, tools, cast, term, "alice")
    tools.clock.move(hours=25)  # type: ignore[attr-defined]
    keep_terms(tools)
    with tools.database.transaction("content", "keys") as stores:
        alice = viewer_of(tools, cast.alice)
        number = seats.seat_in(stores, tools.vault, alice.secret, cohort).number
        texts = {
            "aim": "夏の備え",
            "week": "酸素を測りました。",
            "stuck": "夜明け前だけ下がります。",
            "next": "火曜の朝に測ります。",
        }
        stuck = write(
            stores, tools.vault, tools.trade, viewer=alice, place=cohort, kind="checkin", texts=texts,
            extra={"seat": number, "week": 0}, window=tools.window, today=today(tools.clock.now()),
        )  # fmt: skip
        write(
            stores, tools.vault, tools.trade, viewer=alice, place=cohort, kind="canvas", texts={"goal": "夏の備え"},
            extra={"seat": number, "whose": "all"}, window=tools.window, today=today(tools.clock.now()),
        )  # fmt: skip
    publish(tools)
    return {"term": term, "cohort": cohort, "stuck": stuck}


def placing_rng() -> placing.Shuffles:
    """The same lots each time."""
    return random.Random(3)


def _open(stores: Stores, tools: Toolbox, *, start: int) -> str:
    day = today(tools.clock.now())
    begin = day + timedelta(days=start)
    return terms.open_term(
        stores, tools.vault, weeks=6, start=begin, until=begin - timedelta(days=1), theme="夏を越すための備え", words="",
        window=tools.window,
    )  # fmt: skip


def _sign_up(stores: Stores, tools: Toolbox, cast: Cast, term: str, *who: str) -> None:
    for name in who:
        seats.sign_up(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast[name]), term_id=term, group="salmonids",
            goal="夏の備え", give="酸素の測り方", contact=None, policy=Policy(), today=today(tools.clock.now()),
        )  # fmt: skip
