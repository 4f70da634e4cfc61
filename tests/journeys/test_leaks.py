"""The leak suite: over two hundred planted names, words, addresses and files, and every way out of the service.

Each channel is a case of its own, and so is its mutant: the same bytes with one canary planted in them must be caught.
"""

import json
import pickle
import re
import shutil
import sqlite3
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app import create_app
from app.access import allow
from app.errors import Conflict, TooMany
from app.insights.paper import has_paper
from app.mail.letters import BODIES
from app.wiring import Toolbox
from benchmarks.leaks import through_channels
from benchmarks.lines import report
from privacy.attacks.canaries import scan_bytes
from tests.app.insights.releases import make_plan, put_period, put_release
from tests.conftest import make_app
from tests.journeys.browser import Browser
from tests.journeys.leak_absent import ABSENT, PROMISED
from tests.journeys.leak_channels import CHANNELS, COMPANY, findings, together
from tests.journeys.leak_crawl import Told, crawl
from tests.journeys.leak_reports import ALONE, TOLD, unpacked
from tests.journeys.leak_story import told
from tests.journeys.simulation import letter_text

DRESSES: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "UTF-16": lambda text: text.encode("utf-16-le"),
    "base64": lambda text: b64encode(b"x" + text.encode()),
    "bigrams": lambda text: "\0".join(text[at : at + 2] for at in range(len(text) - 1)).encode(),
    "folded": lambda text: text.casefold().encode(),
    "hex": lambda text: text.encode().hex().encode(),
}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    with told(tmp_path_factory.mktemp("leaks")) as found:
        yield found


def test_over_two_hundred_are_planted_and_really_there(scene: Told) -> None:
    assert len(set(scene.planted.all)) == len(scene.planted.all) >= 200
    read = b"".join(answer.body for answer in scene.crawls["expert"]).decode(errors="replace")
    for kind in ("title", "situation", "answer", "company title"):
        assert [one for one in scene.planted.of(kind) if one not in read] == [], "the scans below would prove nothing"
    assert [one for one in scene.planted.of("held answer", "desk sentence", "flag comment") if one not in read] == []
    assert [one for one in scene.planted.of("draft")[-2:] if one not in read] == []
    around = ("session", "session question", "session line", "session summary", "public article", "goal", "cohort talk",
              "cohort theme", "check-in", "canvas", "closing note", "word to the expert")  # fmt: skip
    assert [kind for kind in around if not any(one in read for one in scene.planted.of(kind))] == []
    assert scene.planted.of("video link", "invitation", "word to the author")
    desk = b"".join(answer.body for answer in scene.crawls["elsewhere"]).decode(errors="replace")
    assert scene.planted.of("held answer")[0] in desk
    assert [one for one in scene.planted.of("flag comment", "writing") if one not in desk] == []
    company = b"".join(answer.body for answer in scene.crawls["analyst"]).decode(errors="replace")
    assert [one for one in scene.planted.of(*COMPANY) if one not in company] == []
    visitor = b"".join(answer.body for answer in scene.crawls["nobody"]).decode(errors="replace")
    assert [one for one in scene.planted.of("public article") if one not in visitor] == []
    own = scene.exports["author"].decode(errors="replace")
    assert [
        one
        for one in (scene.planted.of("title")[0], *scene.planted.of("writing", "consent note", "cohort talk"))
        if one not in own
    ] == []
    assert scene.resume
    assert scene.planted.of("typed late")[0] in scene.resume.text
    assert scene.planted.of("typed secret")[0] not in scene.resume.text
    assert {answer.status for answer in scene.refused} >= {400, 404, 405, 413}
    assert any("image/jpeg" in answer.headers for answer in scene.crawls["expert"])


def test_the_reports_are_read_in_every_form_by_whoever_may(scene: Told) -> None:
    """Else nothing would follow from finding nothing there. The term that many used stands in each, the others in none."""
    for role in ("analyst", "expert"):
        forms = {answer.path: b"\n".join(unpacked(answer)) for answer in scene.crawls[role] if answer.status == 200}
        year = next(path for path in forms if re.fullmatch(r"/reports/\d{4}", path))
        papers = [f"{year}.pdf"] if has_paper() else []
        for path in (year, f"{year}.csv", f"{year}/terms.json", *papers):
            assert TOLD in forms[path].decode(errors="replace"), (role, path)
        assert any(re.fullmatch(r"/reports/\d{4}Q\d/need\.json", path) for path in forms)
    assert len(scene.planted.of("term")) == ALONE


