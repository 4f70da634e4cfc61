"""What one says is not about oneself leaves routing, nothing brings it together, and it can be taken up again."""

import re

from flask import Flask

from app.queues import offers
from app.wiring import Toolbox
from tests.app.questions.test_hidden_subject import keeps_only
from tests.app.queues.stage import answer, ask_question, offers_of, stay_awake, work
from tests.app.queues.test_neighbours import opt_in_to
from tests.app.queues.test_own_page import PAGE, SUBJECT, evidence, profile_of, sentences
from tests.cast import Cast, post, signed_in


def test_not_me_takes_the_evidence_and_nothing_else(app: Flask, tools: Toolbox, cast: Cast, answered: str) -> None:
    bob, fields = signed_in(app, cast.bob), {"thread": answered}
    assert len(evidence(tools, answered).answers) == 1
    asked = evidence(tools, answered).asked
    assert post(signed_in(app, cast.carol), "/queue/evidence/remove", dict(fields), page=PAGE).status_code == 404
    assert post(bob, "/queue/evidence/remove", dict(fields), page=PAGE).status_code == 303
    assert evidence(tools, answered).answers == ()
    assert evidence(tools, answered).asked == asked
    page = sentences(bob)
    assert "質問を届ける人選びには使われていません。" in page
    assert "1、2件" not in page
    assert "夜明け前に溶存酸素" in bob.get(f"/threads/{answered}").text
    with tools.database.reading() as stores:
        tools.memory.catch_up(stores, tools.trade.subjects)
    assert list(tools.memory.domain(SUBJECT).events.experts_of(answered)) == []
    assert post(bob, "/queue/evidence/remove", dict(fields), page=PAGE).status_code == 404
    before = evidence(tools, answered).aside
    assert post(signed_in(app, cast.carol), "/queue/evidence/restore", dict(fields), page=PAGE).status_code == 404
    assert post(bob, "/queue/evidence/restore", dict(fields), page=PAGE).status_code == 303
    assert (evidence(tools, answered).answers, evidence(tools, answered).aside) == (before, ())
    assert "1、2件" in sentences(bob)


def test_not_me_on_a_reason_takes_what_it_rests_on_out_of_routing_until_it_is_taken_up_again(
    app: Flask, tools: Toolbox, cast: Cast, answered: str
) -> None:
    ask_question(tools, cast.dave, title="稚魚がまた朝に死にます", urgent=True)
    work(tools)
    offer = next(one for one in offers_of(tools, cast.bob) if one.thread_id != answered)
    bob, page = signed_in(app, cast.bob), f"/queue/{offer.id}"
    keys = re.findall(r'name="about" value="(declared|alike|topic)"', bob.get(page).text)
    assert set(keys) == {"declared", "topic"}
    press = {"about": "declared"}
    assert post(signed_in(app, cast.carol), f"{page}/not-me", dict(press), page=PAGE).status_code == 404
    assert post(bob, f"{page}/not-me", {"about": "active"}, page=PAGE).status_code == 404
    assert profile_of(tools, cast.bob).topics == ("disease",)
    assert post(bob, f"{page}/not-me", dict(press), page=PAGE).location == page
    assert "手伝える話題から外しました" in bob.get(page).text
    assert profile_of(tools, cast.bob).topics == ()
    assert len(evidence(tools, answered).answers) == 1
    assert post(bob, f"{page}/not-me", {"about": "topic"}, page=PAGE).location == page
    assert evidence(tools, answered).answers == ()
    assert "1件の質問への回答を、届け先を選ぶときに使わないようにしました" in bob.get(page).text
    with tools.database.reading() as stores:
        tools.memory.catch_up(stores, tools.trade.subjects)
    assert list(tools.memory.domain(SUBJECT).events.experts_of(answered)) == []
    assert post(bob, "/queue/evidence/restore", {"thread": answered}, page=PAGE).status_code == 303
    assert len(evidence(tools, answered).answers) == 1


