"""A thief with the three files, their logs and the root key asks who signed up, and is at chance among all members."""

import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from sqlalchemy import select

from app.accounts.models import Member
from app.accounts.viewer import Viewer
from app.community import ballots
from app.community.models import Ballot
from app.sealing import Vault
from app.webinars.planning import SIGN_UP
from app.wiring import Toolbox
from privacy.attacks.ballots import Guesses, name_voters
from tests.app.webinars import stage
from tests.cast import Cast, Person, make_person, viewer_of
from tests.journeys.thief import Rows, steal

TALKS, PEOPLE = 6, 24
SKIP = {"object", "purpose"}  # the session is known: it is what the thief asks about
Known = dict[str, set[str]]
"""Member -> every value that stands in their rows of the identity file, opened."""


def crowd(tools: Toolbox, cast: Cast) -> list[Person]:
    places = [cast.organisations[one] for one in ("A", "B", "C", "D")]
    return [make_person(tools, f"p{number}", places[number % 4]) for number in range(PEOPLE)]


def sign_up_some(tools: Toolbox, cast: Cast, people: list[Person]) -> dict[str, str]:
    """Half of them at each of the sessions; label -> member, which only the judge has."""
    rng, truth = random.Random(3), {}
    for number in range(TALKS):
        talk_id = stage.plan(tools, title=f"会 {number}", by_company=True)
        stage.announce(tools, cast, talk_id)
        for one in rng.sample(people, PEOPLE // 2):
            stage.sign_up(tools, talk_id, one)
            truth[ballots.label_of(one.secret, SIGN_UP, talk_id)] = one.member_id
    return truth


def known_of(tools: Toolbox, people: Iterable[Person]) -> Known:
    """Everything a root key opens of a member: id, address, organisation, circle, what they work with."""
    found = {}
    for one in people:
        viewer = viewer_of(tools, one)
        found[one.member_id] = {
            viewer.member_id, one.mail, viewer.organisation_id, viewer.circle, *viewer.subjects,
            *viewer.attributes.values(),
        }  # fmt: skip
    return found


def guess(stolen: Rows, known: Known, truth: dict[str, str]) -> Guesses:
    """For each sign-up the members who share the most with its row, and with any row that names it; any one of them as
    likely as another, so that what counts is the mean and no luck."""
    right, rows = 0.0, 0
    tables = {name: some for name, some in stolen.items() if not name.startswith("files")}
    for ballot in stolen["ballots"]:
        label = str(ballot["label"])
        if label not in truth:
            continue
        near = [row for some in tables.values() for row in some if label in map(str, row.values())]
        said = {
            str(value)
            for row in [ballot, *near]
            for name, value in row.items()
            if name not in SKIP and value is not None
        }
        shared = {member: len(values & said) for member, values in known.items()}
        best = [member for member, number in shared.items() if number == max(shared.values())]
        right += (truth[label] in best) / len(best)
        rows += 1
    return Guesses(round(right), rows, 1 / len(known))


def named(tools: Toolbox, stolen: Rows, people: Iterable[Person]) -> dict[str, set[str]]:
    """Every label made of what the thief can make one of: ids, addresses, keys of the root."""
    with tools.database.reading() as stores:
        keys = {row.id: row.key_id for row in stores.identity.scalars(select(Member))}
    talks = {str(row["object"]) for row in stolen["ballots"]}
    ways: dict[str, Callable[[str], str]] = {}
    for talk in talks:
        for purpose in ("ballots", "notes", "session", "mail"):
            ways[f"index {purpose} {talk}"] = lambda who, p=purpose, t=talk: tools.vault.index(p, f"{who} {t}")[:32]  # type: ignore[misc]
        ways[f"data key {talk}"] = lambda who, t=talk: tools.vault.index("ballots", keys[who] + t)[:32]  # type: ignore[misc]
    labels = [str(row["label"]) for row in stolen["ballots"]]
    return name_voters(labels, [one.member_id for one in people], ways)


def test_who_signed_up_is_found_at_chance(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    people = crowd(tools, cast)
    truth = sign_up_some(tools, cast, people)
    stolen = steal(Path(tools.settings.data_dir), tmp_path / "hideout", tools.vault)
    found = guess(stolen, known_of(tools, people), truth)
    assert found.rows == TALKS * PEOPLE // 2
    assert found.holds, found
    assert not any(named(tools, stolen, people).values())


def with_circle(stores: object, vault: Vault, *, viewer: Viewer, purpose: str, object: str, **_more: object) -> str:
    """The mutant: a note on each sign-up of the circle it came from."""
    return KEPT(stores, vault, viewer=viewer, purpose=purpose, object=object, note={"circle": viewer.circle})  # type: ignore[arg-type]


def of_member(stores: object, vault: Vault, *, viewer: Viewer, purpose: str, object: str, **_more: object) -> str:
    """The mutant: the label made of the member and the root key."""
    label = vault.index("ballots", f"{viewer.member_id} {object}")[:32]
    sealed = vault.seal({}, table="ballots", column="sealed", row=label, pad=ballots.PAD)
    stores.content.merge(Ballot(label=label, purpose=purpose, object=object, sealed=sealed))  # type: ignore[attr-defined]
    return label


KEPT = ballots.cast


def test_the_thief_beats_a_note_of_the_circle(
    tools: Toolbox, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ballots, "cast", with_circle)
    people = crowd(tools, cast)
    truth = sign_up_some(tools, cast, people)
    stolen = steal(Path(tools.settings.data_dir), tmp_path / "hideout", tools.vault)
    assert not guess(stolen, known_of(tools, people), truth).holds


def test_the_thief_beats_a_label_of_the_member(
    tools: Toolbox, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ballots, "cast", of_member)
    people = crowd(tools, cast)
    sign_up_some(tools, cast, people)
    stolen = steal(Path(tools.settings.data_dir), tmp_path / "hideout", tools.vault)
    assert any(named(tools, stolen, people).values())
