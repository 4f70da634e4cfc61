"""Organisations: added, verified, coded by the operator; circles; nothing readable in the file."""

import random

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from app.accounts import organisations as service
from app.accounts.commands import organisations
from app.accounts.population import population
from app.accounts.rules import SharedMailDomain
from app.cli import main
from app.clock import SetClock, today
from app.wiring import Toolbox
from tests.app.accounts.walk import prove, walk
from tests.cast import Cast, make_person, post, sign_in, viewer_of
from tests.conftest import claim


def run(tools: Toolbox, *words: str) -> str:
    result = CliRunner().invoke(organisations, words, obj=lambda: tools)
    assert result.exit_code == 0, result.output
    return result.output


def test_add_list_and_join(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    printed = run(tools, "add", "澪つくし養魚", "--alias", "みお", "--site", "沖いけす", "--mail-domain", "Mio.example")
    organisation_id, code = printed.split()[0], printed.split()[-1]
    assert f"{organisation_id}\tverified\t澪つくし養魚\tmio.example" in run(tools, "list")
    prove(client, tools, "a@mio.example")
    assert "澪つくし養魚" in client.get("/sign-up/organisation").text
    assert post(client, "/sign-up/organisation", {"way": "code", "join_code": code}).location == "/sign-up/about"


def test_verify_lets_everyone_in_at_the_next_sign_in(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    assert sign_in(client, cast.grace).location == "/waiting"
    assert run(tools, "verify", cast.organisations["unverified"]) == "verified\n"
    assert viewer_of(tools, cast.grace).roles == {"waiting"}
    client.delete_cookie("__Host-shiome")
    assert sign_in(client, cast.grace).location == "/"
    assert viewer_of(tools, cast.grace).roles == {"member"}


def test_new_code_ends_the_old_one(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    code = run(tools, "code", cast.organisations["A"]).split()[-1]
    prove(client, tools, "shinjin@mail.example")
    old = post(client, "/sign-up/organisation", {"way": "code", "join_code": cast.codes["A"]})
    assert old.status_code == 422
    assert post(client, "/sign-up/organisation", {"way": "code", "join_code": code}).status_code == 303


def test_unknown_id_in_one_line(tools: Toolbox, cast: Cast) -> None:
    result = CliRunner().invoke(organisations, ["verify", "0" * 32], obj=lambda: tools)
    assert result.exit_code == 1
    assert result.output.startswith("Error: no organisation under this id")


@pytest.mark.parametrize("words", [["list"], ["add", "澪つくし養魚"]])
def test_a_demo_database_is_refused_in_a_sentence(tools: Toolbox, words: list[str]) -> None:
    claim(tools, demo=True)
    environment = {"SHIOME_DATA_DIR": str(tools.settings.data_dir)}
    result = CliRunner().invoke(main, ["organisations", *words], env=environment)
    assert result.exit_code == 1
    assert result.output.startswith("Error: this database belongs to the demo;")
    with tools.database.reading() as stores:
        assert service.list_organisations(stores, tools.vault) == []


def test_shared_mail_domain_is_refused(tools: Toolbox) -> None:
    result = CliRunner().invoke(organisations, ["add", "だれか", "--mail-domain", "gmail.com"], obj=lambda: tools)
    assert result.exit_code == 1
    assert "proves no organisation" in result.output
    assert run(tools, "list") == ""


def test_shared_domain_says_so(tools: Toolbox) -> None:
    with pytest.raises(SharedMailDomain), tools.database.transaction("identity") as stores:
        service.add_organisation(
            stores, tools.vault, name="だれか", mail_domains=["yahoo.co.jp"], verified=True, rng=random.Random(1)
        )


# ---------------------------------------------------------------- circles


def test_circles_grow_and_remember(tools: Toolbox) -> None:
    rng = random.Random(3)
    with tools.database.transaction("identity") as stores:
        first = [
            service.add_organisation(stores, tools.vault, name=f"組合{n}", verified=True, rng=rng)[0] for n in range(19)
        ]
        alone = {card.id: card.circle for card in service.list_organisations(stores, tools.vault)}
        assert len(set(alone.values())) == 19, "under 20, a circle is one organisation"
        entries = [service.NewOrganisation(f"後から{n}") for n in range(41)]
        service.add_organisations(stores, tools.vault, entries=entries, verified=True, rng=rng)
        cards = service.list_organisations(stores, tools.vault)
    sizes = [sum(one.circle == card.circle for one in cards) for card in cards]
    assert len(cards) == 60
    assert set(sizes) <= {3, 4, 5}
    for card in cards:
        if card.id in first:
            assert alone[card.id] in card.former_circles, "old posts keep the old circle"
        assert card.circle not in card.former_circles


def test_unverified_take_no_place_in_a_circle(tools: Toolbox) -> None:
    rng = random.Random(3)
    with tools.database.transaction("identity") as stores:
        entries = [service.NewOrganisation(f"組合{n}") for n in range(24)]
        service.add_organisations(stores, tools.vault, entries=entries, verified=True, rng=rng)
        stranger, _ = service.add_organisation(stores, tools.vault, name="自称", verified=False, rng=rng)
        cards = {card.id: card for card in service.list_organisations(stores, tools.vault)}
        assert [one.id for one in cards.values() if one.circle == cards[stranger].circle] == [stranger]
        service.verify_organisation(stores, tools.vault, organisation_id=stranger, rng=rng)
        cards = {card.id: card for card in service.list_organisations(stores, tools.vault)}
    together = [one.id for one in cards.values() if one.circle == cards[stranger].circle]
    assert 3 <= len(together) <= 5


def test_viewer_knows_every_circle_of_its_organisation(tools: Toolbox, cast: Cast) -> None:
    before = viewer_of(tools, cast.alice).circle
    with tools.database.transaction("identity") as stores:
        entries = [service.NewOrganisation(f"組合{n}") for n in range(30)]
        service.add_organisations(stores, tools.vault, entries=entries, verified=True, rng=random.Random(5))
    after = viewer_of(tools, cast.alice)
    assert after.circle != before
    assert {before, after.circle} <= after.own_circles


# ---------------------------------------------------------------- the crowd


def test_population_counts_members_of_verified_organisations(tools: Toolbox, cast: Cast) -> None:
    make_person(tools, "yuki", cast.organisations["B"], subjects=("rainbow-trout", "yellowtail"))
    with tools.database.reading() as stores:
        crowd = population(stores, tools.vault, tools.trade, today=today(tools.clock.now()))
    keys = [(member.key, member.group) for member in crowd]
    assert len(keys) == len(set(keys))
    names = {person.member_id: name for name, person in cast.people.items()}
    assert {names.get(key, "yuki") for key, _ in keys} == {"alice", "bob", "carol", "dave", "erin", "yuki"}
    assert sum(names.get(key) is None for key, _ in keys) == 2, "once for each group"
    alice = next(member for member in crowd if member.key == cast.alice.member_id)
    assert alice.organisation == cast.organisations["A"]
    assert alice.subjects == {"rainbow-trout", "coho-salmon"}


def test_population_forgets_who_has_gone_quiet(
    client: FlaskClient, tools: Toolbox, clock: SetClock, cast: Cast
) -> None:
    clock.move(hours=24 * 190)
    sign_in(client, cast.alice)
    with tools.database.reading() as stores:
        crowd = population(stores, tools.vault, tools.trade, today=today(clock.now()))
    assert [member.key for member in crowd] == [cast.alice.member_id]


def test_named_organisation_then_verified(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    walk(client, tools, "shinjin@mail.example", {"way": "new", "organisation_name": "澪つくし養魚場"})
    line = next(line for line in run(tools, "list").splitlines() if "澪つくし養魚場" in line)
    assert line.split("\t")[1] == "waiting"
    run(tools, "verify", line.split("\t")[0])
    assert client.get("/waiting").status_code == 200
