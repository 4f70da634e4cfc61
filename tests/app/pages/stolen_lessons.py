"""What a thief reads of endorsements, and of what the router learnt."""

from sqlalchemy import select

from app.clock import today
from app.domains.rules import month_of
from app.leaving import steps
from app.questions import endorsing
from app.questions.models import Endorsement
from app.queues import learning
from app.queues.models import Lesson
from app.vectors import store
from app.wiring import Toolbox
from matching.learning import Learned
from matching.signals import NAMES
from matching.weights import prior
from tests.app.pages.thieves import file_of, handle_of
from tests.app.questions.makers import answer
from tests.app.queues.stage import work
from tests.cast import Cast, viewer_of


def check_voices_are_counted(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """How many there are, and nothing else."""
    post_id = _endorse(tools, cast, thread_id)
    dump = file_of(tools, "content")
    with tools.database.reading() as stores:
        rows = list(stores.content.scalars(select(Endorsement)))
        assert [len(row.sealed) for row in rows] == [len(rows[0].sealed)]
        assert all(post_id.encode() not in bytes(row.sealed) for row in rows)
    assert viewer_of(tools, cast.carol).circle.encode() not in dump
    assert cast.carol.member_id.encode() not in dump


def check_voices_name_a_circle(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """With the root key: post, circle and month. No member: a row's label is made from the secret, and tried out here."""
    post_id = _endorse(tools, cast, thread_id)
    with tools.database.reading() as stores:
        (ballot,) = endorsing._ballots(stores, tools.vault)
        circles = frozenset({viewer_of(tools, cast.carol).circle})
        assert (ballot.post, ballot.circles) == (post_id, circles)
        assert ballot.month == month_of(today(tools.clock.now()))
        assert endorsing.own_ballots(stores, tools.vault, cast.carol.secret) == {ballot.label: post_id}
        assert endorsing.own_ballots(stores, tools.vault, cast.erin.secret) == {}


def check_lessons_are_numbers(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """A number a signal and subject, of forty outcomes or more; gone the moment somebody in it leaves."""
    answer(tools, cast.bob, thread_id, handle=handle_of(tools, cast.bob))
    work(tools, hours=5)
    with tools.database.transaction("content") as stores:
        mark = learning.Mark(9, 9, 9)
        for subject, outcomes in (("rainbow-trout", 40), ("coho-salmon", 40), ("ayu", 39)):
            learning.put_lesson(
                stores, tools.vault, after=learning.version(stores), subject=subject,
                learned=Learned(prior(), outcomes), mark=mark,
            )  # fmt: skip
        assert {one.handle for one in store.find_evidence(stores, tools.vault, thread_id).answers}
        found = learning._read(stores, tools.vault)
    assert [set(found[one]["weights"]) for one in ("rainbow-trout", "ayu")] == [set(NAMES), set()]
    assert b"rainbow-trout" not in _row(tools)
    steps.leave(tools, viewer_of(tools, cast.bob), texts="keep")
    with tools.database.reading() as stores:
        assert learning.weights_of(stores, tools.vault).keys() == {"coho-salmon"}


def _row(tools: Toolbox) -> bytes:
    with tools.database.reading() as stores:
        return bytes(stores.content.scalars(select(Lesson.sealed)).one())


def _endorse(tools: Toolbox, cast: Cast, thread_id: str) -> str:
    """carol's word for bob's answer; the answer's id."""
    post_id = answer(tools, cast.bob, thread_id)
    work(tools, hours=30)
    with tools.database.transaction("content") as stores:
        endorsing.endorse(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.carol), thread_id=thread_id,
            post_id=post_id, today=today(tools.clock.now()),
        )  # fmt: skip
    return post_id
