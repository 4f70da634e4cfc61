"""The canary story told to its end: everything a person can leave behind here is planted, and everything every role can
make the service say is kept. Made once for the whole leak suite."""

import io
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import product
from pathlib import Path

from PIL import Image
from sqlalchemy import select
from webauthn.helpers import bytes_to_base64url
from werkzeug.routing import Rule

from app.accounts import service as accounts
from app.accounts.organisations import NewOrganisation
from app.audit.rules import Band, Measure, Report
from app.audit.service import keep_report
from app.backups.copying import take
from app.clock import today
from app.db import STORES, Stores
from app.escrow.custody import CustodyFolder
from app.moderation.models import Case
from app.questions.models import Photo, Post, Thread
from app.queues.models import Offer
from app.reading.models import Reading
from privacy.passkeys import PRF_SALT
from tests.app.accounts.authenticator import Device, add
from tests.app.escrow.makers import ask_for, make_five
from tests.app.questions.pictures import encoded, pixels
from tests.journeys.browser import Answer, Browser
from tests.journeys.canary_story import PROMPT, Planted, Scene, elsewhere, enrol_as, person, play
from tests.journeys.simulation import sign_up
from tests.journeys.world import Person, World, opened

MORE_ORGANISATIONS = 40
STAFF = ("colleague", "coordinator", "analyst", "outsider")  # in the order in which the story made them


@dataclass
class Told:
    """The network after the story, and everything it said."""

    scene: Scene
    folder: Path
    elsewhere: Person  # a coordinator of another circle
    crawls: dict[str, list[Answer]] = field(default_factory=dict)  # role → all answers
    similar: dict[str, Answer] = field(default_factory=dict)
    scripts: dict[str, list[Answer]] = field(default_factory=dict)  # role → what is answered in JSON
    exports: dict[str, bytes] = field(default_factory=dict)  # role → what the zip unpacks to
    refused: list[Answer] = field(default_factory=list)  # answers to requests full of canaries
    resume: Answer | None = None
    bundle: str = ""
    photos: int = 0

    @property
    def world(self) -> World:
        return self.scene.world

    @property
    def planted(self) -> Planted:
        return self.scene.planted


@contextmanager
def told(folder: Path) -> Iterator[Told]:
    """Live through it. `folder` holds the network, the custodians' folders, and the backups, beside each other."""
    temporary, before = folder / "network" / "temporary", tempfile.tempdir
    temporary.mkdir(parents=True)
    tempfile.tempdir = str(temporary)
    try:
        with opened(folder / "network", max_open_questions=9) as world:
            homes = make_five(world.tools, folder / "custodians")
            planted = Planted()
            scene = play(world, planted)
            found = Told(scene, folder, coordinator_elsewhere(world, planted, scene))
            plant_more(world, planted)
            leave_for_good(world, planted, scene)
            do_the_rest(found, homes)
            listen_to_everybody(found)
            yield found
    finally:
        tempfile.tempdir = before


# ---------------------------------------------------------------- planting


def plant_more(world: World, planted: Planted) -> None:
    """Many more organisations, each with a canary for name, alias, site and mail domain: over two hundred in all."""
    entries = [
        NewOrganisation(
            planted.word("organisation") + "漁業",
            (planted.word("alias"),),
            (planted.word("site") + "浜",),
            (planted.latin("mail domain") + ".example",),
        )
        for _ in range(MORE_ORGANISATIONS)
    ]
    with world.tools.database.transaction("identity", "keys") as stores:
        accounts.add_organisations(stores, world.tools.vault, entries=entries, verified=True, rng=world.rng)


def coordinator_elsewhere(world: World, planted: Planted, scene: Scene) -> Person:
    organisation = elsewhere(world, [scene.author.organisation, *world.codes])
    one = person(world, planted, "elsewhere", organisation)
    enrol_as(world, one, ("member", "coordinator"))
    return one


