"""Photos of posts: who sees a picture, what becomes of it, and what happens to one that cannot be taken."""

import re
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from app.db import store_path
from app.keystore import DataKey
from app.questions.keeping import MAX_PLACES, discard_kept
from app.questions.models import Photo, Post, Thread
from app.questions.photos import STEP, draft_photos, keep_photos
from app.questions.pictures import clean_picture
from app.wiring import Toolbox
from privacy.scopes import Audience
from tests.app.questions.makers import FORM, TITLE, make_question, publish, published
from tests.app.questions.pictures import REFUSED, WORD, encoded, holds, jpeg_with_everything, pixels
from tests.app.questions.test_ask_form import token_of
from tests.app.queues.stage import offers_of, opt_in, work
from tests.cast import Cast, csrf_of, post, signed_in

ANSWER = "夜明け前の酸素を測ってみてください。"


def send(client: FlaskClient, path: str, fields: dict[str, object], *files: bytes, page: str) -> TestResponse:
    photos = [(BytesIO(one), f"{WORD}.jpg", "image/jpeg") for one in files]
    data = {"csrf_token": csrf_of(client, page), **fields, "photos": photos}
    return client.post(path, data=data, content_type="multipart/form-data")


def images(page: str) -> list[str]:
    return re.findall(r'<img src="(/[^"]+/photos/[^"]+)"', page)


def rows(tools: Toolbox) -> list[Photo]:
    with tools.database.reading() as stores:
        return list(stores.content.scalars(select(Photo)))


def asked_with_photo(app: Flask, tools: Toolbox, cast: Cast) -> tuple[FlaskClient, str]:
    """Alice has asked with a photo; her thread's path."""
    alice = signed_in(app, cast.alice)
    assert send(alice, "/ask/preview", dict(FORM), jpeg_with_everything(), page="/ask").status_code == 303
    page = alice.get("/ask/preview").text
    assert len(images(page)) == 1
    sent = post(alice, "/ask/publish", {"token": token_of(page)}, page="/ask/preview")
    return alice, sent.headers["Location"]


