"""Who voted stays at chance for a thief with the database and the root key; no page and no weekly word tells of one vote."""

import re
from dataclasses import dataclass
from statistics import mean

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.accounts.models import Member
from app.community.models import Ballot
from app.ideas.models import Idea
from app.ideas.rules import VOTE, band_of
from app.wiring import Toolbox
from privacy.boxes import box_keys_of, box_recipient, new_box_keys, open_box, seal_box
from privacy.counting import cast_ballot, passes
from privacy.envelopes import hkdf
from privacy.errors import PrivacyError
from privacy.keys import blind_index
from privacy.pseudonyms import MemberSecret, new_secret, unique_label
from tests.app.ideas.makers import crowd, day_of, post_idea, reporter, vote, votes_on
from tests.cast import Cast, Person, signed_in

CHANCE = 0.01  # privacy.md: chance within circle x domain, plus one point


@dataclass(frozen=True)
class Stolen:
    """What a thief with the three files and the root key has of one idea."""

    tools: Toolbox
    members: tuple[str, ...]
    organisation_of: dict[str, str]
    ballots: tuple[Ballot, ...]


def steal(tools: Toolbox, idea: str, people: list[Person]) -> Stolen:
    with tools.database.reading() as stores:
        members = tuple(sorted(one.id for one in stores.identity.scalars(select(Member))))
        rows = tuple(stores.content.scalars(select(Ballot).where(Ballot.object == idea)))
    known = {one.member_id: one.organisation_id for one in people}
    return Stolen(tools, tuple(one for one in members if one in known), known, rows)


def suspects(loot: Stolen, row: Ballot) -> set[str]:
    """Who may have cast this ballot, by everything the thief can compute: labels from ids, the note, the box."""
    found = {one for one in loot.members if row.label in set(_labels_of(loot, one, row.object))}
    if found:
        return found
    told = f"{_note(loot, row)} {_box(loot, row)}"
    by_id = {one for one in loot.members if one in told}
    by_organisation = {one for one in loot.members if loot.organisation_of[one] in told}
    return by_id or by_organisation or set(loot.members)


def success(loot: Stolen, truth: dict[str, str]) -> float:
    """How often the thief is right, on average over the ballots."""
    named = [(suspects(loot, row), truth[row.label]) for row in loot.ballots]
    return mean(1 / len(found) if true in found else 0.0 for found, true in named)


def _labels_of(loot: Stolen, member: str, object: str) -> list[str]:
    secrets = [hkdf(member.encode(), b"x"), bytes.fromhex(member.ljust(64, "0"))[:32]]
    made = [str(unique_label(MemberSecret(one), VOTE, object)) for one in secrets]
    ring = loot.tools.vault.ring("index/votes")
    return made + [blind_index(key, f"{member} {object}")[:32] for key in ring]


def _note(loot: Stolen, row: Ballot) -> str:
    return str(loot.tools.vault.open(row.sealed, table="ballots", column="sealed", row=row.label))


def _box(loot: Stolen, row: Ballot) -> str:
    for private in (root_key(loot.tools), *(key.secret for key in loot.tools.vault.ring("reporter"))):
        try:
            return open_box(private, row.box or b"").decode()
        except PrivacyError:
            continue
    return ""


def root_key(tools: Toolbox) -> bytes:
    """A key for boxes that anybody with the root key could make."""
    return hkdf(tools.vault.ring("ballots.sealed")[0].secret, b"votes")


def mutate(tools: Toolbox, at: str, /, **changes: object) -> None:
    with tools.database.transaction("content") as stores:
        stores.content.execute(update(Ballot).where(Ballot.label == at).values(**changes))


def by_member_id(tools: Toolbox, row: Ballot, person: Person) -> str:
    """Broken: a label that the service could make without the member."""
    label = blind_index(tools.vault.ring("index/votes")[0], f"{person.member_id} {row.object}")[:32]
    sealed = tools.vault.seal({}, table="ballots", column="sealed", row=label, pad=1024)
    mutate(tools, row.label, label=label, sealed=sealed)
    return label


def with_organisation(tools: Toolbox, row: Ballot, person: Person) -> str:
    """Broken: the organisation in the note."""
    note = {"by": person.organisation_id}
    mutate(tools, row.label, sealed=tools.vault.seal(note, table="ballots", column="sealed", row=row.label, pad=1024))
    return row.label


def with_root_box(tools: Toolbox, row: Ballot, person: Person) -> str:
    """Broken: a reporter's key that comes from the root key, and the organisation's own id in the box."""
    public = box_keys_of(root_key(tools)).public
    mutate(tools, row.label, box=seal_box(public, person.organisation_id.encode(), 512))
    return row.label