def test_a_report_without_a_threshold_is_caught(scene: Told) -> None:
    """The mutant: one year's terms told as they were left."""
    tools, canary = scene.world.tools, "".join(reversed(scene.planted.of("term")[0]))
    plan = make_plan(tools, "2020", epsilon={"terms": 0.2}, second="")
    put_period(tools, "2020", "released", plan)
    cells = [{"topic": canary, "state": "", "value": 1}]
    body = {"period": "2020", "kind": "terms", "plan": json.loads(plan.to_json()), "cells": cells, "threshold": 1}
    put_release(tools, plan, "terms", json.dumps(body, ensure_ascii=False).encode())
    browser = scene.world.sign_in(scene.people["analyst"])
    for form in ("", ".csv", "/terms.json", *([".pdf"] if has_paper() else [])):
        said = [(form, part) for part in unpacked(browser.get(f"/reports/2020{form}"))]
        assert {one.canary for one in scan_bytes(said, [canary])} == {canary}, form


@pytest.mark.parametrize("name", CHANNELS)
def test_channel(scene: Told, name: str) -> None:
    channel = CHANNELS[name]
    blobs = list(channel.collect(scene))
    assert sum(len(blob) for _, _, blob in blobs) >= channel.least, "nothing came this way"
    found = findings(scene, channel, blobs)
    kinds = {kind for one in found for kind, words in scene.planted.by_kind.items() if one.canary in words}
    assert found == [], kinds


def test_the_nightly_run_ends_with_one_where_something_is_found_or_nothing_came(scene: Told) -> None:
    good = CHANNELS["the two logs"]
    bad = {"leaky": lambda told: [("author", "a page", told.planted.of("mail")[1].encode())], "dry": lambda told: []}
    assert report(through_channels(scene, {"logs": good}), seed=1) == 0
    for name, collect in bad.items():
        assert report(through_channels(scene, {"logs": good, name: replace(good, collect=collect)}), seed=1) == 1


@pytest.mark.parametrize("name", CHANNELS)
def test_one_planted_there_is_caught(scene: Told, name: str) -> None:
    """The mutant of every channel, in every dress."""
    channel = CHANNELS[name]
    role, what, blob = max(channel.collect(scene), key=lambda one: len(one[2]))
    middle = len(blob) // 2
    canary = next(one for one in channel.canaries(scene, role) if one in scene.planted.of("organisation", "mail")[2:])
    for dress, put_on in DRESSES.items():
        spoilt = blob[max(0, middle - 50_000) : middle] + put_on(canary) + blob[middle : middle + 50_000]
        assert {one.canary for one in scan_bytes([(what, spoilt)], [canary])} == {canary}, dress


def test_a_new_route_is_read_by_itself(scene: Told) -> None:
    """The mutant of the crawl: nobody told it of this page."""
    canary = scene.planted.of("organisation")[3]
    made = make_app(scene.world.tools)
    made.add_url_rule("/of/<thread_id>", "of", allow("public")(lambda thread_id: f"{thread_id} {canary}"))
    seen = crawl(scene, Browser(made, name="nobody"))
    assert {one.canary for one in scan_bytes([(one.path, one.body) for one in seen], [canary])} == {canary}


def test_no_member_or_organisation_is_named_in_an_answer_or_outside_the_identity_file(scene: Told) -> None:
    ids = [one.member_id for one in scene.world.people.values()] + list(scene.world.codes)
    for name in ("pages of every route and role", "redirects and addresses", "databases", "backups", "cache keys"):
        blobs = [(what, blob) for _, what, blob in CHANNELS[name].collect(scene) if not what.startswith("identity")]
        assert scan_bytes(together(blobs), ids) == [], name


def test_no_secret_of_a_member_lies_in_a_file(scene: Told) -> None:
    secrets = [person.secret.hex() for person in scene.world.people.values() if person.secret]
    assert secrets
    for name in ("databases", "backups", "what processes log", "temporary and other files"):
        assert scan_bytes(together([blob[1:] for blob in CHANNELS[name].collect(scene)]), secrets) == [], name


def test_no_vector_lies_in_a_file_and_the_index_has_it(scene: Told) -> None:
    list(CHANNELS["vector index"].collect(scene))  # caught up
    history = scene.world.tools.memory.domain("rainbow-trout")
    vectors = [history.vectors.vector(thread) for thread in history.ids]
    assert vectors
    files = [path.read_bytes() for path in scene.folder.rglob("*") if path.is_file()]
    in_process = pickle.dumps(history.vectors)
    for vector in vectors:
        whole = vector.tobytes()
        part = max((whole[at : at + 64] for at in range(0, len(whole), 4)), key=spread)
        half = np.frombuffer(part, "<f4").astype("<f2").tobytes()
        assert half in in_process
        assert not any(one in blob for one in (part, half) for blob in files)


def spread(part: bytes) -> int:
    """How much of a piece of a vector is its own."""
    return len({part[at : at + 4] for at in range(0, len(part), 4)}) * (len(part) == 64)


