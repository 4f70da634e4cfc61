"""One's own account: devices, log out everywhere, password, recovery code."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import SignInSession, Wrap
from app.wiring import Toolbox
from tests.app.accounts.test_session import IPHONE, is_in
from tests.app.accounts.walk import code_on
from tests.cast import Cast, Person, csrf_of, post, sign_in, signed_in

NEW = "網の上で待つ静かな夜明け"


def session_of(tools: Toolbox, person: Person) -> str:
    with tools.database.reading() as stores:
        wanted = select(SignInSession.id).where(SignInSession.member_id == person.member_id)
        return stores.identity.scalars(wanted).one()


def test_devices_are_listed_with_the_own_one_marked(app: Flask, cast: Cast) -> None:
    phone = app.test_client()
    phone.environ_base["HTTP_USER_AGENT"] = IPHONE
    sign_in(phone, cast.alice)
    desk = signed_in(app, cast.alice)
    page = desk.get("/account").text
    assert "Safari / iPhone" in page
    assert page.count("この端末<") == 1
    assert page.count("サインアウトさせる</span>") == 1
    signed_in(app, cast.bob)
    assert "Safari / iPhone" not in signed_in(app, cast.bob).get("/account").text


def test_label_is_not_readable_in_the_row(app: Flask, tools: Toolbox, cast: Cast) -> None:
    phone = app.test_client()
    phone.environ_base["HTTP_USER_AGENT"] = IPHONE
    sign_in(phone, cast.alice)
    with tools.database.reading() as stores:
        row = stores.identity.scalars(select(SignInSession)).one()
    assert b"iPhone" not in row.sealed_label


def test_revoke_one(app: Flask, tools: Toolbox, cast: Cast) -> None:
    lost = signed_in(app, cast.alice)
    path = f"/account/devices/{session_of(tools, cast.alice)}/revoke"
    desk = signed_in(app, cast.alice)
    assert desk.get(path).status_code == 405
    assert post(desk, path, page="/account").location == "/account"
    assert not is_in(lost)
    assert is_in(desk)
    assert post(desk, path, page="/account").status_code == 404


def test_nobody_revokes_for_somebody_else(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    path = f"/account/devices/{session_of(tools, cast.alice)}/revoke"
    for name in ("dave", "bob", "erin", "frank"):
        assert post(signed_in(app, cast[name]), path, page="/account").status_code == 404
    grace = signed_in(app, cast.grace)
    assert post(grace, path, page="/account").status_code == 404
    visitor = app.test_client()
    refused = post(visitor, path, page="/sign-in")
    assert (refused.status_code, refused.location) == (303, "/sign-in?next=/")
    assert is_in(alice)


def test_log_out_everywhere(app: Flask, cast: Cast) -> None:
    browsers = [signed_in(app, cast.alice), signed_in(app, cast.alice, own_phone=True), signed_in(app, cast.alice)]
    bob = signed_in(app, cast.bob)
    assert browsers[0].get("/account/sign-out-everywhere").status_code == 405
    assert post(browsers[0], "/account/sign-out-everywhere", page="/account").location == "/sign-in"
    assert not any(is_in(browser) for browser in browsers)
    assert is_in(bob)


def test_change_password(app: Flask, tools: Toolbox, cast: Cast) -> None:
    other, client = signed_in(app, cast.alice), signed_in(app, cast.alice)
    fields = {"current": cast.alice.password, "password": NEW}
    assert post(client, "/account/password", fields).location == "/account"
    assert is_in(client)
    assert not is_in(other)
    with pytest.raises(AssertionError, match="422"):
        sign_in(app.test_client(), cast.alice)
    fresh = app.test_client()
    assert post(fresh, "/sign-in", {"mail": cast.alice.mail, "password": NEW}).status_code == 303
    with tools.database.reading() as stores:
        kinds = stores.identity.scalars(select(Wrap.kind).where(Wrap.member_id == cast.alice.member_id)).all()
    assert sorted(kinds) == ["password", "recovery"]


def test_change_password_needs_the_old_one(app: Flask, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    response = post(client, "/account/password", {"current": "nothing like it", "password": NEW})
    assert response.status_code == 422
    assert 'id="f-current-error"' in response.text
    weak = post(client, "/account/password", {"current": cast.alice.password, "password": "みじかい"})
    assert weak.status_code == 422
    assert 'id="f-password-error"' in weak.text
    sign_in(app.test_client(), cast.alice)


def test_new_recovery_code(app: Flask, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    assert client.get("/account/recovery-code/confirm").location == "/account/recovery-code"
    wrong = post(client, "/account/recovery-code", {"current": "nothing like it"})
    assert wrong.status_code == 422
    assert post(client, "/account/recovery-code", {"current": cast.alice.password}).location.endswith("/confirm")
    code = code_on(client.get("/account/recovery-code/confirm"))
    # until it is typed back, the old code is the one that counts
    assert recover(app.test_client(), cast.alice, code).status_code == 422
    client = signed_in(app, cast.alice)
    post(client, "/account/recovery-code", {"current": cast.alice.password})
    code = code_on(client.get("/account/recovery-code/confirm"))
    assert post(client, "/account/recovery-code/confirm", {"last_group": "!!!!"}).status_code == 422
    assert post(client, "/account/recovery-code/confirm", {"last_group": code[-4:]}).location == "/account"
    assert client.get("/account/recovery-code/confirm").location == "/account/recovery-code"
    assert recover(app.test_client(), cast.alice, cast.alice.recovery_code).status_code == 422
    assert recover(app.test_client(), cast.alice, code).status_code == 303


def test_code_on_its_way_is_for_one_session(app: Flask, cast: Cast) -> None:
    client, bob = signed_in(app, cast.alice), signed_in(app, cast.bob)
    post(client, "/account/recovery-code", {"current": cast.alice.password})
    steps = client.get_cookie("__Host-shiome-steps")
    assert steps
    bob.set_cookie("__Host-shiome-steps", steps.value, secure=True, path="/")
    assert bob.get("/account/recovery-code/confirm").location == "/account/recovery-code"


@pytest.mark.parametrize("path", ["/account", "/account/password", "/account/recovery-code", "/waiting"])
def test_visitors_are_asked_to_sign_in(client: FlaskClient, path: str) -> None:
    assert client.get(path).location == f"/sign-in?next={path}"


@pytest.mark.parametrize("name", ["alice", "erin", "frank", "grace"])
def test_everybody_signed_in_has_an_account_page(app: Flask, cast: Cast, name: str) -> None:
    assert signed_in(app, cast[name]).get("/account").status_code == 200


def recover(client: FlaskClient, person: Person, code: str, password: str = NEW):  # type: ignore[no-untyped-def]
    fields = {"mail": person.mail, "code": code, "password": password}
    return client.post("/recover", data={"csrf_token": csrf_of(client, "/recover"), **fields})
