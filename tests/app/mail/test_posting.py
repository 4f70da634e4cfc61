"""A POST to a member's machine reaches that machine alone; a webhook that leads into the service's own network is caught.

The attackers: a name with a private address, a name that changes its address between two look-ups, a machine that answers
with a redirect. Each is also let loose on a mutant that it gets through.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest

from app.mail.endpoints import Endpoint, NotAllowed, is_public
from app.mail.posting import READ_MOST, Found, Left, Poster, dial, make_poster, number_in
from tests.app.mail.machine import Machine, machine
from tests.conftest import make_settings
from tests.ports import free_port

PUBLIC, INSIDE = "8.8.8.8", "127.0.0.1"
NAME = "hooks.member.example"
SENT = {"webhook-id": "msg_1"}


@dataclass
class Net:
    """The network: what a name is, look-up by look-up, and where a public address really leads in this test."""

    answers: list[list[str]]
    public: int  # the loopback port that stands for the public machine
    looked_up: int = 0
    dialled: list[str] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> Sequence[Found]:
        found = self.answers[min(self.looked_up, len(self.answers) - 1)]
        self.looked_up += 1
        return [(socket.AF_INET6 if ":" in one else socket.AF_INET, (one, port)) for one in found]

    def dial(self, found: Found, left: Left) -> socket.socket:
        _, (address, port) = found
        self.dialled.append(address)
        return dial((socket.AF_INET, (INSIDE, self.public if address == PUBLIC else port)), left)

    def poster(self, kind: type[Poster] = Poster, **more: object) -> Poster:
        return kind(resolve=self.resolve, dial=self.dial, **more)  # type: ignore[arg-type]


class LooksUpTwice(Poster):
    """The mutant: what it checked is not what it connects to."""

    def _addresses(self, endpoint: Endpoint, left: Left) -> Sequence[Found]:
        super()._addresses(endpoint, left)
        return self.resolve(endpoint.host, endpoint.port)


class LooksAtTheFirst(Poster):
    """The mutant: one public address is enough for it."""

    def _addresses(self, endpoint: Endpoint, left: Left) -> Sequence[Found]:
        found = self.resolve(endpoint.host, endpoint.port)
        if not is_public(found[0][1][0]):
            raise NotAllowed
        return list(reversed(found))


class FollowsRedirects(Poster):
    """The mutant: goes wherever the answer says, as most clients do."""

    def post(self, url: str, headers: object, body: bytes) -> int:
        number = super().post(url, headers, body)  # type: ignore[arg-type]
        if number in range(300, 400):
            onward = Poster(frozenset({"localhost"}), resolve=self.resolve, dial=self.dial)
            return onward.post(self.onward, headers, body)  # type: ignore[attr-defined, arg-type]
        return number


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    """A member's machine, which is public; its authority is trusted."""
    with machine(tmp_path / "outside", NAME, "localhost") as made:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "outside" / "authority.pem"))
        yield made


def sends(poster: Poster, url: str) -> int | type[Exception]:
    """The number, or what went wrong."""
    try:
        return poster.post(url, SENT, b"{}")
    except (NotAllowed, OSError) as error:
        return type(error)


def test_it_is_sent_once_and_the_number_comes_back(outside: Machine) -> None:
    net = Net([[PUBLIC]], outside.port)
    for outside.status in (200, 204, 404, 410, 503):
        assert net.poster().post(f"https://{NAME}:8443/in?a=b", SENT, '{"a":"潮"}'.encode()) == outside.status
    assert len(outside.got) == 5
    path, headers, body = outside.got[0]
    assert (path, body) == ("/in?a=b", '{"a":"潮"}'.encode())
    assert headers == {
        "host": f"{NAME}:8443", "webhook-id": "msg_1", "content-length": "11", "connection": "close"
    }, "nothing that the caller did not say"  # fmt: skip


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.5", "169.254.169.254", "192.168.1.1", "224.0.0.1", "::1", "::ffff:10.0.0.5", "fe80::1"],
)
@pytest.mark.parametrize("before", [[], [PUBLIC]])
def test_a_name_of_an_inner_address_is_called_nowhere(outside: Machine, address: str, before: list[str]) -> None:
    """Also when only one of its addresses is one: not even the public one is called."""
    net = Net([[*before, address]], outside.port)
    assert sends(net.poster(), f"https://{NAME}:8443/") is NotAllowed
    assert net.dialled == []


def rebinding(kind: type[Poster], outside: Machine) -> bool:
    """The attacker: its name server says something public first, and the service's own machine next."""
    net = Net([[PUBLIC], [INSIDE]], outside.port)
    sends(net.poster(kind, seconds=3.0), f"https://{NAME}:{outside.port}/")
    return INSIDE in net.dialled


def mixing(kind: type[Poster], outside: Machine) -> bool:
    """The attacker: two addresses at once."""
    net = Net([[PUBLIC, INSIDE]], outside.port)
    sends(net.poster(kind, seconds=3.0), f"https://{NAME}:{outside.port}/")
    return INSIDE in net.dialled


def redirecting(kind: type[Poster], outside: Machine) -> bool:
    """The attacker: its machine answers with the address of one inside."""
    outside.got.clear()
    onward = f"https://localhost:{outside.port}/inner"
    outside.status, outside.headers = 307, {"Location": onward}
    net = Net([[PUBLIC], [INSIDE]], outside.port)
    poster = net.poster(kind, seconds=3.0)
    kind.onward = onward  # type: ignore[attr-defined]
    sends(poster, f"https://{NAME}:8443/")
    return any(path == "/inner" for path, _, _ in outside.got)


