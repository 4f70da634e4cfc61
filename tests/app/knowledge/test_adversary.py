"""What an editor, a colleague and an author could learn or lose where articles are made from others' words."""

import pytest
from flask import Flask

from app.clock import today
from app.knowledge import drafts, reviewing
from app.knowledge.rules import Copied
from app.knowledge.versions import about_of
from app.wiring import Toolbox
from privacy.scopes import Audience
from tests.app.knowledge.shelf import put_note
from tests.app.knowledge.stage import (
    BODY,
    FIRST,
    SECOND,
    Stage,
    asked_of,
    begin,
    make_thread,
    out,
    row_of,
    send,
    version_of,
    volunteer,
)
from tests.cast import Cast, Person, signed_in, viewer_of


@pytest.fixture
def stage(tools: Toolbox, cast: Cast) -> Stage:
    volunteer(tools, cast.carol)
    volunteer(tools, cast.dave)
    return make_thread(tools, cast.alice, cast.bob)


def reopen(tools: Toolbox, person: Person, article_id: str) -> None:
    with tools.database.transaction("content") as stores:
        drafts.reopen(
            stores, tools.vault, viewer=viewer_of(tools, person), article_id=article_id, today=today(tools.clock.now())
        )  # fmt: skip


def shown(tools: Toolbox, person: Person, article_id: str) -> list[str]:
    with tools.database.reading() as stores:
        draft = drafts.get_draft(stores, tools.vault, viewer=viewer_of(tools, person), article_id=article_id)
        return [words for _one, words in drafts.sources_shown(stores, tools.vault, draft)]


def test_who_takes_up_an_article_sees_no_answer_of_a_thread_closed_to_them(
    stage: Stage, tools: Toolbox, cast: Cast
) -> None:
    """Dave is a colleague of who asked: he edits, and must not read the thread by way of the article."""
    article_id = out(stage, cast.erin, cast.carol, (cast.alice, cast.bob))
    reopen(tools, cast.dave, article_id)
    assert shown(tools, cast.dave, article_id) == []
    with tools.database.transaction("content", "keys") as stores:
        drafts.discard(stores, tools.vault, viewer=viewer_of(tools, cast.dave), article_id=article_id)
    reopen(tools, cast.carol, article_id)  # who could read it sees as little: nothing tells for whom it is closed
    assert shown(tools, cast.carol, article_id) == []
    with tools.database.transaction("content", "keys") as stores:
        drafts.discard(stores, tools.vault, viewer=viewer_of(tools, cast.carol), article_id=article_id)
    reopen(tools, cast.erin, article_id)
    assert shown(tools, cast.erin, article_id) == [FIRST]


def test_an_author_of_what_is_out_is_asked_about_the_next_version_whatever_its_editor_ticks(
    stage: Stage, tools: Toolbox, cast: Cast
) -> None:
    article_id = out(stage, cast.erin, cast.carol, (cast.alice, cast.bob))
    reopen(tools, cast.carol, article_id)
    send(stage, cast.carol, article_id, kept=(), change="季節を足しました。")
    newest = version_of(tools, article_id)
    assert [one.post for one in about_of(tools.vault, newest).sources] == list(stage.posts)
    assert newest.id in {card.asked.about for card in asked_of(tools, cast.bob)}


def test_authors_see_and_nothing_copies_into_the_sentence_about_the_change(
    stage: Stage, tools: Toolbox, cast: Cast
) -> None:
    article_id = out(stage, cast.erin, cast.carol, (cast.alice, cast.bob))
    reopen(tools, cast.erin, article_id)
    with pytest.raises(Copied):
        send(stage, cast.erin, article_id, change=FIRST)
    send(stage, cast.erin, article_id, change="冬の朝のことを足しました。")
    card = next(one for one in asked_of(tools, cast.bob) if one.is_open)
    assert card.change == "冬の朝のことを足しました。"


def test_an_answer_that_nobody_is_asked_about_is_not_copied_either(tools: Toolbox, cast: Cast) -> None:
    volunteer(tools, cast.erin)
    stage = make_thread(tools, cast.alice, cast.bob, cast.carol)
    article_id = begin(stage, cast.erin, stage.posts[:1])
    with pytest.raises(Copied):
        send(stage, cast.erin, article_id, kept=stage.posts[:1], body=f"{BODY}{SECOND}")


def test_a_colleagues_doubt_is_not_on_an_editors_desk(stage: Stage, tools: Toolbox, cast: Cast) -> None:
    article_id = out(stage, cast.erin, cast.carol, (cast.alice, cast.bob))
    with tools.database.transaction("content") as stores:
        reviewing.flag(
            stores, tools.vault, viewer=viewer_of(tools, cast.alice), article=row_of(tools, article_id),
            sentence="水温の目安が古いです。",
        )  # fmt: skip
    with tools.database.reading() as stores:
        day = today(tools.clock.now())
        for person, sees in ((cast.dave, 0), (cast.carol, 1)):
            circles = viewer_of(tools, person).own_circles
            assert len(reviewing.to_review(stores, tools.vault, today=day, circles=circles)) == sees


def test_the_page_of_a_public_note_has_as_much_for_a_colleague(app: Flask, tools: Toolbox, cast: Cast) -> None:
    note = put_note(tools, cast.alice, "網を洗う日", audience=Audience.PUBLIC)
    for who in (cast.dave, cast.carol):
        page = signed_in(app, who).get(f"/articles/{note}").text
        assert page.count("/flag") == 1
        assert page.count("網を洗う日") >= 1
