"""The story in which every canary is planted where a person would have typed it."""

import random
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.organisations import NewOrganisation
from app.clock import today
from app.domains.models import Network
from app.insights.keyring import ReporterKeys
from app.insights.votes import Votes
from tests.cast import come_in
from tests.journeys.browser import Browser
from tests.journeys.simulation import ask, enrol, settle_in, sign_up
from tests.journeys.world import Person, World

# signs that no rule and no dictionary takes for a name: a word that is taken for one does not go out as it was typed
SIGNS = "鰓鱗鰭鯖鰯鯔鱚鱸鰆鱧鮃鰈鰤鮒鯰鰌鱒鰻鱈鯱"
LETTERS = "bcdfghjklmnpqrstvwxz"
PROMPT = "このところ "


@dataclass
class Planted:
    """Every canary by what it is."""

    rng: random.Random = field(default_factory=lambda: random.Random(20261121))
    by_kind: dict[str, list[str]] = field(default_factory=dict)

    def word(self, kind: str) -> str:
        """A fresh one in Japanese signs."""
        return self._keep(kind, "".join(self.rng.choices(SIGNS, k=9)))

    def latin(self, kind: str) -> str:
        """A fresh one in Latin letters."""
        return self._keep(kind, "".join(self.rng.choices(LETTERS, k=12)))

    def of(self, *kinds: str) -> list[str]:
        return [one for kind in kinds for one in self.by_kind.get(kind, ())]

    @property
    def all(self) -> list[str]:
        return self.of(*self.by_kind)

    def _keep(self, kind: str, made: str) -> str:
        self.by_kind.setdefault(kind, []).append(made)
        return made


TEXTS = ("title", "situation", "tried", "answer", "follow-up")
COMPANY = ("company title", "company situation", "company answer")
IDENTITY = ("organisation", "alias", "site", "mail domain", "mail", "password", "device", "recovery", "join code")


@dataclass
class Scene:
    """The network after the story, still running."""

    world: World
    planted: Planted
    author: Person
    expert: Person
    viewers: dict[str, Browser]
    threads: list[str]
    company_thread: str


def play(world: World, planted: Planted) -> Scene:
    """Plant every canary where a person would have typed it."""
    organisations = found(world, planted)
    author = person(world, planted, "author", organisations[0])
    agent = f"{planted.latin('device')}/1.0 (iPhone; {planted.latin('device')}) Safari"
    own = sign_up(world, author, user_agent=agent)
    planted.by_kind["recovery"] = [text_of_recovery(world, own)]
    expert = enrol(world, person(world, planted, "expert", elsewhere(world, organisations)))
    settle_in(world, expert, profile=False)
    while not_opted_in(world, expert):  # settling in opts in by chance
        settle_in(world, expert, profile=False)
    viewers = make_viewers(world, planted, organisations)
    threads = ask_everything(world, planted, own)
    answer_everything(world, planted, expert, threads[-1])
    world.clock.move(hours=50)  # the company waits two days
    world.work()
    nominate(world, planted, threads[-1])
    bring_ideas(world, planted, expert)
    bring_articles(world, planted, expert, threads)
    leave_half_done(world, planted, world.sign_in(expert))
    return Scene(world, planted, author, expert, viewers, threads[:-1], threads[-1])


def found(world: World, planted: Planted) -> list[str]:
    """Six organisations with canaries for names among twenty-two."""
    tools = world.tools
    entries = [
        NewOrganisation(
            planted.word("organisation") + "水産",
            (planted.word("alias"),) if n < 5 else (),
            (planted.word("site") + "湾",) if n < 5 else (),
            (planted.latin("mail domain") + ".example",) if n < 4 else (),
        )
        for n in range(6)
    ]
    entries += [NewOrganisation(f"架空水産{n}") for n in range(16)]
    with tools.database.transaction("identity", "keys") as stores:
        made = accounts.add_organisations(stores, tools.vault, entries=entries, verified=True, rng=world.rng)
        waiting = accounts.add_organisation(
            stores, tools.vault, name=planted.word("organisation"), verified=False, rng=world.rng
        )
    world.codes.update(dict([*made, waiting]))
    planted.by_kind["join code"] = [code for _, code in [*made[:2], waiting]]
    with tools.database.transaction("content") as stores:
        seconds = tools.settings.window_seconds
        stores.content.add(Network(key=tools.trade.network.key, demo=False, window_seconds=seconds, small=False))
    return [organisation_id for organisation_id, _ in [*made, waiting]]


