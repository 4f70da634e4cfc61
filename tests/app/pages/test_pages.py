"""The pages anybody may read."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domains.trade import load_trade
from app.wiring import Toolbox
from tests.cast import Cast, signed_in
from tests.conftest import make_app, make_tools


@pytest.mark.parametrize("path", ["/", "/who-sees-what", "/charter", "/contact", "/healthz", "/readyz", "/robots.txt"])
@pytest.mark.parametrize("locale", ["ja", "en"])
def test_anybody_may_read_them(client: FlaskClient, path: str, locale: str) -> None:
    assert client.get(path, headers={"Accept-Language": locale}).status_code == 200


def test_the_demo_says_so_on_every_page_and_the_service_does_not(tmp_path, client: FlaskClient) -> None:  # type: ignore[no-untyped-def]
    tools = make_tools(tmp_path / "demo", demo=True, mail="outbox")
    demo = make_app(tools).test_client()
    for path in ("/", "/who-sees-what", "/sign-in", "/outbox", "/nowhere"):
        assert "これは架空のネットワークです" in demo.get(path).text
    assert "これは架空のネットワークです" not in client.get("/").text


def test_the_outbox_is_not_there_outside_the_demo(client: FlaskClient) -> None:
    assert client.get("/outbox").status_code == 404


def test_one_tap_is_the_ordinary_form_and_only_in_the_demo(tmp_path, client: FlaskClient) -> None:  # type: ignore[no-untyped-def]
    tools = make_tools(tmp_path / "demo", demo=True, mail="outbox")
    page = make_app(tools).test_client().get("/").text
    assert 'value="practitioner@demo.invalid"' in page
    assert tools.settings.demo_password not in client.get("/").text


def test_the_first_page_offers_each_role_its_next_step(app: Flask, cast: Cast) -> None:
    assert "質問する" in signed_in(app, cast.alice).get("/").text
    assert "会社への質問を見る" in signed_in(app, cast.frank).get("/").text
    assert "確認の状況を見る" in signed_in(app, cast.grace).get("/").text


def test_what_members_are_promised_stands_before_those_it_is_promised_to(app: Flask, cast: Cast) -> None:
    promise = "質問は同じ組織に届かない"
    assert promise in app.test_client().get("/").text
    assert promise in signed_in(app, cast.alice).get("/").text
    assert promise in signed_in(app, cast.grace).get("/").text
    assert promise not in signed_in(app, cast.frank).get("/").text


def test_another_trade_is_another_file_and_no_code(tmp_path) -> None:  # type: ignore[no-untyped-def]
    tools = make_tools(tmp_path, domain_file="customer_success")
    page = make_app(tools).test_client().get("/", headers={"Accept-Language": "ja"}).text
    assert str(load_trade("customer_success").network.name) in page
    assert "養殖" not in page
    assert "魚" not in page


def test_every_promise_of_the_surrender_page_names_its_part(client: FlaskClient, tools: Toolbox) -> None:
    page = client.get("/who-sees-what").text
    for words in ("本文のデータベース", "身元のデータベース", "鍵のデータベース", "親鍵", "照合の係", "郵便係", "控え"):
        assert words in page


PARTIES = {
    "下書きを先に読む人": ("24時間たつと見えなくなります", "だれが読んだかは見えません"),
    "すべての会員": ("公開された質問とその回答", "記事とメモ", "アイデア", "経験の地図"),
    "同じ組織の人": ("アイデア、メモは、一覧にも検索にも出ません", "だれでも読めるように公開したもの"),
    "世話役": ("ひとことを望んだ投稿",),
    "運営会社": ("会社として答える", "アイデアと返信は、すべて", "全員が「はい」と答えたときだけ"),
    "運営会社の監査担当": ("初めの8文字", "同じ人の出来事どうしはつながって見えます"),
    "サインインしていない人": ("記事とメモ", "物語", "バッジ", "照合値", "お返事が遅れているアイデア"),
}


@pytest.mark.parametrize("who", PARTIES)
def test_who_sees_what_tells_every_party_with_what_it_can_open(client: FlaskClient, who: str) -> None:
    page = client.get("/who-sees-what").text
    panel = page.partition(f">{who}</h2>")[2].partition("</h2>")[0]
    assert panel
    assert [words for words in PARTIES[who] if words not in panel] == []


@pytest.mark.parametrize(
    "path", ["/articles", "/ideas/overdue", "/badges", "/log-heads", "/budget", "/charter/versions"]
)
def test_what_the_page_says_of_visitors_is_so(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200
