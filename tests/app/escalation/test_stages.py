"""A question goes further in fixed steps; its author is told of each, and nothing of who was asked or what they did."""

from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import select

from app.jobs import queue
from app.jobs.models import Job
from app.notices.service import notes_of
from app.questions.course import course_of
from app.questions.lists import list_waiting
from app.questions.models import Thread
from app.queues import passing, service
from app.queues.worker import make_now
from app.wiring import Toolbox
from privacy.pseudonyms import owner_tag
from privacy.scopes import Audience
from tests.app.queues.stage import ask_question, live_through, offers_of, opt_in, work
from tests.cast import Cast, Person, signed_in, viewer_of


def turns(tools: Toolbox, thread_id: str) -> list[str]:
    with tools.database.reading() as stores:
        return [turn.kind for turn in course_of(tools.vault, stores.content.get_one(Thread, thread_id)).turns]


def told(tools: Toolbox, person: Person, thread_id: str) -> list[str]:
    label = str(owner_tag(person.secret, thread_id))
    with tools.database.reading() as stores:
        notes = notes_of(stores, tools.vault, [label], window=tools.window)
    return sorted(note.kind.removeprefix("course_") for note in notes)


def thread_of(tools: Toolbox, thread_id: str) -> Thread:
    with tools.database.reading() as stores:
        return stores.content.get_one(Thread, thread_id)


def asked_and_out(tools: Toolbox, person: Person, **more: object) -> str:
    thread_id = ask_question(tools, person, **more)  # type: ignore[arg-type]
    work(tools, hours=4)
    return thread_id


@pytest.mark.parametrize(("urgent", "pace"), [(False, 1), (True, 4)])
def test_every_stage_comes_in_its_time_and_is_told(tools: Toolbox, cast: Cast, urgent: bool, pace: float) -> None:
    thread_id = asked_and_out(tools, cast.alice, urgent=urgent)
    seen = []
    for stage in ("second", "third", "domain", "coordinator", "ended"):
        tools.clock.move(hours=-1)  # type: ignore[attr-defined]
        live_until(tools, stage, pace)
        seen.append(thread_of(tools, thread_id).stage)
    assert seen == ["second", "third", "domain", "coordinator", "ended"]
    expected = ["second", "third", "domain", "coordinator", "ended"]
    assert turns(tools, thread_id) == ["first", *expected]
    assert told(tools, cast.alice, thread_id) == sorted(expected)
    assert thread_of(tools, thread_id).state == "ended"


def live_until(tools: Toolbox, stage: str, pace: float) -> None:
    """The hours between this stage and the one before, an hour made good."""
    gaps = {"second": 8, "third": 16, "domain": 24, "coordinator": 24, "ended": 96}
    work(tools, hours=gaps[stage] / pace + 1)


def test_what_is_told_does_not_hang_on_who_was_found_or_passed(tools: Toolbox, cast: Cast) -> None:
    """One question finds nobody, one is passed by everybody at once, one is being written on: the same is told."""
    nobody = asked_and_out(tools, cast.alice)
    opt_in(tools, cast.bob)
    passed = asked_and_out(tools, cast.alice, title="二つめ")
    bob = viewer_of(tools, cast.bob)
    offer = offers_of(tools, cast.bob)[0].id
    with tools.database.transaction("content") as stores:
        passing.pass_on(stores, tools.vault, viewer=bob, offer_id=offer, reason="no_time", now=make_now(tools))
    work(tools, hours=1)
    held = asked_and_out(tools, cast.alice, title="三つめ")
    offer = next(one.id for one in offers_of(tools, cast.bob) if one.thread_id == held)
    with tools.database.transaction("content") as stores:
        service.claim(stores, tools.vault, viewer=bob, offer_id=offer, now=make_now(tools), windows=24)
    seen: dict[str, list[tuple[str, int]]] = {one: [] for one in (nobody, passed, held)}
    known = {one: len(turns(tools, one)) for one in seen}
    for _ in range(40):
        work(tools, hours=1)
        for one, turned in seen.items():
            age = tools.window - thread_of(tools, one).published_window
            turned += [(kind, age) for kind in turns(tools, one)[known[one] + len(turned) :]]
    assert all(turned for turned in seen.values())
    assert {one for turned in seen.values() for one in turned} <= {("second", 8), ("third", 24), ("domain", 48)}


