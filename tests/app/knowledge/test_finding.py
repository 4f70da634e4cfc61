"""Articles are listed and searched; what a reader may not read they find by no way, and nothing tells that it is there."""

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.knowledge import finding, rules
from app.knowledge.models import Article
from app.questions.finding import FEW
from app.wiring import Toolbox
from matching import search as core
from privacy.scopes import Audience
from tests.app.knowledge.shelf import has_ballot, put_article, put_note
from tests.app.questions.makers import FORM, index, make_question, published
from tests.app.questions.test_statements import counted
from tests.cast import Cast, Person, make_person, post, signed_in

LINK = re.compile(r'href="/articles/([0-9a-f]{32})"')


def ids_on(page: str) -> list[str]:
    return list(dict.fromkeys(LINK.findall(page[page.index("<main") : page.index("</main>")])))


def found(client: FlaskClient, words: str = "", **more: str) -> list[str]:
    page = client.get("/articles", query_string={"q": words, **more})
    assert page.status_code == 200
    return ids_on(page.text)


@pytest.mark.parametrize("words", ["白点", "鰓", "ﾊｸﾃﾝ", "kp80b", "ＫＰ－８０Ｂ"])
def test_short_words_and_numbers_are_found(app: Flask, tools: Toolbox, cast: Cast, words: str) -> None:
    put_article(tools, "網の付着物を洗う間隔")
    wanted = put_article(tools, "白点が鰓に出たとき", "ハクテンと呼ぶ人もいます。ポンプはKP-80Bです。")
    put_note(tools, cast.carol, "赤潮の朝の見回り")
    assert found(signed_in(app, cast.bob), words)[0] == wanted


def test_a_list_has_two_orders_filters_and_pages(app: Flask, tools: Toolbox, cast: Cast) -> None:
    old = put_article(tools, "古いが役に立った", ago=200, reported=10, worked=5)
    few = [put_article(tools, f"まだ少ない {ago}", ago=ago) for ago in range(21)]
    mixed = put_article(tools, "半々だった", ago=300, reported=5, worked=2, topic="feed")
    bob = signed_in(app, cast.bob)
    assert found(bob) == few[:20]
    page = bob.get("/articles").text
    assert "<h2>新しく確かめたものから</h2>" in page
    more = re.search(r'rel="next" href="([^"]+)"', page)
    assert more
    assert ids_on(bob.get(html.unescape(more[1])).text) == [few[20], old, mixed]
    last = bob.get(html.unescape(more[1])).text
    assert "ためした組織のすべてで役に立った" in last
    assert "ためした組織の5つに2つで役に立った" in last
    assert found(bob, order="worth")[:3] == [old, mixed, few[0]]
    assert found(bob, order="worth", after=more[1].partition("after=")[2]) == found(bob, order="worth")
    for broken in ("x", "....", "8J-YgC4x", "MS4y"):
        assert bob.get("/articles", query_string={"after": broken}).status_code == 200
    for more_words, expected in (({"topic": "feed"}, [mixed]), ({"about": "oyster"}, []), ({"topic": "no"}, [])):
        assert found(bob, **more_words) == expected
        assert set(found(bob, "半々だった", **more_words)) == set(expected)


def test_when_an_editor_saw_that_it_is_right_it_is_new_again(app: Flask, tools: Toolbox, cast: Cast) -> None:
    first, second = put_article(tools, "網を洗う", ago=100), put_article(tools, "網を干す", ago=50)
    assert found(signed_in(app, cast.bob)) == [second, first]
    with tools.database.transaction("content") as stores:
        stores.content.get_one(Article, first).review_day += 100
    assert found(signed_in(app, cast.bob)) == [first, second]


def test_marks_and_a_search_near_in_meaning_say_so(app: Flask, tools: Toolbox, cast: Cast) -> None:
    put_article(tools, "<赤潮>の警報が出た朝")
    bob = signed_in(app, cast.bob)
    page = bob.get("/articles?q=赤潮").text
    assert "&lt;<mark>赤潮</mark>&gt;の警報" in page
    assert "近いものから順に" in page
    assert "近い記事は見つかりませんでした" in bob.get("/articles?q=…!?").text
    for path in ("/articles", "/articles?q=赤潮", "/articles?order=worth"):
        with counted() as statements:
            bob.get(path)
        assert len(statements) <= 8, "\n".join(statements)


