"""Who wrote what, asked of the dump that weeks of a network left: the linker of privacy.attacks over every table, place
and log, without keys and with the root key, against the same linker given only the pages and the circle.
"""

import hashlib
import hmac
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from app.escrow.custody import CustodyFolder
from app.escrow.models import Escrow
from app.queues import service as queues
from app.wiring import Toolbox
from benchmarks.leaks import gains
from benchmarks.lines import report
from privacy.attacks.linker import Linkage, handle_linkage
from privacy.pseudonyms import routing_handle
from tests.app.escrow.makers import answers_of, ask_for, make_five, show
from tests.app.insights.quarter import begin
from tests.cast import make_cast, make_person, viewer_of
from tests.journeys.simulation import Size, populate, simulate
from tests.journeys.struck import beyond_lot, deductions
from tests.journeys.thief import (
    LABELS,
    Gain,
    Known,
    Rows,
    chance_of,
    expert_rows,
    gain_of,
    handle_rows,
    steal,
    what_is_known,
)
from tests.journeys.world import World, opened

SIZE = Size(days=14, visits=11, asking=0.5)
KINDS = ("threads", "posts")
LEVELS = ("without keys", "with the root key")


@dataclass(frozen=True)
class Dump:
    """What was stolen at both levels, what is known anyway, and who wrote what."""

    stolen: dict[str, Rows]
    known: Known
    truth: dict[str, str]
    handles: dict[str, str]
    keys: tuple[bytes, ...]

    def of(self, kind: str) -> Known:
        """What is known of the threads, or of the posts."""
        return self.known.only(row["id"] for row in self.stolen[LEVELS[0]][kind])

    def gain(self, kind: str, level: str, mutant: Rows | None = None) -> Gain:
        keys = self.keys if level == LEVELS[1] else ()
        return gain_of(self.of(kind), mutant or self.stolen[level], self.truth, keys=keys)


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dump]:
    folder = tmp_path_factory.mktemp("dump")
    with opened(folder) as world:
        populate(world, SIZE)
        homes = make_five(world.tools, tmp_path_factory.mktemp("machines"))
        begin(world.tools)  # questions, and answers that helped, leave boxes for the reporter
        simulate(world, SIZE)
        break_glass(world, homes)
        yield taken(world, folder)


def break_glass(world: World, homes: list[CustodyFolder]) -> None:
    """One author opened and told, and a request still open: both leave their rows to the thief."""
    with world.tools.database.reading() as stores:
        asked = [row.thread_id for row in stores.content.scalars(select(Escrow).where(Escrow.author == 0))]
    shown, waits = (ask_for(world.tools, thread_id) for thread_id in sorted(asked)[:2])
    given = answers_of(homes[:3], shown, now=world.clock.now())
    world.clock.move(hours=48)
    assert show(world.tools, shown, given).mail
    assert waits.id


def taken(world: World, folder: Path) -> Dump:
    """Steal at both levels."""
    vault = world.tools.vault
    stolen = {level: steal(folder, folder / f"hideout {at}", (None, vault)[at]) for at, level in enumerate(LEVELS)}
    handles = {
        str(routing_handle(one.secret, subject)): one.member_id
        for one in world.people.values()
        for subject in one.subjects
    }
    keys = tuple(vault.ring(purpose)[-1].secret for purpose in ("index/mail", "index/member", "rate", "flask"))
    return Dump(stolen, what_is_known(world), world.truth, handles, keys)


def test_the_dump_is_worth_attacking(dump: Dump) -> None:
    stolen = dump.stolen[LEVELS[1]]
    assert len(stolen["threads"]) > 30
    assert len(stolen["posts"]) > 60
    assert len(set(dump.truth.values())) > 20
    assert all(stolen[table] for table in ("sessions", "rate_buckets", "experts", "offers", "contacts", "lockers"))
    assert any(name.startswith("log.") for name in stolen), "no log was stolen"
    assert len(stolen["escrows"]) > 60
    assert {row["state"] for row in stolen["escrow_requests"]} == {"open", "shown"}
    assert len(stolen["members.sealed.opened"]) == 1
    assert all("sealed_text.title" in row for row in stolen["threads"]), "the root key opened nothing"
    assert any("sealed.mail" in row for row in stolen["members"])


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_dump_adds_at_most_a_point_to_the_pages(
    dump: Dump, kind: str, level: str, record_property: Callable[[str, object], None]
) -> None:
    gain = dump.gain(kind, level)
    record_property("gain", str(gain))
    print(f"{kind} {level}: {gain}")
    assert gain.points <= 1, gain


