"""Who wrote it, for three of five custodians: the sharing against its definition, and every way around it."""

import random
from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.boxes import BoxKeys, box_keys_of, new_box_keys, seal_box
from privacy.errors import PrivacyError, Tampered, WeakInput, WrongKey
from privacy.escrow import (
    ESCROW_BYTES,
    Escrow,
    Part,
    answer_challenge,
    answer_request,
    custodians_digest,
    find_wrong_shares,
    open_author,
    open_share,
    proof_of,
    read_answer,
    seal_author,
    seal_challenge,
)
from privacy.shamir import Share, combine, inverse, split, times

KEYS = sorted((box_keys_of(bytes([number]) * 32) for number in range(1, 6)), key=lambda keys: keys.public)
PUBLICS = [keys.public for keys in KEYS]
MEMBER = "0123456789abcdef" * 2
PART, OTHER = Part("a" * 32, "b" * 32, True), Part("c" * 32, "d" * 32, False)
BYTES = st.binary(min_size=32, max_size=32)


def shares_of(escrow: Escrow, part: Part = PART, keys: list[BoxKeys] = KEYS) -> list[Share]:
    """What the five custodians find in their boxes."""
    digest = custodians_digest([one.public for one in keys])
    return [open_share(one.private, box, part, digest) for one, box in zip(keys, escrow.boxes, strict=True)]


# ---------------------------------------------------------------- the field and the sharing


def by_definition(a: int, b: int) -> int:
    """Multiply the polynomials, then divide by x^8 + x^4 + x^3 + x + 1."""
    product = 0
    for bit in range(8):
        product ^= (a << bit) * (b >> bit & 1)
    for bit in range(14, 7, -1):
        product ^= (0x11B << (bit - 8)) * (product >> bit & 1)
    return product


def test_every_product_is_the_definitions() -> None:
    assert all([times(a, b) == by_definition(a, b) for a in range(256) for b in range(256)])


def test_every_element_but_zero_has_its_inverse() -> None:
    assert inverse(0) == 0
    assert all([times(a, inverse(a)) == 1 for a in range(1, 256)])


@settings(max_examples=30)
@given(BYTES, st.randoms(use_true_random=False))
def test_any_three_give_the_secret(secret: bytes, rng: random.Random) -> None:
    for three in combinations(split(secret, random=rng.randbytes), 3):
        assert combine(rng.sample(three, 3)) == secret


@pytest.mark.parametrize("places", list(combinations(range(1, 6), 2)))
def test_two_shares_are_consistent_with_every_secret_equally(places: tuple[int, int]) -> None:
    """Exact: for two shares as they are, each third value gives another secret, and every secret comes once."""
    for seed in range(3):
        two = [split(b"\x5a", random=random.Random(seed).randbytes)[place - 1] for place in places]
        third = next(place for place in range(1, 6) if place not in places)
        assert sorted(combine([*two, Share(third, bytes([value]))])[0] for value in range(256)) == list(range(256))


def test_two_shares_are_spread_alike_whatever_the_secret() -> None:
    """Exact: over all 65,536 polynomials of one byte, each pair of values comes once, for this secret and for that."""
    for secret in (0, 0xC7):
        seen = {
            (secret ^ times(2, a ^ times(2, b)), secret ^ times(5, a ^ times(5, b)))
            for a in range(256)
            for b in range(256)
        }
        assert len(seen) == 65_536
    # and the polynomial is the one that `split` evaluates
    shares = split(b"\xc7", random=_fixed(b"\x11", b"\x9d"))
    assert shares[1].value[0] == 0xC7 ^ times(2, 0x11 ^ times(2, 0x9D))


def _fixed(*answers: bytes) -> Callable[[int], bytes]:
    left = list(answers)
    return lambda _size: left.pop(0)


@pytest.mark.parametrize("indexes", [(1, 2), (1, 1, 2), (0, 1, 2), (1, 2, 6), (1, 2, 3, 4)])
def test_too_few_or_impossible_shares_are_refused(indexes: tuple[int, ...]) -> None:
    with pytest.raises(WeakInput):
        combine([Share(index, bytes(32)) for index in indexes])


# attackers of the sharing, and what each does to a broken one


