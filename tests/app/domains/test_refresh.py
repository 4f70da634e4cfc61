"""The table: counted from who is there, published on the first of a month and only when enough changed."""

from sqlalchemy import delete, select

from app.accounts import service as accounts
from app.clock import today
from app.domains.crowds import find_crowd, find_standing
from app.domains.models import CrowdRow, Network, OpenVectors
from app.domains.reads import is_small, open_table
from app.domains.rules import hidden_levels, hierarchies
from app.domains.service import find_next_table, publish_next_table, refresh_open_vectors
from app.keyfiles import KeyFolder
from app.keystore import DataKey
from app.rotation.service import Rotation
from app.sealing import MARKS
from app.wiring import Toolbox
from privacy.anonymity import group_vector, vector_of
from privacy.wraps import Cost
from tests.cast import ATTRIBUTES, Cast


def refresh(tools: Toolbox) -> bool:
    with tools.database.transaction("identity", "keys", "content") as stores:
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


def version(tools: Toolbox) -> int:
    with tools.database.reading() as stores:
        return open_table(stores, tools.trade).version


def next_month(tools: Toolbox) -> None:
    month = today(tools.clock.now()).month
    while today(tools.clock.now()).month == month:
        tools.clock.move(hours=24)  # type: ignore[attr-defined]


def test_published_once_a_month_and_only_when_enough_changed(tools: Toolbox, cast: Cast) -> None:
    assert refresh(tools)  # the first at once
    fill(tools, 21, 1)
    assert not refresh(tools)  # not in the middle of a month
    assert version(tools) == 1
    next_month(tools)
    assert refresh(tools)
    assert version(tools) == 2
    with tools.database.reading() as stores:
        assert {row.version for row in stores.content.scalars(select(OpenVectors))} == {1, 2}
    next_month(tools)
    assert not refresh(tools)  # nobody came or went
    fill_more(tools, 7)
    assert not refresh(tools)  # and the first of this month is over
    next_month(tools)
    assert not refresh(tools)  # seven are too few
    next_month(tools)
    fill_more(tools, 1)
    assert refresh(tools)  # the eighth since the table that stands
    assert version(tools) == 3


def test_other_rules_make_a_new_table_at_once(tools: Toolbox) -> None:
    fill(tools, 21, 1)
    assert refresh(tools)
    tools.settings = tools.settings.model_copy(update={"crowd_members": 30})
    assert refresh(tools)
    with tools.database.reading() as stores:
        assert open_table(stores, tools.trade).of("salmonids") == frozenset()


def test_a_table_counted_while_another_came_is_thrown_away(tools: Toolbox) -> None:
    fill(tools, 21, 1)
    day = today(tools.clock.now())
    with tools.database.reading() as stores:
        late = find_next_table(stores, tools.vault, tools.trade, tools.settings, today=day)
    assert late is not None
    assert refresh(tools)
    with tools.database.transaction("identity", "keys", "content") as stores:
        assert not publish_next_table(stores, tools.vault, tools.trade, late, today=day)
    assert version(tools) == 1


def test_a_stop_between_two_files_is_made_good_the_next_night(tools: Toolbox) -> None:
    fill(tools, 21, 1)
    refresh(tools)
    with tools.database.transaction("keys") as stores:
        stores.keys.execute(delete(DataKey).where(DataKey.id == key_of_crowd(tools)))
    with tools.database.reading() as stores:
        assert find_standing(stores, tools.vault) is None
    assert refresh(tools)
    with tools.database.reading() as stores:
        assert find_crowd(stores, tools.vault, 2) is not None
        assert find_crowd(stores, tools.vault, 1) is None


def key_of_crowd(tools: Toolbox) -> str:
    with tools.database.reading() as stores:
        return stores.identity.scalars(select(CrowdRow.key_id)).one()


def test_the_crowd_before_goes_with_its_key(tools: Toolbox) -> None:
    fill(tools, 21, 1)
    refresh(tools)
    old = key_of_crowd(tools)
    next_month(tools)
    fill_more(tools, 9)
    refresh(tools)
    assert key_of_crowd(tools) != old
    with tools.database.reading() as stores:
        assert stores.keys.get(DataKey, old) is None
        crowd = find_crowd(stores, tools.vault, 2)
        assert crowd is not None
        assert len(crowd) == 30
        assert find_crowd(stores, tools.vault, 2) is crowd  # opened once a process


def test_the_network_learns_its_size(tools: Toolbox) -> None:
    with tools.database.transaction("content") as stores:
        stores.content.add(Network(key="aquaculture", demo=False, window_seconds=3600, small=False))
    fill_more(tools, 3)
    refresh(tools)
    assert small(tools)
    fill_more(tools, 20)
    refresh(tools)
    assert small(tools)  # until the next table
    next_month(tools)
    refresh(tools)
    assert not small(tools)


def small(tools: Toolbox) -> bool:
    with tools.database.reading() as stores:
        return is_small(stores)


def fill_more(tools: Toolbox, organisations: int) -> None:
    import random

    with tools.database.transaction("identity", "keys") as stores:
        for number in range(organisations):
            organisation_id, _ = accounts.add_organisation(
                stores, tools.vault, name=f"架空養魚{organisations}-{number}", verified=True, rng=random.Random(number)
            )
            accounts.enrol(
                stores, tools.vault, organisation_id=organisation_id, mail=f"more{organisations}.{number}@mail.example",
                password=None, attributes=ATTRIBUTES, subjects=("rainbow-trout",), cost=Cost(1, 64, 1),
                today=today(tools.clock.now()),
            )  # fmt: skip


def test_a_table_of_other_attributes_opens_nothing(tools: Toolbox) -> None:
    with tools.database.transaction("content") as stores:
        stores.content.add(OpenVectors(group_key="salmonids", version=1, vectors=[[0, 0]]))
    with tools.database.reading() as stores:
        assert open_table(stores, tools.trade).of("salmonids") == frozenset()


def test_a_new_root_key_makes_nobody_look_changed(tools: Toolbox) -> None:
    fill(tools, 21, 1)
    assert refresh(tools)
    keys = KeyFolder(tools.settings.key_folder)
    keys.add_root()
    rotation = Rotation(tools.database, tools.vault, tools.clock.now, pause=lambda _: None)
    assert rotation.run() == {}
    (keys.path / list(keys.root_names().values())[-1]).unlink()
    tools.vault.ring(MARKS)
    assert len(tools.vault.roots.ids) == 1
    next_month(tools)
    assert not refresh(tools)  # nobody came or went
    assert version(tools) == 1