@pytest.mark.parametrize("dress", ["text", "utf-16-le", "casefold"])
def test_one_plain_column_is_caught(scene: Told, tmp_path: Path, dress: str) -> None:
    """The mutant of a whole file: a hint beside every thread."""
    canary = scene.planted.of("title")[0]
    written: object = {"text": canary, "utf-16-le": canary.encode("utf-16-le"), "casefold": canary.casefold()}[dress]
    shutil.copy(scene.folder / "backups" / "content.backup", tmp_path / "mutant.db")
    with closing(sqlite3.connect(tmp_path / "mutant.db")) as mutant:
        mutant.execute("alter table threads add column hint")
        mutant.execute("update threads set hint = ?", (written,))
        mutant.commit()
    found = scan_bytes([("mutant", (tmp_path / "mutant.db").read_bytes())], scene.planted.all)
    assert {finding.canary for finding in found} == {canary}


def test_letters_are_fixed_texts_to_one_address(scene: Told) -> None:
    letters = scene.world.mailbox.letters
    fixed = {body.split("{")[0].split("\n")[0] for kind in BODIES.values() for body in kind.values()}
    assert len(letters) >= 8
    for _, raw in letters:
        assert any(letter_text(raw).replace("\r\n", "\n").startswith(start) for start in fixed)
    digest = BODIES["digest"]["ja"].split("\n")[0]
    assert any(letter_text(raw).startswith(digest) for _, raw in letters)


def test_pages_are_kept_by_nobody_and_tagged_by_nothing(scene: Told) -> None:
    for role, seen in scene.crawls.items():
        for answer in seen:
            if answer.path not in ("/static/css/base.css", "/robots.txt"):  # the same for everybody, and of the program
                assert "Cache-Control: no-store" in answer.headers, (role, answer.path)
                assert "ETag" not in answer.headers
                assert "Last-Modified" not in answer.headers


def test_addresses_are_made_of_fixed_words_and_random_ids(scene: Told) -> None:
    """No slug: an address says nothing about what it leads to."""
    word, part = r"[a-z-]+|[0-9a-f]{32}|rainbow-trout|[\w.-]+\.\w+", r"(#[a-z]+(-[0-9a-f]{32})?)?"
    for role, seen in scene.crawls.items():
        for path in {answer.location.partition("?")[0] for answer in seen if answer.location}:
            assert re.fullmatch(rf"(/({word}))*/?{part}", path), (role, path)


def test_letters_have_no_headers_but_these(scene: Told) -> None:
    allowed = {"From", "To", "Subject", "Message-ID", "Auto-Submitted", "Content-Type", "MIME-Version",
               "Content-Transfer-Encoding", "List-Unsubscribe", "List-Unsubscribe-Post", "X-Peer", "X-MailFrom", "X-RcptTo"}  # fmt: skip
    for _, raw in scene.world.mailbox.letters:
        found = set(re.findall(r"^([A-Za-z-]+):", raw.split(b"\r\n\r\n")[0].decode(), re.M))
        assert found <= allowed


def test_a_request_to_custodians_says_thread_reason_and_day_only(scene: Told) -> None:
    asked = json.loads(scene.bundle)
    assert set(asked) == {"kind", "id", "thread", "author", "tag", "reason", "day", "public", "salt", "seats"}
    assert {key for seat in asked["seats"] for key in seat} == {"role", "public", "box"}


@pytest.mark.parametrize("name", ABSENT)
def test_there_is_no(tools: Toolbox, name: str) -> None:
    """Fails on the day somebody adds it: then it needs a channel above."""
    absent = ABSENT[name]
    assert absent.reason
    sign = re.compile(absent.sign, re.MULTILINE)
    assert sign.search(absent.example), "the search would not see it"
    assert sign.findall(absent.where(tools)) == []


def test_every_promised_channel_is_tried_or_said_to_be_missing() -> None:
    tried = {name for channel in CHANNELS.values() for name in channel.names} | set(ABSENT)
    assert [name for name in PROMISED if name not in tried] == []


@pytest.mark.parametrize("status", [409, 422, 429, 500])
def test_no_error_page_repeats_what_was_typed(tools: Toolbox, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither on the page nor in a log, also where the exception carries it."""
    canary = "ヌルメホタルイカ"
    errors = {409: Conflict(canary), 429: TooMany(canary), 500: RuntimeError(canary)}
    app = create_app(tools)

    @app.get("/fails")
    @allow("public")
    def fails() -> str:
        raise errors[status]

    client = app.test_client()
    if status == 422:
        page = client.get("/sign-in")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
        assert token
        answer = client.post("/sign-in", data={"csrf_token": token[1], "mail": "x", "password": canary})
    else:
        answer = client.get("/fails", query_string={"q": canary})
    assert answer.status_code == status
    logged = capsys.readouterr()
    blobs = [("page", answer.data), ("log", (logged.out + logged.err).encode())]
    blobs += [("headers", str(answer.headers).encode())]
    assert scan_bytes(blobs, [canary]) == []
