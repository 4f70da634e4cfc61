"""Fifty planted names, addresses, words and passwords, and where they may be read: nowhere without keys, and on no page
that is not for its reader. What a thief or a reader gets is taken whole: files, logs, indexes, mails, headers, errors.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import faiss
import pytest
from sqlalchemy import select

from app.db import STORES, store_path
from app.mail.letters import BODIES
from app.questions.models import Thread
from app.queues.models import Offer
from privacy.attacks.canaries import Finding, scan_bytes
from tests.journeys.browser import Browser, every_text
from tests.journeys.canary_story import COMPANY, IDENTITY, PROMPT, TEXTS, Planted, Scene, play
from tests.journeys.simulation import letter_text
from tests.journeys.world import Person, World, opened


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
    with (
        sqlite3.connect(store_path(scene.world.folder, "content")) as source,
        sqlite3.connect(tmp_path / "mutant.db") as mutant,
    ):
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
        mails = dict(
            zip(("colleague", "coordinator", "analyst", "outsider"), scene.planted.of("mail")[2:], strict=False)
        )
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
