"""Every page of the knowledge base, as the people of the cast meet it, and what each costs."""

import re

import pytest
from flask import Flask

from app.wiring import Toolbox
from tests.app.knowledge.stage import (
    BODY,
    FIRST,
    TITLE,
    Stage,
    asked_of,
    begin,
    make_thread,
    out,
    say,
    send,
    version_of,
    volunteer,
    work,
)
from tests.app.questions.makers import publish
from tests.app.questions.test_statements import counted
from tests.cast import Cast, post, signed_in

MOST = 8
HEAD = BODY[:6]  # the house style does not change it
NOTE = {
    "title": "網替えの朝に決めていること", "body": "前の晩に餌を切り、明るくなってから始めます。", "subject": "rainbow-trout",
    "topic": "", "audience": "domain", "token": "n1",
}  # fmt: skip


@pytest.fixture
def stage(tools: Toolbox, cast: Cast) -> Stage:
    return make_thread(tools, cast.alice, cast.bob, cast.carol)


def published_article(stage: Stage, tools: Toolbox, cast: Cast, **changes: object) -> str:
    volunteer(tools, cast.bob)
    return out(stage, cast.erin, cast.bob, (cast.alice, cast.bob, cast.carol), **changes)


def test_from_a_thread_to_the_shelf_by_hand(stage: Stage, tools: Toolbox, cast: Cast, app: Flask) -> None:
    editor, page = signed_in(app, cast.erin), f"/articles/from/{stage.thread_id}"
    assert page in editor.get(f"/threads/{stage.thread_id}").text
    assert page not in signed_in(app, cast.alice).get(f"/threads/{stage.thread_id}").text
    assert post(editor, page, {}).status_code == 422
    begun = post(editor, page, {"post": list(stage.posts)})
    where = begun.headers["Location"]
    assert FIRST in editor.get(where).text
    kept = {f"keep-{one}": "1" for one in stage.posts}
    words = {"title": TITLE, "body": BODY, "audience": "public", "topic": "disease", **kept}
    assert post(editor, where, {**words, "do": "save"}).status_code == 303
    assert BODY in editor.get(where).text
    assert post(editor, where, {**words, "body": f"経験から。{FIRST}"}).status_code == 422
    looked = post(editor, where, {**words, "body": BODY + "長野県の架空水産Bのいけすの話です。"})
    assert looked.status_code == 422
    assert "だれのことか" in looked.text or "あなただとわかる" in looked.text
    assert post(editor, where, words).status_code == 303
    assert "たずねています" in editor.get(where).text
    publish(tools)
    for who in (cast.alice, cast.bob, cast.carol):
        browser = signed_in(app, who)
        [link] = re.findall(r"/articles/asked/[0-9a-f]{32}", browser.get("/articles/asked").text)
        shown = browser.get(link).text
        assert HEAD in shown
        assert "だれでも、サインインせずに読めます。" in shown
        assert post(browser, link, {}).status_code == 422
        assert post(browser, link, {"word": "yes"}).status_code == 303
        assert "同意しました" in browser.get(link).text
        assert signed_in(app, cast.dave).get(link).status_code == 404
    publish(tools)
    work(tools)
    editor = signed_in(app, cast.erin)
    volunteering = signed_in(app, cast.bob)
    assert "編集者になる" in volunteering.get("/articles/desk").text
    assert post(volunteering, "/articles/desk/join", page="/articles/desk").status_code == 303
    [second] = re.findall(r"/articles/desk/[0-9a-f]{32}", volunteering.get("/articles/desk").text)
    assert "ふたり目の編集者" in volunteering.get(second).text
    assert editor.get(second).status_code == 404
    assert post(volunteering, second, {"word": "publish"}).status_code == 303
    publish(tools)
    work(tools)
    article = where.replace("/drafts", "")
    for browser in (app.test_client(), signed_in(app, cast.dave), signed_in(app, cast.frank), volunteering):
        assert HEAD in browser.get(article).text
    assert TITLE in signed_in(app, cast.dave).get("/articles").text
    assert "編集者のまとめ" in signed_in(app, cast.dave).get(article).text


def test_the_second_editor_sends_it_back_with_words(stage: Stage, tools: Toolbox, cast: Cast, app: Flask) -> None:
    volunteer(tools, cast.bob)
    article_id = begin(stage, cast.erin)
    send(stage, cast.erin, article_id, body=BODY + "松本市の沖でのことです。")
    for author in (cast.alice, cast.bob, cast.carol):
        say(tools, author)
    browser, path = signed_in(app, cast.bob), f"/articles/desk/{version_of(tools, article_id).id}"
    assert '<mark class="found">' in browser.get(path).text
    assert post(browser, path, {"word": "back", "note": ""}).status_code == 422
    assert post(browser, path, {"word": "back", "note": "土地の名前を外してください。"}).status_code == 303
    publish(tools)
    work(tools)
    again = signed_in(app, cast.erin).get(f"/articles/drafts/{article_id}").text
    assert "土地の名前を外してください。" in again
    assert asked_of(tools, cast.alice) == []
    assert "もどってきました" in signed_in(app, cast.erin).get("/inbox").text


