"""From the third wave on experts of a neighbouring subject are asked, never beyond the audience."""

from flask import Flask

from app.clock import today
from app.jobs import queue
from app.queues import experts, service
from app.queues.rules import neighbours_of
from app.wiring import Toolbox
from privacy.anonymity import AT_GROUP, AT_SUBJECT, SUBJECT
from privacy.scopes import Audience, Scope
from tests.app.queues.stage import all_offers, ask_question, offers_of, opt_in, work
from tests.cast import Cast, Person, signed_in, viewer_of

HANDLES = ("rainbow-trout", "coho-salmon")


def opt_in_to(tools: Toolbox, person: Person, subject: str, *, away_until: int = 0) -> None:
    with tools.database.transaction("content") as stores:
        service.opt_in(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), subject=subject, topics=("disease",),
            capacity=3, away_until=away_until, box=None,
        )  # fmt: skip


def inboxes(tools: Toolbox, person: Person) -> list[str]:
    """The subjects under whose handles somebody was asked."""
    handles = experts.handles_of(viewer_of(tools, person))
    with tools.database.reading() as stores:
        asked = {one.inbox for one in all_offers(stores, tools.vault)}
    return [subject for subject in HANDLES if handles[subject] in asked]


def to_the_third_wave(tools: Toolbox) -> None:
    for hours in (0, 3, 5):
        work(tools, hours=hours)


def scope(level: int, audience: Audience) -> Scope:
    return Scope({SUBJECT: level}, audience, "own")


def test_next_door_is_asked_in_the_third_wave_and_not_before(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.carol)
    opt_in_to(tools, cast.bob, "coho-salmon")
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    assert inboxes(tools, cast.carol) == ["rainbow-trout"]
    work(tools, hours=3)
    assert inboxes(tools, cast.bob) == []
    work(tools, hours=4)
    assert inboxes(tools, cast.bob) == ["coho-salmon"]
    client = signed_in(app, cast.bob)
    offer = offers_of(tools, cast.bob)[0]
    page = client.get(f"/queue/{offer.id}").text
    assert "稚魚が朝に死にます" in page
    assert "近い分野の質問です" not in page  # the page shows the group, and so does the reason


def test_the_own_circle_and_the_excluded_are_out_next_door_too(tools: Toolbox, cast: Cast) -> None:
    for person in (cast.bob, cast.carol, cast.dave):
        opt_in_to(tools, person, "coho-salmon")
    ask_question(tools, cast.alice, urgent=True, excluded=frozenset({viewer_of(tools, cast.bob).circle}))
    to_the_third_wave(tools)
    assert inboxes(tools, cast.bob) == inboxes(tools, cast.dave) == []
    assert inboxes(tools, cast.carol) == ["coho-salmon"]


def test_one_person_is_not_asked_under_two_handles(tools: Toolbox, cast: Cast) -> None:
    for subject in HANDLES:
        opt_in_to(tools, cast.bob, subject)
    ask_question(tools, cast.alice, urgent=True)
    to_the_third_wave(tools)
    assert inboxes(tools, cast.bob) == ["rainbow-trout"]


def test_whoever_was_asked_next_door_is_not_asked_again_at_home(tools: Toolbox, cast: Cast) -> None:
    opt_in_to(tools, cast.bob, "rainbow-trout", away_until=tools_day(tools) + 30)
    opt_in_to(tools, cast.bob, "coho-salmon")
    thread_id = ask_question(tools, cast.alice, urgent=True)
    to_the_third_wave(tools)
    assert inboxes(tools, cast.bob) == ["coho-salmon"]
    opt_in_to(tools, cast.bob, "rainbow-trout")
    opt_in(tools, cast.carol)
    with tools.database.transaction("content") as stores:
        queue.put(stores, tools.vault, "route", {"thread": thread_id, "wave": 3, "invited": True}, due=tools.window)
    work(tools)
    assert inboxes(tools, cast.bob) == ["coho-salmon"]
    assert inboxes(tools, cast.carol) == ["rainbow-trout"]


def tools_day(tools: Toolbox) -> int:
    return today(tools.clock.now()).toordinal()


def test_an_answer_from_next_door_counts_for_the_handle_that_was_asked(tools: Toolbox, cast: Cast) -> None:
    opt_in_to(tools, cast.bob, "coho-salmon")
    ask_question(tools, cast.alice, urgent=True)
    to_the_third_wave(tools)
    handle = experts.handles_of(viewer_of(tools, cast.bob))["coho-salmon"]
    with tools.database.reading() as stores:
        profile = experts.find_profile(stores, tools.vault, handle)
    assert profile is not None
    assert (profile.subject, len(profile.offers), profile.unseen) == ("coho-salmon", 1, 1)


def test_the_audience_decides_whether_next_door_is_let_in(tools: Toolbox) -> None:
    trade, trout = tools.trade, "rainbow-trout"
    assert neighbours_of(trade, trout, scope(AT_GROUP, Audience.DOMAIN), 1) == ()
    assert neighbours_of(trade, trout, scope(AT_GROUP, Audience.DOMAIN), 2) == ("coho-salmon", "yamame-iwana")
    assert neighbours_of(trade, trout, scope(AT_SUBJECT, Audience.DOMAIN), 2) == ()
    assert neighbours_of(trade, trout, scope(AT_SUBJECT, Audience.ALL), 2) == ("coho-salmon", "yamame-iwana")


def test_a_hidden_subject_is_not_told_to_another_group(tools: Toolbox) -> None:
    """Ayu is next to yamame and in another group: being asked would tell an ayu farmer which fish it is about."""
    for audience in Audience:
        assert "ayu" not in neighbours_of(tools.trade, "yamame-iwana", scope(AT_GROUP, audience), 2)
    assert "ayu" in neighbours_of(tools.trade, "yamame-iwana", scope(AT_SUBJECT, Audience.ALL), 2)
