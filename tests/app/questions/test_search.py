"""Search on the list of threads, and that it shows nobody anything else."""

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.clock import today
from app.domains.synonyms import add_word
from app.questions.finding import FEW
from app.wiring import Toolbox
from matching import search as core
from privacy.scopes import Audience
from tests.app.questions.makers import index, make_question, published
from tests.app.questions.test_lists import ids_on
from tests.cast import Cast, Person, make_person, signed_in

NEAR = "すこしずつへっていく夕方"


def indexed(
    tools: Toolbox, person: Person, title: str, situation: str = "ようすを書きます。", **changes: object
) -> str:
    thread_id = published(tools, person, make_question(title=title, fields={"situation": situation}, **changes))
    index(tools, thread_id)
    return thread_id


def search(client: FlaskClient, words: str, **more: str) -> list[str]:
    page = client.get("/threads", query_string={"q": words, **more})
    assert page.status_code == 200
    return ids_on(page.text)


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>") + len("</main>")]


def marks(page: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r"<mark>(.*?)</mark>", page)]


@pytest.mark.parametrize("words", ["白点", "鰓", "ﾊｸﾃﾝ", "kp80b", "ＫＰ－８０Ｂ"])
def test_short_words_and_numbers_are_found(app: Flask, tools: Toolbox, cast: Cast, words: str) -> None:
    indexed(tools, cast.carol, "網の付着物を洗う間隔")
    wanted = indexed(tools, cast.alice, "白点が鰓に出ました", "ハクテンと呼んでいます。ポンプはKP-80Bです。")
    indexed(tools, cast.carol, "赤潮の朝の見回り")
    assert search(signed_in(app, cast.bob), words)[0] == wanted


def test_what_was_searched_is_marked_also_far_inside(app: Flask, tools: Toolbox, cast: Cast) -> None:
    indexed(tools, cast.alice, "<白点>の薬", "水温のことを書きます。" * 20 + "それから赤潮が来ました。")
    bob = signed_in(app, cast.bob)
    page = bob.get("/threads", query_string={"q": "白点 赤潮"}).text
    assert marks(page) == ["白点", "赤潮"]
    assert "&lt;<mark>白点</mark>&gt;の薬" in page
    page = bob.get("/threads", query_string={"q": '"><script>'}).text
    assert "<script>" not in page[page.index("<main") :]


def test_other_words_for_the_same_find_it(app: Flask, tools: Toolbox, cast: Cast) -> None:
    wanted = indexed(tools, cast.alice, "赤潮の警報が出た朝")
    for title in ("網の付着物を洗う間隔", "選別で擦れが出る", "種苗の隔離"):
        indexed(tools, cast.alice, title)
    bob = signed_in(app, cast.bob)
    assert marks(bob.get("/threads?q=アカシオ").text) == []
    with tools.database.transaction("content") as stores:
        add_word(stores, tools.vault, tools.trade, name="赤潮", word="アカシオ", today=today(tools.clock.now()))
    page = bob.get("/threads?q=アカシオ").text
    assert ids_on(page)[0] == wanted
    assert marks(page)[0] == "赤潮"
    assert "近いものから順に" in page


def test_filters_narrow_a_search(app: Flask, tools: Toolbox, cast: Cast) -> None:
    wanted = indexed(tools, cast.alice, "白点の薬")
    bob = signed_in(app, cast.bob)
    for more, found in (({"topic": "disease"}, 1), ({"topic": "feed"}, 0), ({"about": "oyster"}, 0)):
        assert search(bob, "白点", **more) == [wanted] * found


