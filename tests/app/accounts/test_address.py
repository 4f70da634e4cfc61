"""Another mail address: who may, what it takes, what both addresses are told, and what a page never says."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from app.accounts import address_routes
from app.accounts.address import mailbox_of
from app.accounts.address_change import Moved
from app.accounts.models import Member, Verification
from app.jobs.models import Job
from app.keyfiles import KeyFolder
from app.logs.models import SecurityEntry
from app.mail.letters import BODIES
from app.mail.opening import Opener
from app.web.limits import LETTERS_PER_DAY
from app.wiring import Toolbox
from tests.app.accounts.test_account import recover
from tests.app.accounts.test_fresh_start import secret_of, start_afresh
from tests.app.accounts.test_session import is_in
from tests.app.accounts.walk import take_mail, walk
from tests.cast import Cast, Person, post, sign_in, signed_in

NEW = "nami@oki.example"


def ask(client: FlaskClient, person: Person, address: str) -> None:
    answer = post(client, "/account/address", {"mail": address, "current": person.password})
    assert (answer.status_code, answer.location) == (303, "/account/address/code")


def move(client: FlaskClient, tools: Toolbox, person: Person, address: str) -> Person:
    """All of it; the person as they sign in from now on."""
    ask(client, person, address)
    code = take_mail(tools)["words"]["code"]
    assert post(client, "/account/address/code", {"code": code}).location in ("/account", "/waiting")
    return Person(**{**person.__dict__, "mail": address})


def left(tools: Toolbox) -> dict[str, dict[str, Any]]:
    """What was left for the post office, by kind, opened as it would; taken out."""
    opener = Opener(KeyFolder(tools.settings.key_folder).post_office_privates)
    with tools.database.transaction("content") as stores:
        rows = [(row.id, row.kind, row.sealed) for row in stores.content.scalars(select(Job).where(Job.lane == "mail"))]
        stores.content.execute(delete(Job))
    found = {}
    for row, kind, sealed in rows:
        payload = tools.vault.open(sealed, table="jobs", column="sealed", row=row)
        found[payload.get("kind", kind)] = opener.find(bytes.fromhex(payload["box"]))
    assert len(found) == len(rows)
    return found


def index_of(tools: Toolbox, person: Person) -> str:
    with tools.database.reading() as stores:
        return stores.identity.get_one(Member, person.member_id).mail_index


def test_works(app: Flask, tools: Toolbox, cast: Cast) -> None:
    other, client = signed_in(app, cast.alice), signed_in(app, cast.alice, own_phone=True)
    assert "/account/address" in client.get("/account").text
    ask(client, cast.alice, " ＮＡＭＩ@OKI.example ")
    letter = take_mail(tools)
    assert (letter["kind"], letter["address"]) == ("move_code", "NAMI@oki.example")
    sign_in(app.test_client(), cast.alice)  # nothing is changed yet
    assert post(client, "/account/address/code", {"code": letter["words"]["code"]}).location == "/account"
    page = client.get("/account").text
    assert "メールアドレスを変えました" in page
    assert "ほかの端末はサインアウトしました" in page
    assert client.get_cookie("__Host-shiome").max_age, "still the own phone"  # type: ignore[union-attr]
    assert client.get("/account/address/code").location == "/account/address", "the steps are over"
    assert not is_in(other)
    assert secret_of(client, tools) == cast.alice.secret
    with pytest.raises(AssertionError, match="422"):
        sign_in(app.test_client(), cast.alice)
    moved = Person(**{**cast.alice.__dict__, "mail": NEW})
    sign_in(app.test_client(), moved)
    assert recover(app.test_client(), moved, cast.alice.recovery_code).status_code == 303
    with tools.database.reading() as stores:
        events = list(stores.identity.scalars(select(SecurityEntry.event)))
        assert stores.identity.scalars(select(Verification)).all() == []
    assert events.count("address.changed") == 1


def test_the_old_address_is_told_that_and_nothing_else(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """One fixed letter without a code, a link or the new address; the order for the post office names both."""
    client = signed_in(app, cast.alice)
    move(client, tools, cast.alice, NEW)
    found = left(tools)
    assert set(found) == {"address_changed", "order"}
    letter = found["address_changed"]
    assert letter["address"] == cast.alice.mail
    assert letter["words"] == {"contact": tools.settings.contact}
    assert NEW not in str(letter)
    assert re.findall(r"{(\w+)}", BODIES["address_changed"]["ja"]) == ["contact"]
    order = found["order"]
    assert (order["do"], order["address"], order["name"]) == ("moved", cast.alice.mail, "")
    assert order["to"]["address"] == NEW
    assert re.fullmatch("[0-9a-f]{32}", order["to"]["name"])


def test_who_signs_up_where_somebody_was_has_a_name_of_their_own(
    app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast
) -> None:
    move(signed_in(app, cast.alice), tools, cast.alice, NEW)
    left(tools)
    walk(client, tools, cast.alice.mail, {"way": "code", "join_code": cast.codes["A"]})
    with tools.database.reading() as stores:
        known = [one.member_id for one in cast.people.values()]
        (newcomer,) = stores.identity.scalars(select(Member.id).where(Member.id.not_in(known)))
        found = mailbox_of(stores, tools.vault, member_id=newcomer)
    assert found.address == cast.alice.mail
    assert re.fullmatch("[0-9a-f]{32}", found.name)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"current": "ちがうことばです"}, "current"), ({"current": ""}, "current"), ({"mail": "tarou"}, "mail"),
        ({"mail": ""}, "mail"), ({"mail": "ALICE"}, "mail"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_the_field(
    app: Flask, tools: Toolbox, cast: Cast, fields: dict[str, str], wrong: str
) -> None:
    client = signed_in(app, cast.alice)
    own = cast.alice.mail.replace("alice", "ALICE") if fields.get("mail") == "ALICE" else None
    typed = {"mail": NEW, "current": cast.alice.password, **fields, **({"mail": own} if own else {})}
    answer = post(client, "/account/address", dict(typed))
    assert answer.status_code == 422
    assert f'id="f-{wrong}-error"' in answer.text
    assert left(tools) == {}
    assert client.get("/account/address/code").location == "/account/address"


def test_the_own_address_is_no_oracle_without_the_password(app: Flask, cast: Cast) -> None:
    """Who found an open browser does not learn whose it is by trying addresses."""
    client = signed_in(app, cast.alice)
    pages = [
        post(client, "/account/address", {"mail": mail, "current": "ちがうことばです"}).text.replace(mail, "MAIL")
        for mail in (cast.alice.mail, cast.bob.mail, NEW)
    ]
    assert len({re.sub(r'name="csrf_token"[^>]*>|"X-CSRFToken": "[^"]*"', "", page) for page in pages}) == 1
    assert cast.alice.mail not in client.get("/account/address").text


def test_an_address_with_an_account_is_told_in_its_mail_alone(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client, pages = signed_in(app, cast.alice), []
    for address in (cast.bob.mail, NEW):
        ask(client, cast.alice, address)
        letter = take_mail(tools)
        expected = ("account_exists", {}) if address == cast.bob.mail else ("move_code", letter["words"])
        assert (letter["kind"], letter["words"], letter["address"]) == (*expected, address)
        for code in ("0000-0000", "1111-1111"):
            answer = post(client, "/account/address/code", {"code": code})
            pages.append(
                (answer.status_code, re.sub(r'name="csrf_token"[^>]*>|"X-CSRFToken": "[^"]*"', "", answer.text))
            )
    assert pages[:2] == pages[2:]
    sign_in(app.test_client(), cast.bob)
    sign_in(app.test_client(), cast.alice)


def test_wrong_codes_are_said_at_the_field_and_end_after_five(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    ask(client, cast.alice, NEW)
    code = take_mail(tools)["words"]["code"]
    for _ in range(4):
        answer = post(client, "/account/address/code", {"code": "0000-0000"})
        assert answer.status_code == 422
        assert 'id="f-code-error"' in answer.text
    assert post(client, "/account/address/code", {"code": "0000-0000"}).location == "/account/address"
    assert "もう一度メールアドレスから" in client.get("/account/address").text
    assert client.get("/account/address/code").location == "/account/address"
    sign_in(app.test_client(), cast.alice)
    assert code


def test_a_mailbox_is_not_filled_by_somebody_else(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    for number in range(LETTERS_PER_DAY + 2):
        ask(client, cast.alice, NEW)
        assert len(left(tools)) == (number < LETTERS_PER_DAY)


def test_of_two_who_prove_one_address_the_first_has_it(app: Flask, tools: Toolbox, cast: Cast) -> None:
    browsers = [(cast.alice, signed_in(app, cast.alice)), (cast.bob, signed_in(app, cast.bob))]
    codes = []
    for person, client in browsers:
        ask(client, person, NEW)
        codes.append(take_mail(tools)["words"]["code"])
    before = index_of(tools, cast.bob)
    assert post(browsers[0][1], "/account/address/code", {"code": codes[0]}).location == "/account"
    left(tools)
    late = post(browsers[1][1], "/account/address/code", {"code": codes[1]})
    assert late.location == "/account/address"
    assert index_of(tools, cast.bob) == before
    assert is_in(browsers[1][1])
    assert left(tools) == {}, "no order and no letter of what did not happen"


def test_steps_are_for_one_session(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client, bob = signed_in(app, cast.alice), signed_in(app, cast.bob)
    ask(client, cast.alice, NEW)
    steps = client.get_cookie("__Host-shiome-steps")
    assert steps
    for path in ("/account/address/code", "/account/recovery-code/confirm", "/sign-up/code"):
        bob.set_cookie("__Host-shiome-steps", steps.value, secure=True, path="/")
        assert bob.get(path).status_code == 303
    assert client.get("/account/recovery-code/confirm").location == "/account/recovery-code"
    assert client.get("/account/address/code").status_code == 200


def test_a_thief_of_the_mailbox_takes_nothing_out_of_reach(
    app: Flask, tools: Toolbox, cast: Cast, tmp_path: Path
) -> None:
    """Who began afresh with somebody's mail only reads: the address stays, and the old password undoes it all."""
    thief = app.test_client()
    start_afresh(thief, tools, tmp_path, cast.alice)
    page = thief.get("/account/address").text
    assert "いまは変えられません" in page
    assert 'name="mail"' not in page
    fields = {"mail": NEW, "current": cast.alice.password}
    assert post(thief, "/account/address", dict(fields), page="/account").status_code == 403
    assert post(thief, "/account/address/code", {"code": "0000-0000"}, page="/account").status_code == 403
    owner = app.test_client()
    sign_in(owner, cast.alice)
    assert secret_of(owner, tools) == cast.alice.secret
    assert not is_in(thief)


