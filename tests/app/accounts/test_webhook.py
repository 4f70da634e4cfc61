"""A member's own machine: who may set it, what it takes, what is kept of it and where, and what a page never says."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts import webhook
from app.accounts.identity import PAD, Identity, open_identity, seal_identity
from app.accounts.models import Member
from app.errors import NotThere
from app.jobs.models import Job
from app.keyfiles import KeyFolder
from app.logs.models import SecurityEntry
from app.mail.endpoints import LONGEST
from app.mail.models import Contact
from app.mail.opening import Opener
from app.wiring import Toolbox
from tests.app.accounts.test_address import NEW, move
from tests.app.accounts.test_fresh_start import start_afresh
from tests.app.leaving.stage import box_of
from tests.app.mail.counter import Counter
from tests.app.mail.machines import Machines
from tests.app.mail.test_hook_changes import boxes
from tests.app.pages.thieves import file_of
from tests.cast import Cast, Person, post, signed_in

URL = "https://hooks.member.example/shiome?key=hunter2"
PAGE = "/account/webhook"


def set_up(client: FlaskClient, person: Person, url: str = URL) -> str:
    """Set an address; the secret, as its page shows it."""
    answer = post(client, PAGE, {"url": url, "current": person.password})
    assert (answer.status_code, answer.location) == (303, "/account/webhook/secret")
    (secret,) = re.findall(r"whsec_[\w+/=]+", client.get(answer.location).text)
    return str(secret)


def orders(tools: Toolbox) -> list[dict[str, Any]]:
    """What was asked of the post office, opened as it would."""
    opener = Opener(KeyFolder(tools.settings.key_folder).post_office_privates)
    with tools.database.reading() as stores:
        rows = [(row.id, row.sealed) for row in stores.content.scalars(select(Job).where(Job.kind == "order"))]
    found = [tools.vault.open(sealed, table="jobs", column="sealed", row=row) for row, sealed in rows]
    return [opener.find(bytes.fromhex(one["box"])) for one in found]


def identity_of(tools: Toolbox, person: Person) -> Identity:
    with tools.database.reading() as stores:
        member = stores.identity.get_one(Member, person.member_id)
        return open_identity(tools.vault.data_key(stores, member.key_id), member)


def office_of(tools: Toolbox) -> tuple[Counter, Machines]:
    counter, machines = Counter(tools), Machines()
    counter.office.poster = machines
    return counter, machines


def test_works(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    assert PAGE in client.get("/account").text
    assert "いまの届け先" not in client.get(PAGE).text
    secret = set_up(client, cast.alice, f" {URL} ")
    (order,) = orders(tools)
    assert (order["do"], order["address"]) == ("hook", cast.alice.mail)
    assert (order["hook"]["url"], order["hook"]["secret"]) == (URL, secret)
    page = client.get(PAGE).text
    assert "hooks.member.example" in page
    assert "hunter2" not in page, "the name alone"
    with tools.database.reading() as stores:
        assert list(stores.identity.scalars(select(SecurityEntry.event))).count("webhook.changed") == 1


def test_the_secret_is_shown_until_it_is_kept_and_stands_nowhere_else(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    secret = set_up(client, cast.alice)
    assert secret in client.get("/account/webhook/secret").text, "a page loaded twice loses nothing"
    steps = client.get_cookie("__Host-shiome-steps")
    assert steps
    other = signed_in(app, cast.bob)
    other.set_cookie("__Host-shiome-steps", steps.value, secure=True, path="/")
    assert other.get("/account/webhook/secret").location == PAGE, "for one session"
    assert post(client, "/account/webhook/secret/kept", page=PAGE).location == PAGE
    assert client.get("/account/webhook/secret").location == PAGE
    assert secret not in client.get(PAGE).text
    assert secret not in str(identity_of(tools, cast.alice))
    for store in ("identity", "keys", "content"):
        for canary in (secret, URL, "hooks.member.example", "hunter2"):
            assert canary.encode() not in file_of(tools, store)


def test_the_secret_is_shown_for_ten_minutes(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    set_up(client, cast.alice)
    tools.clock.move(seconds=601)  # type: ignore[attr-defined]
    assert client.get("/account/webhook/secret").location == PAGE


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"current": "ちがうことばです"}, "current"), ({"current": ""}, "current"), ({"url": ""}, "url"),
        ({"url": "http://hooks.member.example/"}, "url"), ({"url": "https://127.0.0.1/"}, "url"),
        ({"url": "https://a:b@hooks.member.example/"}, "url"), ({"url": "https://localhost:8443/"}, "url"),
        ({"url": "https://shiome.example/"}, "url"), ({"url": "https://hooks.member.example:22/"}, "url"),
        ({"url": f"https://hooks.member.example/{'a' * LONGEST}"}, "url"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_the_field(
    app: Flask, tools: Toolbox, cast: Cast, fields: Mapping[str, str], wrong: str
) -> None:
    client = signed_in(app, cast.alice)
    answer = post(client, PAGE, {"url": URL, "current": cast.alice.password, **fields})
    assert answer.status_code == 422
    assert f'id="f-{wrong}-error"' in answer.text
    assert orders(tools) == []
    assert identity_of(tools, cast.alice).hook == ""


@pytest.mark.parametrize("path", [PAGE, "/account/webhook/secret", "/account/webhook/test", "/account/webhook/remove"])
@pytest.mark.parametrize("name", ["frank", "heidi", "oscar", "grace"])
def test_for_members_alone(app: Flask, cast: Cast, name: str, path: str) -> None:
    client = signed_in(app, cast[name])
    assert client.get(path).status_code in (403, 405)
    assert post(client, path, {}, page="/account").status_code in (403, 405)


@pytest.mark.parametrize("path", ["/account/webhook/test", "/account/webhook/remove", "/account/webhook/secret/kept"])
def test_get_changes_nothing(app: Flask, cast: Cast, path: str) -> None:
    assert signed_in(app, cast.alice).get(path).status_code == 405


def test_a_thief_of_the_mailbox_leads_nothing_away(app: Flask, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    """Who began afresh with somebody's mail neither sees where their machine is nor changes it."""
    set_up(signed_in(app, cast.alice), cast.alice)
    thief = app.test_client()
    start_afresh(thief, tools, tmp_path, cast.alice)
    page = thief.get(PAGE).text
    assert "いまは変えられません" in page
    assert 'name="url"' not in page
    assert "hooks.member.example" not in page
    before = identity_of(tools, cast.alice)
    for path in (PAGE, "/account/webhook/test", "/account/webhook/remove"):
        fields: dict[str, object] = {"url": "https://thief.example/", "current": cast.alice.password}
        assert post(thief, path, fields, page="/account").status_code == 403
    assert identity_of(tools, cast.alice).hook == before.hook == URL


