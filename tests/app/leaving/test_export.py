"""The file a member takes along: all of their own, nothing of anybody else, kept nowhere."""

import io
import json
import re
import zipfile

from flask import Flask
from werkzeug.test import TestResponse

from app.questions.models import Thread
from app.wiring import Toolbox
from tests.app.leaving.stage import HERS, OTHERS, endorse_only_answer, live
from tests.app.questions.makers import SITUATION, TITLE, answer, make_question, publish, published
from tests.app.queues.stage import ask_question, live_through, opt_in, work
from tests.cast import PASSWORD, Cast, Person, post, signed_in


def take(app: Flask, person: Person, password: str = PASSWORD) -> TestResponse:
    return post(signed_in(app, person), "/leaving/export", {"current": password})


def opened(response: TestResponse) -> zipfile.ZipFile:
    assert response.status_code == 200
    found = zipfile.ZipFile(io.BytesIO(response.data))
    assert found.testzip() is None
    return found


def test_all_of_ones_own_is_in_it(app: Flask, tools: Toolbox, cast: Cast) -> None:
    life = live(tools, cast)
    found = opened(take(app, cast.bob))
    data = json.loads(found.read("data.json"))
    assert (data["format"], data["version"]) == ("shiome-export", 1)
    assert data["about"]["mail"] == cast.bob.mail
    assert data["about"]["organisation"] == "架空水産B"
    assert {one["key"] for one in data["about"]["attributes"]} == {one.key for one in tools.trade.attributes}
    titles = {one["title"] for one in data["questions"]}
    assert titles == {TITLE, "一人きりの質問です", "まだ出ていない質問です"}
    assert [post["text"] for one in data["answers"] for post in one["posts"]] == [HERS]
    asked = next(one for one in data["questions"] if one["id"] == life.asked)
    assert SITUATION in json.dumps(asked["fields"], ensure_ascii=False)
    assert asked["date"] is not None
    assert next(one for one in data["questions"] if one["id"] == life.waiting)["date"] is None
    assert data["drafts"][0]["fields"]["title"] == TITLE
    assert data["receiving"][0]["subject"] == "rainbow-trout"
    assert data["receiving"][0]["muted"] == []
    assert [(one["title"], one["answerer"]) for one in data["endorsements"]] == [(TITLE, 1)]
    marks = {(one["kind"], one["title"], one["answerer"]) for one in data["marks"]}
    assert marks == {("flag", TITLE, None), ("flag", TITLE, 1)}
    pictures = {name: found.read(name) for name in found.namelist() if name.startswith("pictures/")}
    assert set(pictures.values()) == {b"picture of a question", b"picture of a draft"}
    text = found.read("text.md").decode()
    assert all(words in text for words in (TITLE, SITUATION, HERS, "一人きりの質問です", cast.bob.mail))