def test_from_the_form_to_the_thread(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice, path = asked_with_photo(app, tools, cast)
    waiting = images(alice.get(path).text)
    assert len(waiting) == 1
    assert alice.get(waiting[0]).status_code == 200
    bob = signed_in(app, cast.bob)
    assert bob.get(waiting[0]).status_code == 404
    assert [row.thread_id for row in rows(tools)] == [None]
    publish(tools)
    alice, bob = signed_in(app, cast.alice), signed_in(app, cast.bob)
    assert images(bob.get(path).text) == waiting
    picture = bob.get(waiting[0])
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert picture.headers["Cache-Control"] == "no-store"
    assert "Content-Disposition" not in picture.headers
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert not holds(picture.data)
    assert images(alice.get("/ask").text) == []


def test_nobody_else_sees_the_picture(app: Flask, tools: Toolbox, cast: Cast) -> None:
    _, path = asked_with_photo(app, tools, cast)
    publish(tools)
    alice = signed_in(app, cast.alice)
    picture = images(alice.get(path).text)[0]
    answers = {
        "dave": 404,
        "erin": 200,
        "bob": 200,
        "frank": 403,
        "grace": 403,
    }  # colleague, other organisations, roles
    assert {who: signed_in(app, cast[who]).get(picture).status_code for who in answers} == answers
    assert app.test_client().get(picture).status_code == 303
    other = published(tools, cast.bob)
    alice = signed_in(app, cast.alice)
    photo_id = picture.rpartition("/")[2]
    for wrong in (f"/threads/{other}/photos/{photo_id}", f"{path}/photos/{'0' * 32}", f"/ask/photos/{photo_id}"):
        assert alice.get(wrong).status_code == 404, wrong
    assert alice.post(picture).status_code in (400, 405)


def test_the_company_sees_it_where_it_may_read(app: Flask, tools: Toolbox, cast: Cast) -> None:
    open_id = published(tools, cast.alice, make_question(company_may=True), photos=[clean_picture(encoded(pixels()))])
    shut_id = published(tools, cast.alice, photos=[clean_picture(encoded(pixels()))])
    publish(tools, windows=60)
    frank = signed_in(app, cast.frank)
    shown = images(frank.get(f"/company/{open_id}").text)
    assert frank.get(shown[0]).status_code == 200
    with tools.database.reading() as stores:
        hidden = stores.content.scalars(select(Photo.id).where(Photo.thread_id == shut_id)).one()
    assert frank.get(f"/company/{shut_id}/photos/{hidden}").status_code == 404
    assert frank.get(f"/company/{open_id}/photos/{hidden}").status_code == 404


def test_a_mistake_elsewhere_loses_no_photo(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    page = send(alice, "/ask/preview", {**FORM, "title": ""}, encoded(pixels()), page="/ask")
    assert page.status_code == 422
    kept = images(page.text)
    assert len(kept) == 1
    assert alice.get(kept[0]).status_code == 200
    assert signed_in(app, cast.bob).get(kept[0]).status_code == 404
    again = post(alice, "/ask/preview", dict(FORM), page="/ask")
    assert again.status_code == 303
    assert images(alice.get("/ask/preview").text) == kept


@pytest.mark.parametrize("name", ["words", "a bomb", "moving WebP", "cut short", "too many bytes"])
def test_what_cannot_be_taken_is_said_and_the_rest_is_kept(app: Flask, tools: Toolbox, cast: Cast, name: str) -> None:
    alice = signed_in(app, cast.alice)
    page = send(alice, "/ask/preview", dict(FORM), REFUSED[name][0](), encoded(pixels()), page="/ask")
    assert page.status_code == 422
    assert 'href="#f-photos"' in page.text
    assert 'id="f-photos-error"' in page.text
    assert TITLE in page.text
    assert WORD not in page.text
    assert len(images(page.text)) == 1


def test_three_photos_and_no_more(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    page = send(
        alice, "/ask/preview", dict(FORM), *[encoded(pixels(size=(n, n))) for n in (40, 41, 42, 43)], page="/ask"
    )
    assert page.status_code == 422
    kept = images(page.text)
    assert len(kept) == 3
    dropped = post(alice, "/ask/preview", {**FORM, "drop": kept[0].rpartition("/")[2]}, page="/ask")
    assert dropped.status_code == 303
    assert images(alice.get("/ask/preview").text) == kept[1:]
    assert len(rows(tools)) == 2


def test_a_draft_thrown_away_takes_its_photos_along(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    send(alice, "/ask/preview", dict(FORM), encoded(pixels()), page="/ask")
    photo = images(alice.get("/ask").text)
    post(alice, "/ask/discard", page="/ask")
    assert images(alice.get("/ask").text) == []
    post(alice, "/ask/restore", page="/ask")
    assert images(alice.get("/ask").text) == photo, "until tomorrow both come back"
    post(alice, "/ask/discard", page="/ask")
    tools.clock.move(hours=48)  # type: ignore[attr-defined]
    alice = signed_in(app, cast.alice)
    post(alice, "/ask/preview", dict(FORM), page="/ask")
    assert rows(tools) == [], "and then both are erased by the next word"


def test_a_form_of_twenty_photos_is_not_read(app: Flask, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    assert send(alice, "/ask/preview", dict(FORM), *[bytes(12 << 20)] * 4, page="/ask").status_code == 413


def test_words_survive_a_session_that_ended_while_the_photo_was_taken(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    token = csrf_of(alice, "/ask")
    tools.clock.move(hours=2)  # type: ignore[attr-defined]
    big = encoded(Image.effect_noise((1400, 1400), 90).convert("RGB"), quality=95)
    data = {"csrf_token": token, **FORM, "photos": (BytesIO(big), "a.jpg")}
    page = alice.post("/ask/preview", data=data, content_type="multipart/form-data")
    assert page.status_code == 401
    assert TITLE in page.text
    assert rows(tools) == []


def test_a_photo_never_touches_the_disk(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """werkzeug would write what is over half a megabyte to a temporary file."""
    import tempfile

    def refuse(*_: object, **__: object) -> object:
        raise AssertionError("a file of the system")

    for name in ("SpooledTemporaryFile", "TemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", refuse, raising=False)
    big = encoded(Image.effect_noise((1400, 1400), 90).convert("RGB"), quality=95)
    assert len(big) > 600_000
    assert send(signed_in(app, cast.alice), "/ask/preview", dict(FORM), big, page="/ask").status_code == 303


# answers


def test_an_answer_and_a_followup_bring_photos(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    page = f"/threads/{thread_id}"
    for who, kind, file in ((cast.bob, "answer", jpeg_with_everything()), (cast.alice, "followup", encoded(pixels()))):
        client = signed_in(app, who)
        sent = send(client, f"{page}/{kind}", {"text": ANSWER, "token": kind}, file, page=page)
        assert sent.status_code == 303
        publish(tools)
    carol = signed_in(app, cast.carol)
    shown = images(carol.get(page).text)
    assert len(shown) == 2
    assert all(carol.get(one).status_code == 200 for one in shown)
    assert len({row.key_id for row in rows(tools)}) == 2


def test_whom_it_was_offered_to_sees_and_sends_photos(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    question = make_question(audience=Audience.EXPERTS)
    thread_id = published(tools, cast.alice, question, photos=[clean_picture(encoded(pixels()))])
    work(tools, hours=1)
    offer = f"/queue/{offers_of(tools, cast.bob)[0].id}"
    bob, carol = signed_in(app, cast.bob), signed_in(app, cast.carol)
    shown = images(bob.get(offer).text)
    assert len(shown) == 1
    assert shown[0].startswith(offer)
    assert bob.get(shown[0]).status_code == 200
    assert carol.get(shown[0]).status_code == 404
    assert carol.get(shown[0].replace(offer, f"/threads/{thread_id}")).status_code == 404
    assert send(bob, f"{offer}/answer", {"text": "", "token": "q"}, encoded(pixels()), page=offer).status_code == 422
    assert len(images(bob.get(offer).text)) == 2
    assert post(bob, f"{offer}/answer", {"text": ANSWER, "token": "q"}, page=offer).status_code == 303
    assert len([row for row in rows(tools) if row.thread_id is None]) == 1
    assert len(images(bob.get(f"/threads/{thread_id}").text)) == 2


def test_the_same_answer_twice_is_one_answer_with_one_photo(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    page, bob = f"/threads/{thread_id}", signed_in(app, cast.bob)
    for _ in range(2):
        send(bob, f"{page}/answer", {"text": ANSWER, "token": "same"}, encoded(pixels()), page=page)
    assert len(rows(tools)) == 1


def test_somebody_without_the_thread_leaves_no_photo(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    dave = signed_in(app, cast.dave)
    for path in (f"/threads/{thread_id}", f"/threads/{'0' * 32}"):
        answer = send(dave, f"{path}/answer", {"text": ANSWER, "token": "t"}, encoded(pixels()), page="/ask")
        assert answer.status_code == 404
    assert rows(tools) == []


# stored


def test_sizes_come_in_steps_and_bytes_are_sealed(tools: Toolbox, cast: Cast) -> None:
    pictures = [clean_picture(encoded(pixels(size=(n, n)))) for n in (60, 500)]
    published(tools, cast.alice, photos=pictures)
    sizes = {len(row.sealed) for row in rows(tools)}
    assert len(sizes) == 1
    assert sizes.pop() > STEP
    tools.database.checkpoint()
    stored = store_path(tools.settings.data_dir, "content").read_bytes()
    assert not any(picture[200:260] in stored for picture in pictures)


def test_erased_with_its_key(app: Flask, tools: Toolbox, cast: Cast) -> None:
    _, path = asked_with_photo(app, tools, cast)
    publish(tools)
    alice = signed_in(app, cast.alice)
    picture = images(alice.get(path).text)[0]
    with tools.database.transaction("keys") as stores:
        stores.keys.execute(delete(DataKey).where(DataKey.id == rows(tools)[0].key_id))
    assert alice.get(picture).status_code == 404
    assert images(alice.get(path).text) == []


def test_a_thread_takes_its_photos_along(tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice, photos=[clean_picture(encoded(pixels()))])
    with tools.database.transaction("content") as stores:
        stores.content.execute(delete(Post))
        stores.content.execute(delete(Thread).where(Thread.id == thread_id))
    assert rows(tools) == []


def test_drafts_are_few(tools: Toolbox, cast: Cast) -> None:
    secret, picture = cast.alice.secret, clean_picture(encoded(pixels()))
    for place in range(MAX_PLACES + 2):
        with tools.database.transaction("content") as stores:
            keep_photos(stores, secret, str(place), [picture])
    assert len(rows(tools)) == MAX_PLACES
    with tools.database.transaction("content") as stores:
        assert draft_photos(stores, secret, "0") == ()
        discard_kept(stores, secret, str(MAX_PLACES + 1))
    assert len(rows(tools)) == MAX_PLACES - 1
