"""An authenticator in software, as CTAP 2.1 describes one: discoverable keys, user verification, counts, hmac-secret.
And the steps of a person who uses it, through the pages as a browser with the house's script would."""

import hmac
import json
import re
import secrets
from dataclasses import dataclass, field, replace
from hashlib import sha256
from html import unescape
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from flask.testing import FlaskClient
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, encode_cbor
from werkzeug.test import TestResponse

from tests.cast import PASSWORD, Person, csrf_of, post

ORIGIN = "https://shiome.example"
RP = "shiome.example"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Resident:
    """A key in the device."""

    handle: bytes
    name: str
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    seed: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    count: int = 0

    def output(self, salt: bytes) -> bytes:
        """hmac-secret, over the salt as a browser hashes it for PRF."""
        return hmac.digest(self.seed, sha256(b"WebAuthn PRF\0" + salt).digest(), "sha256")

    @property
    def public(self) -> bytes:
        point = self.private.public_key().public_numbers()
        return encode_cbor({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})


@dataclass
class Device:
    """A phone with its keys. What is not as it should be can be set: another site, no finger, no PRF."""

    keys: list[Resident] = field(default_factory=list)
    origin: str = ORIGIN
    rp: str = RP
    is_verified: bool = True
    has_prf: bool = True
    counts: bool = False
    is_framed: bool = False

    def but(self, **changes: object) -> "Device":
        """The same keys in a device that does something else."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def make(self, options: dict[str, Any]) -> dict[str, str]:
        """Answer navigator.credentials.create()."""
        assert options["authenticatorSelection"]["residentKey"] == "required"
        assert options["authenticatorSelection"]["userVerification"] == "required"
        known = {one["id"] for one in options["excludeCredentials"]}
        assert not known & {bytes_to_base64url(key.id) for key in self.keys}, "InvalidStateError"
        key = Resident(base64url_to_bytes(options["user"]["id"]), options["user"]["name"])
        self.keys = [one for one in self.keys if one.handle != key.handle] + [key]
        said = bytes(16) + len(key.id).to_bytes(2, "big") + key.id + key.public
        statement = {"fmt": "none", "attStmt": {}, "authData": self._data(key, ATTESTED) + said}
        response = {
            "clientDataJSON": self._client_data("webauthn.create", options),
            "attestationObject": bytes_to_base64url(encode_cbor(statement)),
        }
        return self._form(key, response, options)

    def use(self, options: dict[str, Any], key: Resident | None = None) -> dict[str, str]:
        """Answer navigator.credentials.get() with a key of this site."""
        assert options["userVerification"] == "required"
        assert options.get("allowCredentials", []) == []
        key = key or self.keys[-1]
        key.count += self.counts
        client_data, data = self._client_data("webauthn.get", options), self._data(key)
        signed = data + sha256(base64url_to_bytes(client_data)).digest()
        response = {
            "clientDataJSON": client_data,
            "authenticatorData": bytes_to_base64url(data),
            "signature": bytes_to_base64url(key.private.sign(signed, ec.ECDSA(SHA256()))),
            "userHandle": bytes_to_base64url(key.handle),
        }
        return self._form(key, response, options)

    def _data(self, key: Resident, flags: int = 0) -> bytes:
        flags |= PRESENT | (VERIFIED if self.is_verified else 0)
        return sha256(self.rp.encode()).digest() + bytes([flags]) + key.count.to_bytes(4, "big")

    def _client_data(self, kind: str, options: dict[str, Any]) -> str:
        told = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": self.is_framed}
        return bytes_to_base64url(json.dumps(told).encode())

    def _form(self, key: Resident, response: dict[str, str], options: dict[str, Any]) -> dict[str, str]:
        name, salt = bytes_to_base64url(key.id), base64url_to_bytes(options["extensions"]["prf"]["eval"]["first"])
        answer = {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
        output = bytes_to_base64url(key.output(salt)) if self.has_prf else ""
        return {"passkey": json.dumps(answer), "passkey_output": output}


# ---------------------------------------------------------------- a person's steps


def options_in(page: TestResponse) -> dict[str, Any]:
    """What the page would have the browser ask of the device."""
    found = re.search(r'data-options="([^"]+)"', page.text)
    assert found, f"no passkey on the page ({page.status_code})"
    options: dict[str, Any] = json.loads(unescape(found[1]))
    return options


def begin(client: FlaskClient, password: str = PASSWORD) -> dict[str, Any]:
    """Up to what the device is asked to make."""
    answer = post(client, "/account/passkeys/add", {"current": password})
    assert answer.location == "/account/passkeys/add/confirm", answer.status_code
    return options_in(client.get("/account/passkeys/add/confirm"))


def add(client: FlaskClient, device: Device, label: str = "自分の電話", password: str = PASSWORD) -> TestResponse:
    """Register a device."""
    answer = device.make(begin(client, password))
    return post(client, "/account/passkeys/add/confirm", {"label": label, **answer})


def ask(client: FlaskClient) -> dict[str, Any]:
    """Up to what the device is asked at the tap."""
    page = client.get("/sign-in")
    options, token = options_in(page), csrf_of(client, "/sign-in")
    challenge = client.post("/sign-in/passkey/challenge", headers={"X-CSRFToken": token})
    assert challenge.status_code == 200
    assert options["challenge"] == ""
    return options | {"challenge": challenge.text}


def send(client: FlaskClient, answer: dict[str, str], **fields: str) -> TestResponse:
    """The form as the script fills it."""
    return post(client, "/sign-in/passkey", {**answer, **fields}, page="/sign-in")


def enter(client: FlaskClient, device: Device, key: Resident | None = None, **fields: str) -> TestResponse:
    """Sign in with one tap."""
    return send(client, device.use(ask(client), key), **fields)


def registered(client: FlaskClient, person: Person, **habits: bool) -> Device:
    """A device of this person, who is signed in there."""
    device = Device().but(**habits)
    assert add(client, device, password=person.password).location == "/account"
    return device
