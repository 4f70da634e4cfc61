"""A draft is read before it goes out: by whoever may and wants to, without names, and gone from them when it is back."""

import json
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.inbox.labels import own_labels
from app.keystore import DataKey
from app.leaving.steps import leave
from app.notices.service import notes_of
from app.questions.models import Photo
from app.queues.rules import Now, Profile
from app.queues.service import opt_in
from app.reading import service
from app.reading.models import Reading
from app.reading.rules import Case, may_be_asked, words_in
from app.wiring import Toolbox
from tests.app.questions.makers import FORM, SITUATION, TITLE
from tests.app.questions.pictures import holds, jpeg_with_everything
from tests.app.questions.test_ask_form import preview
from tests.app.questions.test_photos import images, send
from tests.app.queues.stage import work
from tests.app.queues.test_route import make_organisation, move_on
from tests.cast import Cast, Person, make_person, post, signed_in, viewer_of

NOTE = "いつからか、どのくらいの大きさの魚かがあると、答えやすいと思います。"


def let_read(tools: Toolbox, *people: Person) -> None:
    with tools.database.transaction("content") as stores:
        for person in people:
            opt_in(
                stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), subject="rainbow-trout", topics=(),
                capacity=3, box=None, away_until=0, reads=True,
            )  # fmt: skip


def rows(tools: Toolbox) -> list[Reading]:
    with tools.database.reading() as stores:
        return list(stores.content.scalars(select(Reading)))


def keys(tools: Toolbox) -> set[str]:
    with tools.database.reading() as stores:
        return set(stores.keys.scalars(select(DataKey.id)))


def told(tools: Toolbox, person: Person) -> list[str]:
    with tools.database.reading() as stores:
        labels = own_labels(stores, tools.trade, person.secret).all
        return [one.kind for one in notes_of(stores, tools.vault, labels, window=tools.window)]


def hand_in(app: Flask, cast: Cast, **changes: str) -> FlaskClient:
    """Alice's draft, on its way."""
    alice = signed_in(app, cast.alice)
    preview(alice, **changes)
    post(alice, "/ask/reading", page="/ask/reading")
    return alice


def given(app: Flask, tools: Toolbox, *people: Person) -> list[str]:
    """Who of these people has something to read."""
    return [one.name for one in people if "/readings/" in signed_in(app, one).get("/readings").text]


def test_a_draft_is_read_and_comes_back_and_nothing_is_left(app: Flask, tools: Toolbox, cast: Cast) -> None:
    let_read(tools, cast.bob)
    alice = hand_in(app, cast)
    assert "読んでもらっています" in alice.get("/ask/reading").text
    assert given(app, tools, cast.bob) == [], "before its window nobody has it"
    work(tools, hours=1)
    assert "reading_asked" in told(tools, cast.bob)
    bob = signed_in(app, cast.bob)
    (row,) = rows(tools)
    key_id = service.case_of(tools.vault, row).key_id
    assert key_id in keys(tools)
    page = bob.get(f"/readings/{row.id}").text
    assert SITUATION in page
    assert all(word not in page for word in ("長野", "架空水産Ａ", "alice"))
    sent = {"note": NOTE, "marks": f"{SITUATION[:5]}\nここにない言葉"}
    assert post(bob, f"/readings/{row.id}/answer", sent, page=f"/readings/{row.id}").status_code == 303
    assert bob.get(f"/readings/{row.id}").status_code == 404, "given back is gone"
    assert NOTE not in signed_in(app, cast.alice).get("/ask/reading").text, "it comes at a window, not at a minute"
    work(tools, hours=1)
    assert told(tools, cast.alice) == ["reading_back"]
    alice = signed_in(app, cast.alice)
    back = alice.get("/ask/reading").text
    assert NOTE in back
    assert f'found">{SITUATION[:5]}</mark>' in back
    assert "ここにない言葉" not in back
    assert key_id not in keys(tools), "the text is gone with its key"
    post(alice, "/ask/reading/end", page="/ask/reading")
    assert rows(tools) == []
    assert TITLE in alice.get("/ask").text, "the draft itself stays"


