"""The operator's list of many organisations: page by page, and looked for by any name; no address holds a name."""

import random
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.organisations import NewOrganisation, add_organisations
from app.operating.rules import PAGE
from app.wiring import Toolbox
from tests.app.operating.rooms import set_up
from tests.cast import Cast, post, signed_in

HERE = "/operating/organisations"


@pytest.fixture
def client(app: Flask, cast: Cast, tools: Toolbox) -> FlaskClient:
    """An operator of fifty organisations besides the cast's."""
    entries = [
        NewOrganisation(f"架空養魚場{number:02}", (f"うおば{number:02}",), (), (f"fish{number:02}.example",))
        for number in range(50)
    ]
    with tools.database.transaction("identity") as stores:
        add_organisations(stores, tools.vault, entries=entries, verified=True, rng=random.Random(1))
    return signed_in(app, cast.heidi)


def names(page: str) -> list[str]:
    return re.findall(r"<li>\s*<p><strong>([^<]+)</strong>", page)


def seek(client: FlaskClient, words: str) -> str:
    reply = post(client, HERE, {"do": "find", "q": words}, page=HERE)
    assert reply.location == HERE
    return client.get(HERE).text


def test_every_organisation_stands_on_one_page_of_the_list(client: FlaskClient) -> None:
    found: list[str] = []
    number, more = 0, True
    while more:
        number += 1
        page = client.get(f"{HERE}?page={number}").text
        members = names(page.split("参加している組織")[1])
        assert len(members) <= PAGE
        found += members
        more = "次の組織" in page
    assert len(found) == len(set(found))
    assert sum("架空養魚場" in one for one in found) == 50
    assert number == -(-len(found) // PAGE)
    assert "前の組織" not in client.get(HERE).text
    for odd in ("0", "99999", "x", "-1", "９"):
        assert client.get(f"{HERE}?page={odd}").status_code == 200


@pytest.mark.parametrize("words", ["養魚場07", "ＵＯＢＡ", "うおば07", "FISH07.example", " 架空養魚場　07 "])
def test_it_is_found_by_name_alias_and_mail_domain_in_any_width(client: FlaskClient, words: str) -> None:
    page = seek(client, words)
    if words == "ＵＯＢＡ":
        assert "見つかりませんでした" in page
        return
    assert names(page) == ["架空養魚場07"]
    assert "組織を足す" not in page
    assert len(names(seek(client, "").split("参加している組織")[1])) == PAGE


def test_what_is_looked_for_stands_in_no_address_and_in_nobody_elses_page(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    page = seek(client, "養魚場07")
    assert 'value="養魚場07"' in page
    assert not [one for one in re.findall(r'(?:href|action)="([^"]*)"', page) if "07" in one and "q=" in one]
    kept = client.get_cookie("__Host-shiome-sought")
    assert kept is not None
    assert "養魚場" not in kept.decoded_value
    other = signed_in(app, cast.heidi)
    other.set_cookie("__Host-shiome-sought", kept.value, secure=True)
    assert "養魚場07" not in names(other.get(HERE).text)[:1]


def test_pages_of_what_was_found_and_new_codes_first(client: FlaskClient) -> None:
    page = seek(client, "架空養魚場")
    assert "50の組織のうち、1ページ目（全3ページ）" in page
    last = client.get(f"{HERE}?page=3").text
    assert len(names(last)) == 10
    assert 'value="架空養魚場"' in last
    wanted = re.findall(r'name="id" value="([^"]+)"', last)[-1]
    assert post(client, HERE, {"do": "code", "id": wanted}, page=HERE).location == HERE
    assert "join-code" in client.get(HERE).text.split("前の組織")[0]


def test_a_network_of_a_few_has_nothing_to_look_through(app: Flask, tools: Toolbox) -> None:
    browser = set_up(app, tools)
    assert "組織をさがす" not in browser.get("/setup/organisations").text
