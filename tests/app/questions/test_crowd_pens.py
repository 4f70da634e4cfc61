"""Pen names: taken by one, counted together for ever, and no row that says whose one is."""

from collections.abc import Sequence

import pytest
from flask import Flask

from app.domains.rules import ScopeTooFine
from app.questions.models import PenName
from app.questions.pennames import PenNameRefused, find_pen, give_up_pen, take_pen
from app.questions.reads import thread_card
from app.wiring import Toolbox
from privacy.anonymity import SUBJECT
from privacy.pennames import fold_pen_name, pen_claim, pen_label
from tests.app.questions.makers import answer, ask, make_question, open_table_with, publish, published, set_profile
from tests.app.questions.test_crowd import COHO, TROUT, full, people
from tests.cast import Cast, Person, post, signed_in, viewer_of

TAKEN = "沖の目利き"


def take(tools: Toolbox, who: Person, name: str = TAKEN, own: Sequence[str] = ()) -> None:
    with tools.database.transaction("content") as stores:
        take_pen(stores, secret=who.secret, name=name, own_names=own)


def test_a_pen_name_stands_under_the_post_and_the_rest_of_its_thread(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {}, people=people(30, 0, 0))
    first = published(tools, cast.alice)
    take(tools, cast.alice)
    thread_id = published(tools, cast.alice, sign=True)
    answer(tools, cast.bob, thread_id)
    publish(tools)
    with tools.database.reading() as stores:
        cards = [
            thread_card(stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.carol), thread_id=one)
            for one in (first, thread_id)
        ]
    assert [card.body.pen for card in cards] == ["", TAKEN]
    assert [one.pen for one in cards[1].posts] == [""]


def test_no_first_post_is_signed(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {}, people=people(30, 0, 0))
    take(tools, cast.alice)
    with pytest.raises(PenNameRefused, match="first"):
        ask(tools, cast.alice, sign=True)


def test_everything_ever_signed_is_one_cell(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {SUBJECT: 0}, people=people(20, 20, 3))
    set_profile(tools, cast.alice, subject=0)
    ask(tools, cast.alice, make_question())
    take(tools, cast.alice)
    ask(tools, cast.alice, make_question(subject=TROUT, levels=full(tools, subject=0)), sign=True)
    tools.clock.move(hours=24 * 60)  # type: ignore[attr-defined]
    set_profile(tools, cast.alice, subject=0)
    coho = make_question(subject=COHO, levels=full(tools, subject=0))
    with pytest.raises(PenNameRefused, match="crowd"):
        ask(tools, cast.alice, coho, sign=True)  # quarters later: the name joins them
    with tools.database.transaction("content") as stores:
        give_up_pen(stores, secret=cast.alice.secret)
    take(tools, cast.alice)  # one's own name again, and nothing is forgotten
    with pytest.raises(PenNameRefused, match="crowd"):
        ask(tools, cast.alice, coho, sign=True)
    assert ask(tools, cast.alice, coho)  # without it, a new quarter


def test_a_signed_post_joins_the_quarter_to_the_name(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {SUBJECT: 0}, people=people(20, 20, 3))
    set_profile(tools, cast.alice, subject=0)
    ask(tools, cast.alice, make_question())
    take(tools, cast.alice)
    ask(tools, cast.alice, make_question(subject=TROUT, levels=full(tools, subject=0)), sign=True)
    tools.clock.move(hours=24 * 60)  # type: ignore[attr-defined]
    set_profile(tools, cast.alice, subject=0)
    ask(tools, cast.alice, make_question(subject=TROUT), sign=True)  # shows the group, and hangs on the trout before
    with pytest.raises(ScopeTooFine):
        ask(tools, cast.alice, make_question(subject=COHO, levels=full(tools, subject=0)))


def test_in_one_thread_a_voice_has_one_name(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {SUBJECT: 0}, people=people(20, 20, 20))
    for who in (cast.alice, cast.bob):
        set_profile(tools, who, subject=0)
    one, two = [published(tools, cast.alice, make_question(levels=full(tools, subject=0))) for _ in range(2)]
    answer(tools, cast.bob, one)
    take(tools, cast.bob)
    with pytest.raises(PenNameRefused, match="thread"):
        answer(tools, cast.bob, one, sign=True)  # the answer before would go under the name as well
    answer(tools, cast.bob, two, sign=True)
    with pytest.raises(ScopeTooFine):
        answer(tools, cast.bob, two, levels=full(tools, subject=0))  # under the name, and not counted with it
    answer(tools, cast.bob, two)
    publish(tools)
    with tools.database.reading() as stores:
        for thread_id, names in ((one, [""]), (two, [TAKEN, TAKEN])):
            card = thread_card(
                stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.carol), thread_id=thread_id
            )
            assert [reply.pen for reply in card.posts] == names


