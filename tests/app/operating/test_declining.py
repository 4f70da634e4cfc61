"""An organisation that is not let in: its people are told why and choose; its name is known when it comes again."""

import re

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from app.accounts import declining
from app.accounts.commands import organisations as command
from app.accounts.declining import KEPT_DAYS
from app.accounts.models import Organisation
from app.accounts.organisations import OrganisationCard, find_by_code, get_organisation, list_organisations
from app.accounts.rules import CannotDecline
from app.clock import SetClock, today
from app.jobs.models import Job
from app.questions.exclusions import circles_of_names
from app.redacting.service import redactor
from app.wiring import Toolbox
from privacy.redaction.spans import ORGANISATION
from tests.app.accounts.walk import members, take_mail, walk
from tests.app.operating.rooms import events
from tests.cast import PASSWORD, Cast, make_person, post, sign_in, signed_in, viewer_of

HERE = "/operating/organisations"
NAME = "架空水産unverified"


@pytest.fixture
def heidi(app: Flask, cast: Cast) -> FlaskClient:
    return signed_in(app, cast.heidi)


def of(tools: Toolbox, organisation_id: str) -> OrganisationCard:
    with tools.database.reading() as stores:
        return get_organisation(stores, tools.vault, organisation_id)


def decline(heidi: FlaskClient, organisation_id: str, **fields: str) -> None:
    response = post(heidi, f"{HERE}/{organisation_id}/decline", {"why": "not-real", **fields})
    assert (response.status_code, response.location) == (303, HERE)


