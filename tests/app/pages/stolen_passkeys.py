"""What falls of passkeys: how many there are, and with the root key whose. What opens them is in the devices alone."""

from collections.abc import Iterable
from itertools import combinations

import pytest
from sqlalchemy import select

from app.accounts import passkey_rows
from app.accounts.models import Passkey, SpentChallenge
from app.clock import today
from app.wiring import Toolbox
from privacy.errors import PrivacyError, WrongSecret
from privacy.keys import Key
from privacy.passkeys import OUTPUT_BYTES, PRF_SALT, passkey_slot, unwrap_with_passkey
from privacy.pseudonyms import MemberSecret
from privacy.wraps import Wrap
from tests.app.accounts.authenticator import Device, enter, registered
from tests.app.pages.thieves import PURPOSES, file_of, stranger
from tests.cast import Cast, Person, signed_in
from tests.conftest import make_app
from tests.watch import WATCH

LABEL = "自分の電話"


def three_passkeys(tools: Toolbox, cast: Cast) -> tuple[Device, Device, Device]:
    """Two of alice, one of bob; one tap with each."""
    app = make_app(tools)
    people = (cast.alice, cast.alice, cast.bob)
    devices = tuple(registered(signed_in(app, person), person) for person in people)
    for device in devices:
        assert enter(app.test_client(), device).status_code == 303
    return devices  # type: ignore[return-value]


def check_passkeys_are_counted(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    devices = three_passkeys(tools, cast)
    dump = file_of(tools, "identity") + file_of(tools, "keys") + file_of(tools, "content")
    for key in (device.keys[0] for device in devices):
        for secret in (key.id, key.public, key.handle, key.output(PRF_SALT)):
            assert [one for one in written(secret) if one in dump] == []
            assert [one for one in written(secret) if one in "\n".join(WATCH.text).encode()] == []
    assert LABEL.encode() not in dump
    with tools.database.reading() as stores:
        rows = list(stores.identity.scalars(select(Passkey)))
        assert len(rows) == 3
        days = list(stores.identity.scalars(select(SpentChallenge.day)))
        assert days == [today(tools.clock.now()).toordinal()] * 6  # three were made, and three entered
    assert pairs(rows) == pairs([]) == set()
    # the mutant: a row that says whose it is
    named = [Passkey(id=row.id, sealed_member=b"m" * (1 + n // 2), sealed=b"") for n, row in enumerate(rows)]
    assert pairs(named) == {(0, 1)}
    for row in rows:
        with pytest.raises(PrivacyError):
            stranger().open(row.sealed_member, table="passkeys", column="sealed_member", row=row.id)


def pairs(rows: list[Passkey]) -> set[tuple[int, int]]:
    """Those a thief without keys would say are of one member: some cell is equal, or its length is no other's."""
    cells = [(row.id, row.credential_index, row.sealed_member, row.sealed) for row in rows]
    sizes = [tuple(len(one or "") for one in row) for row in cells]
    equal = {(i, j) for i, j in combinations(range(len(rows)), 2) if set(cells[i]) & set(cells[j]) - {None, b""}}
    alike = {(i, j) for i, j in combinations(range(len(rows)), 2) if sizes[i] == sizes[j]}
    return equal | (alike if len(set(sizes)) > 1 else set())


def written(secret: bytes) -> Iterable[bytes]:
    """A secret as it might be kept."""
    from base64 import b64encode, urlsafe_b64encode

    yield from (secret, secret.hex().encode(), b64encode(secret).rstrip(b"="), urlsafe_b64encode(secret).rstrip(b"="))


def check_passkeys_are_named(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """With the root key whose they are; what opens the secret is still in the device."""
    devices = three_passkeys(tools, cast)
    with tools.database.reading() as stores:
        rows = list(stores.identity.scalars(select(Passkey)))
        found = [passkey_rows.whose(stores, tools.vault, row) for row in rows]
    assert sorted(member.id for member, _ in found) == sorted([cast.alice.member_id] * 2 + [cast.bob.member_id])
    assert {(said.label, said.day) for _, said in found} == {(LABEL, today(tools.clock.now()).toordinal())}
    for person, device in zip((cast.alice, cast.alice, cast.bob), devices, strict=True):
        said = next(one for _, one in found if one.credential == device.keys[0].id.hex())
        assert break_open(tools, person, said) is None
        # the mutant: the same wrap under something the root key gives
        weak = wrapped_weakly(tools, person, said)
        assert break_open(tools, person, weak) == person.secret


def break_open(tools: Toolbox, person: Person, said: passkey_rows.Said) -> MemberSecret | None:
    """Try everything that the files and the root key give as if the device had given it."""
    for guess in guesses(tools, person, said):
        try:
            owner = f"{person.member_id}:{said.credential}"
            return unwrap_with_passkey(Wrap.from_json(said.wrap), guess, owner=owner)
        except WrongSecret:
            continue
    return None


def guesses(tools: Toolbox, person: Person, said: passkey_rows.Said) -> Iterable[bytes]:
    purposes = (*PURPOSES, "passkeys.sealed_member", "passkeys.sealed", "index/passkey")
    yield from (tools.vault.ring(purpose)[0].secret for purpose in purposes)
    with tools.database.reading() as stores:
        key = passkey_rows.key_of(stores, tools.vault, person.member_id)
    yield from (key.secret, PRF_SALT, bytes.fromhex(passkey_slot(key, 0)), bytes(OUTPUT_BYTES))
    for part in (said.credential, said.handle, said.public_key, person.member_id):
        yield (bytes.fromhex(part) * 2)[:OUTPUT_BYTES]


def wrapped_weakly(tools: Toolbox, person: Person, said: passkey_rows.Said) -> passkey_rows.Said:
    from dataclasses import replace

    from privacy.passkeys import wrap_with_passkey

    root: Key = tools.vault.ring("passkeys.sealed_member")[0]
    owner = f"{person.member_id}:{said.credential}"
    return replace(said, wrap=wrap_with_passkey(person.secret, root.secret, owner=owner).to_json())
