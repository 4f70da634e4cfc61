"""One signed POST to a member's machine, and nothing of the answer but its number.

The name is looked up once; every address it has must be public; the connection goes to one of those very addresses, and
the certificate must be the name's. No redirect is followed, since nothing but the number is read. Ten seconds are all
there are, from the look-up to the answer.
"""

import re
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final
from urllib.parse import urlsplit

from app.mail.endpoints import Endpoint, NotAllowed, is_public, read_endpoint
from app.settings import Settings, hosts

SECONDS: Final = 10.0
READ_MOST: Final = 4096
_FIRST_LINE: Final = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})[ \r\n]")

Found = tuple[socket.AddressFamily, Any]  # family and socket address
Resolve = Callable[[str, int], Sequence[Found]]
Left = Callable[[], float]


def resolve_name(host: str, port: int) -> Sequence[Found]:
    """Every address of a name. Raises OSError."""
    return [(one[0], one[4]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def dial(found: Found, left: Left) -> socket.socket:
    """A connection to this very address: it is numbers, and nothing is looked up. Raises OSError."""
    family, place = found
    plain = socket.socket(family, socket.SOCK_STREAM)
    try:
        plain.settimeout(left())
        plain.connect(place)
    except OSError:
        plain.close()
        raise
    return plain


@dataclass(frozen=True)
class Poster:
    """Posts. `besides` are the hosts that the operator allows although they are not public; `own` is the service's."""

    besides: frozenset[str] = frozenset()
    own: str = ""
    resolve: Resolve = resolve_name
    dial: Callable[[Found, Left], socket.socket] = dial
    seconds: float = SECONDS

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """The answer's number. Raises NotAllowed when the address leads where it must not, OSError for all else."""
        left = _clock(self.seconds)
        endpoint = read_endpoint(url, own=self.own, besides=self.besides)
        addresses = self._addresses(endpoint, left)
        with self._connect(addresses, left) as plain:
            plain.settimeout(left())
            with ssl.create_default_context().wrap_socket(plain, server_hostname=endpoint.host) as line:
                line.settimeout(left())
                line.sendall(_request(endpoint, headers, body))
                return _read_number(line, left)

    def _connect(self, addresses: Sequence[Found], left: Left) -> socket.socket:
        """A connection to the first of these addresses that takes one."""
        for one in addresses:
            try:
                return self.dial(one, left)
            except OSError:
                continue
        raise OSError

    def _addresses(self, endpoint: Endpoint, left: Left) -> Sequence[Found]:
        found = _within(left(), lambda: self.resolve(endpoint.host, endpoint.port))
        if endpoint.host not in self.besides and not all(is_public(place[0]) for _, place in found):
            raise NotAllowed
        return found


def make_poster(settings: Settings) -> Poster:
    """As the settings have it."""
    return Poster(hosts(settings.webhook_hosts), urlsplit(settings.base_url).hostname or "")


def _clock(seconds: float) -> Left:
    """What is left of so many seconds. Raises TimeoutError when nothing is."""
    end = time.monotonic() + seconds

    def left() -> float:
        remaining = end - time.monotonic()
        if remaining <= 0:
            raise TimeoutError
        return remaining

    return left


def _within(seconds: float, do: Callable[[], Sequence[Found]]) -> Sequence[Found]:
    """A look-up knows no time limit of its own: it runs beside, and is left behind when the time is over."""
    answers: SimpleQueue[Sequence[Found] | Exception] = SimpleQueue()

    def run() -> None:
        try:
            answers.put(do())
        except Exception as error:
            answers.put(error)

    Thread(target=run, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if isinstance(answer, Exception):
        raise OSError from None
    return answer


def _request(endpoint: Endpoint, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [f"POST {endpoint.target} HTTP/1.1", f"Host: {endpoint.authority}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += [f"Content-Length: {len(body)}", "Connection: close", "", ""]
    return "\r\n".join(lines).encode("ascii") + body


def _read_number(line: ssl.SSLSocket, left: Left) -> int:
    read = b""
    while len(read) < READ_MOST:
        line.settimeout(left())
        part = line.recv(READ_MOST - len(read))
        if not part:
            break
        read += part
        number = number_in(read)
        if number:
            return number
    raise OSError


def number_in(read: bytes) -> int:
    """The number of the answer that these bytes begin with, past those that only announce one (1xx); 0: not there yet."""
    found = _FIRST_LINE.match(read)
    if found is None:
        return 0
    if int(found[1]) >= 200:
        return int(found[1])
    _, ended, rest = read.partition(b"\r\n\r\n")
    return number_in(rest) if ended else 0
