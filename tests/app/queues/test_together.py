"""Questions that wait together are routed together: every one gets somebody before any gets two."""

from collections import Counter

import pytest
from sqlalchemy import select

from app.jobs.models import Job
from app.processes import make_worker
from app.questions.models import Thread
from app.queues.routing import Router
from app.vectors.models import IndexedThread
from app.wiring import Toolbox
from tests.app.queues.stage import all_offers, ask_question, offers_of, opt_in, work
from tests.cast import Cast


def offers(tools: Toolbox) -> Counter[str]:
    with tools.database.reading() as stores:
        return Counter(one.thread_id for one in all_offers(stores, tools.vault))


def ask_two(tools: Toolbox, cast: Cast) -> list[str]:
    return [
        ask_question(tools, cast.alice, title="稚魚が朝に死にます", urgent=True),
        ask_question(tools, cast.dave, title="えらが白くなりました", urgent=True),
    ]


def test_two_questions_of_one_window_share_the_experts_there_are(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol, capacity=1)
    asked = ask_two(tools, cast)
    work(tools)
    assert offers(tools) == dict.fromkeys(asked, 1)
    with tools.database.reading() as stores:
        assert len({one.inbox for one in all_offers(stores, tools.vault)}) == 2


def test_one_after_the_other_the_first_would_have_taken_both(tools: Toolbox, cast: Cast) -> None:
    """What the test before would see of a worker that takes one at a time."""
    opt_in(tools, cast.bob, cast.carol, capacity=1)
    first = ask_question(tools, cast.alice, title="稚魚が朝に死にます", urgent=True)
    work(tools)
    ask_question(tools, cast.dave, title="えらが白くなりました", urgent=True)
    work(tools)
    assert offers(tools) == {first: 2}


def test_nobody_is_asked_beyond_what_they_chose(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, capacity=1)
    ask_two(tools, cast)
    ask_question(tools, cast.carol, title="水温が高いです", urgent=True)
    work(tools)
    assert sum(offers(tools).values()) == 1


def test_one_that_cannot_be_routed_holds_up_no_other(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    asked = ask_two(tools, cast)
    worker = make_worker(tools)
    worker.start()
    while True:  # until both are embedded, and nobody is asked yet
        worker.step()
        with tools.database.reading() as stores:
            kinds = list(stores.content.scalars(select(Job.kind).where(Job.kind.in_(["index", "route"]))))
        if kinds == ["route", "route"]:
            break
    with tools.database.transaction("content") as stores:
        stores.content.get_one(IndexedThread, asked[0]).sealed_vector = None
        stores.content.get_one(IndexedThread, asked[0]).encoder = ""
    worker.run_until_idle()
    assert offers(tools) == {asked[1]: 2}
    with tools.database.reading() as stores:
        assert stores.content.get_one(Thread, asked[0]).state == "waiting"


def test_stopped_in_the_middle_nothing_has_happened_and_again_it_happens_once(
    tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    opt_in(tools, cast.bob, cast.carol)
    asked = ask_two(tools, cast)
    whole = Router._go_on
    stops = iter([False, True])  # the second question of the batch, its offers already written

    def stop(self: Router, *args: object, **kwargs: object) -> None:
        whole(self, *args, **kwargs)  # type: ignore[arg-type]
        if next(stops, False):
            raise KeyboardInterrupt

    monkeypatch.setattr(Router, "_go_on", stop)
    worker = make_worker(tools)
    worker.start()
    with pytest.raises(KeyboardInterrupt):
        worker.run_until_idle()
    assert offers(tools) == {}
    assert worker._lock is not None
    worker._lock.close()  # as it is when the process is gone
    work(tools)
    assert offers(tools) == dict.fromkeys(asked, 2)


def test_the_circles_of_each_question_are_its_own(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.alice, cast.bob, cast.carol)
    of_dave = ask_question(tools, cast.dave, urgent=True)
    of_bob = ask_question(tools, cast.bob, title="網が汚れます", urgent=True)
    work(tools)
    threads = {
        name: {one.thread_id for one in offers_of(tools, cast[name])} for name in ("alice", "bob", "carol", "dave")
    }
    assert threads == {"alice": {of_bob}, "bob": {of_dave}, "carol": {of_bob, of_dave}, "dave": set()}
