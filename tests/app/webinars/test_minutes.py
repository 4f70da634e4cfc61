"""A coordinator or member who looks again and again: in which minute did somebody say yes or no to lecturing, or give a
name, or step down?"""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.db import Stores
from app.knowledge import drafts, reviewing
from app.knowledge.models import Article, ArticleVersion
from app.knowledge.versions import about_of, text_of
from app.sealing import Vault
from app.wiring import Toolbox
from tests.app.knowledge.stage import volunteer
from tests.app.queues.stage import work
from tests.app.webinars import stage
from tests.cast import Cast, post, signed_in

CHANGING = re.compile(r'value="[^"]*"')


def seen(app: Flask, tools: Toolbox, cast: Cast, talk_id: str) -> list[str]:
    """Every page on which others could notice something."""
    work(tools)  # what is due by now is done
    looked = [(cast.erin, f"/sessions/{talk_id}/invite"), (cast.erin, "/sessions/desk"), (cast.erin, "/sessions")]
    looked += [(cast.carol, f"/sessions/{talk_id}"), (cast.carol, "/sessions"), (cast.heidi, "/sessions/open")]
    found = [signed_in(app, who).get(page).text for who, page in looked]
    return [CHANGING.sub("", one[one.index("<main") : one.index("</main>")]) for one in found]


@pytest.mark.parametrize("word", ["yes", "no"])
def test_nobody_sees_in_which_minute_an_invitation_was_answered(
    app: Flask, tools: Toolbox, cast: Cast, word: str
) -> None:
    thread_id, posts = stage.answered_thread(tools, cast, cast.bob)
    talk_id = stage.plan(tools)
    stage.invite(tools, cast, talk_id, thread_id, posts[0])
    work(tools, hours=25)
    before = seen(app, tools, cast, talk_id)
    page = f"/sessions/{talk_id}/invitation"
    bob = signed_in(app, cast.bob)
    assert post(bob, page, {"word": word, "as": "handle"}).status_code == 303
    assert seen(app, tools, cast, talk_id) == before
    if word == "yes":
        assert "次の公開の時刻から見えます" in signed_in(app, cast.bob).get(f"/sessions/{talk_id}/lecturer").text
    refused = post(signed_in(app, cast.erin), f"/sessions/{talk_id}/announce", page=f"/sessions/{talk_id}/invite")
    assert refused.status_code == 409
    work(tools, hours=25)
    assert seen(app, tools, cast, talk_id) != before
    invited = signed_in(app, cast.erin).get(f"/sessions/{talk_id}/invite").text
    assert ("案内を出す" in invited) == (word == "yes")


def test_nobody_sees_in_which_minute_a_lecturer_gave_a_name_or_stepped_down(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    talk_id = stage.announced(tools, cast)
    page = f"/sessions/{talk_id}/lecturer"
    before = seen(app, tools, cast, talk_id)
    named = {"as": "name", "name": "沖田はる", "fee": "1", "sure": "1"}
    assert post(signed_in(app, cast.bob), page, named).status_code == 303
    assert seen(app, tools, cast, talk_id) == before
    assert "沖田はる" in signed_in(app, cast.bob).get(page).text
    work(tools, hours=25)
    before = seen(app, tools, cast, talk_id)
    assert "沖田はる" in "".join(before)
    assert post(signed_in(app, cast.bob), f"{page}/leave", page=page).status_code == 303
    assert signed_in(app, cast.bob).get(page).status_code == 404
    assert seen(app, tools, cast, talk_id) == before
    work(tools, hours=25)
    assert "講師がいません" in "".join(seen(app, tools, cast, talk_id))


def test_on_the_day_of_the_session_it_shows_at_once(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """Whoever signed up would come for nothing."""
    talk_id = stage.announced(tools, cast)
    stage.move_to(tools, talk_id, -60)
    bob, page = signed_in(app, cast.bob), f"/sessions/{talk_id}/lecturer"
    assert post(bob, f"{page}/leave", page=page).status_code == 303
    assert "世話役が調整しています" in signed_in(app, cast.carol).get(f"/sessions/{talk_id}").text


def test_who_thinks_it_over_before_anybody_knows_was_never_there(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, posts = stage.answered_thread(tools, cast, cast.bob)
    talk_id = stage.plan(tools)
    stage.invite(tools, cast, talk_id, thread_id, posts[0])
    bob, page = signed_in(app, cast.bob), f"/sessions/{talk_id}"
    assert post(bob, f"{page}/invitation", {"word": "yes", "as": "handle"}).status_code == 303
    assert post(bob, f"{page}/lecturer/leave", page=f"{page}/lecturer").status_code == 303
    work(tools, hours=25)
    assert "講師がいません" in signed_in(app, cast.erin).get("/sessions/desk").text


def looks(app: Flask, tools: Toolbox, cast: Cast, talk_id: str) -> list[str]:
    """The pages of other editors, of who spoke, and of the company, after a session."""
    looked = [(cast.dave, "/articles/desk"), (cast.dave, f"/sessions/{talk_id}"), (cast.dave, "/articles")]
    looked += [(cast.dave, "/help-out"), (cast.bob, "/articles/asked"), (cast.bob, f"/sessions/{talk_id}")]
    looked += [(cast.bob, "/inbox"), (cast.heidi, "/sessions/open"), (cast.heidi, "/articles")]
    work(tools)
    found = [signed_in(app, who).get(page).text for who, page in looked]
    return [CHANGING.sub("", one[one.index("<main") : one.index("</main>")]) for one in found]


def begin_article(app: Flask, tools: Toolbox, cast: Cast) -> tuple[list[str], list[str]]:
    """What others saw before and after an editor began an article from a session."""
    volunteer(tools, cast.dave)
    talk_id = stage.announced(tools, cast)
    stage.move_to(tools, talk_id, 5)
    stage.say(tools, cast.bob, talk_id, "夜明け前に測ります。")
    stage.come_out(tools)
    stage.move_to(tools, talk_id, 61)
    stage.keep(tools)
    before, page = looks(app, tools, cast, talk_id), f"/sessions/{talk_id}"
    begun = post(signed_in(app, cast.erin), f"{page}/article", page=page)
    assert begun.status_code == 303
    for other in (cast.dave, cast.bob, cast.heidi):
        assert signed_in(app, other).get(begun.location).status_code in (403, 404)
    return before, looks(app, tools, cast, talk_id)


def test_nobody_sees_that_an_article_was_begun_from_a_session(app: Flask, tools: Toolbox, cast: Cast) -> None:
    before, after = begin_article(app, tools, cast)
    assert after == before


def test_it_shows_where_drafts_of_all_stand_on_the_desk(
    app: Flask, tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def all_drafts(stores: Stores, vault: Vault, *, viewer: Viewer) -> list[drafts.Draft]:
        rows = stores.content.execute(select(ArticleVersion, Article).join(Article)).all()
        keys = vault.data_keys(stores, [article.key_id for _, article in rows])
        return [
            drafts.Draft(article, one, about_of(vault, one), text_of(keys[article.key_id], one), keys[article.key_id])
            for one, article in rows
        ]

    monkeypatch.setattr(reviewing, "own_drafts", all_drafts)
    before, after = begin_article(app, tools, cast)
    assert after != before
