"""Who sits where: a thief with the three files and the root key is at chance within circle x domain, and a mate finds no
more of an organisation than the crowd leaves. Each attacker beats a broken version.
"""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import mean

import numpy as np
import pytest
from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.models import Member
from app.clock import today
from app.cohorts import placing, seats, terms
from app.cohorts.models import Cohort, Seat
from app.community import ballots
from app.community.models import Ballot
from app.community.writing import write
from app.wiring import Toolbox
from matching.grouping import Applicant, group
from privacy.anonymity import Policy
from privacy.attacks.ballots import name_voters
from tests.app.cohorts.stage import MATES, Stage, post
from tests.app.questions.makers import publish
from tests.cast import Person, make_person, viewer_of
from tests.journeys.thief import Rows, steal

ORGANISATIONS, OF_EACH = 6, 4
CHANCE = 1 / OF_EACH  # within circle x domain
Known = Mapping[str, set[str]]


def make_crowd(tools: Toolbox) -> list[Person]:
    found = []
    for number in range(ORGANISATIONS):
        with tools.database.transaction("identity", "keys") as stores:
            organisation, _code = accounts.add_organisation(
                stores, tools.vault, name=f"架空{number}", mail_domains=[f"o{number}.example"], is_company=False,
                verified=True, rng=random.Random(number),
            )  # fmt: skip
        found += [make_person(tools, f"p{number}{one}", organisation) for one in range(OF_EACH)]
    return found


def meet(tools: Toolbox, people: Sequence[Person]) -> dict[str, str]:
    """All of them in cohorts, half of them having written; label of a seat -> member, which only the judge has."""
    day = today(tools.clock.now())
    with tools.database.transaction("content", "keys") as stores:
        term = terms.open_term(
            stores, tools.vault, weeks=6, start=day + timedelta(days=2), until=day + timedelta(days=1), theme="夏",
            words="", window=tools.window,
        )  # fmt: skip
        for one in random.Random(2).sample(list(people), len(people)):
            seats.sign_up(
                stores, tools.vault, tools.trade, viewer=viewer_of(tools, one), term_id=term, group="salmonids",
                goal="夏の備え", give="経験", contact=None, policy=Policy(), today=day,
            )  # fmt: skip
    with tools.database.transaction("content", "keys") as stores:
        plan = placing.plan_term(stores, tools.vault, tools.encoder, term_id=term, today=day, rng=random.Random(4))
        placing.begin_term(stores, tools.vault, plan, today=day, window=tools.window, rng=random.Random(4))
    with tools.database.transaction("content", "keys") as stores:
        for one in people[::2]:
            viewer = viewer_of(tools, one)
            (seat,) = seats.own_seats(stores, tools.vault, viewer.secret)
            write(
                stores, tools.vault, tools.trade, viewer=viewer, place=seat.cohort_id, kind="talk", texts={"text": "はい"},
                extra={"seat": seat.number}, window=tools.window, today=day,
            )  # fmt: skip
    publish(tools)
    return {ballots.label_of(one.secret, "cohort", term): one.member_id for one in people}


def known_of(tools: Toolbox, people: Sequence[Person]) -> Known:
    """Everything a root key opens of a member."""
    viewers = [viewer_of(tools, one) for one in people]
    with tools.database.reading() as stores:
        keys = {one.id: one.key_id for one in stores.identity.scalars(select(Member))}
    return {
        one.member_id: {
            one.member_id, keys[one.member_id], one.organisation_id, one.circle, *one.subjects, *one.attributes.values(),
            person.mail,
        }
        for one, person in zip(viewers, people, strict=True)
    }  # fmt: skip


def success(stolen: Rows, known: Known, truth: Mapping[str, str]) -> float:
    """How often the thief is right who takes, for each seat, whoever shares most with its row and with every row that
    names it, its cohort or its key; one of equals by lot."""
    tables = {name: rows for name, rows in stolen.items() if not name.startswith(("files", "members", "lockers"))}
    found = []
    for seat in stolen["cohort_seats"]:
        names = {str(seat["label"]), str(seat["key_id"])}
        near = [row for rows in tables.values() for row in rows if names & set(map(str, row.values()))]
        said = " ".join(str(value) for row in [seat, *near] for value in row.values() if not isinstance(value, bytes))
        shared = {member: sum(value in said for value in values) for member, values in known.items()}
        best = [member for member, number in shared.items() if number == max(shared.values())]
        found.append(1 / len(best) if truth[str(seat["label"])] in best else 0.0)
    return mean(found)


