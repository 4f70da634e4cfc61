"""Everything every role can make the service say, kept: each route, each id they might have guessed, each refusal."""

import re
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from sqlalchemy import select
from werkzeug.routing import Rule

from app.accounts.tokens import PREFIX, SCOPES
from app.cohorts.models import Cohort, Term
from app.community.models import Consent, Writing
from app.db import Stores
from app.gate.models import WishedWord
from app.ideas.models import Idea
from app.knowledge.models import Article, ArticleVersion
from app.moderation.models import Case
from app.questions.models import Pending, Photo, Post, Thread
from app.queues.models import Offer
from app.reading.models import Reading
from app.webinars.models import Talk
from tests.journeys.browser import Answer, Browser
from tests.journeys.canary_community import Around
from tests.journeys.canary_story import PROMPT, Planted, Scene
from tests.journeys.leak_reports import report_ids
from tests.journeys.world import Person, World

STAFF = ("colleague", "coordinator", "analyst", "outsider")  # in the order in which the story made them


@dataclass
class Told:
    """The network after the story, and everything it said."""

    scene: Scene
    folder: Path
    around: Around
    people: dict[str, Person] = field(default_factory=dict)  # role → who
    crawls: dict[str, list[Answer]] = field(default_factory=dict)  # role → all answers
    similar: dict[str, Answer] = field(default_factory=dict)
    scripts: dict[str, list[Answer]] = field(default_factory=dict)  # role → what is answered in JSON
    exports: dict[str, bytes] = field(default_factory=dict)  # role → what the zip unpacks to
    refused: list[Answer] = field(default_factory=list)  # answers to requests full of canaries
    resume: Answer | None = None
    bundle: str = ""
    photos: int = 0

    @property
    def elsewhere(self) -> Person:
        """A coordinator of another circle than author's and expert's."""
        return self.around.desk

    @property
    def world(self) -> World:
        return self.scene.world

    @property
    def planted(self) -> Planted:
        return self.scene.planted


def listen_to_everybody(found: Told) -> None:
    """Crawl the service in every role."""
    world, scene = found.world, found.scene
    mails, passwords = scene.planted.of("mail")[2:], scene.planted.of("password")[2:]
    people = {
        name: Person(name, f"{mail}@{name}.example", password, "", (), {}, 1.0)
        for name, mail, password in zip(STAFF, mails, passwords, strict=False)
    }
    people |= {"expert": scene.expert, "elsewhere": found.elsewhere, "author": scene.author}
    found.people = people
    for role, one in {"nobody": None, **people}.items():
        browser = world.sign_in(one) if one else Browser(world.app, name=role)
        found.crawls[role] = crawl(found, browser)
        if one:
            found.crawls[role] += call_the_api(found, browser, one.password)
            found.similar[role] = ask_for_similar(found, browser)
            found.scripts[role] = ask_as_a_script(found, browser)
    found.refused = refuse_everything(found)


def call_the_api(found: Told, browser: Browser, password: str) -> list[Answer]:
    """The same with a token of theirs for all they may, where a role may have one."""
    page = browser.get("/account/tokens")
    scopes = [scope for scope in SCOPES if f'value="{scope}"' in page.text]
    if not scopes:
        return []
    browser.submit(page, "/account/tokens", label="x", scopes=scopes, days="30", current=password)
    machine = Browser(found.world.app, name=browser.name)
    (token,) = re.findall(rf"{PREFIX}[\w-]+", browser.get("/account/tokens/new").text)
    machine.client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    answers = crawl(found, machine, under="/api/")
    assert any(answer.status == 200 for answer in answers)
    return answers


def crawl(found: Told, browser: Browser, under: str = "/") -> list[Answer]:
    """Everything this viewer can make the service say: every route, every id they might have guessed, every refusal."""
    browser.keeps, browser.seen = True, []
    with found.world.tools.database.reading() as stores:
        ids, homes = known_ids(stores), homes_of(stores)
    for rule in browser.client.application.url_map.iter_rules():
        for path in paths_of(rule, ids, homes) if rule.rule.startswith(under) else ():
            if "GET" in (rule.methods or ()):
                browser.get(path, q=PROMPT.strip(), after="x", next="//evil.example", about="rainbow-trout")
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
        "writing_id": list(stores.content.scalars(select(Writing.id))),
        "idea_id": list(stores.content.scalars(select(Idea.id))),
        "talk_id": list(stores.content.scalars(select(Talk.id))),
        "question_id": list(stores.content.scalars(select(Writing.id).where(Writing.kind == "question"))),
        "article_id": list(stores.content.scalars(select(Article.id))),
        "version_id": list(stores.content.scalars(select(ArticleVersion.id))),
        "consent_id": list(stores.content.scalars(select(Consent.id))),
        "cohort_id": list(stores.content.scalars(select(Cohort.id))),
        "term_id": list(stores.content.scalars(select(Term.id))),
        "wish_id": list(stores.content.scalars(select(WishedWord.id))),
        "whose": ["all"],
        "case_id": list(stores.content.scalars(select(Case.id))),
        "held_id": list(stores.content.scalars(select(Pending.id))),
        "reading_id": list(stores.content.scalars(select(Reading.id))),
        "offer_id": list(stores.content.scalars(select(Offer.id))),
        "photo_id": list(stores.content.scalars(select(Photo.id))),
        **report_ids(stores),
        "place": threads,
        "object": posts,
        "year": ["2026"],
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
        post = named.get("post_id") or named.get("object_id") or named.get("object") or ""
        if homes.get(post, "") not in ("", named.get("thread_id") or named.get("place") or homes.get(post)):
            continue
        for name, value in named.items():
            path = re.sub(rf"<(\w+:)?{name}>", value, path)
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
