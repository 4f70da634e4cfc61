"""Months of a network through its own pages: people sign up, sign in, ask, claim, pass, answer, follow up, accept.

Real routes, three real files, the real worker and the real mail process with a real mail server; only the clock is
moved by hand. What is left in the folder is what a thief would find; `World.truth` alone knows who wrote what.
"""

import logging
import random
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

import structlog
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.signin import password_cost
from app.clock import JAPAN, SetClock, today
from app.domains.models import Network
from app.domains.rules import hidden_levels
from app.jobs.worker import Worker
from app.keyfiles import KeyFolder
from app.mail.office import PostOffice
from app.mail.relays import make_relay
from app.processes import make_worker
from app.questions.models import Post, Thread
from app.wiring import Toolbox
from privacy.pseudonyms import MemberSecret, owner_tag, peer_tag
from tests.conftest import make_app, make_tools
from tests.journeys.browser import Answer, Browser

PASSWORD = "いけすの上の朝はやく"
WORDS = ["水温", "給餌", "網", "へい死", "酸素", "選別", "出荷", "赤潮", "種苗", "密度", "餌食い", "沖出し", "ワクチン", "係留", "濁り", "夜間", "朝", "稚魚", "成魚", "夏"]
HOURS = range(6, 23)


@dataclass(frozen=True)
class Size:
    """How large a simulation is. `visits` a day, of which a share `asking` begins with a question."""

    organisations: int = 24
    per_organisation: int = 5
    days: int = 45
    visits: int = 9
    asking: float = 0.4
    newcomers: int = 2
    profiles: float = 0.4
    start: datetime = datetime(2026, 9, 1, 5, 0, tzinfo=JAPAN)


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


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


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
            worker, sender = make_worker(tools), mail_worker(tools)
            worker.start()
            sender.start()
            yield World(folder, tools, app, worker, sender, mailbox, log, random.Random(seed))
    finally:
        tools.database.close()
        server.stop()


def mail_worker(tools: Toolbox) -> Worker:
    """The mail process."""
    private = KeyFolder(tools.settings.key_folder).post_office().private
    office = PostOffice(tools.database, private, make_relay(tools.settings), tools.settings.base_url)
    return Worker(
        tools.database, tools.vault, lane="mail", window=lambda: tools.window, handlers=office.handlers()
    )


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


