"""An inbox into which nobody looks any more rests: after a fresh start the old ones are nobody's."""

from dataclasses import replace
from itertools import combinations

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Trade
from app.inbox.heard import heard
from app.inbox.labels import own_labels
from app.notices.models import Note
from app.notices.service import drop_notes, tell
from app.queues import experts, service
from app.queues.models import Expert
from app.queues.pools import Pools
from app.queues.rules import RESTING, Measures, Now, Profile, as_candidate
from app.sealing import Vault
from app.wiring import Toolbox
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, Person, post, signed_in, viewer_of

REST_AFTER = Measures().rest_after
NOW = Now(window=100, today=738_000, window_days=1 / 24)


def unseen(tools: Toolbox, person: Person) -> int:
    handle = experts.handles_of(viewer_of(tools, person))["rainbow-trout"]
    with tools.database.reading() as stores:
        profile = experts.find_profile(stores, tools.vault, handle)
    assert profile
    return profile.unseen


def leave_unseen(tools: Toolbox, person: Person, number: int) -> None:
    handle = experts.handles_of(viewer_of(tools, person))["rainbow-trout"]
    with tools.database.transaction("content") as stores:
        profile = experts.find_profile(stores, tools.vault, handle)
        assert profile
        group_key = tools.trade.group_of["rainbow-trout"].key
        changed = replace(profile, unseen=number)
        experts.put_profile(stores, tools.vault, handle=handle, group_key=group_key, profile=changed)


def test_offers_without_a_word_add_up_and_a_word_ends_it() -> None:
    profile = Profile("rainbow-trout", "c")
    for window in range(REST_AFTER):
        assert not as_candidate("h", profile, open_offers=0, now=NOW).away
        profile = profile.offered(window, keep=10)
    assert as_candidate("h", profile, open_offers=0, now=NOW).away
    assert not profile.passed("t", "no_time", 5).rests(Measures())


def test_a_resting_inbox_is_asked_no_more_until_somebody_looks_in(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    assert len(offers_of(tools, cast.bob)) == 1
    assert unseen(tools, cast.bob) == 1
    leave_unseen(tools, cast.bob, REST_AFTER)
    ask_question(tools, cast.dave, title="網の汚れが早いです", urgent=True)
    work(tools)
    assert len(offers_of(tools, cast.bob)) == 1
    assert signed_in(app, cast.bob).get("/queue").status_code == 200
    assert unseen(tools, cast.bob) == 0
    ask_question(tools, cast.carol, title="夜の酸素が下がります", urgent=True)
    work(tools)
    assert len(offers_of(tools, cast.bob)) == 2


def test_looking_in_seldom_writes(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    leave_unseen(tools, cast.bob, REST_AFTER - 2)
    signed_in(app, cast.bob).get("/queue")
    assert unseen(tools, cast.bob) == REST_AFTER - 2


def test_that_one_of_two_inboxes_of_a_group_rests_is_not_told(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """It would say that the question before, which hides its subject, was of that one."""
    bob = signed_in(app, cast.bob)
    for subject in ("rainbow-trout", "coho-salmon"):
        post(bob, f"/queue/settings/{subject}", {"capacity": "3"}, page="/queue/settings")
    handles = experts.handles_of(viewer_of(tools, cast.bob))
    for told, subject in ((False, "rainbow-trout"), (True, "coho-salmon")):
        tire(tools, handles[subject], told=True)
        assert ("ひかえています" in bob.get("/inbox").text) is told
        assert ("ひかえています" in bob.get("/").text) is told
        assert (RESTING in kinds(tools, cast.bob)) is told, "nor in one's own export"
    assert "おかえりなさい" in bob.get("/queue").text
    tire(tools, handles["coho-salmon"])
    assert "おかえりなさい" not in bob.get("/queue").text


def kinds(tools: Toolbox, person: Person) -> list[str]:
    with tools.database.reading() as stores:
        own = own_labels(stores, tools.trade, person.secret)
        return [one.kind for one in heard(stores, tools.vault, own, window=tools.window)]


def test_who_rested_before_the_profile_said_so_is_told_once(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    leave_unseen(tools, cast.bob, REST_AFTER)
    assert kinds(tools, cast.bob) == []
    for _ in range(2):
        work(tools)
        assert kinds(tools, cast.bob) == [RESTING]


def comings(app: Flask, tools: Toolbox, person: Person, asker: Person) -> list[set[str]]:
    """Labels of the notes that came or went, without a key, while an inbox came to rest and when its member looked in,
    twice."""
    opt_in(tools, person, capacity=20)
    found, before = list[set[str]](), rows_of_notes(tools)
    for title in ("一つめです", "二つめです"):
        leave_unseen(tools, person, REST_AFTER - 1)
        ask_question(tools, asker, title=title, urgent=True)
        work(tools)
        assert unseen(tools, person) == REST_AFTER
        for look in (False, True):
            if look:
                signed_in(app, person).get("/queue")
                assert unseen(tools, person) == 0
            now = rows_of_notes(tools)
            found.append({label for _, label in before ^ now})
            before = now
    return found


def rows_of_notes(tools: Toolbox) -> set[tuple[str, str]]:
    with tools.database.reading() as stores:
        return {(row[0], row[1]) for row in stores.content.execute(select(Note.id, Note.label))}


def joined(found: list[set[str]]) -> set[str]:
    return {label for one, other in combinations(found, 2) for label in one & other}


def test_no_note_joins_the_days_on_which_an_inbox_was_asked_or_looked_into(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    assert joined(comings(app, tools, cast.bob, cast.alice)) == set()


def test_a_note_under_its_label_does(app: Flask, tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    offered, seen = Pools.offered, service.move_circle

    def tell_too(pools: Pools, handle: str) -> Profile:
        profile = offered(pools, handle)
        if profile.rested is not None:
            tell(pools.stores, pools.vault, label=handle, kind=RESTING, due=pools.now.window)
        return profile

    def drop_too(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, handles: list[str]) -> None:
        drop_notes(stores, vault, handles)
        seen(stores, vault, trade, viewer=viewer, handles=handles)

    monkeypatch.setattr(Pools, "offered", tell_too)
    monkeypatch.setattr(service, "move_circle", drop_too)
    assert len(joined(comings(app, tools, cast.bob, cast.alice))) == 1


def tire(tools: Toolbox, handle: str, *, told: bool = False) -> None:
    with tools.database.transaction("content") as stores:
        profile = experts.find_profile(stores, tools.vault, handle)
        assert profile
        tired = replace(profile, unseen=REST_AFTER, rested=(f"note of {handle}", tools.window) if told else None)
        experts.put_profile(stores, tools.vault, handle=handle, group_key="salmonids", profile=tired)


def test_a_busy_inbox_is_a_box_of_the_size_of_an_idle_one(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.erin)
    with tools.database.transaction("content") as stores:
        ((handle, idle),) = stores.content.execute(select(Expert.handle, Expert.sealed)).all()
        profile, window = experts.find_profile(stores, tools.vault, handle), 500_000
        assert profile is not None
        for number in range(260):  # ten a week for half a year
            profile = profile.offered(window + number, keep=26 * 168)
        for number in range(experts.PASSES_KEPT):
            profile = profile.passed(f"{number:032x}", "not_my_field", window)
        group = stores.content.get_one(Expert, handle).group_key
        experts.put_profile(stores, tools.vault, handle=handle, group_key=group, profile=profile)
        assert len(stores.content.get_one(Expert, handle).sealed) == len(idle)
