"""Endorsing an answerer: three voices of two circles, counted once a week, told as yes or no to the answerer alone."""

import re
from collections.abc import Iterable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.clock import JAPAN, today
from app.errors import Forbidden, NotThere
from app.questions import endorsing
from app.questions.endorsing import is_endorsed
from app.questions.models import Endorsement, Post
from app.queues.experts import handles_of
from app.queues.pools import Pools
from app.queues.roster import vouched_of
from app.queues.worker import make_now
from app.vectors import store
from app.wiring import Toolbox
from matching.profiles import Limits
from privacy.counting import retract
from privacy.pseudonyms import new_secret
from privacy.scopes import Audience
from tests.app.questions.makers import answer, index, make_question, publish, published
from tests.app.queues.stage import opt_in, work
from tests.cast import Cast, Person, make_person, post, signed_in, viewer_of
from tests.conftest import make_app

NOW = datetime(2026, 11, 20, tzinfo=JAPAN).date()
PANEL = "推されている話題"


def answered(tools: Toolbox, cast: Cast) -> tuple[str, str]:
    """alice's question and bob's answer to it, out and remembered."""
    opt_in(tools, cast.bob, topics=())
    thread_id = published(tools, cast.alice)
    index(tools, thread_id)
    post_id = answer(tools, cast.bob, thread_id)
    publish(tools)
    return thread_id, post_id


def more(tools: Toolbox, cast: Cast, name: str, organisation: str) -> Person:
    return make_person(tools, name, cast.organisations[organisation])


def endorse(tools: Toolbox, person: Person, thread_id: str, post_id: str) -> None:
    with tools.database.transaction("content") as stores:
        endorsing.endorse(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), thread_id=thread_id, post_id=post_id,
            today=today(tools.clock.now()),
        )  # fmt: skip


def take_back(tools: Toolbox, person: Person, thread_id: str, post_id: str) -> None:
    with tools.database.transaction("content") as stores:
        endorsing.take_back(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), thread_id=thread_id, post_id=post_id
        )


def monday(tools: Toolbox) -> None:
    """Let the worker live until the next count, and a little longer."""
    work(tools)
    work(tools, hours=24 * (8 - today(tools.clock.now()).isoweekday()))


def is_marked(tools: Toolbox, thread_id: str) -> bool:
    with tools.database.reading() as stores:
        return store.find_evidence(stores, tools.vault, thread_id).answers[0].endorsed


# ---------------------------------------------------------------- what counts


def voices(*circles: str) -> list[frozenset[str]]:
    return [frozenset(one.split("+")) for one in circles]


def members_only(found: Iterable[frozenset[str]], author: str) -> bool:
    """The mutant: whoever has three friends at work."""
    return len(list(found)) >= endorsing.VOICES


@pytest.mark.parametrize(
    ("cast_by", "told"),
    [
        (voices("a", "b", "c"), True),
        (voices("a", "a", "b"), True),
        (voices("a", "b"), False),
        (voices(*["a"] * 40), False),
        (voices("a", "a", "b", "x"), True),
        (voices("a", "b", "x"), False),  # the answerer's own circle does not count
        (voices(*["x"] * 9, "a", "b"), False),
        (voices("a", "a+d", "d"), False),  # circles of before and after a split may be one organisation
        (voices("a", "a+d", "d", "b"), True),
        (voices("x+e", "e", "e", "f"), True),
        (voices("x+e", "e", "f"), False),
    ],
)
def test_three_of_two_circles(cast_by: list[frozenset[str]], told: bool) -> None:
    assert is_endorsed(cast_by, "x") is told


@pytest.mark.parametrize("decide", [is_endorsed, members_only])
def test_one_organisation_reaches_it_with_no_number_of_voices(decide: object) -> None:
    """The attacker: an organisation as large as it likes, whatever circles it was in. The mutant falls."""
    histories = (["s"], ["s", "t+s", "u+t"])  # never split; split twice
    reached = [
        decide(voices(*(history[n % len(history)] for n in range(size))), "x")  # type: ignore[operator]
        for size in (3, 5, 30, 400)
        for history in histories
    ]
    assert reached == [decide is members_only] * 8


# ---------------------------------------------------------------- the week