@pytest.mark.parametrize(
    ("attack", "mutant"), [(rebinding, LooksUpTwice), (mixing, LooksAtTheFirst), (redirecting, FollowsRedirects)]
)
def test_no_attacker_gets_inside_and_each_beats_its_mutant(
    outside: Machine, attack: Callable[[type[Poster], Machine], bool], mutant: type[Poster]
) -> None:
    assert not attack(Poster, outside)
    assert attack(mutant, outside), "a broken attack looks like safety"


def test_a_redirect_is_an_answer_like_any_other(outside: Machine) -> None:
    outside.status, outside.headers = 302, {"Location": "https://localhost/"}
    net = Net([[PUBLIC]], outside.port)
    assert sends(net.poster(), f"https://{NAME}:8443/") == 302
    assert (net.looked_up, net.dialled) == (1, [PUBLIC])


def test_the_certificate_is_the_names(outside: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    net = Net([[PUBLIC]], outside.port)
    assert sends(net.poster(), "https://other.member.example:8443/") is ssl.SSLCertVerificationError
    with machine(tmp_path / "unknown", NAME) as unknown:
        net = Net([[PUBLIC]], unknown.port)
        assert sends(net.poster(), f"https://{NAME}:8443/") is ssl.SSLCertVerificationError
        assert unknown.got == []
    monkeypatch.delenv("SSL_CERT_FILE")
    assert sends(Net([[PUBLIC]], outside.port).poster(), f"https://{NAME}:8443/") is ssl.SSLCertVerificationError
    assert outside.got == []


def test_the_setting_names_hosts_of_ones_own_network(outside: Machine, tmp_path: Path) -> None:
    """By the real resolver, at this machine's own address; without the setting nothing is even looked up."""
    assert sends(make_poster(make_settings(tmp_path, webhook_hosts="nas.lan,localhost")), outside.url) == 204
    assert sends(make_poster(make_settings(tmp_path)), outside.url) is NotAllowed
    assert len(outside.got) == 1


def test_nobody_there(tmp_path: Path) -> None:
    poster = Poster(besides=frozenset({"localhost"}))
    assert sends(poster, f"https://localhost:{free_port()}/") is OSError
    assert sends(Net([[]], 1).poster(), f"https://{NAME}/") is OSError


# ---------------------------------------------------------------- a machine that takes its time


@pytest.fixture
def drip(tmp_path: Path) -> Iterator[int]:
    """Takes every connection, and says a byte at a time without ever saying anything."""
    listening = socket.create_server((INSIDE, 0))

    def talk() -> None:
        held = []
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            held.append(line)
            Thread(target=_drip, args=(line,), daemon=True).start()

    Thread(target=talk, daemon=True).start()
    yield int(listening.getsockname()[1])
    listening.close()


def _drip(line: socket.socket) -> None:
    try:
        for _ in range(100):
            line.sendall(b"\x16")
            time.sleep(0.1)
    except OSError:
        line.close()


def test_all_of_it_has_one_time_limit(drip: int) -> None:
    began = time.monotonic()
    poster = Poster(besides=frozenset({"localhost"}), seconds=0.6)
    assert sends(poster, f"https://localhost:{drip}/") is not NotAllowed
    assert time.monotonic() - began < 2


def test_a_name_server_that_does_not_answer_holds_nobody_up() -> None:
    def resolve(_host: str, _port: int) -> Sequence[Found]:
        time.sleep(5)
        return []

    began = time.monotonic()
    assert sends(Poster(resolve=resolve, seconds=0.3), f"https://{NAME}/") is TimeoutError
    assert time.monotonic() - began < 2


@dataclass
class Line:
    """A connection that says the same for ever."""

    says: bytes
    read: int = 0

    def settimeout(self, _seconds: float) -> None:
        """It never has to wait."""

    def recv(self, most: int) -> bytes:
        part = (self.says * (most // max(1, len(self.says)) + 1))[: min(most, 512)] if self.says else b""
        self.read += len(part)
        return part


@pytest.mark.parametrize("says", [b"", b"x", b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 999 "])
def test_no_more_than_a_few_kilobytes_are_read(says: bytes) -> None:
    from app.mail.posting import _read_number

    line = Line(says)
    with pytest.raises(OSError):  # noqa: PT011  of no particular kind: it stands in a table
        _read_number(line, lambda: 1.0)  # type: ignore[arg-type]
    assert line.read <= READ_MOST


@pytest.mark.parametrize(
    ("read", "number"),
    [
        (b"HTTP/1.1 204 No Content\r\n", 204), (b"HTTP/1.0 500 \r\n", 500), (b"HTTP/1.1 200\r\n", 200),
        (b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 Created\r\n", 201),
        (b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n", 0), (b"HTTP/1.1 20", 0), (b"", 0), (b"HTTP/2 200 \r\n", 0),
        (b"SSH-2.0-x\r\n", 0), (b"HTTP/1.1 099 \r\n", 0), (b"XHTTP/1.1 200 \r\n", 0),
    ],
)  # fmt: skip
def test_the_number_of_an_answer(read: bytes, number: int) -> None:
    assert number_in(read) == number
