"""What a token reads is what its member reads on the pages."""

import pytest
from flask import Flask

from app.accounts.models import Member
from app.clock import SetClock
from app.escrow.telling import tell
from app.wiring import Toolbox
from tests.app.api.caller import Caller, caller
from tests.app.questions.makers import TITLE, index, make_question, published
from tests.app.queues.stage import answer, ask_question, opt_in, work
from tests.cast import Cast, post, signed_in


def test_a_thread_says_roles_and_no_person(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    thread = ask_question(tools, cast.alice, urgent=True)
    work(tools)
    answer(tools, cast.bob, thread)
    work(tools, hours=5)
    told = caller(app, tools, cast.alice).get(f"/threads/{thread}").get_json()
    assert (told["mine"], told["urgent"], told["title"]) == (True, True, "稚魚が朝に死にます")
    assert [(one["by"], one["mine"]) for one in told["posts"]] == [("回答者1", False)]
    english = caller(app, tools, cast.carol).call("GET", f"/threads/{thread}", **{"Accept-Language": "en"}).get_json()
    assert [one["by"] for one in english["posts"]] == ["Answerer 1"]


def test_lists_hold_what_the_page_holds(app: Flask, tools: Toolbox, cast: Cast) -> None:
    hers = published(tools, cast.alice)
    assert [one["id"] for one in caller(app, tools, cast.bob).get("/threads").get_json()["threads"]] == [hers]
    assert caller(app, tools, cast.dave).get("/threads").get_json() == {"threads": [], "next": ""}, "a colleague"
    mine = caller(app, tools, cast.alice)
    assert [one["id"] for one in mine.get("/mine").get_json()["threads"]] == [hers]
    assert mine.get("/mine?part=peer").get_json()["threads"] == []


def test_a_list_goes_on_where_it_ended(app: Flask, tools: Toolbox, cast: Cast) -> None:
    people = [cast.alice, cast.carol, cast.dave]
    made = {published(tools, people[n % 3], make_question(title=f"{n}番目の質問")) for n in range(6)}
    made |= {published(tools, cast.erin, make_question(title=f"{n}番目の質問"), limits=None) for n in range(6, 24)}
    bob = caller(app, tools, cast.bob)
    first = bob.get("/threads").get_json()
    second = bob.get(f"/threads?after={first['next']}").get_json()
    assert {one["id"] for one in first["threads"] + second["threads"]} == made
    assert second["next"] == ""


def test_a_search_finds_for_its_reader(app: Flask, tools: Toolbox, cast: Cast) -> None:
    hers = published(tools, cast.alice)
    index(tools, hers)
    found = caller(app, tools, cast.bob).get("/threads?q=銀白色").get_json()["threads"]
    assert [one["id"] for one in found] == [hers]
    assert caller(app, tools, cast.dave).get("/threads?q=銀白色").get_json()["threads"] == []


def test_the_domain_says_what_a_question_can_have(app: Flask, tools: Toolbox, cast: Cast) -> None:
    told = caller(app, tools, cast.alice).get("/domain").get_json()
    assert {one["key"] for one in told["subjects"]} == set(tools.trade.subjects)
    assert [one["key"] for one in told["fields"] if one["required"]]
    assert {one["key"] for one in told["topics"]} == set(tools.trade.topic_by_key)


def test_notes_are_read_without_marking_them(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    thread = ask_question(tools, cast.alice, urgent=True)
    work(tools)
    answer(tools, cast.bob, thread)
    work(tools, hours=5)
    alice = caller(app, tools, cast.alice)
    notes = alice.get("/notes").get_json()["notes"]
    assert any(thread in one["href"] for one in notes)
    assert notes == alice.get("/notes").get_json()["notes"]
    assert not all(one["is_read"] for one in notes)


def test_the_company_reads_what_it_may_and_not_before(app: Flask, tools: Toolbox, cast: Cast, clock: SetClock) -> None:
    hers = published(tools, cast.alice, make_question(company_may=True))
    closed = published(tools, cast.carol)
    frank = caller(app, tools, cast.frank)
    assert frank.get("/company/threads").get_json()["threads"] == []
    clock.move(hours=49)
    assert [one["id"] for one in frank.get("/company/threads").get_json()["threads"]] == [hers]
    assert frank.get(f"/company/threads/{hers}").get_json()["title"] == TITLE
    assert frank.get(f"/company/threads/{closed}").status_code == 404


def test_texts_of_a_day_are_counted_as_on_the_pages(app: Flask, tools: Toolbox, cast: Cast) -> None:
    hers = published(tools, cast.alice)
    limited = app.extensions["limiter"]
    object.__setattr__(limited, "texts_per_day", 3)
    bob, page = caller(app, tools, cast.bob), signed_in(app, cast.bob)
    assert page.get(f"/threads/{hers}").status_code == 200
    assert [bob.get(f"/threads/{hers}").status_code for _ in range(3)] == [200, 200, 429]
    assert page.get(f"/threads/{hers}").status_code == 429
    assert caller(app, tools, cast.alice).get(f"/threads/{hers}").status_code == 200, "one's own is free"


@pytest.mark.parametrize("query", ["about=x" * 60, "part=both", "unknown=1", "page=-1", "page=x"])
def test_what_does_not_fit_is_told_by_field(app: Flask, tools: Toolbox, cast: Cast, query: str) -> None:
    path = "/mine" if "part" in query else "/notes" if "page" in query else "/threads"
    refused = caller(app, tools, cast.alice).get(f"{path}?{query}")
    assert (refused.status_code, refused.content_type) == (422, "application/problem+json")
    assert refused.get_json()["errors"][0]["field"] in query


def test_who_has_to_read_something_first_is_told_where(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = caller(app, tools, cast.alice)
    with tools.database.transaction("identity", "content") as stores:
        member, box = stores.identity.get_one(Member, cast.alice.member_id), tools.post_office_public
        tell(stores, tools.vault, box, member=member, reason="danger", now=tools.clock.now(), window=tools.window)
    refused = alice.get("/mine")
    assert (refused.status_code, refused.get_json()["page"]) == (409, "/break-glass/told")


def test_no_cookie_and_no_cache_comes_along(app: Flask, tools: Toolbox, cast: Cast) -> None:
    answer = caller(app, tools, cast.alice).get("/mine")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Authorization" in answer.headers["Vary"]


def test_an_address_that_is_not_there_is_a_problem_too(app: Flask, tools: Toolbox, cast: Cast) -> None:
    for path, status in (("/nothing", 404), ("/threads/preview", 404)):
        refused = caller(app, tools, cast.alice).get(path)
        assert (refused.status_code, refused.content_type) == (status, "application/problem+json")
    refused = Caller(app, "").call("POST", "/mine")
    assert (refused.status_code, refused.content_type) == (405, "application/problem+json")


def test_a_page_still_says_what_it_said(app: Flask, cast: Cast) -> None:
    assert "text/html" in signed_in(app, cast.alice).get("/nothing").content_type
    assert post(signed_in(app, cast.alice), "/mine", {}, page="/account").status_code == 405
