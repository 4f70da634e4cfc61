"""Two networks that are the same but for one thing somebody did in one of them: everything everybody can read in both.

A pair, and not one network before and after: the day that passes until a post appears changes pages by itself.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import select

from app.accounts.models import Organisation
from app.accounts.organisations import NewOrganisation
from app.accounts.service import add_organisations
from app.clock import today
from app.domains.models import Network
from app.ideas.models import Idea
from app.insights.keyring import ReporterKeys
from app.insights.votes import Votes
from app.knowledge.models import Article
from app.questions.models import Thread
from app.webinars.models import Talk
from tests.app.escrow.makers import make_five
from tests.journeys.browser import Browser
from tests.journeys.canary_story import enrol_as
from tests.journeys.simulation import ask, enrol
from tests.journeys.world import PASSWORD, Person, World, opened

# what is random in every answer
RANDOM = re.compile(
    r'(name="(?:csrf_token|token|note|challenge)" value=")[^"]*|(--challenge )\w+|(csrf-token" content=")[^"]*|("X-CSRFToken": ?")[^"]*'
    r'|(Set-Cookie: [^=]+=)[^;]*|name="word" value="1"( checked)?'  # drawn with the form whether it stands ticked
)
HEADS = re.compile(r"(?P<log>安全の記録|本文の記録)</dt>.*?(?P<count>\d+)件.*?(?P<hash>[0-9a-f]{64})", re.DOTALL)
# words for "nothing here", the keys for a list that holds something, headings of parts that may be empty
EMPTY = re.compile(r'<div class="empty">.*?</div>|<dialog id="keys-help".*?</dialog>|<h2>[^<]*</h2>', re.DOTALL)
# what the first page says of a note that should be read first
FIRST = re.compile(
    r'<div class="callout callout-info">(?:(?!</ul>).)*"/inbox/first".*?</ul>\s*</div>\s*</div>', re.DOTALL
)
# what the first page says of notes and of the desk, where a word that is wished waits for a coordinator
DESK = re.compile(
    r'<span class="row-note">待っているものがあります</span>|<ul class="link-list">\s*<li><a href="/inbox">.*?</ul>|<span class="nav-badge">新着</span>',
    re.DOTALL,
)
WHERE = ("asker", "peer", "other", "third", "colleague", "coordinator", "analyst", "outsider")
ROLES = {"coordinator": ("member", "coordinator"), "analyst": ("analyst",)}
READERS = ("nobody", "peer", "other", "colleague", "coordinator", "analyst", "outsider")
NOBODYS = "0" * 32  # no thread has this id
Pages = dict[tuple[str, str], str]  # (who, path) → what they read
STOOD = {"threads": Thread, "company": Thread, "ideas": Idea, "articles": Article, "sessions": Talk}
Do = Callable[[World, "Base"], object]


@dataclass
class Base:
    """A network on the shelf: its folder, hour, people, everybody's cookies, and the threads that stand in it."""

    folder: Path
    seconds: float = 0.0
    people: dict[str, Person] = field(default_factory=dict)
    cookies: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    hers: str = ""  # the asker's, with an answer of peer
    theirs: str = ""  # peer's, with an answer of the asker
    idea: str = ""  # peer's
    session: str = ""  # announced

    def browser(self, world: World, name: str) -> Browser:
        """Somebody's browser, signed in already; "nobody" has never signed in."""
        made = Browser(world.app, name=name)
        for key, value in self.cookies.get(name, ()):
            made.client.set_cookie(key, value, secure=True)
        return made

    @contextmanager
    def again(self, folder: Path) -> Iterator[World]:
        """The same network in another folder, running."""
        shutil.copytree(self.folder, folder)
        with opened(folder) as world:
            world.clock.seconds = self.seconds
            world.people.update(self.people)
            yield world


