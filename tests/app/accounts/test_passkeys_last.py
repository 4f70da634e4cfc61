"""What happens to passkeys when something bigger happens: a fresh start, leaving, new root keys; and when rows are moved."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from app.accounts import passkey_rows, passkeys
from app.accounts.models import Passkey, SpentChallenge
from app.clock import SetClock
from app.keyfiles import KeyFolder
from app.keystore import DataKey
from app.processes import end_reading
from app.rotation.service import Rotation
from app.wiring import Toolbox
from privacy.errors import PrivacyError
from tests.app.accounts.authenticator import Device, add, enter, registered
from tests.app.accounts.test_fresh_start import NEW, secret_of, start_afresh
from tests.app.accounts.test_session import is_in
from tests.cast import Cast, Person, post, signed_in

UNDONE = "はじめからのやり直しを取り消しました"
LEAVE = {"texts": "keep", "sure": "1"}


@pytest.fixture
def phone(app: Flask, cast: Cast) -> Device:
    """Alice's phone, registered."""
    return registered(signed_in(app, cast.alice), cast.alice)


def said_of(tools: Toolbox, person: Person) -> dict[str, bool]:
    """Slot → whether it rests."""
    with tools.database.reading() as stores:
        return {row.id: said.rests for row, said in passkey_rows.every(stores, tools.vault, person.member_id)}


# ---------------------------------------------------------------- a fresh start


def test_a_tap_undoes_a_fresh_start(
    app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast, tmp_path: Path, phone: Device
) -> None:
    thief, owner = client, app.test_client()
    start_afresh(thief, tools, tmp_path, cast.alice)
    assert list(said_of(tools, cast.alice).values()) == [True]
    assert "自分の電話" not in thief.get("/account").text, "what rests is not the thief's to take away"
    theirs = Device()
    assert add(thief, theirs, label="よその電話", password=NEW).location == "/account"
    slot = next(slot for slot, rests in said_of(tools, cast.alice).items() if rests)
    assert post(thief, f"/account/passkeys/{slot}/remove", page="/account").status_code == 404
    assert enter(app.test_client(), theirs).status_code == 303
    assert enter(owner, phone).status_code == 303
    assert UNDONE in owner.get("/threads").text
    assert secret_of(owner, tools) == cast.alice.secret
    assert not is_in(thief)
    assert said_of(tools, cast.alice) == {slot: False}
    assert enter(app.test_client(), theirs).status_code == 422


def test_one_device_keeps_both_keys_in_those_days(
    client: FlaskClient, app: Flask, tools: Toolbox, cast: Cast, tmp_path: Path, phone: Device
) -> None:
    """The handle is another one after a fresh start: a device would else put the new key in the old one's place."""
    start_afresh(client, tools, tmp_path, cast.alice)
    assert add(client, phone, password=NEW).location == "/account"
    assert len(phone.keys) == 2
    owner = app.test_client()
    assert enter(owner, phone, phone.keys[0]).status_code == 303
    assert secret_of(owner, tools) == cast.alice.secret


@pytest.mark.parametrize("is_swept", [True, False])
def test_after_the_days_it_opens_nothing(
    app: Flask, client: FlaskClient, tools: Toolbox, clock: SetClock, cast: Cast, tmp_path: Path, phone: Device,
    is_swept: bool,
) -> None:  # fmt: skip
    start_afresh(client, tools, tmp_path, cast.alice)
    clock.move(hours=24 * 7)
    if is_swept:
        end_reading(tools)
        assert said_of(tools, cast.alice) == {}
    assert enter(app.test_client(), phone).status_code == 422


def test_a_second_fresh_start_keeps_what_the_first_set_aside(
    app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast, tmp_path: Path, phone: Device
) -> None:
    start_afresh(client, tools, tmp_path, cast.alice)
    theirs = Device()
    add(client, theirs, password=NEW)
    for one in (tmp_path / "sent").glob("*.json"):
        one.unlink()
    start_afresh(client, tools, tmp_path, cast.alice)
    assert list(said_of(tools, cast.alice).values()) == [True]
    assert enter(app.test_client(), theirs).status_code == 422
    assert enter(app.test_client(), phone).status_code == 303


# ---------------------------------------------------------------- leaving


