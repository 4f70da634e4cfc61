"""Lists: pages by cursor, filters, the company's list, and the two-state test."""

import re
from base64 import urlsafe_b64encode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Organisation
from app.questions.lists import list_threads
from app.wiring import Toolbox
from tests.app.questions.makers import answer, ask, make_question, publish, published
from tests.cast import Cast, Person, make_person, signed_in, viewer_of

COMPANY_WAIT = 48


def ids_on(page: str) -> list[str]:
    return re.findall(r'href="/(?:threads|company)/([0-9a-f]{32})"', page)


def test_pages_hold_every_thread_once_and_skip_the_unreadable(tools: Toolbox, cast: Cast) -> None:
    wanted = set()
    for number in range(9):
        tools.clock.move(hours=12)
        for person in (cast.alice, cast.bob):
            thread_id = ask(tools, person, make_question(title=f"質問 {number}"))
            wanted |= {thread_id} if person is cast.alice else set()
    publish(tools)
    found, cursor = [], ""
    viewer = viewer_of(tools, make_colleague(tools, cast))
    while True:
        with tools.database.reading() as stores:
            page = list_threads(stores, tools.vault, tools.trade, viewer=viewer, cursor=cursor, size=4)
        found += [card.id for card in page.cards]
        cursor = page.next
        if not cursor:
            break
    assert len(found) == 9
    assert set(found) == wanted


def make_colleague(tools: Toolbox, cast: Cast) -> Person:
    return make_person(tools, "hanna", cast.organisations["B"])


def test_a_broken_cursor_is_the_first_page(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    bob = signed_in(app, cast.bob)
    for cursor in ("x", "いか", "e30", "===="):
        assert ids_on(bob.get("/threads", query_string={"after": cursor}).text) == [thread_id]


def test_filters(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    bob = signed_in(app, cast.bob)
    for query, found in (("about=salmonids", 1), ("topic=disease", 1), ("topic=feed", 0), ("about=oyster", 0)):
        assert ids_on(bob.get(f"/threads?{query}").text) == [thread_id] * found


def test_an_empty_list_says_what_to_do(app: Flask, cast: Cast) -> None:
    page = signed_in(app, cast.bob).get("/threads").text
    assert "ここにはまだ質問がありません" in page
    assert 'href="/ask"' in page


def test_own_list_opens_for_nobody_else(app: Flask, tools: Toolbox, cast: Cast) -> None:
    waiting = ask(tools, cast.alice)
    out = published(tools, cast.alice)
    answer(tools, cast.bob, out)
    assert set(ids_on(signed_in(app, cast.alice).get("/mine").text)) == {waiting, out}
    assert ids_on(signed_in(app, cast.bob).get("/mine").text) == [out]
    assert ids_on(signed_in(app, cast.dave).get("/mine").text) == []


def test_a_long_own_list_shows_ten_and_folds_the_rest(app: Flask, tools: Toolbox, cast: Cast) -> None:
    for number in range(11):
        answer(tools, cast.bob, published(tools, cast.alice, make_question(title=f"質問 {number}")))
    page = signed_in(app, cast.bob).get("/mine").text
    shown, folded = page.split("続きの1件を見る")
    assert (len(ids_on(shown)), len(ids_on(folded))) == (10, 1)


def test_a_later_page_leads_back_to_the_first(app: Flask, tools: Toolbox, cast: Cast) -> None:
    published(tools, cast.alice)
    bob = signed_in(app, cast.bob)
    assert "最初のページへ" not in bob.get("/threads").text
    later = bob.get("/threads?topic=disease&after=" + urlsafe_b64encode(b"800000 x").decode()).text
    assert re.search(r'href="/threads\?topic=disease"><svg.*?最初のページへ', later, re.S)


def test_the_company_reads_what_it_may_after_its_wait(app: Flask, tools: Toolbox, cast: Cast) -> None:
    may = published(tools, cast.alice, make_question(company_may=True))
    may_not = published(tools, cast.bob)
    assert ids_on(signed_in(app, cast.frank).get("/company").text) == []
    assert signed_in(app, cast.frank).get(f"/company/{may}").status_code == 404
    tools.clock.move(hours=COMPANY_WAIT)
    frank = signed_in(app, cast.frank)
    assert ids_on(frank.get("/company").text) == [may]
    page = frank.get(f"/company/{may}")
    assert page.status_code == 200
    assert "運営会社として読んでいます" in page.text
    assert frank.get(f"/company/{may_not}").status_code == 404
    assert frank.get(f"/threads/{may}").status_code == 403
    for who in ("alice", "bob", "erin", "grace"):
        assert signed_in(app, cast[who]).get("/company").status_code == 403


def test_a_circle_shared_with_the_company_does_not_close_what_was_ticked_for_it(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    with tools.database.transaction("identity") as stores:
        stores.identity.get_one(Organisation, cast.organisations["company"]).circle = viewer_of(
            tools, cast.alice
        ).circle
    may = published(tools, cast.alice, make_question(company_may=True))
    tools.clock.move(hours=COMPANY_WAIT)
    assert ids_on(signed_in(app, cast.frank).get("/company").text) == [may]


def test_two_states_differ_in_one_post_only(app: Flask, tools: Toolbox, cast: Cast) -> None:
    published(tools, cast.bob, make_question(title="前からある質問"))
    readers = ("bob", "carol", "dave", "erin")
    before = {who: state(signed_in(app, cast[who])) for who in readers}
    new = published(tools, cast.alice)
    after = {who: state(signed_in(app, cast[who])) for who in readers}
    assert after["dave"] == before["dave"]
    for who in ("bob", "carol", "erin"):
        assert before[who] == [part for part in after[who] if new not in part]
        assert len(after[who]) == len(before[who]) + 1


def state(client: FlaskClient) -> list[str]:
    """Everything on the list page, cut at its cards, in an order of its own; tokens of the visit taken out."""
    page = re.sub(r'(csrf_token" value|X-CSRFToken": ")[^>}]*', "", client.get("/threads").text)
    page = page[page.index("<main") : page.index("</main>")]
    parts = re.findall(r"<article.*?</article>", page, re.S)
    return sorted([re.sub(r"<article.*?</article>\s*", "", page, flags=re.S), *parts])


@pytest.mark.parametrize("text", ["99999999999999999999.x", "-1.x", "0.x", "x.x", ".", "é"])
def test_an_odd_cursor_is_no_cursor(app: Flask, cast: Cast, text: str) -> None:
    cursor = urlsafe_b64encode(text.encode()).decode()
    assert signed_in(app, cast.alice).get("/threads", query_string={"after": cursor}).status_code == 200
