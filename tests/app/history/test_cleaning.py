"""Who wrote a history and how to reach them is not in what is stored of it."""

import random
from pathlib import Path

from app.accounts.service import add_organisation
from app.wiring import Toolbox
from tests.app.history.makers import answer, load, make_cleaner, question, write_history
from tests.app.history.test_import import cards
from tests.cast import Cast

HIDDEN = ("Kenji Tanaka", "kenji@example.com", "佐藤", "090-1234-5678", "Gullwing")


def test_people_and_ways_to_reach_them_are_replaced(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    with tools.database.transaction("identity") as stores:
        add_organisation(stores, tools.vault, name="Gullwing Farms", verified=True, rng=random.Random(1))
    asked = question(
        1, title="Kenji Tanaka asks about pumps", body="Ask Kenji Tanaka (kenji@example.com) at Gullwing Farms."
    )
    told = answer(1, 0, body="佐藤さん（090-1234-5678）に聞いてください。ポンプは https://example.com/pump です。")
    load(tools, write_history(tmp_path / "club", [asked], [told]))
    (card,) = cards(tools, cast).values()
    stored = "\n".join(
        [card.title or "", *(one.text for one in card.body.fields), *(one.text or "" for one in card.posts)]
    )
    assert [word for word in HIDDEN if word in stored] == []
    assert "someone asks about pumps" in stored
    assert "ある人" in stored
    assert "https://example.com/pump" in stored


def test_what_a_history_is_about_stays(tools: Toolbox) -> None:
    text = "Has anyone tried the stout of Blackwater Brewing Company in Bergen? We lost 12,430 fish on March 5, 2024."
    assert make_cleaner(tools).clean(text) == text