def _write_structlog(file: IO[str]) -> None:
    structlog.configure(
        processors=[structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
        logger_factory=structlog.WriteLoggerFactory(file=file),
    )


# ---------------------------------------------------------------- people


def populate(world: World, size: Size) -> None:
    """Organisations and their people: enrolled by the service, opted in and with a profile through the pages."""
    world.clock.seconds = size.start.timestamp()
    _add_organisations(world, size)
    places = [(organisation, number) for organisation in world.codes for number in range(size.per_organisation)]
    world.rng.shuffle(places)
    for organisation, number in places:
        enrol(world, draw_person(world, f"{organisation}-{number}", organisation))
    world.work()  # the crowds are counted before anybody chooses what to show
    for person in list(world.people.values()):
        settle_in(world, person, profile=world.rng.random() < size.profiles)


def _add_organisations(world: World, size: Size) -> None:
    names = [f"org{number}" for number in range(size.organisations)]
    tools = world.tools
    entries = [
        accounts_entry(f"架空{name}養魚場", (f"{name}マリン",), (f"{name}湾",), (f"{name}.example",)) for name in names
    ]
    with tools.database.transaction("identity", "keys") as stores:
        made = accounts.add_organisations(stores, tools.vault, entries=entries, verified=True, rng=world.rng)
    world.codes.update(dict(made))
    with tools.database.transaction("content") as stores:
        key, seconds = tools.trade.network.key, tools.settings.window_seconds
        stores.content.add(Network(key=key, demo=False, window_seconds=seconds, small=size.organisations < 20))


def accounts_entry(name: str, aliases: tuple[str, ...], sites: tuple[str, ...], domains: tuple[str, ...]) -> object:
    """An organisation as it is added."""
    from app.accounts.organisations import NewOrganisation

    return NewOrganisation(name, aliases, sites, domains)


def draw_person(world: World, name: str, organisation: str) -> Person:
    """Somebody of one or two species of one or two groups."""
    rng, trade = world.rng, world.tools.trade
    groups = rng.sample(trade.groups, 1 if rng.random() < 0.7 else 2)
    subjects = tuple(
        sorted({subject.key for group in groups for subject in rng.sample(group.subjects, rng.choice((1, 1, 2)))})
    )
    attributes = {one.key: rng.choice(one.values).key for one in trade.attributes}
    return Person(name, f"{name}@mail.example", PASSWORD, organisation, subjects, attributes, rng.paretovariate(1.5))


def enrol(world: World, person: Person) -> Person:
    """Write a person into the network by the service: what the last step of signing up does."""
    tools = world.tools
    with tools.database.transaction("identity", "keys") as stores:
        enrolled = accounts.enrol(
            stores,
            tools.vault,
            organisation_id=person.organisation,
            mail=person.mail,
            password=person.password,
            attributes=person.attributes,
            subjects=person.subjects,
            cost=password_cost(tools.settings),
            today=today(world.clock.now()),
        )
    person.member_id, person.secret = enrolled.member_id, enrolled.secret
    world.people[person.name] = person
    return person


def sign_up(world: World, person: Person, *, user_agent: str = "") -> Browser:
    """The whole way in: address, mailed code, organisation, work, promise, recovery code."""
    browser = Browser(world.app, name=person.name, user_agent=user_agent)
    browser.submit(browser.get("/sign-up"), "/sign-up", mail=person.mail)
    world.work()
    code = re.search(r"\b(\d{6})\b", letter_text(world.mailbox.letters[-1][1]))
    assert code, "no code in the mail"
    browser.submit(browser.get("/sign-up/code"), "/sign-up/code", code=code[1])
    step = "/sign-up/organisation"
    browser.submit(browser.get(step), step, way="code", join_code=world.codes[person.organisation])
    about = {f"attribute_{key}": value for key, value in person.attributes.items()}
    browser.submit(browser.get("/sign-up/about"), "/sign-up/about", **about, subjects=list(person.subjects))
    promises = dict.fromkeys(("anonymity", "no_sales", "no_hunting", "kindness"), "1")
    step = "/sign-up/promise"
    browser.submit(browser.get(step), step, password=person.password, **promises)
    page = browser.get("/sign-up/recovery")
    groups = re.findall(r"<span>([0-9A-Z]{4})</span>", page.text)
    answer = browser.submit(page, "/sign-up/recovery", last_group=groups[-1])
    assert answer.status == 303, answer.status
    _learn_secret(world, person)
    return browser


def letter_text(raw: bytes) -> str:
    """The readable text of a mail as it came over the wire."""
    import email
    from email.policy import default

    return str(email.message_from_bytes(raw, policy=default).get_content())  # type: ignore[attr-defined]


def _learn_secret(world: World, person: Person) -> None:
    tools = world.tools
    with tools.database.reading() as stores:
        found = accounts.sign_in(
            stores, tools.vault, mail=person.mail, password=person.password, cost=password_cost(tools.settings)
        )
    person.member_id, person.secret = found.member_id, found.secret
    world.people[person.name] = person


def settle_in(world: World, person: Person, *, profile: bool) -> None:
    """The first visit: opt in as an expert, perhaps choose what posts may show."""
    rng, browser = world.rng, world.sign_in(person)
    note_activity(world, person)
    if rng.random() < 0.7:
        page = browser.get("/queue/settings")
        for subject in person.subjects:
            topics = [topic.key for topic in rng.sample(world.tools.trade.topics_of(subject), 2)]
            browser.submit(page, f"/queue/settings/{subject}", capacity="5", topics=topics, notify="1")
    if profile:
        choose_profile(world, browser)
    leave(browser)


def choose_profile(world: World, browser: Browser) -> None:
    """This quarter's profile, where there is anything to choose."""
    page = browser.get("/disclosure")
    form = next((form for form in page.forms if form.action.endswith("/disclosure")), None)
    if form is None:
        return
    last = hidden_levels(world.tools.trade)
    levels = {name: str(world.rng.randint(0, last[name])) for name in last if f"level_{name}" in form.fields}
    answer = browser.submit(page, "/disclosure", **{f"level_{name}": level for name, level in levels.items()})
    again = next((form for form in answer.forms if form.action.endswith("/disclosure")), None)
    if answer.status == 422 and again is not None:
        browser.post("/disclosure", again.fields)


def note_activity(world: World, person: Person) -> None:
    """Remember the quarter in which somebody was here: what a crowd counts as active."""
    from app.accounts.rules import quarter_of

    person.active_quarters.add(quarter_of(today(world.clock.now())))


def leave(browser: Browser) -> None:
    """Sign out."""
    page = browser.get("/account")
    browser.submit(page, "/sign-out")


# ---------------------------------------------------------------- days


def simulate(world: World, size: Size) -> None:
    """Live through the days."""
    people = list(world.people.values())
    for day in range(size.days):
        for number in range(size.newcomers if day == size.days // 2 else 0):
            person = draw_person(world, f"new{day}-{number}", world.rng.choice(list(world.codes)))
            sign_up(world, person)
            note_activity(world, person)
        live_through(world, size, people, size.start + timedelta(days=day), is_last=day == size.days - 1)


def live_through(world: World, size: Size, people: list[Person], morning: datetime, *, is_last: bool = False) -> None:
    """One day: visits at random minutes, the processes every hour. The last one ends in the middle: a thief does not
    wait for the night."""
    rng = world.rng
    weights = [person.activity for person in people]
    visits = sorted((rng.uniform(HOURS[0], HOURS[-1]), person) for person in rng.choices(people, weights, k=size.visits))
    midnight = morning.replace(hour=0).timestamp()
    hour = HOURS[0]
    for at, person in visits:
        while hour <= at:
            world.clock.seconds = midnight + hour * 3600
            world.work()
            hour += 1
        world.clock.seconds = midnight + at * 3600
        visit(world, person, asks=rng.random() < size.asking)
    for rest in range(hour, hour + 1 if is_last else 25):
        world.clock.seconds = midnight + rest * 3600
        world.work()


def visit(world: World, person: Person, *, asks: bool) -> None:
    """One person's quarter of an hour. Half of the browsers are left open afterwards."""
    rng = world.rng
    browser = world.sign_in(person, own_phone=rng.random() < 0.2)
    note_activity(world, person)
    browser.walk("/")
    empty_queue(world, browser)
    look_after(world, browser)
    if asks:
        ask(world, browser, draw_question(world, person))
    elif rng.random() < 0.5:
        join_in(world, browser)
    if rng.random() < 0.5:
        leave(browser)


def draw_question(world: World, person: Person) -> dict[str, object]:
    """A question about one of the person's species, sometimes showing a little of its author."""
    rng, trade = world.rng, world.tools.trade
    subject = rng.choice(person.subjects)
    audience = rng.choices(("experts", "domain", "all"), (3, 5, 2))[0]
    words = " ".join(rng.choices(WORDS, k=12))
    found: dict[str, object] = {
        "subject": subject,
        "topic": rng.choice(trade.topics_of(subject)).key,
        "title": f"{' '.join(rng.choices(WORDS, k=3))}について",
        "audience": audience,
        "field_situation": words,
        "urgent": "1" if rng.random() < 0.05 else "",
        "exclude": f"架空org{rng.randrange(20)}養魚場" if rng.random() < 0.2 else "",
    }
    return found


def ask(world: World, browser: Browser, question: dict[str, object]) -> str:
    """Fill in the form, look at the preview, publish; the thread's id, or nothing where a limit says no."""
    page = browser.get("/ask")
    form = page.form("/ask/preview")
    if world.rng.random() < 0.5:  # as fine as the profile allows
        question = {**{name: "0" for name in form.fields if name.startswith("level_")}, **question}
    kept = browser.post("/ask/preview", form.filled(**question))
    if kept.status == 422:  # finer than the profile: shown as it is by default
        kept = browser.post("/ask/preview", form.filled(**{k: v for k, v in question.items() if "level_" not in k}))
    assert kept.status == 303, kept.status
    preview = browser.get("/ask/preview")
    if not preview.has_form("/ask/publish"):
        browser.submit(preview, "/ask/coarser")
        preview = browser.get("/ask/preview")
    answer = browser.submit(preview, "/ask/publish")
    world.asked += answer.status == 303
    return answer.location.rpartition("/")[2] if answer.status == 303 else ""


def empty_queue(world: World, browser: Browser) -> None:
    """Answer, hand back or leave what came."""
    rng = world.rng
    for path in [link for link in browser.get("/queue").links("/queue/") if "settings" not in link]:
        chance = rng.random()
        page = browser.get(path)
        if chance > 0.8 or not page.has_form(f"{path}/pass"):  # left for later, or its answer waits already
            continue
        if chance < 0.2:
            browser.submit(page, f"{path}/pass", reason=rng.choice(("not_my_field", "no_time", "conflict")))
            continue
        if chance < 0.5:
            browser.submit(page, f"{path}/claim")
            page = browser.get(path)
        browser.submit(page, f"{path}/answer", text=draw_answer(world), notify="1")


def draw_answer(world: World) -> str:
    return " ".join(world.rng.choices(WORDS, k=15)) + "でした。"


def look_after(world: World, browser: Browser) -> None:
    """Own threads: accept what helped, ask back."""
    rng = world.rng
    for path in browser.get("/mine").links("/threads/")[:3]:
        page = browser.get(path)
        accepts = [form for form in page.forms if form.action.endswith("/accept")]
        if accepts and rng.random() < 0.6:
            browser.post(f"{path}/accept", accepts[0].fields)
        if page.has_form(f"{path}/followup") and rng.random() < 0.2:
            browser.submit(page, f"{path}/followup", text=draw_answer(world))


def join_in(world: World, browser: Browser) -> None:
    """Answer something from the list."""
    paths = browser.get("/threads").links("/threads/")
    if paths:
        path = world.rng.choice(paths)
        page = browser.get(path)
        if page.has_form(f"{path}/answer"):
            browser.submit(page, f"{path}/answer", text=draw_answer(world))
