"""Lecturers: asked by a handle, in under a handle, named only by an act of their own, out whenever they like."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.clock import today
from app.community import consents
from app.community.models import Ballot
from app.domains.rules import ScopeTooFine
from app.domains.service import policy_of
from app.errors import Conflict, NotThere
from app.leaving.steps import leave
from app.questions.models import Post
from app.questions.pennames import PenNameRefused
from app.webinars import planning, reads, speaking
from app.webinars.models import Speaker
from app.webinars.planning import Handle
from app.webinars.speaking import Appearance
from app.wiring import Toolbox
from tests.app.questions import makers
from tests.app.questions.makers import open_table_with
from tests.app.questions.test_crowd_quarters import by_area_or_role, next_quarter, take, tell
from tests.app.webinars import stage
from tests.cast import Cast, Person, post, signed_in, viewer_of


def card(tools: Toolbox, person: Person, talk_id: str) -> reads.TalkCard:
    with tools.database.reading() as stores:
        return reads.talk_card(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), talk_id=talk_id, now=tools.clock.now()
        )


def states(tools: Toolbox, talk_id: str) -> list[str]:
    with tools.database.reading() as stores:
        return [one.state for one in planning.invited(stores, tools.vault, talk_id)]


def appear(tools: Toolbox, person: Person, talk_id: str, looks: Appearance) -> None:
    with tools.database.transaction("content") as stores:
        day = today(tools.clock.now())
        speaking.appear(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), talk_id=talk_id, looks=looks,
            policy=policy_of(tools.settings), today=day, window=tools.window,
        )  # fmt: skip
    stage.hear(tools, talk_id)


def test_nobody_lectures_without_a_yes(tools: Toolbox, cast: Cast) -> None:
    """No, and silence for fourteen days, leave the session without a lecturer, and then it cannot be announced."""
    thread_id, posts = stage.answered_thread(tools, cast, cast.bob, cast.carol)
    talk_id = stage.plan(tools)
    for one in posts:
        stage.invite(tools, cast, talk_id, thread_id, one)
    with tools.database.transaction("content") as stores:
        speaking.decline(stores, tools.vault, viewer=viewer_of(tools, cast.bob), talk_id=talk_id, window=tools.window)
    later = today(tools.clock.now()) + timedelta(days=15)
    with tools.database.transaction("content") as stores:
        consents.lapse(stores, tools.vault, today=later, window=tools.window)
    assert sorted(states(tools, talk_id)) == ["no", "silent"]
    for one in (cast.bob, cast.carol):
        with pytest.raises(Conflict):
            stage.accept(tools, one, talk_id)
    with pytest.raises(Conflict):
        stage.announce(tools, cast, talk_id)
    for one in posts:  # and nobody is asked over and over
        with pytest.raises(Conflict):
            stage.invite(tools, cast, talk_id, thread_id, one)


def test_only_who_was_asked_can_say_yes(tools: Toolbox, cast: Cast) -> None:
    thread_id, posts = stage.answered_thread(tools, cast, cast.bob)
    talk_id = stage.plan(tools)
    stage.invite(tools, cast, talk_id, thread_id, posts[0])
    for one in (cast.alice, cast.carol, cast.erin):
        with pytest.raises(NotThere):
            stage.accept(tools, one, talk_id)
    with pytest.raises(NotThere):  # the asker is no answer, and what is not in this thread is nobody
        stage.invite(tools, cast, talk_id, thread_id, thread_id)


def test_a_lecturers_colleagues_do_not_know_of_it(tools: Toolbox, cast: Cast, app: Flask) -> None:
    """Of a panel they know the rest; alone it is not there for them, on no page and in no list."""
    thread_id = makers.published(tools, cast.carol)
    for one in (cast.dave, cast.bob):
        makers.answer(tools, one, thread_id)
        makers.publish(tools)
    with tools.database.reading() as stores:
        rows = stores.content.scalars(select(Post.id).where(Post.thread_id == thread_id).order_by(Post.place)).all()
    alone, panel = stage.plan(tools), stage.plan(tools, title="二人に聞く会")
    for talk_id, some in ((alone, rows[:1]), (panel, rows)):
        for number, one in enumerate(some):
            stage.invite(tools, cast, talk_id, thread_id, one)
            stage.accept(tools, (cast.dave, cast.bob)[number], talk_id)
        stage.announce(tools, cast, talk_id)
    alice = signed_in(app, cast.alice)
    listed = alice.get("/sessions").text
    assert alone not in listed
    assert panel in listed
    for path in ("", "/announcement.ics", "/live", "/room", "/calendar.ics"):
        assert alice.get(f"/sessions/{alone}{path}").status_code == 404
    assert [one.role for one in card(tools, cast.alice, panel).speakers] == ["講師"]  # no number tells of another
    assert [one.role for one in card(tools, cast.carol, panel).speakers] == ["講師1", "講師2"]
    assert alone in signed_in(app, cast.carol).get("/sessions").text


def test_a_name_and_a_fee_are_acts_of_their_own(tools: Toolbox, cast: Cast, app: Flask) -> None:
    talk_id = stage.announced(tools, cast)
    bob = signed_in(app, cast.bob)
    page = f"/sessions/{talk_id}/lecturer"
    # saying yes takes no name, whatever the form says; nor does a fee go with a handle
    assert card(tools, cast.carol, talk_id).speakers[0].name == ""
    post(bob, page, {"as": "handle", "name": "沖田はる", "fee": "1", "sure": "1"})
    assert (card(tools, cast.carol, talk_id).speakers[0].name, card(tools, cast.carol, talk_id).speakers[0].fee) == (
        "",
        False,
    )
    assert post(bob, page, {"as": "name", "name": "沖田はる", "fee": "1"}).status_code == 422  # without the tick
    assert post(bob, page, {"as": "name", "name": "", "sure": "1"}).status_code == 422
    assert card(tools, cast.carol, talk_id).speakers[0].name == ""
    assert post(bob, page, {"as": "name", "name": "沖田はる", "fee": "1", "sure": "1"}).status_code == 303
    stage.hear(tools, talk_id)
    shown = signed_in(app, cast.carol).get(f"/sessions/{talk_id}").text
    assert "沖田はる" in shown
    assert "謝礼を受け取ります" in shown
    # nobody else can do it for bob, and he can take it back
    assert (
        post(
            signed_in(app, cast.erin), page, {"as": "name", "name": "沖田はる", "sure": "1"}, page="/sessions/new"
        ).status_code
        == 404
    )
    appear(tools, cast.bob, talk_id, Appearance())
    assert "沖田はる" not in signed_in(app, cast.carol).get(f"/sessions/{talk_id}").text


def test_the_invitations_form_cannot_name(tools: Toolbox, cast: Cast, app: Flask) -> None:
    thread_id, posts = stage.answered_thread(tools, cast, cast.bob)
    talk_id = stage.plan(tools)
    stage.invite(tools, cast, talk_id, thread_id, posts[0])
    bob = signed_in(app, cast.bob)
    fields = {"word": "yes", "as": "name", "name": "沖田はる", "sure": "1", "fee": "1"}
    assert post(bob, f"/sessions/{talk_id}/invitation", dict(fields)).status_code == 303
    stage.hear(tools, talk_id)
    only = card(tools, cast.erin, talk_id).speakers[0]
    assert (only.name, only.fee, only.is_named) == ("", False, False)


def test_stepping_down_is_as_easy(tools: Toolbox, cast: Cast, app: Flask) -> None:
    talk_id = stage.announced(tools, cast)
    bob = signed_in(app, cast.bob)
    assert post(bob, f"/sessions/{talk_id}/lecturer/leave", page=f"/sessions/{talk_id}/lecturer").status_code == 303
    assert bob.get(f"/sessions/{talk_id}/lecturer").status_code == 404
    stage.hear(tools, talk_id)
    assert "講師がいません" in signed_in(app, cast.erin).get("/sessions/desk").text
    assert "世話役が調整しています" in signed_in(app, cast.carol).get(f"/sessions/{talk_id}").text


def test_four_at_most(tools: Toolbox, cast: Cast) -> None:
    talk_id = stage.plan(tools)
    for number in range(5):
        handle = Handle(str(number), f"{number:032x}", f"{number:032x}")
        with tools.database.transaction("content") as stores:
            asked = lambda handle=handle: planning.invite(  # noqa: E731
                stores, tools.vault, viewer=viewer_of(tools, cast.erin), talk_id=talk_id, handle=handle,
                today=today(tools.clock.now()), window=tools.window,
            )  # fmt: skip
            if number < 4:
                asked()
            else:
                with pytest.raises(Conflict):
                    asked()


def test_who_leaves_lectures_nowhere(tools: Toolbox, cast: Cast) -> None:
    """Whatever becomes of their words, no line of them among the lecturers is left, nor the name they chose to show."""
    talk_id = stage.announced(tools, cast)
    appear(tools, cast.bob, talk_id, Appearance("name", "沖田はる"))
    stage.move_to(tools, talk_id, 5)
    stage.say(tools, cast.bob, talk_id, "はじめます。")
    stage.sign_up(tools, talk_id, cast.carol)
    stage.come_out(tools)
    for one in (cast.bob, cast.carol):
        leave(tools, viewer_of(tools, one), texts="keep")
    with tools.database.reading() as stores:
        assert stores.content.scalars(select(Speaker)).all() == []
        assert stores.content.scalars(select(Ballot)).all() == []
        shown = reads.talk_page(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.erin), talk_id=talk_id, now=tools.clock.now()
        )
    assert [(one.writing.role, one.writing.texts["text"]) for one in shown.lines] == [("講師", "はじめます。")]


def test_it_is_not_opened_to_the_company_after_somebody_was_asked(tools: Toolbox, cast: Cast) -> None:
    thread_id, posts = stage.answered_thread(tools, cast, cast.bob)
    talk_id = stage.plan(tools)
    stage.invite(tools, cast, talk_id, thread_id, posts[0])
    for changes in ({"company_may": True}, {"company_may": True, "by_company": True}):
        with pytest.raises(Conflict), tools.database.transaction("content") as stores:
            planning.change(
                stores, tools.vault, viewer=viewer_of(tools, cast.erin), talk_id=talk_id,
                plan=stage.make_plan(tools, **changes), window=tools.window,
            )  # fmt: skip


def under_pen(tools: Toolbox, cast: Cast) -> str:
    """bob has told an area under his pen name, and a quarter later is asked to lecture; three people have both."""
    open_table_with(tools, {"area": 0}, {"role": 0}, people=by_area_or_role())
    makers.ask(tools, cast.bob)
    take(tools, cast.bob, "沖の目利き")
    makers.ask(tools, cast.bob, sign=True)
    tell(tools, cast.bob, area=0)
    next_quarter(tools)
    thread_id, posts = stage.answered_thread(tools, cast, cast.bob)
    talk_id = stage.plan(tools)
    stage.invite(tools, cast, talk_id, thread_id, posts[0])
    return talk_id


def test_a_pen_name_in_a_session_joins_no_more_than_under_a_post(tools: Toolbox, cast: Cast) -> None:
    talk_id = under_pen(tools, cast)
    tell(tools, cast.bob, role=0)
    with pytest.raises(PenNameRefused, match="crowd"):
        stage.accept(tools, cast.bob, talk_id, Appearance("pen"))
    stage.accept(tools, cast.bob, talk_id)
    with pytest.raises(PenNameRefused, match="crowd"):
        appear(tools, cast.bob, talk_id, Appearance("pen"))


@pytest.mark.parametrize("forgets", [False, True])
def test_after_it_the_quarter_hangs_on_the_name(
    tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch, forgets: bool
) -> None:
    """The mutant shows the pen name at the session and notes nothing: three people remain."""
    talk_id = under_pen(tools, cast)
    if forgets:
        monkeypatch.setattr(speaking, "join_pen", lambda *_, **__: "沖の目利き")
    stage.accept(tools, cast.bob, talk_id, Appearance("pen"))
    if forgets:
        assert tell(tools, cast.bob, role=0)
        return
    with pytest.raises(ScopeTooFine):
        tell(tools, cast.bob, role=0)


def test_a_pen_name_and_a_name_never_stand_at_one_announced_session(app: Flask, tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {}, people=by_area_or_role())
    talk_id = stage.announced(tools, cast)
    take(tools, cast.bob, "沖の目利き")
    take(tools, cast.carol, "朝いちばん")
    with pytest.raises(PenNameRefused, match="taken"):
        appear(tools, cast.bob, talk_id, Appearance("name", "朝いちばん"))
    appear(tools, cast.bob, talk_id, Appearance("pen"))
    appear(tools, cast.bob, talk_id, Appearance())
    client, path = signed_in(app, cast.bob), f"/sessions/{talk_id}/lecturer"
    refused = post(client, path, {"as": "name", "name": "沖田はる", "sure": "1"})
    assert refused.status_code == 422
    assert "案内が出たあとは" in refused.text
    assert card(tools, cast.carol, talk_id).speakers[0].name == ""
