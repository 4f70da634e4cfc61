"""Ballots, draws and badges: counted without a list, and each attacker beats the version that is broken."""

import json
import math
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.attacks.ballots import guess_organisations, most_of_one, name_voters
from privacy.attacks.figures import wilson
from privacy.attacks.threads import link
from privacy.boxes import box_keys_of, new_box_keys, open_box, seal_box
from privacy.counting import (
    Ballot,
    CarriedVote,
    badge_public_key,
    carry_over,
    cast_ballot,
    draw,
    new_challenge,
    passes,
    prove,
    retract,
    verify,
)
from privacy.envelopes import hkdf
from privacy.errors import TooFewCircles, WeakInput, WrongKey
from privacy.pseudonyms import MemberSecret, unique_label
from tests.seeds import seeds

REPORTER = box_keys_of(bytes(range(32)))
MEMBERS = {f"member-{n}": MemberSecret(hkdf(bytes([n]), b"test")) for n in range(60)}
SECRETS = list(MEMBERS.values())
ORGANISATIONS = ["海"] + [f"第{n}{'北' * n}水産株式会社" for n in range(1, 20)]


class Table:
    """Rows as a database keeps them: unique by label, in the label's order."""

    def __init__(self) -> None:
        self.file = sqlite3.connect(":memory:")
        self.file.execute("CREATE TABLE ballots (label TEXT PRIMARY KEY, box BLOB) WITHOUT ROWID")

    def add(self, ballot: Ballot) -> None:
        self.file.execute("INSERT INTO ballots VALUES (?, ?)", (ballot.label, ballot.box))

    def drop(self, label: str) -> int:
        return self.file.execute("DELETE FROM ballots WHERE label = ?", (label,)).rowcount

    def carry(self, move: CarriedVote) -> None:
        if self.drop(move.old):
            self.file.execute("INSERT OR IGNORE INTO ballots VALUES (?, ?)", (move.new.label, move.new.box))

    @property
    def rows(self) -> list[tuple[str, bytes]]:
        return self.file.execute("SELECT label, box FROM ballots").fetchall()

    def passes(self, object: str, *, voters: int = 3, organisations: int = 2) -> bool:
        boxes = [box for _, box in self.rows]
        return passes(
            boxes, REPORTER.private, purpose="idea", object=object, voters=voters, organisations=organisations
        )


def vote(ms: MemberSecret, object: str, organisation: str = "海") -> Ballot:
    return cast_ballot(ms, "idea", object, organisation=organisation, reporter=REPORTER.public)


# ---------------------------------------------------------------- one vote each


def test_a_second_vote_is_refused_by_the_table_and_another_members_is_not() -> None:
    table = Table()
    table.add(vote(SECRETS[0], "a"))
    with pytest.raises(sqlite3.IntegrityError):
        table.add(vote(SECRETS[0], "a", "another organisation"))
    table.add(vote(SECRETS[0], "b"))
    table.add(vote(SECRETS[1], "a"))
    assert len(table.rows) == 3


def test_only_ones_own_session_takes_a_vote_back() -> None:
    table = Table()
    table.add(vote(SECRETS[0], "a"))
    assert not any(table.drop(retract(other, "idea", "a")) for other in SECRETS[1:])
    assert table.drop(retract(SECRETS[0], "idea", "a")) == 1


def test_on_a_merge_each_vote_moves_and_a_vote_for_both_stays_one() -> None:
    table = Table()
    for member in SECRETS[:4]:
        table.add(vote(member, "old"))
    for member in SECRETS[3:5]:
        table.add(vote(member, "new"))
    for member in SECRETS[:10]:
        table.carry(carry_over(member, "idea", merged="old", into="new", organisation="海", reporter=REPORTER.public))
    assert {label for label, _ in table.rows} == {unique_label(member, "idea", "new") for member in SECRETS[:5]}
    for member in SECRETS[:10]:
        table.carry(carry_over(member, "idea", merged="old", into="new", organisation="海", reporter=REPORTER.public))
    assert len(table.rows) == 5


def test_a_vote_carried_over_counts_for_its_new_object_and_no_longer_for_the_old() -> None:
    table = Table()
    for n, member in enumerate(SECRETS[:3]):
        table.add(vote(member, "old", f"organisation {n}"))
    assert table.passes("old")
    for n, member in enumerate(SECRETS[:3]):
        table.carry(
            carry_over(
                member, "idea", merged="old", into="new", organisation=f"organisation {n}", reporter=REPORTER.public
            )
        )
    assert table.passes("new")
    assert not table.passes("old")


