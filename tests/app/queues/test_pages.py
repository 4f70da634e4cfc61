"""The queue in the browser: see it, claim it, pass it, answer it."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Organisation
from app.clock import today
from app.mail.models import Contact
from app.questions.models import Post, Thread
from app.queues import experts
from app.vectors import store
from app.wiring import Toolbox
from privacy.scopes import Audience
from tests.app.questions.makers import open_table_with
from tests.app.questions.test_crowd import people
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, make_person, post, signed_in, viewer_of


def test_an_expert_sees_the_card_and_why_it_came(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, title="稚魚のえらが白い", urgent=True)
    work(tools)
    page = signed_in(app, cast.bob).get("/queue").text
    assert "稚魚のえらが白い" in page
    assert "病気・へい死」を手伝えると登録しています" in page


def test_somebody_elses_offer_looks_like_none(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    offer_id = offers_of(tools, cast.bob)[0].id
    for person in (cast.alice, cast.carol, cast.dave, cast.erin):
        client = signed_in(app, person)
        assert client.get(f"/queue/{offer_id}").status_code == 404
        assert client.get("/queue/" + "0" * 32).status_code == 404
        for action in ("claim", "pass", "answer"):
            data = {"reason": "no_time", "text": "ためしの回答"}
            assert post(client, f"/queue/{offer_id}/{action}", data, page="/queue/settings").status_code == 404
    assert app.test_client().get(f"/queue/{offer_id}").status_code == 303


def test_a_claim_shows_to_the_others_and_lapses(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    bob, carol = signed_in(app, cast.bob), signed_in(app, cast.carol)
    assert post(bob, f"/queue/{offers_of(tools, cast.bob)[0].id}/claim", page="/queue").status_code == 303
    assert "あなたが回答中" in bob.get("/queue").text
    assert "だれかが書いています" in carol.get("/queue").text
    tools.clock.move(hours=26)
    bob, carol = signed_in(app, cast.bob), signed_in(app, cast.carol)
    assert "あなたが回答中" not in bob.get("/queue").text
    assert "だれかが書いています" not in carol.get("/queue").text


def test_a_pass_needs_a_reason_and_goes_to_the_router_alone(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    thread_id = ask_question(tools, cast.alice, urgent=True)
    work(tools)
    offer_id = offers_of(tools, cast.bob)[0].id
    client = signed_in(app, cast.bob)
    refused = post(client, f"/queue/{offer_id}/pass", {"reason": "whim"}, page="/queue/settings")
    assert refused.status_code == 422
    assert "理由を一つ選んでください" in refused.text
    assert (
        post(client, f"/queue/{offer_id}/pass", {"reason": "not_my_field"}, page="/queue/settings").status_code == 303
    )
    work(tools, hours=1)
    assert offers_of(tools, cast.bob) == []
    with tools.database.reading() as stores:
        passes = store.find_evidence(stores, tools.vault, thread_id).passes
        profile = experts.find_profile(
            stores, tools.vault, experts.handles_of(viewer_of(tools, cast.bob))["rainbow-trout"]
        )
    assert [one.reason for one in passes] == ["not_my_field"]
    assert profile is not None
    assert [one.thread_id for one in profile.passes] == [thread_id]
    work(tools, hours=30)
    assert offers_of(tools, cast.bob) == []


def test_an_answer_is_kept_until_its_window_and_then_wakes_the_asker(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    thread_id = ask_question(tools, cast.alice)
    work(tools, hours=30)
    offer_id = offers_of(tools, cast.bob)[0].id
    client = signed_in(app, cast.bob)
    sent = post(
        client,
        f"/queue/{offer_id}/answer",
        {"text": "まず溶存酸素を測ってください。", "token": "t1"},
        page="/queue/settings",
    )
    assert sent.status_code == 303
    assert client.get("/queue").text.count(f'href="/queue/{offer_id}"') == 1, (
        "the title leads there; no button does again"
    )
    with tools.database.reading() as stores:
        assert stores.content.scalars(select(Post)).all() == []
    work(tools, hours=30)
    with tools.database.reading() as stores:
        assert len(stores.content.scalars(select(Post)).all()) == 1
        assert stores.content.get_one(Thread, thread_id).state == "answered"
        evidence = store.find_evidence(stores, tools.vault, thread_id)
    assert [one.handle for one in evidence.answers] == [experts.handles_of(viewer_of(tools, cast.bob))["rainbow-trout"]]
    assert offers_of(tools, cast.bob) == []
    page = signed_in(app, cast.alice).get(f"/threads/{thread_id}").text
    assert "まず溶存酸素を測ってください。" in page
    assert "回答者1" in page


def test_an_empty_answer_is_refused_beside_its_field_and_a_long_one_kept(
    tools: Toolbox, app: Flask, cast: Cast
) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    offer_id = offers_of(tools, cast.bob)[0].id
    client = signed_in(app, cast.bob)
    empty = post(client, f"/queue/{offer_id}/answer", {"text": "  "}, page="/queue/settings")
    assert empty.status_code == 422
    assert "回答を書いてください" in empty.text
    typed = "あ" * 8001
    long = post(client, f"/queue/{offer_id}/answer", {"text": typed}, page="/queue/settings")
    assert long.status_code == 422
    assert typed in long.text


def test_settings_say_what_is_wrong_and_keep_what_was_chosen(tools: Toolbox, app: Flask, cast: Cast) -> None:
    client = signed_in(app, cast.bob)
    path = "/queue/settings/rainbow-trout"
    wrong = post(client, path, {"capacity": "9"}, page="/queue/settings")
    assert wrong.status_code == 422
    assert "週に何件までかを選んでください" in wrong.text
    good = {"capacity": "5", "topics": ["disease", "feed"], "notify": "1"}
    assert post(client, path, good, page="/queue/settings").status_code == 303
    handle = experts.handles_of(viewer_of(tools, cast.bob))["rainbow-trout"]
    with tools.database.reading() as stores:
        profile = experts.find_profile(stores, tools.vault, handle)
        assert stores.content.get(Contact, handle) is not None
    assert profile is not None
    assert (profile.capacity, profile.topics) == (5, ("disease", "feed"))
    assert post(client, path, {"capacity": "0"}, page="/queue/settings").status_code == 303
    with tools.database.reading() as stores:
        assert stores.content.get(Contact, handle) is None


def test_one_tap_rests_every_subject_and_another_ends_it(tools: Toolbox, app: Flask, cast: Cast) -> None:
    person = make_person(tools, "two", cast.organisations["B"], subjects=("rainbow-trout", "yellowtail"))
    client = signed_in(app, person)
    for subject in ("rainbow-trout", "yellowtail"):
        post(client, f"/queue/settings/{subject}", {"capacity": "3"}, page="/queue/settings")
    now = today(tools.clock.now())

    def away() -> set[int]:
        with tools.database.reading() as stores:
            own = [experts.find_profile(stores, tools.vault, handle) for handle in handles.values()]
        return {one.away_until - now.toordinal() for one in own if one is not None}

    handles = experts.handles_of(viewer_of(tools, person))
    week = (now + timedelta(days=7)).isoformat()
    assert f'value="{week}"' in client.get("/queue/settings").text
    assert post(client, "/queue/inboxes/rest", {"back_on": week}, page="/queue/settings").status_code == 303
    assert away() == {7}
    post(client, "/queue/settings/rainbow-trout", {"capacity": "1"}, page="/queue/settings")
    assert away() == {7}  # what else is changed meanwhile calls nobody back
    assert "いまもどる" in client.get("/queue/settings").text
    post(client, "/queue/inboxes/rest", {"back_on": now.isoformat()}, page="/queue/settings")
    assert away() == {0}
    for wrong in ("", "明日", "2020-01-01", (now + timedelta(days=400)).isoformat()):
        refused = post(client, "/queue/inboxes/rest", {"back_on": wrong}, page="/queue/settings")
        assert (refused.status_code, away()) == (422, {0})
        assert 'id="f-back_on-error"' in refused.text
        assert "Not a valid" not in refused.text


def test_settings_of_a_subject_not_mine_are_not_there(tools: Toolbox, app: Flask, cast: Cast) -> None:
    client = signed_in(app, cast.bob)
    assert post(client, "/queue/settings/oyster", {"capacity": "3"}, page="/queue/settings").status_code == 404


def test_a_coordinator_sees_domain_and_date_of_what_found_nobody(tools: Toolbox, app: Flask, cast: Cast) -> None:
    ask_question(tools, cast.alice, title="ひみつの題名", urgent=True)
    work(tools)
    page = signed_in(app, cast.erin).get("/unrouted")
    assert page.status_code == 200
    assert "サケ・マス類" in page.text
    assert "ひみつの題名" not in page.text
    assert signed_in(app, cast.bob).get("/unrouted").status_code == 403


def test_of_a_question_closed_to_a_coordinator_the_list_says_nothing(tools: Toolbox, app: Flask, cast: Cast) -> None:
    """Their own, and a colleague's: that nobody was found would tell whom it was closed to, and that a colleague asked."""
    ask_question(tools, cast.erin, urgent=True)
    work(tools)
    assert "サケ・マス類" not in signed_in(app, cast.erin).get("/unrouted").text
    ask_question(tools, cast.alice, excluded=frozenset({viewer_of(tools, cast.erin).circle}), urgent=True)
    work(tools)
    assert "サケ・マス類" not in signed_in(app, cast.erin).get("/unrouted").text


