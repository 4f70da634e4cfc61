"""Boxes: anyone closes, one key opens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.boxes import box_keys_of, new_box_keys, open_box, seal_box
from privacy.errors import Tampered, WeakInput, WrongKey

KEYS = box_keys_of(bytes(range(32)))


@given(st.binary(max_size=600), st.integers(0, 300))
def test_what_goes_in_comes_out(text: bytes, pad_to: int) -> None:
    assert open_box(KEYS.private, seal_box(KEYS.public, text, pad_to)) == text


def test_the_same_text_twice_differs_everywhere_and_has_one_length() -> None:
    one, two = (seal_box(KEYS.public, b"sato@example.jp") for _ in range(2))
    assert one[5:37] != two[5:37]
    assert one[37:] != two[37:]
    assert len(one) == len(two) == len(seal_box(KEYS.public, b"x" * 200))
    # Unpadded boxes would tell the two addresses apart.
    assert len(seal_box(KEYS.public, b"a", 0)) != len(seal_box(KEYS.public, b"ab", 0))


def test_every_changed_or_missing_byte_is_noticed() -> None:
    box = seal_box(KEYS.public, b"text", 0)
    for at in range(len(box)):
        for wrong in (box[:at] + bytes([box[at] ^ 1]) + box[at + 1 :], box[:at]):
            with pytest.raises((Tampered, WrongKey)):
                open_box(KEYS.private, wrong)


def test_another_key_does_not_open_and_is_told_apart_from_tampering() -> None:
    with pytest.raises(WrongKey):
        open_box(new_box_keys().private, seal_box(KEYS.public, b"text"))


def test_a_small_order_public_key_is_refused() -> None:
    with pytest.raises(WeakInput):
        seal_box(bytes(32), b"text")


def test_keys_are_32_bytes_and_hidden() -> None:
    assert len(KEYS.public) == 32
    assert repr(KEYS.private)[2:-1] not in repr(KEYS)
    assert new_box_keys().private != new_box_keys().private
    with pytest.raises(WeakInput):
        box_keys_of(b"short")
