"""An idea from one's own question that nobody could answer: one tap, a filled form, and the wish is seen as taken."""

from flask import Flask
from flask.testing import FlaskClient

from app.escalation import service as escalation
from app.escalation.models import Wish
from app.ideas.service import POSTED, own_ideas
from app.leaving.service import things_of
from app.wiring import Toolbox
from privacy.pseudonyms import locker_label
from tests.app.ideas.makers import day_of, listed, post_idea, work
from tests.app.questions.makers import SITUATION, TITLE, publish, published
from tests.app.queues.stage import live_through
from tests.cast import Cast, post, signed_in, viewer_of


def became(tools: Toolbox, thread_id: str) -> str:
    with tools.database.reading() as stores:
        found: str = escalation.wish_of(tools.vault, stores.content.get_one(Wish, thread_id))["became"]
    return found


def test_one_tap_leads_to_a_filled_form(app: Flask, cast: Cast, tools: Toolbox) -> None:
    thread = published(tools, cast.alice)
    live_through(tools)
    with tools.database.transaction("content") as stores:
        escalation.wish(
            stores, tools.vault, viewer=viewer_of(tools, cast.alice), thread_id=thread, kind="idea", today=day_of(tools),
            window=tools.window,
        )  # fmt: skip
    path = f"/ideas/new?thread={thread}"
    browser: FlaskClient = signed_in(app, cast.alice)
    assert f'href="{path}"' in browser.get(f"/threads/{thread}").text
    form = browser.get(path).text
    assert TITLE in form
    assert SITUATION in form
    assert "同じ人が書いたとわかります" in form
    for name in ("bob", "dave", "erin", "frank"):
        assert signed_in(app, cast[name]).get(path).status_code == 404
    sent = {"title": TITLE, "aim": "早く気づける印がほしいです。", "thread": thread, "token": "w"}
    assert post(browser, "/ideas/new", sent).status_code == 303
    assert became(tools, thread) == "taken"
    work(tools)
    assert [one.title for one in listed(tools, cast.bob).new] == [TITLE]
    assert f'href="{path}"' not in signed_in(app, cast.alice).get(f"/threads/{thread}").text


def test_who_leaves_takes_the_list_of_their_ideas_along(cast: Cast, tools: Toolbox) -> None:
    idea = post_idea(tools, cast.alice)
    publish(tools)
    with tools.database.reading() as stores:
        viewer = viewer_of(tools, cast.alice)
        assert [one for one, _day in own_ideas(stores, viewer)] == [idea]
        things = things_of(stores, tools.vault, tools.trade, viewer=viewer, texts="withdraw")
    assert str(locker_label(cast.alice.secret, POSTED)) in [one.payload().get("label") for one in things]