def test_the_page_says_what_happens_and_wants_a_reason(heidi: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    path = f"{HERE}/{cast.organisations['unverified']}/decline"
    assert f'href="{path}"' in heidi.get(HERE).text
    page = heidi.get(path).text
    assert f"「{NAME}」を見送る" in page
    assert "grace" not in page
    company = f'value="{cast.organisations["company"]}"'
    assert company not in page, "nobody is moved into the operating company"
    for fields, message in (
        ({}, "わけを選んでください"),
        ({"why": "here-already"}, "どの組織かを選んでください"),
        ({"why": "here-already", "instead": cast.organisations["company"]}, "どの組織かを選んでください"),
        ({"why": "because"}, "わけを選んでください"),
    ):
        again = post(heidi, path, dict(fields))
        assert (again.status_code, message in again.text) == (422, True)
    assert of(tools, cast.organisations["unverified"]).waits
    assert "organisation.declined" not in events(tools)


def test_only_one_that_waits_is_declined(heidi: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    for name in ("A", "company"):
        assert heidi.get(f"{HERE}/{cast.organisations[name]}/decline").status_code == 404
    with tools.database.transaction("identity") as stores, pytest.raises(CannotDecline):
        declining.decline(
            stores, tools.vault, organisation_id=cast.organisations["A"], why="not-real", today=today(tools.clock.now())
        )


def test_who_waits_gets_a_letter_that_only_calls_and_reads_why(
    client: FlaskClient, heidi: FlaskClient, tools: Toolbox, cast: Cast
) -> None:
    assert sign_in(client, cast.grace).location == "/waiting"
    decline(heidi, cast.organisations["unverified"], why="other-trade")
    letter = take_mail(tools)
    assert (letter["kind"], letter["address"], letter["words"]) == ("important", cast.grace.mail, {})
    assert events(tools)[-1] == "organisation.declined"
    page = client.get("/waiting").text
    assert NAME in page
    assert "別の分野の組織のようです" in page
    assert "その組織の人として参加する" not in page
    assert client.get("/leaving/leave").status_code == 200
    assert client.get("/mine").status_code == 403
    assert post(client, "/waiting/join", page="/waiting/organisation").status_code == 404
    client.delete_cookie("__Host-shiome")
    assert sign_in(client, cast.grace).location == "/waiting", "nobody is let in by it"


def test_another_organisation_is_chosen_and_nothing_typed_is_lost(
    client: FlaskClient, heidi: FlaskClient, tools: Toolbox, cast: Cast
) -> None:
    unverified = cast.organisations["unverified"]
    before = viewer_of(tools, cast.grace)
    decline(heidi, unverified)
    sign_in(client, cast.grace)
    wrong = post(client, "/waiting/organisation", {"way": "code", "join_code": "AAAA-AAAA-AAAA"})
    assert (wrong.status_code, "見つかりませんでした" in wrong.text) == (422, True)
    named = post(client, "/waiting/organisation", {"way": "new", "organisation_name": "澪つくし養魚"})
    assert named.location == "/waiting"
    assert "確認を待っています" in client.get("/waiting").text
    assert "澪つくし養魚" in heidi.get(HERE).text
    chosen = post(client, "/waiting/organisation", {"way": "code", "join_code": cast.codes["B"]})
    assert chosen.location == "/"
    after = viewer_of(tools, cast.grace)
    assert (after.roles, after.organisation_id) == ({"member"}, cast.organisations["B"])
    assert (after.attributes, after.subjects) == (before.attributes, before.subjects)
    assert "澪つくし養魚" not in heidi.get(HERE).text, "what only she named goes with her"
    assert NAME not in heidi.get(HERE).text
    assert post(client, "/waiting/organisation", {"way": "new"}, page="/account/work").status_code == 403


def test_the_way_of_the_address_and_into_the_company(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    sign_in(client, cast.grace)
    assert 'value="domain"' not in client.get("/waiting/organisation").text
    assert post(client, "/waiting/organisation", {"way": "domain"}).status_code == 422
    chosen = post(client, "/waiting/organisation", {"way": "code", "join_code": cast.codes["company"]})
    assert chosen.location == "/"
    assert viewer_of(tools, cast.grace).roles == set(), "the company's people are no members"


def test_who_is_here_already_goes_there_by_their_own_hand_and_never_reads_its_name(
    app: Flask, client: FlaskClient, heidi: FlaskClient, tools: Toolbox, cast: Cast
) -> None:
    unverified, there = cast.organisations["unverified"], cast.organisations["A"]
    hana = make_person(tools, "hana", unverified)
    decline(heidi, unverified, why="here-already", instead=there, keep_name="1")
    assert of(tools, there).aliases == (NAME,)
    sign_in(client, cast.grace)
    page = client.get("/waiting").text
    assert "すでに参加している組織の、別の呼び名のようです" in page
    assert "架空水産A" not in page
    assert viewer_of(tools, cast.grace).organisation_id == unverified, "never silently"
    assert post(client, "/waiting/join", page="/waiting").location == "/"
    joined, colleague = viewer_of(tools, cast.grace), viewer_of(tools, cast.alice)
    assert (joined.roles, joined.organisation_id) == ({"member"}, there)
    assert joined.own_circles == colleague.own_circles, "what is hidden from her colleagues is hidden from her"
    assert viewer_of(tools, hana).organisation_id == unverified, "each by their own hand"
    assert post(client, "/waiting/join", page="/account/work").status_code == 403
    other = signed_in(app, hana)
    assert post(other, "/waiting/join", page="/waiting").location == "/"
    assert viewer_of(tools, hana).organisation_id == there
    with tools.database.reading() as stores:
        assert circles_of_names(stores, tools.vault, [NAME]) >= {joined.circle}


def test_a_name_that_is_forgotten_stays_out_of_the_others(heidi: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    decline(heidi, cast.organisations["unverified"], why="here-already", instead=cast.organisations["A"])
    assert of(tools, cast.organisations["A"]).aliases == ()


def test_a_declined_name_is_marked_in_nobodys_text(heidi: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    def marked() -> bool:
        with tools.database.reading() as stores:
            found = redactor(stores, tools.vault, None).find("きのう水温で聞いた話です。", "ja")
        return any(span.label == ORGANISATION for span in found)

    post(heidi, f"{HERE}/{cast.organisations['unverified']}/correct", {"name": "水温"})
    before = marked()
    decline(heidi, cast.organisations["unverified"])
    assert (before, marked()) == (True, False)


def test_it_can_be_taken_back_while_somebody_waits(heidi: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    unverified = cast.organisations["unverified"]
    decline(heidi, unverified)
    assert "確認を待っている組織があります" not in heidi.get("/operating").text
    page = heidi.get(HERE).text
    assert re.search(rf"見送った組織.*{NAME}.*実在する組織と確かめられなかった", page, re.S)
    assert heidi.get(f"{HERE}/{unverified}/decline").status_code == 404
    assert post(heidi, HERE, {"do": "take-back", "id": unverified}).location == HERE
    assert of(tools, unverified).waits
    assert events(tools)[-1] == "organisation.decline-undone"
    assert post(heidi, HERE, {"do": "take-back", "id": unverified}).status_code == 404


def test_the_name_does_not_come_back_unseen_even_after_who_typed_it_left(
    app: Flask, client: FlaskClient, heidi: FlaskClient, tools: Toolbox, clock: SetClock, cast: Cast
) -> None:
    unverified = cast.organisations["unverified"]
    decline(heidi, unverified)
    take_mail(tools)
    grace = signed_in(app, cast.grace)
    here = members(tools)
    assert post(grace, "/leaving/leave", {"texts": "keep", "sure": "1", "current": PASSWORD}).status_code == 303
    assert members(tools) == here - 1
    with tools.database.transaction("content") as stores:
        stores.content.execute(delete(Job))
    left = of(tools, unverified)
    assert (left.name, left.aliases, left.sites) == ("", (), ()), "the name may be a person's"
    assert left.declined is not None
    assert NAME not in repr(left)
    walk(
        client, tools, "shinjin@mail.example", {"way": "new", "organisation_name": "架空水産 ＵＮＶＥＲＩＦＩＥＤ(株)"}
    )
    page = heidi.get(HERE).text
    assert "この名前は、前に見送っています" in page
    assert "2026年11月20日、わけ：実在する組織と確かめられなかった" in page
    clock.move(hours=24 * (KEPT_DAYS + 1))
    with tools.database.transaction("identity") as stores:
        declining.forget_old(stores, tools.vault, today=today(clock.now()))
    with tools.database.reading() as stores:
        assert stores.identity.get(Organisation, unverified) is None


def test_the_same_name_as_one_that_is_in_is_said_and_proposed(
    client: FlaskClient, heidi: FlaskClient, tools: Toolbox, cast: Cast
) -> None:
    walk(client, tools, "shinjin@mail.example", {"way": "new", "organisation_name": "株式会社 架空水産Ｂ"})
    assert "「架空水産B」と同じ名前です" in heidi.get(HERE).text
    with tools.database.reading() as stores:
        (card,) = [one for one in list_organisations(stores, tools.vault) if one.name.startswith("株式会社")]
    page = heidi.get(f"{HERE}/{card.id}/decline").text
    assert f'<option value="{cast.organisations["B"]}" selected>' in page


def test_a_freed_domain_and_a_dead_code(heidi: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    unverified = cast.organisations["unverified"]
    domain = {"name": NAME, "mail_domains": "nami.example"}
    assert post(heidi, f"{HERE}/{unverified}/correct", dict(domain)).status_code == 303
    assert post(heidi, HERE, {"name": "ほか", "mail_domains": "nami.example"}).status_code == 422
    decline(heidi, unverified)
    assert of(tools, unverified).mail_domains == ()
    assert post(heidi, HERE, {"name": "ほか", "mail_domains": "nami.example"}).status_code == 303
    with tools.database.reading() as stores:
        code = cast.codes["unverified"]

        assert find_by_code(stores, tools.vault, code) is None


def test_verifying_tells_who_waited_and_welcomes_them(
    client: FlaskClient, heidi: FlaskClient, tools: Toolbox, cast: Cast
) -> None:
    decline(heidi, cast.organisations["unverified"])
    take_mail(tools)
    result = CliRunner().invoke(command, ["verify", cast.organisations["unverified"]], obj=lambda: tools)
    assert result.exit_code == 0, result.output
    assert take_mail(tools)["address"] == cast.grace.mail
    assert sign_in(client, cast.grace).location == "/"
    assert "所属先の確認が済みました" in client.get("/account").text
    assert of(tools, cast.organisations["unverified"]).declined is None


def test_english_is_complete(app: Flask, heidi: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    unverified, kana = cast.organisations["unverified"], re.compile(r"[ぁ-んァ-ヶ]+")
    path, grace = f"{HERE}/{unverified}/decline", signed_in(app, cast.grace)
    for browser in (heidi, grace):
        post(browser, "/language", {"locale": "en"}, page="/account")

    def said(browser: FlaskClient, page: str) -> list[str]:
        return kana.findall(browser.get(page).text.partition("<main")[2].partition("</main>")[0])

    assert said(heidi, path) == said(heidi, path.replace("decline", "correct")) == said(grace, "/waiting") == []
    decline(heidi, unverified, why="here-already", instead=cast.organisations["A"])
    assert "Already here under another name" in heidi.get(HERE).text
    assert said(heidi, HERE) == said(grace, "/waiting") == said(grace, "/waiting/organisation") == []


def test_the_commands(tools: Toolbox, cast: Cast) -> None:
    unverified = cast.organisations["unverified"]

    def run(*words: str) -> str:
        return CliRunner().invoke(command, words, obj=lambda: tools).output

    assert run("decline", unverified, "--why", "here-already").startswith("Error: only one that waits is declined")
    assert run("decline", cast.organisations["A"], "--why", "not-real").startswith("Error: only one that waits")
    assert run("decline", unverified, "--why", "here-already", "--as", cast.organisations["A"]) == "declined\n"
    assert f"{unverified}\tdeclined (here-already)\t{NAME}" in run("list")
    assert of(tools, cast.organisations["A"]).aliases == (NAME,)
    assert run("undo-decline", unverified) == "waiting\n"
    assert run("undo-decline", unverified).startswith("Error: no organisation under this id")
    assert events(tools)[-2:] == ["organisation.declined", "organisation.decline-undone"]
