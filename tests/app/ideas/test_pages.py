"""Every page of the board, as the people of the cast meet it."""

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.wiring import Toolbox
from tests.app.ideas.makers import (
    TITLE,
    WISH,
    change,
    ids,
    listed,
    next_monday,
    page,
    post_company,
    post_idea,
    reply,
    reporter,
    row,
    to_day,
    vote,
    work,
)
from tests.cast import Cast, post, signed_in, token_in

FRIDAY = date(2026, 11, 20)
FORM = {"title": TITLE, "aim": WISH, "for_whom": "ひとりで見回る人", "now": "手帳です。", "listed": "1", "token": "t1"}


def test_from_the_form_to_the_board(app: Flask, cast: Cast, tools: Toolbox) -> None:
    browser = signed_in(app, cast.alice)
    assert "アイデアはまだありません" in browser.get("/ideas").text
    sent = post(browser, "/ideas/new", FORM)
    assert sent.status_code == 303
    assert post(browser, "/ideas/new", FORM).status_code == 303  # the same form once more
    assert "まもなく出る、あなたのアイデア" in browser.get("/ideas").text
    assert TITLE not in signed_in(app, cast.bob).get("/ideas").text
    work(tools)
    [idea] = ids(tools)
    for name in ("alice", "bob", "erin", "frank"):
        shown = signed_in(app, cast[name]).get(f"/ideas/{idea}").text
        assert TITLE in shown
        assert "手袋のまま" in shown
        assert "提案者" in shown
        assert "架空水産" not in shown
    colleague = signed_in(app, cast.dave)
    assert TITLE not in colleague.get("/ideas").text
    assert colleague.get(f"/ideas/{idea}").status_code == 404


def test_the_form_says_what_is_missing_and_keeps_what_was_typed(app: Flask, cast: Cast, tools: Toolbox) -> None:
    browser = signed_in(app, cast.alice)
    refused = post(browser, "/ideas/new", {**FORM, "title": " ", "group": "nonsense"})
    assert refused.status_code == 422
    assert "手袋のまま" in refused.text
    assert "選べるものから" in refused.text
    named = post(browser, "/ideas/new", {**FORM, "aim": "架空水産Aの桟橋に置いてほしいです。"})
    assert named.status_code == 422
    assert "この文で出しますか" in named.text
    for number in range(3):
        assert post(browser, "/ideas/new", {**FORM, "token": f"n{number}"}).status_code == 303
    assert "少しあいだをあけてください" in browser.get("/ideas/new").text


def test_the_company_posts_with_its_label_as_planned(app: Flask, cast: Cast, tools: Toolbox) -> None:
    browser = signed_in(app, cast.frank)
    assert "予定を載せる" in browser.get("/ideas/new").text
    assert post(browser, "/ideas/new", FORM).status_code == 303
    work(tools)
    [idea] = ids(tools)
    assert (row(tools, idea).state, row(tools, idea).by_company) == ("planned", True)
    shown = signed_in(app, cast.alice).get(f"/ideas/{idea}").text
    assert "運営会社" in shown
    assert "予定" in shown
    assert "提案者" not in shown


def test_replies_stand_under_handles_one_level_deep(app: Flask, cast: Cast, tools: Toolbox) -> None:
    idea = post_idea(tools, cast.alice)
    reply(tools, cast.bob, idea, "音声でもよさそうです。")
    first = page(tools, cast.alice, idea).replies[0].writing
    browser = signed_in(app, cast.frank)
    sent = post(browser, f"/ideas/{idea}/reply", {"text": "検討します。", "to": first.id}, page=f"/ideas/{idea}")
    assert sent.status_code == 303
    work(tools)
    [top] = page(tools, cast.carol, idea).replies
    [second] = top.answers
    reply(tools, cast.alice, idea, "ありがとうございます。", to=top.writing.id)
    nested = signed_in(app, cast.carol)
    post(nested, f"/ideas/{idea}/reply", {"text": "私もです。", "to": second.id}, page=f"/ideas/{idea}")
    work(tools)
    nested = signed_in(app, cast.carol)
    [top] = page(tools, cast.erin, idea).replies
    assert [one.role for one in (top.writing, *top.answers)] == ["発言者1", "運営会社", "提案者", "発言者2"]
    assert post(nested, f"/ideas/{idea}/reply", {"text": "x", "to": "0" * 32}, page=f"/ideas/{idea}").status_code == 404
    assert post(nested, f"/ideas/{idea}/reply", {"text": ""}, page=f"/ideas/{idea}").status_code == 422
    told = signed_in(app, cast.alice).get("/inbox").text
    assert "あなたのアイデアに、返信がありました" in told
    assert "あなたが返信したアイデアに" in signed_in(app, cast.bob).get("/inbox").text