@pytest.mark.parametrize("kind", KINDS)
def test_when_somebody_was_last_here_says_no_more_than_the_crowd_does(dump: Dump, kind: str) -> None:
    for stolen in dump.stolen.values():
        assert deductions(dump.of(kind), stolen, dump.truth)["last quarter"] <= 1


@pytest.mark.parametrize("kind", KINDS)
def test_no_column_names_a_domain_key_that_the_words_do_not(dump: Dump, kind: str) -> None:
    stolen = dump.stolen[LEVELS[1]]
    assert deductions(dump.of(kind), stolen, dump.truth, text_fell=True)["domain key in a column"] <= 1


@pytest.mark.parametrize("kind", KINDS)
def test_without_keys_no_column_names_a_finer_domain_key_than_the_page(dump: Dump, kind: str) -> None:
    stolen = dump.stolen[LEVELS[0]]
    assert deductions(dump.of(kind), stolen, dump.truth)["domain key in a column"] <= 1


# ---------------------------------------------------------------- the linker must beat its mutants


def second_of(dump: Dump) -> dict[str, int]:
    """A second at which each post was sent, apart from the next by minutes."""
    rng = random.Random(4)
    posts = sorted(dump.truth)
    moments = rng.sample(range(1_788_000_000, 1_790_000_000, 240), len(posts))
    return dict(zip(posts, moments, strict=True))


def uuid7(second: int, rng: random.Random) -> str:
    return f"{second * 1000:012x}7{rng.getrandbits(76):019x}"


def mutated(dump: Dump, kind: str, mark: Callable[[str], object], visits: list[dict[str, object]]) -> Rows:
    stolen = dump.stolen[LEVELS[0]]
    rows = [row | {"mutant": mark(str(row["id"]))} for row in stolen[kind]]
    return {**stolen, kind: rows, "visits": visits}  # type: ignore[dict-item]


