"""Attackers: who nominated, of which organisation a candidate is. Each beats its mutant."""

import json
import random
import re
from collections.abc import Mapping
from datetime import date

import pytest
from sqlalchemy import select

from app.community import ballots
from app.community.models import Ballot
from app.notices.models import Note
from app.recognition import nominating
from app.recognition.items import NOMINATION
from app.recognition.jury import draw_jury
from app.recognition.models import Praise
from app.sealing import open_text
from app.wiring import Toolbox
from tests.app.recognition.year import answered, nominate, readers
from tests.cast import Cast, Person, viewer_of

YEARS = 400


def thief(tools: Toolbox, people: list[Person], truth: Mapping[str, str], rng: random.Random) -> float:
    """With the three files and the root key: how often the nominator of a row is named.

    Whatever of a member (id, organisation, circle, address, any label that stands in the file) is found in what belongs to
    a nomination's row, opened, decides; without that the guess is one of those who could read the thread.
    """
    hits = 0
    signs = {one.name: {one.member_id, one.organisation_id, viewer_of(tools, one).circle, one.mail} for one in people}
    with tools.database.reading() as stores:
        for row in stores.content.scalars(select(Ballot).where(Ballot.purpose == NOMINATION).order_by(Ballot.label)):
            told = stores.content.get_one(Praise, row.label)
            keys = tools.vault.data_keys(stores, [told.key_id])
            words = open_text(keys[told.key_id], told.sealed_text, table="praises", row=row.label)
            note = tools.vault.open(row.sealed, table=ballots.TABLE, column="sealed", row=row.label)
            notes = [
                tools.vault.open(one.sealed, table="notes", column="sealed", row=one.id)
                for one in stores.content.scalars(select(Note))
            ]
            seen = set(re.findall(r"[\w@.-]+", json.dumps([note, words, notes, row.object, told.key_id])))
            named = [name for name, own in signs.items() if own & seen]
            hits += (named[0] if len(named) == 1 else rng.choice(sorted(signs))) == truth[row.label]
    return hits / len(truth)


@pytest.mark.parametrize("is_broken", [False, True])
def test_a_thief_names_no_nominator(tools: Toolbox, cast: Cast, is_broken: bool) -> None:
    """Mutant: a note with the circle of whoever nominates, as a draw would want it."""
    thread_id, post_id = answered(tools, cast)
    people = [*readers(tools, 11), cast.alice]
    truth = {}
    for person in people:
        nominate(tools, person, thread_id, post_id)
        viewer = viewer_of(tools, person)
        truth[ballots.label_of(person.secret, NOMINATION, post_id)] = person.name
        if is_broken:
            note = {"year": 2026, "since": 1, "circles": sorted(viewer.own_circles)}
            with tools.database.transaction("content") as stores:
                ballots.cast(stores, tools.vault, viewer=viewer, purpose=NOMINATION, object=post_id, note=note)
    rates = [thief(tools, people, truth, random.Random(seed)) for seed in range(40)]
    rate = sum(rates) / len(rates)
    assert rate == 1.0 if is_broken else rate <= 1 / len(people) + 0.04  # 480 guesses: three standard errors


def test_nobody_else_finds_a_nomination_with_their_own_secret(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    nominate(tools, cast.alice, thread_id, post_id)
    for person in (cast.carol, cast.dave, cast.erin):
        with tools.database.reading() as stores:
            viewer = viewer_of(tools, person)
            assert not nominating.own_words(stores, tools.vault, viewer=viewer, object=post_id)
            assert not nominating.received(stores, tools.vault, tools.trade, viewer=viewer, today=date(2027, 1, 1))


def year(rng: random.Random, *, is_broken: bool) -> tuple[list[str], dict[str, str], dict[str, list[bool]]]:
    """Twenty circles, four who stand, fourteen volunteers: circles of who stands, of the jury, and what each juror reads.

    Mutant: drawn from all, and whoever is of a candidate's circle is spared that candidate.
    """
    circles = [f"c{n}" for n in range(20)]
    stands = [rng.choice(circles) for _ in range(4)]
    volunteers = {f"v{n}": frozenset({rng.choice(circles)}) for n in range(14)}
    drawn = draw_jury(volunteers, closed=() if is_broken else set(stands), size=5, rng=rng)
    jury = {one: next(iter(volunteers[one])) for one in drawn}
    return stands, jury, {one: [own != circle for circle in stands] for one, own in jury.items()}


@pytest.mark.parametrize("is_broken", [False, True])
def test_a_juror_learns_no_organisation_from_what_they_are_given_or_spared(is_broken: bool) -> None:
    """A juror guesses the circle of each candidate: their own where they were spared one, else any of the others. By the
    crowd alone it is one of nineteen."""
    rng = random.Random(20261122)
    hits, guesses, spared = 0, 0, [0, 0]
    for _ in range(YEARS):
        stands, jury, reads = year(rng, is_broken=is_broken)
        for juror, own in jury.items():
            others = [f"c{n}" for n in range(20) if f"c{n}" != own]
            for circle, was_read in zip(stands, reads[juror], strict=True):
                guess = rng.choice(others) if was_read else own
                hits, guesses = hits + (guess == circle), guesses + 1
                if not was_read:
                    spared = [spared[0] + (guess == circle), spared[1] + 1]
    if is_broken:
        assert spared[0] == spared[1] > 100  # whoever was spared knows
    else:
        assert spared[1] == 0
        assert hits / guesses <= 1 / 19 + 0.01


def test_a_volunteer_who_was_not_drawn_learns_little() -> None:
    """That nobody drew them makes it likelier that somebody of their circle stands, but never a person, nor one of two
    organisations: a circle holds three to five."""
    rng = random.Random(7)
    passed_over = own = 0
    for _ in range(2 * YEARS):
        circles = [f"c{n}" for n in range(20)]
        stands = {rng.choice(circles) for _ in range(4)}
        volunteers = {f"v{n}": frozenset({rng.choice(circles)}) for n in range(14)}
        drawn = draw_jury(volunteers, closed=stands, size=5, rng=rng)
        left = [circle for one, circle in volunteers.items() if one not in drawn]
        passed_over += len(left)
        own += sum(bool(circle & stands) for circle in left)
    assert own / passed_over <= 0.5
