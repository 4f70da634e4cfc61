"""Signing up, what it gives, and what nobody learns by it."""

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from app.community.ballots import label_of
from app.community.models import Ballot
from app.errors import Conflict
from app.notices.service import notes_of
from app.webinars import planning
from app.webinars.models import Talk
from app.webinars.planning import SIGN_UP
from app.webinars.rows import open_talk
from app.wiring import Toolbox
from tests.app.webinars import stage
from tests.cast import Cast, Person, make_person, post, signed_in, viewer_of


def told(tools: Toolbox, person: Person, talk_id: str) -> list[str]:
    label = label_of(person.secret, SIGN_UP, talk_id)
    with tools.database.reading() as stores:
        return [one.kind for one in notes_of(stores, tools.vault, [label], window=tools.window + 9999)]


def test_twice_is_once_and_back_is_nothing(tools: Toolbox, cast: Cast, app: Flask) -> None:
    talk_id = stage.announced(tools, cast)
    stage.sign_up(tools, talk_id, cast.carol, cast.carol)
    with tools.database.reading() as stores:
        assert len(stores.content.scalars(select(Ballot).where(Ballot.purpose == SIGN_UP)).all()) == 1
    carol = signed_in(app, cast.carol)
    assert post(carol, f"/sessions/{talk_id}/sign-off", page=f"/sessions/{talk_id}").status_code == 303
    with tools.database.reading() as stores:
        assert stores.content.scalars(select(Ballot).where(Ballot.purpose == SIGN_UP)).all() == []


def test_nothing_to_sign_up_for_once_it_is_over(tools: Toolbox, cast: Cast) -> None:
    talk_id = stage.announced(tools, cast)
    stage.move_to(tools, talk_id, 60)
    with pytest.raises(Conflict):
        stage.sign_up(tools, talk_id, cast.carol)


def test_calendar_files_hold_the_hours_and_nobody(tools: Toolbox, cast: Cast, app: Flask) -> None:
    """Two members' files share nothing but the announced hours; the one for everybody's eyes not even a title."""
    talk_id = stage.announced(tools, cast, form="video", link=stage.LINK)
    stage.sign_up(tools, talk_id, cast.carol, cast.erin)
    carol, erin = signed_in(app, cast.carol), signed_in(app, cast.erin)
    mine, hers = (one.get(f"/sessions/{talk_id}/calendar.ics") for one in (carol, erin))
    assert mine.mimetype == "text/calendar"
    assert mine.data == carol.get(f"/sessions/{talk_id}/calendar.ics").data  # again: the entry is replaced
    event, other = (Calendar.from_ical(one.data).events[0] for one in (mine, hers))
    assert event["uid"] != other["uid"]
    assert event.start.utcoffset().total_seconds() == 9 * 3600  # type: ignore[union-attr]
    assert str(event.start.tzinfo) == "Asia/Tokyo"
    assert (event.start.hour, event.end.hour) == (19, 20)
    quiet = carol.get(f"/sessions/{talk_id}/calendar.ics?quiet=1").text
    plain = carol.get(f"/sessions/{talk_id}/announcement.ics").text
    for text in (quiet, plain):
        assert stage.TITLE not in text
        assert talk_id not in text
    assert "学びの会" not in plain
    for text in (mine.text, quiet, plain):
        assert not {"ATTENDEE", "ORGANIZER", "LOCATION", "DESCRIPTION"} & {
            line.split(":")[0].split(";")[0] for line in text.splitlines()
        }
        assert "rooms.example" not in text
        assert len({line for line in text.splitlines() if line.startswith("DTSTAMP")}) == 1
        assert "DTSTAMP:20261123T103000Z" in text  # not the moment of the download
    assert signed_in(app, cast.alice).get(f"/sessions/{talk_id}/calendar.ics").status_code == 404  # not signed up