def line_through(one: Share, two: Share) -> bytes:
    """What two shares give away where the polynomials are of degree one."""
    slope = [times(a ^ b, inverse(one.index ^ two.index)) for a, b in zip(one.value, two.value, strict=True)]
    return bytes(value ^ times(step, one.index) for value, step in zip(one.value, slope, strict=True))


def hits_with_two(random_bytes: Callable[[], Callable[[int], bytes]]) -> int:
    found = 0
    for seed in range(20):
        secret = random.Random(seed).randbytes(32)
        shares = split(secret, random=random_bytes())
        found += sum(line_through(*two) == secret for two in combinations(shares, 2))
    return found


def test_two_custodians_find_nothing_and_would_in_a_two_of_five() -> None:
    rng = random.Random(3)
    assert hits_with_two(lambda: rng.randbytes) == 0
    assert hits_with_two(lambda: _fixed(rng.randbytes(32), bytes(32))) == 200  # the mutant: no curve


def test_an_opened_escrow_opens_no_other_and_would_if_polynomials_came_twice() -> None:
    """Whoever has one key and one custodian's two shares tries: second key = first key + difference of the shares."""

    def found(reused: bool) -> int:
        rng, hits = random.Random(4), 0
        for _ in range(20):
            slopes = [rng.randbytes(32), rng.randbytes(32)]
            keys = [rng.randbytes(32), rng.randbytes(32)]
            drawn = [_fixed(*slopes) if reused else rng.randbytes for _ in keys]
            first, second = (split(key, random=one)[0].value for key, one in zip(keys, drawn, strict=True))
            guess = bytes(a ^ b ^ c for a, b, c in zip(keys[0], first, second, strict=True))
            hits += guess == keys[1]
        return hits

    assert found(reused=False) == 0
    assert found(reused=True) == 20


# ---------------------------------------------------------------- the escrow


@settings(max_examples=20)
@given(BYTES.map(lambda one: one[:16].hex()), st.permutations(KEYS))
def test_any_three_custodians_find_the_author(member: str, keys: list[BoxKeys]) -> None:
    escrow = Escrow.from_bytes(seal_author(member, PART, [one.public for one in keys]).to_bytes())
    for three in combinations(shares_of(escrow), 3):
        assert open_author(escrow, PART, three) == member


def test_two_custodians_with_everything_else_find_nothing() -> None:
    escrow = seal_author(MEMBER, PART, PUBLICS)
    for two in combinations(shares_of(escrow), 2):
        with pytest.raises(WeakInput):
            open_author(escrow, PART, two)
        for made_up in (Share(5 if two[1].index < 5 else 3, bytes(32)), Share(9, bytes(32))):
            with pytest.raises(PrivacyError):
                open_author(escrow, PART, [*two, made_up])


def test_a_wrong_share_is_noticed_named_and_harmless_among_four() -> None:
    escrow = seal_author(MEMBER, PART, PUBLICS)
    shares = shares_of(escrow)
    assert find_wrong_shares(escrow, PART, shares) == []
    wrong = Share(2, bytes([shares[1].value[0] ^ 1]) + shares[1].value[1:])
    moved = Share(4, shares[0].value)
    assert find_wrong_shares(escrow, PART, [shares[0], wrong, moved]) == [2, 4]
    with pytest.raises(Tampered):
        open_author(escrow, PART, [shares[0], wrong, shares[2]])
    assert open_author(escrow, PART, [shares[0], wrong, shares[2], shares[4]]) == MEMBER
    assert open_author(escrow, PART, [wrong, *shares]) == MEMBER


def test_one_escrow_is_as_long_as_any_other() -> None:
    lengths = {len(seal_author(member, PART, PUBLICS).to_bytes()) for member in (MEMBER, "0" * 32, "f" * 32)}
    assert lengths == {ESCROW_BYTES}
    one, two = (seal_author(MEMBER, PART, PUBLICS).to_bytes() for _ in range(2))
    assert [at for at in range(33, ESCROW_BYTES, 16) if one[at : at + 16] == two[at : at + 16]] == []


