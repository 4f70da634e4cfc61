"""Badges: a certificate says that whoever holds a key was recognised in a year; a signature over a challenge, that one holds it.

The certificate is a short text that ssh and openssl users can take apart: its lines from "version" to "key" are signed
as they stand (Ed25519, RFC 8032, nothing hashed before). It names a network, a year and a public key that is made from
a member's secret for this badge alone (privacy.counting.badge_public_key). Nothing in it leads to a member, and two
badges of one member have nothing in common.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from privacy.counting import CHALLENGE_BYTES, badge_public_key, new_challenge, prove, verify
from privacy.envelopes import RandomBytes
from privacy.errors import BadBadge, WeakInput
from privacy.pseudonyms import MemberSecret

VERSION: Final = 1
PURPOSE: Final = "recognition"
LONGEST: Final = 4000
"""Characters of a certificate, with room to spare: what is longer is none."""
_BEGIN, _SIGNATURE, _END = "-----BEGIN SHIOME BADGE-----", "-----SIGNATURE-----", "-----END SHIOME BADGE-----"
_SHAPE: Final = re.compile(
    f"{_BEGIN}\\n(?P<signed>.*?){_SIGNATURE}\\n(?P<signature>[A-Za-z0-9+/=]{{88}})\\n{_END}", re.DOTALL
)
_SIGNED: Final = re.compile(
    r"version: (?P<version>[0-9]{1,4})\nnetwork: (?P<network>[^\n]{1,200})\nyear: (?P<year>[0-9]{4})\n"
    r"issuer: (?P<issuer>[0-9a-f]{16})\nkey: (?P<key>[A-Za-z0-9+/=]{44})\n"
)
_PEM: Final = re.compile(r"-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----", re.DOTALL)


@dataclass(frozen=True)
class Certificate:
    """What the network says of a key: `key` (32 bytes) belongs to somebody recognised in `year`; `signature` 64 bytes.

    `issuer` names the network's key it was signed with (`issuer_id`).
    """

    network: str
    year: int
    issuer: str
    key: bytes
    signature: bytes

    @property
    def signed(self) -> bytes:
        """The bytes that the signature is over: the certificate's own lines."""
        return _lines(self.network, self.year, self.issuer, self.key)


def new_issuer_seed(random: RandomBytes = secrets.token_bytes) -> bytes:
    """The 32 bytes of a network's badge key."""
    return random(32)


def issuer_public(seed: bytes) -> bytes:
    """The public half (32 bytes) of a network's badge key."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def issuer_id(public: bytes) -> str:
    """A public key's short name in certificates: 16 hex characters of its SHA-256."""
    return sha256(public).hexdigest()[:16]


def certify(ms: MemberSecret, badge: str, *, network: str, year: int, seed: bytes) -> Certificate:
    """Sign the public key of this member's `badge` under the network's key `seed`; the same each time it is made."""
    public = badge_public_key(ms, badge)
    signing = Ed25519PrivateKey.from_private_bytes(seed)
    issuer, name = issuer_id(issuer_public(seed)), " ".join(network.split())
    if _SIGNED.fullmatch(_lines(name, year, issuer, public).decode()) is None:
        raise WeakInput("network", "a name of 1 to 200 characters, and a year of four digits")
    return Certificate(name, year, issuer, public, signing.sign(_lines(name, year, issuer, public)))


def encode(certificate: Certificate) -> str:
    """The certificate as the text of a file."""
    lines = (certificate.signed.decode().removesuffix("\n"), _SIGNATURE, _text(certificate.signature))
    return "\n".join((_BEGIN, *lines, _END, ""))


def decode(text: str) -> Certificate:
    """Read a certificate; line ends and what stands around it do not matter. Nothing is verified yet.

    Raises BadBadge: "shape" for what is none, "version" for one of a later program.
    """
    found = _SHAPE.search("\n".join(line.strip() for line in text[:LONGEST].splitlines()))
    if found is None:
        raise BadBadge("shape")
    version = re.match(r"version: ([0-9]{1,4})\n", found["signed"])
    if version is not None and int(version[1]) != VERSION:
        raise BadBadge("version")
    signed = _SIGNED.fullmatch(found["signed"])
    if signed is None:
        raise BadBadge("shape")
    key, signature = _bytes(signed["key"], 32), _bytes(found["signature"], 64)
    return Certificate(signed["network"], int(signed["year"]), signed["issuer"], key, signature)


def check(certificate: Certificate, issuers: Iterable[bytes]) -> None:
    """Verify the certificate under one of the network's public keys (32 bytes each), old ones too.

    Raises BadBadge: "issuer" when its key is not among them, "signature" when it does not verify.
    """
    keys = {issuer_id(public): public for public in issuers}
    if certificate.issuer not in keys:
        raise BadBadge("issuer")
    try:
        Ed25519PublicKey.from_public_bytes(keys[certificate.issuer]).verify(certificate.signature, certificate.signed)
    except InvalidSignature:
        raise BadBadge("signature") from None


def ask_proof(random: RandomBytes = secrets.token_bytes) -> str:
    """A challenge as text: 32 hex characters, used once."""
    return new_challenge(random).hex()


def prove_badge(ms: MemberSecret, badge: str, challenge: str) -> str:
    """The holder's answer to a challenge, as text. Raises BadBadge("challenge") for what is none."""
    return _text(prove(ms, badge, _challenge(challenge), purpose=PURPOSE))


def check_proof(certificate: Certificate, challenge: str, proof: str) -> None:
    """Verify that the holder of the certificate's key answered this challenge.

    Raises BadBadge: "challenge" or "proof" for what has not their shape, "holder" when another key answered.
    """
    asked = _challenge(challenge)
    try:
        answered = _bytes("".join(proof.split()), 64)
    except BadBadge:
        raise BadBadge("proof") from None
    if not verify(certificate.key, asked, answered, purpose=PURPOSE):
        raise BadBadge("holder")


def to_pem(public: bytes) -> str:
    """A public key as PEM (SubjectPublicKeyInfo, RFC 8410), as openssl reads it."""
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def from_pem(text: str) -> list[bytes]:
    """Every Ed25519 public key of a text of PEM blocks, 32 bytes each. Raises BadBadge("keys") when there is none."""
    found = []
    for block in _PEM.findall(text):
        try:
            key = load_pem_public_key(block.encode())
        except ValueError:
            continue
        if isinstance(key, Ed25519PublicKey):
            found.append(key.public_bytes_raw())
    if not found:
        raise BadBadge("keys")
    return found


def _lines(network: str, year: int, issuer: str, key: bytes) -> bytes:
    return f"version: {VERSION}\nnetwork: {network}\nyear: {year}\nissuer: {issuer}\nkey: {_text(key)}\n".encode()


def _challenge(text: str) -> bytes:
    plain = "".join(text.split()).lower()
    if re.fullmatch(f"[0-9a-f]{{{2 * CHALLENGE_BYTES}}}", plain) is None:
        raise BadBadge("challenge")
    return bytes.fromhex(plain)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _bytes(text: str, length: int) -> bytes:
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadBadge("shape") from None
    if len(value) != length or _text(value) != text:  # one spelling each: no second certificate for one signature
        raise BadBadge("shape")
    return value