def session_minutes(dump: Dump, kind: str) -> Rows:
    when = second_of(dump)
    visits = [{"member_id": dump.truth[post], "began": (when[post] - 90) // 60 * 60} for post in when]
    return mutated(dump, kind, lambda post: when[post], visits)


def autoincrement(dump: Dump, kind: str) -> Rows:
    order = {post: n for n, post in enumerate(random.Random(5).sample(sorted(dump.truth), len(dump.truth)))}
    return mutated(dump, kind, lambda post: order[post], [{"member_id": dump.truth[p], "n": order[p]} for p in order])


def time_ordered_ids(dump: Dump, kind: str) -> Rows:
    when, rng = second_of(dump), random.Random(6)
    visits = [{"member_id": dump.truth[post], "id": uuid7(when[post] - 40, rng)} for post in when]
    return mutated(dump, kind, lambda post: uuid7(when[post], rng), visits)


def stable_pseudonym(dump: Dump, kind: str) -> Rows:
    names = {member: hashlib.sha256(member[::-1].encode()).hexdigest()[:32] for member in set(dump.truth.values())}
    rows = [{"member_id": member, "name": name} for member, name in names.items()]
    return mutated(dump, kind, lambda post: names[dump.truth[post]], rows)  # type: ignore[arg-type]


def member_hmac(dump: Dump, kind: str) -> Rows:
    return mutated(dump, kind, lambda post: hmac.digest(dump.keys[1], dump.truth[post].encode(), "sha256").hex(), [])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mutate", [session_minutes, autoincrement, time_ordered_ids, stable_pseudonym])
def test_the_same_dump_with_one_bad_column_gives_its_authors_away(
    dump: Dump, kind: str, mutate: Callable[[Dump, str], Rows]
) -> None:
    gain = dump.gain(kind, LEVELS[0], mutate(dump, kind))
    assert gain.points > 30, gain


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_with_what_else_the_author_works_with_is_caught(dump: Dump, kind: str) -> None:
    """The mutant: each row says all that its author works with."""
    stolen, people = dump.stolen[LEVELS[1]], dump.known.people
    rows = [
        row
        | {f"of {key}": key for key in people[dump.truth[str(row["id"])]].works_with & dump.known.trade.subjects.keys()}
        for row in stolen[kind]
    ]
    caught = deductions(dump.of(kind), {**stolen, kind: rows, "offers": []}, dump.truth, text_fell=True)
    assert caught["domain key in a column"] > 10, caught


@pytest.mark.parametrize("kind", KINDS)
def test_break_glass_with_a_key_of_the_operators_would_give_everybody_away(dump: Dump, kind: str) -> None:
    """The mutant: a master key opens each box for the thief of the root key, instead of three custodians."""
    stolen, tag = dump.stolen[LEVELS[1]], {"threads": "owner_tag", "posts": "author_tag"}[kind]
    author = {row[tag]: dump.truth[str(row["id"])] for row in stolen[kind]}
    opened = [row | {"sealed.member": author.get(row["tag"])} for row in stolen["escrows"]]
    mutant = {**stolen, "escrows": opened}
    assert dump.gain(kind, LEVELS[1]).points <= 1
    assert dump.gain(kind, LEVELS[1], mutant).points > 30


@pytest.mark.parametrize("kind", KINDS)
def test_the_run_over_months_ends_with_one_on_such_a_dump_and_with_none_on_ours(dump: Dump, kind: str) -> None:
    bad = stable_pseudonym(dump, kind)
    assert report(gains(dump.known, dump.stolen[LEVELS[0]], dump.truth, LEVELS[0]), seed=1) == 0
    assert report(gains(dump.known, bad, dump.truth, LEVELS[0]), seed=1) == 1
    assert report([], seed=1) == 1, "nothing measured is nothing held"


@pytest.mark.parametrize("kind", KINDS)
def test_a_keyed_hash_of_the_member_is_caught_once_the_key_falls(dump: Dump, kind: str) -> None:
    mutant = member_hmac(dump, kind)
    assert dump.gain(kind, LEVELS[0], mutant).points <= 1
    assert dump.gain(kind, LEVELS[1], mutant).points > 30


def test_what_a_column_says_counts_only_beyond_every_lot() -> None:
    assert beyond_lot(4.5, [-1, 2, 5]) == 0
    assert beyond_lot(5.5, [-1, 2, 5]) == 3.5


# ---------------------------------------------------------------- one hand, two threads


def worst(rows: list[dict[str, object]], author: list[str], names: frozenset[str]) -> list[Linkage]:
    return [one for one in handle_linkage(rows, author) if (one.column.split(":")[0] in names)]  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
def test_labels_and_ids_link_no_two_threads(dump: Dump, kind: str) -> None:
    rows = handle_rows(dump.stolen[LEVELS[0]], kind)
    author = [dump.truth[str(row["id"])] for row in rows]
    for one in worst(rows, author, LABELS):  # type: ignore[arg-type]
        spread = chance_of(author) if one.comparator == "order" else 0.02
        assert abs(one.auc - 0.5) <= spread, (one, spread)
    bad = [row | {"tag": dump.truth[str(row["id"])]} for row in rows]
    assert worst(bad, [dump.truth[str(row["id"])] for row in rows], LABELS)[0].auc > 0.95  # type: ignore[arg-type]


def test_no_two_profiles_of_one_expert_are_linked_by_where_they_lie(dump: Dump) -> None:
    rows = expert_rows(dump.stolen[LEVELS[0]])
    author = [dump.handles[str(row["handle"])] for row in rows]
    for one in handle_linkage(rows, author):
        assert abs(one.auc - 0.5) <= min(chance_of(author), 0.3), one


def test_profiles_made_in_one_sitting_lie_side_by_side_until_the_night(tools: Toolbox, tmp_path: Path) -> None:
    cast, owner = make_cast(tools), {}
    subjects = ("rainbow-trout", "coho-salmon", "yamame-iwana")
    for number in range(40):
        person = make_person(tools, f"p{number}", cast.organisations["B"], subjects=subjects)
        viewer = viewer_of(tools, person)
        for subject in subjects:
            owner[str(routing_handle(person.secret, subject))] = person.member_id
            with tools.database.transaction("content") as stores:
                queues.opt_in(
                    stores,
                    tools.vault,
                    tools.trade,
                    viewer=viewer,
                    subject=subject,
                    topics=(),
                    capacity=3,
                    away_until=0,
                    box=None,
                )
    linked = expert_rows(steal(tools.settings.data_dir, tmp_path / "evening"))
    assert handle_linkage(linked, [owner[str(row["handle"])] for row in linked])[0].auc > 0.9
    tools.database.rebuild()
    rows = expert_rows(steal(tools.settings.data_dir, tmp_path / "morning"))
    after = handle_linkage(rows, [owner[str(row["handle"])] for row in rows])
    assert max(abs(one.auc - 0.5) for one in after) < 5 / (12 * 120) ** 0.5  # 120 pairs of one hand
