"""What flags and decisions do beside: offers, routing, what is taken along, and what leaving takes out."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import select

from app.clock import today
from app.leaving.reads import everything
from app.leaving.steps import leave
from app.moderation import cases
from app.moderation.models import Case
from app.moderation.rules import Voice, is_hidden_by
from app.questions.marks import mark_label
from app.questions.models import Mark, Post, Sanction, Thread
from app.wiring import Toolbox
from tests.app.leaving.stage import here
from tests.app.moderation.stage import decide, flag, on_desk, read, send
from tests.app.questions.makers import answer, publish, published
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, signed_in, viewer_of


def only_post(tools: Toolbox, thread_id: str) -> str:
    with tools.database.reading() as stores:
        return stores.content.scalars(select(Post.id).where(Post.thread_id == thread_id)).one()


def linked(labels: Sequence[str]) -> int:
    """The linker: how many labels share their beginning, their end or a run in the middle with another."""
    pieces = Counter(piece for one in labels for piece in {one[:8], one[-8:], one[12:20]})
    return sum(any(pieces[piece] > 1 for piece in (one[:8], one[-8:], one[12:20])) for one in labels)


def test_a_thousand_flags_of_one_member_do_not_link(cast: Cast) -> None:
    secret = cast.carol.secret
    objects = [hashlib.sha256(str(number).encode()).hexdigest()[:32] for number in range(1000)]
    assert linked([mark_label(secret, "flag", one) for one in objects]) == 0
    own = hashlib.sha256(bytes(secret)).hexdigest()[:8]  # the mutant: a name of the flagger's own in every label
    assert linked([own + mark_label(secret, "flag", one)[8:] for one in objects]) == 1000


def test_a_question_shown_again_is_offered_on(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    thread_id = ask_question(tools, cast.alice)
    publish(tools)
    flag(app, cast.carol, thread_id, thread_id, "identifying")
    work(tools)
    assert offers_of(tools, cast.bob) == []
    decide(app, cast.erin, on_desk(app, cast.erin)[0], "put_back")
    work(tools, hours=1)
    assert len(offers_of(tools, cast.bob)) == 1


def test_an_answer_that_was_not_let_out_gives_its_offer_back(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice)
    work(tools, hours=5)
    offer = offers_of(tools, cast.bob)[0]
    bob = signed_in(app, cast.bob)
    fields = {"text": "この網は1枚3,980円でした。", "token": "e" * 32}
    looked = send(bob, f"/queue/{offer.id}/answer", fields)
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', looked.text)
    assert seen
    assert send(bob, f"/queue/{offer.id}/answer", {**fields, "seen": seen[1]}).status_code == 303
    assert offers_of(tools, cast.bob)[0].state == "answering"
    decide(app, cast.erin, on_desk(app, cast.erin)[0], "refuse", "selling", "値段は「約4,000円」でお願いします。")
    assert offers_of(tools, cast.bob)[0].state == "offered"
    assert bob.get(f"/queue/{offer.id}").status_code == 200


@pytest.mark.parametrize("texts", ["keep", "withdraw"])
def test_leaving_takes_appeals_and_what_was_upheld_along(app: Flask, tools: Toolbox, cast: Cast, texts: str) -> None:
    thread_id = published(tools, cast.alice)
    answer(tools, cast.bob, thread_id, "うちの商品がいちばんです。")
    publish(tools)
    post_id = only_post(tools, thread_id)
    flag(app, cast.carol, thread_id, post_id, "selling")
    decide(app, cast.erin, on_desk(app, cast.erin)[0], "uphold", "selling", "宣伝です。")
    sentence = "わたしの言い分です。"
    send(signed_in(app, cast.bob), f"/threads/{thread_id}/reviews/{post_id}/appeal", {"sentence": sentence})
    viewer, day = viewer_of(tools, cast.bob), today(tools.clock.now())
    with tools.database.reading() as stores:
        taken = everything(stores, tools.vault, tools.trade, viewer=viewer, today=day, place=here(tools)).data["upheld"]
    assert [one["reason"] for one in taken] == ["selling"]
    leave(tools, viewer, texts=texts)  # type: ignore[arg-type]
    with tools.database.reading() as stores:
        left = cases.cases_of(stores, tools.vault, [thread_id])
        assert not list(stores.content.scalars(select(Sanction)))
        assert [one.appeal for one in left] == [""]
        assert stores.content.get_one(Post, post_id).hidden  # what was hidden does not come back by it


def test_who_flagged_leaves_and_takes_the_flag_along(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    flag(app, cast.carol, thread_id, thread_id, "charter", "言い方がきついです。")
    leave(tools, viewer_of(tools, cast.carol), texts="keep")
    with tools.database.reading() as stores:
        assert not list(stores.content.scalars(select(Mark)))
        assert len(list(stores.content.scalars(select(Case)))) == 1
    path = on_desk(app, cast.erin)[0]
    assert "言い方がきつい" not in read(app, cast.erin, path)
    assert decide(app, cast.erin, path, "put_back").status_code == 303


def test_a_case_goes_with_its_thread(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    flag(app, cast.carol, thread_id, thread_id, "charter")
    leave(tools, viewer_of(tools, cast.alice), texts="withdraw")
    with tools.database.reading() as stores:
        assert stores.content.get(Thread, thread_id) is None
        assert not list(stores.content.scalars(select(Case)))
    assert on_desk(app, cast.erin) == []


def test_heads_are_not_circles() -> None:
    """Three members of one organisation against the rule; the mutant counts heads, and falls to them."""

    def by_heads(voices: Sequence[Voice]) -> bool:
        return len(voices) > 1

    def voice(number: int, *circles: str) -> Voice:
        return Voice(str(number), "charter", frozenset(circles), alone=False)

    sybil = [voice(number, "a") for number in range(3)]
    split = [voice(1, "a"), voice(2, "a", "b"), voice(3, "b", "a")]  # before and after their circle was split
    assert by_heads(sybil)
    assert not is_hidden_by(sybil)
    assert not is_hidden_by(split)
    assert is_hidden_by([*sybil, voice(9, "c")])
    assert is_hidden_by([Voice("1", "identifying", frozenset({"a"}), alone=True)])
    assert not is_hidden_by([Voice("1", "identifying", frozenset({"a"}), alone=True)], looked_at=True)
