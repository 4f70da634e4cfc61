"""The honest end, its four choices, a wider audience by the author alone, and what coordinators do for a question."""

import re

import pytest
from flask import Flask
from sqlalchemy import update

from app.clock import today
from app.domains.rules import ScopeTooFine
from app.domains.service import policy_of
from app.errors import Conflict, NotThere
from app.escalation import reads, service
from app.escalation.models import Proposal, Wish
from app.jobs import queue
from app.jobs.models import Job
from app.questions.access import open_scope
from app.questions.holding import REFUSED
from app.questions.models import Pending, Post, Thread
from app.questions.reads import thread_card
from app.wiring import Toolbox
from privacy.anonymity import SUBJECT
from privacy.scopes import Audience
from tests.app.escalation.test_stages import asked_and_out, thread_of, told, turns
from tests.app.questions.makers import answer, ask, make_question
from tests.app.queues.stage import live_through, offers_of, opt_in, work
from tests.cast import Cast, Person, post, signed_in, viewer_of


def widen(tools: Toolbox, person: Person, thread_id: str, audience: Audience, *, group_only: bool = False) -> None:
    with tools.database.transaction("content") as stores:
        service.widen(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), thread_id=thread_id, audience=audience,
            group_only=group_only, policy=policy_of(tools.settings), today=today(tools.clock.now()), window=tools.window,
        )  # fmt: skip


def may_read(tools: Toolbox, person: Person, thread_id: str) -> bool:
    try:
        with tools.database.reading() as stores:
            thread_card(stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), thread_id=thread_id)
    except NotThere:
        return False
    return True


def test_kept_open_it_waits_seven_days_more_from_the_next_window(tools: Toolbox, app: Flask, cast: Cast) -> None:
    thread_id = asked_and_out(tools, cast.alice)
    live_through(tools)
    browser, page = signed_in(app, cast.alice), f"/threads/{thread_id}"
    shown = browser.get(page).text
    assert "もう少し待つ" in shown
    assert step_of(shown) == "一区切り"
    assert post(browser, f"{page}/choose", {"choice": "keep"}, page=page).status_code == 303
    assert post(browser, f"{page}/choose", {"choice": "idea"}, page=page).status_code == 409
    assert thread_of(tools, thread_id).state == "ended", "nobody sees when its author was here"
    work(tools, hours=4)
    assert (thread_of(tools, thread_id).state, thread_of(tools, thread_id).stage) == ("asked", "domain")
    work(tools, hours=6.5 * 24)
    assert thread_of(tools, thread_id).state == "asked"
    work(tools, hours=24)
    assert thread_of(tools, thread_id).state == "ended"
    assert turns(tools, thread_id)[-3:] == ["ended", "kept", "ended"]


def test_what_could_not_be_done_is_given_back_to_who_decided_it(tools: Toolbox, app: Flask, cast: Cast) -> None:
    """The job fails for good: its author is told, decides once more, and nobody can revive what is out of date."""
    thread_id = asked_and_out(tools, cast.alice)
    live_through(tools)
    page = f"/threads/{thread_id}"
    post(signed_in(app, cast.alice), f"{page}/choose", {"choice": "keep"}, page=page)
    with tools.database.transaction("content") as stores:
        stores.content.execute(update(Job).where(Job.kind == service.DECIDED).values(state="dead", attempts=10))
    work(tools, hours=24)
    assert told(tools, cast.alice, thread_id).count("undone") == 1
    assert "もう少し待つ" in signed_in(app, cast.alice).get(page).text
    with tools.database.transaction("content") as stores:
        assert queue.revive(stores) == 0
    work(tools, hours=24)
    assert thread_of(tools, thread_id).state == "ended"
    assert told(tools, cast.alice, thread_id).count("undone") == 1
    assert post(signed_in(app, cast.alice), f"{page}/choose", {"choice": "keep"}, page=page).status_code == 303
    work(tools, hours=4)
    assert thread_of(tools, thread_id).state == "asked"


def step_of(page: str) -> str:
    """The step that the status page marks as the one a question is at."""
    now = re.search(r'aria-current="step".*?class="step-label">([^<]+)', page, re.DOTALL)
    assert now is not None
    return now[1]


def test_ended_by_its_author_without_an_answer_it_is_not_marked_as_answered(
    tools: Toolbox, app: Flask, cast: Cast
) -> None:
    thread_id = asked_and_out(tools, cast.alice)
    browser, page = signed_in(app, cast.alice), f"/threads/{thread_id}"
    assert post(browser, f"{page}/close", page=page).status_code == 303
    work(tools, hours=4)
    browser = signed_in(app, cast.alice)
    assert step_of(browser.get(page).text) == "一区切り"


