"""The two logs: what is written, what is published, and who notices a change."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from app.clock import SetClock, today
from app.logs.commands import logs
from app.logs.models import ContentEntry, LogHead, SecurityEntry
from app.logs.reads import check_logs, published_heads, read_heads
from app.logs.rules import KEPT_DAYS, UnknownEvent
from app.logs.service import first_hour, forget_old, note_content, note_security, publish_heads
from app.processes import keep_logs
from app.wiring import Toolbox
from tests.app.queues.stage import ask_question, work
from tests.cast import PASSWORD, Cast, post

WHO, WHERE = "member-of-nobody", "203.0.113.9"


def fill(tools: Toolbox, count: int = 4) -> None:
    now = tools.clock.now()
    with tools.database.transaction("identity", "content") as stores:
        for _ in range(count):
            note_security(stores, tools.vault, event="password.changed", now=now, member_id=WHO, address=WHERE)
            note_content(stores, event="question.published", day=today(now))


def faults(tools: Toolbox, path: Path | None = None) -> dict[str, str | None]:
    with tools.database.reading() as stores:
        return dict(check_logs(stores, [*published_heads(stores), *(read_heads(path) if path else [])]))


def test_an_entry_says_who_only_to_whoever_has_the_key(tools: Toolbox) -> None:
    fill(tools, 1)
    with tools.database.reading() as stores:
        row = stores.identity.scalars(select(SecurityEntry)).one()
    assert WHO not in row.who
    assert WHERE not in row.address
    assert len(row.who) == len(row.address) == 64
    assert row.hour == first_hour(today(tools.clock.now()))


def test_the_chain_tells_no_hour_of_somebody_named(tools: Toolbox, clock: SetClock) -> None:
    """Whoever recovers an account was here. Neither the entry nor those around it tell in which hour; the mutant, where
    an entry that names nobody keeps its hour, does.
    """
    clock.move(hours=(15 - clock.now() / 3600) % 24)  # when a day begins in Japan
    exact: list[tuple[int, int]] = []
    for hour in range(24):
        now = clock.now() + hour * 3600
        with tools.database.transaction("identity") as stores:
            note_security(stores, tools.vault, event="sign-in.failed", now=now, address=WHERE)
            exact.append((int(now // 3600), 1))
            if hour == 13:
                note_security(stores, tools.vault, event="recovery.used", now=now, member_id=WHO, address=WHERE)
                exact.append((first_hour(today(now)), 24))
    with tools.database.reading() as stores:
        rows = list(stores.identity.scalars(select(SecurityEntry).order_by(SecurityEntry.number)))
    (named,) = (place for place, row in enumerate(rows) if row.who)
    assert possible_hours([(row.hour, 24) for row in rows], named) == 24
    assert possible_hours(exact, named) <= 2


def possible_hours(entries: list[tuple[int, int]], place: int) -> int:
    """How many hours remain for one of a chain's entries, each given by its first hour and how many follow it."""
    begins = max(first for first, _ in entries[: place + 1])
    ends = min(first + length for first, length in entries[place:])
    return ends - begins


@pytest.mark.parametrize("day", [(0, 1), (1, 2), (3, 4), (19, 20)])
def test_the_published_count_does_not_tell_whether_one_more_was_published(
    tools: Toolbox, clock: SetClock, day: tuple[int, int]
) -> None:
    """Who counts what they may read would learn that somebody of their own circle asked."""
    grown = []
    for written in day:
        clock.move(hours=24)
        with tools.database.transaction("content") as stores:
            for _ in range(written):
                note_content(stores, event="question.published", day=today(clock.now()))
        keep_logs(tools)
        with tools.database.reading() as stores:
            counts = [one.head.count for one in published_heads(stores) if one.log == "content"]
        grown.append(counts[0] - (counts[1] if counts[1:] else 0))
    assert grown == [20, 20]
    assert faults(tools) == {"security": None, "content": None}


def test_an_address_has_another_hash_every_day(tools: Toolbox, clock: SetClock) -> None:
    fill(tools, 1)
    clock.move(hours=24)
    fill(tools, 1)
    with tools.database.reading() as stores:
        rows = list(stores.identity.scalars(select(SecurityEntry)))
    assert len({row.who for row in rows}) == 1
    assert len({row.address for row in rows}) == 2


def test_a_log_takes_no_free_words(tools: Toolbox) -> None:
    with tools.database.transaction("identity", "content") as stores:
        with pytest.raises(UnknownEvent):
            note_security(stores, tools.vault, event="alice wrote this", now=0)
        with pytest.raises(UnknownEvent):
            note_content(stores, event="password.changed", day=today(tools.clock.now()))


def test_heads_agree_with_the_logs_until_somebody_changes_them(tools: Toolbox) -> None:
    fill(tools)
    keep_logs(tools)
    assert faults(tools) == {"security": None, "content": None}
    with tools.database.transaction("identity", "content") as stores:
        stores.identity.execute(update(SecurityEntry).where(SecurityEntry.number == 2).values(event="member.joined"))
        stores.content.execute(delete(ContentEntry).where(ContentEntry.number == 3))
    assert faults(tools) == {"security": "changed", "content": "gap"}


def test_a_cut_tail_is_noticed(tools: Toolbox) -> None:
    fill(tools)
    keep_logs(tools)
    with tools.database.transaction("identity", "content") as stores:
        stores.identity.execute(delete(SecurityEntry).where(SecurityEntry.number > 2))
        stores.content.execute(delete(ContentEntry).where(ContentEntry.number > 2))
    assert faults(tools) == {"security": "cut", "content": "cut"}


