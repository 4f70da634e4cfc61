"""Questions that ask the same: linked on both pages for who may read both, and no trace of it for anybody else."""

import re

import pytest
from flask import Flask

from app.questions.access import scope_parts
from app.questions.duplicates import _link, _write
from app.questions.models import Post, Thread
from app.questions.taps import WORKED
from app.wiring import Toolbox
from privacy.scopes import Audience
from tests.app.questions.makers import TITLE, answer, ask, index, make_question, publish, published, tap
from tests.app.queues.stage import offers_of, opt_in, work
from tests.cast import Cast, Person, make_person, post, signed_in, viewer_of

OLDER = "稚魚が朝に水面で口をぱくぱくさせます"
HELPED = "夜明け前に酸素を測ってみてください。"


def two(tools: Toolbox, cast: Cast, **older: object) -> tuple[str, str]:
    """(newer, older): alice asks what bob has asked before, and been helped with."""
    first = published(tools, cast.bob, make_question(title=OLDER, **older))
    answer(tools, cast.erin, first, HELPED)
    publish(tools)
    with tools.database.transaction("content") as stores:
        given = stores.content.query(Post).filter(Post.thread_id == first).one()
        given.accepted = True
    second = published(tools, cast.alice)
    for thread_id in (first, second):
        index(tools, thread_id)
    return second, first


def propose(app: Flask, person: Person, thread_id: str, other_id: str) -> int:
    client = signed_in(app, person)
    page = f"/threads/{thread_id}/same"
    return post(client, page, {"other": other_id}, page="/ask").status_code


def decide(app: Flask, person: Person, thread_id: str, other_id: str, yes: bool) -> int:
    client = signed_in(app, person)
    fields = {"other": other_id, "answer": "yes" if yes else "no"}
    return post(client, f"/threads/{thread_id}/same/decide", dict(fields), page="/ask").status_code


def read(app: Flask, person: Person, thread_id: str) -> str:
    return signed_in(app, person).get(f"/threads/{thread_id}").text


def bare(page: str) -> str:
    """A page without what is drawn anew for every request."""
    return re.sub(r'(value|content)="[^"]*"|X-CSRFToken[^}]*', "", page)


def linked(tools: Toolbox, thread_id: str) -> list[str]:
    with tools.database.reading() as stores:
        parts = scope_parts(tools.vault, stores.content.get_one(Thread, thread_id))
    return [one for one, _ in parts.get("same", ())]


def test_an_expert_proposes_and_the_newer_asker_decides(app: Flask, tools: Toolbox, cast: Cast) -> None:
    newer, older = two(tools, cast)
    assert OLDER in signed_in(app, cast.carol).get(f"/threads/{newer}/same?q=稚魚が朝に").text
    assert propose(app, cast.carol, older, newer) == 303
    assert OLDER not in read(app, cast.alice, newer)  # it would say when somebody proposed it
    publish(tools)
    assert "同じ質問かもしれない" in read(app, cast.alice, newer)
    assert "同じ質問かもしれない" in signed_in(app, cast.alice).get("/mine").text
    assert "同じ質問かもしれない" not in signed_in(app, cast.bob).get("/mine").text
    for other in (cast.bob, cast.carol, cast.erin):
        assert "同じ質問かもしれない" not in read(app, other, newer) + read(app, other, older)
    assert decide(app, cast.bob, newer, older, yes=True) == 404
    assert decide(app, cast.alice, newer, older, yes=True) == 303
    assert OLDER not in read(app, cast.carol, newer)
    publish(tools)
    for person in (cast.alice, cast.carol):
        page = read(app, person, newer)
        assert OLDER in page
        assert HELPED in page  # the canonical answer, on both
    page = read(app, cast.carol, older)
    assert TITLE in page
    assert page.count(HELPED) == 1


def test_a_refused_one_is_not_proposed_again(app: Flask, tools: Toolbox, cast: Cast) -> None:
    newer, older = two(tools, cast)
    propose(app, cast.carol, newer, older)
    publish(tools)
    assert decide(app, cast.alice, newer, older, yes=False) == 303
    assert propose(app, cast.carol, newer, older) == 303
    publish(tools)
    assert "同じ質問かもしれない" not in read(app, cast.alice, newer)
    assert linked(tools, newer) == linked(tools, older) == []


