"""Pause: no offers, no mail, nothing lost; back with one tap."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import departure
from app.accounts.identity import open_identity
from app.accounts.identity import state_of as state_of_row
from app.accounts.models import Member
from app.accounts.population import population
from app.clock import SetClock, today
from app.keyfiles import KeyFolder
from app.leaving import pausing
from app.mail.models import Contact
from app.mail.office import PostOffice
from app.mail.relays import OutboxRelay
from app.mail.service import notify
from app.queues import experts
from app.queues.models import Expert
from app.queues.service import set_contact
from app.wiring import Toolbox
from tests.app.leaving.stage import box_of
from tests.app.questions.makers import ask, publish, published
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, Person, post, sign_in, signed_in, viewer_of


def state_of(tools: Toolbox, person: Person) -> str:
    with tools.database.reading() as stores:
        row = stores.identity.get_one(Member, person.member_id)
        return state_of_row(row, open_identity(tools.vault.data_key(stores, row.key_id), row))


def notices(tools: Toolbox) -> int:
    """An hour later, write to every contact there is; how many letters came of it: one an address."""
    assert isinstance(tools.clock, SetClock)
    tools.clock.move(hours=1)
    with tools.database.transaction("content") as stores:
        for label in stores.content.scalars(select(Contact.label)):
            notify(stores, tools.vault, label=label, kind="answered", due=tools.window)
    relay, keys = OutboxRelay(tools.settings.data_dir / "outbox"), KeyFolder(tools.settings.key_folder)
    office = PostOffice(tools, keys.post_office_privates, relay)
    office.worker().run_until_idle()
    sent = len(relay.letters())
    for path in relay.folder.glob("*.json"):
        path.unlink()
    return sent


def handle_of(tools: Toolbox, person: Person) -> str:
    return experts.handles_of(viewer_of(tools, person))["rainbow-trout"]


def boxes(tools: Toolbox) -> dict[str, bytes]:
    with tools.database.reading() as stores:
        return {row.label: row.box for row in stores.content.scalars(select(Contact))}


def rest(app: Flask, person: Person) -> None:
    assert post(signed_in(app, person), "/leaving/pause", page="/leaving").status_code == 303


def come_back(app: Flask, person: Person) -> None:
    assert post(signed_in(app, person), "/leaving/resume", page="/leaving").status_code == 303


@pytest.fixture
def bob(tools: Toolbox, cast: Cast) -> Person:
    """An expert with mail, who has asked and is told of answers."""
    opt_in(tools, cast.bob)
    box = box_of(tools, cast.bob)
    with tools.database.transaction("content") as stores:
        set_contact(stores, label=handle_of(tools, cast.bob), box=box)
    published(tools, cast.bob, contact=box)
    return cast.bob


def test_nothing_is_offered_and_nothing_can_be_mailed(app: Flask, tools: Toolbox, cast: Cast, bob: Person) -> None:
    assert notices(tools) == 1
    assert len(boxes(tools)) == 2
    rest(app, bob)
    assert state_of(tools, bob) == "paused"
    assert notices(tools) == 0
    ask_question(tools, cast.alice)
    work(tools, hours=30)
    assert offers_of(tools, bob) == []


def test_back_with_one_tap_and_everything_where_it_was(app: Flask, tools: Toolbox, cast: Cast, bob: Person) -> None:
    before, handle = boxes(tools), handle_of(tools, bob)
    with tools.database.reading() as stores:
        profile = experts.find_profile(stores, tools.vault, handle)
    rest(app, bob)
    come_back(app, bob)
    assert state_of(tools, bob) == "active"
    assert boxes(tools) == before
    assert notices(tools) == 1
    with tools.database.reading() as stores:
        assert experts.find_profile(stores, tools.vault, handle) == profile
    ask_question(tools, cast.alice)
    work(tools, hours=4)
    assert offers_of(tools, bob)


def test_signing_in_asks_whether_to_come_back(app: Flask, tools: Toolbox, bob: Person) -> None:
    rest(app, bob)
    browser = app.test_client()
    assert sign_in(browser, bob).location == "/leaving"
    page = browser.get("/leaving").text
    assert "どうぞごゆっくり" in page
    assert "もどる" in page
    assert browser.get("/threads").status_code == 200, "reading is allowed"
    assert "お休み中です" in browser.get("/threads").text
    post(browser, "/leaving/resume", page="/leaving")
    assert "お休み中です" not in browser.get("/threads").text


def test_who_pauses_writes_nothing(app: Flask, tools: Toolbox, cast: Cast, bob: Person) -> None:
    thread_id = published(tools, cast.alice)
    rest(app, bob)
    browser = signed_in(app, bob)
    for path, page, data in (
        (f"/threads/{thread_id}/answer", f"/threads/{thread_id}", {"text": "休みながらの回答です。", "token": "x"}),
        ("/queue/settings/rainbow-trout", "/queue/settings", {"capacity": "5"}),
    ):
        assert post(browser, path, dict(data), page=page).location == "/leaving"
    with tools.database.reading() as stores:
        profile = experts.find_profile(stores, tools.vault, handle_of(tools, bob))
        assert profile is not None
        assert (profile.capacity, profile.away_until) == (3, pausing.FAR)


@pytest.mark.parametrize("path", ["/ask", "/ideas/new", "/articles/new"])
def test_that_nothing_is_written_now_is_said_before_it_is_written(app: Flask, bob: Person, path: str) -> None:
    rest(app, bob)
    browser = signed_in(app, bob)
    response = browser.get(path)
    assert (response.status_code, response.location) == (303, "/leaving")
    assert "もどってからにしましょう" in browser.get("/leaving").text
    come_back(app, bob)
    assert signed_in(app, bob).get(path).status_code == 200


def test_no_form_stands_where_it_would_be_refused(app: Flask, tools: Toolbox, cast: Cast, bob: Person) -> None:
    thread_id = published(tools, cast.alice)
    assert 'name="text"' in signed_in(app, bob).get(f"/threads/{thread_id}").text
    rest(app, bob)
    page = signed_in(app, bob).get(f"/threads/{thread_id}")
    assert page.status_code == 200
    assert 'name="text"' not in page.text


def test_what_was_begun_is_kept_while_one_pauses(app: Flask, bob: Person) -> None:
    browser = signed_in(app, bob)
    typed = {"title": "餌を替える時期を知りたいです", "field_situation": "水温が下がってきました。"}
    rest(app, bob)
    assert post(browser, "/ask/draft", dict(typed), page="/leaving").location == "/ask"
    come_back(app, bob)
    assert typed["title"] in signed_in(app, bob).get("/ask").text


def test_a_contact_that_comes_out_meanwhile_rests_too(app: Flask, tools: Toolbox, bob: Person) -> None:
    ask(tools, bob, contact=box_of(tools, bob))
    rest(app, bob)
    publish(tools)
    assert len(boxes(tools)) == 3
    assert notices(tools) == 0
    come_back(app, bob)
    assert notices(tools) == 1


def test_only_ones_own_address_rests(app: Flask, tools: Toolbox, cast: Cast, bob: Person) -> None:
    published(tools, cast.carol, contact=box_of(tools, cast.carol))
    rest(app, bob)
    assert notices(tools) == 1


def test_no_contact_and_no_clear_word_moves(app: Flask, tools: Toolbox, bob: Person) -> None:
    """Two copies of the files, of before and of after: which contacts are one member's is not in them."""

    def clear() -> tuple[dict[str, bytes], list[tuple[str, str]], set[str]]:
        with tools.database.reading() as stores:
            members = [(row.id, row.state) for row in stores.identity.scalars(select(Member).order_by(Member.id))]
            return boxes(tools), members, set(stores.content.scalars(select(Expert.handle)))

    before = clear()
    rest(app, bob)
    assert clear() == before
    come_back(app, bob)
    assert clear() == before


