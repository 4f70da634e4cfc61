"""Web Authentication (W3C, Level 3) as this service uses it: what a browser is asked, and whether its answer holds.

Always with user verification, always discoverable, always with the PRF extension, which the library does not know: its
output comes beside the answer and is nobody's proof; it only opens.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url, parse_authentication_credential_json, parse_client_data_json
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.accounts.rules import WrongSignIn
from privacy.passkeys import PRF_SALT

LONGEST: Final = 16_384  # characters of an answer; with the longest credential id and an RSA key it has about 4,000
TIMEOUT: Final = 120_000  # milliseconds a person may take with their finger
VERIFIED: Final = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Who asks: the domain that keys are bound to, and the origin that answers must come from."""

    id: str
    origin: str

    @property
    def question(self) -> str:
        """What a browser that signs in is asked, as JSON, but for the challenge, which is fetched at the tap."""
        options = generate_authentication_options(
            rp_id=self.id, challenge=bytes(1), timeout=TIMEOUT, user_verification=VERIFIED
        )
        return json.dumps(_with_prf(json.loads(options_to_json(options))) | {"challenge": ""})


@cache
def relying_party(base_url: str) -> RelyingParty | None:
    """Of the service's own address; None where browsers know no passkeys: at an IP address, or without TLS."""
    parts = urlsplit(base_url)
    host = (parts.hostname or "").rstrip(".")
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host == "localhost")
    if not host or not is_safe or _is_address(host):
        return None
    host = host.encode("idna").decode()
    usual = {"https": 443, "http": 80}[parts.scheme]
    port = f":{parts.port}" if parts.port not in (None, usual) else ""
    return RelyingParty(host, f"{parts.scheme}://{host}{port}")


def creation_options(
    party: RelyingParty, *, network: str, challenge: bytes, handle: bytes, label: str, known: Sequence[bytes]
) -> str:
    """What a browser is asked that makes a passkey, as JSON. `known` credentials are not made twice on one device."""
    options = generate_registration_options(
        rp_id=party.id,
        rp_name=network,
        user_name=label,
        user_id=handle,
        challenge=challenge,
        timeout=TIMEOUT,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
    )
    return json.dumps(_with_prf(json.loads(options_to_json(options))))


@dataclass(frozen=True, slots=True)
class NewKey:
    """A passkey that has proven itself."""

    credential: bytes
    public_key: bytes
    sign_count: int


def check_new(answer: str, party: RelyingParty, challenge: bytes) -> NewKey | None:
    """The passkey that a browser made for this challenge; None when the answer does not hold."""
    try:
        found = verify_registration_response(
            credential=_short(answer),
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except Exception:  # the library reads hostile bytes, and raises whatever its parsers raise
        return None
    return NewKey(found.credential_id, found.credential_public_key, found.sign_count)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser sent that signs in, read and not yet believed."""

    credential: bytes
    handle: bytes
    whole: AuthenticationCredential = field(repr=False)


def read_answer(text: str) -> Answer:
    """Raises WrongSignIn for what cannot be one."""
    try:
        found = parse_authentication_credential_json(_short(text))
        is_framed = parse_client_data_json(found.response.client_data_json).cross_origin
    except Exception:  # as above
        raise WrongSignIn from None
    if is_framed:
        raise WrongSignIn
    return Answer(found.raw_id, found.response.user_handle or b"", found)


def check_answer(answer: Answer, party: RelyingParty, challenge: bytes, public_key: bytes) -> int:
    """The sign count of an answer that holds, for the caller to compare. Raises WrongSignIn."""
    try:
        found = verify_authentication_response(
            credential=answer.whole,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=0,  # the library would say no before it has looked at the signature
            require_user_verification=True,
        )
    except Exception:  # as above
        raise WrongSignIn from None
    return found.new_sign_count


def is_copied(stored: int, told: int) -> bool:
    """Whether a count went back: two authenticators have this key (WebAuthn 7.2, step 22). Most never count."""
    return (stored > 0 or told > 0) and told <= stored


def _with_prf(options: dict[str, Any]) -> dict[str, Any]:
    return options | {"extensions": {"prf": {"eval": {"first": bytes_to_base64url(PRF_SALT)}}}}


def _short(answer: str) -> str:
    if len(answer) > LONGEST:
        raise ValueError
    return answer


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
