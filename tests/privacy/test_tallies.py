"""What is left to be counted, and how organisations are counted from it."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.boxes import new_box_keys, seal_box
from privacy.errors import Tampered, WeakInput, WrongKey
from privacy.plans import Plan, cells_at, quarters_of
from privacy.pseudonyms import new_secret, owner_tag, tally_act, tally_tag
from privacy.tallies import (
    KIND_OF,
    LONGEST_TERM,
    STATES,
    Tally,
    TallyKind,
    clean_term,
    count,
    count_terms,
    open_tally,
    organisation_in,
    seal_tally,
    standing,
    unit_in,
)

TOPICS = ("disease", "feed", "water", "nets")
PLAN = Plan(
    period="2027Q1",
    yearly=False,
    depth="topic",
    limit=2,
    epsilon={"need": 1.4, "second": 0.4, "terms": 0.1},
    second="outcomes",
    organisations="50-99",
    cells=cells_at("topic", ["white"], TOPICS),
    published="2026-12-20",
)
KEYS = new_box_keys()


def need(organisation: str, topic: str, state: str = "none", tag: str = "") -> Tally:
    return Tally(organisation, "need", topic, state, tag or f"{organisation} {topic}")


def counted(tallies: list[Tally], plan: Plan = PLAN, seed: int = 0) -> dict[tuple[str, str], int]:
    """The figures that are not 0."""
    found = count(tallies, plan, "need", random.Random(seed))
    return {place: one for place, one in zip(plan.places("need"), found, strict=True) if one}


# boxes


def test_every_box_has_one_length_and_opens_for_its_reporter_alone() -> None:
    longest = Tally("o" * 32, "need", f"{'g' * 64}/{'t' * 64}", "later", "a" * 32, "b" * 32)
    term = Tally("o" * 32, "term", "語" * LONGEST_TERM, "", "a" * 32, "b" * 32)
    shortest = Tally("", "gone", "", "", "a")
    boxes = [seal_tally(KEYS.public, one) for one in (longest, term, shortest)]
    assert len({len(box) for box in boxes}) == 1
    assert [open_tally(KEYS.private, box) for box in boxes] == [longest, term, shortest]
    with pytest.raises(WrongKey):
        open_tally(new_box_keys().private, boxes[0])


def test_two_boxes_of_one_tally_have_nothing_in_common() -> None:
    """But for the version and the name of the key, which are the period's."""
    first, second = (seal_tally(KEYS.public, need("a", "feed")) for _ in range(2))
    assert first[:5] == second[:5]
    assert sum(x == y for x, y in zip(first[5:], second[5:], strict=True)) < 30  # of about 550; chance gives 2


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"kind":"need"}', b"\xff"])
def test_a_box_with_something_else_in_it_is_none(body: bytes) -> None:
    with pytest.raises(Tampered):
        open_tally(KEYS.private, seal_box(KEYS.public, body, 512))


def test_nonsense_is_refused_when_it_is_made() -> None:
    for wrong in [{"kind": "vote"}, {"state": "good"}, {"tag": ""}]:
        with pytest.raises(WeakInput):
            replace(need("a", "feed"), **wrong)  # type: ignore[arg-type]
    with pytest.raises(WeakInput):
        seal_tally(KEYS.public, replace(need("a", "feed"), topic="x" * 500))


def test_tags_lead_nowhere_without_the_secret() -> None:
    one, other = new_secret(), new_secret()
    assert tally_tag(one, "thread") != tally_tag(other, "thread") != tally_tag(one, "other")
    assert tally_tag(one, "thread") not in (owner_tag(one, "thread"), tally_act(one, "thread"))
    assert organisation_in("2027Q1", "id") != organisation_in("2027Q2", "id")


# retractions and the best of several


def test_the_best_state_of_a_question_counts_in_whatever_order_it_came() -> None:
    states = [need("a", "feed", state, tag="t") for state in ("later", "none", "soon")]
    for seed in range(6):
        random.Random(seed).shuffle(states)
        assert [one.state for one in standing(states)] == ["soon"]


def test_gone_takes_away_all_of_its_tag_and_nothing_else() -> None:
    left = [need("a", "feed", tag="t"), need("a", "feed", "soon", tag="t"), Tally("a", "idea", "feed", "", "t")]
    gone = Tally("", "gone", "", "", "t")
    assert standing([gone, *left]) == standing([*left, gone]) == []
    assert standing([*left, need("a", "water", tag="u"), gone]) == [need("a", "water", tag="u")]


def test_an_act_is_taken_back_alone() -> None:
    asked, helped = need("a", "feed", tag="t"), replace(need("a", "feed", "soon", tag="t"), act="first")
    other = replace(helped, state="later", act="second")
    back = Tally("", "gone", "", "", "t", "first")
    assert standing([asked, helped, back]) == [asked]
    assert standing([asked, helped, other, back]) == [other]


# counting


def test_colleagues_who_ask_the_same_count_once() -> None:
    assert counted([need("a", "feed", tag=f"member {one}") for one in range(50)]) == {("feed", "none"): 1}


def test_an_organisation_counts_in_one_state_of_a_topic_its_worst() -> None:
    answered = [need("a", "feed", state, tag=state) for state in ("soon", "later")]
    assert counted(answered) == {("feed", "later"): 1}
    assert counted([*answered, need("a", "feed", "none", tag="one more")]) == {("feed", "none"): 1}


def test_the_topics_that_count_are_drawn_uniformly() -> None:
    asked = [need("a", topic) for topic in TOPICS]
    drawn = Counter(place for seed in range(2000) for place in counted(asked, seed=seed))
    assert sum(drawn.values()) == 4000
    assert all(abs(times - 1000) < 130 for times in drawn.values())  # six standard deviations