def test_leaving_takes_them_along(app: Flask, tools: Toolbox, cast: Cast, phone: Device) -> None:
    others = registered(signed_in(app, cast.bob), cast.bob)
    fields = {**LEAVE, "current": cast.alice.password}
    assert post(signed_in(app, cast.alice), "/leaving/leave", fields).location == "/leaving/goodbye"
    with tools.database.reading() as stores:
        assert len(stores.identity.scalars(select(Passkey)).all()) == 1
    assert enter(app.test_client(), phone).status_code == 422
    assert enter(app.test_client(), others).status_code == 303


def test_where_the_data_key_is_gone_not_even_the_device_opens(
    app: Flask, tools: Toolbox, cast: Cast, phone: Device
) -> None:
    """An old copy of the identity file, and the key store of today."""
    with tools.database.transaction("keys") as stores:
        stores.keys.execute(delete(DataKey))
    assert enter(app.test_client(), phone).status_code == 422


# ---------------------------------------------------------------- new root keys


def test_new_root_keys_change_nothing(app: Flask, tools: Toolbox, cast: Cast, phone: Device) -> None:
    folder = KeyFolder(tools.settings.key_folder)
    folder.add_root()
    assert enter(app.test_client(), phone).status_code == 303
    rotation = Rotation(tools.database, tools.vault, tools.clock.now, pause=lambda _: None)
    left = rotation.under_older()
    assert left["passkeys.credential_index"] == left["passkeys.sealed_member"] == 1
    assert rotation.run() == {}
    for name in list(folder.root_names().values())[1:]:
        (folder.path / name).unlink()
    client = app.test_client()
    assert enter(client, phone).status_code == 303
    assert secret_of(client, tools) == cast.alice.secret
    assert "自分の電話" in client.get("/account").text


# ---------------------------------------------------------------- somebody with the files writes in them


def test_a_row_put_in_anothers_place_does_not_open(app: Flask, tools: Toolbox, cast: Cast, phone: Device) -> None:
    """What is sealed for one slot opens in no other, and what one member's key seals with no other's."""
    registered(signed_in(app, cast.bob), cast.bob)
    with tools.database.transaction("identity") as stores:
        mine, theirs = (
            next(row for row, _ in passkey_rows.every(stores, tools.vault, one.member_id))
            for one in (cast.alice, cast.bob)
        )
        for column in ("sealed", "sealed_member"):
            kept = getattr(mine, column)
            setattr(mine, column, getattr(theirs, column))
            with pytest.raises(PrivacyError):
                passkey_rows.whose(stores, tools.vault, mine)
            setattr(mine, column, kept)
        assert passkey_rows.whose(stores, tools.vault, mine)[0].id == cast.alice.member_id


def test_a_changed_row_is_refused_and_says_nothing(app: Flask, tools: Toolbox, cast: Cast, phone: Device) -> None:
    with tools.database.transaction("identity") as stores:
        row = stores.identity.scalars(select(Passkey)).one()
        row.sealed_member = row.sealed_member[:-1] + bytes([row.sealed_member[-1] ^ 1])
    assert enter(app.test_client(), phone).status_code == 422


def test_slots_are_the_members_own_and_unlike_each_other(tools: Toolbox, cast: Cast) -> None:
    with tools.database.reading() as stores:
        keys = [passkey_rows.key_of(stores, tools.vault, cast[name].member_id) for name in ("alice", "bob")]
    slots = [slot for key in keys for slot in passkey_rows._slots(key)]
    assert len(set(slots)) == len(slots) == 2 * passkey_rows.SLOTS
    assert all(re.fullmatch("[0-9a-f]{64}", slot) for slot in slots)


def test_somebody_elses_is_not_there(app: Flask, tools: Toolbox, cast: Cast, phone: Device) -> None:
    (slot,) = said_of(tools, cast.alice)
    bob = signed_in(app, cast.bob)
    assert post(bob, f"/account/passkeys/{slot}/remove", page="/account").status_code == 404
    assert enter(app.test_client(), phone).status_code == 303
    with tools.database.reading() as stores:
        assert passkeys.list_passkeys(stores, tools.vault, member_id=cast.bob.member_id) == []


def test_what_was_answered_is_forgotten_after_two_days(
    tools: Toolbox, clock: SetClock, cast: Cast, phone: Device
) -> None:
    def spent() -> int:
        with tools.database.reading() as stores:
            return len(stores.identity.scalars(select(SpentChallenge)).all())

    counted = []
    for hours in (0, 24, 24):
        clock.move(hours=hours)
        end_reading(tools)
        counted.append(spent())
    assert counted == [1, 1, 0]
