"""Sealed columns: round trip, tampering, moving."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.errors import Tampered, WeakInput, WrongKey
from privacy.keys import RootKeys, key_from, new_data_key
from privacy.vault import (
    Place,
    envelope_key_id,
    open_json,
    open_rooted,
    open_sealed,
    open_text,
    seal,
    seal_json,
    seal_text,
)

KEY = key_from(bytes(range(32)))
PLACE = Place("posts", "body", "r1")
names = st.text(min_size=1, max_size=8)
places = st.builds(Place, names, names, names, st.integers(0, 300))


@given(st.binary(max_size=200), places, st.integers(0, 64))
def test_what_is_sealed_comes_back(plaintext: bytes, place: Place, pad_to: int) -> None:
    assert open_sealed(KEY, seal(KEY, plaintext, place, pad_to=pad_to), place) == plaintext


@given(st.binary(min_size=1, max_size=40), st.data())
def test_any_changed_byte_is_noticed(plaintext: bytes, data: st.DataObject) -> None:
    envelope = bytearray(seal(KEY, plaintext, PLACE))
    envelope[data.draw(st.integers(0, len(envelope) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises((Tampered, WrongKey)):
        open_sealed(KEY, bytes(envelope), PLACE)


def test_every_byte_and_every_cut_is_noticed() -> None:
    envelope = seal(KEY, "鰤".encode(), PLACE)
    for at in range(len(envelope)):
        changed = envelope[:at] + bytes([envelope[at] ^ 1]) + envelope[at + 1 :]
        for wrong in (changed, envelope[:at]):
            with pytest.raises((Tampered, WrongKey)):
                open_sealed(KEY, wrong, PLACE)


@given(places, places)
def test_a_value_moved_elsewhere_does_not_open(here: Place, there: Place) -> None:
    envelope = seal(KEY, b"text", here)
    if here == there:
        assert open_sealed(KEY, envelope, there) == b"text"
    else:
        with pytest.raises(Tampered):
            open_sealed(KEY, envelope, there)


@pytest.mark.parametrize("change", [{"table": "x"}, {"column": "x"}, {"row": "r2"}, {"version": 2}])
def test_swapping_table_column_row_or_version_fails(change: dict[str, object]) -> None:
    with pytest.raises(Tampered) as caught:
        open_sealed(KEY, seal(KEY, b"text", PLACE), dataclasses.replace(PLACE, **change))  # type: ignore[arg-type]
    assert "text" not in str(caught.value)


def test_places_that_read_alike_when_joined_stay_apart() -> None:
    here, there = Place("ab", "c", "d"), Place("a", "bc", "d")
    # The mutant, parts joined without lengths, cannot tell these two.
    assert here.table + here.column + here.row == there.table + there.column + there.row
    assert here.context != there.context


def test_an_unknown_key_is_named() -> None:
    other = new_data_key()
    with pytest.raises(WrongKey) as caught:
        open_sealed([other], seal(KEY, b"text", PLACE), PLACE)
    assert caught.value.key_id == KEY.id


def test_rotation_old_envelopes_open_and_tell_their_key() -> None:
    old, both = RootKeys([bytes(32)]), RootKeys([bytes([1]) * 32, bytes(32)])
    envelope = seal(old.derive("drafts"), b"text", PLACE)
    assert open_rooted(both, "drafts", envelope, PLACE) == b"text"
    assert open_sealed(both.ring("drafts"), envelope, PLACE) == b"text"
    assert envelope_key_id(envelope) == old.ids[0] != both.ids[0]
    with pytest.raises(WrongKey):
        open_rooted(RootKeys([bytes([1]) * 32]), "drafts", envelope, PLACE)
    with pytest.raises(Tampered):
        open_rooted(both, "other", envelope, PLACE)


def test_padding_hides_the_length_and_its_absence_does_not() -> None:
    texts = [b"", b"a" * 100, b"a" * 252]
    assert len({len(seal(KEY, text, PLACE, pad_to=256)) for text in texts}) == 1
    assert len({len(seal(KEY, text, PLACE)) for text in texts}) == 3


def test_the_same_text_twice_looks_different() -> None:
    assert seal(KEY, b"text", PLACE) != seal(KEY, b"text", PLACE)


def test_json_and_text() -> None:
    value = {"質問": ["白点", 3, None, True]}
    assert open_json(KEY, seal_json(KEY, value, PLACE, pad_to=64), PLACE) == value
    assert open_text(KEY, seal_text(KEY, "白点病", PLACE), PLACE) == "白点病"


def test_a_place_without_a_row_is_refused() -> None:
    with pytest.raises(WeakInput):
        Place("posts", "body", "")
