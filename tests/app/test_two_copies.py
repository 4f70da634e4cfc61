"""Two copies of the identity file, of other days: nobody reads from them who signed in between."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Member, SignInSession
from app.accounts.population import population
from app.backups.copying import restore
from app.clock import SetClock, today
from app.db import store_path
from app.processes import end_reading
from app.wiring import Toolbox, build
from tests.app.accounts.authenticator import enter, registered
from tests.app.test_backups import network, take_all
from tests.cast import Cast, signed_in
from tests.conftest import make_app, make_tools


def rows_of(file: Path) -> dict[str, dict[object, tuple[object, ...]]]:
    with closing(sqlite3.connect(file)) as opened:
        tables = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: {row[:2]: row for row in opened.execute(f"SELECT * FROM {name} ORDER BY 1")}  # noqa: S608
            for name in tables
        }


def who_came(tools: Toolbox, before: Path, after: Path) -> set[str]:
    """Whom a thief of two copies, with the root key, names as changed between them: by every row that is another, of
    passkeys by the member sealed in it."""
    old, new, named = rows_of(before), rows_of(after), set()
    owner = {row[0]: str(row[1]) for row in new["wraps"].values()}
    for row in new["passkeys"].values():
        slot, sealed = str(row[0]), bytes(row[2])  # type: ignore[arg-type]
        owner[slot] = tools.vault.open(sealed, table="passkeys", column="sealed_member", row=slot)
    members = {str(row[0]) for row in new["members"].values()}
    for table in new:
        for key in old[table].keys() | new[table].keys():
            if old[table].get(key) != new[table].get(key):
                row = new[table].get(key) or old[table][key]
                named |= {owner.get(part, part) for part in row}
    return {str(one) for one in named} & members


Copied = Callable[[], Path]


@pytest.fixture
def copied(tools: Toolbox, tmp_path: Path) -> Copied:
    numbers = count()
    return lambda: take_all(tools, tmp_path / str(next(numbers)))["identity"]


def alive(tools: Toolbox, to: Path) -> Path:
    """The mutant: a copy with everything in it."""
    with (
        closing(sqlite3.connect(store_path(tools.settings.data_dir, "identity"))) as source,
        closing(sqlite3.connect(to)) as copy,
    ):
        source.backup(copy)
    return to


def test_two_copies_of_other_days_do_not_say_who_signed_in_between(
    app: Flask, tools: Toolbox, cast: Cast, copied: Copied
) -> None:
    """A day of sign-ins beside what came out that day would narrow down who wrote it."""
    found = []
    for person in (cast.alice, cast.bob):
        signed_in(app, person)
        with tools.database.reading() as stores:
            session = stores.identity.scalars(select(SignInSession)).first()
            assert session, "a living file has them"
        copy = copied()
        assert session.id.encode() not in copy.read_bytes()
        found.append(copy)
    assert rows_of(found[0]) == rows_of(found[1])


def test_nor_over_the_turn_of_a_quarter(
    app: Flask, tools: Toolbox, clock: SetClock, cast: Cast, copied: Copied, tmp_path: Path
) -> None:
    """Everybody's first visit of a quarter would be told by the copies around it; bob is back after a year away."""
    with tools.database.transaction("identity") as stores:
        stores.identity.get_one(Member, cast.bob.member_id).active_quarter -= 4
    before, living = copied(), alive(tools, tmp_path / "before")
    clock.move(hours=24 * 42)  # the first of January
    end_reading(tools)
    signed_in(app, cast.alice)
    clock.move(hours=24)
    signed_in(app, cast.bob)
    end_reading(tools)
    assert rows_of(before) == rows_of(copied())
    assert who_came(tools, living, alive(tools, tmp_path / "after")) == {cast.alice.member_id, cast.bob.member_id}
    clock.move(hours=24 * 92)  # and it goes in when it is over, whoever came since
    signed_in(app, cast.carol)
    end_reading(tools)
    assert who_came(tools, before, copied()) == {cast.alice.member_id, cast.bob.member_id}


def test_nor_after_a_change_of_the_cost_of_passwords(
    tools: Toolbox, cast: Cast, copied: Copied, tmp_path: Path
) -> None:
    before, living = copied(), alive(tools, tmp_path / "before")
    dearer = build(tools.settings.model_copy(update={"argon2_memory_kib": 128}), clock=tools.clock)
    with dearer.database:
        signed_in(make_app(dearer), cast.alice)
        end_reading(dearer)
    assert rows_of(before) == rows_of(copied())
    assert who_came(tools, living, alive(tools, tmp_path / "after")) == {cast.alice.member_id}


def test_nor_by_security_keys_that_count(
    app: Flask, tools: Toolbox, cast: Cast, copied: Copied, tmp_path: Path
) -> None:
    """With the root key a passkey's row leads to its member; a count in it would say that they were here."""
    key = registered(signed_in(app, cast.alice), cast.alice, counts=True)
    registered(signed_in(app, cast.bob), cast.bob, counts=True)
    before, living = copied(), alive(tools, tmp_path / "before")
    assert enter(app.test_client(), key).status_code == 303
    assert rows_of(before) == rows_of(copied())
    assert cast.alice.member_id in who_came(tools, living, alive(tools, tmp_path / "after"))
    mutant = tmp_path / "mutant"
    mutant.write_bytes(before.read_bytes())
    with closing(sqlite3.connect(mutant)) as file:  # the count sealed into the row, as it once was
        file.execute("UPDATE passkeys SET sealed = x'00' WHERE id = (SELECT min(id) FROM passkeys)")
        file.commit()
    assert len(who_came(tools, before, mutant)) == 1


def test_a_restore_lets_everybody_in_and_forgets_only_who_was_back(
    app: Flask, tools: Toolbox, clock: SetClock, cast: Cast, tmp_path: Path
) -> None:
    """Whoever was away for two quarters counts again when they come again; a key that counts begins where it was added."""
    key = registered(signed_in(app, cast.alice), cast.alice, counts=True)
    enter(app.test_client(), key)
    bob = cast.bob.member_id
    with tools.database.transaction("identity") as stores:
        stores.identity.get_one(Member, bob).active_quarter -= 4
    assert bob not in counted(tools)
    clock.move(hours=24 * 42)
    signed_in(app, cast.bob)
    assert bob in counted(tools)
    copies = take_all(tools, tmp_path / "away")
    den = make_tools(tmp_path / "den", keys_dir=tools.settings.key_folder)
    den.database.close()
    for store, copy in copies.items():
        restore(den.settings.data_dir, store, copy, network(tools))
    later = build(den.settings, clock=clock)
    with later.database:
        assert bob not in counted(later)
        signed_in(make_app(later), cast.bob)
        assert enter(make_app(later).test_client(), key).status_code == 303
        assert {bob, cast.alice.member_id, cast.carol.member_id} <= counted(later)


def counted(tools: Toolbox) -> set[str]:
    with tools.database.reading() as stores:
        return {one.key for one in population(stores, tools.vault, tools.trade, today=today(tools.clock.now()))}