def test_what_is_no_cell_counts_nowhere() -> None:
    assert counted([need("a", "gossip")]) == {}
    assert counted([Tally("a", "outcome", "feed", "good", "t")]) == {}


def test_the_second_release_counts_its_own_kind_over_its_own_cells() -> None:
    told = [Tally(one, "outcome", "all", state, one) for one, state in [("a", "good"), ("b", "bad")]]
    assert count([*told, need("c", "feed")], PLAN, "outcomes", random.Random(0)) == [1, 1]
    finer, told = replace(PLAN, second_depth="topic"), [replace(one, topic="feed") for one in told]
    found = dict(zip(finer.places("outcomes"), count(told, finer, "outcomes", random.Random(0)), strict=True))
    assert {place for place, one in found.items() if one} == {("feed", "good"), ("feed", "bad")}


def test_new_terms_are_counted_by_organisation_and_bounded() -> None:
    words = [Tally("a", "term", word, "", word) for word in ("Ｋｕｄｏａ", " kudoa ", "赤潮", "白点病")]
    drawn = [count_terms(words, PLAN, random.Random(seed)) for seed in range(50)]
    assert all(len(one) == 2 and set(one.values()) == {1} for one in drawn)
    assert {word for one in drawn for word in one} == {"kudoa", "赤潮", "白点病"}
    many = [Tally(str(one), "term", "kudoa", "", str(one)) for one in range(7)]
    assert count_terms(many, PLAN, random.Random(0)) == {"kudoa": 7}
    assert clean_term("  あ　い  ") == "あ い"
    assert len(clean_term("長" * 99)) == LONGEST_TERM


# what the noise is scaled to

ORGANISATIONS = "abcd"
SOME_TALLY = st.one_of(
    st.builds(
        Tally,
        organisation=st.sampled_from(ORGANISATIONS),
        kind=st.just("need"),
        topic=st.sampled_from(TOPICS),
        state=st.sampled_from(STATES["need"]),
        tag=st.sampled_from("tuvwx"),
    ),
    st.builds(
        Tally, organisation=st.just(""), kind=st.just("gone"), topic=st.just(""), state=st.just(""),
        tag=st.sampled_from("tuvwx"),
    ),
)  # fmt: skip


class First:
    """Chance drawn for each unit alone: shuffling is what ties one's draw to another's."""

    def shuffle(self, x: object) -> None:
        """The order they have."""


@settings(max_examples=300, deadline=None)
@given(st.lists(SOME_TALLY, max_size=30), st.sampled_from(ORGANISATIONS))
def test_one_organisation_changes_the_figures_by_at_most_the_limit(left: list[Tally], organisation: str) -> None:
    without = [one for one in left if one.organisation != organisation]
    both = [count(some, PLAN, "need", First()) for some in (left, without)]
    assert sum(abs(x - y) for x, y in zip(*both, strict=True)) <= PLAN.limit
    assert all(0 <= one <= len(ORGANISATIONS) for one in both[0])


# a year: what is left in a quarter of it

YEAR = replace(PLAN, period="2027", yearly=True, epsilon={"need": 1.4, "second": 0.4, "terms": 0.1})
QUARTERS = quarters_of("2027")
LEFT = st.lists(
    st.tuples(
        st.sampled_from(QUARTERS), st.sampled_from(ORGANISATIONS), st.sampled_from(TOPICS), st.sampled_from("tuvw")
    ),
    max_size=40,
    unique=True,
)
Asked = tuple[str, str, str, str]  # in a quarter, by an organisation, about a topic; the question


def year_of_(asked: list[Asked], kind: TallyKind) -> list[int]:
    """The year's numbers."""
    made = [
        Tally(
            unit_in(quarter, kind, organisation),
            kind,
            topic,
            "none" if kind == "need" else "",
            f"{quarter}{tag}{topic}",
        )
        for quarter, organisation, topic, tag in asked
    ]
    if kind == "need":
        return count(made, YEAR, "need", First())
    found = count_terms(made, YEAR, First())
    return [found.get(topic, 0) for topic in TOPICS]


@settings(max_examples=200, deadline=None)
@given(LEFT, st.sampled_from(QUARTERS), st.sampled_from(ORGANISATIONS))
def test_a_quarter_of_a_year_changes_it_as_it_would_its_own_report(
    left: list[Asked], quarter: str, organisation: str
) -> None:
    """New terms, which are the whole year's, by twice that; an organisation's whole year by four times and once."""
    most: list[tuple[TallyKind, int, int]] = [("need", 1, 4), ("term", 2, 1)]
    for kind, of_quarter, of_year in most:
        whole = year_of_(left, kind)
        for times, without in (
            (of_quarter, [one for one in left if one[:2] != (quarter, organisation)]),
            (of_year, [one for one in left if one[1] != organisation]),
        ):
            changed = sum(abs(x - y) for x, y in zip(whole, year_of_(without, kind), strict=True))
            assert changed <= times * YEAR.limit


def test_an_organisation_that_asks_all_year_counts_four_times() -> None:
    asked = [(quarter, "a", "feed", tag) for quarter in QUARTERS for tag in "tu"]
    assert sum(year_of_(asked, "need")) == 4
    assert year_of_(asked, "term") == [int(topic == "feed") for topic in TOPICS]


def test_every_kind_of_release_has_its_tallies() -> None:
    assert set(KIND_OF) == {"need", "outcomes", "support", "ideas", "terms"}
