"""Labels of the member secret: repeatable, unlinkable, injective."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.errors import WeakInput
from privacy.keys import Key
from privacy.pseudonyms import (
    MemberSecret,
    locker_key,
    locker_label,
    new_id,
    new_secret,
    owner_tag,
    peer_tag,
    routing_handle,
    unique_label,
)

MS = MemberSecret(bytes(range(32)))
OTHER = MemberSecret(bytes(range(1, 33)))
THREADS = 100_000
words = st.text(max_size=6)

Call = tuple[Callable[..., str], tuple[object, ...]]
calls: st.SearchStrategy[Call] = st.one_of(
    st.tuples(st.sampled_from([owner_tag, peer_tag]), st.tuples(words)),
    st.tuples(st.just(routing_handle), st.tuples(words, st.integers(0, 50))),
    st.tuples(st.sampled_from([locker_label, unique_label]), st.tuples(words, words)),
)


def shared_prefixes(labels: Sequence[str], length: int) -> int:
    """How many labels repeat the first `length` hex characters of another."""
    return len(labels) - len({label[:length] for label in labels})


@given(calls, calls)
def test_labels_are_injective_over_function_and_arguments(one: Call, two: Call) -> None:
    (first, first_args), (second, second_args) = one, two
    same = first is second and first_args == second_args
    assert (first(MS, *first_args) == second(MS, *second_args)) is same


def test_arguments_that_read_alike_when_joined_stay_apart() -> None:
    assert locker_label(MS, "ab", "c") != locker_label(MS, "a", "bc")
    assert routing_handle(MS, "d1", 1) != routing_handle(MS, "d", 11)


def test_one_purpose_never_gives_another_purposes_label() -> None:
    labels = [owner_tag(MS, "x"), peer_tag(MS, "x"), routing_handle(MS, "x"), locker_label(MS, "x")]
    labels += [unique_label(MS, "x", ""), locker_key(MS, "x").secret.hex()[:32], locker_key(MS, "x").id.hex()]
    assert len(set(labels)) == len(labels)


def test_two_members_share_nothing_and_one_member_finds_their_own_again() -> None:
    assert owner_tag(MS, "t") == owner_tag(MS, "t") != owner_tag(OTHER, "t")
    assert len(owner_tag(MS, "t")) == 32
    assert bytes.fromhex(owner_tag(MS, "t"))
    assert locker_key(MS, "drafts") == locker_key(MS, "drafts") != locker_key(OTHER, "drafts")
    assert isinstance(locker_key(MS, "drafts"), Key)


def test_a_new_epoch_is_a_new_handle() -> None:
    assert routing_handle(MS, "trout", 0) != routing_handle(MS, "trout", 1)
    with pytest.raises(WeakInput):
        routing_handle(MS, "trout", -1)


@pytest.mark.parametrize("make", [owner_tag, peer_tag])
def test_a_hundred_thousand_handles_of_one_member_share_nothing(make: Callable[[MemberSecret, str], str]) -> None:
    labels = [make(MS, f"thread-{n}") for n in range(THREADS)]
    assert len(set(labels)) == THREADS
    assert shared_prefixes(labels, 12) == 0
    # Chance alone repeats 8 hex characters about n²/2/2³² = 1.2 times; ten would be no chance (p < 1e-6).
    assert shared_prefixes(labels, 8) < 10


def test_the_prefix_measure_sees_a_stable_prefix_and_a_counter() -> None:
    stable = ["5e1f00d5" + owner_tag(MS, f"{n}")[8:] for n in range(1000)]
    counter = [f"{n:032x}" for n in range(1000)]
    assert shared_prefixes(stable, 8) == shared_prefixes(counter, 12) == 999


def test_ids_and_secrets_are_random_and_128_and_256_bit() -> None:
    ids = [new_id() for _ in range(10_000)]
    assert len(set(ids)) == 10_000
    assert {len(id) for id in ids} == {32}
    assert shared_prefixes(ids, 12) == 0
    assert sorted(ids) != ids
    assert len(new_secret()) == 32
    assert new_secret() != new_secret()


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(WeakInput):
        owner_tag(MemberSecret(b"short"), "t")
