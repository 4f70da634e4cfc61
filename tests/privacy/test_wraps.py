"""The member secret under a password, a recovery code, a strong secret."""

import dataclasses
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.errors import MistypedCode, Tampered, WeakInput, WrongSecret
from privacy.pseudonyms import MemberSecret, new_secret
from privacy.recovery import ALPHABET, new_recovery_code, parse_recovery_code
from privacy.wraps import (
    Cost,
    Wrap,
    dummy_unwrap,
    unwrap_with_password,
    unwrap_with_recovery_code,
    unwrap_with_secret,
    wrap_with_password,
    wrap_with_recovery_code,
    wrap_with_secret,
)

LIGHT = Cost(time=1, memory_kib=64, lanes=1)
MS = MemberSecret(bytes(range(32)))
PASSWORD = "朝いちばんの生け簀と餌"


def test_the_password_opens_and_another_does_not() -> None:
    wrap = wrap_with_password(MS, PASSWORD, cost=LIGHT, owner="m1")
    assert unwrap_with_password(wrap, PASSWORD, owner="m1") == MS
    for password, owner in ((PASSWORD + " ", "m1"), (PASSWORD, "m2"), ("", "m1")):
        with pytest.raises(WrongSecret):
            unwrap_with_password(wrap, password, owner=owner)


def test_full_width_typing_is_the_same_password() -> None:
    wrap = wrap_with_password(MS, "Harbour2026", cost=LIGHT)
    assert unwrap_with_password(wrap, "Ｈａｒｂｏｕｒ２０２６") == MS


def test_the_default_cost_is_recorded_and_works() -> None:
    wrap = wrap_with_password(MS, PASSWORD)
    assert wrap.params == {"time": 3, "memory_kib": 65536, "lanes": 1}
    assert unwrap_with_password(Wrap.from_json(wrap.to_json()), PASSWORD) == MS


@pytest.mark.parametrize("password", ["", "short", "1234567"])
def test_a_short_password_is_refused(password: str) -> None:
    with pytest.raises(WeakInput):
        wrap_with_password(MS, password, cost=LIGHT)


@pytest.mark.parametrize("change", [{"time": 0}, {"time": 99}, {"memory_kib": 1 << 30}, {"lanes": 2}])
def test_costs_out_of_range_are_refused(change: dict[str, int]) -> None:
    with pytest.raises(WeakInput):
        dataclasses.replace(LIGHT, **change)


def test_a_stored_wrap_cannot_be_weakened_or_made_to_eat_the_memory() -> None:
    wrap = wrap_with_password(MS, PASSWORD, cost=Cost(2, 64, 1))
    for params in ({"time": 1, "memory_kib": 64, "lanes": 1}, {"time": 1, "memory_kib": 1 << 40, "lanes": 1}, {}):
        with pytest.raises(WrongSecret):
            unwrap_with_password(dataclasses.replace(wrap, params=params), PASSWORD)


def test_nothing_opens_the_wrap_of_an_account_that_does_not_exist() -> None:
    with pytest.raises(WrongSecret) as caught:
        dummy_unwrap(PASSWORD, cost=LIGHT)
    assert caught.value.kind == "password"
    assert PASSWORD not in str(caught.value)


def test_the_recovery_code_opens_and_another_does_not() -> None:
    code = new_recovery_code()
    wrap = wrap_with_recovery_code(MS, code, owner="m1")
    assert unwrap_with_recovery_code(Wrap.from_json(wrap.to_json()), code, owner="m1") == MS
    with pytest.raises(WrongSecret):
        unwrap_with_recovery_code(wrap, new_recovery_code(), owner="m1")


def test_strong_secrets_open_by_kind() -> None:
    token = new_secret()
    wrap = wrap_with_secret(MS, token, "api-token")
    assert unwrap_with_secret(wrap, token, "api-token") == MS
    for secret, kind in ((new_secret(), "api-token"), (token, "passkey")):
        with pytest.raises(WrongSecret):
            unwrap_with_secret(wrap, secret, kind)