@pytest.fixture
def voters(tools: Toolbox, cast: Cast) -> list[Person]:
    reporter(tools).work(day_of(tools))
    return crowd(tools, [cast.organisations[one] for one in "BCD"], 4)


def test_a_thief_with_the_root_key_finds_no_voter(tools: Toolbox, cast: Cast, voters: list[Person]) -> None:
    idea = post_idea(tools, cast.alice)
    for person in voters:
        vote(tools, person, idea)
    truth = {str(unique_label(one.secret, VOTE, idea)): one.member_id for one in voters}
    assert success(steal(tools, idea, voters), truth) <= 1 / len(voters) + CHANCE
    for broken, least in ((with_organisation, 0.2), (with_root_box, 0.2), (by_member_id, 0.9)):
        changed = {}
        for row in steal(tools, idea, voters).ballots:
            person = next(one for one in voters if one.member_id == truth[row.label])
            changed[broken(tools, row, person)] = person.member_id
        truth = changed
        assert success(steal(tools, idea, voters), truth) >= least, broken.__name__


def test_votes_of_two_ideas_do_not_tell_of_one_voter(tools: Toolbox, cast: Cast, voters: list[Person]) -> None:
    """Nothing in a row comes back in another: neither label, nor note, nor a part of the box."""
    ideas = [post_idea(tools, cast.alice, f"案{number}") for number in range(3)]
    for idea in ideas:
        for person in voters:
            vote(tools, person, idea)
    with tools.database.reading() as stores:
        rows = list(stores.content.scalars(select(Ballot)))
    for values in ([row.label for row in rows], [row.sealed for row in rows], [row.box for row in rows]):
        assert len(set(values)) == len(rows)
    assert len({len(row.box or b"") for row in rows}) == 1
    assert len({box_recipient(row.box or b"") for row in rows}) == 1  # one recipient for all
    assert [row.label for row in rows] == sorted(row.label for row in rows)  # by label, never by time


def plain(page: str) -> str:
    """A page without the tokens of its forms, and without what is drawn by lot: whether a word is proposed."""
    drawn = re.compile(r'name="(?:csrf_token|token)" value="[^"]*"|(?<=name="word" value="1") checked')
    return drawn.sub("", page.partition("<main")[2])


def test_no_page_of_anybody_tells_of_a_vote(app: Flask, tools: Toolbox, cast: Cast, voters: list[Person]) -> None:
    idea = post_idea(tools, cast.alice)
    for person in voters[:4]:
        vote(tools, person, idea)
    browsers = {name: signed_in(app, cast[name]) for name in ("alice", "carol", "dave", "erin", "frank")}
    paths = (
        "/ideas",
        f"/ideas/{idea}",
        f"/ideas/{idea}/state",
        "/ideas/desk",
        "/ideas/overdue",
        "/inbox",
        "/ideas/new",
    )

    def every_page() -> list[str]:
        found = [plain(one.get(path).text) for one in browsers.values() for path in paths]
        return [*found, app.test_client().get("/ideas/overdue").text.partition("<main")[2]]

    before = every_page()
    vote(tools, cast.bob, idea)  # the fifth: a live counter would speak now
    assert every_page() == before
    with tools.database.transaction("content") as stores:  # broken: a band that moves at once
        stores.content.execute(update(Idea).where(Idea.id == idea).values(band=band_of(votes_on(tools, idea))))
    assert every_page() != before


def test_the_weekly_word_tells_of_one_vote_only_at_a_step() -> None:
    """Somebody who knows all other votes learns of one more only where it makes a band or the ten full."""
    keys = new_box_keys()
    organisations = ["a", "b", "c", "d"]
    boxes = [
        cast_ballot(new_secret(), VOTE, "x", organisation=organisations[n % 4], reporter=keys.public).box or b""
        for n in range(60)
    ]

    def word(number: int, voters: int = 10) -> tuple[int, bool]:
        yes = passes(boxes[:number], keys.private, purpose=VOTE, object="x", voters=voters, organisations=3)
        return band_of(number), yes

    tells = [number for number in range(60) if word(number) != word(number + 1)]
    assert tells == [4, 9, 19, 49]
    # broken: whoever chooses the threshold finds every count
    found = [
        next(at for at in range(2, 61) if not word(number, voters=at)[1]) if number >= 3 else 0
        for number in (3, 17, 42)
    ]
    assert found == [4, 18, 43]
