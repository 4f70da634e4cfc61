"""What an organisation goes by, put right: redaction, exclusions and ways in follow; what was shut out stays so."""

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.commands import organisations as command
from app.accounts.organisations import OrganisationCard, find_by_mail_domain, get_organisation
from app.questions.exclusions import circles_of_names
from app.redacting.service import own_words, redactor
from app.wiring import Toolbox
from privacy.redaction.spans import ORGANISATION
from tests.app.operating.rooms import events
from tests.cast import Cast, post, signed_in, viewer_of

HERE = "/operating/organisations"
NEW = {"name": "澪つくし養魚", "aliases": "みお、澪", "sites": "沖いけす", "mail_domains": "Mio.example"}


@pytest.fixture
def heidi(app: Flask, cast: Cast) -> FlaskClient:
    return signed_in(app, cast.heidi)


def of(tools: Toolbox, organisation_id: str) -> OrganisationCard:
    with tools.database.reading() as stores:
        return get_organisation(stores, tools.vault, organisation_id)


def marks(tools: Toolbox, word: str) -> bool:
    with tools.database.reading() as stores:
        found = redactor(stores, tools.vault, None).find(f"きのう{word}で聞いた話です。", "ja")
    return any(span.label == ORGANISATION for span in found)


def closes(tools: Toolbox, word: str, circle: str) -> bool:
    with tools.database.reading() as stores:
        return circle in circles_of_names(stores, tools.vault, [word])


def test_everything_is_put_right_and_the_page_says_what_it_does(heidi: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    there, circle = cast.organisations["A"], viewer_of(tools, cast.alice).circle
    path = f"{HERE}/{there}/correct"
    assert f'href="{path}"' in heidi.get(HERE).text
    page = heidi.get(path).text
    assert 'value="架空水産A"' in page
    assert 'value="a.example"' in page
    assert "会員の文章に効きます" in page
    assert post(heidi, path, {**NEW, "keep_name": "1"}).location == HERE
    card = of(tools, there)
    assert (card.name, card.aliases, card.sites) == ("澪つくし養魚", ("みお", "澪", "架空水産A"), ("沖いけす",))
    assert (card.mail_domains, card.circle, card.verified) == (("mio.example",), circle, True)
    with tools.database.reading() as stores:
        assert find_by_mail_domain(stores, tools.vault, "a.example") is None
        found = find_by_mail_domain(stores, tools.vault, "mio.example")
        own = own_words(stores, tools.vault, organisation_id=there)
    assert found is not None
    assert found.id == there
    assert own.holds("澪つくし養魚の沖いけすで")
    assert own.holds("架空水産Aで")
    assert marks(tools, "澪つくし養魚")
    assert marks(tools, "架空水産A")
    assert viewer_of(tools, cast.alice).circle == circle, "what is published stays hidden from the same people"
    assert events(tools)[-1] == "organisation.corrected"


def test_a_draft_that_names_it_as_before_still_leaves_it_out(heidi: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    there, circle = cast.organisations["A"], viewer_of(tools, cast.alice).circle
    path = f"{HERE}/{there}/correct"
    post(heidi, path, {"name": "架空水産A", "aliases": "水温", "mail_domains": "a.example"})
    assert marks(tools, "水温")
    post(heidi, path, {"name": "澪つくし養魚", "aliases": "", "mail_domains": "a.example"})  # both were mistakes
    card = of(tools, there)
    assert (card.aliases, card.former_names) == ((), ("架空水産A", "水温"))
    assert not marks(tools, "水温")
    for word in ("架空水産 Ａ", "水温", "澪つくし養魚"):
        assert closes(tools, word, circle)
    assert "架空水産A、水温" in heidi.get(path).text
    post(heidi, path, {"name": "架空水産A", "aliases": "", "keep_name": "1"})
    card = of(tools, there)
    assert (card.name, card.aliases, card.former_names) == ("架空水産A", ("澪つくし養魚",), ("水温",))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": " "}, "組織の名前を入力してください"),
        ({"mail_domains": "gmail.com"}, "だれでも持てるメールのドメイン"),
        ({"mail_domains": "taro@mio.example"}, "@より後だけ"),
        ({"mail_domains": "b.example"}, "ほかの組織に登録されています"),
        ({"sites": "、".join(f"池{n}" for n in range(30))}, "20個まで"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_stays_typed(
    heidi: FlaskClient, tools: Toolbox, cast: Cast, changes: dict[str, str], message: str
) -> None:
    before = of(tools, cast.organisations["A"])
    page = post(heidi, f"{HERE}/{cast.organisations['A']}/correct", {**NEW, **changes})
    assert (page.status_code, message in page.text, "みお、澪" in page.text) == (422, True, True)
    assert of(tools, cast.organisations["A"]) == before
    assert "organisation.corrected" not in events(tools)


def test_its_own_domain_may_stay_and_the_company_stays_the_company(
    heidi: FlaskClient, tools: Toolbox, cast: Cast
) -> None:
    path = f"{HERE}/{cast.organisations['company']}/correct"
    assert (
        post(heidi, path, {"name": "架空の運営", "mail_domains": "company.example、kaisha.example"}).status_code == 303
    )
    card = of(tools, cast.organisations["company"])
    assert (card.is_company, card.mail_domains) == (True, ("company.example", "kaisha.example"))


def test_the_command_changes_what_it_is_given(tools: Toolbox, cast: Cast) -> None:
    there = cast.organisations["A"]

    def run(*words: str) -> str:
        return CliRunner().invoke(command, ["correct", *words], obj=lambda: tools).output

    assert run(there, "--alias", "みお", "--site", "沖いけす") == "corrected\n"
    card = of(tools, there)
    assert (card.name, card.aliases, card.sites, card.mail_domains) == (
        "架空水産A", ("みお",), ("沖いけす",), ("a.example",),
    )  # fmt: skip
    assert run(there, "--name", "澪つくし", "--clear", "aliases", "--forget-name") == "corrected\n"
    card = of(tools, there)
    assert (card.name, card.aliases, card.former_names) == ("澪つくし", (), ("架空水産A", "みお"))
    assert run(there, "--mail-domain", "b.example").startswith("Error: another organisation has that mail domain")
    assert run("0" * 32, "--name", "x").startswith("Error: no organisation under this id")
    assert events(tools)[-2:] == ["organisation.corrected"] * 2