@pytest.mark.parametrize(("secret", "kind"), [(bytes(13), "token"), (bytes(32), ""), (bytes(32), "password")])
def test_weak_secrets_and_borrowed_kinds_are_refused(secret: bytes, kind: str) -> None:
    with pytest.raises(WeakInput):
        wrap_with_secret(MS, secret, kind)


def test_two_wraps_of_one_secret_share_nothing() -> None:
    one, two = (wrap_with_password(MS, PASSWORD, cost=LIGHT) for _ in range(2))
    assert one.salt != two.salt
    assert one.sealed[5:] != two.sealed[5:]
    assert MS.hex() not in one.to_json()
    assert PASSWORD not in one.to_json()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"kind":"password","params":{},"salt":"!","sealed":""}'])
def test_json_that_is_no_wrap_is_refused(text: str) -> None:
    with pytest.raises(Tampered):
        Wrap.from_json(text)


def test_a_changed_wrap_does_not_open() -> None:
    code = new_recovery_code()
    fields = json.loads(wrap_with_recovery_code(MS, code).to_json())
    fields["kind"] = "password"
    with pytest.raises(WrongSecret):
        unwrap_with_password(Wrap.from_json(json.dumps(fields)), code)
    annotated = json.dumps(fields | {"kind": "recovery", "params": {"time": 1}})
    with pytest.raises(WrongSecret):
        unwrap_with_recovery_code(Wrap.from_json(annotated), code)


# Recovery codes


@given(st.binary(min_size=15, max_size=15))
def test_a_code_gives_back_its_120_bits(secret: bytes) -> None:
    code = new_recovery_code(lambda _: secret)
    assert parse_recovery_code(code) == secret
    assert len(code) == 34
    assert set(code) <= set(ALPHABET + "-")


def test_a_code_may_be_typed_in_many_ways() -> None:
    secret = bytes.fromhex("00443214c74254b635cf84653a56d7")
    code = new_recovery_code(lambda _: secret)
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in code)
    typed = [code.lower(), code.replace("-", ""), code.replace("-", "　"), f"\n {code} ", wide]
    typed += [code.replace("-", dash) for dash in ("－", "ー", "−", "–", " - ", "ｰ")]
    typed += [code.replace("0", "o").replace("1", "l"), code.replace("0", "O").replace("1", "I")]
    assert "0" in code
    assert "1" in code
    for text in typed:
        assert parse_recovery_code(text) == secret


@given(st.binary(min_size=15, max_size=15), st.integers(0, 27), st.integers(1, 31))
def test_one_wrong_letter_is_called_a_slip(secret: bytes, at: int, shift: int) -> None:
    letters = new_recovery_code(lambda _: secret).replace("-", "")
    wrong = ALPHABET[(ALPHABET.index(letters[at]) + shift) % 32]
    with pytest.raises(MistypedCode) as caught:
        parse_recovery_code(letters[:at] + wrong + letters[at + 1 :])
    assert caught.value.reason == "check"


def test_two_swapped_letters_a_missing_one_and_a_foreign_one_are_slips() -> None:
    letters = new_recovery_code(lambda _: bytes(range(15))).replace("-", "")
    swaps = [letters[:n] + letters[n + 1] + letters[n] + letters[n + 2 :] for n in range(27)]
    cases = [(swap, "check") for swap in swaps if swap != letters]
    cases += [(letters[:-1], "length"), (letters + "0", "length"), ("", "length"), ("U" + letters[1:], "letter")]
    for text, reason in cases:
        with pytest.raises(MistypedCode) as caught:
            parse_recovery_code(text)
        assert caught.value.reason == reason


def test_a_wrong_code_without_a_slip_is_not_called_a_slip() -> None:
    wrap = wrap_with_recovery_code(MS, new_recovery_code())
    with pytest.raises(WrongSecret):
        unwrap_with_recovery_code(wrap, new_recovery_code())


def test_many_sign_ins_at_once_all_open() -> None:
    wrap = wrap_with_password(MS, PASSWORD, cost=Cost(time=1, memory_kib=1024))
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: unwrap_with_password(wrap, PASSWORD), range(24)))
    assert opened == [MS] * 24
