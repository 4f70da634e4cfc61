"""Search on the list of threads, and that it shows nobody anything else."""

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.clock import today
from app.domains.synonyms import add_word
from app.questions.cards import ListCard
from app.questions.finding import Found
from app.wiring import Toolbox
from matching import search as core
from privacy.scopes import Audience
from tests.app.questions.makers import index, make_question, published
from tests.app.questions.test_lists import ids_on
from tests.cast import Cast, Person, signed_in


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


def test_a_hidden_subject_is_not_found_under_its_name(app: Flask, tools: Toolbox, cast: Cast) -> None:
    wanted = indexed(tools, cast.alice, "白点の薬")
    bob = signed_in(app, cast.bob)
    assert search(bob, "白点", about="salmonids") == [wanted]
    for subject in ("rainbow-trout", "coho-salmon"):
        assert search(bob, "白点", about=subject) == []


def test_what_is_near_in_meaning_only_says_so() -> None:
    card = ListCard("1", "赤潮の朝", "見回りです。", (), None, "asked", urgent=False, part="")
    assert Found((card,), frozenset({"赤潮"})).has_words
    assert Found((card,), frozenset({"見回"})).has_words
    assert not Found((card,), frozenset({"白点"})).has_words


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
