"""Every way out of the service that privacy.md names, as one table: what came that way, and what may not be in it."""

import pickle
import re
import sqlite3
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from urllib.parse import unquote

from app.accounts.models import Organisation
from app.accounts.organisations import open_organisation
from app.db import STORES, store_path
from app.logs.models import ContentEntry, SecurityEntry
from privacy.attacks.canaries import Finding, scan_bytes
from tests.journeys.browser import Answer, read_links
from tests.journeys.canary_story import COMPANY, TEXTS
from tests.journeys.leak_crawl import STAFF, Told
from tests.journeys.leak_reports import PDF, unpacked
from tests.journeys.simulation import letter_text

Blob = tuple[str, str, bytes]  # whose answer, what it is, its bytes
LISTS = ("/", "/threads", "/mine", "/company", "/queue", "/unrouted", "/square", "/articles", "/ideas", "/sessions",
         "/cohorts", "/recognition", "/inbox", "/help-out")  # fmt: skip
READERS = ("expert", "elsewhere")  # members of other circles: they read what was asked of everybody
PUBLIC = ("public article",)
EVERY_CIRCLE = (*PUBLIC, "session", "session line", "session summary", "cohort theme")  # nobody of this circle wrote it
COHORT = ("goal", "cohort talk", "check-in", "canvas", "closing note")
READ_BY_ALL = (
    *TEXTS,
    *COMPANY,
    *EVERY_CIRCLE,
    "session question",
    "waiting answer",
    "idea",
    "note",
)  # it waited for its window, and days have passed
READABLE = {
    "analyst": (*COMPANY, *PUBLIC, "waiting answer", "idea"),
    "colleague": EVERY_CIRCLE,
    "coordinator": EVERY_CIRCLE,
    **dict.fromkeys(READERS, READ_BY_ALL),
}


def forbidden(told: Told, role: str) -> list[str]:
    """What may not reach this role by any page."""
    planted = told.planted
    if role == "author":  # all that is not her own: every other person and organisation
        first = {planted.of(kind)[0] for kind in ("organisation", "alias", "site", "mail domain", "mail", "device")}
        kinds = ("organisation", "alias", "site", "mail domain", "mail", "password", "left", "file name", "sent",
                 "photo metadata", "join code", "recovery", "held answer", "flag comment", "desk sentence",
                 "typed secret", "unpublished", "video link", "invitation", "word to the expert")  # fmt: skip
        return [one for one in planted.of(*kinds) if one not in first]
    beside = {
        # their own answers under look with what was said of them, and of the drafts the one that lies with them
        "expert": (
            *planted.of("unpublished", "held answer", "flag comment", "desk sentence", "nomination", "article draft"),
            *planted.of(*COHORT, "word to the expert"),
            *planted.of("draft")[-2:],
        ),
        "elsewhere": (
            planted.of("held answer")[0],
            *planted.of("flag comment", "writing"),
        ),  # the refused one is off the desk
    }
    own = [*beside.get(role, ()), *(planted.of("mail")[1:2] if role == "expert" else ())]
    free = {*own, *planted.of(*READABLE.get(role, PUBLIC))}
    return [one for one in planted.all if one not in free]


@dataclass(frozen=True)
class Channel:
    """One way out. Without `role`s of its own every canary is forbidden in it, for everybody."""

    collect: Callable[[Told], Iterable[Blob]] = field(repr=False)
    by_role: bool = False
    least: int = 1  # bytes: a channel in which nothing came proves nothing
    names: tuple[str, ...] = ()  # what privacy.md calls it

    def canaries(self, told: Told, role: str) -> list[str]:
        return forbidden(told, role) if self.by_role else told.planted.all


# ---------------------------------------------------------------- what came by HTTP


def answers(told: Told) -> Iterator[tuple[str, Answer]]:
    """Everything everybody was told."""
    for role, crawl in told.crawls.items():
        yield from ((role, answer) for answer in crawl)


def pages(told: Told) -> Iterator[Blob]:
    for role, crawl in told.crawls.items():
        yield role, "pages", as_one(crawl)


