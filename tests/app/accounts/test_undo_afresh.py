"""A fresh start that the member did not want: for its seven days the old password or recovery code undoes it."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts import afresh
from app.accounts.identity import Identity, open_identity
from app.accounts.models import Member, Verification
from app.accounts.models import Wrap as WrapRow
from app.accounts.rules import KEPT
from app.clock import SetClock, today
from app.errors import NotThere
from app.logs.models import SecurityEntry
from app.processes import end_reading
from app.questions.lockers import own_threads
from app.wiring import Toolbox
from privacy.errors import PrivacyError
from privacy.wraps import Wrap, unwrap_with_secret
from tests.app.accounts.test_fresh_start import NEW, begin, secret_of, start_afresh
from tests.app.accounts.test_session import is_in
from tests.app.accounts.test_sign_in import counted_stretches
from tests.app.pages.stolen_files import PURPOSES
from tests.app.questions.makers import published
from tests.cast import Cast, Person, csrf_of, post, sign_in

OTHER = "網の上で待つ静かな夜明け"
UNDONE = "はじめからのやり直しを取り消しました"


def wraps_of(tools: Toolbox, person: Person) -> dict[str, bytes]:
    with tools.database.reading() as stores:
        rows = stores.identity.scalars(select(WrapRow).where(WrapRow.member_id == person.member_id))
        return {row.kind: row.data for row in rows}


def standing(tools: Toolbox, person: Person) -> tuple[str, Identity]:
    with tools.database.reading() as stores:
        row = stores.identity.get_one(Member, person.member_id)
        return row.state, open_identity(tools.vault.data_key(stores, row.key_id), row)


def recover(client: FlaskClient, person: Person) -> TestResponse:
    return post(client, "/recover", {"mail": person.mail, "code": person.recovery_code, "password": OTHER})


def renewed(person: Person, password: str) -> Person:
    return Person(**{**person.__dict__, "password": password})


@pytest.mark.parametrize("days", [0, 6])
def test_the_old_password_undoes_it(
    app: Flask, tools: Toolbox, clock: SetClock, cast: Cast, tmp_path: Path, days: int
) -> None:
    published(tools, cast.alice)
    before = (wraps_of(tools, cast.alice), standing(tools, cast.alice))
    thief, owner = app.test_client(), app.test_client()
    start_afresh(thief, tools, tmp_path, cast.alice)
    clock.move(hours=24 * days)
    end_reading(tools)
    sign_in(owner, cast.alice)
    assert UNDONE in owner.get("/threads").text
    assert secret_of(owner, tools) == cast.alice.secret
    assert not is_in(thief)
    assert (wraps_of(tools, cast.alice), standing(tools, cast.alice)) == before
    assert owner.get("/ask").status_code == 200
    with pytest.raises(AssertionError, match="422"):
        sign_in(thief, renewed(cast.alice, NEW))
    with tools.database.reading() as stores:
        assert len(own_threads(stores, cast.alice.secret)) == 1
        assert "member.undid-afresh" in set(stores.identity.scalars(select(SecurityEntry.event)))


def test_the_old_recovery_code_undoes_it(app: Flask, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    thief, owner = app.test_client(), app.test_client()
    start_afresh(thief, tools, tmp_path, cast.alice)
    assert recover(owner, cast.alice).location == "/account"
    assert UNDONE in owner.get("/account").text
    assert secret_of(owner, tools) == cast.alice.secret
    assert not is_in(thief)
    assert standing(tools, cast.alice)[0] == "active"
    assert sorted(wraps_of(tools, cast.alice)) == ["password", "recovery"]
    sign_in(app.test_client(), renewed(cast.alice, OTHER))
    for password in (NEW, cast.alice.password):
        with pytest.raises(AssertionError, match="422"):
            sign_in(app.test_client(), renewed(cast.alice, password))


@pytest.mark.parametrize("is_swept", [True, False])
def test_after_seven_days_nothing_undoes_it(
    app: Flask, client: FlaskClient, tools: Toolbox, clock: SetClock, cast: Cast, tmp_path: Path, is_swept: bool
) -> None:
    """Neither once what opened it is deleted, nor where the worker is late."""
    start_afresh(client, tools, tmp_path, cast.alice)
    clock.move(hours=24 * 7)
    if is_swept:
        end_reading(tools)
        assert sorted(wraps_of(tools, cast.alice)) == ["password", "recovery"]
    with pytest.raises(AssertionError, match="422"):
        sign_in(app.test_client(), cast.alice)
    assert recover(app.test_client(), cast.alice).status_code == 422
    owner = app.test_client()
    sign_in(owner, renewed(cast.alice, NEW))
    assert UNDONE not in owner.get("/threads").text


def test_it_is_checked_again_where_it_is_written(
    client: FlaskClient, tools: Toolbox, clock: SetClock, cast: Cast, tmp_path: Path
) -> None:
    """A password found right just before the days were over undoes nothing just after."""
    from app.accounts.service import SignedIn

    start_afresh(client, tools, tmp_path, cast.alice)
    found = SignedIn(cast.alice.member_id, cast.alice.secret, undoes=True)
    clock.move(hours=24 * 7)
    with tools.database.transaction("identity") as stores, pytest.raises(NotThere):
        afresh.undo(stores, tools.vault, signed_in=found, today=today(clock.now()))


def test_the_thiefs_own_changes_do_not_keep_the_member_out(
    app: Flask, tools: Toolbox, cast: Cast, tmp_path: Path
) -> None:
    """Another password, another fresh start upon the first: what the member had still undoes it all."""
    thief = app.test_client()
    start_afresh(thief, tools, tmp_path, cast.alice)
    changed = post(thief, "/account/password", {"current": NEW, "password": OTHER})
    assert changed.location == "/account"
    for one in (tmp_path / "sent").glob("*.json"):
        one.unlink()
    start_afresh(thief, tools, tmp_path, cast.alice)
    owner = app.test_client()
    sign_in(owner, cast.alice)
    assert secret_of(owner, tools) == cast.alice.secret
    assert standing(tools, cast.alice)[0] == "active"
    assert not is_in(thief)


def test_a_code_proven_before_it_was_undone_is_worth_nothing(
    app: Flask, tools: Toolbox, cast: Cast, tmp_path: Path
) -> None:
    thief, second = app.test_client(), app.test_client()
    start_afresh(thief, tools, tmp_path, cast.alice)
    for one in (tmp_path / "sent").glob("*.json"):
        one.unlink()
    assert begin(second, tools, tmp_path, cast.alice.mail).location == "/start-afresh/password"
    sign_in(app.test_client(), cast.alice)
    assert second.get("/start-afresh/password").location == "/start-afresh"
    with tools.database.reading() as stores:
        assert list(stores.identity.scalars(select(Verification))) == []


def test_who_paused_before_is_paused_again(
    app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast, tmp_path: Path
) -> None:
    with tools.database.transaction("identity") as stores:
        stores.identity.get_one(Member, cast.alice.member_id).state = "paused"
    start_afresh(client, tools, tmp_path, cast.alice)
    sign_in(app.test_client(), cast.alice)
    assert standing(tools, cast.alice)[0] == "paused"


def test_who_waits_only_reads_too_and_may_undo(
    app: Flask, client: FlaskClient, tools: Toolbox, clock: SetClock, cast: Cast, tmp_path: Path
) -> None:
    """The organisation being let in meanwhile does not end the days."""
    import random

    from app.accounts.service import verify_organisation

    start_afresh(client, tools, tmp_path, cast.grace)
    assert post(client, "/leaving/leave", {"password": NEW, "texts": "stay"}, page="/account").status_code == 403
    with tools.database.transaction("identity") as stores:
        verify_organisation(stores, tools.vault, organisation_id=cast.grace.organisation_id, rng=random.Random(1))
    thief = app.test_client()
    sign_in(thief, renewed(cast.grace, NEW))
    assert thief.get("/ask").status_code == 403
    owner = app.test_client()
    sign_in(owner, cast.grace)
    assert standing(tools, cast.grace)[0] == "active"
    assert sorted(wraps_of(tools, cast.grace)) == ["password", "recovery"]


def test_what_rests_for_somebody_who_waits_goes_too(
    client: FlaskClient, tools: Toolbox, clock: SetClock, cast: Cast, tmp_path: Path
) -> None:
    start_afresh(client, tools, tmp_path, cast.grace)
    clock.move(hours=24 * 7)
    end_reading(tools)
    assert sorted(wraps_of(tools, cast.grace)) == ["password", "recovery"]
    assert standing(tools, cast.grace)[0] == "waiting"


def test_a_thief_of_everything_gains_nothing_new(
    client: FlaskClient, tools: Toolbox, cast: Cast, tmp_path: Path
) -> None:
    """What rests is byte for byte what stood there before, under the same Argon2id, and the root opens none of it."""
    before = wraps_of(tools, cast.alice)
    start_afresh(client, tools, tmp_path, cast.alice)
    now = wraps_of(tools, cast.alice)
    assert {kind: now[resting] for kind, resting in KEPT.items()} == before
    for data in now.values():
        wrap = Wrap.from_json(data.decode())
        for purpose in PURPOSES:
            with pytest.raises(PrivacyError):
                unwrap_with_secret(wrap, tools.vault.ring(purpose)[0].secret, "passkey", owner=cast.alice.member_id)


def test_a_wrong_password_costs_the_same_in_those_days(
    app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast, tmp_path: Path
) -> None:
    start_afresh(client, tools, tmp_path, cast.alice)
    for mail in (cast.alice.mail, cast.bob.mail, "nobody@mail.example"):
        other = app.test_client()
        token = csrf_of(other, "/sign-in")
        with counted_stretches() as seen:
            other.post("/sign-in", data={"csrf_token": token, "mail": mail, "password": "nothing like it"})
        assert len(seen) == 2
