"""The attackers on the database that weeks of a network left behind, through its own pages."""

from collections.abc import Iterator

import pytest

from app.audit.attacking import quick, run
from app.audit.reads import find_target
from app.clock import today
from app.domains.service import policy_of
from privacy.attacks.posterior import WORST_ORGANISATION, WORST_PERSON, guess, posterior
from privacy.attacks.threads import HIGHEST, LOWEST
from tests.journeys.left import Left, Watching, left_by, linked
from tests.journeys.simulation import Size, populate, simulate
from tests.journeys.world import World, opened

SIZE = Size(per_organisation=5, days=7, visits=14, asking=0.7, profiles=0.7)


@pytest.fixture(scope="module")
def watching() -> Watching:
    return Watching()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, watching: Watching) -> Iterator[World]:
    with opened(tmp_path_factory.mktemp("left"), seed=3) as made:
        populate(made, SIZE)
        simulate(made, SIZE, watching.look)
        yield made


@pytest.fixture(scope="module")
def left(world: World, watching: Watching) -> Left:
    return left_by(world, watching)


def test_there_is_something_to_attack(left: Left) -> None:
    unwarned, _ = left.attack("rival", warned=False)
    assert len(left.told) > 30
    assert len(unwarned) > 15
    assert max(len(posts) for posts in left.told.values()) >= 3


def test_who_was_not_warned_is_hidden_with_all_posts_of_a_quarter_joined(left: Left) -> None:
    _, figures = left.attack("rival", warned=False)
    print("rival, not warned:", figures)
    assert figures is not None
    assert figures.worst_person <= WORST_PERSON, figures
    assert figures.worst_organisation <= WORST_ORGANISATION, figures


def test_who_was_warned_was_warned_with_reason(left: Left) -> None:
    """What goes out under a group that is no crowd gives its author away more than anything else does."""
    _, warned = left.attack("rival", warned=True)
    _, unwarned = left.attack("rival", warned=False)
    print("rival, warned:", warned)
    if warned is not None and unwarned is not None:
        assert warned.worst_organisation >= unwarned.worst_organisation


def test_the_attacker_would_see_posts_that_show_everything(left: Left) -> None:
    found = []
    for (member, quarter), posts in sorted(left.told.items())[:40]:
        attacked, group = left.attacked[quarter], posts[0].group
        subject = sorted(attacked.rows[member][group].subjects)[0]
        finest = attacked.shown(group, subject, tuple((name, 0) for name, _ in attacked.group_only))
        found.append(guess(attacked, posterior(attacked, None, member, [finest]), member, "pages"))
    assert max(one.person for one in found) > 0.9
    assert sum(one.right for one in found) / len(found) > 0.5


def test_no_label_links_two_threads(world: World) -> None:
    for column, linker, area in linked(world):
        if linker != "order":  # a few hundred pairs move an order by more than two points
            assert LOWEST <= area <= HIGHEST, (column, linker, area)
        assert abs(area - 0.5) < 0.2, (column, linker, area)


def test_the_audit_of_that_network_finds_nothing_in_its_dump_and_no_label_twice(world: World) -> None:
    tools, plan = world.tools, quick(7)
    with tools.database.reading() as stores:
        target = find_target(
            stores, tools.vault, tools.trade, policy=policy_of(tools.settings), today=today(world.clock.now()),
            with_dump=True, rng=plan.rng,
        )  # fmt: skip
    found = {one.key: one for one in run(target, plan, lambda _: None)}
    for one in found.values():
        print(one)
    assert len(target.labels) > 300
    for key in ("person", "organisation", "threads.linked", "threads.twins", "dump.columns"):
        assert found[key].met, found[key]
