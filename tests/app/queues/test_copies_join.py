"""A thief without any key has a copy of the content file of every day, and looks which answers one hand wrote.

An answer comes in the day in which something of an offer, of an inbox or of a note changes: whatever carries one value
in two such days joins two answers. Tried is every value of every column, lockers left out, which their own tests measure.
The mutants are the same days as the file would have them with an inbox beside each offer and offers that go with their
answer, with profiles whose box changes alone, and with a note under an inbox's label for each offer.
"""

import random
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import combinations, pairwise

import pytest
from sqlalchemy import select

from app.clock import SetClock, today
from app.db import store_path
from app.jobs.worker import Worker
from app.processes import make_worker
from app.questions.models import Post
from app.queues import experts, offers, passing, service
from app.queues.models import Expert, Offer
from app.queues.worker import make_now, measures_of
from app.wiring import Toolbox
from privacy.attacks.figures import auc
from privacy.pseudonyms import peer_tag
from tests.app.pages.thieves import box_of
from tests.app.queues.stage import ask_question, offers_of, opt_in
from tests.app.queues.test_route import make_organisation
from tests.cast import Cast, Person, make_cast, make_person, viewer_of
from tests.conftest import make_tools

DAYS, EXPERTS = 60, 30
CHANCE = 0.1  # five standard errors of an AUC over some four hundred pairs of one hand
FOUND = 0.56  # what an offer that goes with its answer tells at the least, among all else that goes on its day
Row = dict[str, object]
Copy = dict[str, dict[object, Row]]  # table -> the first column's value -> row


@dataclass
class Stretch:
    """Days of a network, a copy of each, and who wrote what."""

    copies: list[Copy] = field(default_factory=list)
    mutants: list[Copy] = field(default_factory=list)
    hand: dict[str, str] = field(default_factory=dict)  # answer -> person


@pytest.fixture(scope="module")
def stretch(tmp_path_factory: pytest.TempPathFactory) -> Stretch:
    tools = make_tools(tmp_path_factory.mktemp("days"))
    with tools.database:
        return live(tools, make_cast(tools), random.Random(5))


