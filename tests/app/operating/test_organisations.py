"""Organisations by name; join codes that are seen once and printed as letters; waiting ones verified."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.organisations import find_by_code
from app.clock import SetClock
from app.db import store_path
from app.operating.organisations_part import qr_of
from app.wiring import Toolbox
from tests.app.operating.rooms import codes_on, events
from tests.cast import Cast, post, signed_in, viewer_of

HERE = "/operating/organisations"
LETTERS = "/operating/invitations"
NEW = {"name": "澪つくし養魚", "aliases": "みお、澪", "sites": "沖いけす", "mail_domains": "Mio.example"}


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    return signed_in(app, cast.heidi)


def test_a_code_is_seen_by_who_made_it_for_an_hour_and_stands_in_no_file(
    client: FlaskClient, tools: Toolbox, clock: SetClock
) -> None:
    assert post(client, HERE, dict(NEW)).location == HERE
    (code,) = codes_on(client.get(HERE).text)
    page = client.get(LETTERS).text
    assert "澪つくし養魚　御中" in page
    assert codes_on(page) == [code]
    with tools.database.reading() as stores:
        found = find_by_code(stores, tools.vault, code)
    assert found is not None
    assert (found.aliases, found.sites, found.mail_domains) == (("みお", "澪"), ("沖いけす",), ("mio.example",))
    for store in ("content", "identity", "keys"):
        assert code.encode() not in store_path(tools.settings.data_dir, store).read_bytes()  # type: ignore[arg-type]
    for _ in range(3):
        clock.move(hours=0.4)  # less than a session rests
        page = client.get(HERE).text
    assert codes_on(page) == []
    assert "澪つくし養魚" in page


def test_another_operator_sees_no_code_with_the_same_cookie(
    app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast
) -> None:
    post(client, HERE, dict(NEW))
    kept = client.get_cookie("__Host-shiome-codes")
    assert kept is not None
    other = signed_in(app, cast.heidi)
    other.set_cookie("__Host-shiome-codes", kept.value, secure=True)
    assert codes_on(other.get(LETTERS).text) == []


def test_printed_codes_can_be_removed_and_made_anew(client: FlaskClient, tools: Toolbox) -> None:
    post(client, HERE, dict(NEW))
    (old,) = codes_on(client.get(HERE).text)
    assert post(client, LETTERS).location == LETTERS
    assert "印刷する招待状はありません" in client.get(LETTERS).text
    with tools.database.reading() as stores:
        found = find_by_code(stores, tools.vault, old)
    assert found is not None
    post(client, HERE, {"do": "code", "id": found.id})
    (new,) = codes_on(client.get(HERE).text)
    with tools.database.reading() as stores:
        assert find_by_code(stores, tools.vault, old) is None
        assert find_by_code(stores, tools.vault, new) is not None
    assert events(tools)[-2:] == ["organisation.added", "organisation.code-changed"]


def test_the_picture_is_one_page_of_svg_without_style_and_leads_to_the_sign_up_with_the_code() -> None:
    drawn = str(qr_of("https://shiome.example/sign-up#ABCD-EFGH-JKMN"))
    assert drawn.startswith("<svg")
    assert "style" not in drawn
    assert "<script" not in drawn
    assert qr_of("https://shiome.example/sign-up#ABCD-EFGH-JKMP") != drawn


def test_waiting_ones_are_let_in(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    assert "確認を待っている組織があります" in client.get("/operating").text
    page = client.get(HERE).text
    assert re.search(r"確認を待っている組織.*架空水産unverified", page, re.S)
    assert "grace" not in page
    assert post(client, HERE, {"do": "verify", "id": cast.organisations["unverified"]}).status_code == 303
    assert "確認を待っている組織があります" not in client.get("/operating").text
    assert viewer_of(tools, cast.grace).roles == {"waiting"}  # until the next sign-in
    assert events(tools)[-1] == "organisation.verified"
    for do in ("verify", "code"):
        assert post(client, HERE, {"do": do, "id": "0" * 32}).status_code == 404


def test_several_come_at_once_as_a_spreadsheet_pastes_them_all_or_none(client: FlaskClient, tools: Toolbox) -> None:
    lines = "あさなぎ商会\tあさなぎ\t本店、支店\tasa.example\n\nゆうなぎ商会|ゆう\nよなぎ商会"
    for wrong, message in (("\n名前\t\t\ttaro@x", "5行目を読めません"), ("\n名前\t\t\ta.example", "ほかの組織に")):
        page = post(client, HERE, {"do": "several", "lines": lines + wrong})
        assert (page.status_code, message in page.text, "あさなぎ商会\tあさなぎ" in page.text) == (422, True, True)
        assert codes_on(client.get(HERE).text) == []
    assert post(client, HERE, {"do": "several", "lines": lines}).location == HERE
    codes = codes_on(client.get(LETTERS).text)
    with tools.database.reading() as stores:
        found = {one.name: one for one in (find_by_code(stores, tools.vault, code) for code in codes) if one}
    assert set(found) == {"あさなぎ商会", "ゆうなぎ商会", "よなぎ商会"}
    assert found["あさなぎ商会"].sites == ("本店", "支店")
    assert found["あさなぎ商会"].mail_domains == ("asa.example",)
    assert found["ゆうなぎ商会"].aliases == ("ゆう",)
    assert events(tools)[-3:] == ["organisation.added"] * 3


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": " "}, "組織の名前を入力してください"),
        ({"mail_domains": "gmail.com"}, "だれでも持てるメールのドメイン"),
        ({"mail_domains": "taro@mio.example"}, "@より後だけ"),
        ({"mail_domains": "a.example"}, "ほかの組織に登録されています"),
        ({"company": "1"}, "運営会社はもう登録されています"),
        ({"sites": "、".join(f"池{n}" for n in range(30))}, "20個まで"),
    ],
)
def test_what_cannot_be_added_is_said_at_its_field_and_stays_typed(
    client: FlaskClient, tools: Toolbox, changes: dict[str, str], message: str
) -> None:
    page = post(client, HERE, {**NEW, **changes})
    assert page.status_code == 422
    assert message in page.text
    assert "みお、澪" in page.text
    assert "organisation.added" not in events(tools)
