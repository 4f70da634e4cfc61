"""What somebody recognised does: the story by their own hand or another's, how open it is, the badge; and leaving."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.cli import main
from app.community import consents
from app.keyfiles import KeyFolder
from app.leaving.service import things_of
from app.processes import make_worker
from app.questions.pennames import take_pen
from app.recognition import badging, erasing
from app.recognition.models import Candidacy, Praise, Seat, Story
from app.wiring import Toolbox
from privacy.counting import badge_public_key
from privacy.pseudonyms import MemberSecret
from tests.app.questions.makers import publish, tap
from tests.app.recognition.thief import holds_badge, secrets_in
from tests.app.recognition.year import (
    TEXT,
    WHY,
    answered,
    next_publication,
    readers,
    received,
    to,
    volunteer,
    whole_year,
)
from tests.cast import Cast, Person, post, signed_in, viewer_of

AWARD = "/recognition/award/2026"
STORY = {"title": "底の酸素", "body": "夜明け前に測る場所を変えました。\n\n四年かかって、ようやく落ち着きました。"}
NAME = "汐見わたる"


def story_of(tools: Toolbox) -> Story | None:
    with tools.database.reading() as stores:
        return stores.content.scalar(select(Story))


def send(client: FlaskClient, path: str, data: dict[str, object], *, page: str = AWARD) -> int:
    """Send a form; what comes back for a second look is sent as it is."""
    response = post(client, path, data, page=page)
    if response.status_code == 422 and 'name="seen"' in response.text:
        seen = re.search(r'name="seen" value="([^"]*)"', response.text)
        assert seen is not None
        response = post(client, path, {**data, "seen": seen[1], "plain": "0"}, page=page)
    return response.status_code


def asked(client: FlaskClient) -> str:
    """Which words the owner's page asks about."""
    return client.get(AWARD).text.split('name="asked" value="')[1].split('"')[0]


