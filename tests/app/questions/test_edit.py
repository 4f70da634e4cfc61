"""A text after its publication: changed until somebody builds on it, afterwards added to; always at a window."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.clock import today
from app.leaving.export import to_markdown
from app.leaving.reads import everything
from app.questions import service
from app.questions.changes import text_of
from app.questions.marks import put_mark
from app.questions.models import Pending, Post, Thread
from app.questions.reads import find_thread_text
from app.questions.taps import WORKED
from app.vectors.boxes import counts_of
from app.vectors.models import IndexedThread
from app.wiring import Toolbox
from matching.text import counts
from tests.app.leaving.stage import here
from tests.app.questions.makers import SITUATION, TITLE, answer, ask, make_question, publish, published, tap
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, post, signed_in, viewer_of
from tests.conftest import make_app

NEWER = "銀白色の個体だけ、朝の餌を食べません"
ANSWER = "夜明け前に酸素を測ってみてください。"
WORDS = {"title": NEWER, "field_situation": SITUATION}


def hidden(page: str) -> dict[str, str]:
    form = page[page.index('id="send-form"') :]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def change(client: FlaskClient, path: str, **fields: str) -> TestResponse:
    """Fill in the form of this page, look at it, and take it."""
    shown = post(client, path, {"token": "once", **fields})
    assert shown.status_code == 422, shown.status_code
    assert "この文でよろしいですか" in shown.text
    return client.post(path, data=hidden(shown.text))


def waiting(tools: Toolbox) -> int:
    with tools.database.reading() as stores:
        return len(stores.content.scalars(select(Pending.id)).all())


def post_of(tools: Toolbox, thread_id: str) -> str:
    with tools.database.reading() as stores:
        return stores.content.scalars(select(Post.id).where(Post.thread_id == thread_id)).one()


def answered(tools: Toolbox, cast: Cast) -> tuple[str, str]:
    thread_id = published(tools, cast.alice)
    answer(tools, cast.bob, thread_id)
    publish(tools)
    return thread_id, post_of(tools, thread_id)


def test_a_question_changes_at_its_window_and_says_the_day_only(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = ask(tools, cast.alice)
    work(tools, hours=5)
    alices, page = signed_in(app, cast.alice), f"/threads/{thread_id}"
    sent = change(alices, f"{page}/edit", **WORDS)
    assert sent.status_code == 303
    assert waiting(tools) == 1
    bobs = signed_in(app, cast.bob)
    assert TITLE in bobs.get(page).text
    assert "公開を待っています" in alices.get(page).text
    assert NEWER in alices.get(f"{page}/edit").text  # the next change begins with the words that wait
    work(tools, hours=5)
    read = signed_in(app, cast.bob).get(page).text
    assert NEWER in read
    assert TITLE not in read
    assert re.search(r"編集済み 2026年11月20日|編集済み 11月20日", read)
    assert not re.search(r"\d{1,2}:\d{2}", read)
    with tools.database.reading() as stores:
        found = find_thread_text(stores, tools.vault, tools.trade, thread_id)
        row = stores.content.get_one(IndexedThread, thread_id)
        assert found is not None
        assert counts_of(tools.vault, row) == dict(counts(found.text))


def test_nothing_of_the_older_words_is_kept(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    change(signed_in(app, cast.alice), f"/threads/{thread_id}/edit", **WORDS)
    publish(tools)
    with tools.database.reading() as stores:
        thread = stores.content.get_one(Thread, thread_id)
        key = tools.vault.data_key(stores, thread.key_id)
        assert TITLE not in str(text_of(thread, key))


def test_the_same_form_twice_is_one_change(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    alices, path = signed_in(app, cast.alice), f"/threads/{thread_id}/edit"
    shown = post(alices, path, {"token": "once", **WORDS})
    for _ in range(2):
        assert alices.post(path, data=hidden(shown.text)).status_code == 303
    assert waiting(tools) == 1
    change(alices, path, token="twice", title=f"{NEWER}か", field_situation=SITUATION)
    assert waiting(tools) == 1  # the newer change has taken the place of the first
    publish(tools)
    assert f"{NEWER}か" in signed_in(app, cast.bob).get(f"/threads/{thread_id}").text


def test_what_waits_for_its_window_changes_where_it_waits(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = ask(tools, cast.alice)
    change(signed_in(app, cast.alice), f"/threads/{thread_id}/edit", **WORDS)
    assert waiting(tools) == 1
    publish(tools)
    read = signed_in(app, cast.bob).get(f"/threads/{thread_id}").text
    assert NEWER in read
    assert "編集済み" not in read


def test_the_draft_check_looks_at_a_change_too(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    alices, path = signed_in(app, cast.alice), f"/threads/{thread_id}/edit"
    shown = post(alices, path, {"token": "t", "title": "架空水産Aの銀白色の個体", "field_situation": SITUATION})
    assert alices.post(path, data=hidden(shown.text)).status_code == 422  # nothing was decided about the own name
    assert waiting(tools) == 0


def test_after_an_answer_there_are_additions_only(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, _ = answered(tools, cast)
    alices, page = signed_in(app, cast.alice), f"/threads/{thread_id}"
    assert alices.get(f"{page}/edit").headers["Location"].endswith("/add")
    late = alices.post(f"{page}/edit", data={"csrf_token": token_of(alices, f"{page}/add"), **WORDS})
    assert late.status_code == 409
    assert NEWER in late.text  # nothing typed is lost
    change(alices, f"{page}/add", text="翌朝、**酸素**は5でした。")
    publish(tools)
    read = signed_in(app, cast.carol).get(page).text
    assert "追記 " in read
    assert "<strong>酸素</strong>" in read
    assert "編集済み" not in read


def token_of(client: FlaskClient, path: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


@pytest.mark.parametrize("windows", [0, 4], ids=["of the same window", "an earlier window"])
def test_an_answer_that_is_quicker_makes_of_a_change_an_addition(
    app: Flask, tools: Toolbox, cast: Cast, windows: int
) -> None:
    thread_id = published(tools, cast.alice)
    answer(tools, cast.bob, thread_id)
    if not windows:
        change(signed_in(app, cast.alice), f"/threads/{thread_id}/edit", **WORDS)
    else:
        alices, path = signed_in(app, cast.alice), f"/threads/{thread_id}/edit"
        shown = post(alices, path, {"token": "once", **WORDS})
        assert alices.post(path, data=hidden(shown.text)).status_code == 303
    publish(tools)
    read = signed_in(app, cast.carol).get(f"/threads/{thread_id}").text
    assert TITLE in read
    assert read.index("追記 ") < read.index(NEWER) < read.index(ANSWER)


def test_an_answer_changes_until_somebody_reacts(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    bobs, path = signed_in(app, cast.bob), f"/threads/{thread_id}/posts/{post_id}"
    change(bobs, f"{path}/edit", text="夜明け前と夕方に酸素を測ってください。")
    publish(tools)
    read = signed_in(app, cast.alice).get(f"/threads/{thread_id}").text
    assert "夜明け前と夕方に" in read
    assert ANSWER not in read
    assert "編集済み" in read


def accepted(tools: Toolbox, _cast: Cast, _thread_id: str, post_id: str) -> None:
    with tools.database.transaction("content") as stores:
        stores.content.get_one(Post, post_id).accepted = True


def marked(tools: Toolbox, cast: Cast, thread_id: str, post_id: str) -> None:
    tap(tools, cast.carol, thread_id, post_id, WORKED)
    bobs, edit = signed_in(make_app(tools), cast.bob), f"/threads/{thread_id}/posts/{post_id}/edit"
    assert bobs.get(edit).status_code == 200  # before its window it must not tell its author
    publish(tools)


def followed(tools: Toolbox, cast: Cast, thread_id: str, _post_id: str) -> None:
    with tools.database.transaction("content", "keys") as stores:
        service.add_followup(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.alice), thread_id=thread_id,
            text="測ってみます。", window=tools.window, today=today(tools.clock.now()),
        )  # fmt: skip
    publish(tools)


@pytest.mark.parametrize("react", [accepted, marked, followed])
def test_then_it_is_added_to(app: Flask, tools: Toolbox, cast: Cast, react: object) -> None:
    thread_id, post_id = answered(tools, cast)
    react(tools, cast, thread_id, post_id)  # type: ignore[operator]
    bobs, path = signed_in(app, cast.bob), f"/threads/{thread_id}/posts/{post_id}"
    assert bobs.get(f"{path}/edit").headers["Location"].endswith(f"{path}/add")
    change(bobs, f"{path}/add", text="水面に近いほうも測ってください。")
    publish(tools)
    read = signed_in(app, cast.alice).get(f"/threads/{thread_id}").text
    assert ANSWER in read
    assert "水面に近いほう" in read


def test_a_flag_or_another_answer_is_no_reaction(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """A flag is told to nobody before it has been looked at: the edit page must not tell its author either."""
    thread_id, post_id = answered(tools, cast)
    with tools.database.transaction("content") as stores:
        put_mark(
            stores,
            tools.vault,
            secret=cast.carol.secret,
            thread_id=thread_id,
            kind="flag",
            object=post_id,
            value={"since": 0},
        )
    answer(tools, cast.carol, thread_id, "水温も測ってください。")
    publish(tools)
    assert signed_in(app, cast.bob).get(f"/threads/{thread_id}/posts/{post_id}/edit").status_code == 200


def test_who_writes_an_answer_sees_that_the_question_changed(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    thread_id = ask_question(tools, cast.alice)
    work(tools, hours=5)
    bobs, offer = signed_in(app, cast.bob), f"/queue/{offers_of(tools, cast.bob)[0].id}"
    post(bobs, f"{offer}/claim", page=offer)
    assert "質問が直されました" not in bobs.get(offer).text
    change(signed_in(app, cast.alice), f"/threads/{thread_id}/edit", title=NEWER, field_situation=SITUATION)
    work(tools, hours=5)
    read = signed_in(app, cast.bob).get(offer).text
    assert "質問が直されました" in read
    assert NEWER in read


@pytest.mark.parametrize("what", ["edit", "add"])
def test_nobody_else_changes_it(app: Flask, tools: Toolbox, cast: Cast, what: str) -> None:
    thread_id, post_id = answered(tools, cast)
    for name in ("bob", "carol", "dave", "erin"):
        client = signed_in(app, cast[name])
        token = token_of(client, "/ask")
        mine = [f"/threads/{thread_id}/{what}"]
        mine += [f"/threads/{thread_id}/posts/{post_id}/{what}"] if name != "bob" else []
        for path in [*mine, f"/threads/{thread_id}/posts/{thread_id}/{what}"]:
            assert client.get(path).status_code == 404, (name, path)
            fields = {"csrf_token": token, "text": "別の言葉", "title": NEWER, "seen": "x"}
            assert client.post(path, data=fields).status_code == 404, (name, path)
    assert waiting(tools) == 0


def test_the_company_and_the_own_file_hold_the_new_words(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice, make_question(company_may=True))
    alices = signed_in(app, cast.alice)
    change(alices, f"/threads/{thread_id}/edit", **WORDS)
    publish(tools, windows=60)
    read = signed_in(app, cast.frank).get(f"/company/{thread_id}").text
    assert NEWER in read
    assert "編集済み" in read
    with tools.database.reading() as stores:
        data = everything(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.alice), today=today(tools.clock.now()),
            place=here(tools),
        ).data  # fmt: skip
    assert data["questions"][0]["title"] == NEWER
    assert data["questions"][0]["edited"]
    assert TITLE not in str(data)


def test_additions_go_along_in_the_own_file(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, _ = answered(tools, cast)
    change(signed_in(app, cast.alice), f"/threads/{thread_id}/add", text="翌朝、酸素は5でした。")
    publish(tools)
    with tools.database.reading() as stores:
        data = everything(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.alice), today=today(tools.clock.now()),
            place=here(tools),
        ).data  # fmt: skip
    assert data["questions"][0]["additions"] == [{"date": "2026-11-20", "text": "翌朝、酸素は5でした。"}]
    assert "翌朝、酸素は5でした。" in to_markdown(data)