def test_a_draft_is_its_editors_alone_and_can_be_thrown_away(
    stage: Stage, tools: Toolbox, cast: Cast, app: Flask
) -> None:
    volunteer(tools, cast.bob)
    article_id, browser = begin(stage, cast.erin), signed_in(app, cast.erin)
    path = f"/articles/drafts/{article_id}"
    for other in (cast.bob, cast.alice):
        assert signed_in(app, other).get(path).status_code == 404
        assert post(signed_in(app, other), path, {"do": "save"}, page="/articles/new").status_code == 404
    assert "題名のない下書き" in browser.get("/articles/desk").text
    send(stage, cast.erin, article_id)
    assert post(browser, f"{path}/back", page=path).status_code == 303
    assert version_of(tools, article_id).state == "draft"
    assert post(browser, f"{path}/discard", page=path).status_code == 303
    assert browser.get(path).status_code == 404


def test_a_note_is_shown_before_it_is_sent_and_is_not_for_colleagues(tools: Toolbox, cast: Cast, app: Flask) -> None:
    browser = signed_in(app, cast.alice)
    refused = post(browser, "/articles/new", {**NOTE, "subject": "nothing", "audience": ""})
    assert refused.status_code == 422
    assert NOTE["body"] in refused.text
    looked = post(browser, "/articles/new", NOTE)
    assert "この見え方で出しますか" in looked.text
    sent = post(browser, "/articles/new", {**NOTE, "previewed": "1"})
    where = sent.headers["Location"]
    assert "まだ出ていません" in browser.get(where).text
    assert signed_in(app, cast.bob).get(where).status_code == 404
    publish(tools)
    work(tools)
    assert NOTE["body"] in signed_in(app, cast.bob).get(where).text
    assert NOTE["title"] in signed_in(app, cast.bob).get("/articles").text
    assert NOTE["body"] in signed_in(app, cast.alice).get(where).text
    for stranger in (cast.dave, cast.frank):
        assert signed_in(app, stranger).get(where).status_code == 404
        assert NOTE["title"] not in signed_in(app, stranger).get("/articles").text
    assert app.test_client().get(where).headers["Location"].startswith("/sign-in?next=")


def test_a_public_note_shows_nothing_of_its_author_and_everybody_reads_it(
    tools: Toolbox, cast: Cast, app: Flask
) -> None:
    browser = signed_in(app, cast.alice)
    sent = post(browser, "/articles/new", {**NOTE, "audience": "public", "level_area": "0", "previewed": "1"})
    publish(tools)
    for reader in (app.test_client(), signed_in(app, cast.dave), signed_in(app, cast.bob)):
        page = reader.get(sent.headers["Location"]).text
        assert NOTE["body"] in page
        assert "長野" not in page


def test_a_reader_tells_how_it_went_and_what_is_old(stage: Stage, tools: Toolbox, cast: Cast, app: Flask) -> None:
    article_id = published_article(stage, tools, cast)
    browser, path = signed_in(app, cast.dave), f"/articles/{article_id}"
    assert post(browser, f"{path}/worked", {"word": "worked"}, page=path).status_code == 303
    assert "「役に立った」と伝えてあります。" in browser.get(path).text
    post(browser, f"{path}/worked", {"word": "none"}, page=path)
    assert "伝えてあります" not in browser.get(path).text
    assert post(browser, f"{path}/outdated", {"text": " "}).status_code == 422
    assert post(browser, f"{path}/outdated", {"text": "いまは別の測り方をします。"}).status_code == 303
    desk = signed_in(app, cast.erin)
    assert "いまは別の測り方をします。" in desk.get("/articles/desk").text
    assert post(browser, f"{path}/confirm", page=path).status_code == 404  # no editor
    assert post(desk, f"{path}/confirm", page=path).status_code == 303
    assert "いまは別の測り方をします。" not in desk.get("/articles/desk").text
    assert post(desk, f"{path}/retire", page=path).status_code == 303
    gone = browser.get(path).text
    assert "古くなっていたため" in gone
    assert TITLE not in gone
    assert post(browser, f"{path}/worked", {"word": "worked"}, page="/articles/new").status_code == 404


def test_what_pages_cost(stage: Stage, tools: Toolbox, cast: Cast, app: Flask) -> None:
    article_id = published_article(stage, tools, cast)
    draft = begin(stage, cast.erin)
    browser = signed_in(app, cast.erin)
    for path in (
        "/articles/desk", "/articles/new", "/articles/asked", f"/articles/{article_id}",
        f"/articles/{article_id}/history", f"/articles/{article_id}/outdated", f"/articles/drafts/{draft}",
        f"/articles/from/{stage.thread_id}",
    ):  # fmt: skip
        with counted() as statements:
            assert browser.get(path).status_code == 200, path
        assert len(statements) <= MOST, "\n".join([path, *statements])