def test_the_rooms_link_reaches_who_signed_up_alone(tools: Toolbox, cast: Cast, app: Flask) -> None:
    """Shortly before and until the end; and no list, page, file, note or other reader has it."""
    talk_id = stage.announced(tools, cast, form="video", link=stage.LINK, company_may=True)
    stage.sign_up(tools, talk_id, cast.carol)
    room, page = f"/sessions/{talk_id}/room", f"/sessions/{talk_id}"
    assert signed_in(app, cast.carol).get(room).status_code == 404  # days before
    stage.move_to(tools, talk_id, -20)
    carol = signed_in(app, cast.carol)
    shown = carol.get(room)
    assert stage.LINK.replace("&", "&amp;") in shown.text
    assert "rooms.example には" in shown.text
    assert "<iframe" not in shown.text
    assert stage.LINK in signed_in(app, cast.bob).get(room).text  # the lecturer
    for name in ("alice", "erin", "frank"):
        other = signed_in(app, cast[name])
        assert other.get(room).status_code in (403, 404)
        for path in (
            "/sessions",
            page,
            f"{page}/edit",
            f"{page}/invite",
            "/sessions/desk",
            f"/sessions/open/{talk_id}",
            "/sessions/open",
            "/inbox",
            f"{page}/announcement.ics",
        ):
            assert "rooms.example" not in other.get(path).text, (name, path)
    for path in ("/sessions", page, f"{page}/calendar.ics", "/inbox"):
        assert "rooms.example" not in carol.get(path).text
    assert app.test_client().get(room).status_code == 303
    stage.move_to(tools, talk_id, 61)
    assert signed_in(app, cast.carol).get(room).status_code == 404
    stage.keep(tools)
    with tools.database.reading() as stores:  # and when it is over it is nowhere any more
        assert open_talk(tools.vault, stores.content.get_one(Talk, talk_id))["link"] == ""


def test_reminders_moves_and_cancelling_reach_the_labels(tools: Toolbox, cast: Cast) -> None:
    talk_id = stage.announced(tools, cast)
    stage.sign_up(tools, talk_id, cast.carol)
    stage.move_to(tools, talk_id, -24 * 60)
    stage.keep(tools)
    stage.keep(tools)
    assert told(tools, cast.carol, talk_id) == ["session_tomorrow"]  # once
    assert told(tools, cast.alice, talk_id) == []
    erin = viewer_of(tools, cast.erin)
    same = stage.make_plan(tools)
    with tools.database.transaction("content") as stores:
        planning.change(stores, tools.vault, viewer=erin, talk_id=talk_id, plan=same, window=tools.window)
    with tools.database.transaction("content") as stores:  # other words alone are no news
        words = stage.make_plan(tools, about="ほかの言葉です。")
        planning.change(stores, tools.vault, viewer=erin, talk_id=talk_id, plan=words, window=tools.window)
    assert told(tools, cast.carol, talk_id).count("session_changed") == 1
    with tools.database.transaction("content") as stores:
        planning.cancel(
            stores, tools.vault, viewer=erin, talk_id=talk_id, reason="台風のためです。", window=tools.window
        )
    assert "session_cancelled" in told(tools, cast.carol, talk_id)
    with pytest.raises(Conflict):
        stage.sign_up(tools, talk_id, cast.alice)


def test_how_many_is_a_band_that_moves_on_mondays(tools: Toolbox, cast: Cast, app: Flask) -> None:
    talk_id = stage.announced(tools, cast, times=stage.Times(stage.date(2026, 12, 20), 1170, 60))
    stage.sign_up(tools, talk_id, cast.alice, cast.carol, cast.dave, cast.erin)
    page = lambda: signed_in(app, cast.erin).get(f"/sessions/{talk_id}").text  # noqa: E731
    stage.move_on_to(tools, stage.date(2026, 11, 23))  # a Monday
    stage.keep(tools)
    assert "人以上" not in page()  # four are nobody's business
    stage.sign_up(tools, talk_id, make_person(tools, "ivan", cast.organisations["D"]))
    stage.keep(tools)
    assert "5人以上" in page()
    stage.sign_up(tools, talk_id, *(make_person(tools, f"j{n}", cast.organisations["D"]) for n in range(5)))
    stage.move_on_to(tools, stage.date(2026, 11, 24))
    stage.keep(tools)
    assert "10人以上" not in page()
    stage.move_on_to(tools, stage.date(2026, 11, 30))
    stage.keep(tools)
    assert "10人以上" in page()