# ---------------------------------------------------------------- the reporter


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4), st.integers(1, 3))), st.integers(2, 5), st.integers(2, 4)
)
def test_the_reporter_says_what_a_plain_count_says(
    cast: list[tuple[int, int, int]], voters: int, organisations: int
) -> None:
    of = {member: organisation for member, organisation, _ in cast}
    boxes = [vote(SECRETS[member], "a", f"o{of[member]}").box for member, _, times in cast for _ in range(times)]
    plain = len(of) >= voters and len(set(of.values())) >= organisations
    said = passes(
        [box for box in boxes if box],
        REPORTER.private,
        purpose="idea",
        object="a",
        voters=voters,
        organisations=organisations,
    )
    assert said is plain


def test_a_box_of_another_object_purpose_key_or_shape_counts_for_nothing() -> None:
    table = Table()
    table.add(vote(SECRETS[0], "a", "one"))
    table.add(vote(SECRETS[1], "a", "two"))
    table.add(vote(SECRETS[2], "b", "three"))
    others = (
        cast_ballot(SECRETS[3], "prize", "a", organisation="x", reporter=REPORTER.public),
        cast_ballot(SECRETS[4], "idea", "a", organisation="x", reporter=new_box_keys().public),
        Ballot(unique_label(SECRETS[5], "x", ""), seal_box(REPORTER.public, b"no vote", 512)),
        Ballot(unique_label(SECRETS[6], "x", ""), seal_box(REPORTER.public, b'["idea", "a", [], {}]', 512)),
        Ballot(unique_label(SECRETS[7], "x", ""), bytes(40)),
    )
    for one in others:
        table.add(one)
    assert table.passes("a", voters=2)
    assert not table.passes("a", voters=3)


def test_one_box_in_many_rows_is_one_voter() -> None:
    box = vote(SECRETS[0], "a").box
    other = vote(SECRETS[1], "a", "two").box
    assert box
    assert other
    boxes = [box] * 20 + [other]
    assert passes(boxes, REPORTER.private, purpose="idea", object="a", voters=2, organisations=2)
    assert not passes(boxes, REPORTER.private, purpose="idea", object="a", voters=3, organisations=2)


def test_a_threshold_of_one_would_be_a_name() -> None:
    for voters, organisations in ((1, 2), (2, 1)):
        with pytest.raises(WeakInput):
            passes([], REPORTER.private, purpose="idea", object="a", voters=voters, organisations=organisations)


def test_only_the_reporter_opens_a_box() -> None:
    box = vote(SECRETS[0], "a").box
    assert box
    assert json.loads(open_box(REPORTER.private, box))[2] == "海"
    for _ in range(20):
        with pytest.raises(WrongKey):
            open_box(new_box_keys().private, box)


def test_where_organisations_do_not_count_there_is_no_box_and_a_box_needs_one() -> None:
    assert cast_ballot(SECRETS[0], "evening", "a") == Ballot(unique_label(SECRETS[0], "evening", "a"))
    with pytest.raises(WeakInput):
        cast_ballot(SECRETS[0], "idea", "a", reporter=REPORTER.public)
    with pytest.raises(WeakInput):
        vote(SECRETS[0], "a", "海" * 200)


# ---------------------------------------------------------------- the thief, the linker, and what they catch


def cast_by_all(objects: int, label_of: Callable[[MemberSecret, str], str]) -> tuple[list[str], list[int]]:
    """Labels of everybody's votes on everything, in the order of the objects, and whose they are."""
    pairs = [(str(label_of(ms, f"object {n}")), who) for n in range(objects) for who, ms in enumerate(SECRETS)]
    return [label for label, _ in pairs], [who for _, who in pairs]


def whole(ms: MemberSecret, purpose: str, object: str = "") -> str:
    return str(unique_label(ms, purpose, object))


@pytest.mark.parametrize("seed", seeds(1))
def test_votes_of_one_member_on_many_objects_and_for_many_purposes_cannot_be_joined(seed: int) -> None:
    purposes = [f"purpose {n}" for n in range(300)]
    for labels, whose in (
        cast_by_all(300, lambda ms, object: cast_ballot(ms, "idea", object).label),
        cast_by_all(300, lambda ms, object: cast_ballot(ms, purposes[int(object.split()[1])], "one").label),
    ):
        for one in link({"ballot": labels}, whose, seed=seed):
            assert one.holds, one