def person(world: World, planted: Planted, name: str, organisation: str) -> Person:
    """Somebody whose address and password are canaries."""
    attributes = {one.key: one.values[0].key for one in world.tools.trade.attributes}
    mail, password = f"{planted.latin('mail')}@{name}.example", planted.latin("password")
    return Person(name, mail, password, organisation, ("rainbow-trout",), attributes, 1.0)


def elsewhere(world: World, organisations: list[str]) -> str:
    """An organisation of another circle than the first."""
    with world.tools.database.reading() as stores:
        rows = {row.id: row.circle for row in accounts_rows(stores)}
    return next(one for one in organisations if rows[one] != rows[organisations[0]])


def accounts_rows(stores: object) -> list:  # type: ignore[type-arg]
    from app.accounts.models import Organisation

    return list(stores.identity.scalars(select(Organisation)))  # type: ignore[attr-defined]


def not_opted_in(world: World, expert: Person) -> bool:
    from app.queues.models import Expert

    with world.tools.database.reading() as stores:
        return stores.content.scalars(select(Expert.handle)).first() is None


def make_viewers(world: World, planted: Planted, organisations: list[str]) -> dict[str, Browser]:
    """Everybody who may not read what the author wrote, each signed in, and somebody who is not."""
    third = next(one for one in organisations[1:6])
    staff = {"colleague": (organisations[0], ("member",)), "coordinator": (organisations[0], ("member", "coordinator"))}
    staff |= {"analyst": (third, ("analyst",)), "outsider": (organisations[-1], ("member",))}
    browsers = {"nobody": Browser(world.app, name="nobody")}
    for name, (organisation, roles) in staff.items():
        one = person(world, planted, name, organisation)
        enrol_as(world, one, roles)
        browsers[name] = world.sign_in(one)
    return browsers


def enrol_as(world: World, one: Person, roles: tuple[str, ...]) -> None:
    from app.accounts.signin import password_cost
    from app.clock import today

    with world.tools.database.transaction("identity", "keys") as stores:
        enrolled = accounts.enrol(
            stores, world.tools.vault, organisation_id=one.organisation, mail=one.mail, password=one.password,
            attributes=one.attributes, subjects=one.subjects, roles=roles, cost=password_cost(world.tools.settings),
            today=today(world.clock.now()),
        )  # fmt: skip
    come_in(world.tools, enrolled.secret)


def ask_everything(world: World, planted: Planted, own: Browser) -> list[str]:
    """Four questions; the company may read the last."""
    threads = []
    for n in range(4):
        question: dict[str, object] = {
            "subject": "rainbow-trout",
            "topic": "disease",
            "title": planted.word("title" if n < 3 else "company title"),
            "field_situation": PROMPT + planted.word("situation" if n < 3 else "company situation"),
            "field_tried": planted.word("tried") if n < 2 else "",
            "exclude": planted.word("excluded") + "水産" if n < 2 else "",
            "audience": ("domain", "experts", "all", "all")[n],
            "company_may": "1" if n == 3 else "",
            "notify": "1",
        }
        threads.append(ask(world, own, question))
        assert threads[-1], "a question was not taken"
        world.clock.move(hours=26)
        world.work()
        own = again(world, own)
    return threads


def again(world: World, browser: Browser) -> Browser:
    """Sign the same person in anew after a day."""
    return world.sign_in(world.people[browser.name])


def answer_everything(world: World, planted: Planted, expert: Person, company_thread: str) -> None:
    """The expert answers from the queue; the author asks back, accepts and endorses; the expert answers from the list."""
    browser = world.sign_in(expert)
    company_title = planted.of("company title")[0]
    offers = [link for link in browser.get("/queue").links("/queue/") if "settings" not in link]
    offers = [path for path in offers if company_title not in browser.get(path).text]
    assert len(offers) == 3, offers
    for path in offers[:2]:
        answer = browser.submit(browser.get(path), f"{path}/answer", text=PROMPT + planted.word("answer"), notify="1")
        assert answer.status == 303, answer.status
    browser.submit(browser.get(offers[2]), f"{offers[2]}/pass", reason="conflict")
    world.clock.move(hours=5)
    world.work()
    own = world.sign_in(world.people["author"])
    for path in own.get("/mine").links("/threads/"):
        page = own.get(path)
        if page.has_form(f"{path}/accept"):
            own.post(f"{path}/accept", page.form(f"{path}/accept").fields)
            assert own.post(f"{path}/endorse", page.form(f"{path}/endorse").fields).status == 303
            own.submit(page, f"{path}/followup", text=PROMPT + planted.word("follow-up"))
    world.clock.move(hours=5)
    world.work()
    browser = world.sign_in(expert)
    for path in browser.get("/threads").links("/threads/"):
        kind = "company answer" if company_thread in path else "answer"
        browser.submit(browser.get(path), f"{path}/answer", text=PROMPT + planted.word(kind))
    world.clock.move(hours=5)
    world.work()