def test_what_is_only_near_is_little_and_what_is_near_nothing_is_not_shown(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    for number in range(7):
        put_article(tools, f"すこしずつおちる {number}", "見回り")
    for number in range(12):
        put_article(tools, f"網の付着物 {number}", "洗う間隔")
    bob = signed_in(app, cast.bob)
    near = bob.get("/articles?q=すこしずつへっていく夕方").text
    assert "<h2>内容が近そうな記事</h2>" in near
    assert "見つかった記事" not in near
    assert "<mark>" not in near
    assert len(ids_on(near)) == FEW
    for words in ("確定申告", "zzzz qqqq"):
        page = bob.get("/articles", query_string={"q": words}).text
        assert ids_on(page) == []
        assert "近い記事は見つかりませんでした" in page
        assert "見つかった記事" not in page
    assert "<h2>見つかった記事</h2>" in bob.get("/articles?q=付着物").text


def everywhere(app: Flask, person: Person | None) -> Callable[[str, str], set[str]]:
    """The attack: every way to come by articles."""
    client = app.test_client() if person is None else signed_in(app, person)

    def look(words: str, article_id: str) -> set[str]:
        ways = {"list": client.get("/articles"), "worth": client.get("/articles?order=worth")}
        ways["search"] = client.get("/articles", query_string={"q": words})
        ways["picks"] = client.get("/articles/picks")
        if person is not None:
            ways["similar"] = post(client, "/ask/similar", {"title": words, "subject": FORM["subject"]}, page="/ask")
            ways["square"] = client.get("/square")
        shown = {
            name
            for name, page in ways.items()
            if article_id in page.text or words in page.text.replace(f'value="{words}"', "")
        }
        if client.get(f"/articles/{article_id}").status_code == 200:
            shown.add("page")
        return shown

    return look


def test_who_is_out_of_scope_comes_by_it_in_no_way(app: Flask, tools: Toolbox, cast: Cast) -> None:
    oysters = make_person(tools, "mia", cast.organisations["B"], subjects=("pacific-oyster",))
    secret, tip = "いけすの底網の引き上げ", "稚魚のあいだは暗くしておく"
    in_group, of_alice = put_article(tools, secret, audience=Audience.DOMAIN), put_note(tools, cast.alice, tip)
    full = {"list", "search", "similar", "page", "worth"}
    assert everywhere(app, cast.bob)(secret, in_group) == full
    assert everywhere(app, cast.bob)(tip, of_alice) == full
    for person in (oysters, cast.frank, None):
        assert everywhere(app, person)(secret, in_group) == set()
    for person in (cast.dave, cast.frank, cast.heidi, None):
        assert everywhere(app, person)(tip, of_alice) == set()
    solved = post(signed_in(app, cast.dave), "/ask/solved", {"thread": of_alice}, page="/ask")
    assert solved.status_code == 404


def test_the_attack_sees_a_search_without_a_gate(
    app: Flask, tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_alice = put_note(tools, cast.alice, "いけすの底網の引き上げのこつ")
    monkeypatch.setattr("app.knowledge.reads.may_read_row", lambda *_, **__: True)
    monkeypatch.setattr(finding, "reach", lambda *_, **__: frozenset({of_alice}))
    assert {"search", "similar", "page"} <= everywhere(app, cast.dave)("いけすの底網の引き上げのこつ", of_alice)


def seen_by(app: Flask, person: Person, words: str) -> str:
    page = signed_in(app, person).get("/articles", query_string={"q": words}).text
    return page[page.index("<main") : page.index("</main>")]


def states_of_a_colleague(app: Flask, tools: Toolbox, cast: Cast) -> list[dict[str, str]]:
    """What Dave sees of articles in balance on two words, before and after his colleague Alice writes of one, then of
    the other."""
    for title in ("白点のこと", "酸欠のこと", "網を洗う", "網を干す", "網を替える"):
        put_article(tools, title)
    states = []
    for titles in ((), ("白点が出た", "白点の薬"), ("酸欠になった", "酸欠の朝", "酸欠と水温", "酸欠の網")):
        for title in titles:
            put_note(tools, cast.alice, title)
        states.append({words: seen_by(app, cast.dave, words) for words in ("白点 酸欠", "酸欠や白点のとき", "網")})
    return states


def test_a_note_that_may_not_be_read_changes_no_search(app: Flask, tools: Toolbox, cast: Cast) -> None:
    first, *later = states_of_a_colleague(app, tools, cast)
    assert len(ids_on(f"<main{first['白点 酸欠']}</main>")) > 1
    assert all(state == first for state in later)


def test_the_attack_sees_a_search_that_filters_only_what_it_found(
    app: Flask, tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    careful = core._Shelf
    monkeypatch.setattr(core, "_Shelf", lambda collections, allowed: careful(collections, None))
    first, *later = states_of_a_colleague(app, tools, cast)
    assert any(state != first for state in later)


def test_an_article_answers_before_the_question_is_asked(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread = published(tools, cast.carol, make_question(title="白点の薬を探しています"))
    index(tools, thread)
    article, own = put_article(tools, "白点が出たときの順番"), put_note(tools, cast.alice, "白点のときのわたしの順番")
    alice = signed_in(app, cast.alice)
    piece = post(alice, "/ask/similar", {**FORM, "title": "白点が出た"}, page="/ask").text
    assert ids_on(f"<main{piece}</main>") == [article]
    assert f'href="/threads/{thread}"' in piece
    assert own not in piece
    post(alice, "/ask/draft", {**FORM, "title": "白点が出た"}, page="/ask")
    assert post(alice, "/ask/solved", {"thread": article}, page="/ask").status_code == 303
    done = alice.get("/ask/solved").text
    assert f'href="/articles/{article}"' in done
    assert "あの記事に残りました" in done
    assert has_ballot(tools, cast.alice, rules.ANSWERED, article)
    post(alice, "/ask/restore", page="/ask")
    assert not has_ballot(tools, cast.alice, rules.ANSWERED, article)
    assert post(alice, "/ask/solved", {"thread": "0" * 32}, page="/ask").status_code == 404
