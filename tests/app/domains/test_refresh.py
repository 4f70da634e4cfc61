"""The nightly table: computed from who is there, published under a new version only when it differs."""

from sqlalchemy import select

from app.accounts import service as accounts
from app.clock import today
from app.domains.models import Network, OpenVectors
from app.domains.reads import is_small, open_table
from app.domains.rules import hidden_levels, hierarchies
from app.domains.service import refresh_open_vectors
from app.wiring import Toolbox
from privacy.anonymity import group_vector, vector_of
from privacy.wraps import Cost
from tests.cast import ATTRIBUTES, Cast


def refresh(tools: Toolbox) -> bool:
    with tools.database.transaction("content") as stores:
        return refresh_open_vectors(stores, tools.vault, tools.trade, tools.settings, today(tools.clock.now()))


def fill(tools: Toolbox, organisations: int, members: int) -> None:
    import random

    with tools.database.transaction("identity", "keys") as stores:
        for number in range(organisations):
            organisation_id, _ = accounts.add_organisation(
                stores, tools.vault, name=f"架空漁業{number}", verified=True, rng=random.Random(number)
            )
            for person in range(members):
                accounts.enrol(
                    stores, tools.vault, organisation_id=organisation_id, mail=f"{number}.{person}@mail.example",
                    password=None, attributes=ATTRIBUTES, subjects=("rainbow-trout",), cost=Cost(1, 64, 1),
                    today=today(tools.clock.now()),
                )  # fmt: skip


def test_few_organisations_open_nothing_but_a_group_that_is_a_crowd(tools: Toolbox) -> None:
    fill(tools, 12, 2)
    assert refresh(tools)
    with tools.database.reading() as stores:
        table = open_table(stores, tools.trade)
    assert table.of("salmonids") == {group_vector(hierarchies(tools.trade))}
    assert table.of("yellowtails") == frozenset()


def test_a_crowd_opens_more(tools: Toolbox) -> None:
    fill(tools, 21, 1)
    refresh(tools)
    with tools.database.reading() as stores:
        table = open_table(stores, tools.trade)
    finest = vector_of(dict.fromkeys(hidden_levels(tools.trade), 0), hierarchies(tools.trade))
    assert finest in table.of("salmonids")


def test_the_version_changes_only_with_the_result(tools: Toolbox, cast: Cast) -> None:
    assert refresh(tools)
    assert not refresh(tools)
    with tools.database.reading() as stores:
        assert open_table(stores, tools.trade).version == 1
    fill(tools, 21, 1)
    assert refresh(tools)
    with tools.database.reading() as stores:
        assert open_table(stores, tools.trade).version == 2
        versions = {row.version for row in stores.content.scalars(select(OpenVectors))}
    assert versions == {1, 2}


def test_the_network_learns_its_size(tools: Toolbox) -> None:
    with tools.database.transaction("content") as stores:
        stores.content.add(Network(key="aquaculture", demo=False, window_seconds=3600, small=False))
    for organisations, small in ((3, True), (20, False)):
        fill_more(tools, organisations)
        refresh(tools)
        with tools.database.reading() as stores:
            assert is_small(stores) == small


def fill_more(tools: Toolbox, organisations: int) -> None:
    import random

    with tools.database.transaction("identity", "keys") as stores:
        for number in range(organisations):
            organisation_id, _ = accounts.add_organisation(
                stores, tools.vault, name=f"架空養魚{organisations}-{number}", verified=True, rng=random.Random(number)
            )
            accounts.enrol(
                stores, tools.vault, organisation_id=organisation_id, mail=f"{organisations}.{number}@mail.example",
                password=None, attributes=ATTRIBUTES, subjects=("rainbow-trout",), cost=Cost(1, 64, 1),
                today=today(tools.clock.now()),
            )  # fmt: skip


def test_a_table_of_other_attributes_opens_nothing(tools: Toolbox) -> None:
    with tools.database.transaction("content") as stores:
        stores.content.add(OpenVectors(group_key="salmonids", version=1, vectors=[[0, 0]]))
    with tools.database.reading() as stores:
        assert open_table(stores, tools.trade).of("salmonids") == frozenset()
