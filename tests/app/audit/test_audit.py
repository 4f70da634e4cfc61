"""`shiome privacy audit`: reads, measures, stores one sealed row in bands, and says by its end whether promises held."""

import random
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, select, update

from app.accounts.models import Member
from app.audit import attacking
from app.audit.attacking import ATTACKS, Opened, Plan, Target, quick, run
from app.audit.commands import privacy
from app.audit.reads import find_target, newest_report
from app.audit.rules import (
    BANDS,
    Band,
    Measure,
    Report,
    at_least,
    at_most,
    band_of,
    guessed,
    near_chance,
    nothing,
    styled,
)
from app.audit.service import keep_report
from app.clock import today
from app.db import STORES, store_path
from app.domains.service import policy_of
from app.insights.reads import newest_plan
from app.questions.models import Post
from app.tallies.models import ReportPeriod
from app.web.i18n import current_locale, set_locale
from app.wiring import Toolbox
from privacy.anonymity import Policy
from privacy.attacks.linker import View
from privacy.attacks.population import Trade
from privacy.plans import Plan as ReportPlan
from tests.app.audit.makers import settle_network
from tests.app.questions.makers import answer, publish, published
from tests.cast import Cast
from tests.conftest import make_tools


def rows_of(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    found = {}
    for store in STORES:
        with sqlite3.connect(store_path(folder, store)) as connection:
            names = [name for (name,) in connection.execute("select name from sqlite_schema where type = 'table'")]
            for name in names:
                found[f"{store}.{name}"] = connection.execute(f"select * from {name}").fetchall()  # noqa: S608
    return found


def audited(tools: Toolbox, *arguments: str) -> tuple[int, str]:
    """How it ended, and what it said; the bar is left out, since it shows how long it took."""
    answer = CliRunner().invoke(privacy, ["audit", "--quick", *arguments], obj=lambda: tools)
    return answer.exit_code, answer.stdout + "".join(re.findall(r"^Error.*$", answer.stderr, re.M))


@dataclass(frozen=True)
class Audited:
    """A network before and after two audits of one seed."""

    tools: Toolbox
    before: dict[str, list[tuple[object, ...]]]
    after: dict[str, list[tuple[object, ...]]]
    said: list[tuple[int, str]]

    @property
    def report(self) -> Report:
        with self.tools.database.reading() as stores:
            found = newest_report(stores, self.tools.vault)
        assert found is not None
        return found


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Audited]:
    tools = make_tools(tmp_path_factory.mktemp("audit"))
    settle_network(tools)
    set_locale("ja")
    before = rows_of(tools.settings.data_dir)
    said = [audited(tools, "--seed", "5") for _ in range(2)]
    yield Audited(tools, before, rows_of(tools.settings.data_dir), said)
    tools.database.close()


def test_an_audit_writes_its_own_row_and_nothing_else(network: Audited) -> None:
    after = network.after
    assert {name for name in after if after[name] != network.before[name]} == {"content.audits"}
    assert len(after["content.audits"]) == 1, "the next one takes its place"


def test_the_same_seed_finds_the_same(network: Audited) -> None:
    assert network.said[0] == network.said[1]
    assert "seed 5" in network.said[0][1]
    assert network.report.seed == 5


def test_the_terminal_speaks_english_and_leaves_the_language_as_it_was(network: Audited) -> None:
    assert not re.search(r"[ぁ-んァ-ヴ一-鿿]", network.said[0][1]), network.said[0][1]
    assert current_locale() == "ja"


def test_persons_are_hidden_in_a_network_like_this(network: Audited) -> None:
    measures = {one.key: one for one in network.report.measures}
    assert network.said[0][0] == 0, network.said[0][1]
    for key in ("person", "success", "organisation", "sybil.person", "threads.linked", "threads.twins"):
        assert measures[key].met, measures[key]
    assert measures["success"].runs == quick(5).authors
    assert measures["circle.person"].met is None
    assert measures["habits.person"].met is None


