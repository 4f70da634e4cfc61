"""Where a webhook may lead: https, a name, and public addresses alone, so that nobody makes the service call its own
network. Pure rules: an address is read here once, by one expression, and what was read is what is connected to.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

LONGEST: Final = 200  # characters: the sealed half of a member row keeps its length, and so does every box
HTTPS: Final = 443
PRIVILEGED: Final = 1024  # up to here other ports belong to other services
# RFC 3986 without userinfo and fragment, and without a character that could end a header's line
_SHAPE: Final = re.compile(
    r"https://(?P<host>[a-z0-9.-]{1,253})(?::(?P<port>[0-9]{1,5}))?(?P<path>/[a-z0-9._~%!$&'()*+,;=:@/?-]*)?",
    re.ASCII | re.IGNORECASE,
)
_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LAST: Final = re.compile(r"[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")  # no number in any notation
# RFC 6890, RFC 7526: of the protocol itself, and an anycast of relays; Pythons differ about them
_NO_MACHINE: Final = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
_UNICAST: Final = IPv6Network("2000::/3")
_SIX_TO_FOUR: Final = IPv6Network("2002::/16")
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address as an IPv6 network reaches it
_DOCUMENTS: Final = IPv6Network("3fff::/20")  # RFC 9637


class NotAllowed(Exception):
    """Nothing is sent there."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A webhook's address, taken apart."""

    host: str
    port: int
    target: str  # path and query, as they go into the first line of the request

    @property
    def authority(self) -> str:
        """As the Host header has it."""
        return self.host if self.port == HTTPS else f"{self.host}:{self.port}"


def read_endpoint(url: str, *, own: str = "", besides: Collection[str] = ()) -> Endpoint:
    """An address taken apart. `own` is the service's own host; `besides` are hosts the operator allows whatever they
    are. Raises NotAllowed."""
    found = _SHAPE.fullmatch(url) if len(url) <= LONGEST else None
    if found is None:
        raise NotAllowed
    host, port = found["host"].lower(), int(found["port"] or HTTPS)
    if not (port == HTTPS or PRIVILEGED < port < 65536) or not (host in besides or _is_public_name(host, own)):
        raise NotAllowed
    return Endpoint(host, port, found["path"] or "/")


def is_public(address: str) -> bool:
    """Whether an address belongs to the public network, and to one machine there."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return _is_public_four(found) if isinstance(found, IPv4Address) else _is_public_six(found)


def _is_public_name(host: str, own: str) -> bool:
    labels = host.split(".")
    named = len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) and _LAST.fullmatch(labels[-1]) is not None
    return named and host != own


def _is_public_four(found: IPv4Address) -> bool:
    single = found.is_global and not found.is_multicast and not found.is_reserved
    return single and not any(found in network for network in _NO_MACHINE)


def _is_public_six(found: IPv6Address) -> bool:
    """Of IPv6 what is known to be good: what only wraps an IPv4 address (::ffff:0:0/96, Teredo, 6to4) is not."""
    if found.scope_id is not None:
        return False
    if found in _TRANSLATED:
        return _is_public_four(IPv4Address(int(found) & 0xFFFFFFFF))
    return found in _UNICAST and found.is_global and found not in _SIX_TO_FOUR and found not in _DOCUMENTS
