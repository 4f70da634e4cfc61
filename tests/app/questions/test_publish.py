"""Publishing: everything due moves together, once, in random order, and nothing tells more than a window."""

import random
from collections.abc import Iterable

import pytest
from sqlalchemy import inspect, select

from app.clock import today
from app.jobs.models import Job
from app.questions import service
from app.questions.models import Pending, Post, Thread
from app.vectors.store import find_evidence
from app.wiring import Toolbox
from privacy.scopes import Audience
from tests.app.questions.makers import answer, ask, make_question, publish, published
from tests.cast import Cast


def rows(tools: Toolbox, model: type) -> list:
    with tools.database.reading() as stores:
        return list(stores.content.scalars(select(model)))


def jobs(tools: Toolbox, kind: str) -> list[dict]:
    return [
        tools.vault.open(row.sealed, table="jobs", column="sealed", row=row.id)
        for row in rows(tools, Job)
        if row.kind == kind
    ]


def test_a_question_waits_and_then_stands(tools: Toolbox, cast: Cast) -> None:
    thread_id = ask(tools, cast.alice)
    assert rows(tools, Thread) == []
    assert publish(tools) == 1
    assert [row.id for row in rows(tools, Thread)] == [thread_id]
    assert rows(tools, Pending) == []
    assert jobs(tools, "index") == [{"thread": thread_id, "route": True}]


def test_publishing_twice_does_it_once(tools: Toolbox, cast: Cast) -> None:
    published(tools, cast.alice)
    assert publish(tools) == 0
    assert len(rows(tools, Thread)) == 1
    assert len(jobs(tools, "index")) == 1


def test_a_stop_before_the_commit_loses_and_doubles_nothing(tools: Toolbox, cast: Cast) -> None:
    thread_id = ask(tools, cast.alice)
    with pytest.raises(KeyboardInterrupt):
        publish_and_stop(tools)
    assert len(rows(tools, Pending)) == 1
    publish(tools)
    assert [row.id for row in rows(tools, Thread)] == [thread_id]


def publish_and_stop(tools: Toolbox) -> None:
    with tools.database.transaction("content") as stores:
        service.publish(
            stores, tools.vault, window=tools.window + 99, today=today(tools.clock.now()), rng=random.Random(1)
        )
        raise KeyboardInterrupt


def test_nothing_comes_before_its_window(tools: Toolbox, cast: Cast) -> None:
    ask(tools, cast.alice)
    assert publish(tools, windows=0) == 0


@pytest.mark.parametrize(("audience", "step"), [(0, 1), (1, 4), (2, 4)])
def test_the_audience_decides_the_window(tools: Toolbox, cast: Cast, audience: int, step: int) -> None:
    ask(tools, cast.alice, make_question(audience=Audience(audience)))
    due = rows(tools, Pending)[0].due_window
    assert due % step == 0
    assert 0 < due - tools.window <= step


def test_an_urgent_question_goes_in_its_own_window(tools: Toolbox, cast: Cast) -> None:
    ask(tools, cast.alice, make_question(urgent=True))
    assert publish(tools, windows=0) == 1


def test_the_order_is_not_the_order_of_coming(tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    orders = set()
    for seed in range(6):
        texts = {answer(tools, person, thread_id): person.name for person in (cast.bob, cast.carol, cast.erin)}
        publish(tools, seed=seed)
        posts = sorted((post for post in rows(tools, Post) if post.id in texts), key=lambda post: post.place)
        orders.add(tuple(texts[post.id] for post in posts))
    assert len(orders) > 1


def test_an_answer_becomes_evidence_and_wakes_the_thread(tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    post_id = answer(tools, cast.bob, thread_id, handle="b" * 32, offer_id="offer")
    publish(tools)
    with tools.database.reading() as stores:
        found = find_evidence(stores, tools.vault, thread_id)
    assert [(one.post, one.handle) for one in found.answers] == [(post_id, "b" * 32)]
    assert rows(tools, Thread)[0].state == "answered"
    assert jobs(tools, "answered") == [{"thread": thread_id, "offer": "offer", "post": post_id}]


def test_an_answerer_keeps_their_number(tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    numbers = []
    for person in (cast.bob, cast.carol, cast.bob):
        post_id = answer(tools, person, thread_id)
        publish(tools)
        numbers += [post.author for post in rows(tools, Post) if post.id == post_id]
    assert numbers == [1, 2, 1]


def test_nothing_in_the_file_reads_as_text_or_leads_to_a_member(tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    answer(tools, cast.bob, thread_id, "白い粉をまぶしたような斑点でした")
    publish(tools)
    stored = b"".join(path.read_bytes() for path in tools.settings.data_dir.glob("*.db*"))
    assert len(stored) > 50_000
    for secret in words(tools, cast):
        assert secret.encode() not in stored
    alice = cast.alice
    content = b"".join(path.read_bytes() for path in tools.settings.data_dir.glob("content.db*"))
    for leads in (alice.member_id, alice.organisation_id, alice.mail):
        assert leads.encode() not in content


def words(tools: Toolbox, cast: Cast) -> Iterable[str]:
    return ("銀白色", "群れを離れて", "白い粉をまぶした", cast.alice.mail, "架空水産A")


def test_no_column_is_finer_than_a_window(tools: Toolbox, cast: Cast) -> None:
    published(tools, cast.alice)
    now = int(tools.clock.now())
    for model in (Thread, Post, Pending):
        for row in rows(tools, model):
            numbers = [getattr(row, one.key) for one in inspect(model).columns]
            assert not [n for n in numbers if isinstance(n, int) and abs(n - now) < 10**8]