def test_it_ends_with_one_when_a_promise_is_missed(tools: Toolbox) -> None:
    """Most left since the table was counted; whoever posts by it is one of a few."""
    settle_network(tools)
    with tools.database.transaction("identity") as stores:
        left = list(stores.identity.scalars(select(Member.id)))[:24]
        stores.identity.execute(delete(Member).where(Member.id.not_in(left)))
    code, said = audited(tools)
    assert code == 1
    assert "not as promised" in said
    assert f"seed {today(tools.clock.now()).toordinal()}" in said, "the day gives a seed by itself"


def test_few_who_could_post_at_all_end_the_attack_all_the_same(network: Audited) -> None:
    """Somebody with an open profile may still write nothing: whole rounds then find no author."""
    tools = network.tools
    with tools.database.reading() as stores:
        target = find_target(
            stores, tools.vault, tools.trade, policy=policy_of(tools.settings), today=today(tools.clock.now()),
            with_dump=False, rng=random.Random(1),
        )  # fmt: skip
    told = set()
    for seed in range(60):
        few = random.Random(seed).sample(list(target.members), 14)
        told.add(
            "success" in {one.key for one in attacking.posterior(replace(target, members=tuple(few)), quick(seed))}
        )
    assert told == {True, False}


def test_nobody_there_is_no_success(tools: Toolbox) -> None:
    settle_network(tools, each=0)
    code, said = audited(tools)
    assert code == 1
    assert "nobody is active" in said


def test_the_dump_of_a_network_is_read_as_a_thief_would(network: Audited) -> None:
    tools = network.tools
    with tools.database.reading() as stores:
        target = find_target(
            stores, tools.vault, tools.trade, policy=policy_of(tools.settings), today=today(tools.clock.now()),
            with_dump=True, rng=Plan(1).rng,
        )  # fmt: skip
    assert [one.with_root for one in target.views] == [False, True] * 2
    closed, opened = (one.view.dump for one in target.views[:2])
    assert closed["members"]
    assert not any(name.startswith("sealed") for row in closed["members"] for name in row)
    assert all("sealed.mail" in row for row in opened["members"]), "the root key opened nothing"
    assert len(opened["members.sealed.subjects"]) >= len(closed["members"])
    assert not any(isinstance(value, bytes) for rows in opened.values() for row in rows for value in row.values())


def test_a_column_that_names_the_author_is_found_at_the_level_it_opens_at() -> None:
    members = {f"{number:032x}": f"circle {number % 6}" for number in range(60)}
    rng = Plan(3).rng
    author = {f"{1_000 + number:032x}": rng.choice(sorted(members)) for number in range(80)}
    clear = {"members": [{"id": one} for one in members], "posts": [{"id": one} for one in author]}
    telling = {**clear, "posts": [{"id": one, "by": who} for one, who in author.items()]}
    circles = {post: members[who] for post, who in author.items()}
    levels = [Opened(root, View(dump, circles, members)) for root, dump in ((False, clear), (True, telling))]
    nobody = Target((), Trade((), {"a": ("b",)}), {}, {}, Policy(), small=True, views=tuple(levels))
    assert {one.key: one.met for one in attacking.dump(nobody, quick(1))} == {
        "dump.columns": True,
        "dump.columns.root": False,
    }


def test_the_readers_of_a_report_are_let_loose_on_the_plan_in_force(tools: Toolbox) -> None:
    plan = ReportPlan(
        period="2027Q1", yearly=False, depth="topic", limit=2, epsilon={"need": 1.4, "second": 0.4, "terms": 0.1},
        second="outcomes", organisations="50-99", cells=("disease", "feed"), published="2026-12-20",
    )  # fmt: skip
    with tools.database.transaction("content") as stores:
        assert newest_plan(stores) is None
        stores.content.add(ReportPeriod(key="2027Q1", state="open", public_key=bytes(32), plan=plan.to_json()))
    with tools.database.reading() as stores:
        target = find_target(
            stores, tools.vault, tools.trade, policy=policy_of(tools.settings), today=today(tools.clock.now()),
            with_dump=False, rng=random.Random(1),
        )  # fmt: skip
    (found,) = attacking.readers(target, quick(1))
    assert found.met
    assert found.limit == 0.716  # (e^1.8 - 1)/(e^1.8 + 1): both releases of the quarter
    assert found.band.to > 0.4, "the attack does not attack"
    yearly = replace(plan, yearly=True)
    assert attacking.readers(replace(target, report_plan=yearly), quick(1)) == [], "nothing is released of this quarter"
    assert not guessed("readers.member", 0.8, 0.716, interval=(0.78, 0.82), least=0.77, runs=1).met