def test_its_reader_sees_the_photos_as_pixels_alone_and_nobody_else_does(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    let_read(tools, cast.bob)
    alice = signed_in(app, cast.alice)
    assert send(alice, "/ask/preview", dict(FORM), jpeg_with_everything(), page="/ask").status_code == 303
    post(alice, "/ask/reading", page="/ask/reading")
    work(tools, hours=1)
    (row,) = rows(tools)
    bob = signed_in(app, cast.bob)
    (path,) = images(bob.get(f"/readings/{row.id}").text)
    (own,) = images(signed_in(app, cast.alice).get("/ask/preview").text)
    seen = bob.get(path)
    assert (seen.status_code, seen.content_type) == (200, "image/jpeg")
    assert not holds(seen.data)
    assert signed_in(app, cast.carol).get(path).status_code == 404
    assert bob.get(f"/readings/{row.id}/photos/{own.rpartition('/')[2]}").status_code == 404, "of this draft alone"
    handed = path.rpartition("/")[2]
    assert handed not in own
    assert post(bob, f"/readings/{row.id}/answer", {"note": NOTE}, page=f"/readings/{row.id}").status_code == 303
    assert bob.get(path).status_code == 404
    with tools.database.reading() as stores:
        left = set(stores.content.scalars(select(Photo.id)))
    assert left == {own.rpartition("/")[2]}, "the copy is gone, the draft's own stays"


def test_it_comes_back_by_itself_after_a_day_and_goes_after_two_weeks(app: Flask, tools: Toolbox, cast: Cast) -> None:
    let_read(tools, cast.bob)
    hand_in(app, cast)
    work(tools, hours=1)
    work(tools, hours=24)
    assert given(app, tools, cast.bob) == []
    assert told(tools, cast.alice) == ["reading_back"]
    assert "このまま出しても大丈夫です" in signed_in(app, cast.alice).get("/ask/reading").text
    (row,) = rows(tools)
    assert row.sealed_text == b""
    work(tools, hours=15 * 24)
    assert rows(tools) == []


def test_after_half_a_day_somebody_else_has_it_and_after_a_pass_too(app: Flask, tools: Toolbox, cast: Cast) -> None:
    let_read(tools, cast.bob, cast.carol)
    hand_in(app, cast)
    work(tools, hours=1)
    (first,) = given(app, tools, cast.bob, cast.carol)
    work(tools, hours=12)
    (second,) = given(app, tools, cast.bob, cast.carol)
    assert first != second
    client, (row,) = signed_in(app, cast[second]), rows(tools)
    post(client, f"/readings/{row.id}/pass", page=f"/readings/{row.id}")
    work(tools, hours=1)
    assert given(app, tools, cast.bob, cast.carol) == [], "nobody has it twice"
    assert "読んでもらっています" in signed_in(app, cast.alice).get("/ask/reading").text


def test_its_only_reader_keeps_it_until_it_goes_back(app: Flask, tools: Toolbox, cast: Cast) -> None:
    let_read(tools, cast.bob)
    hand_in(app, cast)
    work(tools, hours=1)
    work(tools, hours=12)
    assert given(app, tools, cast.bob) == ["bob"]


def test_no_colleague_nobody_excluded_nobody_who_did_not_opt_in(app: Flask, tools: Toolbox, cast: Cast) -> None:
    let_read(tools, cast.dave, cast.carol)
    hand_in(app, cast, exclude="架空水産Ｃ")
    for hours in (1, 12):
        work(tools, hours=hours)
        assert given(app, tools, cast.bob, cast.carol, cast.dave, cast.erin) == []
    (row,) = rows(tools)
    for who in (cast.bob, cast.carol, cast.dave, cast.alice):
        client = signed_in(app, who)
        assert client.get(f"/readings/{row.id}").status_code == 404
        for path in ("answer", "pass"):
            assert post(client, f"/readings/{row.id}/{path}", {"note": NOTE}, page="/readings").status_code == 404


def test_nobody_of_either_half_of_a_circle_that_splits_meanwhile_is_asked_for_what_they_may_not_read(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    old = viewer_of(tools, cast.alice).circle
    beside = make_person(tools, "beside", make_organisation(tools, 9))
    hand_in(app, cast)
    move_on(tools, cast.alice.organisation_id, old, "e" * 32)
    move_on(tools, beside.organisation_id, old, "f" * 32)
    let_read(tools, beside, cast.dave)
    work(tools, hours=1)
    assert rows(tools)[0].inbox is None


def test_who_would_read_past_the_gate_is_seen_to(tools: Toolbox) -> None:
    """The same question asked of a gate without its circles: the colleague gets it, so the test above can fail."""
    profile = Profile("rainbow-trout", "own", reads=True)
    case = Case("label", "salmonids", "rainbow-trout", True, frozenset({"own", "excluded"}), "key")
    assert not may_be_asked(case, "h", profile, now=Now(0, 0, 1))
    assert not may_be_asked(case, "h", replace(profile, circle="excluded"), now=Now(0, 0, 1))
    assert may_be_asked(replace(case, closed=frozenset()), "h", profile, now=Now(0, 0, 1))
    other = replace(profile, circle="other")
    assert may_be_asked(case, "h", other, now=Now(0, 0, 1))
    barred = ({"reads": False}, {"capacity": 0}, {"away_until": 1}, {"unseen": 10}, {"subject": "coho-salmon"})
    assert not any(may_be_asked(case, "h", replace(other, **change), now=Now(0, 0, 1)) for change in barred)  # type: ignore[arg-type]
    hidden = replace(case, names_subject=False)
    assert may_be_asked(hidden, "h", replace(other, subject="coho-salmon"), now=Now(0, 0, 1)), (
        "else being asked tells the subject"
    )


def test_a_row_says_nothing_without_keys_and_two_of_one_member_have_nothing_in_common(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    alice = hand_in(app, cast)
    (first,) = rows(tools)
    post(alice, "/ask/discard", page="/ask")
    hand_in(app, cast, title="まったく別のこと")
    second = next(row for row in rows(tools) if row.id != first.id)
    assert first.label != second.label
    assert len(first.sealed) == len(second.sealed)
    for row in (first, second):
        written = json.dumps([row.id, row.label, row.sealed.hex(), row.sealed_text.hex()])
        assert TITLE.encode().hex() not in written
        assert cast.alice.member_id not in written


def test_urgent_ones_skip_it_and_only_two_a_day(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = hand_in(app, cast, urgent="1")
    assert rows(tools) == []
    assert "急ぎの質問は、読んでもらわずに出せます" in alice.get("/ask/reading").text
    for number in range(3):
        preview(alice, title=f"{number}つめの聞きたいこと")
        post(alice, "/ask/discard", page="/ask")
        preview(alice, title=f"{number}つめの聞きたいこと")
        answer = post(alice, "/ask/reading", page="/ask/reading")
    assert answer.status_code == 422
    assert "続きは明日お願いします" in answer.text
    assert len(rows(tools)) == 2


def test_asking_twice_hands_it_in_once_and_it_can_be_taken_back(app: Flask, tools: Toolbox, cast: Cast) -> None:
    let_read(tools, cast.bob)
    alice = hand_in(app, cast)
    post(alice, "/ask/reading", page="/ask/reading")
    assert len(rows(tools)) == 1
    post(alice, "/ask/reading/end", page="/ask/reading")
    assert rows(tools) == []
    work(tools, hours=30)
    assert told(tools, cast.alice) == []


def test_it_is_suggested_to_who_has_no_question_out_and_nobody_else_learns_that(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    alice = signed_in(app, cast.alice)
    assert "まだ質問を出したことがなければ" in preview(alice)
    post(alice, "/ask/publish", {"token": _token(alice)}, page="/ask/preview")
    assert "まだ質問を出したことがなければ" not in preview(alice)
    for who in (cast.alice, cast.bob):  # one has asked before, the other has not: what is sealed is as long
        client = signed_in(app, who)
        preview(client)
        post(client, "/ask/reading", page="/ask/reading")
    stored = {len(row.sealed) for row in rows(tools)}
    assert len(stored) == 1


def test_a_note_that_names_the_readers_own_organisation_does_not_go_out(app: Flask, tools: Toolbox, cast: Cast) -> None:
    let_read(tools, cast.bob)
    hand_in(app, cast)
    work(tools, hours=1)
    (row,), bob = rows(tools), signed_in(app, cast.bob)
    sent = post(
        bob,
        f"/readings/{row.id}/answer",
        {"note": "架空水産Ｂでは昨日田中さんが見ました。"},
        page=f"/readings/{row.id}",
    )
    assert sent.status_code == 303
    with tools.database.reading() as stores:
        (row,) = stores.content.scalars(select(Reading))
        note = service.case_of(tools.vault, row).note
    assert "架空水産" not in note
    assert "田中" not in note
    empty = post(bob, f"/readings/{row.id}/answer", {"note": " "}, page="/readings")
    assert empty.status_code == 404


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ab\ncd\nab", ("ab", "cd")),
        ("zz", ()),
        ("", ()),
        ("a" * 61, ()),
        ("\n".join("abcdefghijklmn"), tuple("abcdefghijkl")),
    ],
)
def test_only_words_of_the_draft_are_marked(typed: str, found: tuple[str, ...]) -> None:
    assert words_in(typed, {"title": "abcdefghijklmn" + "a" * 70}) == found


def test_leaving_takes_it_along(app: Flask, tools: Toolbox, cast: Cast) -> None:
    hand_in(app, cast)
    viewer = viewer_of(tools, cast.alice)
    with tools.database.reading() as stores:
        assert [row.id for row in service.own_rows(stores, viewer)] == [row.id for row in rows(tools)]


def test_a_reader_who_leaves_leaves_it_to_the_next(app: Flask, tools: Toolbox, cast: Cast) -> None:
    let_read(tools, cast.bob, cast.carol)
    hand_in(app, cast)
    work(tools, hours=1)
    (first,) = given(app, tools, cast.bob, cast.carol)
    (row,) = rows(tools)
    handle = row.inbox
    leave(tools, viewer_of(tools, cast[first]), texts="withdraw")
    (row,) = rows(tools)
    assert row.inbox is None
    assert handle not in service.case_of(tools.vault, row).tried
    work(tools, hours=2)
    (row,) = rows(tools)
    assert row.inbox not in (None, handle)


def _token(client: FlaskClient) -> str:
    page = client.get("/ask/preview").text
    return page.split('name="token" value="')[1].split('"')[0]
