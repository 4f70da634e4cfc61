"""Who looks again and again: in which minute did a second editor let a text out, or hand it back?"""

import re

import pytest
from flask import Flask

from app.knowledge import publishing
from app.knowledge.models import ArticleVersion
from app.knowledge.publishing import Waiting
from app.wiring import Toolbox
from tests.app.knowledge.stage import Stage, begin, make_thread, say, send, version_of, volunteer, work
from tests.app.questions.makers import publish
from tests.cast import Cast, post, signed_in

NOTE = "土地の名前を外してください。"
CHANGING = re.compile(r'value="[0-9a-zA-Z_.-]{20,}"')


@pytest.fixture
def article_id(tools: Toolbox, cast: Cast) -> str:
    """Erin's text, which waits for a second editor: carol, or her colleague dave."""
    volunteer(tools, cast.carol)
    volunteer(tools, cast.dave)
    stage: Stage = make_thread(tools, cast.alice, cast.bob)
    found = begin(stage, cast.erin)
    send(stage, cast.erin, found)
    for author in (cast.alice, cast.bob):
        say(tools, author)
    return found


def seen(app: Flask, tools: Toolbox, cast: Cast, article_id: str) -> list[str]:
    """The pages of the first editor, of the other who could be the second, and of an author."""
    work(tools)
    looked = [(cast.erin, f"/articles/drafts/{article_id}"), (cast.erin, "/articles/desk"), (cast.erin, "/inbox")]
    looked += [(cast.dave, "/articles/desk"), (cast.dave, f"/articles/desk/{version_of(tools, article_id).id}")]
    looked += [(cast.bob, "/articles/asked"), (cast.bob, "/articles")]
    found = [signed_in(app, who).get(page) for who, page in looked]
    pages = [one.text if one.status_code == 200 else f"<main{one.status_code}</main>" for one in found]
    return [CHANGING.sub("", one[one.index("<main") : one.index("</main>")]) for one in pages]


def decide(app: Flask, tools: Toolbox, cast: Cast, article_id: str, word: str) -> None:
    page = f"/articles/desk/{version_of(tools, article_id).id}"
    carol = signed_in(app, cast.carol)
    assert post(carol, page, {"word": word, "note": NOTE if word == "back" else "", "plain": "0"}).status_code == 303
    assert carol.get(page).status_code == 404, "it waits for her no more"
    assert page not in carol.get("/articles/desk").text


@pytest.mark.parametrize("word", ["publish", "back"])
def test_nobody_sees_in_which_minute_a_second_editor_decided(
    app: Flask, tools: Toolbox, cast: Cast, article_id: str, word: str
) -> None:
    before = seen(app, tools, cast, article_id)
    decide(app, tools, cast, article_id, word)
    assert seen(app, tools, cast, article_id) == before
    publish(tools)
    after = seen(app, tools, cast, article_id)
    assert version_of(tools, article_id).state == ("published" if word == "publish" else "draft")
    assert (NOTE in after[0]) == (word == "back")
    assert "404" in after[4]


@pytest.mark.parametrize("order", [("publish", "back"), ("back", "publish")])
def test_where_two_decide_unknown_to_each_other_it_goes_back(
    app: Flask, tools: Toolbox, cast: Cast, article_id: str, order: tuple[str, str]
) -> None:
    page = f"/articles/desk/{version_of(tools, article_id).id}"
    for who, word in zip((cast.carol, cast.dave), order, strict=True):
        fields = {"word": word, "note": NOTE if word == "back" else "", "plain": "0"}
        assert post(signed_in(app, who), page, fields).status_code == 303
    publish(tools)
    work(tools)
    assert version_of(tools, article_id).state == "draft"
    assert NOTE in signed_in(app, cast.erin).get(f"/articles/drafts/{article_id}").text


def test_a_text_called_back_and_sent_anew_does_not_hear_of_the_one_before(
    app: Flask, tools: Toolbox, cast: Cast, article_id: str
) -> None:
    decide(app, tools, cast, article_id, "back")
    post(signed_in(app, cast.erin), f"/articles/drafts/{article_id}/back", page=f"/articles/drafts/{article_id}")
    publish(tools)
    work(tools)
    assert NOTE not in signed_in(app, cast.erin).get(f"/articles/drafts/{article_id}").text


def test_it_tells_where_what_was_decided_leaves_the_list_at_once(
    app: Flask, tools: Toolbox, cast: Cast, article_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant: the others' list is of what nobody decided."""
    listed = publishing.waiting_for_second

    def undecided(*given: object, **named: object) -> list[Waiting]:
        waiting: list[ArticleVersion] = [one.version for one in listed(*given, **named)]  # type: ignore[arg-type]
        return [Waiting(one, "") for one in waiting if one.state == "second"]

    before = seen(app, tools, cast, article_id)
    monkeypatch.setattr(publishing, "waiting_for_second", undecided)
    decide(app, tools, cast, article_id, "publish")
    assert seen(app, tools, cast, article_id) != before
