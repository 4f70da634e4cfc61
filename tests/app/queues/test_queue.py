"""The expert's queue: what stands where, what is kept, who is told what, and that nobody is told by whom."""

import re

from flask import Flask
from sqlalchemy import select

from app.notices.kinds import KINDS
from app.notices.service import notes_of
from app.questions.models import Thread
from app.queues import experts, offers, reads
from app.queues.models import Offer
from app.queues.rules import PASS_REASONS, RESTING, Measures
from app.queues.worker import make_now
from app.wiring import Toolbox
from privacy.pseudonyms import owner_tag
from tests.app.questions.makers import ask, make_question
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, Person, make_person, post, signed_in, viewer_of


def titles(tools: Toolbox, person: Person) -> list[str | None]:
    with tools.database.reading() as stores:
        cards = reads.inbox(stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), now=make_now(tools))
    return [card.thread.title for card in cards]


def offer_on(tools: Toolbox, person: Person, title: str) -> str:
    with tools.database.reading() as stores:
        cards = reads.inbox(stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), now=make_now(tools))
    return next(card.id for card in cards if card.thread.title == title)


def offer_row(tools: Toolbox, offer: str) -> tuple[str, int | None]:
    with tools.database.reading() as stores:
        found = offers.find(stores, tools.vault, offer)
    assert found is not None
    return found.state, found.claimed_until


def state_of(tools: Toolbox, thread_id: str) -> str:
    with tools.database.reading() as stores:
        return stores.content.get_one(Thread, thread_id).state


def told(tools: Toolbox, label: str) -> list[str]:
    with tools.database.reading() as stores:
        window, notes = tools.window + 4, offers.notes_to(stores, tools.vault, [label], window=tools.window + 4)
        profile = experts.find_profile(stores, tools.vault, label)
        rests = [RESTING] if profile is not None and profile.rested is not None else []
        return [*(one.kind for one in (*notes_of(stores, tools.vault, [label], window=window), *notes)), *rests]


def test_by_deadline_then_by_what_waits_longest_and_a_lapsed_claim_keeps_its_place(
    tools: Toolbox, app: Flask, cast: Cast
) -> None:
    opt_in(tools, cast.bob, capacity=5)
    ask(tools, cast.alice, make_question(title="先に来た質問です"))
    work(tools, hours=25)
    erin = make_person(tools, "asker", cast.organisations["D"])
    ask(
        tools,
        erin,
        make_question(
            title="期限のある質問です", fields={"situation": "水温が下がりました。", "by_when": "2026-12-24"}
        ),
    )
    ask(tools, cast.carol, make_question(title="あとに来た質問です"))
    work(tools, hours=25)
    order = titles(tools, cast.bob)
    assert order == ["期限のある質問です", "先に来た質問です", "あとに来た質問です"]
    client, last = signed_in(app, cast.bob), offer_on(tools, cast.bob, "あとに来た質問です")
    page = f"/queue/{last}"
    assert post(client, f"{page}/claim", page=page).status_code == 303
    assert titles(tools, cast.bob)[0] == "あとに来た質問です"
    tools.clock.move(hours=60)  # type: ignore[attr-defined]
    assert titles(tools, cast.bob) == order


def test_a_claim_is_made_longer_twice_and_others_see_that_somebody_writes(
    tools: Toolbox, app: Flask, cast: Cast
) -> None:
    opt_in(tools, cast.bob, cast.carol)
    ask_question(tools, cast.alice)
    work(tools, hours=5)
    bob, carol = signed_in(app, cast.bob), signed_in(app, cast.carol)
    page, other = (f"/queue/{offers_of(tools, person)[0].id}" for person in (cast.bob, cast.carol))
    assert "だれかが書いています" not in carol.get("/queue").text + carol.get(other).text
    for longer in (True, True, False):
        assert post(bob, f"{page}/claim", page=page).status_code == 303
        assert ("24時間のばす" in bob.get(page).text) is longer
    assert post(bob, f"{page}/claim", page=page).status_code == 409
    assert "だれかが書いています" in carol.get("/queue").text
    assert "だれかが書いています" in carol.get(other).text
    assert "だれかが書いています" not in bob.get("/queue").text


def test_each_reason_is_one_press_and_only_one_of_them_hints_the_asker_once_at_a_window_and_not_by_whom(
    tools: Toolbox, app: Flask, cast: Cast
) -> None:
    dave = make_person(tools, "more", cast.organisations["D"])
    people = [cast.bob, cast.carol, dave]
    opt_in(tools, *people)
    thread_id = ask_question(tools, cast.alice)
    work(tools, hours=5)
    label = str(owner_tag(cast.alice.secret, thread_id))
    for person, reason, hints in zip(people, ("no_time", "too_identifying", "too_identifying"), (0, 1, 1), strict=True):
        client, page = signed_in(app, person), f"/queue/{offers_of(tools, person)[0].id}"
        assert set(re.findall(r'name="reason" value="(\w+)"', client.get(page).text)) == set(PASS_REASONS)
        before = told(tools, label)
        assert post(client, f"{page}/pass", {"reason": reason}, page=page).status_code == 303
        work(tools)
        assert told(tools, label) == before  # not in the window in which it was pressed
        work(tools, hours=1)
        assert told(tools, label).count("hint_identifying") == hints
        assert offers_of(tools, person) == []
        # a record that is deleted lets no second hint out, from which a second reader could be told
        fields: dict[str, object] = {"thread": thread_id}
        taken = post(signed_in(app, person), "/queue/passes/remove", fields, page="/queue/settings")
        assert taken.status_code == 303
    inbox = signed_in(app, cast.alice)
    said = inbox.get("/inbox").text, inbox.get("/inbox", headers={"Accept-Language": "en"}).text
    assert "質問を見た方から、人や組織の見当がつくかもしれない" in said[0]
    assert "Someone who looked at your question" in said[1]
    for word in ("経験者", "世話役", "お返し", "expert", "coordinator", "handed back"):  # nor in what part they looked
        assert word not in KINDS["hint_identifying"].sentence + said[1].partition("Someone who")[2][:200]