@pytest.mark.parametrize(
    "mutant",
    [
        lambda ms, object: hkdf(ms, b"ballot", length=16).hex(),  # one label for everything
        lambda ms, object: whole(ms, "idea"),  # the purpose only
        lambda ms, object: whole(ms, "idea")[:6] + whole(ms, "idea", object)[6:],  # a piece of it stays
    ],
    ids=["stable", "without object", "stable piece"],
)
def test_the_linker_finds_labels_that_stay(mutant: Callable[[MemberSecret, str], str]) -> None:
    labels, whose = cast_by_all(50, mutant)
    assert max(one.auc for one in link({"ballot": labels}, whose)) > 0.9


def closed(organisation: str, pad_to: int = 512) -> bytes:
    ballot = cast_ballot(SECRETS[0], "idea", "a", organisation=organisation, reporter=REPORTER.public)
    assert ballot.box
    return ballot.box if pad_to == 512 else seal_box(REPORTER.public, open_box(REPORTER.private, ballot.box), pad_to)


def closed_alike(organisation: str) -> bytes:
    """The same randomness each time, so the same box."""
    ballot = cast_ballot(
        SECRETS[0], "idea", "a", organisation=organisation, reporter=REPORTER.public, random=lambda n: b"\7" * n
    )
    assert ballot.box
    return ballot.box


def attack(close: Callable[[str], bytes], seed: int) -> tuple[bool, float]:
    rng = random.Random(seed)
    truth = [rng.choice(ORGANISATIONS) for _ in range(400)]
    outcome = guess_organisations([close(one) for one in truth], truth, ORGANISATIONS, close, seed=seed + 1)
    return outcome.holds, outcome.right / outcome.rows


@pytest.mark.parametrize("seed", seeds(2))
def test_a_thief_of_the_rows_does_not_learn_the_organisation(seed: int) -> None:
    holds, rate = attack(closed, seed)
    assert holds, rate
    assert len({len(closed(one)) for one in ORGANISATIONS}) == 1


@pytest.mark.parametrize("mutant", [lambda one: closed(one, 0), closed_alike], ids=["unpadded", "same randomness"])
def test_the_thief_learns_it_from_boxes_that_differ_in_length_or_repeat(mutant: Callable[[str], bytes]) -> None:
    holds, rate = attack(mutant, 1)
    assert not holds
    assert rate > 0.9


PUBLIC_WAYS: dict[str, Callable[[str], str]] = {
    "hash of name": lambda name: sha256(name.encode()).hexdigest()[:32],
    "hash of name and object": lambda name: sha256(f"{name}|a".encode()).hexdigest()[:32],
    "label of a guessed secret": lambda name: whole(MemberSecret(sha256(name.encode()).digest()), "idea", "a"),
    "label of the reporter's public key": lambda name: whole(MemberSecret(REPORTER.public), "idea", "a"),
}


def test_a_thief_of_the_rows_cannot_name_who_voted() -> None:
    labels = [vote(ms, "a").label for ms in SECRETS[:30]]
    assert not any(name_voters(labels, MEMBERS, PUBLIC_WAYS).values())


def test_the_thief_names_everybody_where_labels_are_made_without_a_secret() -> None:
    voters = [f"member-{n}" for n in range(30)]
    for way in ("hash of name", "hash of name and object", "label of a guessed secret"):
        labels = [PUBLIC_WAYS[way](name) for name in voters]
        assert name_voters(labels, MEMBERS, PUBLIC_WAYS)[way] == set(voters)


# ---------------------------------------------------------------- draws

CIRCLE_OF = {
    f"{circle}{n}": circle for circle, members in (("a", 1), ("b", 2), ("c", 5), ("d", 3)) for n in range(members)
}


@given(st.dictionaries(st.integers(0, 40), st.sampled_from("abcdefgh"), min_size=1), st.integers(0, 8), st.randoms())
def test_a_draw_has_at_most_one_of_a_circle_or_says_that_circles_are_too_few(
    candidates: dict[int, str], size: int, rng: random.Random
) -> None:
    circles = len(set(candidates.values()))
    if size > circles:
        with pytest.raises(TooFewCircles) as caught:
            draw(candidates, size, rng=rng)
        assert (caught.value.have, caught.value.need) == (circles, size)
        return
    drawn = draw(candidates, size, rng=rng)
    assert len(drawn) == len(set(drawn)) == len({candidates[one] for one in drawn}) == size


def by_circle(rng: random.Random) -> tuple[str, ...]:
    return draw(CIRCLE_OF, 3, rng=rng)