def as_one(crawl: Iterable[Answer]) -> bytes:
    """All bodies as one text in which a line that stands on every page stands once."""
    return b"\n".join(dict.fromkeys(line for one in crawl for line in one.body.split(b"\n")))


def staff_pages(told: Told) -> Iterator[Blob]:
    yield from ((role, name, blob) for role, name, blob in pages(told) if role in (*STAFF, "elsewhere"))


def fragments(told: Told) -> Iterator[Blob]:
    for role, answer in told.similar.items():
        yield role, "/ask/similar", answer.body


def scripts(told: Told) -> Iterator[Blob]:
    """What is answered in JSON, head and body; whoever is no member is refused with a page."""
    for role, said in told.scripts.items():
        kinds = {"Content-Type: application/json" in answer.headers for answer in said}
        assert kinds == {role not in ("analyst", "outsider")}, [(role, one.path, one.status) for one in said]
        yield from ((role, answer.path, answer.headers.encode() + answer.body) for answer in said)


def titles(told: Told) -> Iterator[Blob]:
    head = re.compile(rb"<title>.*?</title>|<meta [^>]*>|<h1.*?</h1>", re.DOTALL)
    for role, crawl in told.crawls.items():
        yield role, "titles", b"\n".join(dict.fromkeys(part for one in crawl for part in head.findall(one.body)))


def lists(told: Told) -> Iterator[Blob]:
    for role, answer in answers(told):
        if answer.path in LISTS:
            yield role, answer.path, answer.body


def of_kind(kind: str, told: Told) -> Iterator[Blob]:
    """Files of one kind that pages gave, head and body."""
    for role, answer in answers(told):
        if f"Content-Type: {kind}" in answer.headers:
            yield role, answer.path, answer.headers.encode() + answer.body


def headers(told: Told) -> Iterator[Blob]:
    yield from ((role, answer.path, answer.headers.encode()) for role, answer in answers(told))
    if told.resume:
        yield "author", "resume", told.resume.headers.encode()


def locations(told: Told) -> Iterator[Blob]:
    """Where answers lead, and every address on every page, as a browser writes it into its history."""
    for role, crawl in told.crawls.items():
        found = [address for answer in crawl for address in addresses(answer)]
        yield role, "addresses", "\n".join(dict.fromkeys([*found, *map(unquote, found)])).encode()


def addresses(answer: Answer) -> list[str]:
    page = "" if answer.body.startswith(PDF) else answer.text
    # what a search engine is told of a public article is no address
    named = re.findall(r'(?:action|src|href|hx-[a-z]+|(?<!name="description" )content)="([^"]*)"', page)
    return [answer.location, answer.path, *read_links(page), *named]


def cookies(told: Told) -> Iterator[Blob]:
    """Cookies as they are set, and unpacked where they only look sealed."""
    for role, answer in answers(told):
        for value in re.findall(r"Set-Cookie: [^=]+=([^;\n]*)", answer.headers):
            yield role, answer.path, value.encode() + b"\n" + b"\n".join(parts_of(value))


def parts_of(value: str) -> Iterator[bytes]:
    """What the parts of a signed cookie hold."""
    for part in value.strip(".").split("."):
        try:
            raw = urlsafe_b64decode(part + "=" * (-len(part) % 4))
        except ValueError:
            continue
        yield raw
        try:
            yield zlib.decompress(raw)
        except zlib.error:
            continue


def caches(told: Told) -> Iterator[Blob]:
    for role, answer in answers(told):
        kept = [line for line in answer.headers.splitlines() if line.startswith(("ETag", "Cache-", "Vary", "Last-"))]
        yield role, answer.path, "\n".join(kept).encode()


def errors(told: Told) -> Iterator[Blob]:
    for role, crawl in told.crawls.items():
        yield role, "errors", as_one(one for one in crawl if one.status >= 400)
    yield from (("nobody", answer.path, answer.headers.encode() + answer.body) for answer in told.refused)


def some_page(path: str) -> Callable[[Told], Iterator[Blob]]:
    """One address in every role."""
    return lambda told: (
        (role, path, answer.body) for role, answer in answers(told) if answer.path == path and answer.status == 200
    )


