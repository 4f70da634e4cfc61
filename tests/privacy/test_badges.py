"""Badges: verified by anybody with the published key, proven by the holder alone, forged by nobody."""

import base64
import random
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from privacy.badges import (
    Certificate,
    ask_proof,
    certify,
    check,
    check_proof,
    decode,
    encode,
    from_pem,
    issuer_id,
    issuer_public,
    new_issuer_seed,
    prove_badge,
    to_pem,
)
from privacy.counting import badge_public_key
from privacy.errors import BadBadge, WeakInput
from privacy.pseudonyms import new_secret

SEED = new_issuer_seed(random.Random(1).randbytes)
OLD = new_issuer_seed(random.Random(2).randbytes)
HOLDER = new_secret(random.Random(3).randbytes)
OTHER = new_secret(random.Random(4).randbytes)
CERTIFICATE = certify(HOLDER, "2026", network="潮目 養殖の現場", year=2026, seed=SEED)


def refusal(certificate: Certificate | str, *issuers: bytes) -> str:
    try:
        check(decode(certificate) if isinstance(certificate, str) else certificate, issuers)
    except BadBadge as bad:
        return bad.reason
    return ""


def test_a_certificate_goes_through_mail_and_verifies_under_old_keys_too() -> None:
    text = encode(CERTIFICATE)
    assert decode(text) == CERTIFICATE
    mailed = "転送します\r\n" + "".join(f"  {line}\r\n" for line in text.splitlines()) + "--\r\n"
    assert refusal(mailed, issuer_public(OLD), issuer_public(SEED)) == ""
    assert refusal(text, issuer_public(OLD)) == "issuer"
    assert certify(HOLDER, "2026", network="潮目  養殖の現場 ", year=2026, seed=SEED) == CERTIFICATE


def test_no_byte_of_it_can_be_changed() -> None:
    """Mutant: a check of the issuer's name alone would let every changed year and key through."""
    for changed in (
        replace(CERTIFICATE, year=2027), replace(CERTIFICATE, network="別の場所"),
        replace(CERTIFICATE, key=badge_public_key(OTHER, "2026")),
        replace(CERTIFICATE, signature=bytes(64)),
    ):  # fmt: skip
        assert refusal(encode(changed), issuer_public(SEED)) == "signature"
    forged = certify(OTHER, "2026", network=CERTIFICATE.network, year=2026, seed=OLD)
    claimed = replace(forged, issuer=CERTIFICATE.issuer)
    assert refusal(encode(claimed), issuer_public(SEED)) == "signature"
    text, rng = encode(CERTIFICATE), random.Random(5)
    for _ in range(200):
        at = rng.randrange(len(text))
        other = text[:at] + rng.choice("Aa09+/ x") + text[at + 1 :]
        if decode_or_none(other) not in (None, CERTIFICATE):
            assert refusal(other, issuer_public(SEED))


def decode_or_none(text: str) -> Certificate | None:
    try:
        return decode(text)
    except BadBadge:
        return None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "shape"), ("x" * 10_000, "shape"), (encode(CERTIFICATE).replace("version: 1", "version: 2"), "version"),
        (encode(CERTIFICATE).replace("year: 2026", "year: 20260"), "shape"),
        (encode(CERTIFICATE).replace("issuer:", "owner: 5\nissuer:"), "shape"),
    ],
)  # fmt: skip
def test_what_is_no_certificate_is_said(text: str, reason: str) -> None:
    with pytest.raises(BadBadge) as refused:
        decode(text)
    assert refused.value.reason == reason


def test_names_that_would_break_its_lines_are_refused() -> None:
    assert certify(HOLDER, "b", network="a\nyear: 1999", year=2026, seed=SEED).network == "a year: 1999"
    with pytest.raises(WeakInput):
        certify(HOLDER, "b", network=" ", year=2026, seed=SEED)
    with pytest.raises(WeakInput):
        certify(HOLDER, "b", network="a", year=12345, seed=SEED)


def proof_refusal(challenge: str, proof: str) -> str:
    try:
        check_proof(CERTIFICATE, challenge, proof)
    except BadBadge as bad:
        return bad.reason
    return ""


def test_only_the_holder_answers_and_only_this_challenge() -> None:
    challenge = ask_proof(random.Random(6).randbytes)
    proof = prove_badge(HOLDER, "2026", challenge)
    assert proof_refusal(challenge, proof) == ""
    assert proof_refusal(f" {challenge.upper()}\n", f"{proof[:40]}\n{proof[40:]}\n") == ""
    assert proof_refusal(ask_proof(), proof) == "holder"
    assert proof_refusal(challenge, prove_badge(OTHER, "2026", challenge)) == "holder"
    assert proof_refusal(challenge, prove_badge(HOLDER, "2025", challenge)) == "holder"
    assert proof_refusal(challenge, "AAAA") == "proof"
    assert proof_refusal("zz", proof) == "challenge"
    with pytest.raises(BadBadge):
        prove_badge(HOLDER, "2026", challenge[:-2])


def test_two_badges_of_one_member_have_nothing_in_common() -> None:
    other = certify(HOLDER, "2027", network=CERTIFICATE.network, year=2027, seed=SEED)
    assert other.key != CERTIFICATE.key
    assert HOLDER.hex() not in encode(CERTIFICATE)


def test_keys_are_read_from_what_is_published() -> None:
    published = f"# {issuer_id(issuer_public(SEED))}\n" + to_pem(issuer_public(SEED)) + to_pem(issuer_public(OLD))
    assert from_pem(published) == [issuer_public(SEED), issuer_public(OLD)]
    for text in ("", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"):
        with pytest.raises(BadBadge):
            from_pem(text)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="without openssl there is nothing to compare with")
def test_the_documented_commands_verify_it_without_this_program(tmp_path: Path) -> None:
    """What README.md tells a verifier to type, taken from it and run; and it fails for a changed year."""
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    commands = re.search(r"```sh\n(# a badge, offline.*?)```", readme, re.DOTALL)
    assert commands is not None
    (tmp_path / "badge.txt").write_text(encode(CERTIFICATE))
    (tmp_path / "shiome.pem").write_text(to_pem(issuer_public(SEED)))
    challenge = ask_proof()
    (tmp_path / "proof.txt").write_text(prove_badge(HOLDER, "2026", challenge))
    script = commands[1].replace("CHALLENGE=…", f"CHALLENGE={challenge}")
    assert run(tmp_path, script).count("Verified Successfully") == 2
    assert run(tmp_path, script.replace(challenge, ask_proof())).count("Verified Successfully") == 1
    (tmp_path / "badge.txt").write_text(encode(CERTIFICATE).replace("year: 2026", "year: 2027"))
    assert run(tmp_path, script).count("Verified Successfully") == 1  # the proof alone


def run(folder: Path, script: str) -> str:
    return subprocess.run(
        ["sh", "-c", script], cwd=folder, capture_output=True, text=True, check=False
    ).stdout  # fmt: skip


def test_the_key_is_plain_ed25519() -> None:
    signing = Ed25519PrivateKey.from_private_bytes(SEED)
    assert base64.b64encode(signing.sign(CERTIFICATE.signed)).decode() in encode(CERTIFICATE)
