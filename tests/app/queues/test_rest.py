"""An inbox into which nobody looks any more rests: after a fresh start the old ones are nobody's."""

from dataclasses import replace

from flask import Flask

from app.notices.service import tell
from app.queues import experts
from app.queues.rules import Measures, Now, Profile, as_candidate
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
        tire(tools, handles[subject])
        with tools.database.transaction("content") as stores:
            tell(stores, tools.vault, label=handles[subject], kind="resting", due=tools.window)
        assert ("ひかえています" in bob.get("/inbox").text) is told
        assert ("ひかえています" in bob.get("/").text) is told
    assert "おかえりなさい" in bob.get("/queue").text
    tire(tools, handles["coho-salmon"])
    assert "おかえりなさい" not in bob.get("/queue").text


def tire(tools: Toolbox, handle: str) -> None:
    with tools.database.transaction("content") as stores:
        profile = experts.find_profile(stores, tools.vault, handle)
        assert profile
        tired = replace(profile, unseen=REST_AFTER)
        experts.put_profile(stores, tools.vault, handle=handle, group_key="salmonids", profile=tired)
