"""Signing in: address and password, one text for every failure, always one Argon2id."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts import service
from app.accounts.models import Arrival, Member, RenewedWrap, SignInSession, Wrap
from app.accounts.population import population
from app.accounts.rules import WrongSignIn, local_path
from app.accounts.service import SignedIn
from app.clock import SetClock, today
from app.processes import end_reading
from app.wiring import Toolbox
from privacy.wraps import Cost
from privacy.wraps import Wrap as MemberWrap
from tests.cast import Cast, csrf_of, make_cast, post, sign_in, signed_in
from tests.conftest import make_app, make_tools

WRONG = "メールアドレスかパスワードが違います。"


def test_works(client: FlaskClient, cast: Cast) -> None:
    assert sign_in(client, cast.alice).location == "/"
    assert client.get("/account").status_code == 200


def test_wide_letters_and_capitals(client: FlaskClient, cast: Cast) -> None:
    response = post(client, "/sign-in", {"mail": " Ａlice@MAIL.example ", "password": cast.alice.password})
    assert response.status_code == 303


def test_wrong_password_and_unknown_address_look_the_same(client: FlaskClient, cast: Cast) -> None:
    wrong = post(client, "/sign-in", {"mail": cast.alice.mail, "password": "nothing like it at all"})
    unknown = post(client, "/sign-in", {"mail": "xlice@mail.example", "password": "nothing like it at all"})
    garbage = post(client, "/sign-in", {"mail": "xxx", "password": cast.alice.password})
    for response in (wrong, unknown, garbage):
        assert response.status_code == 422
        assert WRONG in response.text
    tokens = re.compile(r'csrf_token" value="[^"]+"|X-CSRFToken": "[^"]+"')
    page = tokens.sub("", wrong.text).replace(cast.alice.mail, "MAIL")
    assert page == tokens.sub("", unknown.text).replace("xlice@mail.example", "MAIL")


def test_the_address_is_kept_and_the_password_is_not(client: FlaskClient, cast: Cast) -> None:
    response = post(client, "/sign-in", {"mail": cast.alice.mail, "password": "nothing like it at all"})
    assert f'value="{cast.alice.mail}"' in response.text
    assert "nothing like it" not in response.text
    assert 'id="f-password-error"' in response.text
    empty = post(client, "/sign-in", {})
    assert 'id="f-mail-error"' in empty.text
    assert 'id="f-password-error"' in empty.text


@pytest.mark.parametrize("mail", ["alice@mail.example", "nobody@mail.example", "not an address"])
def test_every_failure_costs_two_password_stretches(client: FlaskClient, cast: Cast, mail: str) -> None:
    """Seconds are compared in benchmarks/enumeration.py; here it is counted what makes them."""
    token = csrf_of(client, "/sign-in")
    with counted_stretches() as seen:
        client.post("/sign-in", data={"csrf_token": token, "mail": mail, "password": "nothing like it"})
    assert len(seen) == 2


@contextmanager
def counted_stretches() -> Iterator[list[str]]:
    """Every Argon2id run of this thread, seen by the interpreter's own profiler."""
    seen: list[str] = []

    def note(_frame: object, event: str, called: object) -> None:
        if event == "c_call" and getattr(called, "__qualname__", "") == "Argon2id.derive":
            seen.append(event)

    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/account", "/account"),
        ("/questions?page=2", "/questions?page=2"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/\n/evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_next_is_only_a_local_path(client: FlaskClient, cast: Cast, wanted: str, goes: str) -> None:
    assert local_path(wanted) == goes
    fields = {"mail": cast.alice.mail, "password": cast.alice.password, "next": wanted}
    assert post(client, "/sign-in", fields).location == goes


def test_page_that_needs_sign_in_comes_back_to_itself(client: FlaskClient, cast: Cast) -> None:
    response = client.get("/account")
    assert (response.status_code, response.location) == (303, "/sign-in?next=/account")
    page = client.get(response.location)
    assert 'name="next" value="/account"' in page.text


def test_what_was_searched_does_not_wait_at_the_door_for_whoever_signs_in_next(client: FlaskClient) -> None:
    response = client.get("/threads", query_string={"q": "うちの池の白点", "topic": "disease"})
    assert (response.status_code, response.location) == (303, "/sign-in?next=/threads")


def test_waiting_person_is_told_so(client: FlaskClient, cast: Cast) -> None:
    assert sign_in(client, cast.grace).location == "/waiting"
    assert "確認を待っています" in client.get("/waiting").text


def test_member_has_no_waiting_page(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.alice)
    assert client.get("/waiting").location == "/"


def test_cookie_attributes(client: FlaskClient, cast: Cast) -> None:
    response = sign_in(client, cast.alice)
    (line,) = [line for line in response.headers.getlist("Set-Cookie") if line.startswith("__Host-shiome=")]
    attributes = {part.strip().lower() for part in line.split(";")[1:]}
    assert attributes == {"secure", "httponly", "path=/", "samesite=lax"}


def test_own_phone_cookie_lasts_fourteen_days(client: FlaskClient, cast: Cast) -> None:
    response = sign_in(client, cast.alice, own_phone=True)
    (line,) = [line for line in response.headers.getlist("Set-Cookie") if line.startswith("__Host-shiome=")]
    assert f"Max-Age={15 * 24 * 3600}" in line  # a day longer than it opens anything


def test_nothing_of_the_visit_before_stays(client: FlaskClient, cast: Cast) -> None:
    """A session somebody put into the browser before is not the one that is signed in."""
    client.post("/language", data={"csrf_token": csrf_of(client, "/sign-in"), "locale": "en"})
    before = csrf_of(client, "/sign-in")
    sign_in(client, cast.alice)
    with client.session_transaction() as visit:
        assert dict(visit) == {"locale": "en", "promised": "0-4"}  # what is left to accept, as of now
    assert client.post("/sign-out", data={"csrf_token": before}).status_code == 400


def test_signing_in_again_takes_a_new_session(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    sign_in(client, cast.alice)
    first = client.get_cookie("__Host-shiome")
    assert first
    post(client, "/sign-in", {"mail": cast.bob.mail, "password": cast.bob.password}, page="/account")
    second = client.get_cookie("__Host-shiome")
    assert second
    assert first.value[:64] != second.value[:64]
    with tools.database.reading() as stores:
        assert len(stores.identity.scalars(select(SignInSession)).all()) == 1


def test_quarter_is_all_that_is_noted(app: Flask, tools: Toolbox, clock: SetClock, cast: Cast) -> None:
    """It stands apart until the quarter is over, and counts at once."""

    def noted() -> tuple[int, list[int]]:
        with tools.database.reading() as stores:
            row = stores.identity.get_one(Member, cast.alice.member_id)
            return row.active_quarter, list(stores.identity.scalars(select(Arrival.quarter)))

    def counted() -> set[str]:
        with tools.database.reading() as stores:
            return {one.key for one in population(stores, tools.vault, tools.trade, today=today(clock.now()))}

    assert noted() == (2026 * 4 + 3, [])
    clock.move(hours=24 * 60)
    signed_in(app, cast.alice)
    signed_in(app, cast.alice)
    end_reading(tools)
    assert noted() == (2026 * 4 + 3, [2027 * 4])
    clock.move(hours=24 * 91)
    assert counted() == {cast.alice.member_id}
    end_reading(tools)
    assert noted() == (2027 * 4, [])
    assert counted() == {cast.alice.member_id}
    clock.move(hours=24 * 91)
    assert counted() == set()


def test_password_wrap_follows_the_setting(tmp_path: Path) -> None:
    """At once, in the file and for whoever signs in; the row itself follows when the quarter is over."""
    old = make_tools(tmp_path)
    cast = make_cast(old)
    old.database.close()
    new = make_tools(tmp_path, argon2_memory_kib=128)
    client, of_alice = make_app(new).test_client(), (Wrap.member_id == cast.alice.member_id, Wrap.kind == "password")

    def costs() -> tuple[int, list[int]]:
        with new.database.reading() as stores:
            row = stores.identity.scalars(select(Wrap.data).where(*of_alice)).one()
            found = [
                MemberWrap.from_json(one.decode()) for one in (row, *stores.identity.scalars(select(RenewedWrap.data)))
            ]
        return found[0].params["memory_kib"], [one.params["memory_kib"] for one in found[1:]]

    def found() -> SignedIn:
        with new.database.reading() as stores:
            cost = Cost(time=1, memory_kib=128)
            return service.sign_in(stores, new.vault, mail=cast.alice.mail, password=cast.alice.password, cost=cost)

    assert found().renewed is not None
    sign_in(client, cast.alice)
    assert costs() == (64, [128])
    assert found().renewed is None, "the new one is in force"
    new.clock.move(hours=24 * 60)  # type: ignore[attr-defined]
    end_reading(new)
    assert costs() == (128, [])
    assert found().renewed is None
    client.delete_cookie("__Host-shiome")
    sign_in(client, cast.alice)
    new.database.close()


def test_a_new_password_leaves_no_renewed_wrap_of_the_old_one(tmp_path: Path) -> None:
    old = make_tools(tmp_path)
    cast = make_cast(old)
    old.database.close()
    new = make_tools(tmp_path, argon2_memory_kib=128)
    client = signed_in(make_app(new), cast.alice)
    post(client, "/account/password", {"current": cast.alice.password, "password": "あみを上げる浜の朝の音"})
    with new.database.reading() as stores:
        assert stores.identity.scalars(select(RenewedWrap)).all() == []
        with pytest.raises(WrongSignIn):
            service.check_password(stores, member_id=cast.alice.member_id, password=cast.alice.password)
        service.check_password(stores, member_id=cast.alice.member_id, password="あみを上げる浜の朝の音")
    new.database.close()


def test_sign_out(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    sign_in(client, cast.alice)
    stolen = client.get_cookie("__Host-shiome")
    assert stolen
    assert client.get("/sign-out").status_code == 405
    assert post(client, "/sign-out", page="/account").location == "/sign-in"
    assert client.get_cookie("__Host-shiome") is None
    with tools.database.reading() as stores:
        assert stores.identity.scalars(select(SignInSession)).all() == []
    client.set_cookie("__Host-shiome", stolen.value, secure=True, path="/")
    assert client.get("/account").status_code == 303


def test_forms_need_their_token(client: FlaskClient, cast: Cast) -> None:
    fields = {"mail": cast.alice.mail, "password": cast.alice.password}
    assert client.post("/sign-in", data=fields).status_code == 400
    assert client.get_cookie("__Host-shiome") is None


def test_language(client: FlaskClient) -> None:
    response = client.post(
        "/language", data={"csrf_token": csrf_of(client, "/sign-in"), "locale": "en", "next": "/sign-in"}
    )
    assert (response.status_code, response.location) == (303, "/sign-in")
    assert '<html lang="en">' in client.get("/sign-in").text
    client.post("/language", data={"csrf_token": csrf_of(client, "/sign-in"), "locale": "xx", "next": "//evil.example"})
    assert '<html lang="en">' in client.get("/sign-in").text
    assert client.get("/language").status_code == 405
