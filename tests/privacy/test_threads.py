"""A hundred thousand threads of one member: no label, token or id tells that they are by one hand."""

import random
from collections.abc import Callable
from functools import cache

import pytest

from privacy.attacks.threads import Linkage, link
from privacy.errors import WeakInput
from privacy.pseudonyms import MemberSecret, locker_label, new_id, owner_tag, peer_tag, unique_label
from tests.seeds import seeds

THREADS = 100_000
SITTING = 3
"""Threads somebody writes one after the other, minutes apart."""
START = 1_790_000_000_000  # milliseconds


@cache
def timeline(threads: int, seed: int = 1) -> tuple[list[int], list[int]]:
    """(author, millisecond) of each thread in the order of writing: half of them by member 0, in sittings."""
    rng, authors, moments, now = random.Random(seed), [], [], START
    while len(authors) < 2 * threads:
        author = 0 if rng.random() < 0.5 else rng.randrange(1, 200)
        for _ in range(SITTING):
            now += rng.randrange(1_000, 60_000)
            authors.append(author)
            moments.append(now)
        now += rng.randrange(600_000)
    return authors, moments


def labels_of(threads: int, seed: int) -> dict[str, list[str]]:
    """Every label of the product, made as the product makes it."""
    rng, authors = random.Random(seed + 1), timeline(threads, seed)[0]
    secrets = {author: MemberSecret(rng.randbytes(32)) for author in sorted(set(authors))}
    ids = [new_id(rng.randbytes) for _ in authors]
    found: dict[str, list[str]] = {"id": [str(one) for one in ids]}
    makers: dict[str, Callable[[MemberSecret, str], str]] = {
        "owner tag": owner_tag,
        "peer tag": peer_tag,
        "locker label": lambda secret, thread: locker_label(secret, "read", thread),
        "unique label": lambda secret, thread: unique_label(secret, "vote", thread),
    }
    for name, make in makers.items():
        found[name] = [str(make(secrets[a], str(id))) for a, id in zip(authors, ids, strict=True)]
    return found


@pytest.mark.parametrize("seed", seeds(1))
def test_a_hundred_thousand_threads_of_one_member_cannot_be_joined(seed: int) -> None:
    rng, authors = random.Random(seed + 2), timeline(THREADS, seed)[0]
    secret = MemberSecret(rng.randbytes(32))
    others = [MemberSecret(rng.randbytes(32)) for _ in range(200)]
    ids = [str(new_id(rng.randbytes)) for _ in authors]
    tags = [str(owner_tag(secret if a == 0 else others[a], id)) for a, id in zip(authors, ids, strict=True)]
    assert authors.count(0) >= 0.9 * THREADS
    for one in link({"id": ids, "owner tag": tags}, authors):
        assert one.holds, one


@pytest.mark.parametrize("seed", seeds(1))
def test_no_label_of_any_kind_joins_threads(seed: int) -> None:
    found = link(labels_of(12_000, seed), timeline(12_000, seed)[0])
    assert {one.linker for one in found} == {"exact", "prefix", "n-gram", "order"}
    assert len({one.label for one in found}) == 5
    for one in found:
        assert one.holds, one


# ---------------------------------------------------------------- mutants


def stable_pseudonym(threads: int) -> list[str]:
    rng, authors = random.Random(4), timeline(threads)[0]
    names = {author: rng.randbytes(16).hex() for author in sorted(set(authors))}
    return [names[author] for author in authors]


def stable_prefix(threads: int) -> list[str]:
    """Unique for each thread, yet its first four characters are the member's own."""
    rng = random.Random(5)
    return [name[:4] + rng.randbytes(14).hex() for name in stable_pseudonym(threads)]


def stable_piece(threads: int) -> list[str]:
    """The same somewhere inside."""
    rng, found = random.Random(6), []
    for name in stable_pseudonym(threads):
        noise, at = rng.randbytes(13).hex(), rng.randrange(26)
        found.append(noise[:at] + name[:6] + noise[at:])
    return found


def autoincrement(threads: int) -> list[str]:
    return [str(n) for n in range(len(timeline(threads)[0]))]


def uuid7(threads: int) -> list[str]:
    rng = random.Random(7)
    return [f"{moment:012x}7{rng.getrandbits(76):019x}" for moment in timeline(threads)[1]]


@pytest.mark.parametrize(
    ("mutant", "linkers", "least"),
    [
        (stable_pseudonym, {"exact", "prefix", "n-gram", "order"}, 0.95),
        (stable_prefix, {"prefix", "n-gram"}, 0.9),
        (stable_piece, {"n-gram"}, 0.9),
        (autoincrement, {"order"}, 0.95),
        (uuid7, {"order", "prefix"}, 0.9),
    ],
)
def test_mutants_are_found(mutant: Callable[[int], list[str]], linkers: set[str], least: float) -> None:
    found = link({"mutant": mutant(6_000)}, timeline(6_000)[0])
    best: dict[str, Linkage] = {one.linker: one for one in found}
    assert all(best[name].auc > least for name in linkers), found
    assert not found[0].holds


def test_one_label_twice_is_enough_to_fail() -> None:
    labels = [str(new_id(random.Random(n).randbytes)) for n in range(4000)]
    assert all(one.equal == 1 for one in link({"id": [*labels, labels[7]]}, [n % 7 for n in range(4001)]))


def test_two_authors_are_needed() -> None:
    with pytest.raises(WeakInput):
        link({"id": ["00", "01"]}, [1, 1])
    with pytest.raises(WeakInput):
        link({"id": ["00", "01"]}, [1, 2])