@pytest.mark.parametrize("has_expert", [False, True])
def test_who_asks_and_excludes_learns_from_no_coordinator_who_has_the_expert(
    tools: Toolbox, app: Flask, cast: Cast, has_expert: bool
) -> None:
    """Alice asks with carol's organisation left out, erin tells her what the list says: the mutant lists it when nobody
    else was found, and asking again with other names left out finds the organisation."""
    if has_expert:
        opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, excluded=frozenset({viewer_of(tools, cast.carol).circle}), urgent=True)
    work(tools)
    assert "サケ・マス類" not in signed_in(app, cast.erin).get("/unrouted").text


def test_the_same_answer_sent_twice_is_one_answer_also_after_its_window(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    thread_id = ask_question(tools, cast.alice)
    work(tools, hours=30)
    path = f"/queue/{offers_of(tools, cast.bob)[0].id}/answer"
    client = signed_in(app, cast.bob)
    fields = {"text": "まず溶存酸素を測ってください。", "token": "once"}
    for _ in range(2):
        again = post(client, path, dict(fields), page="/queue/settings")
        assert (again.status_code, again.location) == (303, f"/threads/{thread_id}")
    work(tools, hours=30)
    client = signed_in(app, cast.bob)
    assert post(client, path, dict(fields), page="/queue/settings").status_code == 303
    work(tools, hours=30)
    with tools.database.reading() as stores:
        assert len(stores.content.scalars(select(Post)).all()) == 1


def test_an_answer_to_an_urgent_question_goes_at_once_only_if_its_author_says_so(
    tools: Toolbox, app: Flask, cast: Cast
) -> None:
    opt_in(tools, cast.bob, cast.carol)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    for who, fields in (("bob", {}), ("carol", {"at_once": "1"})):
        path = f"/queue/{offers_of(tools, cast[who])[0].id}"
        assert "すぐに出す" in signed_in(app, cast[who]).get(path).text
        sent = {"text": f"{who}の回答", "token": who, **fields}
        assert post(signed_in(app, cast[who]), f"{path}/answer", sent, page="/queue/settings").status_code == 303
    work(tools)
    page = signed_in(app, cast.alice).get("/mine").text
    assert "回答あり" in page
    with tools.database.reading() as stores:
        assert len(stores.content.scalars(select(Post)).all()) == 1


def test_an_accepted_question_leaves_the_other_queues(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    thread_id = ask_question(tools, cast.alice, title="池の水が白い", urgent=True)
    work(tools)
    offer_id = offers_of(tools, cast.bob)[0].id
    answer = {"text": "石灰かもしれません。", "token": "t", "at_once": "1"}
    post(signed_in(app, cast.bob), f"/queue/{offer_id}/answer", answer, page="/queue/settings")
    work(tools)
    assert "池の水が白い" in signed_in(app, cast.carol).get("/queue").text
    with tools.database.reading() as stores:
        post_id = stores.content.scalars(select(Post.id)).one()
    alice = signed_in(app, cast.alice)
    assert (
        post(alice, f"/threads/{thread_id}/accept", {"post": post_id}, page=f"/threads/{thread_id}").status_code == 303
    )
    work(tools)
    assert "池の水が白い" not in signed_in(app, cast.carol).get("/queue").text


def test_an_expert_after_a_split_is_counted_in_the_new_circle(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    handle = experts.handles_of(viewer_of(tools, cast.bob))["rainbow-trout"]
    with tools.database.transaction("identity") as stores:
        stores.identity.get_one(Organisation, cast.bob.organisation_id).circle = "e" * 32
    assert signed_in(app, cast.bob).get("/queue").status_code == 200
    with tools.database.reading() as stores:
        profile = experts.find_profile(stores, tools.vault, handle)
    assert profile is not None
    assert profile.circle == "e" * 32


def test_a_claim_may_be_extended_twice_and_no_more(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    client, path = signed_in(app, cast.bob), f"/queue/{offers_of(tools, cast.bob)[0].id}/claim"
    answers = [post(client, path, page="/queue/settings").status_code for _ in range(4)]
    assert answers == [303, 303, 303, 409]


def test_who_answered_an_experts_only_question_reads_their_answer_while_it_waits(
    tools: Toolbox, app: Flask, cast: Cast
) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, audience=Audience.EXPERTS)
    work(tools, hours=30)
    client, path = signed_in(app, cast.bob), f"/queue/{offers_of(tools, cast.bob)[0].id}/answer"
    sent = post(client, path, {"text": "夜明け前に測ってください。", "token": "x"}, page="/queue/settings")
    page = client.get(sent.location or "")
    assert page.status_code == 200
    assert "夜明け前に測ってください。" in page.text


def test_the_asker_reads_the_same_whether_anybody_was_found_or_not(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    rival = frozenset({viewer_of(tools, cast.bob).circle})
    found = ask_question(tools, cast.alice, title="同じ問い", urgent=True)
    missed = ask_question(tools, cast.carol, title="同じ問い", urgent=True, excluded=rival)
    work(tools)
    pages = []
    for person, thread_id in ((cast.alice, found), (cast.carol, missed)):
        page = signed_in(app, person).get(f"/threads/{thread_id}").text
        pages.append(re.sub(r'csrf_token" value="[^"]+"|X-CSRFToken": "[^"]+"|[0-9a-f]{32}a?', "", page))
    assert pages[0] == pages[1]


def test_who_answers_from_the_queue_is_told_that_a_thin_group_is_no_crowd(
    tools: Toolbox, app: Flask, cast: Cast
) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    path, told = f"/queue/{offers_of(tools, cast.bob)[0].id}", "この分類は、まだ会員が少なめです"
    bob = signed_in(app, cast.bob)
    assert told in bob.get(path).text
    assert told in post(bob, f"{path}/answer", {"text": ""}, page=path).text, "and again where it comes back"
    assert "This group still has few members" in bob.get(path, headers={"Accept-Language": "en"}).text


def test_where_the_group_is_a_crowd_nobody_is_warned(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    open_table_with(tools, {}, people=people(20, 0, 0))
    page = signed_in(app, cast.bob).get(f"/queue/{offers_of(tools, cast.bob)[0].id}").text
    assert "回答を送る" in page
    assert "この分類は、まだ会員が少なめです" not in page
