"""Fifty planted names, addresses, words and passwords, and where they may be read: nowhere without keys, and on no page
that is not for its reader. What a thief or a reader gets is taken whole: files, logs, indexes, mails, headers, errors.
"""

import random
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import faiss
import pytest
from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.organisations import NewOrganisation
from app.db import STORES, store_path
from app.domains.models import Network
from app.mail.letters import BODIES
from app.questions.models import Thread
from app.queues.models import Offer
from privacy.attacks.canaries import Finding, scan_bytes
from tests.journeys.browser import Browser, every_text
from tests.journeys.simulation import Person, World, ask, enrol, letter_text, opened, settle_in, sign_up

KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ"
LETTERS = "bcdfghjklmnpqrstvwxz"
PROMPT = "このところ "


@dataclass
class Planted:
    """Every canary by what it is."""

    rng: random.Random = field(default_factory=lambda: random.Random(20261121))
    by_kind: dict[str, list[str]] = field(default_factory=dict)

    def word(self, kind: str) -> str:
        """A fresh one in kana."""
        return self._keep(kind, "".join(self.rng.choices(KANA, k=9)))

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


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("canaries")
    temporary, before = folder / "temporary", tempfile.tempdir
    temporary.mkdir()
    tempfile.tempdir = str(temporary)
    try:
        with opened(folder, max_open_questions=9) as world:
            yield play(world, Planted())
    finally:
        tempfile.tempdir = before


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
        accounts.enrol(
            stores, world.tools.vault, organisation_id=one.organisation, mail=one.mail, password=one.password,
            attributes=one.attributes, subjects=one.subjects, roles=roles, cost=password_cost(world.tools.settings),
            today=today(world.clock.now()),
        )  # fmt: skip


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
    """The expert answers from the queue; the author asks back and accepts; the expert answers from the list."""
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
            own.submit(page, f"{path}/followup", text=PROMPT + planted.word("follow-up"))
    world.clock.move(hours=5)
    world.work()
    browser = world.sign_in(expert)
    for path in browser.get("/threads").links("/threads/"):
        kind = "company answer" if company_thread in path else "answer"
        browser.submit(browser.get(path), f"{path}/answer", text=PROMPT + planted.word(kind))
    world.clock.move(hours=5)
    world.work()


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

    page = own.submit(own.get("/account/recovery-code"), "/account/recovery-code", current=world.people["author"].password)
    page = own.get(urlsplit(page.location).path)
    groups = re.findall(r"<span>([0-9A-Z]{4})</span>", page.text)
    code = "-".join(groups)
    own.submit(page, "/account/recovery-code/confirm", last_group=code)
    return code


# ---------------------------------------------------------------- without keys


def left_behind(world: World) -> Iterator[tuple[str, bytes]]:
    """Every file but the keys, with its name; what every index gives back to its own reader; the log."""
    for path in sorted(world.folder.rglob("*")):
        if path.is_file() and "keyfiles" not in path.parts:
            yield path.name, path.name.encode() + b"\0" + path.read_bytes()
    yield from read_by_sqlite(world)
    yield from read_by_faiss(world)


def read_by_sqlite(world: World) -> Iterator[tuple[str, bytes]]:
    for store in STORES:
        connection = sqlite3.connect(store_path(world.folder, store))
        for (table,) in connection.execute("select name from sqlite_schema where type = 'table'").fetchall():
            for row in connection.execute(f"select * from {table}"):  # noqa: S608
                yield f"{store}.{table}", b"\0".join(_bytes(value) for value in row)
        connection.close()


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def read_by_faiss(world: World) -> Iterator[tuple[str, bytes]]:
    with world.tools.database.reading() as stores:
        world.tools.memory.catch_up(stores)
    for subject, history in world.tools.memory._domains.items():
        index = history.vectors
        yield f"faiss {subject}", faiss.serialize_index(index._faiss).tobytes()
        yield f"faiss {subject} ids", "\0".join(index.ids).encode()