def leave_for_good(world: World, planted: Planted, scene: Scene) -> None:
    """Somebody signs up, asks, and leaves with their words."""
    leaver = person(world, planted, "leaver", elsewhere(world, [scene.author.organisation, *world.codes]))
    browser = sign_up(world, leaver, user_agent=f"{planted.latin('device')}/2.0")
    ask_in(world, browser, title=planted.word("left"), situation=planted.word("left"))
    world.clock.move(hours=26)
    world.work()
    browser = world.sign_in(leaver)
    fields = {"texts": "withdraw", "sure": "1", "current": leaver.password}
    assert browser.submit(browser.get("/leaving/leave"), "/leaving/leave", **fields).status == 303
    world.clock.move(hours=26)
    world.work()
    del world.people["leaver"]


def ask_in(world: World, browser: Browser, *, title: str, situation: str, **more: object) -> str:
    """Ask, perhaps with a photo; the thread's id."""
    form = browser.get("/ask").form("/ask/preview")
    fields = {"subject": "rainbow-trout", "topic": "disease", "title": title, "audience": "domain"}
    kept = send(browser, "/ask/preview", form.filled(**fields, field_situation=PROMPT + situation) | more)
    assert kept.status == 303, kept.status
    answer = browser.submit(browser.get("/ask/preview"), "/ask/publish")
    assert answer.status == 303, answer.status
    return answer.location.rpartition("/")[2]


def send(browser: Browser, path: str, fields: dict[str, object]) -> Answer:
    """Send a form with files."""
    fields = {name: value for name, value in fields.items() if name != "photos" or isinstance(value, tuple)}
    return browser._note(path, browser.client.post(path, data=fields, content_type="multipart/form-data"))


