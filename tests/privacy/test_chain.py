"""The hash chain: what it notices by itself, and what only a published head shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.chain import START, Fault, Head, Link, find_fault, link

FIELDS = [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")]


def chain(fields: list[tuple[str, ...]]) -> list[Link]:
    links: list[Link] = []
    for number, one in enumerate(fields, 1):
        links.append(link(links[-1].hash if links else START, number, one))
    return links


def head(links: list[Link]) -> Head:
    return Head(links[-1].number, links[-1].hash)


def test_an_untouched_chain_agrees_with_every_head_published_of_it() -> None:
    links = chain(FIELDS)
    heads = [Head(0, START), *(Head(one.number, one.hash) for one in links)]
    assert find_fault(links, heads) is None


def test_nothing_at_all_is_a_chain() -> None:
    assert find_fault([], [Head(0, START)]) is None


@given(st.integers(0, 3), st.text(min_size=1))
def test_a_changed_entry_is_seen(place: int, text: str) -> None:
    links = chain(FIELDS)
    one = links[place]
    if text != one.fields[0]:
        links[place] = Link(one.number, (text, *one.fields[1:]), one.hash)
        assert find_fault(links) == "changed"


@pytest.mark.parametrize(
    ("order", "fault"), [([0, 2, 3], "gap"), ([1, 2, 3], "gap"), ([0, 2, 1, 3], "gap"), ([0, 1, 1, 2], "gap")]
)
def test_a_missing_moved_or_doubled_entry_is_seen(order: list[int], fault: Fault) -> None:
    links = chain(FIELDS)
    assert find_fault([links[place] for place in order]) == fault


def test_a_cut_tail_is_seen_only_with_the_head() -> None:
    links = chain(FIELDS)
    published = head(links)
    assert find_fault(links[:2]) is None  # a chain alone does not see its tail cut off
    assert find_fault(links[:2], [published]) == "cut"


def test_a_chain_written_anew_is_seen_only_with_the_head() -> None:
    published = head(chain(FIELDS))
    forged = chain([("a", "1"), ("b", "another"), ("c", "3"), ("d", "4"), ("e", "5")])
    assert find_fault(forged) is None
    assert find_fault(forged, [published]) == "rewritten"


def test_after_forgetting_the_rest_still_hangs_together() -> None:
    links = chain(FIELDS)
    before = Head(2, links[1].hash)
    assert find_fault(links[2:], [Head(1, "forgotten"), head(links)], before=before) is None
    assert find_fault(links[2:], before=Head(2, links[0].hash)) == "changed"


def test_fields_do_not_run_together() -> None:
    assert link(START, 1, ("ab", "c")).hash != link(START, 1, ("a", "bc")).hash
    assert link(START, 1, ("ab",)).hash != link(START, 1, ("ab", "")).hash
