"""Picks of a month: two are drawn of two circles, both say why, a colleague reads the other's sentence; never by votes."""

import random
from collections import Counter

import pytest
from flask import Flask

from app.clock import today
from app.domains.rules import month_of
from app.knowledge import editors, picks
from app.knowledge.models import PickMonth
from app.knowledge.worker import keep_picking
from app.wiring import Toolbox
from privacy.scopes import Audience
from tests.app.knowledge.shelf import put_article, put_note, settle
from tests.app.knowledge.test_finding import ids_on
from tests.cast import Cast, Person, post, signed_in, viewer_of

WHY = {"bob": "はじめての冬の前に読みたい順番です。", "carol": "道具を買い足さずに明日からできます。"}


def volunteer(tools: Toolbox, *people: Person) -> None:
    with tools.database.transaction("content") as stores:
        for person in people:
            editors.volunteer(stores, tools.vault, viewer=viewer_of(tools, person))


def draw(tools: Toolbox, seed: int = 1) -> bool:
    with tools.database.transaction("content") as stores:
        return picks.draw_pair(
            stores, tools.vault, today=today(tools.clock.now()), window=tools.window, rng=random.Random(seed)
        )


def drawn(tools: Toolbox, cast: Cast) -> list[str]:
    with tools.database.reading() as stores:
        day = today(tools.clock.now())
        found = ((name, viewer_of(tools, cast[name])) for name in ("alice", "bob", "carol", "dave", "erin"))
        return [name for name, viewer in found if picks.my_turn(stores, tools.vault, viewer=viewer, today=day)]


def say(app: Flask, person: Person, article: str, why: str) -> int:
    client = signed_in(app, person)
    fields = {"article": article, "why": why, "token": f"{person.name} {article}", "plain": "1"}
    return post(client, "/articles/picks/turn", fields, page="/articles/picks/turn").status_code


def test_two_of_two_circles_are_drawn_once_a_month_and_rest_after(tools: Toolbox, cast: Cast) -> None:
    volunteer(tools, cast.alice, cast.dave)
    assert not draw(tools), "colleagues alone are no pair"
    volunteer(tools, cast.bob, cast.carol, cast.erin)
    assert draw(tools)
    first = drawn(tools, cast)
    assert len(first) == 2
    assert set(first) != {"alice", "dave"}
    assert not draw(tools), "they are two"
    tools.clock.move(hours=24 * 31)  # type: ignore[attr-defined]
    assert drawn(tools, cast) == []
    keep_picking(tools)
    second = drawn(tools, cast)
    assert len(second) == 2
    assert not set(first) & set(second)


def test_who_lets_it_pass_or_leaves_is_replaced(app: Flask, tools: Toolbox, cast: Cast) -> None:
    volunteer(tools, cast.bob, cast.carol, cast.erin)
    draw(tools)
    first, second = drawn(tools, cast)
    page = signed_in(app, cast[first])
    assert post(page, "/articles/picks/turn/pass", page="/articles/picks/turn").status_code == 303
    assert signed_in(app, cast[first]).get("/articles/picks/turn").status_code == 404
    third = ({"bob", "carol", "erin"} - {first, second}).pop()
    assert set(drawn(tools, cast)) == {second, third}
    with tools.database.transaction("content") as stores:
        editors.step_back(stores, tools.vault, viewer=viewer_of(tools, cast[second]))
    assert not draw(tools), "who passed is not asked again"


@pytest.fixture
def chosen(app: Flask, tools: Toolbox, cast: Cast) -> list[str]:
    """Bob and Carol agree on three of four articles."""
    volunteer(tools, cast.bob, cast.carol)
    draw(tools)
    articles = [
        put_article(tools, f"朝の見回り {n}", audience=Audience.PUBLIC if n else Audience.ALL) for n in range(4)
    ]
    for name, wanted in (("bob", articles), ("carol", articles[:3])):
        for article in wanted:
            assert say(app, cast[name], article, WHY[name]) == 303
    assert ids_on(signed_in(app, cast.alice).get("/articles/picks").text) == []
    settle(tools, hours=6)
    return articles