def test_stopped_between_its_two_halves_it_is_done_again(app: Flask, tools: Toolbox, bob: Person) -> None:
    """Noted as paused but nothing set away: pressing again completes it, and loses nothing of what was."""
    before = boxes(tools)
    with tools.database.transaction("identity") as stores:
        departure.pause(stores, tools.vault, member_id=bob.member_id)
    rest(app, bob)
    rest(app, bob)
    assert notices(tools) == 0
    come_back(app, bob)
    assert boxes(tools) == before
    assert notices(tools) == 1
    with tools.database.reading() as stores:
        profile = experts.find_profile(stores, tools.vault, handle_of(tools, bob))
    assert profile is not None
    assert profile.away_until == 0


def test_who_pauses_is_in_no_crowd(app: Flask, tools: Toolbox, bob: Person) -> None:
    def crowd() -> set[str]:
        with tools.database.reading() as stores:
            found = population(stores, tools.vault, tools.trade, today=today(tools.clock.now()))
        return {one.key for one in found}

    assert bob.member_id in crowd()
    rest(app, bob)
    assert bob.member_id not in crowd()


@pytest.mark.parametrize("name", ["grace", "frank"])
def test_only_members_pause(app: Flask, tools: Toolbox, cast: Cast, name: str) -> None:
    browser = signed_in(app, cast[name])
    assert "しばらく休む" not in browser.get("/leaving").text
    assert post(browser, "/leaving/pause", page="/account").status_code == 403
    assert state_of(tools, cast[name]) != "paused"