@pytest.mark.parametrize("kind", service.WISHES)
def test_a_wish_reaches_the_coordinators_and_its_author_learns_what_became_of_it(
    tools: Toolbox, app: Flask, cast: Cast, kind: str
) -> None:
    thread_id = asked_and_out(tools, cast.alice)
    live_through(tools)
    page = f"/threads/{thread_id}"
    post(signed_in(app, cast.alice), f"{page}/choose", {"choice": kind}, page=page)
    desk = signed_in(app, cast.erin)
    assert "引き受ける" in desk.get("/desk/questions").text
    post(desk, f"/desk/questions/{thread_id}/wish", {"became": "taken"}, page="/desk/questions")
    work(tools, hours=1)
    assert "wish_taken" in told(tools, cast.alice, thread_id)
    assert "世話役が引き受けました" in signed_in(app, cast.alice).get(page).text
    with tools.database.reading() as stores:
        row = stores.content.get_one(Wish, thread_id)
        assert service.wish_of(tools.vault, row)["became"] == "taken"


def test_only_the_author_widens_and_only_before_anybody_wrote(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    thread_id = asked_and_out(tools, cast.alice, audience=Audience.EXPERTS)
    assert not may_read(tools, cast.carol, thread_id)
    with pytest.raises(NotThere):
        widen(tools, cast.carol, thread_id, Audience.DOMAIN)
    with pytest.raises(Conflict):
        widen(tools, cast.alice, thread_id, Audience.EXPERTS)
    widen(tools, cast.alice, thread_id, Audience.DOMAIN)
    assert not may_read(tools, cast.carol, thread_id), "not before the window"
    work(tools, hours=4)
    assert [may_read(tools, person, thread_id) for person in (cast.carol, cast.dave)] == [True, False]
    assert "widened" in told(tools, cast.alice, thread_id)
    answer(tools, cast.carol, thread_id)
    work(tools, hours=4)
    with pytest.raises(Conflict):
        widen(tools, cast.alice, thread_id, Audience.ALL)


def test_an_answer_that_waits_for_its_window_shows_on_no_page_of_the_asker(
    tools: Toolbox, app: Flask, cast: Cast
) -> None:
    opt_in(tools, cast.bob)
    thread_id = asked_and_out(tools, cast.alice)
    browser, page = signed_in(app, cast.alice), f"/threads/{thread_id}/audience"
    before = visible(browser.get(page).text)
    answer(tools, cast.bob, thread_id, asked=True)
    assert visible(browser.get(page).text) == before
    assert post(browser, page, {"audience": "all"}, page=page).status_code == 303


def visible(page: str) -> str:
    """A page without its tokens, which change with the second."""
    return re.sub(r'name="csrf_token" value="[^"]*"|X-CSRFToken[^}]*', "", page)


def test_whoever_wrote_for_the_old_audience_keeps_it(tools: Toolbox, cast: Cast) -> None:
    """An answer that came between the author's word and the window: its writer saw who reads."""
    opt_in(tools, cast.bob)
    thread_id = asked_and_out(tools, cast.alice, audience=Audience.EXPERTS)
    widen(tools, cast.alice, thread_id, Audience.DOMAIN)
    answer(tools, cast.bob, thread_id, asked=True)
    work(tools, hours=4)
    assert thread_of(tools, thread_id).audience == Audience.EXPERTS
    assert turns(tools, thread_id)[-1] == "widen_late"


def test_an_answer_that_was_refused_is_not_told_by_widening(tools: Toolbox, cast: Cast) -> None:
    """It lies with its writer, and its window never comes: the mutant counts it, and says "too late" to the asker."""
    opt_in(tools, cast.bob)
    thread_id = asked_and_out(tools, cast.alice)
    answer(tools, cast.bob, thread_id, asked=True)
    with tools.database.transaction("content") as stores:
        stores.content.execute(update(Pending).values(due_window=REFUSED))
    widen(tools, cast.alice, thread_id, Audience.ALL)
    work(tools, hours=4)
    assert turns(tools, thread_id)[-1] == "widened"


def test_widening_checks_the_crowd_again_and_offers_the_group_alone(tools: Toolbox, cast: Cast) -> None:
    thread_id = asked_and_out(tools, cast.alice, audience=Audience.EXPERTS)
    with tools.database.transaction("content") as stores:  # as it might have passed under an older table
        thread = stores.content.get_one(Thread, thread_id)
        parts = tools.vault.open(thread.sealed_scope, table="threads", column="sealed_scope", row=thread_id)
        fine = {**parts, "levels": {**parts["levels"], SUBJECT: 0}}
        thread.sealed_scope = tools.vault.seal(fine, table="threads", column="sealed_scope", row=thread_id)
    with pytest.raises(ScopeTooFine):
        widen(tools, cast.alice, thread_id, Audience.DOMAIN)
    widen(tools, cast.alice, thread_id, Audience.DOMAIN, group_only=True)
    work(tools, hours=4)
    levels = open_scope(tools.vault, thread_of(tools, thread_id)).levels
    assert (levels[SUBJECT], thread_of(tools, thread_id).audience) == (1, Audience.DOMAIN)


def test_a_coordinator_proposes_and_the_author_decides(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    thread_id = asked_and_out(tools, cast.alice)
    live_through(tools, until="coordinator")
    desk, url, page = signed_in(app, cast.erin), f"/desk/questions/{thread_id}", f"/threads/{thread_id}"
    assert "稚魚が朝に死にます" in desk.get("/desk/questions").text
    words = {
        "title": "朝だけ弱る魚を見たことは",
        "field_situation": "水面で口を動かし、架空水産Aの池では昼に戻ります。",
    }
    assert post(desk, f"{url}/reword", words, page=url).status_code == 303
    assert post(desk, f"{url}/outside", {"words": "もうひとつ"}, page=url).status_code in (404, 409), "one at a time"
    alice = signed_in(app, cast.alice)
    seen = alice.get(f"{page}/proposal").text
    assert "朝だけ弱る魚を見たことは" in seen
    assert "架空水産A" not in seen
    assert "稚魚が朝に死にます" in alice.get(page).text
    assert post(alice, f"{page}/proposal", {"answer": "yes"}).status_code == 303
    work(tools, hours=4)
    assert "朝だけ弱る魚を見たことは" in signed_in(app, cast.bob).get(page).text
    assert {"reword_proposed", "reworded"} <= set(told(tools, cast.alice, thread_id))
    with tools.database.reading() as stores:
        assert stores.content.get(Proposal, thread_id) is None


def test_other_words_that_do_not_come_out_are_told_of_by_nobody(tools: Toolbox, app: Flask, cast: Cast) -> None:
    """Refused by the asker, or by whoever looks at prices: the page says that the old words stay; let out, it says so."""
    opt_in(tools, cast.bob)
    thread_id = asked_and_out(tools, cast.alice)
    live_through(tools, until="coordinator")
    url, page = f"/desk/questions/{thread_id}", f"/threads/{thread_id}"
    words = {"title": "朝だけ弱る魚を見たことは", "field_situation": "この餌は1kg 250円です。水面で口を動かします。"}

    def propose_and(answer: str) -> str:
        assert post(signed_in(app, cast.erin), f"{url}/reword", words, page=url).status_code == 303
        assert post(signed_in(app, cast.alice), f"{page}/proposal", {"answer": answer}).status_code == 303
        work(tools, hours=5)
        return signed_in(app, cast.alice).get(page).text

    said = propose_and("no")
    assert "提案された聞き方は、見送りました" in said
    assert "もう一度届けました" not in said
    said = propose_and("yes")
    assert "世話役が確かめてからになります" in said
    assert "もう一度届けました" not in said
    held = re.findall(r'href="(/desk/held/[0-9a-f]{32})"', signed_in(app, cast.erin).get("/desk").text)[0]
    refused = {"do": "refuse", "reason": "selling", "sentence": "値段を約250円のように書いてください。"}
    assert post(signed_in(app, cast.erin), held, refused, page=held).status_code == 303
    work(tools, hours=5)
    said = signed_in(app, cast.alice).get(page).text
    assert "もとの文のまま、回答を待っています" in said
    assert "世話役が確かめてからになります" not in said
    assert not {"reworded", "reword_late"} & set(told(tools, cast.alice, thread_id))
    propose_and("yes")
    held = re.findall(r'href="(/desk/held/[0-9a-f]{32})"', signed_in(app, cast.erin).get("/desk").text)[0]
    assert post(signed_in(app, cast.erin), held, {"do": "release"}, page=held).status_code == 303
    assert "reworded" not in told(tools, cast.alice, thread_id)
    work(tools, hours=5)
    assert told(tools, cast.alice, thread_id).count("reworded") == 1
    assert "朝だけ弱る魚" in signed_in(app, cast.bob).get(page).text


def test_a_question_taken_back_takes_what_was_proposed_along(tools: Toolbox, app: Flask, cast: Cast) -> None:
    thread_id = asked_and_out(tools, cast.alice)
    live_through(tools, until="coordinator")
    desk, url, page = signed_in(app, cast.erin), f"/desk/questions/{thread_id}", f"/threads/{thread_id}"
    assert (
        post(desk, f"{url}/outside", {"words": "あなたの書いた朝の稚魚のことを聞きます。"}, page=url).status_code == 303
    )
    asker = signed_in(app, cast.alice)
    assert post(asker, f"{page}/withdraw", page=f"{page}/withdraw").status_code == 303
    with tools.database.reading() as stores:
        assert stores.content.get(Proposal, thread_id) is None
    assert asker.get(f"{page}/proposal").status_code == 404


def test_outside_is_asked_only_after_a_yes(tools: Toolbox, app: Flask, cast: Cast) -> None:
    thread_id = asked_and_out(tools, cast.alice)
    live_through(tools, until="coordinator")
    desk, url, page = signed_in(app, cast.erin), f"/desk/questions/{thread_id}", f"/threads/{thread_id}"
    post(desk, f"{url}/outside", {"words": "朝にだけ弱る魚はいますか。"}, page=url)
    assert "外に聞いてよい言葉" not in desk.get(url).text
    alice = signed_in(app, cast.alice)
    assert re.search(r'name="seen" value="[0-9a-f]{16}"', alice.get(f"{page}/proposal").text)
    stale = {"answer": "yes", "seen": "0" * 16}
    assert post(alice, f"{page}/proposal", stale).status_code == 409, "nobody says yes to words they did not see"
    post(alice, f"{page}/proposal", {"answer": "yes"})
    assert "外に聞いてよい言葉" in desk.get(url).text


def test_an_invitation_asks_one_more_wave_and_not_over_and_over(tools: Toolbox, app: Flask, cast: Cast) -> None:
    thread_id = asked_and_out(tools, cast.alice)
    live_through(tools, until="coordinator")
    opt_in(tools, cast.bob)
    desk, url = signed_in(app, cast.erin), f"/desk/questions/{thread_id}"
    for _ in range(service.MAX_INVITED):
        assert post(desk, f"{url}/invite", page=url).status_code == 303
    assert f"{url}/invite" not in desk.get(url).text
    work(tools)
    assert [offer.thread_id for offer in offers_of(tools, cast.bob)] == [thread_id]


def test_no_gate_opens_for_the_own_circle_or_an_excluded_one(tools: Toolbox, cast: Cast) -> None:
    """Attacker: a coordinator of the asker's own circle, and one of an excluded circle, with every page of the desk."""
    erin = viewer_of(tools, cast.erin)
    mine = asked_and_out(tools, cast.erin, title="自分の組織から")
    shut = asked_and_out(tools, cast.alice, excluded=frozenset({erin.circle}))
    seen = asked_and_out(tools, cast.bob, audience=Audience.EXPERTS)
    live_through(tools, until="coordinator")
    with tools.database.reading() as stores:
        cards = reads.cards_for_coordinator(stores, tools.vault, tools.trade, viewer=erin)
        assert [card.id for card in cards] == [seen]
        for thread_id in (mine, shut):
            with pytest.raises(NotThere):
                reads.desk_card(stores, tools.vault, tools.trade, viewer=erin, thread_id=thread_id)


def test_the_company_answers_after_two_days_under_its_label(tools: Toolbox, app: Flask, cast: Cast) -> None:
    thread_id = ask(tools, cast.alice, make_question(company_may=True))
    closed = ask(tools, cast.alice, make_question())
    work(tools, hours=4)
    url = f"/company/{thread_id}"
    assert signed_in(app, cast.frank).get(url).status_code == 404
    for _ in range(2):
        work(tools, hours=24)
    company = signed_in(app, cast.frank)
    assert company.get(f"/company/{closed}").status_code == 404
    assert post(company, f"{url}/answer", {"text": "説明書の量の上の方で足ります。"}, page=url).status_code == 303
    work(tools, hours=4)
    page = signed_in(app, cast.alice).get(f"/threads/{thread_id}").text
    assert "運営会社からの回答" in page
    assert "回答者1" not in page
    work(tools, hours=1)
    assert "company" in told(tools, cast.alice, thread_id)
    assert thread_of(tools, thread_id).state == "answered"
    answer(tools, cast.bob, thread_id)
    work(tools, hours=4)
    with tools.database.reading() as stores:
        authors = sorted(row.author for row in stores.content.query(Post).filter(Post.thread_id == thread_id))
    assert authors == [-1, 1]
