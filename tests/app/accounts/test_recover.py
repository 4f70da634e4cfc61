"""Forgetting the password: the printed code opens the same secret, and every browser is signed out."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.wiring import Toolbox
from tests.app.accounts.test_account import recover
from tests.app.accounts.test_session import is_in
from tests.cast import Cast, Person, sign_in, signed_in, viewer_of

NEW = "網の上で待つ静かな夜明け"


def test_works(app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    before = signed_in(app, cast.alice)
    response = recover(client, cast.alice, cast.alice.recovery_code)
    assert (response.status_code, response.location) == (303, "/account")
    assert is_in(client)
    assert not is_in(before)
    with pytest.raises(AssertionError, match="422"):
        sign_in(app.test_client(), cast.alice)
    again = app.test_client()
    renewed = Person(**{**cast.alice.__dict__, "password": NEW})
    sign_in(again, renewed)
    assert viewer_of(tools, renewed).secret == cast.alice.secret


def test_same_secret_opens_after_recovery(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    """Authorship lives in the secret: after recovery the session must hold the very same one."""
    from app.accounts import sessions
    from app.clock import today

    recover(client, cast.alice, cast.alice.recovery_code)
    cookie = client.get_cookie("__Host-shiome")
    assert cookie
    opened = sessions.read_cookie(tools.vault, cookie.value)
    assert opened
    with tools.database.reading() as stores:
        viewer = sessions.find_viewer(stores, tools.vault, cookie=opened, today=today(tools.clock.now()))
    assert viewer
    assert viewer.secret == cast.alice.secret


def test_typed_by_hand(client: FlaskClient, cast: Cast) -> None:
    typed = cast.alice.recovery_code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert recover(client, cast.alice, typed).status_code == 303


def test_slip_of_the_finger_is_told_apart(client: FlaskClient, cast: Cast) -> None:
    code = cast.alice.recovery_code
    slip = ("A" if code[0] != "A" else "B") + code[1:]
    response = recover(client, cast.alice, slip)
    assert response.status_code == 422
    assert "紙を見ながら" in response.text
    assert f'value="{cast.alice.mail}"' in response.text
    assert f'value="{slip}"' in response.text, (
        "28 characters are not typed twice: the slip is looked for beside the paper"
    )


def test_other_code_and_unknown_address_look_the_same(client: FlaskClient, cast: Cast) -> None:
    other = recover(client, cast.alice, cast.bob.recovery_code)
    nobody = Person(**{**cast.alice.__dict__, "mail": "xlice@mail.example"})
    unknown = recover(client, nobody, cast.bob.recovery_code)
    assert other.status_code == unknown.status_code == 422
    tokens = re.compile(r'csrf_token" value="[^"]+"|X-CSRFToken": "[^"]+"')
    assert tokens.sub("", other.text).replace(cast.alice.mail, "") == tokens.sub("", unknown.text).replace(
        nobody.mail, ""
    )


def test_weak_new_password(client: FlaskClient, cast: Cast) -> None:
    response = recover(client, cast.alice, cast.alice.recovery_code, "みじかい")
    assert response.status_code == 422
    assert 'id="f-password-error"' in response.text
    assert f'value="{cast.alice.recovery_code}"' in response.text
    assert "みじかい" not in response.text
    sign_in(client, cast.alice)