def make_base(folder: Path) -> Base:
    """Eight people of every role, five custodians, and two questions with an answer each."""
    base = Base(folder / "base")
    base.folder.mkdir()
    with opened(base.folder) as world:
        settle(world)
        make_five(world.tools, folder / "custodians")
        base.people = dict(world.people)
        for name, person in base.people.items():
            browser = world.sign_in(person, own_phone=True)
            base.cookies[name] = [(cookie.key, cookie.value) for cookie in browser.client._cookies.values()]
        for name in ("asker", "peer"):
            opt_in(world, base, name)
        with wishing(True):
            base.hers = ask_one(world, base, "asker", "朝の食いが落ちました", company_may="1")
        with wishing(False):
            base.theirs = ask_one(world, base, "peer", "池の水が濁りました")
        next_day(world)
        with wishing(False):
            reply(world, base, "peer", base.hers, "answer", "酸素を測ってみてください。")
            bring_idea(world, base, "peer", "見回りの順番を決める表がほしい")
        with wishing(True):
            reply(world, base, "asker", base.theirs, "answer", "網の目を見てみてください。")
        base.session = announce(world, base)
        next_day(world)
        with world.tools.database.reading() as stores:
            base.idea = stores.content.scalars(select(Idea.id)).one()
        world.clock.move(hours=48)  # the company waits
        world.work()
        base.seconds = world.clock.now()
    return base


def settle(world: World) -> None:
    """The asker and a colleague, peers of other circles, staff, and somebody whose organisation is not verified."""
    tools = world.tools
    entries = [NewOrganisation(f"架空水産{n}") for n in range(24)]
    with tools.database.transaction("identity", "keys") as stores:
        made = add_organisations(stores, tools.vault, entries=entries, verified=True, rng=world.rng)
        made += add_organisations(
            stores, tools.vault, entries=[NewOrganisation("架空の新入り")], verified=False, rng=world.rng
        )
    with tools.database.transaction("content") as stores:
        seconds = tools.settings.window_seconds
        stores.content.add(Network(key=tools.trade.network.key, demo=False, window_seconds=seconds, small=False))
    attributes = {one.key: one.values[0].key for one in tools.trade.attributes}
    apart = one_of_each_circle(world)
    places = (*apart[:4], apart[0], apart[4], apart[1], made[-1][0])
    for name, organisation in zip(WHERE, places, strict=True):
        one = Person(name, f"{name}@mail.example", PASSWORD, organisation, ("ayu",), attributes, 1.0)
        if name in ROLES:
            enrol_as(world, one, ROLES[name])
            world.people[name] = one
        else:
            enrol(world, one)


def one_of_each_circle(world: World) -> list[str]:
    """An organisation of every circle."""
    with world.tools.database.reading() as stores:
        rows = stores.identity.scalars(select(Organisation).where(Organisation.verified)).all()
        return list({row.circle: row.id for row in rows}.values())


# ---------------------------------------------------------------- moves


@contextmanager
def wishing(word: bool) -> Iterator[None]:
    """Whether the forms of posts stand with a coordinator's word wished, which is drawn otherwise: so that it is known
    who leaves the desk with nothing, or with something, that waits."""
    draws, first = "app.questions.wishing.draws", "app.questions.wishing.is_first"
    with patch(draws, return_value=word), patch(first, return_value=False):
        yield


def ask_one(world: World, base: Base, name: str, title: str, **more: str) -> str:
    """Ask; the thread's id."""
    question = {"subject": "ayu", "topic": "disease", "title": title, "field_situation": "朝から食いが落ちています。"}
    question |= {"audience": "domain", "exclude": "", "urgent": "", **more}
    thread = ask(world, base.browser(world, name), dict(question))
    assert thread, "a question was not taken"
    return thread


def reply(world: World, base: Base, name: str, thread: str, kind: str, text: str) -> None:
    """Answer or follow up."""
    browser, path = base.browser(world, name), f"/threads/{thread}"
    assert browser.submit(browser.get(path), f"{path}/{kind}", text=text).status == 303