# ---------------------------------------------------------------- what becomes of notices


def test_contacts_that_are_out_follow_and_no_box_is_touched(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """Set, changed, removed, with another mail address in between; the boxes of members stay, byte for byte."""
    with tools.database.transaction("content") as stores:
        for number, person in enumerate((cast.alice, cast.bob, cast.alice)):
            stores.content.add(Contact(label=f"{number}" * 32, box=box_of(tools, person)))
    counter, machines = office_of(tools)
    before, client = boxes(counter), signed_in(app, cast.alice, own_phone=True)

    def told() -> list[str]:
        """Where a notice to each contact went."""
        mails, calls = len(counter.letters), len(machines.got)
        for label in "012":
            counter.tell("answered", label * 32)
        counter.wait(1)
        return sorted([one.address for one in counter.letters[mails:]] + [url for url, _, _ in machines.got[calls:]])

    assert told() == [cast.alice.mail, cast.bob.mail]
    set_up(client, cast.alice)
    assert told() == [cast.bob.mail, URL]
    set_up(client, cast.alice, "https://other.member.example/")
    assert told() == [cast.bob.mail, "https://other.member.example/"]
    counter.work()
    alice = move(client, tools, cast.alice, NEW)
    counter.work()  # the letter to the old address
    assert told() == [cast.bob.mail, "https://other.member.example/"]
    assert post(client, "/account/webhook/remove", page=PAGE).location == PAGE
    assert told() == [cast.bob.mail, alice.mail]
    assert boxes(counter) == before


def test_a_box_made_afterwards_says_nothing_of_it_either(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """To the post office's key alone the book tells; a contact says what it said before."""
    opener = Opener(KeyFolder(tools.settings.key_folder).post_office_privates)
    before = box_of(tools, cast.alice)
    set_up(signed_in(app, cast.alice), cast.alice)
    after = box_of(tools, cast.alice)
    assert len(before) == len(after)
    assert opener.find(before) == opener.find(after)


def test_a_test_is_sent_a_few_times_a_day(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    assert post(client, "/account/webhook/test", page=PAGE).status_code == 404, "there is none"
    counter, machines = office_of(tools)
    for number in range(7):
        tools.clock.move(seconds=120)  # type: ignore[attr-defined]
        set_up(client, cast.alice, f"https://n{number}.member.example/")
        assert post(client, "/account/webhook/test", page=PAGE).location == PAGE
        counter.work()
    assert machines.kinds == ["test"] * 5
    assert "あした" in client.get(PAGE).text


def test_the_later_word_counts_also_after_a_backup(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """A row that went back to an older state says higher numbers than the post office has heard, from the next window on."""
    client = signed_in(app, cast.alice, own_phone=True)
    for number in range(3):
        set_up(client, cast.alice, f"https://n{number}.member.example/")
    counter, _ = office_of(tools)
    counter.work()
    turns = [counter.entry(cast.alice.mail).hook.turn]
    with tools.database.transaction("identity") as stores:
        row = stores.identity.get_one(Member, cast.alice.member_id)
        row.sealed = seal_identity(
            tools.vault.data_key(stores, row.key_id),
            replace(identity_of(tools, cast.alice), hook="", hook_turn=0),
            row.id,
        )
    tools.clock.move(hours=1)  # type: ignore[attr-defined]
    set_up(client, cast.alice, "https://later.member.example/")
    counter.work()
    entry = counter.entry(cast.alice.mail)
    assert entry.hook.turn > turns[0]
    assert entry.hook.url == "https://later.member.example/"


def test_a_row_with_one_is_as_long_as_a_row_without(app: Flask, tools: Toolbox, cast: Cast) -> None:
    def length() -> int:
        with tools.database.reading() as stores:
            return len(stores.identity.get_one(Member, cast.alice.member_id).sealed)

    before = length()
    set_up(signed_in(app, cast.alice), cast.alice, "https://hooks.member.example/".ljust(LONGEST, "a"))
    assert length() == before
    assert before > PAD


def test_of_nobody_there_is_none(tools: Toolbox, cast: Cast) -> None:
    """An account that is gone: nothing is set, tried or told."""
    with tools.database.transaction("identity", "content") as stores:
        about = (stores, tools.vault, tools.post_office_public)
        with pytest.raises(NotThere):
            webhook.choose(*about, member_id="0" * 32, url=URL, secret="x", locale="ja", window=1)
        with pytest.raises(NotThere):
            webhook.try_out(*about, member_id="0" * 32, locale="ja", window=1)
        with pytest.raises(NotThere):
            webhook.find_webhook(stores, tools.vault, member_id="0" * 32)
