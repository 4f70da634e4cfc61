"""What matching remembers of articles goes with their words, changes with them, and is embedded again with the threads."""

from flask import Flask
from sqlalchemy import select

from app.clock import today
from app.community.changing import change, withdraw
from app.community.models import Writing
from app.db import store_path
from app.jobs import queue
from app.knowledge import erasing, finding
from app.knowledge.models import Article
from app.knowledge.publishing import retire
from app.knowledge.versions import CHANGED, Source
from app.questions.models import Post
from app.queues.worker import Desk
from app.reindexing.service import Reindexer, standing
from app.sealing import seal_text
from app.vectors.models import IndexedThread, VectorBeside
from app.wiring import Toolbox
from matching.encoder import HashEncoder
from tests.app.knowledge.shelf import put_article, put_note, remember, settle
from tests.app.knowledge.test_finding import found
from tests.app.questions.makers import answer, index, published
from tests.cast import Cast, signed_in, viewer_of


def boxes(tools: Toolbox, article_id: str) -> list[bytes]:
    """What is sealed of an article beside its text."""
    with tools.database.reading() as stores:
        row = stores.content.get(IndexedThread, article_id)
        return [] if row is None else [one for one in (row.sealed_vector, row.sealed_counts) if one]


def on_disk(tools: Toolbox, pieces: list[bytes]) -> list[bool]:
    """Whether the middle of each still stands in the content file."""
    tools.database.checkpoint()
    raw = store_path(tools.database.folder, "content").read_bytes()
    return [piece[40:120] in raw for piece in pieces]


def test_an_article_taken_down_leaves_no_byte_of_its_vector(app: Flask, tools: Toolbox, cast: Cast) -> None:
    kept, gone = put_article(tools, "白点の朝"), put_article(tools, "白点の晩")
    bob = signed_in(app, cast.bob)
    assert set(found(bob, "白点")) == {kept, gone}
    stays, pieces = boxes(tools, kept), boxes(tools, gone)
    assert len(pieces) == 2
    assert on_disk(tools, [*pieces, *stays]) == [True] * 4
    with tools.database.transaction("keys", "content") as stores:
        retire(stores, tools.vault, stores.content.get_one(Article, gone), reason="")
    assert found(bob, "白点") == [kept]
    assert gone not in set(tools.memory.domain(finding.SHELF).ids)
    assert on_disk(tools, [*pieces, *stays]) == [False, False, True, True]


def test_a_note_is_found_by_its_words_of_now(app: Flask, tools: Toolbox, cast: Cast) -> None:
    place = put_note(tools, cast.alice, "白点の朝", "水槽を替えます。")
    bob, old = signed_in(app, cast.bob), boxes(tools, place)
    assert found(bob, "白点") == [place]
    change_note(tools, cast, place, {"title": "赤潮の朝", "body": "沖へ曳きます。"})
    bob = signed_in(app, cast.bob)
    assert found(bob, "赤潮") == [place]
    assert "<mark>" not in bob.get("/articles?q=水槽").text
    assert on_disk(tools, old) == [False, False]
    old = boxes(tools, place)
    with tools.database.transaction("keys", "content") as stores:
        withdraw(
            stores, tools.vault, viewer=viewer_of(tools, cast.alice), writing_id=note_of(tools, place), window=tools.window
        )  # fmt: skip
    assert found(bob, "赤潮") == []
    assert boxes(tools, place) == []
    assert on_disk(tools, old) == [False, False]


def note_of(tools: Toolbox, place: str) -> str:
    with tools.database.reading() as stores:
        return stores.content.scalars(select(Writing.id).where(Writing.place == place)).one()


def change_note(tools: Toolbox, cast: Cast, place: str, texts: dict[str, str]) -> None:
    with tools.database.transaction("keys", "content") as stores:
        change(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.alice), writing_id=note_of(tools, place),
            texts=texts, window=tools.window, today=today(tools.clock.now()),
        )  # fmt: skip
    settle(tools, hours=6)


def test_a_new_version_is_found_by_its_words(app: Flask, tools: Toolbox, cast: Cast) -> None:
    article_id = put_article(tools, "白点の朝", "水槽を替えます。")
    put_article(tools, "網を洗う")
    with tools.database.transaction("keys", "content") as stores:
        row = stores.content.get_one(Article, article_id)
        key = tools.vault.data_key(stores, row.key_id)
        row.sealed_text = seal_text(key, {"title": "赤潮の朝", "body": "沖へ曳きます。"}, table="articles", row=row.id)
        queue.put(stores, tools.vault, CHANGED, {"article": article_id}, due=tools.window)
    settle(tools)
    bob = signed_in(app, cast.bob)
    assert found(bob, "赤潮")[0] == article_id
    assert "<mark>" not in bob.get("/articles?q=水槽").text


def test_words_taken_out_are_out_of_the_index_at_once(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread = published(tools, cast.alice)
    answer(tools, cast.carol, thread)
    settle(tools, hours=6)
    with tools.database.reading() as stores:
        post = stores.content.scalars(select(Post)).one()
    source = Source(thread, post.id, post.author_tag)
    article_id = put_article(tools, "白点の朝", "大島の沖で水槽を替えます。", sources=(source,))
    old = boxes(tools, article_id)
    with tools.database.transaction("keys", "content") as stores:
        erasing.take_out(
            stores, tools.vault, thread_id=thread, change=lambda one: one.replace("大島", "（削除）"), window=tools.window
        )  # fmt: skip
    assert boxes(tools, article_id) == []
    assert on_disk(tools, old) == [False, False]
    settle(tools)
    assert found(signed_in(app, cast.bob), "白点") == [article_id]
    assert "大島" not in signed_in(app, cast.bob).get("/articles?q=白点").text


def test_articles_are_embedded_again_with_the_threads_and_teach_no_router(tools: Toolbox, cast: Cast) -> None:
    thread, article_id = published(tools, cast.alice), put_article(tools, "白点の朝")
    index(tools, thread)
    new = HashEncoder(96)
    worker = Reindexer(tools.database, tools.vault, tools.trade, new, pause=lambda _: None)
    assert worker.run(begin=lambda _: None, done=lambda _: None) == 2
    with tools.database.reading() as stores:
        assert set(stores.content.scalars(select(VectorBeside.thread_id))) == {thread, article_id}
        assert standing(stores, encoder=new.name).lacking == 0
        subjects, marks, _stale = Desk(tools)._to_learn(stores)
    assert set(subjects) == {thread}
    assert finding.SHELF not in marks
    remember(tools, article_id)