def test_what_both_say_why_of_is_picked(app: Flask, tools: Toolbox, cast: Cast, chosen: list[str]) -> None:
    alice = signed_in(app, cast.alice)
    page = alice.get("/articles/picks").text
    assert set(ids_on(page)) == set(chosen[:3])
    assert sum(page.count(why) for why in WHY.values()) == 3  # a second would be missing for colleagues
    assert "編集者のおすすめ" in alice.get("/articles").text
    assert set(chosen[:3]) <= set(ids_on(alice.get("/square").text))
    assert ids_on(alice.get("/articles/picks/2026-11").text) == ids_on(page)
    for missing in ("2026-10", "2026-13", "x", "turn"):
        assert alice.get(f"/articles/picks/{missing}").status_code == 404
    bob = signed_in(app, cast.bob)
    mine = bob.get("/articles/picks/turn").text
    assert f"/articles/picks/turn?article={chosen[3]}" in bob.get(f"/articles/{chosen[3]}").text
    assert "/articles/picks/turn" not in alice.get(f"/articles/{chosen[3]}").text
    assert mine.count("ふたりの一言がそろいました") == 3
    assert "もうひとりの一言を待っています" in mine


def test_a_colleague_and_a_visitor_see_less(app: Flask, tools: Toolbox, cast: Cast, chosen: list[str]) -> None:
    from tests.cast import make_person

    colleague = make_person(tools, "ken", cast.organisations["B"])
    page = signed_in(app, colleague).get("/articles/picks").text
    assert WHY["bob"] not in page
    assert WHY["carol"] in page
    for client in (app.test_client(), signed_in(app, cast.frank)):
        listed = client.get("/articles").text
        assert not any(why in listed for why in WHY.values())
        assert set(chosen[1:3]) <= set(ids_on(listed))
        assert chosen[0] not in listed


def test_the_attack_sees_sentences_without_their_scope(
    app: Flask, tools: Toolbox, cast: Cast, chosen: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.cast import make_person

    monkeypatch.setattr("app.community.reads.parts_let_in", lambda *_, **__: True)
    seen = Counter[str]()
    for name, organisation in (("bob", "B"), ("carol", "C")):
        colleague = make_person(tools, f"{name}s-colleague", cast.organisations[organisation])
        page = signed_in(app, colleague).get("/articles/picks").text
        seen[name] = page.count(WHY[name])
    assert seen.total() == 3, "each pick shows one of its two sentences, and a colleague of whoever wrote it reads it"


def test_nobody_picks_what_is_theirs_nor_more_than_five_nor_without_the_draw(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    volunteer(tools, cast.bob, cast.carol)
    draw(tools)
    own = put_note(tools, cast.bob, "網替えのこつ")
    others = [put_article(tools, f"朝の見回り {n}") for n in range(6)]
    assert say(app, cast.bob, own, WHY["bob"]) == 422
    assert say(app, cast.bob, "0" * 32, WHY["bob"]) == 422
    assert say(app, cast.bob, others[0], "") == 422
    assert [say(app, cast.bob, one, WHY["bob"]) for one in others] == [303] * 5 + [409]
    assert post(signed_in(app, cast.alice), "/articles/picks/turn", {"why": "x"}, page="/articles").status_code == 404
    assert signed_in(app, cast.frank).get("/articles/picks/turn").status_code == 403


def test_the_row_of_a_month_names_nobody(tools: Toolbox, cast: Cast) -> None:
    """A thief with the root key finds ballots and circles: no member, and no two of one person in two months."""
    volunteer(tools, cast.bob, cast.carol)
    draw(tools)
    with tools.database.reading() as stores:
        row = stores.content.get_one(PickMonth, month_of(today(tools.clock.now())))
        text = str(tools.vault.open(row.sealed, table=picks.TABLE, column="sealed", row=str(row.month)))
    for person in (cast.bob, cast.carol):
        assert person.member_id not in text
        assert person.organisation_id not in text