def reports(told: Told) -> Iterator[Blob]:
    """What is published of members' questions, as page, paper, sheet and bytes; the ledger; and how the service fares."""
    for role, crawl in told.crawls.items():
        said = [one for one in crawl if one.path.startswith(("/reports", "/budget", "/health")) and one.status == 200]
        lines = dict.fromkeys(line for one in said for part in unpacked(one) for line in part.split(b"\n"))
        yield role, "reports", b"\n".join(lines)


def exports(told: Told) -> Iterator[Blob]:
    """The two files. Each names its owner's own organisation, which is taken out here."""
    for role, who in (("author", told.scene.author), ("expert", told.scene.expert)):
        own = organisation_of(told, who.organisation).encode()
        assert own in told.exports[role]
        yield role, "export", told.exports[role].replace(own, b"")


def organisation_of(told: Told, organisation_id: str) -> str:
    tools = told.world.tools
    with tools.database.reading() as opened:
        return open_organisation(tools.vault, opened.identity.get_one(Organisation, organisation_id)).name


# ---------------------------------------------------------------- what was mailed


def letters(told: Told, part: Callable[[bytes], bytes]) -> Iterator[Blob]:
    """A part of every letter, without the address it went to."""
    for address, raw in told.world.mailbox.letters:
        yield "", "letter", part(raw).replace(address.encode(), b"")


def machines(told: Told) -> Iterator[Blob]:
    """Head and body of every notice to a member's own machine, without the address it went to."""
    for _, head, body in told.world.machines.got:
        yield "", "webhook", "\n".join(f"{name}: {value}" for name, value in head.items()).encode() + b"\n" + body


def links(told: Told) -> Iterator[Blob]:
    """What stands in the link that ends mail, as it is and with its wrapping off."""
    for _, raw in told.world.mailbox.letters:
        for token in re.findall(rb"/unsubscribe/([\w-]+)>", header_of(raw)):
            yield "", "link", token
            yield "", "link", urlsafe_b64decode(token + b"==")


def header_of(raw: bytes) -> bytes:
    return raw.split(b"\r\n\r\n")[0]


def named_header(*names: str) -> Callable[[bytes], bytes]:
    def read(raw: bytes) -> bytes:
        message = message_from_bytes(raw, policy=default)
        return b"\n".join(str(message[name]).encode() for name in names if message[name])

    return read


def body_of(raw: bytes) -> bytes:
    return letter_text(raw).encode() + raw


# ---------------------------------------------------------------- what is written down


def files_in(folder: Path) -> Iterator[Blob]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield "", path.name, str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes()


def stores(told: Told) -> Iterator[Blob]:
    """The three files and their logs, raw, and as SQLite reads them."""
    for path in sorted(told.world.folder.glob("*.db*")):
        yield "", path.name, path.read_bytes()
    for store in STORES:
        connection = sqlite3.connect(store_path(told.world.folder, store))
        for (table,) in connection.execute("select name from sqlite_schema where type = 'table'").fetchall():
            rows = connection.execute(f"select * from {table}").fetchall()  # noqa: S608
            yield "", f"{store}.{table}", b"\n".join(b"\0".join(map(as_bytes, row)) for row in rows)
        connection.close()


def as_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def index(told: Told) -> Iterator[Blob]:
    """What the vectors, the answers and the token counts give to their own readers: of the counts only threads, never words."""
    tools = told.world.tools
    with tools.database.reading() as opened:
        tools.memory.catch_up(opened, tools.trade.subjects)
    for subject, history in tools.memory.domains.items():
        yield "", f"vectors and answers {subject}", pickle.dumps((history.vectors, history.events))


def cache_keys(told: Told) -> Iterator[Blob]:
    for subject, history in told.world.tools.memory.domains.items():
        yield "", "ids", "\0".join([subject, *history.vectors.ids, *map(str, history.ids)]).encode()