def test_a_pass_is_taken_back_to_its_old_place_as_long_as_its_window_lasts(
    tools: Toolbox, app: Flask, cast: Cast
) -> None:
    opt_in(tools, cast.bob, capacity=5)
    first = ask_question(tools, cast.alice, title="先に来た質問です")
    work(tools, hours=25)
    ask_question(tools, cast.carol, title="あとに来た質問です")
    work(tools, hours=25)
    order, offer = titles(tools, cast.bob), offer_on(tools, cast.bob, "先に来た質問です")
    bob, page, label = signed_in(app, cast.bob), f"/queue/{offer}", str(owner_tag(cast.alice.secret, first))
    post(bob, f"{page}/claim", page=page)
    before, turns = offer_row(tools, offer), told(tools, label)
    post(bob, f"{page}/pass", {"reason": "too_identifying"}, page=page)
    for closed in ("claim", "pass", "answer"):
        typed = {"reason": "no_time", "text": "朝の酸素を測ってみてください。", "token": "a"}
        assert post(bob, f"{page}/{closed}", typed, page="/queue").status_code == 409
    assert f"{page}/back" in bob.get(page).text
    assert f"{page}/claim" not in bob.get(page).text
    assert post(signed_in(app, cast.carol), f"{page}/back", page="/queue").location == "/queue"
    assert offer_row(tools, offer)[0] == "passed"  # nobody else's press does anything
    assert f"{page}/back" in bob.get("/queue").text
    assert post(bob, f"{page}/back", page="/queue").location == page
    assert offer_row(tools, offer) == before
    assert titles(tools, cast.bob) == order
    work(tools, hours=1)
    bob = signed_in(app, cast.bob)
    assert (offer_row(tools, offer), told(tools, label)) == (before, turns)  # the hint was taken back with it
    post(bob, f"{page}/pass", {"reason": "no_time"}, page=page)
    work(tools, hours=1)
    assert state_of(tools, first) == "unrouted"
    bob = signed_in(app, cast.bob)
    assert post(bob, f"{page}/back", page="/queue").location == "/queue"
    assert "もう、ほかの方に回したあと" in bob.get("/queue").text
    assert [one.thread_id for one in offers_of(tools, cast.bob)] != [first]


def test_muted_is_said_so_and_a_group_is_muted_in_every_subject_of_it(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice)
    work(tools, hours=5)
    client, page = signed_in(app, cast.bob), f"/queue/{offers_of(tools, cast.bob)[0].id}"
    assert f'{page}/mute"' in client.get(page).text
    post(client, f"{page}/mute", page=page)
    assert f'{page}/mute"' not in client.get(page).text
    assert "もう受け取らない設定" in client.get(page).text
    post(client, f"{page}/mute-group", page=page)
    with tools.database.reading() as stores:
        found = [
            experts.find_profile(stores, tools.vault, handle)
            for handle in experts.own_handles(stores, viewer_of(tools, cast.bob)).values()
        ]
    assert [one.capacity for one in found if one] == [0]
    assert signed_in(app, cast.carol).get(page).status_code == 404


def test_after_three_offers_without_a_look_the_member_rests_is_told_and_wakes_by_looking(
    tools: Toolbox, app: Flask, cast: Cast
) -> None:
    opt_in(tools, cast.bob, capacity=5)
    askers = [make_person(tools, f"asker{n}", cast.organisations[at]) for n, at in enumerate("ACDA")]
    for number, person in enumerate(askers):
        ask(tools, person, make_question(title=f"質問{number}です"))
        work(tools, hours=25)
    handle = next(iter({one.inbox for one in offers_of(tools, cast.bob)}))
    assert len(offers_of(tools, cast.bob)) == 3
    assert told(tools, handle).count("resting") == 1
    bob = signed_in(app, cast.bob)
    assert "お返事がなかったので" in bob.get("/inbox").text
    assert "おかえりなさい" in bob.get("/queue").text
    assert "resting" not in told(tools, handle), "what it told is over"
    assert "おかえりなさい" not in bob.get("/queue").text
    with tools.database.reading() as stores:
        assert stores.content.scalars(select(Offer)).first() is not None
        profile = experts.find_profile(stores, tools.vault, handle)
    assert profile is not None
    assert not profile.rests(Measures())