def test_counted_on_monday_and_told_to_the_answerer_alone(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    for person in (cast.alice, cast.carol, cast.erin):
        endorse(tools, person, thread_id, post_id)
    work(tools)
    work(tools, hours=12)
    assert not is_marked(tools, thread_id)  # not before its day
    monday(tools)
    assert is_marked(tools, thread_id)
    assert PANEL in signed_in(app, cast.bob).get("/queue/settings").text
    for other in (cast.alice, cast.carol, cast.erin):
        assert PANEL not in signed_in(app, other).get("/queue/settings").text


def test_two_are_not_enough_nor_are_colleagues_of_the_answerer(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    colleagues = [more(tools, cast, f"colleague{n}", "B") for n in range(3)]
    for person in (*colleagues, cast.alice, cast.carol):
        endorse(tools, person, thread_id, post_id)
    monday(tools)
    assert not is_marked(tools, thread_id)
    assert PANEL not in signed_in(app, cast.bob).get("/queue/settings").text


def test_taken_back_it_counts_no_more_from_the_next_week(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    for person in (cast.alice, cast.carol, cast.erin):
        endorse(tools, person, thread_id, post_id)
    monday(tools)
    take_back(tools, cast.carol, thread_id, post_id)
    take_back(tools, cast.carol, thread_id, post_id)
    work(tools, hours=24)
    assert is_marked(tools, thread_id)
    monday(tools)
    assert not is_marked(tools, thread_id)


def test_a_ballot_ends_after_eighteen_months(tools: Toolbox, cast: Cast) -> None:
    """Also that of somebody who lost their secret, and of an answer that is gone."""
    thread_id, post_id = answered(tools, cast)
    for person in (cast.alice, cast.carol, cast.erin):
        endorse(tools, person, thread_id, post_id)
    with tools.database.reading() as stores:
        early = endorsing.count(stores, tools.vault, today=NOW.replace(year=2028, month=4))
        late = endorsing.count(stores, tools.vault, today=NOW.replace(year=2028, month=5))
    assert (early.endorsed, early.over) == ({thread_id: {post_id}}, frozenset())
    assert (late.endorsed, len(late.over)) == ({}, 3)
    with tools.database.transaction("content") as stores:
        stores.content.delete(stores.content.get_one(Post, post_id))
    monday(tools)
    assert ballots(tools) == []


def test_a_worker_that_starts_again_counts_once_a_week_all_the_same(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    work(tools)
    for person in (cast.alice, cast.carol, cast.erin):
        endorse(tools, person, thread_id, post_id)
    for _ in range(3):
        work(tools)  # a new process each time
    assert not is_marked(tools, thread_id)


def test_the_router_hears_of_it(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    assert topics_of(tools, cast.bob) == frozenset()
    for person in (cast.alice, cast.carol, cast.erin):
        endorse(tools, person, thread_id, post_id)
    monday(tools)
    assert topics_of(tools, cast.bob) == frozenset({"disease"})


def topics_of(tools: Toolbox, person: Person) -> frozenset[str]:
    """What a person is endorsed for, as the router has it."""
    handle = handles_of(viewer_of(tools, person))["rainbow-trout"]
    with tools.database.reading() as stores:
        tools.memory.catch_up(stores)
        vouched = vouched_of(tools.memory.endorsed)
        pools = Pools(stores, tools.vault, tools.trade, tools.roster, make_now(tools), Limits(), vouched)
        return next(one.endorsed for one in pools.everybody("rainbow-trout") if one.expert == handle)


# ---------------------------------------------------------------- who may, and what stands at rest


def test_who_may_not(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    stranger = make_person(tools, "stranger", cast.organisations["D"], subjects=("oyster",))
    with pytest.raises(Forbidden):
        endorse(tools, cast.bob, thread_id, post_id)  # of oneself
    with pytest.raises(NotThere):
        endorse(tools, cast.dave, thread_id, post_id)  # closed to the asker's colleagues
    with pytest.raises((Forbidden, NotThere)):
        endorse(tools, stranger, thread_id, post_id)
    with pytest.raises(NotThere):
        endorse(tools, cast.carol, thread_id, "0" * 32)
    with pytest.raises(NotThere):
        take_back(tools, cast.dave, thread_id, post_id)


def test_once_more_is_once(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    for _ in range(2):
        endorse(tools, cast.carol, thread_id, post_id)
    assert len(ballots(tools)) == 1


def test_the_row_leads_nowhere_without_keys(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    for person in (cast.alice, cast.carol):
        endorse(tools, person, thread_id, post_id)
    rows = ballots(tools)
    assert len({len(one.sealed) for one in rows}) == 1
    for one in rows:
        raw = one.label.encode() + bytes(one.sealed)
        for word in (thread_id, post_id, viewer_of(tools, cast.carol).circle, cast.carol.member_id):
            assert word.encode() not in raw
    assert {one.label for one in rows} == {
        str(retract(one.secret, "endorse", post_id)) for one in (cast.alice, cast.carol)
    }


def test_only_ones_own_are_found(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    endorse(tools, cast.carol, thread_id, post_id)
    with tools.database.reading() as stores:
        assert list(endorsing.own_ballots(stores, tools.vault, cast.carol.secret).values()) == [post_id]
        assert endorsing.own_ballots(stores, tools.vault, cast.erin.secret) == {}


def test_without_the_secret_it_stays_until_it_ends_and_the_page_of_a_fresh_start_says_so(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    thread_id, post_id = answered(tools, cast)
    endorse(tools, cast.carol, thread_id, post_id)
    with tools.database.reading() as stores:
        assert endorsing.own_ballots(stores, tools.vault, new_secret()) == {}
    assert len(ballots(tools)) == 1
    with app.test_request_context():
        words = app.jinja_env.get_template("accounts/_afresh_words.html").render(days=7)
    assert f"押した月から{endorsing.KEPT_MONTHS}か月で消えます" in words


def ballots(tools: Toolbox) -> list[Endorsement]:
    with tools.database.reading() as stores:
        return list(stores.content.scalars(select(Endorsement)))


# ---------------------------------------------------------------- pages


def page(app: Flask, person: Person, thread_id: str) -> str:
    response = signed_in(app, person).get(f"/threads/{thread_id}")
    assert response.status_code == 200
    return re.sub(r'value="[^"]*"|data-phone="[^"]*"|"X-CSRFToken": "[^"]*"', "", response.text)


def test_pressed_and_taken_back_on_the_page(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    browser, path = signed_in(app, cast.carol), f"/threads/{thread_id}"
    assert "この話題なら、この人に聞きたい" in browser.get(path).text
    response = post(browser, f"{path}/endorse", {"post": post_id}, page=path)
    assert (response.status_code, response.headers["Location"]) == (303, f"{path}#post-{post_id}")
    assert "「聞きたい」を取り消す" in browser.get(path).text
    assert post(browser, f"{path}/endorse/undo", {"post": post_id}, page=path).status_code == 303
    assert "この話題なら、この人に聞きたい" in browser.get(path).text
    assert ballots(tools) == []


def test_nobody_elses_page_says_a_word(tools: Toolbox, cast: Cast) -> None:
    """Before, after, and after the count: the asker, another reader, the answerer and their colleague see the same."""
    thread_id, post_id = answered(tools, cast)
    colleague = more(tools, cast, "colleague", "B")
    app, readers = make_app(tools), (cast.alice, cast.bob, colleague, cast.erin)
    before = [page(app, one, thread_id) for one in readers]
    others = [more(tools, cast, "second", "C"), more(tools, cast, "third", "D")]
    for person in (cast.carol, *others):
        endorse(tools, person, thread_id, post_id)
    assert [page(app, one, thread_id) for one in readers] == before
    monday(tools)
    assert is_marked(tools, thread_id)
    assert [page(app, one, thread_id) for one in readers] == before


def test_a_colleague_of_the_answerer_sees_what_any_reader_sees(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """A page without the button would say whose colleague the answerer is."""
    thread_id, _ = answered(tools, cast)
    colleague = more(tools, cast, "colleague", "B")
    assert page(app, colleague, thread_id) == page(app, cast.carol, thread_id)


def test_none_on_ones_own_answer_nor_on_one_that_waits(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, _ = answered(tools, cast)
    assert "聞きたい" not in page(app, cast.bob, thread_id)
    answer(tools, cast.carol, thread_id, "網の目を替えてみてください。")
    assert page(app, cast.carol, thread_id).count("/endorse") == 1


def test_a_question_of_another_domain_has_none(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice, make_question(audience=Audience.ALL))
    answer(tools, cast.bob, thread_id)
    publish(tools)
    stranger = make_person(tools, "stranger", cast.organisations["D"], subjects=("oyster",))
    assert "/endorse" not in page(app, stranger, thread_id)
    assert "/endorse" in page(app, cast.carol, thread_id)
