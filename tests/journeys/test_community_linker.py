"""Who voted, who nominated, who is in a cohort, who wrote at a place: asked of the dump that two weeks of a community
left, with the root key. The linker of privacy.attacks over every table, place and log finds them at chance within
circle x domain, and finds them where one bad column gives them away.
"""

import hashlib
import hmac
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from app.accounts.models import Organisation
from app.clock import today
from app.community import ballots
from app.community.models import Ballot, Writing
from app.community.writing import write
from app.domains.rules import groups_of
from privacy.attacks.evidence import Dump as Tables
from privacy.attacks.linker import View, handle_linkage, link_dump
from privacy.boxes import new_box_keys
from privacy.counting import cast_ballot
from privacy.pseudonyms import new_id, owner_tag, peer_tag
from tests.cast import viewer_of
from tests.journeys.simulation import Size, _add_organisations, draw_person, enrol, leave, note_activity
from tests.journeys.thief import Rows, steal
from tests.journeys.world import Person, World, opened

SIZE = Size(organisations=24, per_organisation=4, days=12, visits=12)
VOTE, NOMINATION, SIGN_UP, WRITING = "idea", "nomination", "cohort", "writing"
KINDS = (VOTE, NOMINATION, SIGN_UP, WRITING)
POST = {WRITING: "writings"}


@dataclass(frozen=True)
class Loot:
    """What was stolen with the root key, what everybody knows of the people, and who did what."""

    stolen: Rows
    people: dict[str, dict[str, str]]
    circle: dict[str, str]  # member -> circle
    groups: dict[str, frozenset[str]]  # member -> domain groups
    truth: dict[str, str]  # label or id -> member
    told: dict[str, str]  # label or id -> domain group, which the row's object or note tells
    kind: dict[str, str]
    keys: tuple[bytes, ...]

    def points(self, kind: str, mutant: Tables | None = None) -> float:
        """Percentage points that the dump adds to circle x domain."""
        rows = [row for row in self.truth if self.kind[row] == kind]
        truth = {row: self.truth[row] for row in rows}
        with_dump = link_dump(self._view(rows, {**self.stolen, **(mutant or {})}), truth)
        return 100 * (with_dump.accuracy - link_dump(self._view(rows, {}), truth).accuracy)

    def _view(self, rows: list[str], dump: Tables) -> View:
        people = [{"id": member, **known} for member, known in sorted(self.people.items())]
        return View(
            dump={"people": people, **dump},
            post_circle={row: self.circle[self.truth[row]] for row in rows},
            member_circle=self.circle,
            post_subject={row: self.told[row] for row in rows},
            member_subjects=self.groups,
            keys=self.keys,
        )


@pytest.fixture(scope="module")
def loot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loot]:
    folder = tmp_path_factory.mktemp("community")
    with opened(folder) as world:
        world.clock.seconds = SIZE.start.timestamp()
        _add_organisations(world, SIZE)
        places = [(one, number) for one in world.codes for number in range(SIZE.per_organisation)]
        world.rng.shuffle(places)
        for organisation, number in places:
            enrol(world, draw_person(world, f"{organisation}-{number}", organisation))
        told = live(world)
        yield taken(world, folder, told)


def live(world: World) -> dict[str, str]:
    """Members come through the door, vote, nominate, sign up, write at places; gives the domain group of each object."""
    objects = {
        kind: {str(new_id()): group.key for group in world.tools.trade.groups for _ in range(4)} for kind in KINDS
    }
    reporter = new_box_keys().public
    people = list(world.people.values())
    for _ in range(SIZE.days):
        for person in world.rng.choices(people, [one.activity for one in people], k=SIZE.visits):
            browser = world.sign_in(person)
            note_activity(world, person)
            act(world, person, objects, reporter)
            leave(browser)
            world.clock.move(seconds=60 * world.rng.randint(5, 70))
        world.clock.move(hours=10)
        world.work()
    return {one: group for some in objects.values() for one, group in some.items()}


def act(world: World, person: Person, objects: dict[str, dict[str, str]], reporter: bytes) -> None:
    """Two or three acts of one visit, each on an object of a domain that the person works in."""
    tools, viewer = world.tools, viewer_of(world.tools, person)
    mine = groups_of(tools.trade, person.subjects)
    for kind in world.rng.sample(KINDS, world.rng.randint(2, 3)):
        about = world.rng.choice([one for one, group in sorted(objects[kind].items()) if group in mine])
        with tools.database.transaction("content", "keys") as stores:
            if kind == WRITING:
                write(
                    stores, tools.vault, tools.trade, viewer=viewer, place=about, kind="saying",
                    texts={"body": "朝いちばんに見回っています。"}, most=99, window=tools.window,
                    today=today(world.clock.now()),
                )  # fmt: skip
                continue
            note = {
                VOTE: {},
                NOMINATION: {"year": 2026},
                SIGN_UP: {"circle": viewer.circle, "group": objects[kind][about]},
            }
            box = cast_ballot(viewer.secret, kind, about, organisation=viewer.circle, reporter=reporter).box
            ballots.cast(
                stores, tools.vault, viewer=viewer, purpose=kind, object=about, note=note[kind],
                box=box if kind == VOTE else None,
            )  # fmt: skip


