"""Cohorts over ten terms for `benchmarks.community_pages`: seats, check-ins, canvases, talk, what the company may read."""

import random
from collections.abc import Callable, Mapping

from sqlalchemy import select

from app.cohorts import courses
from app.cohorts.models import Cohort, Seat, Term
from app.cohorts.reads import CANVAS, CHECK_IN, SHARED, TALK
from app.cohorts.rules import OPEN, OVER, RUNNING, SIGN_UP, Course
from app.cohorts.seats import PAD, TABLE
from app.cohorts.terms import PAD as TERM_PAD
from app.cohorts.terms import TABLE as TERMS
from app.community import ballots
from app.sealing import seal_text
from app.wiring import Toolbox
from benchmarks.community_rows import Filling, Voice, sentences
from privacy.pseudonyms import new_id
from tests.cast import Person, viewer_of

TERMS_OF = 10  # the last one takes sign-ups, the one before runs in its fifth week, the others are over
WEEKS, WEEK = 6, 5
SEATS = 6
INVITED = 4  # one in so many of the running ones
Roles = dict[str, dict[str, Callable[[], str]]]
Said = tuple[str, dict[str, str], dict[str, object]]  # kind, texts, what stands beside them


def fill(tools: Toolbox, people: Mapping[str, Person], rng: random.Random, number: int) -> None:
    """So many cohorts of six; bob is in one of each of two terms, the running one among them."""
    each = max(2, number // (TERMS_OF - 1))
    for back in range(TERMS_OF):
        with tools.database.transaction("content", "keys") as stores:
            to = Filling(tools, stores, people, rng)
            term = _term(to, back)
            if back == 0:
                for _ in range(number // 2):
                    _seat(to, term, None, 0, to.stranger(0))
            for at in range(each if back else 0):
                _cohort(to, term, back, at, mine=at == 0 and back in (1, 2))


def pages(tools: Toolbox, _rng: random.Random) -> Roles:
    """The addresses, by who asks for them."""
    with tools.database.reading() as stores:
        running = select(Cohort.id).join(Term, Term.id == Cohort.term_id).where(Term.state == RUNNING)
        rows = list(stores.content.scalars(select(Cohort).where(Cohort.id.in_(running))))
        own = next(row.id for row in rows if courses.course_of(tools.vault, row).company == "asked")
        term = stores.content.scalars(select(Term.id).where(Term.state == OPEN)).first()
    guest = next(row.id for row in rows if courses.course_of(tools.vault, row).company_reads())
    at = f"/cohorts/{own}"
    return {
        "member": {
            "the list": lambda: "/cohorts",
            "signing up": lambda: f"/cohorts/terms/{term}/join",
            "a room in its fifth week": lambda: at,
            "checking in": lambda: f"{at}/check-in",
            "every canvas": lambda: f"{at}/canvas",
            "one canvas": lambda: f"{at}/canvas/{SHARED}",
            "letting the company in": lambda: f"{at}/company",
        },
        "analyst": {"the list": lambda: "/cohorts/invited", "one": lambda: f"/cohorts/invited/{guest}"},
        "coordinator": {"the desk": lambda: "/cohorts/terms"},
    }


def _term(to: Filling, back: int) -> str:
    state = OPEN if back == 0 else RUNNING if back == 1 else OVER
    start = to.day + 14 if back == 0 else to.day - 7 * (WEEK - 1) - 7 * WEEKS * (back - 1)
    row = Term(id=str(new_id()), state=state, weeks=WEEKS, start_day=start, until_day=start - 4)
    said = {"theme": "夏を越すための備え", "words": sentences(to.rng, 3)}
    row.sealed = to.tools.vault.seal(said, table=TERMS, column="sealed", row=row.id, pad=TERM_PAD)
    to.stores.content.add(row)
    to.stores.content.flush()
    return row.id


def _cohort(to: Filling, term: str, back: int, at: int, *, mine: bool) -> None:
    one, running = str(new_id()), back == 1
    course = Course()
    if running and mine:
        course = Course(company="asked", company_day=to.day - 2)
    elif running and at % INVITED == 1:
        course = Course(company="open", company_day=to.day - 20, company_since=to.day - 19)
    group = to.rng.choice(sorted({group.key for group in to.tools.trade.groups}))
    sealed = courses.seal_course(to.tools.vault, one, course)
    to.stores.content.add(Cohort(id=one, term_id=term, group_key=group, sealed=sealed))
    voices = [to.stranger(number) for number in range(SEATS)]
    if mine:
        voices[1] = to.known("bob", one, 1)
    for number, voice in enumerate(voices):
        _seat(to, term, one, number, voice, mine=mine and number == 1)
    _talk(to, one, voices, WEEK if running else WEEKS, to.day - 30 - 40 * (back - 1))


def _seat(to: Filling, term: str, cohort: str | None, number: int, voice: Voice, *, mine: bool = False) -> None:
    if mine:
        bob = viewer_of(to.tools, to.people["bob"])
        label = ballots.cast(to.stores, to.tools.vault, viewer=bob, purpose=SIGN_UP, object=term)
    else:
        label = to.ballot(SIGN_UP, term)
    value = {
        "number": number, "circle": voice.circle, "group": "salmonids", "groups": [], "near": False, "kept": 0,
        "rest_until": 0,
    }  # fmt: skip
    words, vault = {"goal": "夏の間の歩留まりを落とさない", "give": sentences(to.rng, 1)}, to.tools.vault
    key_id, key = vault.new_data_key(to.stores)
    to.stores.content.add(
        Seat(
            label=label, term_id=term, cohort_id=cohort, leads=cohort is not None and number == 0, key_id=key_id,
            sealed=vault.seal(value, table=TABLE, column="sealed", row=label, pad=PAD),
            sealed_text=seal_text(key, words, table=TABLE, row=label),
        )
    )  # fmt: skip


def _talk(to: Filling, one: str, voices: list[Voice], weeks: int, begun: int) -> None:
    """Each week four check-ins and a remark of everybody, and a new version of a canvas."""
    position = 0
    for week in range(1, weeks + 1):
        for number, voice in enumerate(voices):
            said: list[Said] = [(TALK, {"text": sentences(to.rng, 3)}, {})]
            if week < weeks or number != 1:
                said.append((CHECK_IN, _lines(to, ("aim", "week", "stuck", "next")), {"week": week}))
            if week in (1, 3) or number == week % len(voices):
                whose = SHARED if number == 0 else "own"
                said.append((CANVAS, _lines(to, ("goal", "winning", "aims", "measures")), {"whose": whose}))
            for kind, texts, extra in said:
                position += 1
                more = {"seat": number, **extra}
                to.write(voice, one, kind, texts, position=position, day=min(to.day, begun + 7 * week), extra=more)


def _lines(to: Filling, names: tuple[str, ...]) -> dict[str, str]:
    return {name: sentences(to.rng, 2) for name in names}