def test_what_was_answered_from_next_door_can_be_set_aside_without_that_inbox(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    opt_in_to(tools, cast.bob, "coho-salmon")
    thread = ask_question(tools, cast.alice, urgent=True)
    for hours in (0, 3, 4):  # the third wave asks next door
        work(tools, hours=hours)
    answer(tools, cast.bob, thread)
    keeps_only(tools, cast.bob, SUBJECT)
    bob, fields = signed_in(app, cast.bob), {"thread": thread}
    assert "わたしの実績にしない" in sentences(bob)
    for path, counted in (("/queue/evidence/remove", 0), ("/queue/evidence/restore", 1)):
        assert post(bob, path, dict(fields), page=PAGE).status_code == 303
        assert len(evidence(tools, thread).answers) == counted


def test_not_me_says_how_many_and_is_undone_at_once(app: Flask, tools: Toolbox, cast: Cast, answered: str) -> None:
    more = [
        ask_question(tools, person, title=f"朝の様子{n}", urgent=True)
        for n, person in enumerate((cast.dave, cast.alice))
    ]
    work(tools)
    for thread in more:
        answer(tools, cast.bob, thread)
    stay_awake(tools, cast.bob)
    ask_question(tools, cast.dave, title="稚魚がまた朝に死にます")
    work(tools, hours=7 * 24)  # a week in which nothing more may come is over
    offer = max(offers_of(tools, cast.bob), key=lambda one: one.offered_window)
    bob, page = signed_in(app, cast.bob), f"/queue/{offer.id}"
    assert "「病気・へい死」に、3〜5件答えています" in bob.get("/queue").text
    assert post(bob, f"{page}/not-me", {"about": "topic"}, page=page).location == page
    told = bob.get(page).text
    assert "3件の質問への回答を、届け先を選ぶときに使わないようにしました。" in told
    assert "件答えています" not in told
    assert "いちばん近い" not in told
    assert "件答えています" not in bob.get("/queue").text
    assert all(evidence(tools, one).answers == () for one in (answered, *more))
    with tools.database.reading() as stores:  # nothing brings together what was set aside
        assert offers.find(stores, tools.vault, offer.id) == offer
    (back,) = re.findall(r'<a href="(/queue/settings[?]at=[^"]*)">ここから元に戻せます</a>', told)
    assert "<summary>答えた質問を見る" in (own := bob.get(back).text)
    assert "外した3件をすべて戻す" in own
    fields: dict[str, object] = {"thread": [answered, *more]}
    assert post(bob, "/queue/evidence/restore", fields, page=PAGE).status_code == 303
    assert all(len(evidence(tools, one).answers) == 1 for one in (answered, *more))
    assert "「病気・へい死」に、3〜5件答えています" in bob.get("/queue").text
    assert post(bob, f"{page}/me-again", {"about": "topic"}, page=page).status_code == 404


def test_several_are_taken_up_again_with_one_button_and_the_list_stays_open(
    app: Flask, tools: Toolbox, cast: Cast, answered: str
) -> None:
    other = ask_question(tools, cast.dave, title="昼にも死にます", urgent=True)
    work(tools)
    answer(tools, cast.bob, other)
    bob = signed_in(app, cast.bob)
    for thread in (answered, other):
        back = post(bob, "/queue/evidence/remove", {"thread": thread}, page=PAGE).location
        assert back == f"{PAGE}?at={thread}#answered-{thread}"
    opened = '<details class="disclosure" open><summary>答えた質問を見る'
    assert opened in bob.get(back).text
    assert f'<li id="answered-{other}">' in bob.get(back).text
    assert opened not in bob.get(PAGE).text
    assert "外した2件をすべて戻す" in bob.get(back).text
    fields: dict[str, object] = {"thread": [answered, other]}
    assert post(signed_in(app, cast.carol), "/queue/evidence/restore", dict(fields), page=PAGE).status_code == 404
    assert post(bob, "/queue/evidence/restore", dict(fields), page=PAGE).status_code == 303
    assert all(len(evidence(tools, one).answers) == 1 for one in (answered, other))
    assert "2件の質問への回答を、また実績に数えます。" in bob.get(PAGE).text
