"""The first setting up: one code, one browser, one day; steps that can be left; the operator's own account at the end."""

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from app.clock import SetClock
from app.db import store_path
from app.operating.commands import roles, setup
from app.operating.service import find_state
from app.wiring import Toolbox
from tests.app.accounts.walk import code_on, prove
from tests.app.operating.rooms import NETWORK, codes_on, events, new_code, set_up
from tests.cast import PASSWORD, Cast, post, promise, sign_in, signed_in

PARTS = ("network", "domain-file", "mail", "keys", "organisations", "invitations")


def test_a_code_opens_once_and_in_one_browser(app: Flask, tools: Toolbox) -> None:
    assert "いま使えるコードはありません" in app.test_client().get("/setup").text
    code = new_code(tools)
    first, second = app.test_client(), app.test_client()
    assert post(first, "/setup", {"code": "AAAA-BBBB-CCCC-DDDD-EEEE"}).status_code == 422
    assert post(first, "/setup", {"code": code.lower().replace("-", " ")}).location == "/setup"
    assert "1　名前と約束" in first.get("/setup").text
    assert post(second, "/setup", {"code": code}, page="/sign-in").status_code == 422
    assert second.get("/setup/network").location == "/setup"
    assert events(tools) == ["setup.opened"]


def test_neither_code_nor_browser_stands_in_a_file(app: Flask, tools: Toolbox) -> None:
    code = new_code(tools)
    client = app.test_client()
    post(client, "/setup", {"code": code})
    cookie = client.get_cookie("__Host-shiome-setup")
    assert cookie is not None
    for store in ("content", "identity", "keys"):
        raw = store_path(tools.settings.data_dir, store).read_bytes()  # type: ignore[arg-type]
        assert code.encode() not in raw
        assert cookie.value.encode() not in raw


@pytest.mark.parametrize("part", PARTS)
def test_the_day_ends_for_the_browser_too(app: Flask, tools: Toolbox, clock: SetClock, part: str) -> None:
    client = set_up(app, tools)
    assert client.get(f"/setup/{part}").status_code == 200
    clock.move(hours=24.1)
    assert client.get(f"/setup/{part}").location == "/setup"
    assert "いま使えるコードはありません" in client.get("/setup").text


def test_a_new_code_ends_the_browser_before(app: Flask, tools: Toolbox) -> None:
    old = set_up(app, tools)
    set_up(app, tools)
    assert old.get("/setup/network").location == "/setup"


def test_an_operator_made_by_command_closes_the_door(app: Flask, tools: Toolbox, cast: Cast) -> None:
    runner = CliRunner()
    runner.invoke(roles, ["take", cast.heidi.mail, "operator"], obj=lambda: tools)
    client = set_up(app, tools)
    assert client.get("/setup/network").status_code == 200
    runner.invoke(roles, ["give", cast.heidi.mail, "operator"], obj=lambda: tools)
    assert client.get("/setup/network").location == "/setup"


def test_the_whole_way(app: Flask, tools: Toolbox) -> None:
    printed = CliRunner().invoke(setup, obj=lambda: tools).output.split("\n")
    address, code = printed[0].split("#")
    assert address == "https://shiome.example/setup"
    client = app.test_client()
    post(client, "/setup", {"code": code})
    answer = post(client, "/setup/network", {**NETWORK, "name_ja": ""})
    assert answer.status_code == 422
    assert "ネットワークの名前を入力してください" in answer.text
    assert NETWORK["goal_ja"] in answer.text  # what was typed is kept
    assert "確かめる日を、今日より後" in post(client, "/setup/network", {**NETWORK, "by": "2026-11-20"}).text
    assert post(client, "/setup/network", dict(NETWORK)).location == "/setup/domain-file"
    assert NETWORK["name_ja"] in app.test_client().get("/").text
    assert "2027年11月30日" in app.test_client().get("/charter").text
    kept = {"do": "keep", "source": "customer_success"}
    assert post(client, "/setup/domain-file", dict(kept)).location == "/setup/mail"
    assert NETWORK["name_ja"] in app.test_client().get("/").text  # above the file's own
    assert post(client, "/setup/mail", {"do": "later"}).location == "/setup/keys"
    assert post(client, "/setup/keys").location == "/setup/organisations"
    assert "先に「組織」で、運営会社を登録" in client.get("/setup").text
    post(client, "/setup/organisations", {"name": "架空の運営", "company": "1"})
    (join,) = codes_on(client.get("/setup/organisations").text)
    assert "済み（2026年11月20日）" in client.get("/setup").text
    assert f'href="/sign-up#{join}"' in client.get("/setup").text
    sign_up(client, tools, join)
    assert client.get("/").location == "/setup"
    assert post(client, "/setup/operator", page="/setup").location == "/operating"
    assert client.get("/operating").location.startswith("/welcome")  # the operator promises what everybody promises
    promise(client, tools)
    assert client.get("/operating").status_code == 200
    assert client.get("/setup").location == "/operating"
    assert app.test_client().get("/setup/network").location == "/setup"
    assert events(tools)[-2:] == ["role.given", "setup.finished"]
    assert "there is an operator" in CliRunner().invoke(setup, obj=lambda: tools).output


def sign_up(client: FlaskClient, tools: Toolbox, join: str) -> None:
    """The ordinary way, in whatever trade it is now."""
    about = {f"attribute_{one.key}": one.values[0].key for one in tools.trade.attributes}
    prove(client, tools, "uneisha@mail.example")
    assert post(client, "/sign-up/organisation", {"way": "code", "join_code": join}).location == "/sign-up/about"
    subjects = {"subjects": [next(iter(tools.trade.subjects))]}
    assert post(client, "/sign-up/about", {**about, **subjects}).location == "/sign-up/password"
    post(client, "/sign-up/password", {"password": PASSWORD})
    code = code_on(client.get("/sign-up/recovery"))
    assert post(client, "/sign-up/recovery", {"last_group": code[-4:]}).location == "/"


def test_a_member_with_the_browser_does_not_become_operator(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """Heidi lays her role down, so that a code can be made; alice is of another organisation."""
    heidi = signed_in(app, cast.heidi)
    post(heidi, "/roles/lay-down", {"role": "operator"}, page="/roles")
    client = set_up(app, tools)
    sign_in(client, cast.alice)
    refused = post(client, "/setup/operator", page="/setup")
    assert refused.location == "/setup"
    assert "運営会社の人だけ" in client.get("/setup").text
    assert client.get("/operating").status_code == 403
    with tools.database.reading() as stores:
        assert not find_state(stores, tools.vault).finished
    stranger = signed_in(app, cast.frank)  # of the company, without the browser
    assert post(stranger, "/setup/operator", page="/account").status_code == 404


def test_the_operators_pages_show_no_person(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.heidi)
    pages = [client.get("/operating").text, *(client.get(f"/operating/{part}").text for part in PARTS)]
    for page in pages:
        assert not [one.name for one in cast.people.values() if one.mail in page or one.member_id in page]
        assert "@mail.example" not in page
