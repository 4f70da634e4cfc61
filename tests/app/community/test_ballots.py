"""Ballots and consents: one a member, found by nobody else; silence is no."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.clock import today
from app.community import ballots, consents
from app.community.models import Ballot, Consent
from app.community.places import tag_at
from app.errors import Forbidden, NotThere
from app.inbox.labels import own_labels
from app.jobs.models import Job
from app.mail.models import Contact
from app.notices.models import Note
from app.notices.service import tell
from app.questions.lockers import OWNER
from app.wiring import Toolbox
from tests.app.community.makers import opened
from tests.cast import Cast, Person, viewer_of

IDEA = "a" * 32


def vote(tools: Toolbox, person: Person, object: str = IDEA, **more: object) -> str:
    with tools.database.transaction("content") as stores:
        viewer = viewer_of(tools, person)
        note = {"circle": viewer.circle}
        return ballots.cast(stores, tools.vault, viewer=viewer, purpose="idea", object=object, note=note, **more)  # type: ignore[arg-type]


def test_one_a_member_and_nobody_elses(tools: Toolbox, cast: Cast) -> None:
    label = vote(tools, cast.alice, contact=b"box")
    assert vote(tools, cast.alice) == label
    vote(tools, cast.bob)
    vote(tools, cast.bob, "b" * 32)
    with tools.database.reading() as stores:
        assert ballots.count(stores, purpose="idea", objects=[IDEA, "b" * 32, "c" * 32]) == {
            IDEA: 2, "b" * 32: 1, "c" * 32: 0,
        }  # fmt: skip
        notes = ballots.notes_on(stores, tools.vault, purpose="idea", object=IDEA)
        assert [one for one, _ in notes] == sorted(one for one, _ in notes)
        assert ballots.has_cast(stores, viewer=viewer_of(tools, cast.alice), purpose="idea", object=IDEA)
        assert not ballots.has_cast(stores, viewer=viewer_of(tools, cast.dave), purpose="idea", object=IDEA)
        assert label in own_labels(stores, tools.trade, cast.alice.secret).tags
        assert label not in own_labels(stores, tools.trade, cast.bob.secret).tags
        assert len({len(row.sealed) for row in stores.content.scalars(select(Ballot))}) == 1
    for person in (cast.frank, cast.grace):
        with pytest.raises(Forbidden):
            vote(tools, person)


def test_taken_back_it_takes_mail_and_notes_along(tools: Toolbox, cast: Cast) -> None:
    label = vote(tools, cast.alice, contact=b"box")
    viewer = viewer_of(tools, cast.alice)
    with tools.database.transaction("content") as stores:
        tell(stores, tools.vault, label=label, kind="resting", due=tools.window)
        for wanted in (True, False):
            assert ballots.retract(stores, tools.vault, viewer=viewer, purpose="idea", object=IDEA) is wanted
    with tools.database.reading() as stores:
        for table in (Ballot, Contact, Note):
            assert stores.content.scalars(select(table)).all() == []
        assert ballots.own_ballots(stores, cast.alice.secret) == []


@pytest.fixture
def asked(tools: Toolbox, cast: Cast) -> str:
    """Alice is asked about something she wrote."""
    place = opened(tools, cast.alice)
    with tools.database.transaction("content") as stores:
        consents.ask(
            stores, tools.vault, about=IDEA, label=tag_at(cast.alice.secret, place, OWNER), kind="article",
            words={"scope": "all"}, today=today(tools.clock.now()), then="answered-consent",
        )  # fmt: skip
    return place


def _states(tools: Toolbox) -> list[tuple[str, str]]:
    with tools.database.reading() as stores:
        return [(one.state, one.note) for one in consents.states(stores, tools.vault, IDEA)]


def _answer(tools: Toolbox, person: Person, place: str, word: str, note: str = "") -> None:
    with tools.database.transaction("content") as stores:
        row = stores.content.scalars(select(Consent)).one()
        consents.answer(
            stores, tools.vault, viewer=viewer_of(tools, person), consent_id=row.id, word=word, note=note,  # type: ignore[arg-type]
            window=tools.window, label_place=place,
        )  # fmt: skip


def test_only_who_was_asked_answers_and_may_say_otherwise(tools: Toolbox, cast: Cast, asked: str) -> None:
    for person, place in ((cast.bob, asked), (cast.dave, asked), (cast.alice, "c" * 32)):
        with pytest.raises(NotThere):
            _answer(tools, person, place, "yes")
    _answer(tools, cast.alice, asked, "change", "数字をぼかしてください")
    assert _states(tools) == [("change", "数字をぼかしてください")]
    _answer(tools, cast.alice, asked, "yes")
    assert _states(tools) == [("yes", "")]
    with pytest.raises(NotThere):
        _answer(tools, cast.alice, asked, "maybe")
    with tools.database.reading() as stores:
        kinds = [job.kind for job in stores.content.scalars(select(Job)) if job.kind == "answered-consent"]
    assert len(kinds) == 2


def _say(tools: Toolbox, person: Person, place: str, word: str, heard: int) -> None:
    with tools.database.transaction("content") as stores:
        row = stores.content.scalars(select(Consent)).one()
        consents.answer(
            stores, tools.vault, viewer=viewer_of(tools, person), consent_id=row.id, word=word, note=word,  # type: ignore[arg-type]
            window=heard, label_place=place,
        )  # fmt: skip


def _known(tools: Toolbox, window: int) -> tuple[str, str]:
    with tools.database.reading() as stores:
        (one,) = consents.states(stores, tools.vault, IDEA, window=window)
        return one.state, one.note


def test_others_hear_a_word_in_its_window_and_of_two_the_last(tools: Toolbox, cast: Cast, asked: str) -> None:
    _say(tools, cast.alice, asked, "yes", heard=8)
    assert [_known(tools, window) for window in (7, 8)] == [("asked", ""), ("yes", "yes")]
    _say(tools, cast.alice, asked, "change", heard=24)
    _say(tools, cast.alice, asked, "no", heard=12)  # the network has grown, and publishes more often
    assert [_known(tools, window) for window in (11, 12)] == [("yes", "yes"), ("no", "no")]


def test_a_consent_of_an_older_version_says_what_was_said(tools: Toolbox, cast: Cast, asked: str) -> None:
    with tools.database.transaction("content") as stores:
        row = stores.content.scalars(select(Consent)).one()
        old = {"kind": "article", "words": {}, "day": row.due_day - consents.DAYS, "note": "よいです", "then": ""}
        row.state, row.sealed = "yes", tools.vault.seal(old, table="consents", column="sealed", row=row.id, pad=consents.PAD)  # fmt: skip
    assert _known(tools, 0) == ("yes", "よいです")
    _say(tools, cast.alice, asked, "no", heard=8)
    assert [_known(tools, window) for window in (7, 8)] == [("yes", "よいです"), ("no", "no")]


def test_silence_of_fourteen_days_is_no(tools: Toolbox, cast: Cast, asked: str) -> None:
    start = today(tools.clock.now())
    for days, silent in ((14, False), (15, True)):
        with tools.database.transaction("content") as stores:
            assert consents.has_lapsed(stores, today=start + timedelta(days)) is silent
            assert consents.lapse(stores, tools.vault, today=start + timedelta(days), window=tools.window) == silent
    assert _states(tools) == [("silent", "")]
    with pytest.raises(NotThere):
        _answer(tools, cast.alice, asked, "yes")


@pytest.mark.parametrize(("said", "keep", "then"), [("yes", True, "yes"), ("yes", False, "no"), ("", True, "no")])
def test_who_leaves_agrees_to_nothing_more(
    tools: Toolbox, cast: Cast, asked: str, said: str, keep: bool, then: str
) -> None:
    if said:
        _answer(tools, cast.alice, asked, said, "ひとこと")
    with tools.database.transaction("content") as stores:
        tag = tag_at(cast.alice.secret, asked, OWNER)
        consents.withdraw(stores, tools.vault, label=tag, window=tools.window, keep=keep)
    assert _states(tools) == [(then, "")]