def live(tools: Toolbox, cast: Cast, rng: random.Random) -> Stretch:
    """Every day some ask, and some look into their queue, answer, hand back, say that they write, or leave it."""
    houses = [make_organisation(tools, number) for number in range(EXPERTS // 2)]
    people = [make_person(tools, f"expert{n}", houses[n % len(houses)]) for n in range(EXPERTS)]
    opt_in(tools, *people, capacity=1)
    worker, found = make_worker(tools), Stretch()
    worker.start()
    for day in range(DAYS):
        for hour in (0, 8, 16):
            if hour == 16:
                ask_question(tools, cast.alice, title=f"質問{day}です")
            for person in rng.sample(people, 2 if hour == 8 else 0):
                look_in(tools, person, rng)
            held = [person for person in people if offers_of(tools, person)]
            for person in rng.sample(held, min(len(held), 2 if hour == 8 else 0)):
                look_in(tools, person, rng)
            go_on(tools, worker)
        found.copies.append(copy_of(tools))
        found.mutants.append(as_it_was(tools))
    with tools.database.reading() as stores:
        for post in stores.content.scalars(select(Post)):
            tags = {str(peer_tag(one.secret, post.thread_id)): one.name for one in people}
            found.hand[post.id] = tags[post.author_tag]
    return found


def go_on(tools: Toolbox, worker: Worker) -> None:
    assert isinstance(tools.clock, SetClock)
    for _ in range(2):
        tools.clock.move(hours=4)
        worker.run_until_idle()


def look_in(tools: Toolbox, person: Person, rng: random.Random) -> None:
    """What opening the queue writes, and what is done there."""
    viewer, now = viewer_of(tools, person), make_now(tools)
    with tools.database.transaction("content") as stores:
        stale = service.stale_handles(stores, tools.vault, viewer=viewer, measures=measures_of(tools.settings))
        service.move_circle(stores, tools.vault, tools.trade, viewer=viewer, handles=stale)
    for offer in offers_of(tools, person):
        chance = rng.random()
        if offer.state in ("answering", "passed") or chance > 0.85:
            continue
        with tools.database.transaction("content", "keys") as stores:
            if chance < 0.15:
                passing.pass_on(stores, tools.vault, viewer=viewer, offer_id=offer.id, reason="no_time", now=now)
            elif chance < 0.25 and offer.told.get("claims", 0) < now.measures.claims:
                service.claim(stores, tools.vault, viewer=viewer, offer_id=offer.id, now=now, windows=24)
            else:
                service.answer(
                    stores, tools.vault, tools.trade, viewer=viewer, offer_id=offer.id, text="夜明け前に測ります。",
                    token=offer.id, at_once=False, contact=box_of(tools, person), window=tools.window,
                    today=today(tools.clock.now()), until=tools.window + 48,
                )  # fmt: skip


# ---------------------------------------------------------------- what is stolen


def copy_of(tools: Toolbox) -> Copy:
    """The content file, without a key."""
    with closing(sqlite3.connect(store_path(tools.settings.data_dir, "content"))) as file:
        file.row_factory = sqlite3.Row
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: {row[0]: dict(row) for row in file.execute(f"SELECT * FROM {name}")}  # noqa: S608
            for name in tables
            if name != "lockers"
        }


def as_it_was(tools: Toolbox) -> Copy:
    """The three tables, each as it would be without its protection."""
    with tools.database.reading() as stores:
        rows = {row.id: row for row in stores.content.scalars(select(Offer))}
        inboxes = list(stores.content.scalars(select(Expert.handle)))
        told = {
            note.id: {"id": note.id, "label": f"of {note.label}"}
            for note in offers.notes_to(stores, tools.vault, inboxes, window=tools.window + 99)
        }
        boxes = [(one.id, one.sealed) for one in rows.values()]
        held = {
            one: {"id": one, "thread_id": rows[one].thread_id, "inbox": inbox, "state": state}
            for one, inbox, state in offers.inboxes_of(tools.vault, boxes)
            if state != "over"
        }
        profiles = experts.opened(stores, tools.vault, inboxes)
    return {
        "offers": held,
        "experts": {handle: {"handle": handle, "box": repr(one)} for handle, one in profiles.items()},
        "notes": told,
    }


# ---------------------------------------------------------------- what is made of it


def changed(before: Copy, after: Copy) -> set[object]:
    """Every value in a row that came, went, or is another."""
    found: set[object] = set()
    for table in after:
        old, new = before.get(table, {}), after[table]
        for key in old.keys() | new.keys():
            if old.get(key) != new.get(key):
                found |= {one for row in (old.get(key), new.get(key)) if row for one in row.values()}
    return {one for one in found if isinstance(one, str) and len(one) >= 16}


def arrivals(copies: list[Copy], table: str) -> dict[object, int]:
    """In which copy each row is first."""
    found: dict[object, int] = {}
    for number, copy in enumerate(copies):
        for key in copy[table]:
            found.setdefault(key, number)
    return found


@dataclass(frozen=True)
class Answer:
    id: str
    thread: str
    came: int
    asked: int


def answers(copies: list[Copy]) -> list[Answer]:
    out, routed = arrivals(copies, "posts"), arrivals(copies, "threads")
    threads = {key: str(row["thread_id"]) for copy in copies for key, row in copy["posts"].items()}
    found = [Answer(str(one), threads[one], at, routed[threads[one]]) for one, at in out.items()]
    return [one for one in found if one.came and one.asked]


def join(stretch: Stretch, copies: list[Copy], day: Callable[[Answer], int]) -> float:
    """How well what changed on the days of two answers says that one hand wrote both: of few that changed, one that did
    on both days counts more."""
    moved = [set[object](), *(changed(*pair) for pair in pairwise(copies))]
    scores: Mapping[bool, list[float]] = defaultdict(list)
    for one, other in combinations(answers(stretch.copies), 2):
        if day(one) != day(other) and one.thread != other.thread:
            there, too = moved[day(one)], moved[day(other)]
            weight = len(there & too) / max(1, len(there) * len(too))
            scores[stretch.hand[one.id] == stretch.hand[other.id]].append(weight)
    return auc(scores[True], scores[False])


def came(one: Answer) -> int:
    return one.came


def asked(one: Answer) -> int:
    return one.asked


def named(copies: list[Copy], found: list[Answer]) -> Iterator[tuple[object, Answer]]:
    """Of the offers of an answer's thread, what those that went or changed when it came say, but for their own id: where
    one alone did, it was answered."""
    alone = Counter((one.thread, one.came) for one in found)
    for one in found:
        before, after = copies[one.came - 1]["offers"], copies[one.came]["offers"]
        moved = [row for key, row in before.items() if row["thread_id"] == one.thread and after.get(key) != row]
        moved = [row for row in moved if row.get("state") == "answering"] or moved
        if len(moved) == 1 and alone[one.thread, one.came] == 1:
            said = (value for name, value in moved[0].items() if name not in ("id", "thread_id", "state"))
            yield from ((value, one) for value in said if value is not None)


def pairs(stretch: Stretch, copies: list[Copy]) -> tuple[int, int]:
    """How many pairs of answers are joined by what an offer said that went with them, and how many rightly."""
    by: dict[object, list[Answer]] = defaultdict(list)
    for value, one in named(copies, answers(stretch.copies)):
        by[value].append(one)
    joined = [pair for some in by.values() for pair in combinations(some, 2)]
    return len(joined), sum(stretch.hand[one.id] == stretch.hand[other.id] for one, other in joined)


# ---------------------------------------------------------------- what it is worth


def test_no_offer_joins_two_answers(stretch: Stretch) -> None:
    assert len(answers(stretch.copies)) > 60
    assert pairs(stretch, stretch.copies) == (0, 0)
    joined, rightly = pairs(stretch, stretch.mutants)
    print("of", len(answers(stretch.copies)), "answers: pairs joined by offers that name an inbox", joined, rightly)
    assert rightly > 20
    assert rightly > 0.9 * joined


def test_no_offer_of_a_thread_shows_that_it_was_answered(stretch: Stretch) -> None:
    """All of a thread's are sealed anew, and none goes."""
    for one in answers(stretch.copies):
        before, after = stretch.copies[one.came - 1]["offers"], stretch.copies[one.came]["offers"]
        mine = {key for key, row in before.items() if row["thread_id"] == one.thread}
        assert mine <= after.keys()
        assert {after[key] == before[key] for key in mine} <= {False}


@pytest.mark.parametrize("day", [came, asked])
def test_nothing_that_changes_on_the_day_of_an_answer_or_an_offer_joins_two(
    stretch: Stretch, day: Callable[[Answer], int]
) -> None:
    figure = join(stretch, stretch.copies, day)
    print(day.__name__, figure)
    assert abs(figure - 0.5) <= CHANCE
    for table in ("experts", "notes", "offers") if day is asked else ("offers",):  # the day of an answer tells less
        broken = join(stretch, [{table: copy[table]} for copy in stretch.mutants], day)
        print(table, day.__name__, broken)
        assert broken > (0.5 + CHANCE if day is asked else FOUND)