def test_an_answer_is_signed_on_the_page(app: Flask, tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {}, people=people(30, 0, 0))
    one, two = published(tools, cast.alice), published(tools, cast.alice)
    answer(tools, cast.bob, one)
    take(tools, cast.bob)
    bob = signed_in(app, cast.bob)
    path = f"/threads/{two}"
    assert TAKEN in bob.get(path).text
    text = "夜明け前に酸素を測ってみてください。"
    assert post(bob, f"{path}/answer", {"text": text, "sign": "pen", "token": "t"}, page=path).status_code == 303
    publish(tools)
    assert TAKEN in signed_in(app, cast.carol).get(path).text
    open_table_with(tools, {}, people=people(2, 0, 0))
    three = f"/threads/{published(tools, cast.alice)}"
    refused = post(signed_in(app, cast.bob), f"{three}/answer", {"text": text, "sign": "pen", "token": "u"}, page=three)
    assert refused.status_code == 422
    assert "ペンネームを使えません" in refused.text
    assert text in refused.text


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("海", "length"), ("！！！", "length"), ("あ" * 21, "length"), ("質問者", "reserved"), ("回答者 12", "reserved"),
        ("カイトウシャ１", "reserved"), ("運営チーム", "reserved"), ("架空水産のひと", "own"),
    ],
)  # fmt: skip
def test_names_that_cannot_be_taken(tools: Toolbox, cast: Cast, name: str, reason: str) -> None:
    with pytest.raises(PenNameRefused, match=reason):
        take(tools, cast.alice, name, own=["株式会社架空水産"])


def test_a_name_has_one_owner_for_ever(tools: Toolbox, cast: Cast) -> None:
    take(tools, cast.alice)
    with pytest.raises(PenNameRefused, match="have"):
        take(tools, cast.alice, "別の名")
    for other in (TAKEN, "沖 の 目利き"):
        with pytest.raises(PenNameRefused, match="taken"):
            take(tools, cast.bob, other)
    with tools.database.transaction("content") as stores:
        give_up_pen(stores, secret=cast.alice.secret)
        assert find_pen(stores, cast.alice.secret) is None
    with pytest.raises(PenNameRefused, match="taken"):
        take(tools, cast.bob)


def test_no_row_says_whose_a_name_is(tools: Toolbox, cast: Cast) -> None:
    take(tools, cast.alice)
    with tools.database.reading() as stores:
        row = stores.content.get_one(PenName, pen_label(TAKEN))
    assert row.claim == pen_claim(cast.alice.secret, TAKEN)
    everybody = {cast[name].member_id for name in ("alice", "bob", "carol")}
    assert not everybody & {row.label, row.claim}
    # who guesses the name finds its row, and no secret but the owner's makes the claim
    assert row.claim not in {pen_claim(cast[name].secret, TAKEN) for name in ("bob", "carol", "dave")}
    assert fold_pen_name("オキ の 目利き") == fold_pen_name("おきの目利き")


def test_the_page_of_the_pen_name(app: Flask, tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {}, people=people(30, 0, 0))
    alice = signed_in(app, cast.alice)
    assert "はじめての投稿のあとで" in alice.get("/pen-name").text
    published(tools, cast.alice)
    alice = signed_in(app, cast.alice)  # hours have passed
    refused = post(alice, "/pen-name", {"name": "質問者"})
    assert refused.status_code == 422
    assert "別の意味に使っています" in refused.text
    assert post(alice, "/pen-name", {"name": "架空水産Aの人"}).status_code == 422
    assert post(alice, "/pen-name", {"name": TAKEN}).status_code == 303
    assert TAKEN in alice.get("/pen-name").text
    assert TAKEN not in signed_in(app, cast.bob).get("/pen-name").text
    assert post(alice, "/pen-name/give-up", page="/pen-name").status_code == 303
    assert TAKEN not in alice.get("/pen-name").text
