"""Drafts: kept while typing, closed by a thread that answers, thrown away, brought back; those of replies too."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.clock import today
from app.questions import drafts
from app.questions.keeping import MAX_PLACES, kept_at
from app.questions.marks import marks_of
from app.questions.models import Locker, Mark
from app.questions.phone import phone_label
from app.questions.rules import Limits, OverLimit, Tally, check_limits
from app.wiring import Toolbox
from tests.app.questions.makers import FORM, TITLE, published
from tests.app.questions.test_ask_form import pending, preview, token_of
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, Person, csrf_of, post, signed_in

TYPED = {"title": "網の汚れが早くて", "field_situation": "", "field_water_temperature": "九十"}


def quietly(client: FlaskClient, path: str, fields: dict[str, str]) -> TestResponse:
    """Send as the script of a form does."""
    sent = {**fields, "csrf_token": csrf_of(client, "/ask")}
    return client.post(path, data=sent, headers={"Accept": "application/json"})


def arrived(client: FlaskClient, fields: dict[str, str]) -> tuple[bool, str]:
    answer = quietly(client, "/ask/arrive", fields).json
    assert answer
    assert all(answer[key] for key in ("words", "action"))
    return answer["waits"], answer["to"]


def own_draft(tools: Toolbox, person: Person) -> dict[str, str]:
    with tools.database.reading() as stores:
        found = drafts.find_draft(stores, person.secret)
    return dict(found.values) if found else {}


def test_what_is_typed_is_kept_right_or_wrong_and_comes_back(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    assert quietly(alice, "/ask/draft", TYPED).json == {"kept": True}
    again = signed_in(app, cast.alice).get("/ask").text
    assert "書きかけがあります" in again
    assert all(value in again for value in TYPED.values() if value)
    assert "書きかけがあります" not in signed_in(app, cast.dave).get("/ask").text
    quietly(alice, "/ask/draft", {"title": " ", "subject": "rainbow-trout", "csrf_token": "", "nonsense": "x"})
    assert own_draft(tools, cast.alice)["title"] == TYPED["title"], "an emptied form does away with nothing"
    wrong = post(alice, "/ask/preview", {**TYPED, "title": ""}, page="/ask")
    assert wrong.status_code == 422
    assert "書きかけがあります" not in wrong.text, "nobody needs telling above the errors of what they just sent"
    saved = post(alice, "/ask/draft", TYPED, page="/ask")
    assert saved.status_code == 303
    assert "下書きに残しました" in alice.get("/ask").text


def test_the_same_words_again_leave_an_open_preview_good(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    token = token_of(preview(alice))
    quietly(alice, "/ask/draft", own_draft(tools, cast.alice))
    post(alice, "/ask/publish", {"token": token}, page="/ask/preview")
    assert pending(tools) == 1


def test_thrown_away_comes_back_until_tomorrow(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    preview(alice)
    post(alice, "/ask/discard", page="/ask")
    assert TITLE not in alice.get("/ask").text
    quietly(alice, "/ask/draft", TYPED)
    post(alice, "/ask/restore", page="/ask")
    assert TITLE in alice.get("/ask").text
    post(alice, "/ask/restore", page="/ask")
    assert TYPED["title"] in alice.get("/ask").text, "what was begun meanwhile is not lost either"
    tools.clock.move(hours=48)  # type: ignore[attr-defined]
    alice = signed_in(app, cast.alice)
    assert "しまった下書きがあります" not in alice.get("/ask").text
    quietly(alice, "/ask/draft", {**TYPED, "title": "もっと短く"})
    with tools.database.reading() as stores:
        assert drafts.find_aside(stores, cast.alice.secret, today=today(0)) is None, "and is erased by the next word"


def test_this_answers_me_counts_once_and_leads_to_nobody(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    bob = signed_in(app, cast.bob)
    for _ in range(2):
        done = post(bob, "/ask/solved", {**TYPED, "thread": thread_id}, page="/ask")
        assert done.headers["Location"].endswith("/ask/solved")
    thanks = bob.get("/ask/solved").text
    assert "解決してよかったです" in thanks
    assert thread_id in thanks
    with tools.database.reading() as stores:
        listed = marks_of(stores, tools.vault, thread_id)
        labels = set(stores.content.scalars(select(Locker.label)))
    assert [(one.kind, dict(one.value)) for one in listed] == [("answered_need", {})]
    assert listed[0].label not in labels
    assert own_draft(tools, cast.bob) == {}
    post(bob, "/ask/restore", page="/ask/solved")
    assert own_draft(tools, cast.bob)["title"] == TYPED["title"], "also what was typed since it was last kept"
    with tools.database.reading() as stores:
        assert stores.content.scalars(select(Mark)).all() == [], "undone, it counts no more"


def test_nobody_marks_what_they_may_not_read(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    dave = signed_in(app, cast.dave)
    quietly(dave, "/ask/draft", TYPED)
    for one in (thread_id, "0" * 32):
        assert post(dave, "/ask/solved", {**TYPED, "thread": one}, page="/ask").status_code == 404
    assert own_draft(tools, cast.dave)["title"] == TYPED["title"]


def test_what_a_phone_kept_arrives_once_and_displaces_nothing(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice, mark = signed_in(app, cast.alice), phone_label(cast.alice.secret)
    quietly(alice, "/ask/draft", {**TYPED, "draft": "on the computer"})
    sent = {**FORM, "phone": mark, "arrival": "made-on-the-phone", "draft": "on the phone"}
    assert arrived(alice, sent) == (True, "/ask")
    assert own_draft(tools, cast.alice)["title"] == TYPED["title"]
    post(alice, "/ask/discard", page="/ask")
    for title in (
        TITLE,
        "別の言葉に直しました",
    ):  # the second time it does nothing: what came of it may have been changed
        assert arrived(alice, {**sent, "title": title}) == (False, "/ask/preview")
        assert own_draft(tools, cast.alice)["title"] == TITLE
    assert pending(tools) == 0, "nothing is published that nobody looked at"


def test_a_continued_draft_arrives_in_its_own_place(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    quietly(alice, "/ask/draft", {**TYPED, "draft": "on the phone"})
    assert 'name="draft" value="on the phone"' in alice.get("/ask").text
    quietly(alice, "/ask/arrive", {**FORM, "arrival": "one", "draft": "on the phone"})
    assert own_draft(tools, cast.alice)["title"] == TITLE


@pytest.mark.parametrize("path", ["/ask/arrive", "/ask/draft", "/reply-draft"])
def test_what_another_member_left_on_the_phone_is_refused(app: Flask, tools: Toolbox, cast: Cast, path: str) -> None:
    fields = {**FORM, "text": "残した文", "place": "answer x", "arrival": "t", "phone": phone_label(cast.alice.secret)}
    assert quietly(signed_in(app, cast.bob), path, fields).status_code == 409
    assert own_draft(tools, cast.bob) == {}


@pytest.mark.parametrize("kind", ["answer", "followup"])
def test_a_reply_is_kept_by_thread(app: Flask, tools: Toolbox, cast: Cast, kind: str) -> None:
    thread_id = published(tools, cast.alice)
    who = cast.bob if kind == "answer" else cast.alice
    client, place = signed_in(app, who), f"{kind} {thread_id}"
    fields = {"place": place, "text": "夜明け前の酸素を", "back": f"/threads/{thread_id}", "notify": "1"}
    assert quietly(client, "/reply-draft", fields).json == {"kept": True}
    page = client.get(f"/threads/{thread_id}").text
    assert "夜明け前の酸素を</textarea>" in page
    assert "書きかけがあります" in page
    for do, kept in (("discard", False), ("restore", True)):
        gone = post(client, "/reply-draft", {**fields, "do": do}, page=f"/threads/{thread_id}")
        assert gone.headers["Location"] == f"/threads/{thread_id}"
        assert ("夜明け前の酸素を</textarea>" in client.get(f"/threads/{thread_id}").text) is kept
    path = f"/threads/{thread_id}/{kind}"
    assert (
        post(client, path, {"text": "夜明け前の酸素を測ります", "token": "t"}, page=f"/threads/{thread_id}").status_code
        == 303
    )
    with tools.database.reading() as stores:
        assert not kept_at(stores, who.secret, place), "what was sent is no draft"


def test_an_answer_from_the_queue_is_kept_by_offer(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice)
    work(tools, hours=25)
    (offer,) = offers_of(tools, cast.bob)
    bob = signed_in(app, cast.bob)
    quietly(
        bob, "/reply-draft", {"place": f"answer {offer.id}", "text": "網を替えた日から", "back": f"/queue/{offer.id}"}
    )
    page = bob.get(f"/queue/{offer.id}").text
    assert "網を替えた日から</textarea>" in page
    assert "書きかけがあります" in page
    sent = post(
        bob,
        f"/queue/{offer.id}/answer",
        {"text": "網を替えた日から減りました", "token": "t"},
        page=f"/queue/{offer.id}",
    )
    assert sent.status_code == 303
    with tools.database.reading() as stores:
        assert not kept_at(stores, cast.bob.secret, f"answer {offer.id}")


def test_replies_begun_are_few_and_in_one_locker(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """A locker for each thread would tell a thief how many somebody began to write in."""
    bob = signed_in(app, cast.bob)

    def lockers() -> int:
        with tools.database.reading() as stores:
            return len(stores.content.scalars(select(Locker)).all())

    counts = []
    for number in range(MAX_PLACES + 1):
        quietly(bob, "/reply-draft", {"place": f"answer {number}", "text": "書きかけ"})
        counts.append(lockers())
    assert len(set(counts)) == 1
    with tools.database.reading() as stores:
        assert not kept_at(stores, cast.bob.secret, "answer 0")
        assert kept_at(stores, cast.bob.secret, "answer 1")


@pytest.mark.parametrize(
    ("days", "open_since", "urgent", "kind", "until"),
    [
        ((), (0, -1, -2), False, "open", "2026-11-25"),
        ((0, 0), (), False, "day", "2026-11-21"),
        ((-6, -5, -5, -4, -4, -3, -3, -2, -2, -1), (), False, "week", "2026-11-21"),
        ((), (), True, "urgent", "2026-12-01"),
    ],
)
def test_a_limit_says_until_when(
    tools: Toolbox, days: tuple[int, ...], open_since: tuple[int, ...], urgent: bool, kind: str, until: str
) -> None:
    day = today(tools.clock.now())
    now = day.toordinal()
    tally = Tally(tuple(now + one for one in days), day.year * 12 + day.month if urgent else 0)
    with pytest.raises(OverLimit) as caught:
        check_limits(tally, Limits(), open_since=[now + one for one in open_since], urgent=urgent, today=day)
    assert (caught.value.kind, caught.value.until.isoformat()) == (kind, until)


def test_the_form_and_the_preview_say_a_limit_before_it_is_met(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    for _ in range(2):
        post(alice, "/ask/publish", {"token": token_of(preview(alice))}, page="/ask")
    assert "続きは明日、2026年11月21日に" in alice.get("/ask").text
    page = preview(alice)
    assert "続きは明日、2026年11月21日に" in page
    assert "公開する</span>" not in page
    assert TITLE in alice.get("/ask").text