def test_whoever_changes_the_heads_too_is_found_out_by_the_copy_outside(tools: Toolbox, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere"
    fill(tools)
    with tools.database.transaction("content") as stores:
        publish_heads(stores, day=today(tools.clock.now()), outside=outside)
    with tools.database.transaction("identity", "content") as stores:
        stores.identity.execute(delete(SecurityEntry).where(SecurityEntry.number > 2))
        stores.content.execute(delete(LogHead))
    assert faults(tools) == {"security": None, "content": None}  # inside, nothing is left to compare with
    assert faults(tools, outside) == {"security": "cut", "content": None}


def test_heads_are_published_once_a_day(tools: Toolbox, clock: SetClock, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere"
    for hours in (0, 1, 24):
        clock.move(hours=hours)
        fill(tools, 1)
        with tools.database.transaction("content") as stores:
            publish_heads(stores, day=today(clock.now()), outside=outside)
    found = read_heads(outside)
    assert [(one.log, one.head.count) for one in found] == [
        *[("security", 1), ("content", 20)],
        *[("security", 3), ("content", 40)],
    ]
    with tools.database.reading() as stores:
        assert sorted(published_heads(stores), key=str) == sorted(found, key=str)


def test_after_ninety_days_who_it_was_is_forgotten_and_the_chain_holds(tools: Toolbox, clock: SetClock) -> None:
    fill(tools)
    keep_logs(tools)
    clock.move(hours=24 * (KEPT_DAYS + 1))
    fill(tools, 2)
    with tools.database.transaction("identity") as stores:
        forget_old(stores, now=clock.now())
    with tools.database.reading() as stores:
        rows = list(stores.identity.scalars(select(SecurityEntry).order_by(SecurityEntry.number)))
    assert [(row.number, row.event, bool(row.who)) for row in rows] == [
        (4, "log.forgotten", False),
        (5, "password.changed", True),
        (6, "password.changed", True),
    ]
    keep_logs(tools)
    assert faults(tools) == {"security": None, "content": None}


def test_publishing_is_logged_by_kind_and_day(tools: Toolbox, cast: Cast) -> None:
    ask_question(tools, cast.alice)
    work(tools, hours=5)
    with tools.database.reading() as stores:
        rows = [(row.event, row.day) for row in stores.content.scalars(select(ContentEntry))]
    day = today(tools.clock.now()).toordinal()
    assert [row for row in rows if row[0] not in ("crowds.published", "count.rounded")] == [("question.published", day)]


def test_a_refused_sign_in_names_nobody(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    for mail in (cast.alice.mail, "nobody@elsewhere.example"):
        post(client, "/sign-in", {"mail": mail, "password": f"not {PASSWORD}"})
    with tools.database.reading() as stores:
        rows = list(stores.identity.scalars(select(SecurityEntry).where(SecurityEntry.event == "sign-in.failed")))
    assert [(row.who, bool(row.address)) for row in rows] == [("", True), ("", True)]


def test_signing_in_leaves_no_trace(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    """The hours at which somebody came, beside the windows in which posts appeared, would tell who wrote them."""
    response = post(client, "/sign-in", {"mail": cast.alice.mail, "password": PASSWORD})
    assert response.status_code == 303
    with tools.database.reading() as stores:
        assert list(stores.identity.scalars(select(SecurityEntry))) == []


def test_everybody_can_read_the_heads(client: FlaskClient, tools: Toolbox) -> None:
    assert "まだありません" in client.get("/log-heads").text
    fill(tools)
    keep_logs(tools)
    with tools.database.reading() as stores:
        wanted = [one.head.hash for one in published_heads(stores)]
    page = client.get("/log-heads").text
    assert len(wanted) == 2
    assert all(one in page for one in wanted)


def test_old_heads_leave_the_page_and_stay_in_the_table(client: FlaskClient, tools: Toolbox, clock: SetClock) -> None:
    fill(tools)
    keep_logs(tools)
    clock.move(hours=24 * 100)
    assert "まだありません" in client.get("/log-heads").text
    with tools.database.reading() as stores:
        assert {one.day for one in published_heads(stores)} == {today(clock.now()) - timedelta(days=100)}


def test_the_command_says_which_log_is_not_what_it_was(tools: Toolbox, tmp_path: Path) -> None:
    fill(tools)
    keep_logs(tools)
    run = CliRunner()
    assert run.invoke(logs, ["verify"], obj=lambda: tools).exit_code == 0
    copy = tmp_path / "copy"
    copy.write_text(run.invoke(logs, ["heads"], obj=lambda: tools).output, encoding="ascii")
    shown = run.invoke(logs, ["show"], obj=lambda: tools).output
    assert shown.count("password.changed") == 4
    assert WHO not in shown
    with tools.database.transaction("identity") as stores:
        stores.identity.execute(delete(SecurityEntry).where(SecurityEntry.number > 1))
    found = run.invoke(logs, ["verify", "--heads", str(copy)], obj=lambda: tools)
    assert found.exit_code == 1
    assert "security: cut" in found.output
    copy.write_text("2026-11-22 security twelve\n", encoding="ascii")
    assert "not a head" in run.invoke(logs, ["verify", "--heads", str(copy)], obj=lambda: tools).output
