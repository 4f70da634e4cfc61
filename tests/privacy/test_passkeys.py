"""What a passkey opens: the secret it was wrapped for, with its own output and nothing else."""

import hashlib
import random

import pytest

from privacy.errors import Tampered, WeakInput, WrongSecret
from privacy.keys import new_data_key
from privacy.passkeys import PRF_SALT, passkey_handle, passkey_slot, unwrap_with_passkey, wrap_with_passkey
from privacy.pseudonyms import locker_label, new_secret
from privacy.wraps import Wrap, unwrap_with_secret

OUTPUT = hashlib.sha256(b"output").digest()


def test_it_opens_for_its_owner_and_output_alone() -> None:
    ms = new_secret()
    wrap = Wrap.from_json(wrap_with_passkey(ms, OUTPUT, owner="m:c").to_json())
    assert unwrap_with_passkey(wrap, OUTPUT, owner="m:c") == ms
    for output, owner in ((OUTPUT[::-1], "m:c"), (OUTPUT, "m:d"), (OUTPUT, "n:c"), (PRF_SALT, "m:c")):
        with pytest.raises(WrongSecret):
            unwrap_with_passkey(wrap, output, owner=owner)
    with pytest.raises(WrongSecret):
        unwrap_with_secret(wrap, OUTPUT, "token", owner="m:c")


@pytest.mark.parametrize("output", [b"", OUTPUT[:31], OUTPUT + b"x"])
def test_what_is_no_output_is_refused(output: bytes) -> None:
    wrap = wrap_with_passkey(new_secret(), OUTPUT, owner="")
    for attempt in (
        lambda: wrap_with_passkey(new_secret(), output, owner=""),
        lambda: unwrap_with_passkey(wrap, output, owner=""),
    ):
        with pytest.raises(WeakInput):
            attempt()


def test_two_wraps_of_one_passkey_share_nothing() -> None:
    ms = new_secret()
    one, two = (wrap_with_passkey(ms, OUTPUT, owner="m:c") for _ in range(2))
    assert one.salt != two.salt
    assert one.sealed != two.sealed


def test_a_changed_wrap_does_not_open() -> None:
    wrap = wrap_with_passkey(new_secret(), OUTPUT, owner="")
    with pytest.raises(WrongSecret):
        unwrap_with_passkey(Wrap(wrap.kind, {"time": 1}, wrap.salt, wrap.sealed), OUTPUT, owner="")
    with pytest.raises(Tampered):
        Wrap.from_json("[]")


def test_the_salt_stays_what_it_is() -> None:
    """Another one would lock out every passkey there is."""
    assert PRF_SALT.hex() == "e4bf741f6df94d98ba3a0295f33f49ef48f2abca9e10d5384f1be33705f78c9c"


def test_slots_and_handles_are_unlike_all_others() -> None:
    rng = random.Random(3)
    keys = [new_data_key(rng.randbytes) for _ in range(20)]
    slots = {passkey_slot(key, number) for key in keys for number in range(10)}
    assert len(slots) == 200
    assert passkey_slot(keys[0], 0) == passkey_slot(keys[0], 0)
    secrets = [new_secret(rng.randbytes) for _ in range(20)]
    handles = {passkey_handle(ms) for ms in secrets}
    assert len(handles) == 20
    assert {len(one) for one in handles} == {16}
    assert not handles & {bytes.fromhex(locker_label(ms, "drafts")) for ms in secrets}
