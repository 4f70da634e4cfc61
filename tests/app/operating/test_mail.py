"""The test letter: really sent, and what is wrong is said with the variable to set."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.mail.relays import Refused
from app.operating.mail_part import trouble_of
from app.wiring import Toolbox
from tests.app.operating.rooms import events
from tests.cast import Cast, make_cast, post, signed_in
from tests.conftest import make_app, make_tools

HERE = "/operating/mail"


class Box:
    """A mail server that keeps what it gets, and refuses one reader."""

    def __init__(self) -> None:
        self.letters: list[Envelope] = []

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _o: Any) -> str:  # noqa: N802
        if address.startswith("nobody"):
            return "550 no such reader"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.letters.append(envelope)
        return "250 OK"


@pytest.fixture
def box() -> Iterator[tuple[Box, int]]:
    handler = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


def test_a_real_letter_goes_out_and_what_fails_names_its_variable(tmp_path: Any, box: tuple[Box, int]) -> None:
    handler, port = box
    tools = make_tools(tmp_path, smtp_port=port, smtp_password="naisho", contact="uketsuke@shiome.example")
    client = signed_in(make_app(tools), make_cast(tools).heidi)
    page = client.get(HERE).text
    assert str(port) in page
    assert "naisho" not in page
    assert post(client, HERE, {"mail": "x"}).status_code == 422
    assert post(client, HERE, {"mail": "watashi@farm.example"}).location == HERE
    (letter,) = handler.letters
    assert letter.rcpt_tos == ["watashi@farm.example"]
    page = client.get(HERE).text
    assert "試しのメールを送りました（2026年11月20日）" in page
    assert "watashi" not in page
    refused = post(client, HERE, {"mail": "nobody@farm.example"})
    assert (refused.status_code, "宛先を断りました" in refused.text) == (422, True)
    assert "前の試しでは送れませんでした" in client.get(HERE).text
    assert "メールが送れませんでした" in client.get("/operating").text
    assert events(tools)[-2:] == ["mail.tested", "mail.tested"]
    tools.database.close()


def test_a_server_that_is_not_there(tools: Toolbox, cast: Cast) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        object.__setattr__(tools.settings, "smtp_port", free.getsockname()[1])
    client = signed_in(make_app(tools), cast.heidi)
    assert "SHIOME_SMTP_HOST と SHIOME_SMTP_PORT" in post(client, HERE, {"mail": "watashi@farm.example"}).text


@pytest.mark.parametrize(
    ("error", "names"),
    [
        (ConnectionRefusedError(), "reach"),
        (socket.gaierror(), "reach"),
        (TimeoutError(), "reach"),
        (ssl.SSLError(), "tls"),
        (smtplib.SMTPServerDisconnected(), "tls"),
        (smtplib.SMTPNotSupportedError(), "tls"),
        (smtplib.SMTPAuthenticationError(535, b"no"), "login"),
        (smtplib.SMTPSenderRefused(550, b"no", "x"), "sender"),
        (smtplib.SMTPRecipientsRefused({}), "reader"),
        (Refused(), "reader"),
        (smtplib.SMTPDataError(451, b"later"), "other"),
    ],
)
def test_each_failure_names_what_to_look_at(error: Exception, names: str) -> None:
    assert trouble_of(error) == names