def test_there_are_fifty_and_they_are_really_there(scene: Scene) -> None:
    assert len(scene.planted.all) >= 50
    assert len(set(scene.planted.all)) == len(scene.planted.all)
    browser = scene.world.sign_in(scene.expert)
    pages = [browser.get(f"/threads/{thread}") for thread in scene.threads]
    assert {canary for page in pages for canary in scene.planted.of(*TEXTS) if canary in page.text} >= set(
        scene.planted.of("title", "situation", "answer")
    ), "a peer does not see what was planted: the scan below would prove nothing"


def test_no_canary_is_readable_without_keys(scene: Scene) -> None:
    world = scene.world
    assert any(world.folder.glob("*-wal")), "the write-ahead log is part of what is stolen"
    secrets = [person.secret.hex() for person in world.people.values() if person.secret]
    assert scan_bytes(left_behind(world), [*scene.planted.all, *secrets]) == []


def test_no_member_is_named_outside_the_identity_file(scene: Scene) -> None:
    ids = [one.member_id for one in scene.world.people.values()] + list(scene.world.codes)
    files = [(name, blob) for name, blob in left_behind(scene.world) if not name.startswith("identity")]
    assert scan_bytes(files, ids) == []


def test_no_vector_lies_in_a_file_and_the_index_has_it(scene: Scene) -> None:
    world = scene.world
    with world.tools.database.reading() as stores:
        world.tools.memory.catch_up(stores)
    history = world.tools.memory.domain("rainbow-trout")
    vectors = [history.vectors.vector(thread).tobytes() for thread in history.ids]
    assert vectors
    parts = [max((vector[at : at + 64] for at in range(0, len(vector), 4)), key=_spread) for vector in vectors]
    files = [path.read_bytes() for path in world.folder.rglob("*") if path.is_file()]
    in_process = faiss.serialize_index(history.vectors._faiss).tobytes()
    for part in parts:
        assert part in in_process
        assert not any(part in blob for blob in files)


def _spread(part: bytes) -> int:
    return len({part[at : at + 4] for at in range(0, len(part), 4)}) * (len(part) == 64)


@pytest.mark.parametrize("dress", ["text", "utf-16-le", "casefold"])
def test_one_plain_column_is_caught(scene: Scene, tmp_path: Path, dress: str) -> None:
    canary = scene.planted.of("title")[0]
    written: object = {"text": canary, "utf-16-le": canary.encode("utf-16-le"), "casefold": canary.casefold()}[dress]
    with sqlite3.connect(store_path(scene.world.folder, "content")) as source, sqlite3.connect(tmp_path / "mutant.db") as mutant:
        source.backup(mutant)
        mutant.execute("alter table threads add column hint")
        mutant.execute("update threads set hint = ?", (written,))
    source.close()
    mutant.close()
    found_in = scan_bytes([("mutant", (tmp_path / "mutant.db").read_bytes())], scene.planted.all)
    assert {finding.canary for finding in found_in} == {canary}


def test_a_line_in_the_log_is_caught(scene: Scene) -> None:
    canary = scene.planted.of("mail")[0]
    log = scene.world.log.read_bytes()
    assert b"job" in log or len(log) > 0
    assert scan_bytes([("log", log + f'{{"mail": "{canary}@x"}}'.encode())], [canary])


# ---------------------------------------------------------------- pages and mails


