"""Public articles without an account: what a visitor reads, what a search engine may keep, and nothing of where it is from."""

import re

import pytest
from flask import Flask

from app.knowledge.models import Article
from app.knowledge.publishing import retire
from app.knowledge.versions import Source
from app.wiring import Toolbox
from privacy.scopes import Audience
from tests.app.knowledge.shelf import put_article, put_note
from tests.app.questions.makers import FORM, published
from tests.cast import Cast, signed_in

TITLE = "<赤潮>の朝に餌を止める順番"
TRACES = (r"/threads/", r"回答者", r"質問者", r"owner_tag")


def test_a_visitor_reads_a_public_article_and_nothing_of_its_threads(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread = published(tools, cast.alice)
    source = Source(thread, "a" * 32, "b" * 32)
    article = put_article(tools, TITLE, "**餌**を止めます。\n\n- 網を深く", audience=Audience.PUBLIC, sources=(source,))
    page = app.test_client().get(f"/articles/{article}")
    assert page.status_code == 200
    assert "<title>&lt;赤潮&gt;の朝に餌を止める順番｜" in page.text
    assert '<meta name="description" content="餌を止めます。 網を深く">' in page.text
    assert '<meta name="robots" content="index, follow">' in page.text
    assert "<strong>餌</strong>" in page.text
    for trace in (thread, source.post, source.tag, FORM["title"], *TRACES):
        assert not re.search(trace, page.text), trace
    listed = app.test_client().get("/articles")
    assert article in listed.text
    assert '<meta name="robots" content="index, follow">' in listed.text
    assert '"noindex, follow"' in app.test_client().get("/articles?q=赤潮").text
    assert article in app.test_client().get("/articles?q=赤潮").text
    robots = app.test_client().get("/robots.txt").text.splitlines()
    assert robots.index("Allow: /articles/") < robots.index("Disallow: /")


@pytest.mark.parametrize("audience", [Audience.DOMAIN, Audience.ALL])
def test_what_is_for_members_is_not_there_for_visitors(
    app: Flask, tools: Toolbox, cast: Cast, audience: Audience
) -> None:
    article, note = put_article(tools, TITLE, audience=audience), put_note(tools, cast.alice, "網替えのこつ")
    visitor, waiting = app.test_client(), signed_in(app, cast.grace)
    for client, status in ((visitor, 303), (waiting, 404)):
        for one in (article, note, "0" * 32):
            assert client.get(f"/articles/{one}").status_code == status, "to the sign-in, whatever it is"
        for one in (article, note):
            for path in ("/articles", "/articles?q=赤潮 網替え", "/articles?order=worth"):
                assert one not in client.get(path).text
    assert "だれでも読める記事は、まだありません" in visitor.get("/articles").text


def test_a_public_article_taken_down_says_so_and_is_kept_by_nobody(app: Flask, tools: Toolbox, cast: Cast) -> None:
    article = put_article(tools, TITLE, audience=Audience.PUBLIC)
    with tools.database.transaction("keys", "content") as stores:
        retire(stores, tools.vault, stores.content.get_one(Article, article), reason="outdated")
    page = app.test_client().get(f"/articles/{article}")
    assert page.status_code == 410
    assert "取り下げられました" in page.text
    assert '"noindex, follow"' in page.text
    assert "赤潮" not in page.text


def test_everything_else_stays_out_of_search_engines(app: Flask, tools: Toolbox, cast: Cast) -> None:
    article = put_article(tools, TITLE, audience=Audience.PUBLIC)
    bob = signed_in(app, cast.bob)
    for path in ("/articles", f"/articles/{article}", "/articles/picks", "/articles/asked-often"):
        assert '"noindex, nofollow"' in bob.get(path).text