def test_what_became_of_a_question_and_what_was_told_is_in_it(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """To its honest end and the wish after it; of others' questions that came, that they came and no more."""
    opt_in(tools, cast.bob)
    thread_id, other = ask_question(tools, cast.bob), ask_question(tools, cast.alice, title="届いた質問の題です")
    work(tools, hours=4)
    live_through(tools)
    page = f"/threads/{thread_id}"
    post(signed_in(app, cast.bob), f"{page}/choose", {"choice": "webinar"}, page=page)
    found = opened(take(app, cast.bob))
    data = json.loads(found.read("data.json"))
    question = data["questions"][0]
    kinds = [turn["kind"] for turn in question["course"]]
    assert kinds[-2:] == ["ended", "wish_webinar"]
    assert all(turn["text"] and turn["date"] for turn in question["course"])
    assert question["wish"] == {"kind": "webinar", "became": None}
    told = {(one["kind"], one["thread"]) for one in data["notes"]}
    assert ("course_ended", thread_id) in told
    assert ("picked", None) in told
    whole = b"".join(found.read(name) for name in found.namelist()).decode()
    assert other not in whole
    assert "届いた質問の題です" not in whole
    assert "まだだれも知らない質問でした" in found.read("text.md").decode()


def test_it_tells_as_little_as_the_page_whether_anybody_was_found_to_ask(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    """With exclusions it would say which organisation has the expert."""
    thread_id = published(tools, cast.bob)
    told = []
    for state in ("asked", "unrouted"):
        with tools.database.transaction("content") as stores:
            stores.content.get_one(Thread, thread_id).state = state
        found = opened(take(app, cast.bob))
        told.append((json.loads(found.read("data.json"))["questions"], found.read("text.md")))
    assert told[0] == told[1]


def test_it_says_what_is_what(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """Every part of the file for programs is explained in the file, and no other."""
    live(tools, cast)
    found = opened(take(app, cast.bob))
    data = json.loads(found.read("data.json"))
    explained = re.findall(r"^- `([a-z._]+)`", found.read("README.md").decode(), re.M)
    assert {one for one in explained if "." not in one} == data.keys()
    assert {one.partition(".")[2] for one in explained if "." in one} == {"course", "wish"}
    assert "shiome-export" in found.read("README.md").decode()


def test_nothing_of_anybody_else_is_in_it(app: Flask, tools: Toolbox, cast: Cast) -> None:
    live(tools, cast)
    found = opened(take(app, cast.bob))
    whole = b"".join(found.read(name) for name in found.namelist()).decode(errors="replace")
    for words in (
        OTHERS,
        "届いたままの質問です",
        cast.alice.mail,
        cast.carol.mail,
        cast.bob.member_id,
        cast.bob.secret.hex(),
    ):
        assert words not in whole


def test_the_title_of_somebody_elses_question_is_not_in_it_where_its_answer_is_endorsed(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    thread_id = published(tools, cast.alice, make_question(title="ほかの人が書いた題です"))
    answer(tools, cast.carol, thread_id)
    publish(tools)
    endorse_only_answer(tools, cast.bob, thread_id)
    found = opened(take(app, cast.bob))
    whole = b"".join(found.read(name) for name in found.namelist()).decode()
    assert "この人に聞きたい" in whole
    assert "ほかの人が書いた題です" not in whole


def test_an_answer_is_in_it_also_when_its_question_has_closed_to_its_author(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    from app.questions.models import Thread

    thread_id = published(tools, cast.alice)
    answer(tools, cast.carol, thread_id, HERS)
    from tests.app.questions.makers import publish

    publish(tools)
    with tools.database.transaction("content") as stores:
        thread = stores.content.get_one(Thread, thread_id)
        place = {"table": "threads", "column": "sealed_scope", "row": thread_id}
        scope = tools.vault.open(thread.sealed_scope, **place)
        from tests.cast import viewer_of

        excluded = [viewer_of(tools, cast.carol).circle]
        thread.sealed_scope = tools.vault.seal({**scope, "excluded": excluded}, **place, pad=1024)
    browser = signed_in(app, cast.carol)
    assert browser.get(f"/threads/{thread_id}").status_code == 404
    data = json.loads(opened(take(app, cast.carol)).read("data.json"))
    assert [post["text"] for one in data["answers"] for post in one["posts"]] == [HERS]


def test_the_password_is_asked_again(app: Flask, cast: Cast) -> None:
    for password in ("ちがうパスワードです", ""):
        response = take(app, cast.alice, password)
        assert response.status_code == 422
        assert "application/zip" not in response.content_type


def test_it_is_kept_nowhere_and_its_name_says_nothing(app: Flask, tools: Toolbox, cast: Cast) -> None:
    live(tools, cast)
    before = {path: path.stat().st_mtime for path in tools.settings.data_dir.rglob("*") if path.suffix == ".db"}
    files = set(tools.settings.data_dir.rglob("*"))
    browser = signed_in(app, cast.bob)
    response = post(browser, "/leaving/export", {"current": PASSWORD})
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Disposition"] == "attachment; filename=export.zip"
    assert response.is_streamed
    found = opened(response)
    assert set(found.namelist()) == {"README.md", "data.json", "text.md", "pictures/1.jpg", "pictures/2.jpg"}
    assert {entry.date_time for entry in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not {
        path for path in set(tools.settings.data_dir.rglob("*")) - files if not path.name.endswith(("-wal", "-shm"))
    }
    assert before.keys() <= files


def test_the_page_warns_that_it_links_everything(app: Flask, cast: Cast) -> None:
    page = signed_in(app, cast.alice).get("/leaving/export").text
    assert "このファイルは、すべてを結びつけます" in page
    assert "共有フォルダー" in page


def test_who_is_not_verified_takes_along_what_they_typed(app: Flask, cast: Cast) -> None:
    data = json.loads(opened(take(app, cast.grace)).read("data.json"))
    assert data["about"]["organisation"] == "架空水産unverified"
    assert data["questions"] == []


def test_where_a_machine_is_told_is_in_it_and_its_secret_is_not(app: Flask, cast: Cast) -> None:
    url = "https://hooks.member.example/shiome?key=hunter2"
    client = signed_in(app, cast.bob)
    post(client, "/account/webhook", {"url": url, "current": PASSWORD})
    (secret,) = re.findall(r"whsec_[\w+/=]+", client.get("/account/webhook/secret").text)
    found = opened(take(app, cast.bob))
    assert json.loads(found.read("data.json"))["about"]["webhook"] == url
    assert url in found.read("text.md").decode()
    assert not any(secret.encode() in found.read(name) for name in found.namelist())
    assert json.loads(opened(take(app, cast.carol)).read("data.json"))["about"]["webhook"] is None
