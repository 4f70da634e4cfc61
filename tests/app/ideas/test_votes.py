"""One vote a member: counted in bands, weighed by the reporter alone, carried over by each voter's own session."""

from datetime import date, timedelta

import pytest
from flask import Flask, render_template
from sqlalchemy import select

from app.community import ballots
from app.community.models import Ballot
from app.errors import Forbidden
from app.ideas.models import Idea, VoteKey
from app.ideas.owed import overdue
from app.ideas.rules import BANDS, VOTE, band_of
from app.ideas.votes import NotReady
from app.insights.keyring import ReporterKeys
from app.wiring import Toolbox
from privacy.boxes import open_box
from privacy.errors import PrivacyError
from tests.app.ideas.makers import (
    change,
    crowd,
    day_of,
    listed,
    next_monday,
    page,
    post_company,
    post_idea,
    reply,
    reporter,
    row,
    to_day,
    vote,
    votes_on,
    work,
)
from tests.cast import Cast, post, signed_in

FRIDAY = date(2026, 11, 20)


def vote_all(tools: Toolbox, cast: Cast, idea: str, organisations: str, each: int) -> None:
    for person in crowd(tools, [cast.organisations[one] for one in organisations], each):
        vote(tools, person, idea)


def test_a_vote_is_one_and_can_be_taken_back(app: Flask, cast: Cast, tools: Toolbox) -> None:
    idea = post_idea(tools, cast.alice)
    browser, path = signed_in(app, cast.bob), f"/ideas/{idea}"
    assert "準備ができしだい" in browser.get(path).text
    with pytest.raises(NotReady):
        vote(tools, cast.bob, idea)
    reporter(tools).work(FRIDAY)
    for _ in range(2):
        assert post(browser, f"{path}/vote", {}, page=path).status_code == 303
    assert votes_on(tools, idea) == 1
    assert "あなたは賛成しています" in browser.get(path).text
    assert listed(tools, cast.bob).new[0].has_voted
    assert not listed(tools, cast.carol).new[0].has_voted
    post(browser, f"{path}/vote", {"do": "back"}, page=path)
    assert votes_on(tools, idea) == 0
    assert "あなたは賛成しています" not in browser.get(path).text
    assert post(signed_in(app, cast.dave), f"{path}/vote", {}, page="/ideas/new").status_code == 404
    assert post(signed_in(app, cast.frank), f"{path}/vote", {}, page="/ideas/new").status_code == 403


def test_counts_are_bands_that_move_on_mondays(app: Flask, cast: Cast, tools: Toolbox) -> None:
    assert [band_of(number) for number in (0, 4, 5, 9, 10, 19, 20, 50, 1000)] == [0, 0, 5, 5, 10, 10, 20, 50, 100]
    assert min(BANDS) == 5
    reporter(tools).work(FRIDAY)
    idea = post_idea(tools, cast.alice)
    vote_all(tools, cast, idea, "BC", 3)
    for _ in range(2):  # Saturday and Sunday
        to_day(tools, 1)
        reporter(tools).work(day_of(tools))
        assert row(tools, idea).band == 0
    next_monday(tools)
    assert row(tools, idea).band == 5
    shown = signed_in(app, cast.carol).get(f"/ideas/{idea}").text
    assert "賛成 5人以上" in shown
    assert "6人" not in shown


def test_ten_votes_of_three_organisations_oblige_the_company(app: Flask, cast: Cast, tools: Toolbox) -> None:
    reporter(tools).work(FRIDAY)
    few, narrow, idea = (post_idea(tools, cast.alice, one) for one in ("少ない", "狭い", "みんなの声"))
    company = post_company(tools, cast.frank)
    people = crowd(tools, [cast.organisations[one] for one in "BCD"], 6)
    for person in people[:9]:
        vote(tools, person, few)
    for person in people[:12]:  # of two organisations
        vote(tools, person, narrow)
    for person in people:
        vote(tools, person, idea)
        vote(tools, person, company)
    next_monday(tools)
    assert [row(tools, one).due_day for one in (few, narrow, company)] == [None] * 3
    due = date.fromordinal(row(tools, idea).due_day or 0)
    assert due == day_of(tools) + timedelta(days=30)
    work(tools)
    assert "お返事する約束" in signed_in(app, cast.alice).get("/inbox").text
    assert f"{due.month}月{due.day}日までに" in signed_in(app, cast.carol).get(f"/ideas/{idea}").text
    desk = signed_in(app, cast.frank)
    assert "みんなの声" in desk.get("/ideas/desk").text
    to_day(tools, 25)
    assert "期限まで7日を切りました" in signed_in(app, cast.frank).get("/ideas/desk").text
    assert "みんなの声" not in app.test_client().get("/ideas/overdue").text
    to_day(tools, 6)
    outside = app.test_client().get("/ideas/overdue").text
    assert "みんなの声" in outside
    for word in ("手袋のまま", "ひとりで見回る人", idea, "提案者", "人以上"):
        assert word not in outside
    assert "期限を過ぎています" in signed_in(app, cast.frank).get("/ideas/desk").text
    change(tools, idea, "declined")
    assert "みんなの声" not in app.test_client().get("/ideas/overdue").text
    next_monday(tools)
    assert row(tools, idea).due_day is None  # it has been answered