def test_what_its_asker_says_nothing_about_comes_again_lapses_and_makes_room(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    newer, older = two(tools, cast)
    propose(app, cast.carol, newer, older)
    publish(tools)
    alice, fields = signed_in(app, cast.alice), {"other": older, "answer": "later"}
    bobs = signed_in(app, cast.bob)
    assert post(bobs, f"/threads/{newer}/same/decide", dict(fields), page="/ask").status_code == 404
    assert post(alice, f"/threads/{newer}/same/decide", dict(fields), page="/ask").status_code == 303
    assert "同じ質問かもしれない" not in read(app, cast.alice, newer)
    tools.clock.move(hours=24 * 7)  # type: ignore[attr-defined]
    assert "同じ質問かもしれない" in read(app, cast.alice, newer)
    with tools.database.transaction("content") as stores:  # its author shuts alice out: she may still say no
        thread = stores.content.get_one(Thread, older)
        parts = scope_parts(tools.vault, thread)
        _write(tools.vault, thread, {**parts, "excluded": [viewer_of(tools, cast.alice).circle]})
    assert decide(app, cast.alice, newer, older, yes=True) == 404
    assert decide(app, cast.alice, newer, older, yes=False) == 303
    others = [published(tools, cast.bob, make_question(title=f"{OLDER}{n}", urgent=True)) for n in range(4)]
    fourth = published(tools, cast.alice)  # newer than all of them
    for one in others[:3]:
        propose(app, cast.carol, fourth, one)
    publish(tools)
    assert decide(app, cast.alice, fourth, others[3], yes=False) == 404
    tools.clock.move(hours=24 * 31)  # type: ignore[attr-defined]
    assert "同じ質問かもしれない" not in read(app, cast.alice, fourth)
    propose(app, cast.carol, fourth, others[3])
    publish(tools)
    assert decide(app, cast.alice, fourth, others[3], yes=False) == 303


def test_a_coordinator_links_and_takes_back(app: Flask, tools: Toolbox, cast: Cast) -> None:
    newer, older = two(tools, cast)
    assert propose(app, cast.erin, newer, older) == 303
    assert linked(tools, newer) == [older]
    assert linked(tools, older) == [newer]
    publish(tools)
    carols = signed_in(app, cast.carol)
    assert post(carols, f"/threads/{newer}/same/undo", {"other": older}, page="/ask").status_code == 404
    erins = signed_in(app, cast.erin)
    assert post(erins, f"/threads/{older}/same/undo", {"other": newer}, page="/ask").status_code == 303
    assert linked(tools, newer) == linked(tools, older) == []


def test_the_asker_links_their_own_at_once(app: Flask, tools: Toolbox, cast: Cast) -> None:
    newer, older = two(tools, cast)
    assert propose(app, cast.alice, newer, older) == 303
    assert linked(tools, newer) == [older]
    publish(tools)
    assert "つながりを外す" in read(app, cast.alice, newer)
    assert "つながりを外す" not in read(app, cast.bob, older)


def test_whoever_it_was_offered_to_sees_it_before_writing(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.carol)
    newer = ask(tools, cast.alice)
    work(tools, hours=5)
    older = published(tools, cast.bob, make_question(title=OLDER))
    propose(app, cast.erin, newer, older)
    publish(tools)
    assert OLDER in signed_in(app, cast.carol).get(f"/queue/{offers_of(tools, cast.carol)[0].id}").text


def test_the_company_reads_links_and_what_an_answer_was_worth_where_it_may_read_both(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    first = published(tools, cast.bob, make_question(title=OLDER, company_may=True))
    shut = published(tools, cast.carol, make_question(title=f"{OLDER}か"))
    newer = published(tools, cast.alice, make_question(company_may=True))
    given = {one: answer(tools, cast.erin, one, f"{HELPED}{n}") for n, one in enumerate((first, shut, newer))}
    publish(tools)
    tap(tools, cast.carol, newer, given[newer], WORKED)
    for one in (first, shut):
        with tools.database.transaction("content") as stores:
            stores.content.get_one(Post, given[one]).accepted = True
        propose(app, cast.erin, newer, one)
    publish(tools, windows=72)
    page = signed_in(app, cast.frank).get(f"/company/{newer}").text
    assert f'href="/company/{first}"' in page
    assert f"{HELPED}0" in page
    assert "ほかの現場でもうまくいきました" in page
    assert shut not in page
    assert f"{OLDER}か" not in page
    assert f"{HELPED}1" not in page
    assert f"{HELPED}1" in read(app, cast.bob, newer)
    for action in ("worked", "endorse", "same/decide", "same/undo", "flag"):
        assert f"/threads/{newer}/{action}" not in page


def test_across_domains_too(app: Flask, tools: Toolbox, cast: Cast) -> None:
    older = published(tools, cast.bob, make_question(title=OLDER, subject="oyster", audience=Audience.ALL))
    newer = published(tools, cast.alice)
    index(tools, older)
    index(tools, newer)
    assert OLDER in signed_in(app, cast.carol).get(f"/threads/{newer}/same?q=稚魚が朝に").text
    propose(app, cast.erin, newer, older)
    publish(tools)
    assert OLDER in read(app, cast.carol, newer)


def hidden_from_carol(tools: Toolbox, cast: Cast, why: str) -> str:
    """A question of bob's that carol may not read."""
    if why == "another subject":
        return published(tools, cast.bob, make_question(title=OLDER, subject="oyster"))
    return published(tools, cast.bob, make_question(title=OLDER), excluded=circles_of(tools, cast.carol))


def circles_of(tools: Toolbox, person: Person) -> list[str]:
    return [viewer_of(tools, person).circle]


@pytest.mark.parametrize("why", ["another subject", "left out"])
def test_two_states(app: Flask, tools: Toolbox, cast: Cast, why: str) -> None:
    """For a reader outside the other's scope the page is the same byte for byte; for one inside it is not."""
    older, newer = hidden_from_carol(tools, cast, why), published(tools, cast.alice)
    insider = (
        cast.erin
        if why == "left out"
        else make_person(tools, "olga", cast.organisations["D"], subjects=("oyster", "rainbow-trout"))
    )
    publish(tools)
    carols, insiders = signed_in(app, cast.carol), signed_in(app, insider)
    before = [bare(one.get(f"/threads/{newer}").text) for one in (carols, insiders)]
    lists = [bare(carols.get(path).text) for path in ("/threads", f"/threads/{newer}/same")]
    with tools.database.transaction("content") as stores:
        _link(stores, tools.vault, stores.content.get_one(Thread, newer), stores.content.get_one(Thread, older), 0)
    after = [bare(one.get(f"/threads/{newer}").text) for one in (carols, insiders)]
    assert before[0] == after[0]
    assert before[1] != after[1]
    assert OLDER in after[1]
    assert lists == [bare(carols.get(path).text) for path in ("/threads", f"/threads/{newer}/same")]


def test_a_proposal_the_asker_may_not_read_is_not_there(app: Flask, tools: Toolbox, cast: Cast) -> None:
    older = published(tools, cast.bob, make_question(title=OLDER), excluded=circles_of(tools, cast.alice))
    newer = published(tools, cast.alice)
    alices = signed_in(app, cast.alice)
    before = bare(alices.get(f"/threads/{newer}").text)
    assert propose(app, cast.carol, newer, older) == 303
    with tools.database.transaction("content") as stores:  # as if its window had come
        thread = stores.content.get_one(Thread, newer)
        parts = scope_parts(tools.vault, thread)
        parts["proposed"] = [[older, 0]]
        _write(tools.vault, thread, parts)
    assert bare(alices.get(f"/threads/{newer}").text) == before
    assert "同じ質問かもしれない" not in alices.get("/mine").text
    assert decide(app, cast.alice, newer, older, yes=True) == 404


def test_nobody_proposes_what_they_may_not_read(app: Flask, tools: Toolbox, cast: Cast) -> None:
    newer, older = two(tools, cast)
    waiting = ask(tools, cast.alice)
    for other in ("0" * 32, waiting, ""):
        assert propose(app, cast.carol, newer, other) == 404
    assert propose(app, cast.dave, newer, older) == 404  # alice's colleague
    assert propose(app, cast.carol, newer, newer) == 403


def test_what_was_taken_back_is_no_link(app: Flask, tools: Toolbox, cast: Cast) -> None:
    newer, older = two(tools, cast)
    propose(app, cast.erin, newer, older)
    publish(tools)
    with tools.database.transaction("content") as stores:
        stores.content.get_one(Thread, older).sealed_text = b""
    assert "同じ質問</h2>" not in read(app, cast.carol, newer)