def bring_idea(world: World, base: Base, name: str, title: str) -> None:
    """Post an idea."""
    tools, browser = world.tools, base.browser(world, name)
    Votes(tools, ReporterKeys(tools.settings.reporter_folder)).work(today(world.clock.now()))
    words = {"title": title, "aim": "朝の当番が迷わずに回れるようにしたいです。", "now": "毎朝、人によって違います。"}
    sent = browser.submit(browser.get("/ideas/new"), "/ideas/new", **words)
    assert sent.status == 303, sent.status


def announce(world: World, base: Base) -> str:
    """The company holds a session; its id."""
    browser, day = base.browser(world, "coordinator"), today(world.clock.now()) + timedelta(days=20)
    plan = {"title": "夏の酸素の話", "about": "測り方を話します。", "form": "text", "subject": "", "by_company": "1"}
    times = {"day": day.isoformat(), "begins": "19:30", "length": "60"}
    made = browser.submit(browser.get("/sessions/new"), "/sessions/new", **plan, **times)
    assert made.status == 303, made.status
    session = made.location.split("/")[-2]
    invite = f"/sessions/{session}/invite"
    assert browser.submit(browser.get(invite), f"/sessions/{session}/announce").status == 303
    return session


def opt_in(world: World, base: Base, name: str) -> None:
    """Become somebody who is asked."""
    browser = base.browser(world, name)
    page = browser.get("/queue/settings")
    answer = browser.submit(page, "/queue/settings/ayu", capacity="5", topics=["disease"], notify="1")
    assert answer.status == 303


def next_day(world: World) -> None:
    """The window of a small network: once a day."""
    world.clock.move(hours=25)
    world.work()


# ---------------------------------------------------------------- reading


def read_everything(world: World, base: Base) -> Pages:
    """Every page of everybody, and of nobody; also the threads they were not told of. Without what is random."""
    found: Pages = {}
    with world.tools.database.reading() as stores:
        stood = {where: list(stores.content.scalars(select(table.id))) for where, table in STOOD.items()}
    rules = [rule for rule in world.app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    for name in READERS:
        browser = base.browser(world, name)
        paths = sorted(rule.rule for rule in rules)
        paths += [f"/{where}/{one}" for where, ids in stood.items() for one in [*sorted(ids), NOBODYS]]
        paths += [link for link in browser.get("/queue").links("/queue/") if "settings" not in link]
        for path in paths:
            answer = browser.get(path)
            headers = "\n".join(
                line for line in answer.headers.splitlines() if not line.startswith(("Content-Length", "Date"))
            )
            found[name, path] = RANDOM.sub("", f"{answer.status}\n{headers}\n{answer.text}")
    return found


def changed(control: Pages, after: Pages) -> set[tuple[str, str]]:
    """Where somebody reads something else in one of the two networks. A page that only one of them has is held against
    the page of a thread that nobody has."""
    return {place for place in {*control, *after} if _read(control, *place) != _read(after, *place)}


def _read(pages: Pages, who: str, path: str) -> str | None:
    where, one = path.strip("/").rpartition("/")[::2]
    if (who, path) in pages or where not in STOOD:
        return pages.get((who, path))
    return pages[who, f"/{where}/{NOBODYS}"].replace(NOBODYS, one)


def logs_that_moved(control: str, after: str) -> set[str]:
    """Which logs' published heads differ, where nothing else of the page does."""
    assert HEADS.sub("", control) == HEADS.sub("", after)
    pairs = zip(HEADS.finditer(control), HEADS.finditer(after), strict=True)
    return {one["log"] for one, other in pairs if one.groups() != other.groups()}


def without(page: str, marks: tuple[str, ...], *, told: re.Pattern[str] | None = None) -> str:
    """A list without the cards that hold one of these marks, without the words for "nothing here", and without spaces;
    for whom the inbox tells something, also without what leads there, which is `told`."""
    page = EMPTY.sub("", told.sub("", page) if told else page)
    for card in re.findall(r"<article.*?</article>", page, re.DOTALL):
        if any(mark in card for mark in marks):
            page = page.replace(card, "", 1)
    return "".join(page.split())