def one_after_the_other(rng: random.Random) -> tuple[str, ...]:
    """Allowed sets only, yet not each as likely: a member of a small circle comes too often."""
    order = rng.sample(sorted(set(CIRCLE_OF.values())), 3)
    return tuple(rng.choice([one for one, circle in CIRCLE_OF.items() if circle == wanted]) for wanted in order)


def surprise(make: Callable[[random.Random], tuple[str, ...]], rounds: int = 12_200) -> float:
    """Chi square of the drawn sets against all allowed ones alike, in standard deviations of its own distribution."""
    rng, sizes = random.Random(9), Counter(CIRCLE_OF.values())
    allowed = sum(math.prod(sizes[c] for c in sizes if c != left) for left in sizes)
    found = Counter(frozenset(make(rng)) for _ in range(rounds))
    even = rounds / allowed
    chi = sum((n - even) ** 2 / even for n in found.values()) + even * (allowed - len(found))
    return (chi - (allowed - 1)) / math.sqrt(2 * (allowed - 1))


def test_every_allowed_set_is_drawn_as_often_as_every_other() -> None:
    assert abs(surprise(by_circle)) < 4
    assert surprise(one_after_the_other) > 20


def test_places_in_a_draw_tell_nothing() -> None:
    rng = random.Random(3)
    first = sum(CIRCLE_OF[by_circle(rng)[0]] == "c" for _ in range(3000))
    anywhere = sum("c" in {CIRCLE_OF[one] for one in by_circle(rng)} for _ in range(3000))
    assert wilson(first, 3000, 4)[0] <= anywhere / 9000 <= wilson(first, 3000, 4)[1]


def test_an_organisation_full_of_members_gets_one_place_and_many_where_circles_are_not_looked_at() -> None:
    """The sybil of a jury: fifty members of one circle among ten others."""
    crowd = {f"s{n}": "theirs" for n in range(50)} | {f"h{n}": f"circle {n}" for n in range(10)}
    rng = random.Random(1)
    assert max(most_of_one(draw(crowd, 5, rng=rng), crowd) for _ in range(200)) == 1
    careless: Sequence[int] = [most_of_one(rng.sample(sorted(crowd), 5), crowd) for _ in range(200)]
    assert sum(careless) / 200 > 3


# ---------------------------------------------------------------- badges


def test_a_proof_is_for_one_badge_one_challenge_and_one_purpose() -> None:
    ms, challenge = SECRETS[0], new_challenge()
    public, proof = badge_public_key(ms, "b1"), prove(SECRETS[0], "b1", challenge, purpose="badge page")
    assert verify(public, challenge, proof, purpose="badge page")
    assert not verify(public, challenge, proof, purpose="sign in")
    assert not verify(public, new_challenge(), proof, purpose="badge page")
    assert not verify(badge_public_key(ms, "b2"), challenge, proof, purpose="badge page")
    assert not verify(badge_public_key(SECRETS[1], "b1"), challenge, proof, purpose="badge page")
    assert not verify(public, challenge, proof[:-1] + bytes([proof[-1] ^ 1]), purpose="badge page")
    assert not verify(b"no key", challenge, proof, purpose="badge page")


def test_purpose_and_challenge_do_not_run_into_each_other() -> None:
    proof = prove(SECRETS[0], "b", b"x" + b"y" * 16, purpose="p")
    assert not verify(badge_public_key(SECRETS[0], "b"), b"y" * 16, proof, purpose="px")


def test_a_short_challenge_is_refused() -> None:
    for call in (
        lambda: prove(SECRETS[0], "b", b"short", purpose="p"),
        lambda: verify(badge_public_key(SECRETS[0], "b"), b"short", bytes(64), purpose="p"),
    ):
        with pytest.raises(WeakInput):
            call()


def test_two_badges_of_one_member_cannot_be_joined() -> None:
    labels, whose = cast_by_all(60, lambda ms, badge: badge_public_key(ms, badge).hex())
    for one in link({"badge": labels}, whose):
        assert one.holds, one
    proofs, whose = cast_by_all(60, lambda ms, badge: prove(ms, badge, bytes(16), purpose="p").hex())
    for one in link({"proof": proofs}, whose):
        assert one.holds, one


def test_a_badge_key_that_is_the_members_own_is_found() -> None:
    labels, whose = cast_by_all(20, lambda ms, badge: badge_public_key(ms, "one key").hex())
    assert min(one.auc for one in link({"badge": labels}, whose) if one.linker == "exact") > 0.9
