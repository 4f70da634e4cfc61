"""The process's copy of the profiles: the same as reading them all, opened only when they changed, gone with the member."""

import gc
from dataclasses import replace

from sqlalchemy import delete, select

from app.queues import experts
from app.queues.models import Expert
from app.queues.roster import Roster
from app.queues.rules import Now
from app.queues.worker import make_now
from app.wiring import Toolbox
from matching.profiles import Candidate
from tests.app.queues.stage import ask_question, opt_in, work
from tests.cast import Cast, Person, viewer_of

SUBJECT = "rainbow-trout"


def handle_of(tools: Toolbox, person: Person) -> str:
    return experts.handles_of(viewer_of(tools, person))[SUBJECT]


def told(tools: Toolbox, roster: Roster, now: Now | None = None) -> dict[str, Candidate]:
    """Who is in the subject, as a roster has it after catching up."""
    group_key = tools.trade.group_of[SUBJECT].key
    with tools.database.reading() as stores:
        roster.catch_up(stores, group_key=group_key, now=now or make_now(tools), vouched={})
    return {one.expert: one for one in roster.everybody(SUBJECT)}


def change(tools: Toolbox, person: Person, **fields: object) -> None:
    with tools.database.transaction("content") as stores:
        handle = handle_of(tools, person)
        changed = replace(experts.opened(stores, tools.vault, [handle])[handle], **fields)  # type: ignore[arg-type]
        group_key = tools.trade.group_of[SUBJECT].key
        experts.put_profile(stores, tools.vault, handle=handle, group_key=group_key, profile=changed)


def test_caught_up_it_is_as_if_everything_were_read_anew(tools: Toolbox, cast: Cast) -> None:
    roster = Roster(tools.vault)
    steps = (
        lambda: opt_in(tools, cast.bob, cast.carol),
        lambda: ask_question(tools, cast.alice, urgent=True),
        lambda: work(tools),
        lambda: change(tools, cast.bob, capacity=5, topics=("water",), away_until=make_now(tools).today + 3),
        lambda: work(tools, hours=24 * 4),
        lambda: work(tools, hours=24 * 8),
        lambda: opt_in(tools, cast.erin),
        lambda: work(tools, hours=24 * 40),
    )
    seen = []
    for step in steps:
        step()
        seen.append(told(tools, roster))
        assert seen[-1] == told(tools, Roster(tools.vault))
    bob = [one.get(handle_of(tools, cast.bob)) for one in seen]
    assert {(one.open_offers, one.offers_this_week, one.away) for one in bob if one} == {
        (0, 0, False), (1, 1, False), (1, 1, True), (1, 1, False), (0, 0, False),
    }  # fmt: skip


def test_only_what_was_sealed_anew_is_opened(tools: Toolbox, cast: Cast) -> None:
    roster = Roster(tools.vault)
    opt_in(tools, cast.bob, cast.carol)
    before = told(tools, roster)
    change(tools, cast.bob, capacity=1)
    after = told(tools, roster)
    assert after[handle_of(tools, cast.bob)].capacity == 1
    assert after[handle_of(tools, cast.carol)] is before[handle_of(tools, cast.carol)]


def test_what_was_never_committed_is_forgotten(tools: Toolbox, cast: Cast) -> None:
    roster, group_key = Roster(tools.vault), tools.trade.group_of[SUBJECT].key
    opt_in(tools, cast.bob, cast.carol)
    handle, before = handle_of(tools, cast.bob), told(tools, roster)
    with tools.database.transaction("content") as stores:
        stores.content.execute(delete(Expert).where(Expert.handle == handle))
        roster.catch_up(stores, group_key=group_key, now=make_now(tools), vouched={})
        assert handle not in {one.expert for one in roster.everybody(SUBJECT)}
        stores.content.rollback()
    assert told(tools, roster) == before


def test_muted_topics_are_known_as_they_change(tools: Toolbox, cast: Cast) -> None:
    roster, handle = Roster(tools.vault), ""
    opt_in(tools, cast.bob, cast.carol)
    for muted in (("disease", "water"), ("water",), ()):
        change(tools, cast.bob, muted=muted)
        told(tools, roster)
        handle = handle_of(tools, cast.bob)
        found = {topic for topic in ("disease", "water") if handle in roster.muted(SUBJECT, topic)}
        assert found == set(muted)


def leftovers(root: object, names: tuple[str, ...]) -> set[str]:
    """Which of `names` some object reachable from `root` is."""
    seen, waiting, found = {id(root)}, [root], set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, str) and one in names:
            found.add(one)
        for other in gc.get_referents(one):
            if id(other) not in seen and not isinstance(other, type):
                seen.add(id(other))
                waiting.append(other)
    return found


def test_whoever_is_erased_is_gone_from_memory(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    ask_question(tools, cast.alice, urgent=True)
    change(tools, cast.bob, circle="bob's own circle", muted=("water",))
    work(tools)
    roster = tools.roster
    handle = handle_of(tools, cast.bob)
    traces = (handle, "bob's own circle")
    pools = (roster._groups, roster._pools, roster._muted)
    assert leftovers(pools, traces) == set(traces)
    with tools.database.transaction("content") as stores:
        assert stores.content.scalar(select(Expert.handle).where(Expert.handle == handle))
        stores.content.execute(delete(Expert).where(Expert.handle == handle))
    with tools.database.reading() as stores:
        roster.forget_gone(stores)
    assert leftovers(pools, traces) == set()
