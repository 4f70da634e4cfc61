"""Ask, wait, show once: what works, and every way somebody could cheat at it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from app.accounts.identity import open_identity
from app.accounts.models import Member
from app.clock import SetClock, today
from app.db import STORES, store_path
from app.errors import NotThere
from app.escrow import requests
from app.escrow.bundles import Answer, Bundle
from app.escrow.custody import CustodyFolder, CustodyProblem
from app.escrow.models import Escrow, EscrowRequest
from app.escrow.reads import find_glass
from app.escrow.service import erase
from app.keystore import DataKey
from app.logs.models import ContentEntry, SecurityEntry
from app.logs.reads import check_logs
from app.logs.service import publish_heads
from app.processes import end_requests
from app.questions.erasing import withdraw_part
from app.questions.models import Post, Thread
from app.wiring import Toolbox
from privacy.escrow import ESCROW_BYTES
from tests.app.escrow.makers import (
    HOURS,
    PASSPHRASE,
    ROLES,
    answers_of,
    appoint,
    ask_for,
    make_custodian,
    make_five,
    refused,
    show,
)
from tests.app.questions.makers import answer, ask, publish, published
from tests.cast import Cast


def escrows(tools: Toolbox) -> list[Escrow]:
    with tools.database.reading() as stores:
        return list(stores.content.scalars(select(Escrow)))


def content_events(tools: Toolbox) -> list[str]:
    with tools.database.reading() as stores:
        return list(stores.content.scalars(select(ContentEntry.event).order_by(ContentEntry.number)))


# ---------------------------------------------------------------- sealing


def test_without_five_custodians_nothing_is_sealed(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    for number in range(4):
        appoint(tools, make_custodian(tmp_path / str(number)), ROLES[number])
    thread_id = published(tools, cast.alice)
    assert escrows(tools) == []
    with refused("off"):
        ask_for(tools, thread_id)


def test_every_author_of_a_thread_has_one_escrow_of_one_length(
    tools: Toolbox, cast: Cast, five: list[CustodyFolder]
) -> None:
    thread_id = published(tools, cast.alice)
    assert [(row.thread_id, row.author) for row in escrows(tools)] == [(thread_id, 0)]
    for person in (cast.bob, cast.carol, cast.bob):
        answer(tools, person, thread_id)
        publish(tools)
    rows = escrows(tools)
    assert sorted(row.author for row in rows) == [0, 1, 2]
    assert {len(row.boxes) for row in rows} == {ESCROW_BYTES}
    with tools.database.reading() as stores:
        tags = {post.author_tag: post.author for post in stores.content.scalars(select(Post))}
        tags[stores.content.get_one(Thread, thread_id).owner_tag] = 0
    assert {row.tag: row.author for row in rows} == tags


def test_what_was_begun_without_it_stays_without_it(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    thread_id = published(tools, cast.alice)
    answer(tools, cast.bob, thread_id)
    publish(tools)
    make_five(tools, tmp_path / "five")
    answer(tools, cast.bob, thread_id)
    answer(tools, cast.carol, thread_id)
    publish(tools)
    assert [row.author for row in escrows(tools)] == [2]
    for author in (0, 1):
        with refused("no-escrow"):
            ask_for(tools, thread_id, author=author)


def test_a_waiting_post_has_no_row_yet_and_its_escrow_comes_with_it(
    tools: Toolbox, cast: Cast, five: list[CustodyFolder]
) -> None:
    thread_id = ask(tools, cast.alice)
    assert escrows(tools) == []
    publish(tools)
    assert [row.thread_id for row in escrows(tools)] == [thread_id]


def test_an_escrow_is_erased_and_goes_with_its_thread(tools: Toolbox, cast: Cast, five: list[CustodyFolder]) -> None:
    one, two = published(tools, cast.alice), published(tools, cast.bob)
    with tools.database.transaction("content") as stores:
        tag = stores.content.get_one(Thread, one).owner_tag
        erase(stores, thread_id=two, tag=tag)  # another thread's: nothing happens
    assert len(escrows(tools)) == 2
    with tools.database.transaction("content", "keys") as stores:
        erase(stores, thread_id=one, tag=tag)
        whole = stores.content.get_one(Thread, two)
        withdraw_part(stores, tools.vault, thread_id=two, tag=whole.owner_tag, key_id=whole.key_id)
    assert escrows(tools) == []


# ---------------------------------------------------------------- a request that goes well


def test_three_of_five_open_the_author_and_nobody_else(tools: Toolbox, cast: Cast, five: list[CustodyFolder]) -> None:
    clock = tools.clock
    assert isinstance(clock, SetClock)
    thread_id = published(tools, cast.alice)
    answer(tools, cast.bob, thread_id)
    publish(tools)
    for author, person, homes in ((0, cast.alice, five[:3]), (1, cast.bob, five[2:])):
        bundle = ask_for(tools, thread_id, author=author)
        given = answers_of(homes, bundle, now=clock.now())
        clock.move(hours=48)
        found = show(tools, bundle, given)
        assert (found.mail, found.organisation) == (person.mail, f"架空水産{'A' if person is cast.alice else 'B'}")


def test_a_court_sees_the_address_only(tools: Toolbox, cast: Cast, five: list[CustodyFolder]) -> None:
    bundle = ask_for(tools, published(tools, cast.alice), reason="court")
    given = answers_of(five[:3], bundle, now=tools.clock.now())
    tools.clock.move(hours=48)  # type: ignore[attr-defined]
    assert show(tools, bundle, given) == requests.Shown(cast.alice.mail, None)


def test_the_chain_counts_every_step_and_the_page_counts_the_chain(
    tools: Toolbox, cast: Cast, five: list[CustodyFolder]
) -> None:
    bundle = ask_for(tools, published(tools, cast.alice))
    assert content_events(tools)[-1] == "escrow.danger.requested"
    given = answers_of(five[:3], bundle, now=tools.clock.now())
    tools.clock.move(hours=48)  # type: ignore[attr-defined]
    show(tools, bundle, given)
    withdrawn, denied = (ask_for(tools, bundle.thread, reason="court") for _ in range(2))
    with tools.database.transaction("identity", "keys", "content") as stores:
        requests.close(stores, tools.vault, request_id=withdrawn.id, refused=False, now=tools.clock.now())
        requests.close(stores, tools.vault, request_id=denied.id, refused=True, now=tools.clock.now())
    with tools.database.reading() as stores:
        counts = find_glass(stores, today=today(tools.clock.now())).counts
        named = stores.identity.scalars(select(SecurityEntry.who).where(SecurityEntry.event.like("escrow.%"))).all()
    assert {one.reason: (one.steps["requested"], one.steps["shown"], one.unopened) for one in counts} == {
        "danger": (1, 1, 0),
        "court": (2, 0, 2),
    }
    assert set(named) == {""}  # the log names no member
    # a shorter count is a broken chain
    day = today(tools.clock.now())
    with tools.database.transaction("content") as stores:
        publish_heads(stores, day=day, outside=None)
    with tools.database.transaction("content") as stores:
        stores.content.delete(
            stores.content.scalars(select(ContentEntry).where(ContentEntry.event == "escrow.danger.shown")).one()
        )
    with tools.database.reading() as stores:
        assert check_logs(stores, [])["content"] == "gap"


# ---------------------------------------------------------------- once


def test_a_second_showing_is_refused_and_its_key_is_nowhere(
    tools: Toolbox, cast: Cast, five: list[CustodyFolder]
) -> None:
    bundle = ask_for(tools, published(tools, cast.alice))
    with tools.database.reading() as stores:
        row = stores.identity.get_one(EscrowRequest, bundle.id)
        wrapped = stores.keys.get_one(DataKey, row.key_id).wrapped
        private = tools.vault.data_key(stores, row.key_id).secret
    given = answers_of(five[:4], bundle, now=tools.clock.now())
    tools.clock.move(hours=48)  # type: ignore[attr-defined]
    show(tools, bundle, given[:3])
    for again in (given[:3], given[1:]):
        with refused("not-open"):
            show(tools, bundle, again)
    tools.database.checkpoint()
    for one in STORES:
        for path in store_path(tools.settings.data_dir, one).parent.glob(f"{one}.db*"):
            assert wrapped not in path.read_bytes()
            assert private not in path.read_bytes()
    # an operator who sets the state back has nothing left that opens the answers
    with tools.database.transaction("identity") as stores:
        stores.identity.get_one(EscrowRequest, bundle.id).state = "open"
    with pytest.raises(NotThere):
        show(tools, bundle, given[:3])


def show_and_stop(tools: Toolbox, bundle: Bundle, given: list[Answer]) -> None:
    with tools.database.transaction("identity", "keys", "content") as stores:
        requests.show(
            stores,
            tools.vault,
            tools.post_office_public,
            bundle=bundle,
            answers=given,
            now=tools.clock.now(),
            window=tools.window,
        )
        raise KeyboardInterrupt


def test_whoever_stops_after_the_commit_has_used_it_up(tools: Toolbox, cast: Cast, five: list[CustodyFolder]) -> None:
    """Reserve before show: the showing is spent in the transaction, and nothing is printed before its end."""
    bundle = ask_for(tools, published(tools, cast.alice))
    given = answers_of(five[:3], bundle, now=tools.clock.now())
    tools.clock.move(hours=48)  # type: ignore[attr-defined]

    with pytest.raises(KeyboardInterrupt):  # stopped before the commit: nothing has happened, nothing was printed
        show_and_stop(tools, bundle, given)
    assert show(tools, bundle, given).mail == cast.alice.mail  # this caller stops before printing: spent
    with refused("not-open"):
        show(tools, bundle, given)


def test_a_stop_between_two_files_leaves_no_key_for_long(tools: Toolbox, cast: Cast, five: list[CustodyFolder]) -> None:
    bundle = ask_for(tools, published(tools, cast.alice))
    with tools.database.transaction("identity") as stores:  # identity was committed, the key store was not
        row = stores.identity.get_one(EscrowRequest, bundle.id)
        row.state = "shown"
    end_requests(tools)
    with tools.database.reading() as stores:
        assert stores.keys.get(DataKey, row.key_id) is None


# ---------------------------------------------------------------- waiting


def test_nothing_opens_before_48_hours_or_after_14_days(tools: Toolbox, cast: Cast, five: list[CustodyFolder]) -> None:
    clock = tools.clock
    assert isinstance(clock, SetClock)
    bundle = ask_for(tools, published(tools, cast.alice))
    given = answers_of(five[:3], bundle, now=clock.now())
    clock.move(seconds=48 * HOURS - 1)
    with refused("too-early"):
        show(tools, bundle, given)
    clock.move(hours=13 * 24)
    with refused("too-late"):
        show(tools, bundle, given)
    end_requests(tools)
    assert content_events(tools)[-1] == "escrow.danger.expired"
    with refused("not-open"):
        show(tools, bundle, given)
    end_requests(tools)
    assert content_events(tools).count("escrow.danger.expired") == 1


def test_the_operators_clock_does_not_shorten_the_custodians_wait(
    tools: Toolbox, cast: Cast, five: list[CustodyFolder]
) -> None:
    bundle = ask_for(tools, published(tools, cast.alice))
    true_time = tools.clock.now()
    tools.clock.move(hours=100)  # type: ignore[attr-defined]
    five[0].receive(bundle.to_json(), now=true_time)
    for hours in (0, 47.99):
        with pytest.raises(CustodyProblem, match="too early"):
            five[0].release(bundle.id, PASSPHRASE, now=true_time + hours * HOURS)
    # sent once more, also with an older day on it, it does not begin earlier
    five[0].receive(bundle.to_json(), now=true_time + 10 * HOURS)
    assert five[0].get(bundle.id).first_seen == int(true_time)
    backdated = replace(bundle, day="2026-01-01")
    with pytest.raises(CustodyProblem, match="another request"):
        five[0].receive(backdated.to_json(), now=true_time)
    assert five[0].release(bundle.id, PASSPHRASE, now=true_time + 48 * HOURS)
    # a custodian's clock set back makes it longer, never shorter
    with pytest.raises(CustodyProblem, match="too early"):
        five[0].release(bundle.id, PASSPHRASE, now=true_time - 1)
    with pytest.raises(CustodyProblem, match="too late"):
        five[0].release(bundle.id, PASSPHRASE, now=true_time + 15 * 24 * HOURS)


# ---------------------------------------------------------------- who is gone, who was there before


def test_a_member_who_has_left_is_not_shown_and_the_request_is_over(
    tools: Toolbox, cast: Cast, five: list[CustodyFolder]
) -> None:
    bundle = ask_for(tools, published(tools, cast.alice))
    given = answers_of(five[:3], bundle, now=tools.clock.now())
    tools.clock.move(hours=48)  # type: ignore[attr-defined]
    with tools.database.transaction("identity") as stores:
        stores.identity.delete(stores.identity.get_one(Member, cast.alice.member_id))
    assert show(tools, bundle, given) == requests.Shown(None, None)
    assert content_events(tools)[-1] == "escrow.danger.gone"
    with refused("not-open"):
        show(tools, bundle, given)


def test_an_escrow_erased_meanwhile_shows_nothing(tools: Toolbox, cast: Cast, five: list[CustodyFolder]) -> None:
    bundle = ask_for(tools, published(tools, cast.alice))
    given = answers_of(five[:3], bundle, now=tools.clock.now())
    tools.clock.move(hours=48)  # type: ignore[attr-defined]
    with tools.database.transaction("content") as stores:
        erase(stores, thread_id=bundle.thread, tag=bundle.tag)
    assert show(tools, bundle, given) == requests.Shown(None, None)


def test_a_new_custodian_opens_new_posts_only_and_the_old_ones_the_old(
    tools: Toolbox, cast: Cast, five: list[CustodyFolder], tmp_path: Path
) -> None:
    before = published(tools, cast.alice)
    newcomer = make_custodian(tmp_path / "newcomer")
    appoint(tools, newcomer, ROLES[4], instead_of=ROLES[4])  # the same office, another person and key
    after = published(tools, cast.bob)
    old, new = ask_for(tools, before), ask_for(tools, after)
    with pytest.raises(CustodyProblem, match="no box"):
        newcomer.receive(old.to_json(), now=0)
    with pytest.raises(CustodyProblem, match="no box"):
        five[4].receive(new.to_json(), now=0)
    given_old = answers_of(five[2:], old, now=0)  # with the one who has gone
    given_new = answers_of([*five[:2], newcomer], new, now=0)
    tools.clock.move(hours=48)  # type: ignore[attr-defined]
    assert show(tools, old, given_old).mail == cast.alice.mail
    assert show(tools, new, given_new).mail == cast.bob.mail


# ---------------------------------------------------------------- what stays behind


def test_no_file_ever_says_which_thread_was_asked_for(tools: Toolbox, cast: Cast, five: list[CustodyFolder]) -> None:
    """The request and the note to the member name no thread, with the root key too: the request's file alone does."""
    bundle = ask_for(tools, published(tools, cast.alice))
    given = answers_of(five[:3], bundle, now=tools.clock.now())
    tools.clock.move(hours=48)  # type: ignore[attr-defined]
    show(tools, bundle, given)
    with tools.database.reading() as stores:
        row = stores.identity.get_one(EscrowRequest, bundle.id)
        values = [str(getattr(row, column.name)) for column in EscrowRequest.__table__.columns]
        member = stores.identity.get_one(Member, cast.alice.member_id)
        identity = open_identity(tools.vault.data_key(stores, member.key_id), member)
    assert identity.opened == (f"{today(tools.clock.now()).isoformat()} danger",)
    for thing in (bundle.thread, bundle.tag):
        assert thing not in " ".join(values) + json.dumps(identity.opened)
    # the digest is salted: going through every thread does not find it
    guess = replace(bundle, salt="")
    assert guess.digest.hex() != row.digest
    assert Bundle.from_json(bundle.to_json()).digest.hex() == row.digest
