"""The scanner finds a planted name in every dress, and a database that stores text plainly."""

import json
import sqlite3
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.attacks.canaries import needle_forms, needles, scan_bytes
from privacy.errors import WeakInput
from privacy.keys import new_data_key
from privacy.vault import Place, seal_text

CANARY = "みさき第七ﾏﾘﾝ水産"
NFKC = "みさき第七マリン水産"
LATIN = "Zephyrine.Quillon@canary.example"


def bigrams(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


PLANTED = {
    "utf-8": CANARY.encode(),
    "nfkc": NFKC.encode(),
    "utf-16-le": CANARY.encode("utf-16-le"),
    "utf-16-be": CANARY.encode("utf-16-be"),
    "hex": CANARY.encode().hex().encode(),
    "HEX": CANARY.encode().hex().upper().encode(),
    "json": json.dumps({"name": CANARY}).encode(),
    "url": quote(CANARY).encode(),
    "bigrams": " ".join(bigrams(NFKC)).encode(),
    "bigram list": json.dumps(bigrams(NFKC), ensure_ascii=False).encode(),
    "bigram counts": json.dumps(dict.fromkeys(bigrams(NFKC), 1), ensure_ascii=False).encode(),
    **{f"base64 +{n}": b64encode(b"x" * n + CANARY.encode() + b"tail") for n in range(4)},
    **{f"urlsafe +{n}": urlsafe_b64encode(b"x" * n + CANARY.encode()) for n in range(4)},
    "base64 utf-16": b64encode(CANARY.encode("utf-16-le")),
}


@pytest.mark.parametrize("form", PLANTED)
def test_every_dress_is_seen_through(form: str) -> None:
    blob = bytes(range(256)) + PLANTED[form] + bytes(100)
    findings = scan_bytes([("disk", blob)], ["another canary", CANARY])
    assert {finding.canary for finding in findings} == {CANARY}
    assert {finding.source for finding in findings} == {"disk"}


def test_upper_case_mail_is_found_folded() -> None:
    assert scan_bytes([("index", LATIN.casefold().encode())], [LATIN])
    assert scan_bytes([("index", "\0".join(bigrams(LATIN.casefold())).encode())], [LATIN])


@given(st.text(min_size=8, max_size=30), st.binary(max_size=40), st.binary(max_size=40))
def test_any_canary_is_found_among_any_neighbours(canary: str, before: bytes, after: bytes) -> None:
    for raw in (canary.encode(), b64encode(before + canary.encode() + after)):
        assert scan_bytes([("blob", raw)], [canary])


def test_nothing_is_found_where_nothing_is() -> None:
    key = new_data_key()
    sealed = [seal_text(key, CANARY * 50, Place("posts", "body", f"{n}")) for n in range(200)]
    noise = [("sealed", blob) for blob in sealed] + [("half", CANARY.encode()[:-6]), ("empty", b"")]
    assert scan_bytes(noise, [CANARY, LATIN]) == []


@pytest.mark.parametrize("short", ["", "abc", "田中"])
def test_a_canary_found_by_chance_is_refused(short: str) -> None:
    with pytest.raises(WeakInput):
        needles(short)


def test_needles_are_long_enough_to_mean_something() -> None:
    assert min(len(needle) for needle in needle_forms(LATIN)) >= 8
    assert needles(CANARY) == set(needle_forms(CANARY))


def stored(path: Path, body: object) -> list[tuple[str, bytes]]:
    with sqlite3.connect(path) as connection:
        connection.execute("create table posts (id text, body blob)")
        connection.execute("insert into posts values ('a', ?)", (body,))
    connection.close()
    return [(file.name, file.read_bytes()) for file in path.parent.glob(f"{path.name}*")]


def test_a_database_that_seals_is_clean_and_the_mutant_that_does_not_is_caught(tmp_path: Path) -> None:
    sealed = seal_text(new_data_key(), CANARY, Place("posts", "body", "a"))
    assert scan_bytes(stored(tmp_path / "sealed.db", sealed), [CANARY]) == []
    assert scan_bytes(stored(tmp_path / "plain.db", CANARY), [CANARY])
    assert scan_bytes(stored(tmp_path / "bytes.db", CANARY.encode("utf-16-le")), [CANARY])