def test_new_ideas_stand_in_the_days_order_for_seven_days(cast: Cast, tools: Toolbox) -> None:
    for number in range(6):
        post_idea(tools, (cast.alice, cast.bob, cast.carol)[number % 3], f"案{number}")
    reporter(tools).work(FRIDAY)
    seen = [[one.id for one in listed(tools, who).new] for who in (cast.erin, cast.erin, cast.frank)]
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0]) == 6
    orders = {tuple(seen[0])}
    for _ in range(5):
        to_day(tools, 1)
        orders.add(tuple(one.id for one in listed(tools, cast.erin).new))
    assert len(orders) >= 4  # another one each day
    to_day(tools, 2)
    reply(tools, cast.frank, seen[0][3])
    old = listed(tools, cast.erin)
    assert not old.new
    assert old.cards[0].id == seen[0][3]


def test_the_board_is_filtered_and_its_pages_have_no_gaps(cast: Cast, tools: Toolbox) -> None:
    for number in range(24):
        post_idea(tools, (cast.alice, cast.bob)[number % 2], f"案{number}", topic=("feed", "disease")[number % 2])
    everything = [one.title for one in listed(tools, cast.erin).new]
    first = listed(tools, cast.erin)
    second = listed(tools, cast.erin, after=first.next)
    assert (len(first.new), len(second.new), second.next) == (20, 4, "")
    assert set(everything) & {one.title for one in second.new} == set()
    to_day(tools, 8)
    first = listed(tools, cast.erin)
    second = listed(tools, cast.erin, after=first.next)
    assert len({one.id for one in (*first.cards, *second.cards)}) == 24
    assert not first.new
    # of dave's own organisation nothing is there, and the page is as full as anybody's
    assert len(listed(tools, cast.dave).cards) == 12
    assert len(listed(tools, cast.erin, topic="feed").cards) == 12
    assert listed(tools, cast.erin, state="done").cards == ()
    assert listed(tools, cast.erin, after="no such idea").cards == first.cards


def test_states_have_reasons_and_tell_the_voters_once(app: Flask, cast: Cast, tools: Toolbox) -> None:
    reporter(tools).work(FRIDAY)
    idea = post_idea(tools, cast.alice)
    vote(tools, cast.bob, idea)
    company = signed_in(app, cast.frank)
    path = f"/ideas/{idea}/state"
    assert post(company, path, {"state": "declined", "reason": " "}).status_code == 422
    assert post(company, path, {"state": "duplicate", "reason": "x"}).status_code == 422
    assert post(company, path, {"state": "talk", "reason": "来月まで話を聞きます。"}).status_code == 303
    assert post(company, path, {"state": "declined", "reason": "電源が取れません。"}).status_code == 303
    work(tools)
    shown = signed_in(app, cast.carol).get(f"/ideas/{idea}").text
    assert shown.index("来月まで話を聞きます。") < shown.index("電源が取れません。")
    inbox = signed_in(app, cast.bob).get("/inbox").text
    assert inbox.count("<p>賛成したアイデアの状態が変わりました") == 1  # one note, the latest
    assert "賛成したアイデア" not in signed_in(app, cast.carol).get("/inbox").text
    assert "あなたのアイデアの状態が変わりました" in signed_in(app, cast.alice).get("/inbox").text
    assert signed_in(app, cast.bob).get(path).status_code == 403


