"""How long a sign-in lasts, and what a database or a cookie alone is worth."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.accounts import sessions
from app.accounts.models import Member, SignInSession
from app.accounts.models import Wrap as WrapRow
from app.accounts.rules import device_label
from app.accounts.signin import session_limits
from app.clock import SetClock
from app.db import STORES, store_path
from app.keyfiles import KeyFolder
from app.sealing import Vault
from app.wiring import Toolbox
from privacy.errors import PrivacyError
from privacy.keys import RootKeys, key_from
from privacy.vault import Place, open_sealed
from tests.cast import Cast, sign_in, signed_in

MINUTE = 60
HOUR = 3600
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1"


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_idle_limit(app: Flask, clock: SetClock, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    clock.move(seconds=30 * MINUTE)
    assert is_in(client)
    clock.move(seconds=30 * MINUTE)
    assert is_in(client), "being seen half an hour ago counts"
    clock.move(seconds=30 * MINUTE + 1)
    assert not is_in(client)


def test_absolute_limit(app: Flask, clock: SetClock, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    for _ in range(12 * 3):
        clock.move(seconds=20 * MINUTE)
        assert is_in(client)
    clock.move(seconds=1)
    assert not is_in(client)


def test_own_phone_lasts_fourteen_days(app: Flask, clock: SetClock, cast: Cast) -> None:
    client = signed_in(app, cast.alice, own_phone=True)
    clock.move(hours=24 * 14)
    assert is_in(client)
    clock.move(seconds=1)
    assert not is_in(client)


def test_cookie_is_refreshed_once_a_minute_and_no_row_moves(
    app: Flask, tools: Toolbox, clock: SetClock, cast: Cast
) -> None:
    client = signed_in(app, cast.alice)

    def value() -> str:
        cookie = client.get_cookie("__Host-shiome")
        assert cookie
        return cookie.value

    def rows() -> list[object]:
        with tools.database.reading() as stores:
            return [dict(row._mapping) for row in stores.identity.execute(select(SignInSession.__table__))]

    first, before = value(), rows()
    clock.move(seconds=59)
    assert is_in(client)
    assert value() == first
    clock.move(seconds=1)
    assert is_in(client)
    assert value() != first
    assert value()[:64] == first[:64]
    assert rows() == before


def test_old_copy_of_a_cookie_still_ends(app: Flask, clock: SetClock, cast: Cast) -> None:
    client, thief = signed_in(app, cast.alice), app.test_client()
    cookie = client.get_cookie("__Host-shiome")
    assert cookie
    for _ in range(4):
        clock.move(seconds=10 * MINUTE)
        assert is_in(client)
    thief.set_cookie("__Host-shiome", cookie.value, secure=True, path="/")
    assert not is_in(thief)


@pytest.mark.parametrize("change", [lambda v: v[:-2], lambda v: "", lambda v: v[:70] + "AAAA" + v[74:], lambda v: "あ"])
def test_changed_cookie_is_nobody(app: Flask, cast: Cast, change: Callable[[str], str]) -> None:
    client = signed_in(app, cast.alice)
    cookie = client.get_cookie("__Host-shiome")
    assert cookie
    client.set_cookie("__Host-shiome", change(cookie.value), secure=True, path="/")
    assert not is_in(client)


def test_times_of_one_cookie_do_not_fit_another(app: Flask, tools: Toolbox, clock: SetClock, cast: Cast) -> None:
    old = signed_in(app, cast.alice).get_cookie("__Host-shiome")
    clock.move(hours=1)
    new = signed_in(app, cast.alice).get_cookie("__Host-shiome")
    assert old
    assert new
    assert sessions.read_cookie(tools.vault, old.value[:64] + new.value[64:]) is None
    assert sessions.read_cookie(tools.vault, new.value) is not None


def test_expired_rows_are_forgotten(app: Flask, tools: Toolbox, clock: SetClock, cast: Cast) -> None:
    signed_in(app, cast.alice)
    clock.move(hours=24 * sessions.SWEEP_DAYS * 2)
    signed_in(app, cast.bob)
    with tools.database.reading() as stores:
        owners = stores.identity.scalars(select(SignInSession.member_id)).all()
    assert owners == [cast.bob.member_id]


def test_a_row_does_not_tell_on_which_day_somebody_signed_in(
    app: Flask, tools: Toolbox, clock: SetClock, cast: Cast
) -> None:
    for _ in range(sessions.SWEEP_DAYS):
        signed_in(app, cast.alice)
        clock.move(hours=24)
    with tools.database.reading() as stores:
        days = set(stores.identity.scalars(select(SignInSession.expires_day)).all())
    assert len(days) <= 2
    assert all(day % sessions.SWEEP_DAYS == 0 for day in days)


def test_a_device_whose_session_is_over_is_not_listed(app: Flask, clock: SetClock, cast: Cast) -> None:
    signed_in(app, cast.alice)
    clock.move(hours=48)
    page = signed_in(app, cast.alice).get("/account").text
    assert page.count("/account/devices/") + page.count("この端末<") == 1


def test_device_labels_are_coarse() -> None:
    assert device_label(IPHONE) == "Safari / iPhone"
    chrome = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/131.0.6778.39 Mobile Safari/537.36"
    assert device_label(chrome) == "Chrome / Android"
    assert device_label("curl/8") == ""


# ---------------------------------------------------------------- thieves


def copies(tools: Toolbox) -> bytes:
    folder = tools.settings.data_dir
    files = [path for store in STORES for path in folder.glob(f"{store_path(folder, store).name}*")]
    assert len(files) >= len(STORES)
    return b"".join(path.read_bytes() for path in files)


def test_files_without_the_root_key_open_nothing(app: Flask, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    signed_in(app, cast.alice)
    bytes_ = copies(tools)
    words = [cast.alice.mail, "alice", "架空水産A", "nagano", "rainbow-trout", cast.alice.recovery_code, "a.example"]
    for word in words:
        for form in (word.encode(), word.encode("utf-16-le"), word.upper().encode()):
            assert form not in bytes_, word
    assert cast.alice.secret not in bytes_
    stranger = Vault(RootKeys([b"\x07" * 32]))
    with tools.database.reading() as stores:
        member = stores.identity.get(Member, cast.alice.member_id)
        assert member
        with pytest.raises(PrivacyError):
            stranger.data_key(stores, member.key_id)
        # the scan can find what is there
    assert cast.alice.member_id.encode() in bytes_


def test_root_key_without_cookie_opens_no_secret(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """With files and root keys a thief tries every key there is on everything that holds a secret."""
    client = signed_in(app, cast.alice)
    roots = KeyFolder(tools.settings.key_folder).roots()
    with tools.database.reading() as stores:
        session = stores.identity.scalars(select(SignInSession)).one()
        member = stores.identity.get(Member, cast.alice.member_id)
        assert member
        data_key = tools.vault.data_key(stores, member.key_id)
    place = Place("sessions", "sealed_secret", f"{session.id}:{session.member_id}")
    purposes = ("cookie.times", "cookie.steps", "data-key", "flask", "sessions.sealed_secret")
    tried = [data_key, *(roots.derive(purpose) for purpose in purposes), *(key_from(key) for key in roots.keys)]
    for key in tried:
        for one in (key, key_from(key.secret)):
            with pytest.raises(PrivacyError):
                open_sealed([one, key_from(one.secret)], session.sealed_secret, place)
    # the browser's cookie does open it: the attempt above was the right one but for the key
    cookie = client.get_cookie("__Host-shiome")
    assert cookie
    opened = sessions.read_cookie(tools.vault, cookie.value)
    assert opened
    assert open_sealed(key_from(opened.key), session.sealed_secret, place) == cast.alice.secret


def test_limits_come_from_the_settings(tools: Toolbox) -> None:
    assert session_limits(tools.settings) == sessions.SessionLimits(1800, 43200, 14 * 86400)


def swap(tools: Toolbox, table: type, column: str, one: str, two: str) -> None:
    with tools.database.transaction("identity") as stores:
        rows = {row.id: getattr(row, column) for row in stores.identity.scalars(select(table))}
        for name, other in ((one, two), (two, one)):
            stores.identity.execute(update(table).where(table.id == name).values({column: rows[other]}))  # type: ignore[attr-defined]


def test_swapped_identities_do_not_open(app: Flask, tools: Toolbox, cast: Cast) -> None:
    clients = [signed_in(app, cast.alice), signed_in(app, cast.erin)]
    assert all(is_in(client) for client in clients)
    swap(tools, Member, "sealed", cast.alice.member_id, cast.erin.member_id)
    assert not any(is_in(client) for client in clients)


def test_session_turned_to_another_member_does_not_open(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    with tools.database.transaction("identity") as stores:
        stores.identity.execute(update(SignInSession).values(member_id=cast.erin.member_id))
    assert not is_in(client)


def test_swapped_wraps_do_not_open(app: Flask, tools: Toolbox, cast: Cast) -> None:
    with tools.database.transaction("identity") as stores:
        kept = {
            row.member_id: row.id for row in stores.identity.scalars(select(WrapRow).where(WrapRow.kind == "password"))
        }
    swap(tools, WrapRow, "data", kept[cast.alice.member_id], kept[cast.erin.member_id])
    with pytest.raises(AssertionError, match="422"):
        sign_in(app.test_client(), cast.alice)
