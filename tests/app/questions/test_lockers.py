"""Lockers of one size: what a thief of the content file sees of somebody who writes a lot."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from app.questions.erasing import locker_labels
from app.questions.lockers import OWNER, PAD, OwnThread, own_threads, read_locker, remember, write_locker
from app.questions.models import Locker
from app.wiring import Toolbox
from privacy.pseudonyms import locker_key, new_id, new_secret
from privacy.vault import Place, seal_json

SECRET = new_secret()


def sizes(tools: Toolbox) -> set[int]:
    with tools.database.reading() as stores:
        return {len(row.sealed) for row in stores.content.scalars(select(Locker))}


def seen(tools: Toolbox) -> dict[str, bytes]:
    with tools.database.reading() as stores:
        return {row.label: row.sealed for row in stores.content.scalars(select(Locker))}


def writings(tools: Toolbox, number: int) -> Iterator[list[OwnThread]]:
    """Somebody writes in one thread after the other; what they have on their list then."""
    listed: list[OwnThread] = []
    for _ in range(number):
        listed.insert(0, OwnThread(new_id(), OWNER, new_id(), 739942, (new_id(),)))
        with tools.database.transaction("content") as stores:
            remember(stores, SECRET, listed[0])
        yield listed


def test_who_has_written_much_has_lockers_of_everybodys_size(tools: Toolbox) -> None:
    """At their 25th, 50th and 75th thread as well. The mutant is one row for the list, which says so by its size."""
    whole = set()
    for listed in writings(tools, 80):
        with tools.database.reading() as stores:
            assert [one.thread for one in own_threads(stores, SECRET)] == [one.thread for one in listed]
        said = [{"thread": one.thread, "part": one.part, "key_id": one.key_id, "day": one.day} for one in listed]
        mutant = seal_json(locker_key(SECRET, "mythreads"), said, Place("lockers", "sealed", "x"), pad_to=PAD)
        whole.add(len(mutant))
    assert sizes(tools) == {4129}
    assert len(whole) > 2


def test_what_is_full_changes_no_more(tools: Toolbox) -> None:
    """Rows that change together again and again would be joined: one more thread is written at the head alone."""
    steps = list(writings(tools, 60))
    before = seen(tools)
    with tools.database.transaction("content") as stores:
        remember(stores, SECRET, OwnThread(new_id(), OWNER, new_id(), 739942))
    after = seen(tools)
    assert len(steps[-1]) == 60
    assert len(before) == len(after) == 3
    assert sum(before[label] != after[label] for label in before) == 1


@pytest.mark.parametrize("letters", [0, 4031, 4032, 4033, 8064, 40_000, 200_000])
def test_any_length_comes_back_and_shrinks_again(tools: Toolbox, letters: int) -> None:
    for value in ("x" * letters, "潮" * (letters // 3), "short", None, "x" * letters):
        with tools.database.transaction("content") as stores:
            write_locker(stores, SECRET, "draft", value)
        with tools.database.reading() as stores:
            assert read_locker(stores, SECRET, "draft", None) == value
    assert sizes(tools) == {4129} or letters == 200_000


def test_nothing_stays_of_what_was_longer(tools: Toolbox) -> None:
    with tools.database.transaction("content") as stores:
        write_locker(stores, SECRET, "draft", "x" * 9000)
        write_locker(stores, SECRET, "draft", "short")
    before = seen(tools)
    with tools.database.transaction("content") as stores:
        write_locker(stores, SECRET, "draft", "short")
    assert len(before) == 3
    assert sum(before[label] != sealed for label, sealed in seen(tools).items()) == 1


def test_a_row_of_before_still_opens(tools: Toolbox) -> None:
    from privacy.pseudonyms import locker_label

    label, value = str(locker_label(SECRET, "draft")), ["x" * 9000]
    sealed = seal_json(locker_key(SECRET, "draft"), value, Place("lockers", "sealed", label), pad_to=PAD)
    with tools.database.transaction("content") as stores:
        stores.content.add(Locker(label=label, sealed=sealed))
    with tools.database.reading() as stores:
        assert read_locker(stores, SECRET, "draft", None) == value


def test_leaving_finds_every_row(tools: Toolbox) -> None:
    list(writings(tools, 60))
    assert set(seen(tools)) <= set(locker_labels(SECRET, []))
