"""The charter in versions: what changed is told, only changed items are asked for, the old ones stay readable."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.clock import SetClock, today
from app.wiring import Toolbox
from tests.app.gate.makers import change
from tests.cast import Cast, post, sign_in, signed_in

NEW_TEXT = "ここで知ったことを、社内でも外でも、だれの話かわかる形では話しません。"
OWN = {"new_title_ja": "病気の届け出を守ります", "new_text_ja": "届け出のいる病気は、先に地元の窓口に知らせます。"}


def arriving(app: Flask, cast: Cast, name: str) -> tuple[FlaskClient, str]:
    client = app.test_client()
    return client, str(sign_in(client, cast[name]).location)


def test_members_are_told_and_asked_for_what_changed_alone(app: Flask, tools: Toolbox, cast: Cast) -> None:
    assert change(app, cast, anonymity_text_ja=NEW_TEXT, note_ja="社内で話すときのことを書き足しました。") == 303
    client, where = arriving(app, cast, "alice")
    assert where == "/welcome/changes?next=/"
    page = client.get(where).text
    assert "社内で話すときのことを書き足しました。" in page
    assert ('value="anonymity"' in page, 'value="kindness"' in page) == (True, False)
    assert client.get("/ask").location == "/welcome/changes"  # it counts from today
    assert post(client, "/welcome/changes", {"promise": "anonymity", "next": "/ask"}).location == "/ask"
    assert client.get("/ask").status_code == 200
    assert arriving(app, cast, "alice")[1] == "/"


def test_a_browser_that_was_signed_in_is_asked_too(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.bob, own_phone=True)
    assert client.get("/ask").status_code == 200
    change(app, cast, kindness_text_ja="相手が困っていることを忘れずに書きます。")
    assert client.get("/ask").location == "/welcome/changes"


def test_until_its_day_it_can_wait(app: Flask, tools: Toolbox, cast: Cast, clock: SetClock) -> None:
    later = today(clock.now()) + timedelta(days=7)
    change(app, cast, **OWN, from_day=later.isoformat())
    client, where = arriving(app, cast, "alice")
    assert "その日までに決める" in client.get(where).text
    post(client, "/welcome/changes", {"next": "/ask"})
    assert client.get("/ask").status_code == 200
    clock.move(hours=24 * 8)
    client, _where = arriving(app, cast, "alice")
    assert client.get("/ask").location == "/welcome/changes"
    assert "その日までに決める" not in client.get("/welcome/changes").text


def test_another_goal_is_told_and_nothing_is_asked(app: Flask, tools: Toolbox, cast: Cast) -> None:
    change(app, cast, goal_ja="困った現場が、その日のうちに答えを受け取れるようにします。")
    client, where = arriving(app, cast, "alice")
    page = client.get(where).text
    assert ("読みました" in page, 'name="promise"' in page) == (True, False)
    assert client.get("/ask").status_code == 200
    post(client, "/welcome/changes", {})
    assert arriving(app, cast, "alice")[1] == "/"


def test_who_declines_is_told_of_pause_and_leaving(app: Flask, tools: Toolbox, cast: Cast) -> None:
    change(app, cast, no_sales_text_ja="紹介料も受け取りません。")
    client, where = arriving(app, cast, "alice")
    assert "/welcome/declined" in client.get(where).text
    page = client.get("/welcome/declined").text
    assert ("しばらく休む" in page, "やめる" in page, "/charter/versions" in page) == (True, True, True)
    assert "役割をおりる" in signed_in(app, cast.heidi).get("/welcome/declined").text


def test_old_versions_stay_with_what_changed(app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    change(app, cast, anonymity_text_ja=NEW_TEXT)
    change(app, cast, **OWN)
    assert client.get("/charter/versions").text.count("/charter/versions/") == 3
    assert "だれの話かを外で話しません" in client.get("/charter/versions/0").text
    page = client.get("/charter/versions/1").text
    assert ("<del>" in page, "<ins>" in page, OWN["new_title_ja"] in page) == (True, True, False)
    assert OWN["new_title_ja"] in client.get("/charter").text
    assert client.get("/charter/versions/3").status_code == 404


def test_the_four_stay_whatever_is_sent(app: Flask, tools: Toolbox, cast: Cast) -> None:
    change(app, cast, **OWN)
    own = tools.trade.charter.items[-1].key
    change(app, cast, **{f"{own}_drop": "1", "kindness_drop": "1"})
    assert [one.key for one in tools.trade.charter.items] == ["anonymity", "no-sales", "no-hunting", "kindness"]


@pytest.mark.parametrize(
    "typed",
    [{}, {"goal_ja": ""}, {"goal_ja": "別の目標", "note_ja": ""}, {"goal_ja": "別の目標", "from_day": "2020-01-01"}],
)
def test_bad_input_changes_nothing(app: Flask, tools: Toolbox, cast: Cast, typed: dict[str, str]) -> None:
    assert change(app, cast, **typed) == 422
    assert tools.trade.charter.version == 0


def test_the_network_part_tells_too(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.heidi)
    words = {f"{name}_ja": "言葉" for name in ("name", "tagline", "company", "goal", "does_not")}
    post(client, "/operating/network", {**words, "by": "2027-11-30"})
    assert (tools.trade.charter.version, str(tools.trade.charter.goal), len(tools.trade.charter.items)) == (
        1,
        "言葉",
        4,
    )
