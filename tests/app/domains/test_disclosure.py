"""The disclosure page: once a quarter, only what is open, never a count."""

import re

import pytest
from flask import Flask

from app.domains.models import Network
from app.wiring import Toolbox
from tests.app.questions.makers import crowd_of_twelve, open_table_with
from tests.cast import Cast, post, signed_in, viewer_of


def radios(page: str) -> set[tuple[str, str]]:
    return set(re.findall(r'type="radio"[^>]*name="level_([a-z]+)" value="(\d+)"', page))


def test_without_a_table_nothing_is_offered_and_the_page_says_so(app: Flask, cast: Cast) -> None:
    page = signed_in(app, cast.alice).get("/disclosure").text
    assert radios(page) == set()
    assert "いまは分類だけを出せます" in page


def test_a_small_network_says_why(app: Flask, tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {"area": 0})
    with tools.database.transaction("content") as stores:
        stores.content.add(Network(key="aquaculture", demo=False, window_seconds=3600, small=True))
    alice = signed_in(app, cast.alice)
    page = alice.get("/disclosure").text
    assert "組織が少なく" in page
    assert radios(page) == set()
    assert post(alice, "/disclosure", {"level_area": "0"}, page="/ask").status_code == 422
    assert viewer_of(tools, cast.alice).profile == {}


def test_only_open_levels_are_offered_to_everybody_alike(app: Flask, tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {"area": 1}, {"subject": 0})
    expected = {("area", "1"), ("area", "2"), ("subject", "0"), ("subject", "1")}
    for who in ("alice", "bob"):
        assert radios(signed_in(app, cast[who]).get("/disclosure").text) == expected


def test_chosen_for_a_quarter_and_coarser_at_any_time(app: Flask, tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {"area": 1}, people=crowd_of_twelve(tools))
    alice = signed_in(app, cast.alice)
    assert post(alice, "/disclosure", {"level_area": "1"}).status_code == 303
    assert viewer_of(tools, cast.alice).profile["area"] == 1
    page = alice.get("/disclosure").text
    assert "今期の公開範囲は決まっています" in page
    assert post(alice, "/disclosure", {"level_area": "2"}).status_code == 303
    assert viewer_of(tools, cast.alice).profile["area"] == 2
    assert post(alice, "/disclosure", {"level_area": "1"}).status_code == 303
    assert viewer_of(tools, cast.alice).profile["area"] == 1
    tools.clock.move(hours=24 * 60)
    assert viewer_of(tools, cast.alice).profile == {}


def test_a_combination_that_is_not_open_is_refused_with_one_that_is(app: Flask, tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {"area": 1}, {"role": 0})
    alice = signed_in(app, cast.alice)
    refused = post(alice, "/disclosure", {"level_area": "1", "level_role": "0"})
    assert refused.status_code == 422
    assert "次の組み合わせなら選べます" in refused.text
    assert viewer_of(tools, cast.alice).profile == {}


def test_a_forged_level_is_refused(app: Flask, tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {"area": 1})
    alice = signed_in(app, cast.alice)
    assert post(alice, "/disclosure", {"level_area": "0"}).status_code == 422
    assert viewer_of(tools, cast.alice).profile == {}


@pytest.mark.parametrize("who", ["frank", "grace"])
def test_members_only(app: Flask, cast: Cast, who: str) -> None:
    assert signed_in(app, cast[who]).get("/disclosure").status_code == 403
