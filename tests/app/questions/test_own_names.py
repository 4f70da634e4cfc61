"""The own organisation's name in every dress a reader sees through."""

import pytest
from flask import Flask

from app.questions import own_names
from app.questions.checks import KEEP, Choice, check
from app.questions.own_names import OwnNames
from app.redacting.service import own_words, redactor
from app.wiring import Toolbox
from privacy.redaction import Gazetteer
from tests.app.questions.makers import publish, published
from tests.app.questions.test_ask_form import pending, preview, token_of
from tests.cast import Cast, post, signed_in

DRESSED = [
    ("架空水産", text)
    for text in (
        "わたしの架空\n水産では", "わたしの架空\r\n水産では", "わたしの架空  \n水産では", "架空**水産**では", "**架空**水産では",
        "架空*水産*では", "架空`水産`では", "架空\\\n水産では", "架空\\*水産では", "架空&#27700;産では", "架空&#x6c34;産では",
        "架空~~ ~~水産では", "[架空](https://x.example/)水産では", "> 架空\n> 水産では", "- 架空\n  水産では", "架空水產では",
        "架\u3164空水産では", "架\u115f空水産では", "架\u2800空水産では", "架\u200b空水産では", "架\u00ad空水産では",
        "架\u034f空水産では", "架\u2060空\ufe0f水産では", "| 餌 | 所 |\n|---|---|\n| 少 | 架空**水産** |",
    )
]  # fmt: skip
SPELT = [
    ("株式会社髙橋水産", "うちの高橋水産では"),
    ("高橋水産", "うちの髙橋水産では"),
    ("渡邉養魚場", "渡辺養魚場です"),
    ("渡邊養魚場", "渡邉養魚場です"),
    ("山崎水産", "山﨑水産です"),
    ("濱田水産", "浜田水産です"),
    ("浜田水産", "濵田水産です"),
    ("齋藤養鱒場", "斉藤養鱒場です"),
    ("斎藤養鱒場", "齊藤養鱒場です"),
    ("黒澤水産", "黒沢水産です"),
    ("廣瀬水産", "広瀬水産です"),
    ("帝國水産", "帝国水産です"),
    ("八ヶ岳養魚", "八ケ岳養魚の池です"),
    ("八ヶ岳養魚", "八ヵ岳養魚の池です"),
    ("八ヶ岳養魚", "八が岳養魚の池です"),
    ("八が岳養魚", "八ヶ岳養魚の池です"),
    ("浜田フィッシャリー", "浜田フィッシャリです"),
    ("浜田フィッシャリ", "浜田フィッシャリーです"),
    ("Nordic Fish", "Nоrdic Fish is ours"),
    ("Nordic Fish", "Νordic\nFish is ours"),
    ("Nordic Fish", "**Nor**dic Fish is ours"),
]
OTHERS = [
    ("架空水産", "架空の水産会社の話です"),
    ("架空水産", "値は架空です。\n\n水産試験場に聞きました"),
    ("架空水産", "- 架空\n- 水産"),
    ("架空水産", "|架空|水産|\n|---|---|\n|架空|水産|"),
    ("八ヶ岳養魚", "八岳養魚の池です"),
    ("高橋水産", "高い橋の下で水産の話をしました"),
    ("Nordic Fish", "Nordic countries. Fish is fine"),
]


@pytest.mark.parametrize(("name", "text"), DRESSED + SPELT)
def test_a_dressed_name_is_still_the_name(name: str, text: str) -> None:
    assert OwnNames(Gazetteer.of([name])).stand_in(text)


@pytest.mark.parametrize(("name", "text"), OTHERS)
def test_other_words_are_not(name: str, text: str) -> None:
    assert not OwnNames(Gazetteer.of([name])).stand_in(text)


def test_no_names_stand_nowhere() -> None:
    assert not OwnNames(Gazetteer.of([])).stand_in("架空水産です")


@pytest.mark.parametrize("part", ["folded", "seen"])
def test_without_folding_and_rendering_they_get_past(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_names, part, lambda text: text)
    assert sum(not OwnNames(Gazetteer.of([name])).stand_in(text) for name, text in DRESSED + SPELT) >= 3


@pytest.mark.parametrize("text", ["架空\r\n水産Bです", "架空**水産B**です", "架空&#27700;産Bです"])
def test_an_answer_with_it_is_not_sent_and_says_why_at_once(app: Flask, tools: Toolbox, cast: Cast, text: str) -> None:
    path = f"/threads/{published(tools, cast.alice)}"
    bob = signed_in(app, cast.bob)
    for seen in ({}, {"seen": "0"}):
        refused = post(bob, f"{path}/answer", {"text": text, "token": "t", **seen}, page=path)
        assert refused.status_code == 422
        assert "ご自分の組織の名前が入っています" in refused.text
    assert pending(tools) == 0
    publish(tools)


@pytest.mark.parametrize("title", ["架空&#27700;産Aの稚魚", "架空**水産**Aの稚魚"])
def test_nor_is_a_question(app: Flask, tools: Toolbox, cast: Cast, title: str) -> None:
    alice = signed_in(app, cast.alice)
    page = preview(alice, title=title)
    assert post(alice, "/ask/publish", {"token": token_of(page)}, page="/ask/preview").status_code == 422
    assert pending(tools) == 0


def test_a_find_that_is_only_a_piece_of_it_cannot_be_kept(tools: Toolbox, cast: Cast) -> None:
    """The words found are no name, the text around them makes them one."""
    text = "架\u3164空水産Bです"
    with tools.database.reading() as stores:
        finder = redactor(stores, tools.vault, tools.names)
        own = own_words(stores, tools.vault, organisation_id=cast.organisations["B"])
    found = check(finder, own, {"text": text})
    assert "水産B" not in found.final["text"]
    kept = {one.key: Choice(KEEP) for one in found.finds}
    assert kept
    assert check(finder, own, {"text": text}, choices=kept).refused == ("text",)


def test_a_find_in_another_spelling_is_own(tools: Toolbox, cast: Cast) -> None:
    with tools.database.reading() as stores:
        finder = redactor(stores, tools.vault, tools.names)
    found = check(finder, Gazetteer.of(["株式会社髙橋水産"]), {"text": "うちの高橋水産では酸素を測ります。"})
    assert [one.is_own for one in found.finds] == [True]
    assert found.refused == ("text",)