def test_the_overdue_list_says_when_there_are_more_than_it_shows(app: Flask, cast: Cast, tools: Toolbox) -> None:
    late, more = (post_idea(tools, cast.alice, one) for one in ("長く", "すこし"))
    with tools.database.transaction("content") as stores:
        for number, idea in enumerate((late, more)):
            stores.content.get_one(Idea, idea).due_day = day_of(tools).toordinal() - 5 + number
    with tools.database.reading() as stores:
        listed = [overdue(stores, tools.vault, today=day_of(tools), most=most) for most in (1, 2)]
    assert [([one.title for one in cards], more) for cards, more in listed] == [
        (["長く"], True), (["長く", "すこし"], False),
    ]  # fmt: skip
    with app.test_request_context():
        for left, says in ((True, True), (False, False)):
            page = render_template("ideas/overdue.html", cards=listed[0][0], more=left, days=30)
            assert ("ほかにもあります。いちばん長く遅れている1件" in page) is says


def test_a_title_is_public_only_where_its_author_said_so(app: Flask, cast: Cast, tools: Toolbox) -> None:
    reporter(tools).work(FRIDAY)
    idea = post_idea(tools, cast.alice, "内々の案", may_be_listed=False)
    vote_all(tools, cast, idea, "BCD", 4)
    next_monday(tools)
    to_day(tools, 40)
    assert row(tools, idea).due_day is not None
    assert "内々の案" not in app.test_client().get("/ideas/overdue").text
    assert "内々の案" in signed_in(app, cast.carol).get("/ideas").text


def test_a_merge_carries_each_vote_in_its_voters_own_session(app: Flask, cast: Cast, tools: Toolbox) -> None:
    reporter(tools).work(FRIDAY)
    old, new = post_idea(tools, cast.alice, "案一"), post_idea(tools, cast.alice, "案二")
    for person in (cast.bob, cast.carol):
        vote(tools, person, old)
    vote(tools, cast.carol, new)
    change(tools, old, "duplicate", into=new, by="coordinator")
    assert (votes_on(tools, old), votes_on(tools, new)) == (2, 1)  # nobody else can move them
    signed_in(app, cast.erin).get("/ideas")
    assert (votes_on(tools, old), votes_on(tools, new)) == (2, 1)
    browser = signed_in(app, cast.bob)
    assert "賛成を移しました" in browser.get("/ideas").text
    assert "賛成を移しました" not in browser.get("/ideas").text
    assert (votes_on(tools, old), votes_on(tools, new)) == (1, 2)
    signed_in(app, cast.carol).get(f"/ideas/{old}")  # who voted for both keeps one
    assert (votes_on(tools, old), votes_on(tools, new)) == (0, 2)
    assert page(tools, cast.bob, new).card.has_voted


def test_a_due_day_goes_with_the_merge(cast: Cast, tools: Toolbox) -> None:
    reporter(tools).work(FRIDAY)
    old, new = post_idea(tools, cast.alice, "案一"), post_idea(tools, cast.alice, "案二")
    vote_all(tools, cast, old, "BCD", 4)
    next_monday(tools)
    due = row(tools, old).due_day
    change(tools, old, "duplicate", into=new, by="coordinator")
    assert (row(tools, old).due_day, row(tools, new).due_day) == (None, due)


def test_the_key_turns_with_the_year_and_the_old_half_is_destroyed(cast: Cast, tools: Toolbox) -> None:
    reporter(tools).work(FRIDAY)
    idea, folder = post_idea(tools, cast.alice), ReporterKeys(tools.settings.reporter_folder)
    vote_all(tools, cast, idea, "BCD", 4)
    old = folder.pair("votes-2026").private
    assert (tools.settings.reporter_folder / "reporter-votes-2026.key").stat().st_mode & 0o777 == 0o400
    before = boxes(tools)
    assert all(open_box(old, box) for box in before)
    to_day(tools, 45)  # January
    reporter(tools).work(day_of(tools))
    assert not (tools.settings.reporter_folder / "reporter-votes-2026.key").exists()
    after, new = boxes(tools), folder.pair("votes-2027").private
    assert all(open_box(new, box) for box in after)
    for box in after:
        with pytest.raises(PrivacyError):
            open_box(old, box)
    with tools.database.reading() as stores:
        assert [one.key for one in stores.content.scalars(select(VoteKey))] == ["votes-2027"]
    assert row(tools, idea).due_day is not None  # what stood then counts on
    assert len({len(box) for box in (*before, *after)}) == 1


def test_thresholds_stand_with_the_key(cast: Cast, tools: Toolbox) -> None:
    """Whoever could change them week by week would find the count."""
    reporter(tools).work(FRIDAY)
    idea = post_idea(tools, cast.alice)
    vote_all(tools, cast, idea, "BCD", 2)
    object.__setattr__(tools, "settings", tools.settings.model_copy(update={"idea_votes": 5}))
    next_monday(tools)
    assert row(tools, idea).due_day is None


def test_leaving_takes_the_votes_back(app: Flask, cast: Cast, tools: Toolbox) -> None:
    reporter(tools).work(FRIDAY)
    idea = post_idea(tools, cast.alice)
    reply(tools, cast.carol, idea)
    vote(tools, cast.bob, idea)
    with tools.database.transaction("content") as stores:
        [own] = ballots.own_ballots(stores, cast.bob.secret)
        assert ballots.drop(stores, tools.vault, label=ballots.label_of(cast.bob.secret, own.purpose, own.object))
    assert votes_on(tools, idea) == 0
    with pytest.raises(Forbidden):
        vote(tools, cast.frank, idea)


def boxes(tools: Toolbox) -> list[bytes]:
    with tools.database.reading() as stores:
        found = stores.content.scalars(select(Ballot.box).where(Ballot.purpose == VOTE))
        return [one for one in found if one is not None]