def test_without_a_field_all_that_may_be_read_is_searched(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """Mia keeps oysters; Bob keeps trout, and asked of both."""
    oysters = make_person(tools, "mia", cast.organisations["B"], subjects=("oyster",))
    for_all = indexed(tools, cast.alice, "白点の薬", audience=Audience.ALL)
    in_field = indexed(tools, cast.alice, "白点の朝")
    of_oysters = indexed(tools, cast.carol, "白点と牡蠣", subject="oyster", audience=Audience.ALL)
    mia, bob = signed_in(app, oysters), signed_in(app, cast.bob)
    assert set(search(mia, "白点")) == {for_all, of_oysters}
    assert set(search(bob, "白点")) == {for_all, in_field, of_oysters}
    for about, found in (
        ("-own", {for_all, in_field}),
        ("-readable", {for_all, in_field, of_oysters}),
        ("shellfish-seaweed", {of_oysters}),
        ("no-such-field", {for_all, in_field, of_oysters}),
    ):
        assert set(search(bob, "白点", about=about)) == found, about
        assert set(ids_on(bob.get("/threads", query_string={"about": about}).text)) == (
            found if about != "no-such-field" else {for_all, in_field}
        )


def test_the_page_says_what_was_searched(app: Flask, tools: Toolbox, cast: Cast) -> None:
    indexed(tools, cast.alice, "白点の薬")
    bob = signed_in(app, cast.bob)
    wider = 'href="/threads?q=%E7%99%BD%E7%82%B9"'
    for about, words, narrowed in (
        ("", "あなたが読める質問すべてからさがし、", False),
        ("-readable", "あなたが読める質問すべてからさがし、", False),
        ("-own", "あなたの分野の質問からさがし", True),
        ("salmonids", "サケ・マス類の質問からさがし", True),
        ("oyster", "カキの質問からさがしました。言葉を変えて", True),
    ):
        page = main_of(bob.get("/threads", query_string={"q": "白点", "about": about}).text)
        assert words in page, about
        assert (wider in page) is narrowed, about
    assert "回答の文はさがしません" in page
    topic = main_of(bob.get("/threads?q=白点&topic=disease").text)
    assert "あなたが読める質問すべてのうち「病気・へい死」からさがし" in topic
    assert wider in topic
    unknown = bob.get("/threads?q=白点&topic=no-such-topic").text
    assert ids_on(unknown) == ids_on(bob.get("/threads?q=白点").text) != []


def test_a_hidden_subject_is_not_found_under_its_name(app: Flask, tools: Toolbox, cast: Cast) -> None:
    wanted = indexed(tools, cast.alice, "白点の薬")
    bob = signed_in(app, cast.bob)
    assert search(bob, "白点", about="salmonids") == [wanted]
    for subject in ("rainbow-trout", "coho-salmon"):
        assert search(bob, "白点", about=subject) == []


def test_what_is_near_in_meaning_only_says_so_and_is_little(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """The tests' encoder knows letters, not meaning: near is what has some of them in no whole word."""
    for number in range(8):
        indexed(tools, cast.alice, f"すこしずつおちる {number}", "見回り")
    for title in ("網の付着物を洗う間隔", "選別で擦れが出る", "種苗の隔離", "赤潮の朝") * 3:
        indexed(tools, cast.carol, title)
    bob = signed_in(app, cast.bob)
    near = main_of(bob.get("/threads", query_string={"q": NEAR}).text)
    assert "<h2>内容が近そうな質問</h2>" in near
    assert "同じ言葉の入った質問は見つかりませんでした。" in near
    assert "近いものから順に" not in near
    assert len(ids_on(near)) == FEW
    assert marks(near) == []
    held = main_of(bob.get("/threads?q=見回り").text)
    assert "<h2>見つかった質問</h2>" in held
    assert "内容が近そうな質問" not in held


def test_what_has_nothing_to_do_with_it_is_not_shown(app: Flask, tools: Toolbox, cast: Cast) -> None:
    for title in ("網の付着物を洗う間隔", "選別で擦れが出る", "種苗の隔離", "赤潮の朝"):
        indexed(tools, cast.alice, title)
    bob = signed_in(app, cast.bob)
    for words in ("確定申告", "zzzz qqqq", "how to write a tax return"):
        page = main_of(bob.get("/threads", query_string={"q": words}).text)
        assert ids_on(page) == []
        assert "近い質問は見つかりませんでした" in page
        assert "見つかった質問" not in page


def test_more_than_ten_are_folded(app: Flask, tools: Toolbox, cast: Cast) -> None:
    for number in range(12):
        indexed(tools, cast.alice, f"白点の薬 {number}")
    page = main_of(signed_in(app, cast.bob).get("/threads?q=白点").text)
    assert len(ids_on(page)) == 12
    assert len(ids_on(page.partition("続きの2件を見る")[0] + "</main>")) == 10


def test_own_threads_are_found_and_a_search_without_words_is_the_list(app: Flask, tools: Toolbox, cast: Cast) -> None:
    wanted = indexed(tools, cast.alice, "白点の薬")
    alice = signed_in(app, cast.alice)
    assert search(alice, "白点") == [wanted]
    assert search(alice, "  ") == [wanted]
    page = alice.get("/threads?q=…!?").text
    assert ids_on(page) == []
    assert "近い質問は見つかりませんでした" in page


@pytest.mark.parametrize("who", ["frank", "grace"])
def test_nobody_else_searches(app: Flask, cast: Cast, who: str) -> None:
    assert signed_in(app, cast[who]).get("/threads?q=白点").status_code == 403


def seen_by(app: Flask, person: Person, words: str) -> str:
    page = signed_in(app, person).get("/threads", query_string={"q": words}).text
    page = re.sub(r'(csrf_token" value|X-CSRFToken": ")[^>}]*', "", page)
    return page[page.index("<main") : page.index("</main>")]


def states_of_a_colleague(app: Flask, tools: Toolbox, cast: Cast) -> list[dict[str, str]]:
    """The attack: two threads in balance on two words; what Dave sees of them before and after his colleague Alice asks
    of the one word, then of the other."""
    for title in ("白点のこと", "酸欠のこと", "網を洗う", "網を干す", "網を替える"):
        indexed(tools, cast.carol, title)
    queries = ("白点 酸欠", "酸欠や白点のとき", "白点", "網")
    states = []
    for titles in ((), ("白点が出た", "白点の薬"), ("酸欠になった", "酸欠の朝", "酸欠と水温", "酸欠の網")):
        for title in titles:
            indexed(tools, cast.alice, title)
        states.append({words: seen_by(app, cast.dave, words) for words in queries})
    return states


def test_a_thread_that_may_not_be_read_changes_no_search(app: Flask, tools: Toolbox, cast: Cast) -> None:
    first, *later = states_of_a_colleague(app, tools, cast)
    assert len(ids_on(first["白点 酸欠"])) > 1
    assert all(state == first for state in later)


def test_the_attack_sees_a_search_that_filters_only_what_it_found(
    app: Flask, tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    careful = core._Shelf
    monkeypatch.setattr(core, "_Shelf", lambda collections, allowed: careful(collections, None))
    first, *later = states_of_a_colleague(app, tools, cast)
    assert any(state != first for state in later)


def test_nobody_excluded_finds_it(app: Flask, tools: Toolbox, cast: Cast) -> None:
    shut_out = indexed(tools, cast.alice, "白点の薬", audience=Audience.EXPERTS)
    wanted = indexed(tools, cast.alice, "白点の朝")
    assert search(signed_in(app, cast.bob), "白点") == [wanted]
    assert search(signed_in(app, cast.dave), "白点") == []
    assert set(search(signed_in(app, cast.alice), "白点")) == {wanted, shut_out}
