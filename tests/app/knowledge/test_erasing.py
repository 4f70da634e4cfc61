"""An author's words go out of everything that was made from them."""

import pytest

import app.features  # noqa: F401  (what words are taken out of)
from app.community import ballots, consents
from app.db import Stores
from app.errors import NotThere
from app.keystore import DataKey
from app.knowledge import drafts, reads
from app.knowledge.erasing import has_lost
from app.knowledge.models import Article
from app.knowledge.rules import EDITING
from app.knowledge.versions import text_of
from app.knowledge.worker import keep_round
from app.questions.erasing import withdraw_part
from app.questions.models import Post
from app.questions.taking_out import take_words_out
from app.redacting.service import redactor
from app.wiring import Toolbox
from privacy.pseudonyms import peer_tag
from tests.app.knowledge.stage import (
    Stage,
    approve,
    begin,
    make_thread,
    out,
    row_of,
    say,
    send,
    version_of,
    volunteer,
    work,
)
from tests.cast import Cast, viewer_of

WORD = "水車"
BODY = "冷え込む朝は水車を早めに回します。明るくなる前に一度、酸素を測ります。"


@pytest.fixture
def stage(tools: Toolbox, cast: Cast) -> Stage:
    volunteer(tools, cast.carol)
    return make_thread(tools, cast.alice, cast.bob, texts=("うちでは水車を早めに回しています。",))


def take_out(tools: Toolbox, cast: Cast, stage: Stage) -> None:
    with tools.database.transaction("content", "keys") as stores:
        known = redactor(stores, tools.vault, tools.names)
        take_words_out(
            stores, tools.vault, tools.trade, known, viewer=viewer_of(tools, cast.bob), thread_id=stage.thread_id,
            words=[WORD], window=tools.window,
        )  # fmt: skip


def withdraw(tools: Toolbox, cast: Cast, stage: Stage) -> None:
    """Bob's words leave the thread."""
    with tools.database.transaction("content", "keys") as stores:
        row = stores.content.get_one(Post, stage.posts[0])
        tag = str(peer_tag(cast.bob.secret, stage.thread_id))
        withdraw_part(stores, tools.vault, thread_id=stage.thread_id, tag=tag, key_id=row.key_id)


def words_in(tools: Toolbox, stores: Stores, article_id: str) -> str:
    article = stores.content.get_one(Article, article_id)
    found = [one.body for one in reads.cards_of(stores, tools.vault, tools.trade, [article], viewer=None)]
    version = version_of(tools, article_id)
    return "".join([*found, text_of(tools.vault.data_key(stores, article.key_id), version)["body"]])


@pytest.mark.parametrize("is_out", [False, True])
def test_words_taken_out_of_a_thread_go_from_what_was_made_of_it(
    stage: Stage, tools: Toolbox, cast: Cast, *, is_out: bool
) -> None:
    if is_out:
        article_id = out(stage, cast.erin, cast.carol, (cast.alice, cast.bob), body=BODY, audience="public")
    else:
        article_id = begin(stage, cast.erin)
        send(stage, cast.erin, article_id, body=BODY)
    with tools.database.reading() as stores:
        assert WORD in words_in(tools, stores, article_id)
    old = row_of(tools, article_id).key_id
    take_out(tools, cast, stage)
    work(tools)
    with tools.database.reading() as stores:
        left = words_in(tools, stores, article_id)
        assert WORD not in left
        assert "酸素を測ります" in left
        assert stores.keys.get(DataKey, old) is None  # no older copy of the file opens


@pytest.mark.parametrize("state", ["draft", "consenting", "second", "published"])
def test_an_answer_that_is_gone_takes_its_text_along(stage: Stage, tools: Toolbox, cast: Cast, state: str) -> None:
    article_id = begin(stage, cast.erin)
    if state != "draft":
        send(stage, cast.erin, article_id, body=BODY)
    if state in ("second", "published"):
        for author in (cast.alice, cast.bob):
            say(tools, author)
    if state == "published":
        approve(tools, cast.carol, article_id)
    assert version_of(tools, article_id).state == state
    withdraw(tools, cast, stage)
    keep_round(tools)
    with tools.database.reading() as stores:
        assert not has_lost(stores, tools.vault)
        if state == "published":
            card = reads.get_article(
                stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.dave), article_id=article_id
            )
            assert (card.state, card.body) == ("retired", "")
        else:
            draft = drafts.get_draft(stores, tools.vault, viewer=viewer_of(tools, cast.erin), article_id=article_id)
            assert (draft.text["body"], draft.about.sources) == ("", ())
            assert draft.about.wishes[0].word == "gone"


@pytest.mark.parametrize("keep", [False, True])
def test_who_leaves_takes_their_yes_along_or_leaves_it(stage: Stage, tools: Toolbox, cast: Cast, *, keep: bool) -> None:
    article_id = out(stage, cast.erin, cast.carol, (cast.alice, cast.bob))
    with tools.database.transaction("content") as stores:
        tag = str(peer_tag(cast.bob.secret, stage.thread_id))
        consents.withdraw(stores, tools.vault, label=tag, window=tools.window, keep=keep)
    work(tools)
    assert row_of(tools, article_id).state == ("published" if keep else "retired")


def test_drafts_of_an_editor_who_is_gone_go(stage: Stage, tools: Toolbox, cast: Cast) -> None:
    article_id = begin(stage, cast.erin)
    send(stage, cast.erin, article_id)
    key_id = row_of(tools, article_id).key_id
    keep_round(tools)
    assert version_of(tools, article_id).state == "consenting"
    with tools.database.transaction("content") as stores:
        ballots.retract(stores, tools.vault, viewer=viewer_of(tools, cast.erin), purpose=EDITING, object=article_id)
    keep_round(tools)
    with tools.database.reading() as stores:
        assert stores.content.get(Article, article_id) is None
        assert stores.keys.get(DataKey, key_id) is None
        with pytest.raises(NotThere):
            drafts.get_draft(stores, tools.vault, viewer=viewer_of(tools, cast.erin), article_id=article_id)