def test_every_changed_byte_is_noticed() -> None:
    escrow = seal_author(MEMBER, PART, PUBLICS)
    raw, shares = escrow.to_bytes(), shares_of(escrow)
    boxes_at = ESCROW_BYTES - 5 * len(escrow.boxes[0])
    for at in range(boxes_at):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        if 65 <= at < 145:  # the shares' checks accuse a custodian; they open nothing
            assert find_wrong_shares(Escrow.from_bytes(changed), PART, shares) != []
            continue
        with pytest.raises((Tampered, WrongKey)):
            open_author(Escrow.from_bytes(changed), PART, shares)
    for at in range(boxes_at, ESCROW_BYTES, 7):
        with pytest.raises((Tampered, WrongKey)):
            shares_of(Escrow.from_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]))
    with pytest.raises(Tampered):
        Escrow.from_bytes(raw[:-1])


def test_nothing_of_one_escrow_serves_for_another_thread_author_or_set() -> None:
    escrow = seal_author(MEMBER, PART, PUBLICS)
    digest, shares = custodians_digest(PUBLICS), shares_of(escrow)
    for other in (
        OTHER,
        Part(PART.thread, OTHER.tag, True),
        Part(OTHER.thread, PART.tag, True),
        Part(PART.thread, PART.tag, False),
    ):
        with pytest.raises(Tampered):  # a custodian does not open a box that came under another thread's name
            open_share(KEYS[0].private, escrow.boxes[0], other, digest)
        with pytest.raises(Tampered):  # three shares do not open an envelope that was moved
            open_author(escrow, other, shares)
    with pytest.raises(Tampered):
        open_share(KEYS[0].private, escrow.boxes[0], PART, custodians_digest([*PUBLICS[:4], bytes(range(32))]))
    # the mutant binds nothing: everything stands under one name, and the moved box opens
    blind = seal_author(MEMBER, Part("", "", True), PUBLICS)
    assert open_author(blind, Part("", "", True), shares_of(blind, Part("", "", True))) == MEMBER


def test_another_custodians_key_does_not_open_a_box() -> None:
    escrow = seal_author(MEMBER, PART, PUBLICS)
    with pytest.raises(WrongKey):
        open_share(KEYS[1].private, escrow.boxes[0], PART, custodians_digest(PUBLICS))


@pytest.mark.parametrize(
    "publics", [PUBLICS[:4], [*PUBLICS, bytes(32)], [*PUBLICS[:4], PUBLICS[0]], [*PUBLICS[:4], b"x"]]
)
def test_only_five_different_keys_are_a_set(publics: list[bytes]) -> None:
    with pytest.raises(WeakInput):
        seal_author(MEMBER, PART, publics)


def test_a_member_id_of_another_length_is_refused() -> None:
    for wrong in ("", MEMBER + "0", "あ" * 32):
        with pytest.raises(WeakInput):
            seal_author(wrong, PART, PUBLICS)


# ---------------------------------------------------------------- requests and proofs


def test_an_answer_serves_its_request_only() -> None:
    share = shares_of(seal_author(MEMBER, PART, PUBLICS))[2]
    once = new_box_keys()
    answer = answer_request(share, b"1" * 32, once.public)
    assert read_answer(once.private, answer, b"1" * 32) == share
    with pytest.raises(Tampered):
        read_answer(once.private, answer, b"2" * 32)
    with pytest.raises(WrongKey):
        read_answer(new_box_keys().private, answer, b"1" * 32)


def test_a_proof_takes_the_private_half_and_says_nothing_of_the_nonce() -> None:
    nonce = bytes(range(32))
    proof = answer_challenge(KEYS[0].private, seal_challenge(PUBLICS[0], nonce))
    assert proof == proof_of(PUBLICS[0], nonce)
    assert nonce.hex() not in proof
    with pytest.raises(WrongKey):
        answer_challenge(KEYS[1].private, seal_challenge(PUBLICS[0], nonce))


def test_no_share_is_opened_under_the_name_of_a_challenge() -> None:
    escrow = seal_author(MEMBER, PART, PUBLICS)
    for box in (escrow.boxes[0], seal_box(PUBLICS[0], b"shiome/custodian-challenge/v1" + bytes(31))):
        with pytest.raises(Tampered):
            answer_challenge(KEYS[0].private, box)