def taken(world: World, folder: Path, told: dict[str, str]) -> Loot:
    """Steal everything, and write down the truth with everybody's secret."""
    tools, people = world.tools, world.people.values()
    with tools.database.reading() as stores:
        circles = {row.id: row.circle for row in stores.identity.scalars(select(Organisation))}
        cast = [(row.label, row.purpose, row.object) for row in stores.content.scalars(select(Ballot))]
        said = [(row.id, row.place, row.author_tag) for row in stores.content.scalars(select(Writing))]
    labels = {
        ballots.label_of(one.secret, purpose, about): one.member_id
        for one in people
        for purpose, about in {(purpose, about) for _, purpose, about in cast}
    }
    tags = {
        str(tag(one.secret, place)): one.member_id
        for one in people
        for place in {place for _, place, _ in said}
        for tag in (owner_tag, peer_tag)
    }
    return Loot(
        stolen=steal(folder, folder / "hideout", tools.vault),
        people={one.member_id: one.attributes for one in people},
        circle={one.member_id: circles[one.organisation] for one in people},
        groups={one.member_id: frozenset(groups_of(tools.trade, one.subjects)) for one in people},
        truth={label: labels[label] for label, _, _ in cast} | {row: tags[tag] for row, _, tag in said},
        told={label: told[about] for label, _, about in cast} | {row: told[place] for row, place, _ in said},
        kind={label: purpose for label, purpose, _ in cast} | {row: WRITING for row, _, _ in said},
        keys=tuple(tools.vault.ring(purpose)[-1].secret for purpose in ("index/mail", "index/member", "rate")),
    )


def test_there_is_something_to_find(loot: Loot) -> None:
    for kind in KINDS:
        assert len([one for one in loot.kind.values() if one == kind]) > 40
    assert any("sealed.circle" in row for row in loot.stolen["ballots"]), "the root key opened nothing"
    assert any("sealed_text.texts.body" in row for row in loot.stolen["writings"])
    assert len({len(str(row["box"])) for row in loot.stolen["ballots"] if row["box"] is not None}) > 0


@pytest.mark.parametrize("kind", KINDS)
def test_with_database_and_root_key_they_are_found_at_chance(loot: Loot, kind: str) -> None:
    points = loot.points(kind)
    print(f"{kind}: {points:+.1f} points")
    assert points <= 1


# ---------------------------------------------------------------- the linker must beat its mutants


def keyed_hash(loot: Loot, row: str) -> str:
    """The label made under a key of the service instead of the member's secret: one vote a member, and a voter list."""
    return hmac.digest(loot.keys[1], loot.truth[row].encode(), "sha256").hex()


def own_name(loot: Loot, row: str) -> str:
    """One pseudonym for everything a member does, as a column that joins nominations to a table of names."""
    return hashlib.sha256(loot.truth[row][::-1].encode()).hexdigest()[:32]


def second(loot: Loot, row: str) -> int:
    """The second of an act, beside that of a visit."""
    order = random.Random(4).sample(sorted(loot.truth), len(loot.truth))
    return 1_788_000_000 + 240 * order.index(row)


def _visits(loot: Loot) -> Rows:
    names = [
        {"member_id": member, "name": hashlib.sha256(member[::-1].encode()).hexdigest()[:32]} for member in loot.people
    ]
    visits = [{"member_id": loot.truth[row], "began": second(loot, row) - 60} for row in loot.truth]
    return {"names": names, "visits": visits}  # type: ignore[dict-item]


MUTANTS: dict[str, Callable[[Loot, str], str | int]] = {
    VOTE: keyed_hash, NOMINATION: own_name, SIGN_UP: second, WRITING: own_name,
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_one_bad_column_gives_them_away(loot: Loot, kind: str) -> None:
    table, key = ("writings", "id") if kind == WRITING else ("ballots", "label")
    marked = [
        {**row, "mutant": MUTANTS[kind](loot, str(row[key]))} if str(row[key]) in loot.truth else row
        for row in loot.stolen[table]
    ]
    points = loot.points(kind, {table: marked, **_visits(loot)})
    print(f"{kind} with {MUTANTS[kind].__name__}: {points:+.1f} points")
    assert points > 30


def test_no_two_ballots_of_one_hand_are_linked(loot: Loot) -> None:
    rows = [{"label": row["label"]} for row in loot.stolen["ballots"]]
    author = [loot.truth[str(row["label"])] for row in loot.stolen["ballots"]]
    for one in handle_linkage(rows, author):
        assert abs(one.auc - 0.5) <= 0.05, one
    bad = [{"label": loot.truth[str(row["label"])]} for row in loot.stolen["ballots"]]
    assert handle_linkage(bad, author)[0].auc > 0.95
