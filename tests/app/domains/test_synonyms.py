"""Coordinators say which words mean the same; search reads it, and nobody reads who said it."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.clock import today
from app.domains.models import SynonymRow
from app.domains.synonyms import MOST, BadWord, Synonyms, add_word, remove_word, synonyms_of
from app.errors import NotThere
from app.logs.models import ContentEntry
from app.wiring import Toolbox
from tests.cast import Cast, post, signed_in


def known(tools: Toolbox) -> Synonyms:
    with tools.database.reading() as stores:
        return synonyms_of(stores, tools.vault, tools.trade)


def add(tools: Toolbox, name: str, word: str) -> None:
    with tools.database.transaction("content") as stores:
        add_word(stores, tools.vault, tools.trade, name=name, word=word, today=today(tools.clock.now()))


def test_the_files_words_are_there_from_the_start(tools: Toolbox) -> None:
    assert {"虹鱒", "Rainbow trout"} <= set(known(tools)["ニジマス"])
    assert {"サケ・マス類", "病気・へい死", "海面いけす"} <= known(tools).keys()
    assert all(name not in words for name, words in known(tools).items())


def test_added_to_a_name_of_the_file_or_to_any_word(tools: Toolbox) -> None:
    add(tools, "ニジマス", "にじっこ")
    add(tools, "rainbow TROUT", "ドナちゃん")
    add(tools, "赤潮", "アカシオ")
    add(tools, "赤潮", "厄水")
    assert known(tools)["ニジマス"][-2:] == ("にじっこ", "ドナちゃん")
    assert known(tools)["赤潮"] == ("アカシオ", "厄水")


def test_a_word_taken_away_is_gone_and_the_files_own_stay(tools: Toolbox) -> None:
    add(tools, "赤潮", "アカシオ")
    with tools.database.transaction("content") as stores:
        remove_word(stores, tools.vault, name="赤潮", word="アカシオ", today=today(tools.clock.now()))
    assert "赤潮" not in known(tools)
    with pytest.raises(NotThere), tools.database.transaction("content") as stores:
        remove_word(stores, tools.vault, name="ニジマス", word="虹鱒", today=today(tools.clock.now()))


@pytest.mark.parametrize(
    ("name", "word", "field", "reason"),
    [
        ("ニジマス", "鱒", "word", "short"),
        ("", "アカシオ", "term", "short"),
        ("赤潮", "あ" * 41, "word", "long"),
        ("赤潮", "・・・", "word", "odd"),
        ("赤潮", "赤\u202e潮", "word", "odd"),
        ("赤潮", "赤潮", "word", "known"),
        ("ニジマス", "ニジマス", "word", "known"),
        ("ニジマス", "ﾆｼﾞﾏｽ", "word", "known"),
        ("ニジマス", "Rainbow Trout", "word", "known"),
        ("ニジマス", "ギンザケ", "word", "taken"),
        ("ニジマス", "銀鮭", "word", "taken"),
        ("赤潮", "ブリ類", "word", "taken"),
    ],
)
def test_what_cannot_be_added(tools: Toolbox, name: str, word: str, field: str, reason: str) -> None:
    with pytest.raises(BadWord) as refusal:
        add(tools, name, word)
    assert (refusal.value.field, refusal.value.reason) == (field, reason)


def test_an_added_word_means_one_thing(tools: Toolbox) -> None:
    add(tools, "赤潮", "アカシオ")
    for name, word in (("青潮", "アカシオ"), ("アカシオ", "厄水")):
        with pytest.raises(BadWord) as refusal:
            add(tools, name, word)
        assert (refusal.value.reason, refusal.value.name) == ("taken", "赤潮")


def test_an_entry_does_not_grow_for_ever(tools: Toolbox) -> None:
    for number in range(MOST):
        add(tools, "赤潮", f"呼び名{number}")
    with pytest.raises(BadWord, match="full"):
        add(tools, "赤潮", "苦潮")


def test_versions_count_up_and_each_is_merged_once(tools: Toolbox) -> None:
    versions = []
    for word in ("アカシオ", "厄水"):
        add(tools, "赤潮", word)
        with tools.database.reading() as stores:
            versions.append(stores.content.scalar(select(SynonymRow.version)))
        assert known(tools) is known(tools)
    assert versions == [1, 2]


def test_the_log_names_the_day_and_the_row_names_nobody(tools: Toolbox) -> None:
    add(tools, "赤潮", "アカシオ")
    with tools.database.reading() as stores:
        events = list(stores.content.scalars(select(ContentEntry.event)))
        row = stores.content.scalars(select(SynonymRow)).one()
    assert events == ["synonyms.changed"]
    assert "アカシオ".encode() not in row.sealed


def test_a_coordinator_adds_and_removes_on_the_page(app: Flask, tools: Toolbox, cast: Cast) -> None:
    erin = signed_in(app, cast.erin)
    fields: dict[str, object] = {"term": "赤潮", "word": " アカシオ "}
    assert post(erin, "/synonyms", fields).location == "/synonyms"
    page = erin.get("/synonyms").text
    assert "アカシオ" in page
    assert "レインボートラウト" in page
    assert "/synonyms" in erin.get("/unrouted").text
    again = post(erin, "/synonyms", fields)
    assert again.status_code == 422
    assert "もう入っています" in again.text
    gone: dict[str, object] = {"term": "赤潮", "word": "アカシオ"}
    assert post(erin, "/synonyms/remove", gone, page="/synonyms").status_code == 303
    assert post(erin, "/synonyms/remove", gone, page="/synonyms").status_code == 404
    assert "赤潮" not in known(tools)


def test_only_coordinators(app: Flask, cast: Cast) -> None:
    for who in ("alice", "frank", "grace"):
        assert signed_in(app, cast[who]).get("/synonyms").status_code == 403
    assert app.test_client().get("/synonyms").status_code == 303