def test_a_whole_year_by_its_pages(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    alice, bob = signed_in(app, cast.alice), signed_in(app, cast.bob)
    where = f"/recognition/nominate/{thread_id}/{post_id}"
    assert where in alice.get(f"/threads/{thread_id}").text
    assert where not in bob.get(f"/threads/{thread_id}").text
    assert post(alice, where, {"text": "連絡は 090-1234-5678 まで。"}).status_code == 422
    assert send(alice, where, {"text": WHY}, page=where) == 303
    assert WHY in alice.get(where).text
    people = readers(tools, 5)
    volunteer(tools, *people)
    to(tools, 2027, 1)
    bob = signed_in(app, cast.bob)
    assert WHY in bob.get("/recognition/nominations").text
    assert "同じひとりが書いたものとして" in bob.get("/recognition/stand").text
    [mine] = received(tools, cast.bob)
    chosen: dict[str, object] = {"post": mine.item.id, "words": mine.words[0].label}
    preview = post(bob, "/recognition/stand", {**chosen, "do": "look"})
    assert "ここにあるものだけです" in preview.text
    assert preview.text.count(TEXT) >= 1
    assert "銀白色" not in preview.text  # the question is another's
    assert post(bob, "/recognition/stand", {**chosen, "do": "stand"}).status_code == 422
    assert post(bob, "/recognition/stand", {**chosen, "do": "stand", "knows": "1"}).status_code == 303
    to(tools, 2027, 2)
    work(tools)
    for number, person in enumerate(people):
        juror = signed_in(app, person)
        page = juror.get("/recognition/jury").text
        [label] = set(re.findall(r"/recognition/jury/([0-9a-f]{32})", page))
        one = f"/recognition/jury/{label}"
        read = juror.get(one).text
        assert TEXT in read
        assert WHY in read
        assert "銀白色" not in read
        assert send(juror, one, {"text": "よいと思います。"}, page=one) == 422
        word = "yes" if number < 3 else "no"
        assert send(juror, one, {"word": word, "text": f"読み手の{number}です。"}, page=one) == 303
    assert signed_in(app, cast.carol).get(one).status_code == 404
    to(tools, 2027, 3)
    work(tools)
    bob = signed_in(app, cast.bob)
    page = bob.get("/recognition/award", follow_redirects=True).text
    assert all(f"読み手の{number}です。" in page for number in range(5))
    assert signed_in(app, cast.alice).get(AWARD).status_code == 404


def work(tools: Toolbox) -> None:
    worker = make_worker(tools)
    worker.start()
    worker.run_until_idle()


def test_a_story_waits_for_monday_and_is_as_open_as_its_owner_says(app: Flask, tools: Toolbox, cast: Cast) -> None:
    whole_year(tools, cast)  # a Tuesday
    bob = signed_in(app, cast.bob)
    assert send(bob, AWARD, {**STORY, "openness": "name", "name": NAME}) == 422  # no word of its own
    assert story_of(tools) is None
    assert send(bob, AWARD, {**STORY, "openness": "pen", "pen": ""}) == 422
    with tools.database.transaction("content") as stores:
        take_pen(stores, secret=cast.carol.secret, name="波まかせ", own_names=())
    assert send(bob, AWARD, {**STORY, "openness": "pen", "pen": "波まかせ "}) == 422  # somebody writes under it
    assert send(bob, AWARD, {**STORY, "openness": "name", "name": NAME, "name_ok": "1", "public": "1"}) == 303
    row = story_of(tools)
    assert row is not None
    where, nobody = f"/recognition/stories/{row.id}", app.test_client()
    assert nobody.get(where).status_code == 404
    assert "まだ、あなただけに" in bob.get(where).text
    to(tools, 2027, 3, 8)
    for client in (nobody, signed_in(app, cast.dave), signed_in(app, cast.frank)):
        assert NAME in client.get(where).text
    bob = signed_in(app, cast.bob)
    assert NAME not in bob.get("/recognition").text.split("stories-title")[0]
    found = post(bob, f"{AWARD}/openness", {"openness": "pen", "pen": "090-1234-5678"}, page=AWARD)
    assert found.status_code == 422
    assert NAME in nobody.get(where).text  # nothing has changed before a second look
    assert send(bob, f"{AWARD}/openness", {"openness": "domain", "public": "1"}) == 303
    page = nobody.get(where).text
    assert NAME not in page
    assert "サケ" in page
    with tools.database.reading() as stores:
        kept = stores.content.scalars(select(Praise)).all()
    assert all(NAME.encode() not in one.sealed_text for one in kept)
    assert send(bob, f"{AWARD}/openness", {"openness": "domain"}) == 303
    assert nobody.get(where).status_code == 404
    assert signed_in(app, cast.carol).get(where).status_code == 200
    assert signed_in(app, cast.frank).get(where).status_code == 404
    assert send(bob, f"{AWARD}/openness", {"do": "down"}) == 303
    assert signed_in(app, cast.carol).get(where).status_code == 404


@pytest.mark.parametrize("word", ["yes", "change", "no", "silence"])
def test_what_a_volunteer_writes_needs_its_owners_word(app: Flask, tools: Toolbox, cast: Cast, word: str) -> None:
    whole_year(tools, cast)
    bob = signed_in(app, cast.bob)
    assert send(bob, f"{AWARD}/writer", {"brief": "朝の酸素の話です。四年かかりました。"}) == 303
    row = story_of(tools)
    assert row is not None
    next_publication(tools)
    where, bob, carol = f"/recognition/writing/{row.id}", signed_in(app, cast.bob), signed_in(app, cast.carol)
    assert where not in signed_in(app, cast.bob).get("/recognition/writing").text  # one's own circle writes nothing
    assert post(carol, f"{where}/take", page=where).status_code == 303
    assert send(carol, where, dict(STORY), page=where) == 303
    next_publication(tools)
    assert signed_in(app, cast.alice).get(where).status_code == 404
    bob = signed_in(app, cast.bob)
    assert STORY["title"] in bob.get(AWARD).text
    if word == "silence":
        to(tools, 2027, 3, 25)
        with tools.database.transaction("content") as stores:
            consents.lapse(stores, tools.vault, today=date(2027, 3, 25), window=tools.window)
        work(tools)
    else:
        assert send(
            bob, f"{AWARD}/draft", {"word": word, "asked": asked(bob), "note": "" if word == "change" else "x"}
        ) == (422 if word == "change" else 303)
    if word == "change":
        before = asked(bob)
        assert (
            send(bob, f"{AWARD}/draft", {"word": word, "asked": before, "note": "四年を三年に直してください。"}) == 303
        )
        next_publication(tools)
        carol = signed_in(app, cast.carol)
        assert "四年を三年に" in carol.get(where).text
        assert send(carol, where, dict(STORY), page=where) == 303
        next_publication(tools)
        bob = signed_in(app, cast.bob)
        assert send(bob, f"{AWARD}/draft", {"word": "yes", "asked": before}) == 409  # to other words than these
        assert send(bob, f"{AWARD}/draft", {"word": "yes", "asked": asked(bob)}) == 303
    next_publication(tools)
    row = story_of(tools)
    assert (row.state if row else "gone") == ("out" if word in ("yes", "change") else "gone")
    with tools.database.reading() as stores:
        texts = len(stores.content.scalars(select(Praise)).all())
    assert texts == (3 if row else 2)  # the nomination, the jury's sentences, the story


def test_the_badge_is_proven_by_its_owner_and_verified_by_anybody(
    app: Flask, tools: Toolbox, cast: Cast, tmp_path: Path
) -> None:
    whole_year(tools, cast)
    bob, anybody = signed_in(app, cast.bob), app.test_client()
    badge = "/recognition/badge/2026"
    certificate, key = bob.get(f"{badge}/certificate").text, anybody.get("/badges/key").text
    for name in ("bob", "alice"):
        person = cast[name]
        assert all(one not in certificate for one in (person.member_id, person.organisation_id, person.mail))
    challenge = re.search(r'name="challenge" value="([0-9a-f]{32})"', anybody.get("/badges").text)
    assert challenge is not None
    answer = post(bob, badge, {"challenge": challenge[1]}).text
    proof = re.search(r'id="proof">([^<]{88})<', answer)
    assert proof is not None
    asked = {"certificate": certificate, "challenge": challenge[1]}
    assert "証明書は本物です" in post(anybody, "/badges", dict(asked)).text
    assert "確かめられました" in post(anybody, "/badges", {**asked, "proof": proof[1]}).text
    wrong = post(anybody, "/badges", {**asked, "challenge": "0" * 32, "proof": proof[1]})
    assert (wrong.status_code, "持ち主の返事ではありません" in wrong.text) == (422, True)
    assert post(anybody, "/badges", {**asked, "certificate": certificate.replace("2026", "2025")}).status_code == 422
    assert post(bob, badge, {"challenge": "xyz"}).status_code == 422
    (tmp_path / "badge.txt").write_text(certificate)
    (tmp_path / "key.pem").write_text(key)
    (tmp_path / "proof.txt").write_text(proof[1])
    command = ["badge", "verify", str(tmp_path / "badge.txt"), "--key", str(tmp_path / "key.pem")]
    for more, code, words in (
        ([], 0, "holder: not asked"), (["--challenge", challenge[1], "--proof", str(tmp_path / "proof.txt")], 0, "holder: verified"),
        (["--challenge", challenge[1], "--proof", proof[1]], 0, "holder: verified"),
        (["--challenge", "1" * 32, "--proof", proof[1]], 1, "somebody else"), (["--challenge", challenge[1]], 2, "together"),
    ):  # fmt: skip
        done = CliRunner().invoke(main, [*command, *more])
        assert (done.exit_code, words in done.output) == (code, True), done.output
    KeyFolder(tools.settings.key_folder).add_badge()
    assert "証明書は本物です" in post(app.test_client(), "/badges", dict(asked)).text
    known = json.loads(anybody.get("/.well-known/shiome.json").text)
    assert len(known["badges"]["keys"]) == 2
    assert all(one["pem"] in anybody.get("/badges/key").text for one in known["badges"]["keys"])
    assert bob.get(f"{badge}/certificate").text != certificate  # signed anew with the newest key


@pytest.mark.parametrize("texts", ["keep", "withdraw"])
def test_who_leaves_leaves_no_row_that_their_secret_leads_to(
    app: Flask, tools: Toolbox, cast: Cast, texts: str
) -> None:
    jurors = whole_year(tools, cast)
    bob = signed_in(app, cast.bob)
    assert send(bob, AWARD, {**STORY, "openness": "name", "name": NAME, "name_ok": "1"}) == 303
    with tools.database.reading() as stores:
        [own] = erasing.export(stores, tools.vault, secret=cast.bob.secret)
    assert (own["kind"], own["story"]["who"], len(own["text"]["sentences"])) == ("standing", NAME, 5)
    for person in (cast.bob, cast.alice, jurors[0]):
        take_out(tools, person, texts)
    with tools.database.reading() as stores:
        assert not stores.content.scalars(select(Candidacy)).all()
        assert not stores.content.scalars(select(Seat)).all()
        left = stores.content.scalars(select(Story)).all()
        praises = {one.label for one in stores.content.scalars(select(Praise))}
    assert len(left) == (texts == "keep")
    assert praises == {one.id for one in left}
    if left:
        to(tools, 2027, 3, 9)
        page = signed_in(app, cast.carol).get(f"/recognition/stories/{left[0].id}").text
        assert STORY["title"] in page
        assert NAME not in page


def take_out(tools: Toolbox, person: Person, texts: str) -> None:
    viewer = viewer_of(tools, person)
    with tools.database.reading() as stores:
        found = things_of(
            stores, tools.vault, tools.trade, viewer=viewer, texts="keep" if texts == "keep" else "withdraw"
        )
    with tools.database.transaction("content", "keys") as stores:
        for thing in (one.payload() for one in found if one.do == "recognition"):
            erasing.take_out(stores, tools.vault, thing=thing, keep=texts == "keep")


def test_what_my_help_did_moves_on_mondays(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    tap(tools, cast.alice, thread_id, post_id, "accept")
    publish(tools)
    bob = signed_in(app, cast.bob)
    assert "まだ、先週までの回答がありません" in bob.get("/recognition/mine").text
    to(tools, 2026, 11, 24)
    page = signed_in(app, cast.bob).get("/recognition/mine").text
    assert page.count("いくつか（4つまで）") == 2  # one answer, and it helped
    tap(tools, cast.alice, thread_id, post_id, "thanks", choice="helped")
    publish(tools)
    assert signed_in(app, cast.bob).get("/recognition/mine").text.count("いくつか（4つまで）") == 2
    to(tools, 2026, 12, 1)
    assert signed_in(app, cast.bob).get("/recognition/mine").text.count("いくつか（4つまで）") == 3
    assert "まだ、先週までの" in signed_in(app, cast.carol).get("/recognition/mine").text


def test_a_thief_with_database_and_root_key_proves_no_badge(tools: Toolbox, cast: Cast) -> None:
    """Every 32 bytes of the three files and of everything the root key opens, taken for the secret. Mutant: a badge's
    key made from the candidacy's label, which stands in the file."""
    whole_year(tools, cast)
    with tools.database.reading() as stores:
        [row] = stores.content.scalars(select(Candidacy)).all()
        certificate = badging.certificate_of(
            stores, viewer=viewer_of(tools, cast.bob), year=2026, network="x", seeds=tools.badge_seeds
        )
    found = secrets_in(tools)
    assert len(found) > 1000
    assert not any(holds_badge(one, certificate.key) for one in found)
    assert holds_badge(bytes(cast.bob.secret), certificate.key)
    broken = badge_public_key(MemberSecret(row.label.encode()), badging.badge_name(2026))
    assert any(holds_badge(one, broken) for one in found)