def crawl(scene: Scene, browser: Browser) -> list[tuple[str, bytes]]:
    """Everything this viewer can make the service say: every page, every id they might have guessed, every refusal."""
    browser.keeps, browser.seen = True, []
    with scene.world.tools.database.reading() as stores:
        ids = {
            "thread_id": list(stores.content.scalars(select(Thread.id))),
            "offer_id": list(stores.content.scalars(select(Offer.id))) or ["0" * 32],
        }
    for rule in scene.world.app.url_map.iter_rules():
        for path in _paths(rule.rule, {str(name) for name in rule.arguments}, ids):
            if "GET" in (rule.methods or ()):
                browser.get(path)
                browser.get(path, q="x", after="x", next="//evil.example", about="rainbow-trout")
            elif not path.startswith("/sign-out") and "everywhere" not in path:
                browser.post(path, {"title": "rainbow", "subject": "rainbow-trout", "text": "", "reason": "no_time"})
    token = next((form.fields["csrf_token"][0] for form in browser.get("/contact").forms if form.fields), "")
    similar = {"csrf_token": token, "subject": "rainbow-trout", "title": PROMPT * 3}
    browser.post("/ask/similar", similar)
    for thread in ids["thread_id"]:
        browser.post(f"/threads/{thread}/answer", {"csrf_token": token, "text": "読めないはずの質問へ"})
        browser.post(f"/threads/{thread}/followup", {"csrf_token": token, "text": "読めないはずの質問へ"})
    browser.get("/no/such/page")
    return list(every_text(browser.seen))


def _paths(rule: str, arguments: set[str], ids: dict[str, list[str]]) -> list[str]:
    if not arguments:
        return [rule]
    known = arguments & set(ids)
    if len(arguments) > 1 or not known:
        return [rule.replace(part, "0" * 32) for part in [rule[rule.index("<") : rule.rindex(">") + 1]]]
    return [rule.replace(f"<{name}>", value) for name in known for value in ids[name]]


@pytest.mark.parametrize("name", ["nobody", "outsider", "colleague", "coordinator", "analyst"])
def test_a_viewer_sees_nothing_that_is_not_theirs(scene: Scene, name: str) -> None:
    scene.world.clock.move(seconds=1)
    browser = scene.viewers[name]
    if name != "nobody":
        mails = dict(zip(("colleague", "coordinator", "analyst", "outsider"), scene.planted.of("mail")[2:], strict=False))
        passwords = dict(zip(mails, scene.planted.of("password")[2:], strict=False))
        one = Person(name, f"{mails[name]}@{name}.example", passwords[name], "", (), {}, 1.0)
        browser = scene.world.sign_in(one)
    allowed = set(scene.planted.of(*COMPANY)) if name == "analyst" else set()
    seen = crawl(scene, browser)
    assert len(seen) > 40
    forbidden = [canary for canary in scene.planted.all if canary not in allowed]
    assert scan_bytes(seen, forbidden) == []
    if name == "analyst":
        shown = {finding.canary for finding in scan_bytes(seen, sorted(allowed))}
        assert shown == allowed, "the company reads what it was let read, or the crawl sees nothing"


def test_peers_read_the_words_and_never_who_wrote_them(scene: Scene) -> None:
    seen = crawl(scene, scene.world.sign_in(scene.expert))
    mine = {scene.planted.of("mail")[1]}
    assert scan_bytes(seen, [one for one in scene.planted.of(*IDENTITY, "excluded", "draft") if one not in mine]) == []
    assert {one.canary for one in scan_bytes(seen, scene.planted.of("title"))} == set(scene.planted.of("title"))
    ids = [one.member_id for one in scene.world.people.values()] + list(scene.world.codes)
    assert scan_bytes(seen, ids) == []


def test_mails_are_fixed_texts_to_one_address(scene: Scene) -> None:
    letters = scene.world.mailbox.letters
    assert len(letters) >= 4
    fixed = {body.split("{")[0].split("\n")[0] for kind in BODIES.values() for body in kind.values()}
    for address, raw in letters:
        others = [canary for canary in scene.planted.all if canary not in address]
        assert scan_bytes([("mail", raw), ("text", letter_text(raw).encode())], others) == []
        assert any(letter_text(raw).replace("\r\n", "\n").startswith(start) for start in fixed)


def test_a_page_that_told_too_much_would_be_seen(scene: Scene) -> None:
    canary = scene.planted.of("organisation")[0]
    page = scene.viewers["nobody"].get("/who-sees-what")
    told: list[Finding] = scan_bytes([("page", page.body + f"<!-- {canary} -->".encode())], [canary])
    assert told
