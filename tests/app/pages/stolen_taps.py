"""What a thief reads of marks: what readers said of answers with a tap."""

from sqlalchemy import select

from app.questions.marks import all_own, marks_of
from app.questions.models import Mark
from app.wiring import Toolbox
from tests.app.pages.thieves import file_of
from tests.app.questions.makers import answer, tap
from tests.app.queues.stage import work
from tests.cast import Cast, viewer_of

DOUBT = "いまは別の薬を使います。"


def check_marks_are_counted(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """How many a thread has, and nothing else."""
    post_id = _tap(tools, cast, thread_id)
    dump = file_of(tools, "content")
    with tools.database.reading() as stores:
        rows = list(stores.content.scalars(select(Mark)))
    assert [row.thread_id for row in rows] == [thread_id] * 2
    assert len({len(row.sealed) for row in rows}) == 1
    assert all(post_id.encode() not in bytes(row.sealed) for row in rows)
    assert viewer_of(tools, cast.carol).circle.encode() not in dump
    assert DOUBT.encode() not in dump


def check_marks_name_a_circle(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """With the root key: kind, post, circle, window and words. No member: labels are made from secrets, tried out here."""
    post_id = _tap(tools, cast, thread_id)
    with tools.database.reading() as stores:
        marks = marks_of(stores, tools.vault, thread_id)
        assert {(one.kind, one.object, *one.value["circles"]) for one in marks} == {
            (kind, post_id, viewer_of(tools, cast.carol).circle) for kind in ("worked", "outdated")
        }
        assert DOUBT in {one.value["text"] for one in marks}
        assert {one.label for one in all_own(stores, tools.vault, cast.carol.secret)} == {one.label for one in marks}
        assert all_own(stores, tools.vault, cast.erin.secret) == []


def _tap(tools: Toolbox, cast: Cast, thread_id: str) -> str:
    """carol's word on bob's answer; the answer's id."""
    post_id = answer(tools, cast.bob, thread_id)
    work(tools, hours=30)
    tap(tools, cast.carol, thread_id, post_id, "worked")
    tap(tools, cast.carol, thread_id, post_id, "outdated", text=DOUBT)
    return post_id
