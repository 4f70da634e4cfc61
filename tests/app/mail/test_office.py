"""The post office against a real SMTP server: fixed letters, one key, nothing private in a header."""

import json
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.jobs.worker import Worker
from app.keyfiles import KeyFolder
from app.mail import service
from app.mail.kinds import MAILS, NOW
from app.mail.letters import BODIES, ENDING
from app.mail.mailbox import Mailbox
from app.mail.models import Contact
from app.mail.office import PostOffice
from app.mail.relays import SmtpRelay, make_relay
from app.wiring import Toolbox
from privacy.boxes import new_box_keys
from privacy.errors import WrongKey
from tests.conftest import make_settings
from tests.ports import free_port


class Sink:
    """Keeps what it was handed."""

    def __init__(self) -> None:
        self.mails: list[Message] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        assert envelope.content is not None
        self.mails.append(message_from_bytes(bytes(envelope.content), policy=default))
        return "250 taken"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, Controller]]:
    handler = Sink()
    server = Controller(handler, hostname="127.0.0.1", port=free_port())
    server.start()
    yield handler, server
    server.stop()


def port_of(server: Controller) -> int:
    return int(server.port)


def make_office(tools: Toolbox, port: int, *, private: bytes | None = None) -> Worker:
    settings = make_settings(tools.settings.data_dir, smtp_port=port)
    key = private or KeyFolder(tools.settings.key_folder).post_office().private
    office = PostOffice(tools, lambda: [key], SmtpRelay(settings))
    worker = office.worker()
    worker.start()
    return worker


def leave_notice(tools: Toolbox, label: str, address: str, kind: str = "picked", locale: str = "ja") -> None:
    box = service.address_box(tools.post_office_public, Mailbox(address), locale=locale)
    with tools.database.transaction("content") as stores:
        stores.content.add(Contact(label=label, box=box))
        service.notify(stores, tools.vault, label=label, kind=kind, due=tools.window)


def test_a_notice_arrives_and_is_one_of_the_fixed_letters(tools: Toolbox, sink: tuple[Sink, Controller]) -> None:
    handler, server = sink
    leave_notice(tools, "a" * 32, "one@farm.example")
    leave_notice(tools, "b" * 32, "two@farm.example")
    make_office(tools, port_of(server)).run_until_idle()
    assert {mail["To"] for mail in handler.mails} == {"one@farm.example", "two@farm.example"}
    letter = BODIES["picked"]["ja"] + ENDING["ja"]
    for mail in handler.mails:
        link = mail["List-Unsubscribe"].strip("<>")
        words = letter.format(base_url="https://shiome.example", unsubscribe=link)
        assert mail.get_content().replace("\r\n", "\n") == words  # type: ignore[attr-defined]
    assert {mail["Subject"] for mail in handler.mails} == {"潮目からのお知らせ"}


@pytest.mark.parametrize("kind", [kind for kind, mail in MAILS.items() if mail.usual == NOW])
def test_mails_of_one_kind_differ_in_nothing_but_address_message_id_and_link(
    tools: Toolbox, sink: tuple[Sink, Controller], kind: str
) -> None:
    """Of different threads and members: neither header nor body tells one from the other."""
    handler, server = sink
    leave_notice(tools, "a" * 32, "one@farm.example", kind)
    leave_notice(tools, "b" * 32, "two@farm.example", kind)
    make_office(tools, port_of(server)).run_until_idle()
    first, second = handler.mails
    assert first.keys() == second.keys()
    differing = {key for key in first if first[key] != second[key]}
    assert differing <= {"To", "Message-ID", "X-RcptTo", "List-Unsubscribe"}
    links = [mail["List-Unsubscribe"].strip("<>") for mail in (first, second)]
    assert len(links[0]) == len(links[1])
    bodies = {mail.get_content().replace(link, "LINK") for mail, link in zip((first, second), links, strict=True)}  # type: ignore[attr-defined]
    assert len(bodies) == 1


def test_a_contact_that_ended_gets_nothing(tools: Toolbox, sink: tuple[Sink, Controller]) -> None:
    handler, server = sink
    with tools.database.transaction("content") as stores:
        service.notify(stores, tools.vault, label="c" * 32, kind="picked", due=tools.window)
    make_office(tools, port_of(server)).run_until_idle()
    assert handler.mails == []


def test_a_relay_that_is_away_loses_no_letter(tools: Toolbox, sink: tuple[Sink, Controller]) -> None:
    handler, server = sink
    leave_notice(tools, "a" * 32, "one@farm.example")
    make_office(tools, 1).step()
    assert handler.mails == []
    make_office(tools, port_of(server)).run_until_idle()
    assert len(handler.mails) == 1


def test_only_the_post_offices_key_opens_an_address(tools: Toolbox) -> None:
    leave_notice(tools, "a" * 32, "one@farm.example")
    stranger = new_box_keys()
    office = PostOffice(tools, lambda: [stranger.private], SmtpRelay(tools.settings))
    with tools.database.reading() as stores:
        box = stores.content.get_one(Contact, "a" * 32).box
    with pytest.raises(WrongKey):
        office.boxes.open(box)
    for name in ("content.db", "content.db-wal"):
        assert b"one@farm.example" not in (tools.database.folder / name).read_bytes()


def test_two_boxes_of_one_address_have_nothing_in_common(tools: Toolbox) -> None:
    first, second = (
        service.address_box(tools.post_office_public, Mailbox("one@farm.example"), locale="ja") for _ in range(2)
    )
    assert len(first) == len(second)
    assert first[5:] != second[5:]
    assert not any(first[n : n + 8] in second for n in range(5, len(first) - 8))


def test_the_outbox_is_refused_outside_the_demo(tools: Toolbox) -> None:
    with pytest.raises(ValueError, match="SHIOME_MAIL"):
        make_settings(tools.settings.data_dir, mail="outbox")
    relay = make_relay(make_settings(tools.settings.data_dir, mail="outbox", demo=True))
    assert not isinstance(relay, SmtpRelay)


def test_no_letter_has_room_for_private_words() -> None:
    room = {name for bodies in (*BODIES.values(), ENDING) for body in bodies.values() for name in _fields(body)}
    assert room == {"unsubscribe", "base_url", "code", "link", "minutes", "page", "sign_in", "days", "contact"}
    assert json.dumps(BODIES, ensure_ascii=False).count("{code}") == 6


def _fields(body: str) -> set[str]:
    from string import Formatter

    return {name for _, name, _, _ in Formatter().parse(body) if name}
