"""The asker is asked whether it helped, after 3, 7 and 30 days; then a question may be likely solved."""

from datetime import date

from flask import Flask

from app.notices.service import notes_of
from app.questions import judging
from app.questions.models import Post, Thread
from app.questions.taps import ACCEPT, WORKED
from app.vectors.store import find_evidence
from app.wiring import Toolbox
from privacy.pseudonyms import owner_tag
from tests.app.questions.makers import answer, published, tap
from tests.app.queues.stage import opt_in, work
from tests.cast import Cast, make_person, post, signed_in, viewer_of


def answered(tools: Toolbox, cast: Cast) -> tuple[str, str]:
    opt_in(tools, cast.bob)
    thread_id = published(tools, cast.alice)
    post_id = answer(tools, cast.bob, thread_id)
    work(tools, hours=4)
    return thread_id, post_id


def live(tools: Toolbox, days: int) -> None:
    """Let the worker live so many days, looking in once a day."""
    for _ in range(days):
        work(tools, hours=24)


def told(tools: Toolbox, cast: Cast, thread_id: str) -> list[tuple[str, int]]:
    """What alice was told of how it went, and how many days after the first answer."""
    with tools.database.reading() as stores:
        tag = owner_tag(cast.alice.secret, thread_id)
        day = min(one.published_day for one in stores.content.query(Post).where(Post.thread_id == thread_id))
        notes = notes_of(stores, tools.vault, [tag], window=tools.window)
    kinds = ("helped", "likely", "outcome")
    found = [(one.kind, one.window * tools.settings.window_seconds) for one in notes if one.kind in kinds]
    jst = 9 * 3600
    return sorted(
        ((kind, date(1970, 1, 1).toordinal() + (at + jst) // 86400 - day) for kind, at in found), key=lambda one: one[1]
    )


def state(tools: Toolbox, thread_id: str) -> str:
    with tools.database.reading() as stores:
        return stores.content.get_one(Thread, thread_id).state


def test_after_three_seven_and_thirty_days(tools: Toolbox, cast: Cast) -> None:
    thread_id, _ = answered(tools, cast)
    answer(tools, cast.carol, thread_id)  # a second answer begins nothing anew
    live(tools, 34)
    assert told(tools, cast, thread_id) == [("helped", 3), ("helped", 7), ("helped", 30)]
    assert state(tools, thread_id) == "answered"


def test_after_a_standstill_one_comes_and_none_that_is_a_week_late(tools: Toolbox, cast: Cast) -> None:
    thread_id, _ = answered(tools, cast)
    work(tools, hours=24 * 8)
    assert told(tools, cast, thread_id) == [("helped", 8)]
    work(tools, hours=24 * 40)
    assert told(tools, cast, thread_id) == [("helped", 8)]


def test_accepting_stops_them_and_taking_it_back_goes_on(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    live(tools, 4)
    tap(tools, cast.alice, thread_id, post_id, ACCEPT)
    live(tools, 4)
    assert told(tools, cast, thread_id) == [("helped", 3)]
    with tools.database.transaction("content") as stores:
        judging.take_back(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.alice), thread_id=thread_id, post_id=post_id,
            kind=ACCEPT, window=tools.window,
        )  # fmt: skip
    live(tools, 3)
    assert [kind for kind, _ in told(tools, cast, thread_id)] == ["helped", "helped"]
    live(tools, 30)
    assert [kind for kind, _ in told(tools, cast, thread_id)] == ["helped"] * 3


def test_likely_solved_once_it_worked_for_another_and_the_last_reminder_is_past(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    thread_id, post_id = answered(tools, cast)
    tap(tools, cast.carol, thread_id, post_id, WORKED)
    live(tools, 29)
    assert state(tools, thread_id) == "answered"
    live(tools, 2)
    assert state(tools, thread_id) == "likely"
    assert told(tools, cast, thread_id)[-2:] == [("helped", 30), ("likely", 30)]
    assert "解決したようです" in signed_in(app, cast.bob).get("/mine").text
    path = f"/threads/{thread_id}/helped"
    shown = signed_in(app, cast.alice).get(path).text
    assert "解決したものとして並べています" in shown
    assert post(signed_in(app, cast.alice), f"/threads/{thread_id}/not-yet", page=path).status_code == 303
    live(tools, 1)
    assert state(tools, thread_id) == "answered"
    with tools.database.reading() as stores:
        (known,) = find_evidence(stores, tools.vault, thread_id).answers
    assert (known.worked, known.outcome, known.accepted) == (1, 0, False)  # "not yet" is nothing against it


def test_a_voice_that_comes_later_makes_it_likely_and_its_going_undoes_that(tools: Toolbox, cast: Cast) -> None:
    """Also one of the answerer's own circle: a state that left it out would tell it whose colleague answered."""
    thread_id, post_id = answered(tools, cast)
    live(tools, 33)
    colleague = make_person(tools, "colleague", cast.organisations["B"])
    tap(tools, colleague, thread_id, post_id, WORKED)
    live(tools, 1)
    assert state(tools, thread_id) == "likely"
    with tools.database.transaction("content") as stores:
        judging.take_back(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, colleague), thread_id=thread_id, post_id=post_id,
            kind=WORKED, window=tools.window,
        )  # fmt: skip
    live(tools, 1)
    assert state(tools, thread_id) == "answered"


def test_a_question_closed_or_hidden_is_left_alone(tools: Toolbox, cast: Cast) -> None:
    closed, _ = answered(tools, cast)
    hidden, _ = answered(tools, cast)
    with tools.database.transaction("content") as stores:
        stores.content.get_one(Thread, closed).state = "closed"
        stores.content.get_one(Thread, hidden).hidden = True
    live(tools, 9)
    assert told(tools, cast, closed) == told(tools, cast, hidden) == []
