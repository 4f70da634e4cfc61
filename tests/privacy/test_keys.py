"""Root keys, derived keys, data keys, blind index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.errors import Tampered, WeakInput, WrongKey
from privacy.keys import (
    Key,
    RootKeys,
    blind_index,
    key_from,
    key_id_of,
    new_data_key,
    unwrap_data_key,
    wrap_data_key,
)

OLD, NEW = bytes(range(32)), bytes(range(1, 33))
ROOTS = RootKeys([NEW, OLD])


def test_the_newest_root_seals_and_older_ones_still_derive() -> None:
    assert ROOTS.derive("mail") == ROOTS.ring("mail")[0] == RootKeys([NEW]).derive("mail")
    assert ROOTS.derive("mail", key_id_of(OLD)) == ROOTS.ring("mail")[1] == RootKeys([OLD]).derive("mail")


def test_an_unknown_root_is_named_not_guessed() -> None:
    with pytest.raises(WrongKey) as caught:
        ROOTS.derive("mail", b"none")
    assert caught.value.key_id == b"none"


@given(st.lists(st.text(min_size=1, max_size=20).filter(lambda p: p != "key-id"), min_size=2, max_size=8, unique=True))
def test_each_purpose_has_its_own_key(purposes: list[str]) -> None:
    assert len({ROOTS.derive(purpose).secret for purpose in purposes}) == len(purposes)


def test_known_answer_so_that_stored_data_stays_readable() -> None:
    # RFC 5869 computed apart from our code: extract with a zero salt, one expand block.
    import hashlib
    import hmac

    prk = hmac.new(bytes(32), NEW, hashlib.sha256).digest()
    assert key_id_of(NEW) == hmac.new(prk, b"shiome/key-id/v1\x01", hashlib.sha256).digest()[:4]
    assert ROOTS.derive("mail").secret == hmac.new(prk, b"shiome/mail/v1\x01", hashlib.sha256).digest()


@pytest.mark.parametrize("keys", [[], [b"short"], [NEW, NEW], [bytes(33)]])
def test_weak_root_keys_are_refused(keys: list[bytes]) -> None:
    with pytest.raises(WeakInput):
        RootKeys(keys)


@pytest.mark.parametrize("purpose", ["", "key-id"])
def test_the_public_key_id_is_never_handed_out_as_a_key(purpose: str) -> None:
    with pytest.raises(WeakInput):
        ROOTS.derive(purpose)


def test_no_key_shows_in_a_repr() -> None:
    shown = repr(ROOTS) + repr(ROOTS.derive("mail")) + repr(key_from(NEW))
    assert NEW.hex() not in shown
    assert repr(NEW)[2:-1] not in shown
    assert repr(ROOTS.derive("mail").secret) not in shown


def test_a_data_key_comes_back_for_its_owner_only() -> None:
    kek, data_key = ROOTS.derive("key-store"), new_data_key()
    wrapped = wrap_data_key(kek, data_key, "member 1")
    assert unwrap_data_key(ROOTS.ring("key-store"), wrapped, "member 1") == data_key
    with pytest.raises(Tampered):
        unwrap_data_key([kek], wrapped, "member 2")
    with pytest.raises(WrongKey):
        unwrap_data_key([RootKeys([OLD]).derive("key-store")], wrapped, "member 1")
    with pytest.raises(Tampered):
        unwrap_data_key([Key(kek.id, bytes(32))], wrapped, "member 1")


def test_new_data_keys_differ() -> None:
    assert len({new_data_key().secret for _ in range(1000)}) == 1000


def test_blind_index_finds_the_same_address_however_typed_and_needs_its_key() -> None:
    key = ROOTS.derive("mail-index")
    assert blind_index(key, "Sato@Example.jp") == blind_index(key, " sato@example.JP　")
    assert blind_index(key, "Sato@Example.jp") == blind_index(key, "sato@example.jp")
    assert blind_index(key, "sato@example.jp") != blind_index(ROOTS.derive("other"), "sato@example.jp")
    assert blind_index(key, "sato@example.jp") != blind_index(key, "sato@example.com")


def test_guesses_without_the_key_never_hit_the_blind_index() -> None:
    stored = blind_index(ROOTS.derive("mail-index"), "m777@example.jp")
    guesser = key_from(bytes(32))
    assert all(blind_index(guesser, f"m{n}@example.jp") != stored for n in range(20_000))
    # The mutant, an index keyed by something public, falls to the same guesses.
    weak = blind_index(guesser, "m777@example.jp")
    assert any(blind_index(guesser, f"m{n}@example.jp") == weak for n in range(1000))