def test_every_attack_is_heard_of() -> None:
    heard: list[str] = []
    nobody = Target((), Trade((), {"a": ("b",)}), {}, {}, Policy(), small=True)
    assert run(nobody, quick(1), heard.append) == ()
    assert heard == list(ATTACKS)


# ---------------------------------------------------------------- what is told


def test_a_figure_is_told_in_bands_only() -> None:
    for value in (0.16, 0.17, 0.2):
        assert at_most("person", value, 0.2).band == Band("share", 0.2)
    assert at_most("person", 1 / 8, 0.2).band == Band("share", 0.125), "a margin is seen"
    told = at_most("success", 0.04, 0.05, interval=(0.021, 0.06), runs=100)
    assert (told.low, told.high) == (Band("share", 0.02), Band("share", 0.075))
    assert at_most("person", 0.2, 0.2).met
    assert not at_most("person", 0.21, 0.2).met
    assert near_chance("threads.linked", 0.485, 0.02, runs=1).band == Band("area", 0.02)
    assert nothing("dump.columns", [], runs=1).met
    assert not nothing("dump.columns", ["x"], runs=1).met
    assert at_least("times.wider", 27.0, 20, runs=1).band == Band("people", 20.0)
    assert at_least("times.wider", 1.0, 20, runs=1).band == Band("people", 0.0)
    for kind, ends in BANDS.items():
        assert band_of(kind, ends[0]).to == ends[0]


def test_style_is_missed_when_its_whole_interval_is_away_from_chance() -> None:
    near = styled("style.ja", 0.57, 0.05, interval=(0.49, 0.65), runs=80)
    assert near.met
    assert (near.low, near.high) == (Band("area", 0.0), Band("area", 0.25))
    assert not styled("style.ja", 0.9, 0.05, interval=(0.85, 0.95), runs=80).met


def test_hands_are_nobodys_in_the_house_style_and_found_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = Target((), Trade((), {"a": ("b",)}), {}, {}, Policy(), small=True)
    assert all(one.met for one in attacking.style(nobody, quick(1)))
    monkeypatch.setattr(attacking, "house_style", lambda text, lang: text)
    assert not any(one.met for one in attacking.style(nobody, quick(1)))


def test_a_report_is_sealed_and_comes_back_as_it_was(tools: Toolbox) -> None:
    measure = Measure("person", Band("share", 0.2), 0.2, True, Band("share", 0.1), Band("share", 0.2), 100)
    report = Report(today(tools.clock.now()), 7, "0.1.0", False, (measure,))
    with tools.database.transaction("content") as stores:
        keep_report(stores, tools.vault, report=report)
    with tools.database.reading() as stores:
        assert newest_report(stores, tools.vault) == report
    with sqlite3.connect(store_path(tools.settings.data_dir, "content")) as connection:
        sealed = connection.execute("select sealed from audits").fetchone()[0]
    assert b"person" not in sealed
    assert len(sealed) > 8192


@pytest.mark.parametrize("wrong", ["x", "1.5"])
def test_a_seed_is_a_whole_number(tools: Toolbox, wrong: str) -> None:
    assert audited(tools, "--seed", wrong)[0] == 2


def test_a_tag_that_stands_in_two_threads_is_found(tools: Toolbox, cast: Cast) -> None:
    first, second = (published(tools, cast.alice) for _ in range(2))
    for thread in (first, second):
        answer(tools, cast.bob, thread)
    publish(tools)
    assert twins(tools) == 0
    with tools.database.transaction("content") as stores:
        tag = stores.content.scalars(select(Post.author_tag).where(Post.thread_id == first)).one()
        stores.content.execute(update(Post).where(Post.thread_id == second).values(author_tag=tag))
    assert twins(tools) == 1


def twins(tools: Toolbox) -> int:
    with tools.database.reading() as stores:
        target = find_target(
            stores, tools.vault, tools.trade, policy=policy_of(tools.settings), today=today(tools.clock.now()),
            with_dump=False, rng=Plan(1).rng,
        )  # fmt: skip
    return len(target.labels) - len(set(target.labels))
