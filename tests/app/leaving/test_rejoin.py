"""Leave, keep the texts, and join again: until the quarter ends the newcomer's posts show the group only."""

from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.accounts import service
from app.accounts.models import Departed
from app.accounts.signin import password_cost
from app.clock import JAPAN, SetClock, today
from app.domains.rules import ScopeTooFine
from app.leaving.rules import Texts
from app.leaving.steps import leave
from app.processes import make_worker
from app.wiring import Toolbox
from privacy.anonymity import SUBJECT
from tests.app.questions.makers import ask, make_question, open_table_with, publish, set_profile
from tests.app.questions.test_crowd import COHO, TROUT, full, people
from tests.cast import ATTRIBUTES, PASSWORD, SUBJECTS, Cast, Person, come_in, signed_in, viewer_of

NEXT = datetime(2027, 1, 2, 12, tzinfo=JAPAN)


@pytest.fixture(autouse=True)
def few_keep_both(tools: Toolbox) -> None:
    """Enough keep either species, three keep both: who shows the one and then the other is one of the three."""
    open_table_with(tools, {SUBJECT: 0}, people=people(20, 20, 3))


def go(tools: Toolbox, person: Person, *, texts: Texts = "keep") -> None:
    """Post about the one species, wait until it is out, and leave."""
    set_profile(tools, person, subject=0)
    ask(tools, person, make_question(subject=TROUT, levels=full(tools, subject=0)))
    publish(tools)
    leave(tools, viewer_of(tools, person), texts=texts)


def come(tools: Toolbox, person: Person, *, mail: str = "") -> Person:
    """Join, as if for the first time."""
    with tools.database.transaction("identity", "keys") as stores:
        made = service.enrol(
            stores, tools.vault, organisation_id=person.organisation_id, mail=mail or person.mail, password=PASSWORD,
            attributes=ATTRIBUTES, subjects=SUBJECTS, cost=password_cost(tools.settings),
            today=today(tools.clock.now()),
        )  # fmt: skip
    come_in(tools, made.secret)
    again = replace(person, mail=mail or person.mail, member_id=made.member_id, secret=made.secret)
    set_profile(tools, again, subject=0)
    return again


def show_the_other(tools: Toolbox, person: Person) -> None:
    ask(tools, person, make_question(subject=COHO, levels=full(tools, subject=0)))


@pytest.mark.parametrize("texts", ["keep", "withdraw"])
def test_who_comes_back_in_the_quarter_shows_the_group_only(tools: Toolbox, cast: Cast, texts: Texts) -> None:
    go(tools, cast.alice, texts=texts)
    again = come(tools, cast.alice, mail="ALICE@mail.example")
    with pytest.raises(ScopeTooFine):
        show_the_other(tools, again)
    ask(tools, again, make_question(subject=COHO))


def test_without_the_mark_they_would_show_both(tools: Toolbox, cast: Cast) -> None:
    """The hole the mark is for."""
    go(tools, cast.alice)
    with tools.database.transaction("identity") as stores:
        stores.identity.execute(delete(Departed))
    show_the_other(tools, come(tools, cast.alice))


def test_a_newcomer_and_whoever_comes_in_the_next_quarter_show_what_they_chose(tools: Toolbox, cast: Cast) -> None:
    go(tools, cast.alice)
    show_the_other(tools, come(tools, cast.alice, mail="somebody@mail.example"))
    assert isinstance(tools.clock, SetClock)
    tools.clock.move(seconds=NEXT.timestamp() - tools.clock.now())
    show_the_other(tools, come(tools, cast.alice))


def test_leaving_twice_in_a_quarter_leaves_one_mark_and_the_quarters_end_takes_it(tools: Toolbox, cast: Cast) -> None:
    go(tools, cast.alice)
    leave(tools, viewer_of(tools, come(tools, cast.alice)), texts="keep")
    with tools.database.reading() as stores:
        assert len(stores.identity.scalars(select(Departed.id)).all()) == 1
    assert isinstance(tools.clock, SetClock)
    tools.clock.move(seconds=NEXT.timestamp() - tools.clock.now())
    worker = make_worker(tools)
    worker.start()
    worker.run_until_idle()
    with tools.database.reading() as stores:
        assert stores.identity.scalars(select(Departed.id)).all() == []


def test_the_pages_say_so(app: Flask, tools: Toolbox, cast: Cast) -> None:
    browser = signed_in(app, cast.alice)
    assert "四半期の終わりに消します" in browser.get("/leaving/leave").text
    assert "あなたのアドレスから作った、読めない印が一つ" in app.test_client().get("/who-sees-what").text
    go(tools, cast.alice)
    page = signed_in(app, come(tools, cast.alice)).get("/disclosure").text
    assert "今期は分類だけを出します" in page
    assert "やめてから加わり直したため" in page
