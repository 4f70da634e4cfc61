"""A thief of the content file looks which rows of the index one person changed together.

Promised, of files as the end of a window and the night leave them: one copy tells nothing of it; two copies tell which
rows changed between them, but not which of these belong together. Where one person alone changed something meanwhile,
that is seen, since each change seals a box anew: no column can help that.
"""

import random
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from sqlalchemy import func, select

from app.accounts.viewer import Viewer
from app.db import Stores, store_path
from app.queues import experts, teaching
from app.vectors import store
from app.vectors.models import IndexedThread
from app.vectors.store import Answered, Subjected
from app.wiring import Toolbox
from privacy.attacks.figures import auc
from privacy.pseudonyms import MemberSecret, new_id
from tests.cast import Cast, viewer_of

PEOPLE, EACH, SUBJECT = 80, 5, "rainbow-trout"
CHANCE = 0.08  # four standard deviations of an AUC over so many pairs
Copy = dict[str, tuple[int | bytes, ...]]
Answers = dict[str, Viewer]


@pytest.fixture
def answers(tools: Toolbox, cast: Cast) -> Answers:
    """Who answered each thread: eighty people five each, all in one subject."""
    viewer = viewer_of(tools, cast.bob)
    people = [replace(viewer, secret=MemberSecret(secrets.token_bytes(32))) for _ in range(PEOPLE)]
    found: Answers = {str(new_id()): person for person in people for _ in range(EACH)}
    with tools.database.transaction("content") as stores:
        for thread_id, person in found.items():
            handle = experts.handles_of(person)[SUBJECT]
            where = Subjected(thread_id, SUBJECT, "disease", random.Random(thread_id).randrange(9000))
            store.record_answer(
                stores, tools.vault, where=where, answer=Answered(str(new_id()), handle, where.window + 1)
            )
    return found


def set_aside(tools: Toolbox, answers: Answers, people: Iterable[Viewer]) -> None:
    """Each of these people sets all that they answered aside; every second one takes it up again at once."""
    for number, person in enumerate(people):
        own = [thread_id for thread_id, by in answers.items() if by is person]
        for change in (teaching.not_me, teaching.me_again)[: 1 + number % 2]:
            with tools.database.transaction("content") as stores:
                teaching.each(change, stores, tools.vault, tools.trade, viewer=person, threads=own)


def steal(tools: Toolbox) -> Copy:
    """Every column of every row in a copy of the file, with the version of the row's part."""
    tools.database.rebuild()
    with sqlite3.connect(store_path(tools.database.folder, "content")) as stolen:
        parts = dict(stolen.execute("SELECT part, version FROM index_parts"))
        rows = stolen.execute("SELECT thread_id, window, version, sealed_evidence FROM indexed_threads").fetchall()
    return {row[0]: (*row[1:], parts.get(row[0][:2], 0), place) for place, row in enumerate(rows)}


def changed(before: Copy, after: Copy) -> list[str]:
    """The rows that differ between two copies in what is their own: version and box."""
    return [one for one in after if before[one][1:3] != after[one][1:3]]


def linked(copy: Copy, among: Sequence[str], answers: Answers) -> float:
    """How well rows of one person are told from rows of two by standing close in a column, at the best of all columns."""
    numbers = [at for at, value in enumerate(next(iter(copy.values()))) if isinstance(value, int)]
    return max((abs(_closeness(copy, among, answers, at) - 0.5) for at in numbers), default=0.0) + 0.5


def _closeness(copy: Copy, among: Sequence[str], answers: Answers, at: int) -> float:
    rank = {one: place for place, one in enumerate(sorted(among, key=lambda one: (copy[one][at], one)))}
    same, other = [], []
    for one, two in combinations(among, 2):
        (same if answers[one] is answers[two] else other).append(-float(abs(rank[one] - rank[two])))
    return auc(same, other)


def attacked(tools: Toolbox, answers: Answers) -> tuple[float, float]:
    """How well one copy links rows, and two copies the rows that changed between them: half of the people moved theirs."""
    people = list({by.secret: by for by in answers.values()}.values())[: PEOPLE // 2]
    before = steal(tools)
    set_aside(tools, answers, people)
    after = steal(tools)
    found = changed(before, after)
    assert {answers[one].secret for one in found} == {by.secret for by in people}
    assert len(found) == len(people) * EACH
    return linked(after, list(after), answers), linked(after, found, answers)


def test_no_copy_tells_which_rows_one_person_changed_together(tools: Toolbox, answers: Answers) -> None:
    assert max(attacked(tools, answers)) < 0.5 + CHANCE


def test_a_number_that_counts_changes_tells(tools: Toolbox, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    def count(stores: Stores, row: IndexedThread) -> None:
        row.version = (stores.content.scalar(select(func.max(IndexedThread.version))) or 0) + 1

    monkeypatch.setattr(store, "touch", count)
    one, two = attacked(tools, answers)
    assert one > 0.6
    assert two > 0.9
