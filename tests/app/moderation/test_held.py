"""What is held before it is out: said before, let out or given back, never lost; and the company is bound by the same."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.clock import today
from app.questions.company import answer_as_company
from app.questions.models import Pending, Photo, Post, Thread
from app.questions.rules import Limits
from app.questions.service import find_limit
from app.wiring import Toolbox
from tests.app.moderation.stage import decide, more_people, on_desk, pictures, read, send
from tests.app.questions.makers import FORM, answer, ask, make_question, publish, published
from tests.app.questions.pictures import encoded, pixels
from tests.cast import Cast, Person, signed_in, viewer_of

PRICED = "この餌は1kg 250円で、うちではよく食べます。"
SENTENCE = "値段を「約250円」のように書くと、すぐに出せます。"


@pytest.fixture
def others(tools: Toolbox, cast: Cast) -> dict[str, Person]:
    return more_people(tools, cast)


@pytest.fixture
def thread_id(tools: Toolbox, cast: Cast) -> str:
    return published(tools, cast.alice)


def test_the_form_says_so_and_a_changed_text_goes_out(app: Flask, tools: Toolbox, cast: Cast, thread_id: str) -> None:
    bob = signed_in(app, cast.bob)
    page = send(bob, f"/threads/{thread_id}/answer", {"text": PRICED, "token": "a" * 32})
    assert page.status_code == 422
    assert "公開の前に世話役が確かめます" in page.text
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', page.text)
    assert seen
    sent = send(bob, f"/threads/{thread_id}/answer", {"text": PRICED, "token": "a" * 32, "seen": seen[1]})
    assert sent.status_code == 303
    publish(tools, windows=100)
    assert "1kg 250円" not in read(app, cast.carol, f"/threads/{thread_id}")
    assert "確認中" in read(app, cast.bob, f"/threads/{thread_id}")
    plain = {"text": "この餌は約250円で、うちではよく食べます。", "token": "b" * 32}
    assert "世話役が確かめます" not in send(signed_in(app, cast.bob), f"/threads/{thread_id}/answer", plain).text


def test_the_preview_says_so_too(app: Flask, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    send(alice, "/ask/preview", {**FORM, "field_situation": "注文は 090-1234-5678 へ。税込1,280円です。"}, page="/ask")
    assert "公開の前に世話役が確かめます" in alice.get("/ask/preview").text


def test_released_it_comes_out_at_its_window(app: Flask, tools: Toolbox, cast: Cast, thread_id: str) -> None:
    answer(tools, cast.bob, thread_id, PRICED)
    publish(tools, windows=100)
    path = on_desk(app, cast.erin)[0]
    page = read(app, cast.erin, path)
    assert "値段" in page
    assert "回答者1" in page
    assert decide(app, cast.erin, path, "release").status_code == 303
    assert on_desk(app, cast.erin) == []
    assert PRICED not in read(app, cast.carol, f"/threads/{thread_id}")
    publish(tools)
    assert PRICED in read(app, cast.carol, f"/threads/{thread_id}")
    assert "確認中" not in read(app, cast.bob, f"/threads/{thread_id}")


def test_released_at_any_hour_it_comes_out_among_the_posts_of_others(
    app: Flask, tools: Toolbox, cast: Cast, thread_id: str
) -> None:
    answer(tools, cast.bob, thread_id, PRICED)
    tools.clock.move(hours=1)  # type: ignore[attr-defined]
    decide(app, cast.erin, on_desk(app, cast.erin)[0], "release")
    answer(tools, cast.carol, thread_id)
    with tools.database.reading() as stores:
        assert len({row.due_window for row in stores.content.scalars(select(Pending))}) == 1


def test_a_question_that_is_refused_comes_back_as_a_draft(app: Flask, tools: Toolbox, cast: Cast) -> None:
    question = make_question(
        title="1kg 250円の餌を売ります", fields={"situation": "よく食べます。", "by_when": "2026-12-01"}
    )
    thread_id = ask(tools, cast.alice, question, photos=(encoded(pixels()),))
    path = on_desk(app, cast.erin)[0]
    erin = signed_in(app, cast.erin)
    assert erin.get(pictures(erin.get(path).text)[0]).status_code == 200
    assert decide(app, cast.erin, path, "refuse").status_code == 422
    assert decide(app, cast.erin, path, "refuse", "selling", SENTENCE).status_code == 303
    own = read(app, cast.alice, f"/threads/{thread_id}/reviews")
    assert SENTENCE in own
    assert "売り込みや宣伝" in own
    with tools.database.reading() as stores:  # nor does it count among the questions that wait for an answer
        alice, day = viewer_of(tools, cast.alice), today(tools.clock.now())
        assert find_limit(stores, alice, limits=Limits(open=1), urgent=False, today=day) is None
    alice = signed_in(app, cast.alice)
    take = re.search(r'action="(/threads/[0-9a-f]+/held/[0-9a-f]+/draft)"', own)
    assert take
    assert send(signed_in(app, cast.bob), take[1]).status_code == 404
    assert send(alice, take[1]).status_code == 303
    form = alice.get("/ask").text
    assert "1kg 250円の餌を売ります" in form
    assert "よく食べます。" in form
    assert "2026-12-01" in form
    with tools.database.reading() as stores:
        assert not list(stores.content.scalars(select(Pending)))
        assert not list(stores.content.scalars(select(Photo)))
        assert not list(stores.content.scalars(select(Thread)))


def test_a_refused_answer_stands_in_its_form_again(app: Flask, tools: Toolbox, cast: Cast, thread_id: str) -> None:
    answer(tools, cast.bob, thread_id, PRICED)
    decide(app, cast.erin, on_desk(app, cast.erin)[0], "refuse", "selling", SENTENCE)
    take = re.search(r'action="([^"]+/draft)"', read(app, cast.bob, f"/threads/{thread_id}/reviews"))
    assert take
    send(signed_in(app, cast.bob), take[1])
    assert PRICED in read(app, cast.bob, f"/threads/{thread_id}")
    assert PRICED not in read(app, cast.carol, f"/threads/{thread_id}")


def test_another_coordinator_hears_the_appeal(
    app: Flask, tools: Toolbox, cast: Cast, others: dict[str, Person], thread_id: str
) -> None:
    answer(tools, cast.bob, thread_id, PRICED)
    path = on_desk(app, cast.erin)[0]
    decide(app, cast.erin, path, "refuse", "selling", SENTENCE)
    own = read(app, cast.bob, f"/threads/{thread_id}/reviews")
    where = re.search(r'action="([^"]+/held/[^"]+/appeal)"', own)
    assert where
    assert send(signed_in(app, cast.bob), where[1], {"sentence": "比べるための値段です。"}).status_code == 303
    assert on_desk(app, cast.erin) == []
    assert "比べるための値段です" in read(app, others["judy"], path)
    decide(app, others["judy"], path, "release")
    publish(tools)
    assert PRICED in read(app, cast.carol, f"/threads/{thread_id}")


def test_the_gate_of_what_is_held(
    app: Flask, tools: Toolbox, cast: Cast, others: dict[str, Person], thread_id: str
) -> None:
    """Neither a colleague of the asker nor one of the answerer, nor an excluded circle, finds it on their desk."""
    answer(tools, cast.carol, thread_id, PRICED)
    assert on_desk(app, others["ken"]) == []
    path = on_desk(app, others["judy"])[0]
    assert signed_in(app, others["ken"]).get(path).status_code == 404
    assert decide(app, others["ken"], path, "release").status_code == 404
    closed = viewer_of(tools, cast.erin).circle
    ask(tools, cast.bob, make_question(title="1kg 250円です"), excluded=[closed])
    assert on_desk(app, cast.erin) == [path]


def test_an_edit_of_what_waits_is_weighed_anew(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = ask(tools, cast.alice, make_question(title="1kg 250円の餌"))
    assert len(on_desk(app, cast.erin)) == 1
    alice = signed_in(app, cast.alice)
    page = f"/threads/{thread_id}/edit"
    fields = {name: FORM[name] for name in FORM if name.startswith("field_")}
    looked = send(alice, page, {"title": "約250円の餌", **fields})
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', looked.text)
    assert seen
    carried = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', looked.text))
    send(alice, page, {**carried, "title": "約250円の餌", **fields})
    assert on_desk(app, cast.erin) == []
    publish(tools)
    assert "約250円の餌" in read(app, cast.carol, "/threads")


def test_the_company_is_held_by_the_same_rules(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice, make_question(company_may=True))
    publish(tools, windows=60)
    with tools.database.transaction("content", "keys") as stores:
        answer_as_company(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.frank), thread_id=thread_id,
            text="弊社の餌は1kg 250円です。", window=tools.window, today=today(tools.clock.now()),
            company_until=tools.window,
        )  # fmt: skip
    publish(tools, windows=100)
    with tools.database.reading() as stores:
        assert not list(stores.content.scalars(select(Post)))
    path = on_desk(app, cast.erin)[0]
    assert "運営会社の回答" in read(app, cast.erin, path)
    assert decide(app, cast.erin, path, "refuse", "selling", "値段は書かないでください。").status_code == 303
    assert on_desk(app, cast.erin) == []


def test_nothing_told_of_it_is_later_than_a_day(app: Flask, tools: Toolbox, cast: Cast, thread_id: str) -> None:
    answer(tools, cast.bob, thread_id, PRICED)
    decide(app, cast.erin, on_desk(app, cast.erin)[0], "refuse", "selling", SENTENCE)
    tools.clock.move(hours=2)  # type: ignore[attr-defined]
    assert "このままでは公開できませんでした" in signed_in(app, cast.bob).get("/inbox", follow_redirects=True).text