def test_nobody_is_taken_further_once_it_is_answered_or_twice(tools: Toolbox, cast: Cast) -> None:
    thread_id = asked_and_out(tools, cast.alice)
    work(tools, hours=8)
    with tools.database.transaction("content") as stores:
        again = {"thread": thread_id, "stage": "second"}
        queue.put(stores, tools.vault, "stage", again, due=tools.window)
    work(tools)
    assert turns(tools, thread_id) == ["first", "second"]
    with tools.database.transaction("content") as stores:
        stores.content.get_one(Thread, thread_id).state = "answered"
    for _ in range(9):
        work(tools, hours=24)
    assert turns(tools, thread_id) == ["first", "second"]
    with tools.database.reading() as stores:
        assert not stores.content.scalars(select(Job.id).where(Job.kind == "stage")).all()


def test_after_a_standstill_stages_come_in_order_and_not_all_at_once(tools: Toolbox, cast: Cast) -> None:
    thread_id = asked_and_out(tools, cast.alice)
    work(tools, hours=60)
    assert turns(tools, thread_id) == ["first", "second"]
    seen = []
    for _ in range(24):
        work(tools, hours=1)
        seen.append(len(turns(tools, thread_id)))
    assert max(after - before for before, after in pairwise(seen)) == 1
    assert turns(tools, thread_id) == ["first", "second", "third", "domain", "coordinator"]
    for _ in range(4):
        work(tools, hours=24)
    assert thread_of(tools, thread_id).state == "ended"


def test_hidden_its_clock_stands_still(tools: Toolbox, cast: Cast) -> None:
    thread_id = asked_and_out(tools, cast.alice)
    with tools.database.transaction("content") as stores:
        stores.content.get_one(Thread, thread_id).hidden = True
    for _ in range(9):
        work(tools, hours=24)
    assert turns(tools, thread_id) == ["first"]
    with tools.database.transaction("content") as stores:
        stores.content.get_one(Thread, thread_id).hidden = False
    work(tools, hours=24)
    assert turns(tools, thread_id) == ["first", "second"]
    assert thread_of(tools, thread_id).stage == "second"


def test_a_question_that_fell_off_the_calendar_is_found_again(tools: Toolbox, cast: Cast) -> None:
    thread_id = asked_and_out(tools, cast.alice)
    with tools.database.transaction("content") as stores:
        for row in stores.content.scalars(select(Job).where(Job.kind == "stage")):
            row.state = "dead"
    work(tools, hours=24)
    work(tools, hours=24)
    assert "second" in turns(tools, thread_id)


def test_after_two_days_it_waits_in_the_lists_of_who_may_read_it(tools: Toolbox, app: Flask, cast: Cast) -> None:
    shown = asked_and_out(tools, cast.alice, title="朝だけ弱る魚")
    asked_and_out(tools, cast.alice, title="経験者だけに", audience=Audience.EXPERTS)
    live_through(tools, until="third")
    work(tools, hours=16)

    def waiting(person: Person) -> list[str]:
        with tools.database.reading() as stores:
            found = list_waiting(stores, tools.vault, tools.trade, viewer=viewer_of(tools, person))
        return [card.id for card in found]

    assert waiting(cast.bob) == []
    work(tools, hours=8)
    assert waiting(cast.bob) == [shown]
    assert waiting(cast.dave) == waiting(cast.alice) == []
    page = signed_in(app, cast.bob).get("/threads").text
    assert "回答を待っている質問" in page
    assert "経験者だけに" not in page


def test_the_author_reads_what_has_happened_and_what_comes_next(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    thread_id = asked_and_out(tools, cast.alice)
    live_through(tools, until="domain")
    page = signed_in(app, cast.alice).get(f"/threads/{thread_id}").text
    for words in (
        "公開しました。",
        "次の段階に進みました",
        "「回答を待っている質問」として出しました",
        "世話役に相談を頼みます",
    ):
        assert words in page
    other = signed_in(app, cast.bob).get(f"/threads/{thread_id}").text
    assert "これまでに起きたこと" not in other
