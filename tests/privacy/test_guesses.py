"""A million guesses at the stolen mail index, by a thief of all three files who has no key: not one address is found."""

import hashlib
import hmac
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice, product

import pytest

from app.db import store_path
from app.keyfiles import KeyFolder
from app.wiring import Toolbox
from tests.cast import Cast
from tests.seeds import seeds

GUESSES = 1_000_000
FEWER = 20_000
"""Addresses tried under each of many keys; the real ones are among them."""
OTHER_PURPOSES = (
    "index/afresh", "index/mail_domain", "index/code", "rate", "flask", "data-key", "key-check", "cookie.times", "pending.sealed",
    "threads.sealed_scope", "import", "index", "mail", "index/mail/", "Index/mail",
)  # fmt: skip
Guess = Callable[[bytes], str]


@pytest.fixture
def stolen(tools: Toolbox, cast: Cast) -> tuple[frozenset[str], frozenset[bytes]]:
    """The index as it stands in the file, and the real addresses, which the thief tries too."""
    with closing(sqlite3.connect(store_path(tools.settings.data_dir, "identity"))) as file:
        index = frozenset(row[0] for row in file.execute("SELECT mail_index FROM members"))
    people = frozenset(person.mail.casefold().encode() for person in cast.people.values())
    assert len(index) == len(people) >= 4
    return index, people


def addresses(real: frozenset[bytes]) -> Iterator[bytes]:
    """Real ones first, then names and numbers at many hosts."""
    yield from real
    names = ("sato", "suzuki", "tanaka", "info", "alice", "bob", "carol", "dave", "office", "yoshoku")
    hosts = [f"{word}{n}.{ending}" for word in ("umi", "suisan") for n in range(100) for ending in ("jp", "example")]
    for name, number, host in product(names, range(300), hosts):
        yield f"{name}{number}@{host}".encode()


def hits(index: frozenset[str], tried: Iterator[bytes], guess: Guess) -> int:
    """How many of the stored values a way of guessing makes."""
    return len(index & {guess(address) for address in tried})


def hmac_under(key: bytes) -> Guess:
    return lambda address: hmac.digest(key, address, "sha256").hex()


def test_a_million_addresses_without_a_key(stolen: tuple[frozenset[str], frozenset[bytes]]) -> None:
    index, real = stolen
    assert hits(index, islice(addresses(real), GUESSES), lambda address: hashlib.sha256(address).hexdigest()) == 0


@pytest.mark.parametrize("seed", seeds(1))
def test_a_million_guesses_under_keys_of_the_thiefs_own(
    stolen: tuple[frozenset[str], frozenset[bytes]], seed: int
) -> None:
    index, real = stolen
    rng = random.Random(seed)
    usual = [b"", bytes(32), b"shiome", b"shiome/index/mail/v1", b"index/mail", b"secret", b"mail_index"]
    keys = [*usual, *(rng.randbytes(32) for _ in range(GUESSES // FEWER - len(usual)))]
    assert len(keys) * FEWER == GUESSES
    assert [hits(index, islice(addresses(real), FEWER), hmac_under(key)) for key in keys] == [0] * len(keys)


def test_other_purposes_keys_find_nobody(tools: Toolbox, stolen: tuple[frozenset[str], frozenset[bytes]]) -> None:
    """One purpose a key: whoever got hold of another one, or of the mail process's, cannot look addresses up."""
    index, real = stolen
    keys = [key.secret for purpose in OTHER_PURPOSES for key in tools.vault.ring(purpose)]
    keys += KeyFolder(tools.settings.key_folder).post_office_privates()
    for key in keys:
        assert hits(index, islice(addresses(real), FEWER), hmac_under(key)) == 0


def test_whoever_has_the_key_finds_everybody(tools: Toolbox, stolen: tuple[frozenset[str], frozenset[bytes]]) -> None:
    """Or the guesses above would be no guesses; this is what the root key's fall costs."""
    index, real = stolen
    key = tools.vault.ring("index/mail")[0].secret
    assert hits(index, islice(addresses(real), FEWER), hmac_under(key)) == len(index)


@pytest.mark.parametrize("broken", [lambda a: hashlib.sha256(a).hexdigest(), hmac_under(b"shiome/index/mail/v1")])
def test_an_index_without_a_key_is_found_out(stolen: tuple[frozenset[str], frozenset[bytes]], broken: Guess) -> None:
    _, real = stolen
    index = frozenset(map(broken, real))
    assert hits(index, islice(addresses(real), FEWER), broken) == len(real)
