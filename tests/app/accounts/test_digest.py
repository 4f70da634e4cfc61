"""Letters at 06:00 and 18:00, news or not: the same words for everybody, so that they tell nothing."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.digest import next_turn
from app.accounts.models import Member
from app.clock import JAPAN, SetClock
from app.jobs.models import Job
from app.keyfiles import KeyFolder
from app.mail.office import PostOffice
from app.mail.relays import OutboxRelay
from app.wiring import Toolbox
from tests.app.questions.makers import published
from tests.app.queues.stage import work
from tests.cast import Cast, Person, post, signed_in


def at(hour: int, minute: int = 0, day: int = 20) -> float:
    return datetime(2026, 11, day, hour, minute, tzinfo=JAPAN).timestamp()


def choose(app: Flask, person: Person, wanted: str = "1") -> None:
    browser = signed_in(app, person)
    assert post(browser, "/account/digest", {"wanted": wanted}, page="/account").status_code == 303


def sent(tools: Toolbox, clock: SetClock, seconds: float) -> list[dict[str, str]]:
    """Move the clock there, let worker and post office do what is due, and empty the outbox."""
    clock.seconds = seconds
    work(tools)
    relay = OutboxRelay(tools.settings.data_dir / "outbox")
    private = KeyFolder(tools.settings.key_folder).post_office().private
    PostOffice(tools, lambda: [private], relay).worker().run_until_idle()
    letters = relay.letters()
    for path in relay.folder.glob("*.json"):
        path.unlink()
    assert len({letter["unsubscribe"] for letter in letters}) == len(letters), "every link is another"
    return [{key: text.replace(letter["unsubscribe"], "LINK") for key, text in letter.items()} for letter in letters]


@pytest.mark.parametrize(
    ("now", "turn"),
    [(at(5, 59), at(6)), (at(6), at(18)), (at(9), at(18)), (at(17, 59), at(18)), (at(18), at(6, day=21)),
     (at(23), at(6, day=21))],
)  # fmt: skip
def test_the_next_turn(now: float, turn: float) -> None:
    assert next_turn(now) == turn


def test_it_comes_at_six_and_six_with_news_or_without(app: Flask, tools: Toolbox, cast: Cast, clock: SetClock) -> None:
    choose(app, cast.alice)
    assert sent(tools, clock, at(17, 50)) == []
    quiet = sent(tools, clock, at(18, 5))
    assert [letter["to"] for letter in quiet] == [cast.alice.mail]
    published(tools, cast.bob)
    work(tools)
    busy = sent(tools, clock, at(6, 5, day=21))
    assert busy == quiet, "the letter differs when there is something to read"
    assert sent(tools, clock, at(12, day=21)) == []
    assert sent(tools, clock, at(18, 0, day=21)) == quiet


def test_the_same_letter_goes_to_everybody_who_chose_it_and_to_nobody_else(
    app: Flask, tools: Toolbox, cast: Cast, clock: SetClock
) -> None:
    for person in (cast.alice, cast.bob, cast.carol):
        choose(app, person)
    choose(app, cast.carol, "")
    letters = sent(tools, clock, at(18))
    assert sorted(letter["to"] for letter in letters) == [cast.alice.mail, cast.bob.mail]
    assert len({(letter["subject"], letter["body"]) for letter in letters}) == 1


def test_who_pauses_gets_none_and_gets_them_again(app: Flask, tools: Toolbox, cast: Cast, clock: SetClock) -> None:
    choose(app, cast.alice)
    choose(app, cast.bob)
    post(signed_in(app, cast.alice), "/leaving/pause", page="/leaving")
    assert [letter["to"] for letter in sent(tools, clock, at(18))] == [cast.bob.mail]
    post(signed_in(app, cast.alice), "/leaving/resume", page="/leaving")
    assert len(sent(tools, clock, at(6, day=21))) == 2


def test_a_turn_that_was_missed_is_left_out(app: Flask, tools: Toolbox, cast: Cast, clock: SetClock) -> None:
    """A letter in the middle of the night would be another one than everybody knows."""
    choose(app, cast.alice)
    assert sent(tools, clock, at(21)) == []
    assert len(sent(tools, clock, at(6, day=21))) == 1


def test_one_job_whoever_chooses_and_none_when_nobody_does(
    app: Flask, tools: Toolbox, cast: Cast, clock: SetClock
) -> None:
    for person in (cast.alice, cast.bob):
        choose(app, person)
        choose(app, person)

    def jobs() -> int:
        with tools.database.reading() as stores:
            return len(stores.content.scalars(select(Job.id).where(Job.kind == "digest")).all())

    assert jobs() == 1
    for person in (cast.alice, cast.bob):
        choose(app, person, "")
    assert sent(tools, clock, at(18)) == []
    assert jobs() == 0


def test_nobody_has_it_unasked(app: Flask, tools: Toolbox, cast: Cast, clock: SetClock) -> None:
    assert "朝夕のメールを受け取る" in signed_in(app, cast.alice).get("/account").text
    assert sent(tools, clock, at(18)) == []


def test_the_row_says_nothing_of_it(app: Flask, tools: Toolbox, cast: Cast) -> None:
    def lengths() -> set[int]:
        with tools.database.reading() as stores:
            return {len(one) for one in stores.identity.scalars(select(Member.sealed))}

    before = lengths()
    choose(app, cast.alice)
    assert lengths() == before


def test_a_row_that_does_not_open_keeps_the_letters_from_nobody_else(
    app: Flask, tools: Toolbox, cast: Cast, clock: SetClock
) -> None:
    choose(app, cast.alice)
    choose(app, cast.bob)
    with tools.database.transaction("identity") as stores:
        row = stores.identity.get_one(Member, cast.bob.member_id)
        row.sealed = bytes([row.sealed[0]]) + bytes(len(row.sealed) - 1)
    assert [letter["to"] for letter in sent(tools, clock, at(18))] == [cast.alice.mail]


def test_a_turn_that_failed_for_good_ends_no_other(app: Flask, tools: Toolbox, cast: Cast, clock: SetClock) -> None:
    choose(app, cast.alice)
    with tools.database.transaction("content") as stores:
        for job in stores.content.scalars(select(Job).where(Job.kind == "digest")):
            job.state = "dead"
    assert sent(tools, clock, at(18)) == []
    work(tools)
    assert len(sent(tools, clock, at(6, day=21))) == 1
