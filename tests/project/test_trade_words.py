"""A network of another trade is a domain file: no page of the house speaks of the first network's."""

import re
from pathlib import Path

import pytest

from app.domains.trade import load_trade
from tests.project.source import ROOT
from tests.project.test_used import without_comments

OF_THE_TRADE = ("魚", "餌", "養殖", "いけす", "筏", "水温", "酸素", "赤潮", "選別", "出荷", "漁", "船", "浜")
OF_A_DEMO = ("app/demo/", "app/demo_people.py", "app/pages/templates/pages/design.html", "app/pages/templates/pages/_classes.html", "app/pages/design.py")  # fmt: skip
TOLD_APART = ("船の名前",)  # what is looked for in a text, whatever the trade


def said_on_pages() -> list[tuple[str, str]]:
    """Where, and what: the words of every template, and every text that code hands to a page."""
    found = []
    for path in sorted((ROOT / "app").rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(OF_A_DEMO):
            continue
        if path.suffix == ".html":
            found.append((name, without_comments(path)))
        elif path.suffix == ".py":
            found += [(name, text) for text in handed_over(path)]
    return found


def handed_over(path: Path) -> list[str]:
    return re.findall(r"\b(?:_|lazy|gettext)\(\s*((?:\"[^\"]*\"\s*)+)", path.read_text(encoding="utf-8"))


def test_no_page_speaks_of_one_trade() -> None:
    trade = load_trade("aquaculture")
    words = {*OF_THE_TRADE, *(one.name.ja for one in trade.subjects.values())} - {"運営会社の製品・サービスの使い方"}
    said = said_on_pages()
    assert len(said) > 1000
    assert [
        (name, word) for name, text in said for word in words
        if word in text and not any(one in text for one in TOLD_APART)
    ] == []  # fmt: skip


@pytest.mark.parametrize("name", ["aquaculture", "customer_success"])
def test_a_bundled_file_gives_its_examples(name: str) -> None:
    trade = load_trade(name)
    assert {"told", "draft", "answer", "note", "term", "synonym", "photo"} == set(trade.examples)
