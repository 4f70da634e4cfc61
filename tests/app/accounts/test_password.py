"""A new password: the secret stays, the old password and every other browser do not; and a new recovery code."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Wrap as WrapRow
from app.wiring import Toolbox
from privacy.recovery import CODE_BYTES, parse_recovery_code
from privacy.wraps import Wrap
from tests.app.accounts.test_account import recover
from tests.app.accounts.test_fresh_start import secret_of
from tests.app.accounts.test_session import is_in
from tests.cast import Cast, Person, post, sign_in, signed_in

NEW = "沖の灯りを数える長い夜"


def with_password(person: Person, password: str) -> Person:
    return Person(**{**person.__dict__, "password": password})


def test_works(app: Flask, tools: Toolbox, cast: Cast) -> None:
    other, client = signed_in(app, cast.alice), signed_in(app, cast.alice)
    answer = post(client, "/account/password", {"current": cast.alice.password, "password": NEW})
    assert answer.location == "/account"
    assert is_in(client)
    assert not is_in(other)
    assert secret_of(client, tools) == cast.alice.secret
    with pytest.raises(AssertionError, match="422"):
        sign_in(app.test_client(), cast.alice)
    sign_in(app.test_client(), with_password(cast.alice, NEW))


def test_one_password_opens_at_a_time_and_under_argon2(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    post(client, "/account/password", {"current": cast.alice.password, "password": NEW})
    with tools.database.reading() as stores:
        rows = stores.identity.scalars(select(WrapRow).where(WrapRow.member_id == cast.alice.member_id)).all()
    wraps = {row.kind: Wrap.from_json(row.data.decode()) for row in rows}
    assert sorted(row.kind for row in rows) == ["password", "recovery"]
    assert wraps["password"].params == {
        "time": tools.settings.argon2_iterations, "memory_kib": tools.settings.argon2_memory_kib, "lanes": 1,
    }  # fmt: skip


def test_not_without_the_old_one(app: Flask, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    answer = post(client, "/account/password", {"current": "ちがうことばです", "password": NEW})
    assert answer.status_code == 422
    sign_in(app.test_client(), cast.alice)


def test_the_recovery_code_still_opens_after_a_new_password(app: Flask, tools: Toolbox, cast: Cast) -> None:
    post(signed_in(app, cast.alice), "/account/password", {"current": cast.alice.password, "password": NEW})
    client = app.test_client()
    assert recover(client, cast.alice, cast.alice.recovery_code).status_code == 303
    assert secret_of(client, tools) == cast.alice.secret


def test_a_new_code_is_printed_confirmed_and_ends_the_old_one(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    post(client, "/account/recovery-code", {"current": cast.alice.password})
    groups = re.findall(r"<span>([0-9A-Z]{4})</span>", client.get("/account/recovery-code/confirm").text)
    code = "-".join(groups)
    assert len(parse_recovery_code(code)) * 8 == CODE_BYTES * 8 >= 112
    assert post(client, "/account/recovery-code/confirm", {"last_group": "????"}).status_code == 422
    assert recover(app.test_client(), cast.alice, cast.alice.recovery_code).status_code == 303, "until it is confirmed"
    client = signed_in(app, with_password(cast.alice, "網の上で待つ静かな夜明け"))
    post(client, "/account/recovery-code", {"current": "網の上で待つ静かな夜明け"})
    groups = re.findall(r"<span>([0-9A-Z]{4})</span>", client.get("/account/recovery-code/confirm").text)
    assert post(client, "/account/recovery-code/confirm", {"last_group": groups[-1]}).location == "/account"
    assert recover(app.test_client(), cast.alice, cast.alice.recovery_code).status_code == 422
    assert recover(app.test_client(), cast.alice, "-".join(groups)).status_code == 303


@pytest.mark.parametrize("path", ["/sign-in", "/recover", "/start-afresh", "/start-afresh/code"])
def test_what_could_be_guessed_costs_ten(app: Flask, tools: Toolbox, cast: Cast, path: str) -> None:
    """Argon2, codes and mails stand behind the limiter: of 60 tokens a minute, six tries and no more."""
    limiter = app.extensions["limiter"]
    object.__setattr__(limiter, "per_minute", 60)
    client = app.test_client()
    if path == "/start-afresh/code":
        post(client, "/start-afresh", {"mail": cast.alice.mail})
    fields = {
        "mail": cast.alice.mail, "password": "ためしのことばです長い", "code": cast.bob.recovery_code,
    }  # fmt: skip
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
    assert token
    answers = [client.post(path, data={"csrf_token": token[1], **fields}).status_code for _ in range(8)]
    assert answers.count(429) >= 2
