"""What each act of a member leaves to be counted, and what it leaves nowhere."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.clock import today
from app.domains.trade import BUNDLED, DomainFileProblem, load_trade
from app.escalation import service as escalation
from app.insights.planning import taxonomy
from app.jobs.models import Job
from app.leaving import steps
from app.questions import outcomes, withdrawing
from app.questions.company import answer_as_company
from app.questions.judging import take_back
from app.questions.models import Pending, Post, Thread
from app.questions.taps import ACCEPT
from app.tallies.models import ReportPeriod, TallyBox
from app.tallies.service import About, boxes_for, leave, open_periods
from app.wiring import Toolbox
from privacy.plans import Depth, cells_at
from privacy.tallies import organisation_in, standing
from tests.app.insights.quarter import begin, boxes, gather, move, opened, tallies
from tests.app.questions.makers import FORM, TITLE, answer, ask, make_question, publish, published, tap
from tests.app.questions.test_statements import POST, counted
from tests.cast import Cast, Person, make_person, signed_in, token_in, viewer_of

NEED = ("need", "disease", "none")
Q = "2026Q4"


def accept(tools: Toolbox, person: Person, thread_id: str, post_id: str) -> None:
    tap(tools, person, thread_id, post_id, ACCEPT)


def unaccept(tools: Toolbox, person: Person, thread_id: str, post_id: str) -> None:
    with tools.database.transaction("content") as stores:
        take_back(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), thread_id=thread_id, post_id=post_id,
            kind=ACCEPT, window=tools.window,
        )  # fmt: skip


def test_without_a_reporter_nothing_is_left(tools: Toolbox, cast: Cast) -> None:
    published(tools, cast.alice)
    gather(tools)
    assert boxes(tools) == []


def test_a_question_leaves_its_box_when_it_is_out_and_never_before(tools: Toolbox, cast: Cast) -> None:
    reporter = begin(tools)
    ask(tools, cast.alice)
    gather(tools)
    assert boxes(tools) == []
    publish(tools)
    with tools.database.reading() as stores:
        assert stores.content.scalar(select(func.count()).select_from(Job).where(Job.kind == "tally")) == 1
    assert boxes(tools) == []  # a job; the row comes with everybody's at the window
    gather(tools)
    assert opened(tools, reporter, Q) == {NEED: 1}


@pytest.mark.parametrize(("hours", "state"), [(8, "soon"), (100, "later")])
def test_an_answer_that_helped_betters_the_need_by_when_it_came(
    tools: Toolbox, cast: Cast, hours: int, state: str
) -> None:
    reporter = begin(tools)
    thread_id = published(tools, cast.alice)
    move(tools, hours=hours)
    post_id = answer(tools, cast.bob, thread_id)
    publish(tools)
    move(tools, hours=30 * 24 if state == "soon" else 0)  # said a month later, it came soon all the same
    accept(tools, cast.alice, thread_id, post_id)
    gather(tools)
    assert opened(tools, reporter, Q) == {NEED: 1, ("need", "disease", state): 1}
    assert len({one.tag for one in tallies(tools, reporter, Q)}) == 1


def test_what_helped_counts_in_the_quarter_of_the_question(tools: Toolbox, cast: Cast) -> None:
    reporter = begin(tools)
    thread_id = published(tools, cast.alice)
    post_id = answer(tools, cast.bob, thread_id)
    publish(tools)
    move(tools, hours=24 * 45)  # the fourth of January
    begin(tools)
    accept(tools, cast.alice, thread_id, post_id)
    gather(tools)
    assert opened(tools, reporter, Q)["need", "disease", "soon"] == 1
    assert boxes(tools, "2027Q1") == []


def test_taken_back_it_counts_no_more_and_said_again_it_does(tools: Toolbox, cast: Cast) -> None:
    reporter = begin(tools)
    thread_id = published(tools, cast.alice)
    post_id = answer(tools, cast.bob, thread_id)
    publish(tools)
    states = []
    for step in (accept, unaccept, accept):
        step(tools, cast.alice, thread_id, post_id)
        gather(tools)
        move(tools, hours=8)
        states.append([one.state for one in standing(tallies(tools, reporter, Q))])
    assert states == [["soon"], ["none"], ["soon"]]


def test_a_tap_of_another_reader_is_no_need(tools: Toolbox, cast: Cast) -> None:
    reporter = begin(tools)
    thread_id = published(tools, cast.alice)
    post_id = answer(tools, cast.bob, thread_id)
    publish(tools)
    tap(tools, cast.carol, thread_id, post_id, "worked")
    gather(tools)
    assert opened(tools, reporter, Q) == {NEED: 1}


def test_this_answers_me_is_a_need_met_at_once_and_goes_when_the_draft_comes_back(
    tools: Toolbox, app: Flask, cast: Cast
) -> None:
    reporter = begin(tools)
    thread_id = published(tools, cast.alice)
    client = signed_in(app, cast.bob)
    csrf = token_in(client.get("/ask"))
    client.post("/ask/solved", data={"csrf_token": csrf, "thread": thread_id, **FORM})
    gather(tools)
    assert opened(tools, reporter, Q) == {NEED: 1, ("need", "disease", "soon"): 1}
    assert len({one.organisation for one in tallies(tools, reporter, Q)}) == 2
    client = signed_in(app, cast.bob)
    client.post("/ask/restore", data={"csrf_token": token_in(client.get("/ask"))})
    gather(tools)
    assert opened(tools, reporter, Q)["gone", "", ""] == 1
    assert [one.state for one in standing(tallies(tools, reporter, Q))] == ["none"]
    client = signed_in(app, cast.bob)  # and once more, in a later window: it counts
    client.post("/ask/solved", data={"csrf_token": token_in(client.get("/ask")), "thread": thread_id})
    gather(tools)
    assert sorted(one.state for one in standing(tallies(tools, reporter, Q))) == ["none", "soon"]


def test_a_draft_that_comes_back_takes_nothing_from_a_question_of_ones_own(
    tools: Toolbox, app: Flask, cast: Cast
) -> None:
    reporter = begin(tools)
    thread_id = published(tools, cast.alice)
    client = signed_in(app, cast.alice)
    csrf = token_in(client.get("/ask"))
    client.post("/ask/solved", data={"csrf_token": csrf, "thread": thread_id, **FORM})
    client.post("/ask/restore", data={"csrf_token": token_in(client.get("/ask"))})
    gather(tools)
    assert [one.state for one in standing(tallies(tools, reporter, Q))] == ["none"]


def test_what_came_of_it_where_outcomes_are_counted(tools: Toolbox, cast: Cast) -> None:
    plan = {"second": "outcomes", "second_depth": "topic"}
    reporter = begin(tools, **{Q: plan})
    thread_id = published(tools, cast.alice)
    for result in ("worked", "unknown"):
        with tools.database.transaction("content", "keys") as stores:
            key = {"worked": "good", "unknown": "none"}[result]
            result = next(one.key for one in tools.trade.outcome.results if one.worth == key)
            outcomes.add_outcome(
                stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.alice), thread_id=thread_id, post_id="",
                result=result, text="", window=tools.window, today=today(tools.clock.now()),
            )  # fmt: skip
    publish(tools)
    gather(tools)
    assert opened(tools, reporter, Q) == {NEED: 1, ("outcome", "disease", "good"): 1}


def test_an_idea_at_the_honest_end_where_ideas_are_counted(tools: Toolbox, cast: Cast) -> None:
    reporter = begin(tools, **{Q: {"second": "ideas"}})
    thread_id = published(tools, cast.alice)
    with tools.database.transaction("content") as stores:
        thread = stores.content.get(Thread, thread_id)
        assert thread is not None
        thread.state = "ended"
    with tools.database.transaction("content") as stores:
        escalation.wish(
            stores, tools.vault, viewer=viewer_of(tools, cast.alice), thread_id=thread_id, kind="idea",
            today=today(tools.clock.now()), window=tools.window,
        )  # fmt: skip
    gather(tools)
    assert opened(tools, reporter, Q)["idea", "all", ""] == 1


def test_support_is_what_members_solved_of_the_companys_own_service(tools: Toolbox, cast: Cast) -> None:
    reporter = begin(tools, **{Q: {"second": "support"}})
    asked = [published(tools, cast.alice, make_question(subject=one)) for one in ("rainbow-trout", "coho-salmon")]
    own = tools.trade.network.model_copy(update={"own_service": ("coho-salmon",)})
    tools.trade = tools.trade.model_copy(update={"network": own})
    for thread_id in asked:
        post_id = answer(tools, cast.bob, thread_id)
        publish(tools)
        accept(tools, cast.alice, thread_id, post_id)
    gather(tools)
    assert opened(tools, reporter, Q)["solved", "all", ""] == 1


def test_what_the_company_answered_itself_is_no_support_that_members_gave(tools: Toolbox, cast: Cast) -> None:
    reporter = begin(tools, **{Q: {"second": "support"}})
    thread_id = published(tools, cast.alice, make_question(subject="own-service", company_may=True))
    move(tools, hours=72)
    with tools.database.transaction("content", "keys") as stores:
        answer_as_company(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.frank), thread_id=thread_id,
            text="その設定は、会員のページの右上にあります。", window=tools.window, today=today(tools.clock.now()),
            company_until=tools.window,
        )  # fmt: skip
    publish(tools)
    with tools.database.reading() as stores:
        post_id = stores.content.scalars(select(Post.id).where(Post.thread_id == thread_id)).one()
    accept(tools, cast.alice, thread_id, post_id)
    gather(tools)
    assert [one.kind for one in standing(tallies(tools, reporter, Q))] == ["need"]


def test_the_companys_own_service_is_named_by_its_subjects(tmp_path: Path) -> None:
    path, whole = tmp_path / "own.toml", (BUNDLED / "aquaculture.toml").read_text(encoding="utf-8")
    path.write_text(
        whole.replace('own_service = ["own-service"]', 'own_service = ["coho-salmon"]', 1), encoding="utf-8"
    )
    assert load_trade(str(path)).network.own_service == ("coho-salmon",)
    path.write_text(whole.replace('own_service = ["own-service"]', 'own_service = ["salmonids"]', 1), encoding="utf-8")
    with pytest.raises(DomainFileProblem, match="own_service names salmonids"):
        load_trade(str(path))


def test_a_new_term_is_left_for_the_year_alone(tools: Toolbox, cast: Cast) -> None:
    reporter = begin(tools)
    published(tools, cast.alice, make_question(topic="disease", term="　赤潮保険 "))
    gather(tools)
    assert opened(tools, reporter, "2026") == {("term", "赤潮保険", ""): 1}
    assert boxes(tools, Q) == []


@pytest.mark.parametrize(
    ("depth", "cell"), [("topic", "disease"), ("group", "salmonids"), ("group-topic", "salmonids/disease")]
)
def test_no_box_says_more_than_the_plan_counts(tools: Toolbox, cast: Cast, depth: Depth, cell: str) -> None:
    reporter = begin(tools, **{Q: {"depth": depth, "cells": cells_at(depth, *taxonomy(tools.trade))}})
    published(tools, cast.alice)
    gather(tools)
    assert opened(tools, reporter, Q) == {("need", cell, "none"): 1}


def test_a_year_that_is_counted_whole_takes_the_boxes_of_its_quarters(tools: Toolbox, cast: Cast) -> None:
    whole = {"yearly": True, "epsilon": {"need": 1.6, "second": 0.2, "terms": 0.1}}
    reporter = begin(tools, **{"2026": whole, Q: {"yearly": True}})
    published(tools, cast.alice)
    published(tools, cast.alice, make_question(term="赤潮保険"))
    gather(tools)
    told = {one.kind: one.organisation for one in tallies(tools, reporter, "2026")}
    own = viewer_of(tools, cast.alice).organisation_id
    assert told == {"need": organisation_in(Q, own), "term": organisation_in("2026", own)}
    assert boxes(tools, Q) == []


def test_a_question_taken_back_is_taken_out_of_the_count(tools: Toolbox, cast: Cast) -> None:
    reporter = begin(tools)
    thread_id = published(tools, cast.alice)
    gather(tools)
    with tools.database.transaction("content", "keys") as stores:
        withdrawing.withdraw(
            stores, tools.vault, viewer=viewer_of(tools, cast.alice), thread_id=thread_id, window=tools.window
        )
    gather(tools)
    assert standing(tallies(tools, reporter, Q)) == []
    assert opened(tools, reporter, "2026") == {("gone", "", ""): 1}


@pytest.mark.parametrize("texts", ["keep", "withdraw"])
def test_who_leaves_counts_no_more_whatever_becomes_of_the_words(tools: Toolbox, cast: Cast, texts: str) -> None:
    reporter = begin(tools)
    published(tools, cast.alice)
    published(tools, cast.dave)
    gather(tools)
    steps.leave(tools, viewer_of(tools, cast.alice), texts=texts)  # type: ignore[arg-type]
    gather(tools)
    left = standing(tallies(tools, reporter, Q))
    assert len(left) == 1  # of dave, her colleague


def test_the_operating_companys_people_leave_nothing(tools: Toolbox, cast: Cast) -> None:
    begin(tools)
    for roles in (("analyst",), ("member", "analyst")):
        person = make_person(tools, f"counted-{len(roles)}", cast.organisations["company"], roles=roles)
        about = About(viewer_of(tools, person), "thread", today(tools.clock.now()))
        with tools.database.reading() as stores:
            assert boxes_for(stores, about, kind="need", topic="salmonids/disease", state="none") == []


def test_boxes_of_a_period_that_is_over_are_let_go(tools: Toolbox, cast: Cast) -> None:
    begin(tools)
    published(tools, cast.alice)
    with tools.database.transaction("content") as stores:
        for row in stores.content.scalars(select(ReportPeriod)):
            row.state = "closed"
    gather(tools)
    assert boxes(tools) == []


def test_boxes_lie_there_without_order_length_or_day(tools: Toolbox, cast: Cast) -> None:
    """Fifty questions and ten retractions: every box has one length, ids come in no order, nothing else is written."""
    reporter = begin(tools)
    asked = [published(tools, person) for _ in range(2) for person in (cast.alice, cast.bob, cast.carol)]
    gather(tools)
    found = boxes(tools)
    assert len(found) == len(asked) == 6
    assert len({len(one) for one in found}) == 1
    assert {column.name for column in TallyBox.__table__.columns} == {"id", "period", "box"}
    everything = b"".join(path.read_bytes() for path in tools.settings.data_dir.glob("content.db*"))
    for one in tallies(tools, reporter, Q):
        assert one.tag.encode() not in everything
        assert one.organisation.encode() not in everything


def test_one_window_puts_them_down_in_another_order_than_they_were_left(tools: Toolbox, cast: Cast) -> None:
    begin(tools)
    with tools.database.transaction("content") as stores:
        known = open_periods(stores)[0].key
        leave(stores, tools.vault, [(known, f"{number:04d}") for number in range(40)], due=tools.window)
    gather(tools)
    with tools.database.reading() as stores:
        rows = stores.content.scalars(select(TallyBox).order_by(TallyBox.id))
        came = [row.box for row in rows]
    assert len(came) == 40
    assert came != sorted(came)
    with tools.database.reading() as stores:
        assert stores.content.scalar(select(func.count()).select_from(Job).where(Job.kind == "tally")) == 0


def test_a_question_takes_no_statement_more_for_it(tools: Toolbox, app: Flask, cast: Cast) -> None:
    begin(tools)
    published(tools, cast.alice, token="the first")
    move(tools, hours=24)
    client = signed_in(app, cast.alice)
    csrf = token_in(client.get("/ask"))
    client.post("/ask/preview", data={**FORM, "title": f"{TITLE}。夜だけです。", "csrf_token": csrf})
    token = re.search(r'name="token" value="([^"]+)"', client.get("/ask/preview").text)
    assert token is not None
    move(tools, hours=1 / 30)
    with counted() as statements:
        assert client.post("/ask/publish", data={"csrf_token": csrf, "token": token[1]}).status_code == 303
    assert len(statements) <= POST, statements
    with tools.database.reading() as stores:
        row = stores.content.scalars(select(Pending)).one()
        assert len(tools.vault.open(row.sealed, table="pending", column="sealed", row=row.id)["tallies"]) == 1