@pytest.mark.parametrize("name", ["erin", "frank", "grace", "heidi", "oscar"])
def test_whoever_is_signed_in_may(app: Flask, tools: Toolbox, cast: Cast, name: str) -> None:
    moved = move(signed_in(app, cast[name]), tools, cast[name], NEW)
    sign_in(app.test_client(), moved)


def test_stopped_between_its_two_files_the_same_code_finishes_it(
    app: Flask, tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mail never goes on to an address that was left: the post office knows of it first, and hears the same again."""
    client = signed_in(app, cast.alice)
    ask(client, cast.alice, NEW)
    code = take_mail(tools)["words"]["code"]
    tell = address_routes._tell

    def stop(moved: Moved) -> None:
        tell(moved)
        raise SystemExit("the content file was written, the identity file not yet")

    monkeypatch.setattr(address_routes, "_tell", stop)
    with pytest.raises(SystemExit):
        post(client, "/account/address/code", {"code": code})
    monkeypatch.setattr(address_routes, "_tell", tell)
    first = left(tools)
    sign_in(app.test_client(), cast.alice)
    assert post(client, "/account/address/code", {"code": code}).location == "/account"
    assert left(tools)["order"] == first["order"]
    sign_in(app.test_client(), Person(**{**cast.alice.__dict__, "mail": NEW}))