def nominate(world: World, planted: Planted, thread_id: str) -> None:
    """The author hangs a nomination on the answer to their question, from its menu."""
    own = world.sign_in(world.people["author"])
    path = own.get(f"/threads/{thread_id}").links("/recognition/nominate/")[0]
    assert own.submit(own.get(path), path, text=PROMPT + planted.word("nomination")).status == 303


def bring_ideas(world: World, planted: Planted, expert: Person) -> None:
    """The author posts an idea, the expert replies to it and votes for it."""
    tools = world.tools
    Votes(tools, ReporterKeys(tools.settings.reporter_folder)).work(today(world.clock.now()))
    own = world.sign_in(world.people["author"])
    idea = {"title": planted.word("idea"), "aim": PROMPT + planted.word("idea"), "now": planted.word("idea")}
    assert own.submit(own.get("/ideas/new"), "/ideas/new", **idea).status == 303
    world.clock.move(hours=26)
    world.work()
    browser = world.sign_in(expert)
    path = next(link for link in browser.get("/ideas").links("/ideas/") if len(link) > 30)
    page = browser.get(path)
    assert browser.submit(page, f"{path}/reply", text=PROMPT + planted.word("idea")).status == 303
    assert browser.submit(page, f"{path}/vote").status == 303
    world.clock.move(hours=26)
    world.work()


def bring_articles(world: World, planted: Planted, expert: Person, threads: list[str]) -> None:
    """The author writes a note; the expert becomes an editor and keeps a draft made from an answer."""
    own = world.sign_in(world.people["author"])
    note = {"title": planted.word("note"), "body": PROMPT + planted.word("note"), "subject": "rainbow-trout"}
    shown = own.submit(own.get("/articles/new"), "/articles/new", **note, audience="domain")
    assert own.submit(shown, "/articles/new").status == 303
    world.clock.move(hours=26)
    world.work()
    browser = world.sign_in(expert)
    assert browser.submit(browser.get("/articles/desk"), "/articles/desk/join").status == 303
    pages = [(f"/articles/from/{one}", browser.get(f"/articles/from/{one}")) for one in threads]
    path, page = next((path, page) for path, page in pages if 'name="post"' in page.text)
    posts = re.findall(r'name="post" value="([0-9a-f]{32})"', page.text)
    begun = browser.post(path, page.form(path).filled(post=posts))
    path = urlsplit(begun.location).path
    words = {"title": planted.word("article draft"), "body": PROMPT + planted.word("article draft"), "do": "save"}
    assert browser.post(path, browser.get(path).form(path).filled(**words)).status == 303


def leave_half_done(world: World, planted: Planted, browser: Browser) -> None:
    """A draft, an answer that waits for its window, and words that were refused."""
    own = world.sign_in(world.people["author"])
    draft = {"subject": "rainbow-trout", "topic": "feed", "title": planted.word("draft")}
    own.submit(own.get("/ask"), "/ask/preview", **draft, field_situation=planted.word("draft"))
    own.submit(own.get("/ask"), "/ask/preview", title=planted.word("refused") * 20, subject="no-such-subject")
    own.post("/sign-in", {"mail": planted.latin("refused"), "password": planted.word("refused")})
    path = browser.get("/threads").links("/threads/")[0]
    browser.submit(browser.get(path), f"{path}/answer", text=planted.word("waiting answer"))


def text_of_recovery(world: World, own: Browser) -> str:
    """The code that the author made for themselves anew, as printed."""
    import re

    page = own.submit(
        own.get("/account/recovery-code"), "/account/recovery-code", current=world.people["author"].password
    )
    page = own.get(urlsplit(page.location).path)
    groups = re.findall(r"<span>([0-9A-Z]{4})</span>", page.text)
    code = "-".join(groups)
    own.submit(page, "/account/recovery-code/confirm", last_group=code)
    return code
