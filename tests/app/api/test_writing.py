"""What a token writes goes out as from the pages: seen first, checked, counted, at its window."""

from typing import Any

import pytest
from flask import Flask
from pydantic import ValidationError
from sqlalchemy import select

from app.questions.api_models import ReplySent
from app.questions.models import Pending
from app.web.api import SPEC
from app.wiring import Toolbox
from tests.app.api.caller import Caller, caller
from tests.app.questions.makers import SITUATION, TITLE, publish, published
from tests.app.queues.stage import ask_question, opt_in, work
from tests.cast import Cast, post, signed_in

QUESTION = {"subject": "rainbow-trout", "topic": "disease", "title": TITLE, "fields": {"situation": SITUATION}}
WORDS = "朝一番の酸素を測り、給餌を半分にして様子を見ました。"
SECRET = "架空水産太郎丸の090-1234-5678"


def pending(tools: Toolbox) -> int:
    with tools.database.reading() as stores:
        return len(stores.content.scalars(select(Pending)).all())


def sent(asking: Caller, body: dict[str, Any]) -> Any:
    """Preview it, and publish what was seen."""
    seen = asking.post("/threads/preview", body).get_json()["seen"]
    return asking.post("/threads", {**body, "seen": seen})


def test_a_question_appears_at_its_window(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = caller(app, tools, cast.alice)
    shown = alice.post("/threads/preview", QUESTION).get_json()
    assert {one["name"]: one["text"] for one in shown["texts"]}["title"] == TITLE
    made = alice.post("/threads", {**QUESTION, "seen": shown["seen"]})
    assert made.status_code == 201
    thread = made.get_json()["id"]
    bob = caller(app, tools, cast.bob)
    assert bob.get(f"/threads/{thread}").status_code == 404
    assert alice.get(f"/threads/{thread}").get_json()["day"] is None
    publish(tools)
    assert bob.get(f"/threads/{thread}").get_json()["title"] == TITLE
    assert caller(app, tools, cast.dave).get(f"/threads/{thread}").status_code == 404


def test_a_topic_left_open_is_the_nearest(app: Flask, tools: Toolbox, cast: Cast) -> None:
    made = sent(caller(app, tools, cast.alice), {**QUESTION, "topic": ""})
    assert made.status_code == 201


def test_nothing_goes_out_unseen(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = caller(app, tools, cast.alice)
    seen = alice.post("/threads/preview", QUESTION).get_json()["seen"]
    for changed in ({"seen": ""}, {"seen": seen, "title": TITLE + "か"}, {"seen": seen, "audience": "all"},
                    {"seen": seen, "company_may": True}):  # fmt: skip
        refused = alice.post("/threads", {**QUESTION, **changed})
        assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, "seen")
    assert pending(tools) == 0


def test_what_may_tell_who_wrote_is_replaced_unless_it_is_kept(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = caller(app, tools, cast.alice)
    body = {**QUESTION, "fields": {"situation": "連絡は090-1234-5678へ。" + SITUATION}}
    shown = alice.post("/threads/preview", body).get_json()
    (found,) = shown["finds"]
    assert (found["label"], found["words"]) == ("phone", "090-1234-5678")
    assert "090-1234-5678" not in str(shown["texts"])
    kept = {**body, "decisions": {found["key"]: {"do": "keep"}}}
    assert "090-1234-5678" in str(alice.post("/threads/preview", kept).get_json()["texts"])
    assert alice.post("/threads", {**kept, "seen": shown["seen"]}).status_code == 422, "not what was seen"


def test_the_own_organisation_cannot_be_named(app: Flask, tools: Toolbox, cast: Cast) -> None:
    body = {**QUESTION, "title": "架空水産Aの池の話"}
    shown = caller(app, tools, cast.alice).post("/threads/preview", body).get_json()
    assert shown["refused"] == ["title"]
    refused = caller(app, tools, cast.alice).post("/threads", {**body, "seen": shown["seen"]})
    assert refused.get_json()["errors"][0]["field"] == "title"


def test_limits_are_those_of_the_pages(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = caller(app, tools, cast.alice)
    for n in range(tools.settings.max_daily_questions):
        assert sent(alice, {**QUESTION, "title": f"{n}番目の質問です"}).status_code == 201
    refused = sent(alice, {**QUESTION, "title": "もうひとつの質問です"})
    assert refused.status_code == 422
    assert refused.get_json()["detail"]


def test_the_same_token_makes_one(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice, bob = caller(app, tools, cast.alice), caller(app, tools, cast.bob)
    ids = {sent(alice, {**QUESTION, "token": "once"}).get_json()["id"] for _ in range(2)}
    assert (len(ids), pending(tools)) == (1, 1)
    publish(tools)
    path = f"/threads/{ids.pop()}/answers"
    assert len({bob.post(path, {"text": WORDS, "token": "t"}).get_json()["id"] for _ in range(2)}) == 1
    assert pending(tools) == 1


def test_an_answer_with_a_find_is_looked_at_first(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread, bob = published(tools, cast.alice), caller(app, tools, cast.bob)
    body = {"text": WORDS + "電話は090-1234-5678です。"}
    path = f"/threads/{thread}/answers"
    refused = bob.post(path, body)
    assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, "seen")
    seen = bob.post("/replies/preview", body).get_json()["seen"]
    assert bob.post(path, {**body, "seen": seen}).status_code == 201
    publish(tools)
    posts = caller(app, tools, cast.alice).get(f"/threads/{thread}").get_json()["posts"]
    assert "090-1234-5678" not in posts[0]["text"]


def test_a_queue_is_read_claimed_answered_and_handed_back(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    thread = ask_question(tools, cast.alice, urgent=True)
    work(tools)
    bob, carol = caller(app, tools, cast.bob), caller(app, tools, cast.carol)
    (offer,) = bob.get("/queue").get_json()["offers"]
    assert (offer["thread"]["id"], offer["state"]) == (thread, "offered")
    assert offer["why"]
    assert bob.post(f"/queue/{offer['id']}/claim").status_code == 200
    assert carol.post(f"/queue/{offer['id']}/claim").status_code == 404, "not hers"
    (hers,) = carol.get("/queue").get_json()["offers"]
    assert hers["taken"]
    assert carol.post(f"/queue/{hers['id']}/pass", {"reason": "no_time"}).status_code == 200
    assert carol.post(f"/queue/{hers['id']}/pass", {"reason": "no_time"}).status_code == 409
    for _ in range(2):
        made = bob.post(f"/queue/{offer['id']}/answer", {"text": WORDS, "token": "t"})
        assert (made.status_code, made.get_json()["id"]) == (201, thread)
    assert bob.post(f"/queue/{offer['id']}/answer", {"text": WORDS}).status_code == 409


def test_a_question_for_a_few_is_answered_by_who_was_asked(app: Flask, tools: Toolbox, cast: Cast) -> None:
    from privacy.scopes import Audience

    opt_in(tools, cast.bob)
    thread = ask_question(tools, cast.alice, audience=Audience.EXPERTS)
    work(tools, hours=2)
    bob, carol = caller(app, tools, cast.bob), caller(app, tools, cast.carol)
    (offer,) = bob.get("/queue").get_json()["offers"]
    assert carol.post(f"/threads/{thread}/answers", {"text": WORDS}).status_code == 404
    assert bob.post(f"/queue/{offer['id']}/answer", {"text": WORDS}).status_code == 201


def test_who_pauses_writes_nothing(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread, bob = published(tools, cast.alice), caller(app, tools, cast.bob)
    browser = signed_in(app, cast.bob)
    assert post(browser, "/leaving/pause", {}, page="/leaving").status_code == 303
    assert bob.post(f"/threads/{thread}/answers", {"text": WORDS}).status_code in (401, 403, 409)
    assert pending(tools) == 0


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/threads", {**QUESTION, "title": SECRET * 40}),
        ("/threads", {**QUESTION, "subject": SECRET}),
        ("/threads", {**QUESTION, SECRET: SECRET}),
        ("/threads", {**QUESTION, "fields": {"situation": ""}, "title": SECRET}),
        ("/threads", {**QUESTION, "title": SECRET}),
        ("/threads", {"title": SECRET}),
        ("/threads/preview", {**QUESTION, "levels": {SECRET: 99}}),
        ("/replies/preview", {"text": [SECRET]}),
        ("/replies/preview", {"text": SECRET * 1000}),
        ("/queue/" + "0" * 32 + "/pass", {"reason": SECRET}),
    ],
)
def test_no_refusal_repeats_what_was_sent(
    app: Flask, tools: Toolbox, cast: Cast, path: str, body: dict[str, Any]
) -> None:
    refused = caller(app, tools, cast.alice).post(path, body)
    assert refused.status_code in (404, 422)
    assert refused.get_json()["title"]
    assert SECRET not in str(refused.get_json())


def test_the_describing_library_would_repeat_it() -> None:
    """The mutant."""
    with pytest.raises(ValidationError) as refused:
        ReplySent.model_validate({"text": [SECRET]})
    assert SECRET in str(SPEC.model_adapter.validation_errors(refused.value))


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"])
def test_only_json_is_taken(app: Flask, tools: Toolbox, cast: Cast, kind: str) -> None:
    token = caller(app, tools, cast.alice).token
    answer = app.test_client().post(
        "/api/v1/threads", data="title=x", content_type=kind, headers={"Authorization": f"Bearer {token}"}
    )
    assert (answer.status_code, answer.content_type) == (415, "application/problem+json")


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "1", '{"subject": 1}'])
def test_what_is_no_object_is_refused(app: Flask, tools: Toolbox, cast: Cast, body: str) -> None:
    token = caller(app, tools, cast.alice).token
    answer = app.test_client().post(
        "/api/v1/threads", data=body, content_type="application/json", headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 422
    assert answer.get_json()["errors"]