def test_a_thief_with_the_root_key_is_at_chance_within_circle_and_domain(tools: Toolbox, tmp_path: Path) -> None:
    people = make_crowd(tools)
    truth = meet(tools, people)
    known = known_of(tools, people)
    with tools.database.reading() as stores:
        rows = list(stores.content.scalars(select(Seat)))
        assert len(rows) == len(people)
        assert all(row.cohort_id for row in rows)
    stolen = steal(tools.settings.data_dir, tmp_path / "hideout", tools.vault)
    assert success(stolen, known, truth) <= CHANCE + 0.01
    labels = [str(row["label"]) for row in stolen["cohort_seats"]]
    ids = sorted({str(row["term_id"]) for row in stolen["cohort_seats"]})
    ways = {one: (lambda who, key=one: tools.vault.index("cohort", f"{who} {key}")[:32]) for one in ids}
    assert not any(name_voters(labels, list(known), ways).values())
    # broken: a seat whose sealed part says whose it is
    with tools.database.transaction("content") as stores:
        for row in stores.content.scalars(select(Seat)):
            value = tools.vault.open(row.sealed, table="cohort_seats", column="sealed", row=row.label)
            value["groups"] = [truth[row.label]]
            row.sealed = tools.vault.seal(value, table="cohort_seats", column="sealed", row=row.label, pad=1024)
    assert success(steal(tools.settings.data_dir, tmp_path / "second", tools.vault), known, truth) > 0.9


def test_two_of_one_circle_never_meet_and_the_check_would_see_it(tools: Toolbox) -> None:
    people = [
        Applicant(f"p{n}", f"c{n % 6}", "g", np.eye(4, dtype=np.float32)[n % 4]) for n in range(24)
    ]  # fmt: skip
    circles = {one.key: one.circle for one in people}

    def met(applicants: list[Applicant]) -> int:
        crews, _ = group(applicants, rng=random.Random(1))
        return sum(len(crew.members) - len({circles[key] for key in crew.members}) for crew in crews)

    assert met(people) == 0
    assert met([replace(one, circle=one.key) for one in people]) > 0  # broken: circles not asked


def likeliest_organisation(page: str, tools: Toolbox, me: Person, people: Collection[Person]) -> float:
    """The best posterior for an organisation that a mate reaches from a page: who fits every attribute it names."""
    names = {value.key: str(value.name) for attribute in tools.trade.attributes for value in attribute.values}
    names |= {subject.key: str(subject.name) for subject in tools.trade.subjects.values()}
    others = [viewer_of(tools, one) for one in people if one.organisation_id != me.organisation_id]
    told = {key for key, name in names.items() if name in page}
    fits = [one for one in others if told <= {*one.attributes.values(), *one.subjects}] or others
    at = [one.organisation_id for one in fits]
    return max(at.count(one) for one in at) / len(at)


def test_a_mate_learns_the_group_and_nothing_finer(stage: Stage) -> None:
    cohort = stage.begin()
    everybody = [one for name, one in stage.people.items() if name not in ("frank", "grace", "heidi", "oscar")]
    me = stage.people["bob"]
    pages = [stage["bob"].get(f"/cohorts/{cohort}{one}").text for one in ("", "/canvas", "/closing", "/company")]
    main = "".join(page.split("<main")[1].split("</main>")[0] for page in pages)
    assert likeliest_organisation(main, stage.tools, me, everybody) <= 0.5
    assert "架空水産" not in main
    # broken: a page that names what one of them works with and where
    rare = next(value for value in stage.tools.trade.attributes[0].values if value.key != "nagano")
    with stage.tools.database.reading() as stores:
        organisation = stage.people["judy"].organisation_id
        assert stores.content.scalars(select(Cohort.id)).one() == cohort
    lone = make_person(stage.tools, "lone", organisation, attributes={
        **viewer_of(stage.tools, me).attributes, stage.tools.trade.attributes[0].key: rare.key,
    })  # fmt: skip
    assert likeliest_organisation(main + str(rare.name), stage.tools, me, [*everybody, lone]) > 0.5


@pytest.mark.parametrize("who", ["alice", "judy"])
def test_who_said_no_stands_nowhere(stage: Stage, who: str) -> None:
    cohort = stage.begin()
    url = f"/cohorts/{cohort}/company"
    asks = next(one for one in MATES if one != who)
    assert post(stage[asks], url, {"word": "ask"}, page=f"/cohorts/{cohort}").status_code == 303
    stage.pass_days(1)
    with stage.tools.database.reading() as stores:
        assert len(list(stores.content.scalars(select(Ballot).where(Ballot.object == cohort)))) == 1
    assert post(stage[who], url, {"word": "no"}, page=f"/cohorts/{cohort}").status_code == 303
    with stage.tools.database.reading() as stores:  # until it is heard it stands under a label that leads to no seat
        rows = list(stores.content.scalars(select(Ballot).where(Ballot.object == cohort)))
        assert len(rows) == 2
        assert not {row.label for row in rows} & set(stores.content.scalars(select(Seat.label)))
    stage.pass_days(1)
    with stage.tools.database.reading() as stores:
        assert list(stores.content.scalars(select(Ballot).where(Ballot.object == cohort))) == []
        row = stores.content.scalars(select(Cohort)).one()
        said = stage.tools.vault.open(row.sealed, table="cohorts", column="sealed", row=row.id)
    assert [event[1:] for event in said["events"]] == [["company_asked", 0], ["company_no", 0]]