def photo_of(planted: Planted) -> tuple[BytesIO, str]:
    """A picture whose file and whose name carry canaries."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = planted.latin("photo metadata"), planted.latin("photo metadata")
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 3.0, 36.0), 29: planted.latin("photo metadata")})
    comment = planted.latin("photo metadata").encode()
    data = encoded(pixels(), exif=exif.tobytes(), comment=comment) + planted.latin("photo metadata").encode()
    return BytesIO(data), planted.latin("file name") + ".jpg"


def do_the_rest(found: Told, homes: list[CustodyFolder]) -> None:
    """Photos, a pen name, letters, a draft, a request for break-glass, a report, backups, files to take along."""
    world, planted, scene = found.world, found.planted, found.scene
    own = world.sign_in(scene.author)
    words = {"title": planted.word("company title"), "situation": planted.word("company situation")}
    thread = ask_in(world, own, **words, company_may="1", audience="all", photos=photo_of(planted))
    own.submit(own.get("/pen-name"), "/pen-name", name=planted.word("pen name"))
    register_a_phone(own, scene)
    assert own.submit(own.get("/account"), "/account/digest", wanted="1").status == 303
    for hours in (*[1] * 13, 13, 50):  # hour by hour until one of the two letters of the day has gone out
        world.clock.move(hours=hours)
        world.work()
    own = world.sign_in(scene.author)
    leave_a_draft(own, planted)
    expert, path = world.sign_in(scene.expert), f"/threads/{scene.company_thread}"
    expert.submit(expert.get(path), f"{path}/answer", text=PROMPT + planted.word("unpublished"))
    bundle = ask_for(world.tools, thread)
    found.bundle = bundle.to_json()
    homes[0].receive(found.bundle, now=world.clock.now())
    with world.tools.database.transaction("content") as stores:
        held = Measure("success", Band("share", 0.05), 0.05, True, Band("share", 0.02), Band("share", 0.1), 400)
        day = today(world.clock.now())
        keep_report(stores, world.tools.vault, report=Report(day, 20_261_120, "0.1.0", False, (held,)))
    (found.folder / "backups").mkdir()
    for store in STORES:
        take(world.folder, store, found.folder / "backups" / f"{store}.backup", day=day)
    for role, who in (("author", scene.author), ("expert", scene.expert)):
        found.exports[role] = take_along(world, who)
    found.resume = come_back_late(found)


def register_a_phone(own: Browser, scene: Scene) -> None:
    """A passkey with a canary for a name; what it gives is one too, and nobody may ever be told it."""
    phone = Device()
    made = add(own.client, phone, label=scene.planted.word("passkey"), password=scene.author.password)
    assert made.status_code == 303
    output = bytes_to_base64url(phone.keys[0].output(PRF_SALT))
    scene.planted.by_kind.setdefault("typed secret", []).append(output)


def leave_a_draft(own: Browser, planted: Planted) -> None:
    """A draft with a photo, and one photo that is none."""
    form = own.get("/ask").form("/ask/preview")
    draft = {"subject": "rainbow-trout", "topic": "feed", "title": planted.word("draft")}
    filled = form.filled(**draft, field_situation=PROMPT + planted.word("draft"))
    assert send(own, "/ask/preview", filled | {"photos": photo_of(planted)}).status == 303
    broken = (BytesIO(planted.latin("photo metadata").encode()), planted.latin("file name") + ".png")
    assert send(own, "/ask/preview", filled | {"photos": broken}).status == 422


def take_along(world: World, who: Person) -> bytes:
    browser = world.sign_in(who)
    answer = browser.submit(browser.get("/leaving/export"), "/leaving/export", current=who.password)
    with zipfile.ZipFile(io.BytesIO(answer.body)) as whole:
        parts = [name.encode() + b"\n" + whole.read(name) for name in whole.namelist()]
    return answer.headers.encode() + b"\n" + b"\n".join(parts)


def come_back_late(found: Told) -> Answer:
    """What the author typed while the session ran out."""
    own, path = found.world.sign_in(found.scene.author), f"/threads/{found.scene.threads[0]}"
    form = own.get(path).form(f"{path}/followup")
    found.world.clock.move(hours=2)
    typed = {"text": found.planted.word("typed late"), "current": found.planted.latin("typed secret")}
    return own.post(f"{path}/followup", form.fields | typed)


# ---------------------------------------------------------------- listening


def listen_to_everybody(found: Told) -> None:
    """Crawl the service in every role."""
    world, scene = found.world, found.scene
    mails, passwords = scene.planted.of("mail")[2:], scene.planted.of("password")[2:]
    people = {
        name: Person(name, f"{mail}@{name}.example", password, "", (), {}, 1.0)
        for name, mail, password in zip(STAFF, mails, passwords, strict=False)
    }
    people |= {"expert": scene.expert, "elsewhere": found.elsewhere, "author": scene.author}
    for role, one in {"nobody": None, **people}.items():
        browser = world.sign_in(one) if one else Browser(world.app, name=role)
        found.crawls[role] = crawl(found, browser)
        if one:
            found.similar[role] = ask_for_similar(found, browser)
            found.scripts[role] = ask_as_a_script(found, browser)
    found.refused = refuse_everything(found)


def crawl(found: Told, browser: Browser) -> list[Answer]:
    """Everything this viewer can make the service say: every route, every id they might have guessed, every refusal."""
    browser.keeps, browser.seen = True, []
    with found.world.tools.database.reading() as stores:
        ids, homes = known_ids(stores), homes_of(stores)
    for rule in browser.client.application.url_map.iter_rules():
        for path in paths_of(rule, ids, homes):
            if "GET" in (rule.methods or ()):
                browser.get(path, q="x", after="x", next="//evil.example", about="rainbow-trout")
                browser.get(path)
            elif not path.startswith("/sign-out") and "everywhere" not in path:
                browser.post(path, {"title": "rainbow", "subject": "rainbow-trout", "text": "", "reason": "no_time"})
    browser.get("/no/such/page")
    return browser.seen


def known_ids(stores: Stores) -> dict[str, list[str]]:
    """What an address can name: everything there is, whoever asks."""
    threads, posts = (list(stores.content.scalars(select(one))) for one in (Thread.id, Post.id))
    return {
        "thread_id": threads,
        "post_id": posts,
        "object_id": threads + posts,
        "case_id": list(stores.content.scalars(select(Case.id))),
        "reading_id": list(stores.content.scalars(select(Reading.id))),
        "offer_id": list(stores.content.scalars(select(Offer.id))),
        "photo_id": list(stores.content.scalars(select(Photo.id))),
        "subject": ["rainbow-trout"],
        "filename": ["css/base.css"],
    }


def homes_of(stores: Stores) -> dict[str, str]:
    """Which thread a post stands in; a thread stands in itself."""
    posts = {row.id: row.thread_id for row in stores.content.scalars(select(Post))}
    return posts | {thread: thread for thread in stores.content.scalars(select(Thread.id))}


def paths_of(rule: Rule, ids: dict[str, list[str]], homes: dict[str, str]) -> list[str]:
    """Every address of a route with every combination of what it can name, posts under their own thread; an id nobody
    has where nothing is known."""
    names = sorted(rule.arguments)
    chosen = [ids.get(name) or ["0" * 32] for name in names]
    found = []
    for values in product(*chosen):
        path, named = rule.rule, dict(zip(names, values, strict=True))
        post = named.get("post_id") or named.get("object_id") or ""
        if homes.get(post, "") not in ("", named.get("thread_id", homes.get(post))):
            continue
        for name, value in named.items():
            path = path.replace(f"<{name}>", value).replace(f"<path:{name}>", value)
        found.append(path)
    return found


def ask_for_similar(found: Told, browser: Browser) -> Answer:
    """The piece of a page that comes while somebody types: about the planted questions themselves."""
    page = browser.get("/ask")
    token = next((form.fields["csrf_token"][0] for form in page.forms if "csrf_token" in form.fields), "")
    planted = found.planted
    words = {"title": planted.of("title")[0], "field_situation": PROMPT + planted.of("situation")[0]}
    return browser.post("/ask/similar", {"csrf_token": token, "subject": "rainbow-trout", **words})


def ask_as_a_script(found: Told, browser: Browser) -> list[Answer]:
    """What a phone sends of itself: a draft while somebody types, and what was written without a network."""
    token = next(
        (form.fields["csrf_token"][0] for form in browser.get("/ask").forms if "csrf_token" in form.fields), ""
    )
    planted, path = found.planted, f"/threads/{found.scene.threads[0]}"
    typed = {"title": planted.of("title")[0], "field_situation": PROMPT + planted.of("situation")[0]}
    typed |= {"csrf_token": token, "subject": "rainbow-trout", "topic": "feed", "audience": "domain"}
    reply = {"csrf_token": token, "place": path, "back": path, "text": planted.of("answer")[0]}
    sent = {"/ask/draft": typed, "/ask/arrive": typed | {"arrival": "1" * 32}, "/reply-draft": reply}
    said = [browser.post(where, fields, accept="application/json") for where, fields in sent.items()]
    return [*said, browser.post("/reply-draft", reply | {"arrival": "2" * 32}, accept="application/json")]


def refuse_everything(found: Told) -> list[Answer]:
    """Addresses, fields, cookies and names of files full of canaries, all refused: the service must not repeat them."""
    browser, planted = Browser(found.world.app, name="nobody"), found.planted
    browser.keeps = True
    browser.client.set_cookie("__Host-shiome", planted.latin("sent"), secure=True)
    typed = {"title": planted.word("sent"), "mail": planted.latin("sent"), "password": planted.latin("sent")}
    browser.get("/no/such/page", q=planted.word("sent"))  # 404
    browser.post("/sign-in", typed)  # 400: no token
    browser.post("/", typed)  # 405
    browser.post("/sign-in", {**typed, "note": planted.word("sent") * 60_000})  # 413
    return browser.seen
