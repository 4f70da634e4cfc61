"""Roles: given by command to whom they may be, told at the next sign-in; coordinators are asked and may decline."""

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from app.access import rule_of
from app.accounts.population import population
from app.clock import today
from app.operating.commands import roles
from app.wiring import Toolbox
from tests.app.accounts.walk import walk
from tests.app.operating.rooms import events
from tests.cast import Cast, post, promise, sign_in, signed_in, viewer_of


def run(tools: Toolbox, *words: str) -> str:
    result = CliRunner().invoke(roles, words, obj=lambda: tools)
    return result.output.strip()


def test_a_coordinator_is_asked_at_the_next_sign_in_before_any_other_page(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    assert run(tools, "give", cast.carol.mail, "coordinator").startswith("asked")
    assert viewer_of(tools, cast.carol).roles == {"member"}
    carol = signed_in(app, cast.carol)
    assert carol.get("/threads").location == "/roles"
    assert "世話役をお願いできますか" in carol.get("/roles").text
    post(carol, "/roles/answer", {"do": "accept"}, page="/roles")
    assert viewer_of(tools, cast.carol).roles == {"member", "coordinator"}
    assert carol.get("/desk").status_code == 200
    assert events(tools)[-2:] == ["role.asked", "role.accepted"]


def test_no_is_an_answer_and_going_is_as_easy_as_coming(app: Flask, tools: Toolbox, cast: Cast) -> None:
    run(tools, "give", cast.carol.mail, "coordinator")
    carol = signed_in(app, cast.carol)
    post(carol, "/roles/answer", {"do": "decline"}, page="/roles")
    assert viewer_of(tools, cast.carol).roles == {"member"}
    assert viewer_of(tools, cast.carol).role_news == ()
    post(carol, "/roles/answer", {"do": "accept"}, page="/roles")  # nobody asks any more
    assert viewer_of(tools, cast.carol).roles == {"member"}
    erin = signed_in(app, cast.erin)
    assert post(erin, "/roles/lay-down", {"role": "member"}, page="/roles").status_code == 404
    assert post(erin, "/roles/lay-down", {"role": "coordinator"}, page="/roles").status_code == 303
    assert viewer_of(tools, cast.erin).roles == {"member"}
    assert erin.get("/desk").status_code == 403
    assert events(tools)[-2:] == ["role.declined", "role.laid-down"]


def test_what_was_given_and_taken_is_told_once(app: Flask, tools: Toolbox, cast: Cast) -> None:
    assert run(tools, "give", cast.frank.mail, "auditor") == "given"
    frank = signed_in(app, cast.frank)
    assert frank.get("/company").location == "/roles"
    assert "監査担当になりました" in frank.get("/roles").text
    post(frank, "/roles/read", page="/roles")
    assert frank.get("/company").status_code == 200
    assert run(tools, "take", cast.frank.mail, "analyst") == "taken"
    assert frank.get("/company").status_code == 403  # at once
    assert "分析担当の役割が終わりました" in frank.get("/roles").text


@pytest.mark.parametrize(
    ("who", "role", "why"),
    [
        ("alice", "operator", "operating company alone"),
        ("alice", "analyst", "operating company alone"),
        ("erin", "auditor", "operating company alone"),
        ("grace", "analyst", "operating company alone"),
        ("frank", "coordinator", "a member first"),
        ("frank", "analyst", "already"),
        ("nobody", "analyst", "nobody has signed up"),
        ("alice", "king", "is not one of"),
    ],
)
def test_who_may_not_have_a_role_does_not_get_it(tools: Toolbox, cast: Cast, who: str, role: str, why: str) -> None:
    mail = f"{who}@mail.example"
    before = viewer_of(tools, cast[who]).roles if who != "nobody" else None
    assert why in run(tools, "give", mail, role)
    assert before is None or viewer_of(tools, cast[who]).roles == before
    assert "role.given" not in events(tools)


def test_counts_name_nobody(tools: Toolbox, cast: Cast) -> None:
    run(tools, "give", cast.bob.mail, "coordinator")
    lines = dict(line.split(None, 1) for line in run(tools, "list-counts").splitlines())
    assert lines == {"member": "6", "coordinator": "1  asked 1", "analyst": "1", "operator": "1", "auditor": "1"}
    assert run(tools, "take", cast.bob.mail, "coordinator") == "taken"  # a question nobody answered
    assert viewer_of(tools, cast.bob).role_news == ()


def test_people_of_the_operating_company_are_no_members(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    """The mutant: before, whoever had the company's code read every peer's question as a member."""
    walk(client, tools, "shin@mail.example", {"way": "code", "join_code": cast.codes["company"]})
    for path in ("/threads", "/ask", "/company", "/operating", "/desk"):
        assert client.get(path).status_code == 403, path
    assert "役割を見る" in client.get("/").text
    assert run(tools, "give", "shin@mail.example", "operator") == "given"
    post(client, "/roles/read", page="/roles")
    assert client.get("/operating").location == "/welcome/promises"  # they too promise first
    promise(client, tools)
    assert client.get("/operating").status_code == 200
    assert client.get("/threads").status_code == 403
    with tools.database.reading() as stores:
        counted = population(stores, tools.vault, tools.trade, today=today(tools.clock.now()))
    companies = cast.organisations["company"]
    assert all(one.organisation != companies for one in counted)


@pytest.mark.parametrize("name", ["answer_role", "read_roles", "lay_down"])
def test_nobody_is_kept_on_the_page_while_they_may_only_read(app: Flask, name: str) -> None:
    """Every page leads there until it is answered: who began afresh this week has to get past it too."""
    rule = rule_of(app, f"operating.{name}")
    assert rule is not None
    assert rule.while_reading


def test_a_role_is_not_carried_into_another_browser_before_sign_in(app: Flask, tools: Toolbox, cast: Cast) -> None:
    run(tools, "give", cast.bob.mail, "coordinator")
    stranger = app.test_client()
    assert stranger.get("/roles").location.startswith("/sign-in")
    assert sign_in(stranger, cast.alice).location == "/"
    assert stranger.get("/threads").status_code == 200
