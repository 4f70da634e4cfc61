"""The topic of a question: proposed by its words, confirmed or changed by its author, or none of the list."""

import re

import numpy as np
import pytest
from flask import Flask
from sqlalchemy import select

from app.domains.trade import load_trade
from app.questions.lockers import own_threads
from app.questions.models import Pending
from app.questions.taps import ACCEPT
from app.questions.topics import NONE, chosen_topic, nearest_topics, topic_options
from app.wiring import Toolbox
from matching.encoder import make_encoder
from tests.app.insights.quarter import begin, boxes, gather, opened
from tests.app.questions.makers import FORM, answer, make_question, publish, tap
from tests.cast import Cast, post, signed_in, token_in

FEED = "ペレットを小さくしたら食い残しが減りました。給餌の回数も増やすべきでしょうか。"


def sent(tools: Toolbox) -> str:
    """The topic of the question that waits."""
    with tools.database.reading() as stores:
        row = stores.content.scalars(select(Pending)).one()
        topic: str = tools.vault.open(row.sealed, table="pending", column="sealed", row=row.id)["columns"]["topic"]
    return topic


def ask(app: Flask, cast: Cast, *, typed: dict[str, str], **said: str) -> str:
    """Through the form and its preview; the preview."""
    client = signed_in(app, cast.alice)
    post(client, "/ask/preview", {**FORM, **typed}, page="/ask")
    page = client.get("/ask/preview")
    token = re.search(r'name="token" value="([^"]+)"', page.text)
    assert token is not None
    fields = {"csrf_token": token_in(page), "token": token[1], **said}
    assert client.post("/ask/publish", data=fields).status_code == 303
    return page.text


def checked(page: str) -> list[str]:
    """The topics that are chosen on a page."""
    return re.findall(r'name="topic" value="([^"]+)" checked', page)


def test_the_nearest_is_proposed_and_publishing_confirms_it(tools: Toolbox, app: Flask, cast: Cast) -> None:
    page = ask(app, cast, typed={"topic": "", "title": FEED, "field_situation": FEED})
    assert checked(page) == ["feed"]
    assert "書いた言葉に近いものを選んであります" in page
    assert sent(tools) == "feed"


def test_without_any_word_of_a_topic_there_is_a_proposal_too(app: Flask, cast: Cast) -> None:
    page = ask(app, cast, typed={"topic": "", "title": "どうすればいいでしょう", "field_situation": "困っています。"})
    assert len(checked(page)) == 1


def test_one_tap_changes_it(tools: Toolbox, app: Flask, cast: Cast) -> None:
    ask(app, cast, typed={"topic": "", "title": FEED, "field_situation": FEED}, topic="labour")
    assert sent(tools) == "labour"


def test_what_its_author_chose_stays_preselected(tools: Toolbox, app: Flask, cast: Cast) -> None:
    page = ask(app, cast, typed={"topic": "labour", "title": FEED, "field_situation": FEED})
    assert checked(page) == ["labour"]
    assert "このまま公開すれば、この話題になります" in page
    assert sent(tools) == "labour"


@pytest.mark.parametrize("topic", ["gossip", "", "salmonids"])
def test_what_is_no_topic_changes_nothing(tools: Toolbox, topic: str) -> None:
    question = make_question()
    assert chosen_topic(tools.trade, question, {"topic": topic, "term": "x"}) == question


def test_none_of_them_leaves_a_word_for_the_year_and_stands_under_the_nearest(
    tools: Toolbox, app: Flask, cast: Cast
) -> None:
    reporter = begin(tools)
    typed = {"topic": "", "title": FEED, "field_situation": FEED}
    page = ask(app, cast, typed=typed, topic=NONE, term=" 赤潮保険")
    assert "年に一度の集計にだけ使います" in page
    assert f'data-reveal-name="topic" data-reveal-value="{NONE}"' in page
    assert sent(tools) == "feed"
    publish(tools)
    gather(tools)
    assert opened(tools, reporter, "2026") == {("term", "赤潮保険", ""): 1}
    assert boxes(tools, "2026Q4") == []
    everything = b"".join(path.read_bytes() for path in tools.settings.data_dir.glob("content.db*"))
    assert "赤潮保険".encode() not in everything


def test_an_answer_that_helped_makes_no_need_of_a_topic_that_does_not_fit(
    tools: Toolbox, app: Flask, cast: Cast
) -> None:
    by_group = {"depth": "group", "cells": ("salmonids", "yellowtails")}
    reporter = begin(tools, **{"2026Q4": by_group})
    ask(app, cast, typed={"topic": "feed"}, topic=NONE)
    publish(tools)
    with tools.database.reading() as stores:
        thread_id = own_threads(stores, cast.alice.secret)[0].thread
    post_id = answer(tools, cast.bob, thread_id)
    publish(tools)
    tap(tools, cast.alice, thread_id, post_id, ACCEPT)
    gather(tools)
    assert opened(tools, reporter, "2026Q4") == {
        ("need", "salmonids", "none"): 1,
        ("need", "salmonids", "soon"): 1,
    }


def test_three_are_offered_at_first_sight_and_the_others_behind_them(tools: Toolbox) -> None:
    near = list(tools.trade.topics)
    first, more = topic_options(near, make_question(topic=near[-1].key))
    assert [key for key, _ in first] == [near[-1].key, near[0].key, near[1].key, NONE]
    assert {key for key, _ in [*first, *more]} == {one.key for one in near} | {NONE}


def test_the_bundled_encoder_finds_topics_without_their_words() -> None:
    """Sentences in which no topic is named by name or synonym; the right one is among the three shown."""
    trade, encoder = load_trade("aquaculture"), make_encoder("bundled")
    told = {
        "朝になると何匹か白く浮いています": "disease",
        "若い人が来てもすぐに辞めてしまいます": "labour",
        "穴から外に逃げてしまいました": "nets",
    }
    for text, topic in told.items():
        vector = np.asarray(encoder.queries([text])[0])
        near = nearest_topics(encoder, trade, subject="rainbow-trout", text=text, vector=vector)
        assert topic in [one.key for one in near[:3]], text
