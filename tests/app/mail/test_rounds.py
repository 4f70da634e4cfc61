"""Few letters, at waking hours: gathered, capped, slower for whoever does not come, and as each member wished."""

from datetime import datetime

import pytest

from app.clock import JAPAN, SetClock
from app.mail.kinds import DAILY, HOURS, NOW, OFF, REFUSALS, WEEKLY
from app.mail.rounds import MORE_SILENT
from app.mail.wishes import Wishes, ready_at
from app.wiring import Toolbox
from tests.app.mail.counter import MAIL, Counter

LABELS = ["a" * 32, "b" * 32, "c" * 32]


@pytest.fixture
def counter(tools: Toolbox) -> Counter:
    """Friday, nine in the morning; three contacts of one address."""
    made = Counter(tools)
    for label in LABELS:
        made.contact(label)
    return made


def at(day: int, hour: int, minute: int = 0) -> float:
    return datetime(2026, 11, day, hour, minute, tzinfo=JAPAN).timestamp()


@pytest.mark.parametrize(
    ("frequency", "now", "ready"),
    [
        (NOW, at(20, 9, 10), at(20, 9, 10)),
        (HOURS, at(20, 9, 10), at(20, 12)), (HOURS, at(20, 23, 59), at(21, 0)),
        (DAILY, at(20, 6, 59), at(20, 7)), (DAILY, at(20, 7), at(21, 7)),
        (WEEKLY, at(20, 9), at(23, 7)), (WEEKLY, at(23, 6), at(23, 7)), (WEEKLY, at(23, 8), at(30, 7)),
    ],
)  # fmt: skip
def test_when_a_notice_is_ready(frequency: str, now: float, ready: float) -> None:
    assert ready_at(Wishes(), frequency, now) == ready


@pytest.mark.parametrize(("wakes", "sleeps", "awake"), [(7, 21, {7, 12, 20}), (20, 4, {20, 23, 3}), (5, 5, {0, 5, 23})])
def test_hours_of_the_day(wakes: int, sleeps: int, awake: set[int]) -> None:
    wishes = Wishes(wakes=wakes, sleeps=sleeps)
    found = {hour for hour in (0, 3, 4, 5, 7, 12, 20, 21, 23) if wishes.is_awake(datetime(2026, 1, 1, hour))}  # noqa: DTZ001
    assert awake <= found
    assert (wakes == sleeps) == (len(found) == 9)


def test_several_things_are_one_letter(counter: Counter) -> None:
    """Of several threads and kinds: nothing is said twice, and the next is a letter of its own an hour later."""
    for label in LABELS:
        counter.tell("answered", label)
    counter.tell("picked")
    assert counter.work() == [(20, 9, "several")]
    counter.tell("answered")
    assert counter.work() == [], "one letter a window"
    assert counter.wait(3) == [(20, 10, "answered")]


def test_what_others_get_stands_in_no_letter(counter: Counter) -> None:
    counter.contact("d" * 32, "carol@mail.example")
    counter.tell("answered")
    counter.tell("claim", "d" * 32)
    counter.work()
    assert {(letter.address, kind) for letter, (_, _, kind) in zip(counter.letters, counter.sent, strict=True)} == {
        (MAIL, "answered"),
        ("carol@mail.example", "claim"),
    }


def test_at_night_it_waits_for_the_morning(counter: Counter) -> None:
    assert counter.wait(12) == []
    counter.tell("answered")
    counter.tell("picked", urgent=True)
    assert counter.wait(12) == [(21, 7, "several")]


def test_an_urgent_question_comes_at_night_to_whoever_allowed_it(counter: Counter) -> None:
    counter.wish(Wishes(urgent=True))
    counter.wait(14)
    counter.tell("answered")
    counter.tell("picked", urgent=True)
    assert counter.work() == [(20, 23, "picked")]
    assert counter.wait(12) == [(21, 7, "answered")]


def test_all_else_comes_on_monday_morning(counter: Counter) -> None:
    counter.tell("other")
    assert counter.wait(72) == [(23, 7, "other")]


def test_each_kind_as_it_was_wished(counter: Counter) -> None:
    counter.wish(Wishes({"answered": OFF, "claim": HOURS, "scope": DAILY, "other": NOW}))
    counter.work()
    for kind in ("answered", "claim", "scope", "other"):
        counter.tell(kind)
    assert counter.work() == [(20, 9, "other")]
    assert counter.wait(24) == [(20, 12, "claim"), (21, 7, "scope")]