def test_coordinators_join_what_is_the_same_and_nobody_else(app: Flask, cast: Cast, tools: Toolbox) -> None:
    one, other = post_idea(tools, cast.alice, "案一"), post_idea(tools, cast.bob, "案二")
    erin = signed_in(app, cast.erin)
    path = f"/ideas/{one}/state"
    assert "まとめる先" in erin.get(path).text
    for data in ({"into": one}, {"into": ""}, {"into": other, "reason": ""}):
        assert post(erin, path, {"state": "duplicate", "reason": "同じ内容です。", **data}).status_code in (404, 422)
    assert post(erin, path, {"state": "done", "reason": "x"}).status_code == 422
    assert post(erin, path, {"state": "duplicate", "into": other, "reason": "同じ内容です。"}).status_code == 303
    shown = signed_in(app, cast.carol).get(f"/ideas/{one}").text
    assert "案二" in shown
    assert "返信する" not in shown
    carol = signed_in(app, cast.carol)
    token = token_in(carol.get("/ideas/new"))
    refused = carol.post(f"/ideas/{one}/reply", data={"text": "まだ話せますか", "csrf_token": token})
    assert refused.status_code == 409
    assert post(erin, path, {"state": "open", "reason": "ちがう内容でした。"}).status_code == 303
    assert row(tools, one).into is None


def test_outsiders_see_the_overdue_list_alone(app: Flask, client: FlaskClient, cast: Cast, tools: Toolbox) -> None:
    assert "遅れているものはありません" in client.get("/ideas/overdue").text
    assert client.get("/ideas").status_code == 303
    for name in ("heidi", "oscar"):
        assert signed_in(app, cast[name]).get("/ideas").status_code == 403
    assert signed_in(app, cast.bob).get("/ideas/desk").status_code == 403
    assert "お返事を待っているアイデアはありません" in signed_in(app, cast.frank).get("/ideas/desk").text


def test_a_withdrawn_idea_is_not_listed(app: Flask, cast: Cast, tools: Toolbox) -> None:
    idea = post_idea(tools, cast.alice)
    opener = page(tools, cast.alice, idea).opener
    browser = signed_in(app, cast.alice)
    done = post(browser, f"/writings/{opener.id}/withdraw", {}, page=f"/writings/{opener.id}/withdraw")
    assert done.status_code == 303
    assert listed(tools, cast.bob).new == ()
    assert "取り下げ" in signed_in(app, cast.bob).get(f"/ideas/{idea}").text


@pytest.mark.parametrize("after", [False, True])
def test_a_page_of_the_board_asks_eight_times_at_most(app: Flask, cast: Cast, tools: Toolbox, after: bool) -> None:
    reporter(tools).work(FRIDAY)
    made = [post_idea(tools, (cast.alice, cast.bob)[number % 2], f"案{number}") for number in range(10)]
    to_day(tools, 5)
    made += [post_idea(tools, (cast.alice, cast.bob)[number % 2], f"新{number}") for number in range(14)]
    to_day(tools, 3)
    vote(tools, cast.erin, made[0])
    first = listed(tools, cast.erin)
    asked: list[str] = []
    for store in ("content", "keys"):
        engine = tools.database.engines[store]  # type: ignore[index]
        event.listen(engine, "before_cursor_execute", lambda *found: asked.append(found[2]))
    found = listed(tools, cast.erin, after=first.next if after else "")
    assert found.cards
    assert len([one for one in asked if one.lstrip().upper().startswith("SELECT")]) <= 8, asked


def test_english_is_complete(app: Flask, cast: Cast, tools: Toolbox) -> None:
    idea = post_idea(tools, cast.alice, "A button")
    browser = signed_in(app, cast.frank)
    post(browser, "/language", {"locale": "en"}, page="/ideas")
    for path in ("/ideas/new", "/ideas/overdue", f"/ideas/{idea}/state"):
        main = browser.get(path).text.partition("<main")[2].partition("</main>")[0]
        assert re.findall(r"[ぁ-んァ-ヶ]+", main) == [], path


def test_the_months_after(cast: Cast, tools: Toolbox) -> None:
    idea = post_company(tools, cast.frank)
    change(tools, idea, "started")
    next_monday(tools)
    assert row(tools, idea).due_day is None
