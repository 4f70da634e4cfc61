"""A running network for journeys: real routes, real files, the real worker and mail process, and a real mail server.

Only the clock is moved by hand. What is left in the folder is what a thief would find; `World.truth` alone knows who
wrote what.
"""

import logging
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import structlog
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from app.clock import SetClock
from app.jobs.worker import Worker
from app.keyfiles import KeyFolder
from app.mail.office import PostOffice
from app.mail.relays import make_relay
from app.processes import make_worker
from app.questions.models import Post, Thread
from app.wiring import Toolbox
from privacy.pseudonyms import MemberSecret, owner_tag, peer_tag
from tests.app.mail.machines import Machines
from tests.conftest import make_app, make_tools
from tests.journeys.browser import Answer, Browser
from tests.ports import free_port

PASSWORD = "いけすの上の朝はやく"


@dataclass
class Person:
    """A member, with what only a simulation may know together."""

    name: str
    mail: str
    password: str
    organisation: str
    subjects: tuple[str, ...]
    attributes: dict[str, str]
    activity: float
    member_id: str = ""
    secret: MemberSecret = field(default=MemberSecret(b""), repr=False)
    active_quarters: set[int] = field(default_factory=set)


@dataclass
class Mailbox:
    """A mail server's only handler: keeps what came."""

    letters: list[tuple[str, bytes]] = field(default_factory=list)

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802
        self.letters.append((envelope.rcpt_tos[0], envelope.content))  # type: ignore[attr-defined]
        return "250 OK"


@dataclass
class World:
    """A running network, and afterwards what it left."""

    folder: Path
    tools: Toolbox
    app: Flask
    worker: Worker
    sender: Worker
    mailbox: Mailbox
    log: Path
    rng: random.Random
    machines: Machines
    people: dict[str, Person] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    asked: int = 0

    @property
    def clock(self) -> SetClock:
        assert isinstance(self.tools.clock, SetClock)
        return self.tools.clock

    @property
    def truth(self) -> dict[str, str]:
        """Thread or post id → member id, found with everybody's secret."""
        with self.tools.database.reading() as stores:
            threads = [(row.id, row.id, row.owner_tag) for row in stores.content.scalars(select(Thread))]
            posts = [(row.id, row.thread_id, row.author_tag) for row in stores.content.scalars(select(Post))]
        tags = {thread for _, thread, _ in [*threads, *posts]}
        who = {
            str(tag(person.secret, thread)): person.member_id
            for person in self.people.values()
            for thread in tags
            for tag in (owner_tag, peer_tag)
        }
        return {row_id: who[tag] for row_id, _, tag in [*threads, *posts]}

    def work(self) -> None:
        """Let both processes do what is due."""
        self.worker.run_until_idle()
        self.sender.run_until_idle()

    def sign_in(self, person: Person, *, user_agent: str = "", own_phone: bool = False) -> Browser:
        """A browser of this person, signed in through the form."""
        browser = Browser(self.app, name=person.name, user_agent=user_agent)
        fields: dict[str, object] = {"mail": person.mail, "password": person.password}
        if own_phone:
            fields["own_phone"] = "1"
        answer = browser.submit(browser.get("/sign-in"), "/sign-in", **fields)
        assert answer.status == 303, answer.status
        return browser

    def page_of(self, person: Person) -> Browser:
        """The same, and every answer it gets is kept."""
        browser = self.sign_in(person)
        browser.keeps, browser.seen = True, self.answers
        return browser


@contextmanager
def opened(folder: Path, *, seed: int = 1, **settings: object) -> Iterator[World]:
    """An empty network whose every process runs here, with its log in a file and its mail server listening."""
    mailbox, port = Mailbox(), free_port()
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    tools = make_tools(folder, smtp_port=port, **settings)
    log = folder / "service.log"
    try:
        with logged(log):
            app = make_app(tools)
            machines = Machines()
            worker, sender = make_worker(tools), mail_worker(tools, machines)
            worker.start()
            sender.start()
            yield World(folder, tools, app, worker, sender, mailbox, log, random.Random(seed), machines)
    finally:
        tools.database.close()
        server.stop()


def mail_worker(tools: Toolbox, machines: Machines) -> Worker:
    """The mail process; members' own machines are made by hand."""
    private = KeyFolder(tools.settings.key_folder).post_office().private
    return PostOffice(tools, lambda: [private], make_relay(tools.settings), machines).worker()


@contextmanager
def logged(path: Path) -> Iterator[None]:
    """Everything any of our processes logs, down to debug, in one file."""
    with path.open("w", encoding="utf-8") as file:
        handler = logging.StreamHandler(file)
        root, level = logging.getLogger(), logging.getLogger().level
        # the mail server's own log is not ours, and statements are shown only where somebody asks for them
        quiet = [logging.getLogger(name) for name in ("mail.log", "sqlalchemy", "asyncio")]
        before = [one.level for one in quiet]
        for one in quiet:
            one.setLevel(logging.WARNING)
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        _write_structlog(file)
        try:
            yield
        finally:
            structlog.reset_defaults()
            root.removeHandler(handler)
            root.setLevel(level)
            for one, old in zip(quiet, before, strict=True):
                one.setLevel(old)


def _write_structlog(file: TextIO) -> None:
    structlog.configure(
        processors=[structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
        logger_factory=structlog.WriteLoggerFactory(file=file),
    )