def test_what_waits_obeys_a_new_wish(counter: Counter) -> None:
    counter.tell("other")
    counter.work()
    counter.wish(Wishes({"other": OFF}))
    assert counter.wait(72) == []


def test_questions_that_come_are_one_letter_a_day_and_five_a_week(counter: Counter) -> None:
    """A fortnight of a question every three hours; the cap is the address's, whichever inbox it came to."""
    sent = []
    for turn in range(14 * 8):
        counter.tell("picked", LABELS[turn % 3])
        counter.see()
        sent += counter.wait(3, step=3)
    days = [day for day, _, kind in sent if kind == "picked"]
    assert len(sent) == len(days) == len(set(days))
    ordinals = [day if day >= 20 else day + 30 for day in days]
    assert max(sum(first <= day < first + 7 for day in ordinals) for first in ordinals) == 5
    assert len(days) >= 9


def test_the_cap_holds_up_nothing_else(counter: Counter) -> None:
    counter.tell("picked")
    assert counter.work() == [(20, 9, "picked")]
    counter.tell("picked")
    counter.tell("answered")
    assert counter.wait(5) == [(20, 10, "answered")]
    assert counter.wait(18) == [(21, 7, "picked")]


def test_silence_makes_letters_rare_and_then_ends_them_and_each_is_said_once(counter: Counter) -> None:
    silence = counter.tools.settings.mail_silence
    kinds = []
    for _ in range(12 * 7):
        counter.tell("answered")
        kinds += [kind for _, _, kind in counter.wait(24, step=12)]
    assert kinds == ["answered"] * (silence - 1) + ["slower"] + ["answered"] * (MORE_SILENT - 1) + ["stopping"]


def test_being_there_brings_them_back(counter: Counter) -> None:
    for _ in range(12 * 7):
        counter.tell("answered")
        counter.wait(24, step=24)
    assert counter.entry().pace == "stopped"
    counter.see()
    assert counter.wait(24 * 7, step=12) == []
    counter.tell("answered")
    assert [kind for _, _, kind in counter.wait(24)] == ["answered"]


def test_who_comes_now_and_then_is_never_slowed(counter: Counter) -> None:
    for day in range(60):
        if day % 7 == 0:
            counter.see()
        counter.tell("picked")
        counter.wait(24, step=24)
    assert {kind for _, _, kind in counter.sent} == {"picked"}


def test_an_address_that_refuses_for_good_is_written_to_no_more(counter: Counter) -> None:
    counter.refuses = True
    for _ in range(REFUSALS):
        counter.tell("answered")
        counter.wait(1)
    assert counter.entry().refused == REFUSALS
    assert counter.jobs() == [], "nothing is tried again"
    counter.refuses = False
    counter.tell("answered")
    assert counter.wait(24) == []
    counter.wish(Wishes())
    counter.work()
    counter.tell("answered")
    assert len(counter.wait(24)) == 1, "whoever saves their settings is tried again"


def test_one_letter_taken_forgets_the_refusals(counter: Counter) -> None:
    for refuses in (True, True, False, True, True):
        counter.refuses = refuses
        counter.tell("answered")
        counter.wait(1)
    counter.refuses = False
    counter.tell("answered")
    assert len(counter.wait(1)) == 1


def test_a_contact_that_ended_while_its_notice_waited_gets_nothing(counter: Counter) -> None:
    from app.mail.contacts import end_contacts

    counter.tell("other", LABELS[0])
    counter.tell("other", LABELS[1])
    counter.work()
    with counter.tools.database.transaction("content") as stores:
        end_contacts(stores, [LABELS[0]])
    assert len(counter.wait(72)) == 1
    counter.tell("other", LABELS[2])
    counter.work()
    with counter.tools.database.transaction("content") as stores:
        end_contacts(stores, LABELS)
    assert counter.wait(24 * 8) == []


def test_stopped_anywhere_no_letter_is_lost_and_none_is_written_twice(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The book and the letters of a round are one transaction; what is sent again keeps its Message-ID."""
    from app.mail import office

    counter.tell("answered")

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(office, "write_book", stopped)
        with pytest.raises(KeyboardInterrupt):
            counter.office.worker().run_until_idle()
    assert [kind for kind, _ in counter.jobs()] == ["notice"]
    assert isinstance(counter.tools.clock, SetClock)
    counter.tools.clock.move(hours=3)  # the lease of the stopped process is over
    assert [kind for _, _, kind in counter.work()] == ["answered"]
    assert counter.jobs() == []