def log_rows(told: Told) -> Iterator[Blob]:
    with told.world.tools.database.reading() as opened:
        for table, session in ((SecurityEntry, opened.identity), (ContentEntry, opened.content)):
            rows = session.query(table).all()
            yield "", table.__tablename__, repr([vars(row) for row in rows]).encode()


def bundles(told: Told) -> Iterator[Blob]:
    yield "", "request", told.bundle.encode()
    yield from files_in(told.folder / "custodians")


CHANNELS: dict[str, Channel] = {
    "pages of every route and role": Channel(pages, by_role=True, least=200_000, names=("page HTML and JSON",)),
    "pieces of pages": Channel(fragments, by_role=True, least=500, names=("similar-question lists", "autocomplete")),
    "answers to scripts": Channel(scripts, by_role=True, least=2_000),
    "title, meta and headline": Channel(titles, by_role=True, least=2_000, names=("title and meta",)),
    "lists and search": Channel(lists, by_role=True, least=20_000, names=("search",)),
    "calendar files": Channel(lambda told: of_kind("text/calendar", told), by_role=True, least=1_000),
    "keys of badges": Channel(lambda told: of_kind("text/plain", told), least=100),
    "photos": Channel(
        lambda told: of_kind("image/jpeg", told), by_role=True, least=1_000, names=("attachment bytes and names",)
    ),
    "response headers": Channel(headers, least=50_000),
    "redirects and addresses": Channel(locations, least=20_000, names=("redirects and slugs",)),
    "cookies": Channel(cookies, least=100),
    "cache and ETag headers": Channel(caches, least=1_000),
    "error messages": Channel(errors, by_role=True, least=20_000, names=("error messages",)),
    "pages of staff": Channel(staff_pages, by_role=True, least=50_000, names=("admin pages",)),
    "/log-heads": Channel(some_page("/log-heads"), least=1_000),
    "/privacy-report": Channel(some_page("/privacy-report"), least=1_000),
    "/break-glass": Channel(some_page("/break-glass"), least=1_000),
    "/who-sees-what": Channel(some_page("/who-sees-what"), least=1_000),
    "reports": Channel(reports, least=50_000),
    "what one takes along": Channel(exports, by_role=True, least=1_000, names=("export",)),
    "mail headers": Channel(lambda told: letters(told, header_of), least=500, names=("mail headers",)),
    "Message-ID and sender": Channel(
        lambda told: letters(told, named_header("Message-ID", "From", "Subject")), least=300
    ),
    "unsubscribe links": Channel(links, least=500, names=("unsubscribe link",)),
    "mail bodies": Channel(lambda told: letters(told, body_of), least=1_000, names=("body", "digest")),
    "members' machines": Channel(machines, least=800, names=("webhook",)),
    "the two logs": Channel(log_rows, least=500, names=("audit rows of deleted members",)),
    "what processes log": Channel(
        lambda told: [("", "log", told.world.log.read_bytes())], least=1_000, names=("logs",)
    ),
    "databases": Channel(stores, least=100_000),
    "vector index": Channel(index, least=1_000),
    "cache keys": Channel(cache_keys, least=30, names=("cache keys",)),
    "backups": Channel(lambda told: files_in(told.folder / "backups"), least=100_000),
    "temporary and other files": Channel(
        lambda told: [one for one in files_in(told.world.folder) if ".db" not in one[1]], least=100
    ),
    "custodians' files": Channel(bundles, least=1_000),
}


# ---------------------------------------------------------------- looking


def findings(told: Told, channel: Channel, blobs: list[Blob]) -> list[Finding]:
    """Whatever may not be there, role by role."""
    found = []
    for role in sorted({role for role, _, _ in blobs}):
        mine = [(f"{role} {name}", blob) for one, name, blob in blobs if one == role]
        found += scan_bytes(together(mine), channel.canaries(told, role))
    return found


def together(blobs: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Many short ones as one: each needle is looked for once, and a find still says about where."""
    if len(blobs) < 20:
        return blobs
    return [(f"{len(blobs)} × {blobs[0][0]}", b"\n".join(dict.fromkeys(blob for _, blob in blobs)))]
