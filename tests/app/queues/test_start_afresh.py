"""New inboxes in one group: nothing of the old ones leads to them, and which subject a question hides stays hidden."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Group, Trade
from app.errors import Conflict, NotThere
from app.mail.models import Contact
from app.questions.lockers import write_locker
from app.queues import epochs, experts
from app.queues import offers as offers_at_rest
from app.queues.models import Expert, Offer
from app.queues.offers import Offered
from app.sealing import Vault
from app.vectors import store
from app.wiring import Toolbox
from privacy.pseudonyms import new_id
from tests.app.questions.makers import answer, ask, make_question
from tests.app.questions.test_hidden_subject import COHO, keeps_only
from tests.app.queues.stage import all_offers, ask_question, offers_of, opt_in, work
from tests.app.queues.stage import answer as answer_offer
from tests.app.queues.test_hidden_reasons import texts
from tests.app.queues.test_own_page import PAGE, sentences
from tests.cast import Cast, Person, csrf_of, make_cast, post, signed_in, viewer_of
from tests.conftest import make_app

SUBJECT, GROUP = "rainbow-trout", "salmonids"


def start(tools: Toolbox, person: Person) -> None:
    viewer = viewer_of(tools, person)
    group = epochs.own_group(tools.trade, viewer=viewer, key=GROUP)
    with tools.database.transaction("content") as stores:
        epochs.start_afresh(stores, tools.vault, tools.trade, viewer=viewer, group=group, window=tools.window)


def handle_of(tools: Toolbox, person: Person, subject: str = SUBJECT) -> str:
    with tools.database.reading() as stores:
        return experts.answering_handles(stores, tools.trade, viewer_of(tools, person))[subject]


def offers(tools: Toolbox, handle: str) -> list[Offered]:
    with tools.database.reading() as stores:
        return [one for one in all_offers(stores, tools.vault) if one.inbox == handle]


def test_works(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    old = handle_of(tools, cast.bob)
    bob = signed_in(app, cast.bob)
    assert "新しい受信箱にする" in bob.get("/queue/settings").text
    path = f"/queue/settings/{GROUP}/afresh"
    told = bob.get(path).text
    assert "新しくなるのは、「サケ・マス類」の受信箱すべてです" in told
    assert "受け取り方の設定（ニジマス、ギンザケ）は消えます" in told
    assert post(bob, path).location == "/queue/settings"
    new = handle_of(tools, cast.bob)
    assert new != old
    with tools.database.reading() as stores:
        assert stores.content.get(Expert, old) is None
        assert stores.content.get(Contact, old) is None
        assert stores.content.get(Expert, new) is None
    assert "まだ受け取っていません" in bob.get("/queue/settings").text
    token = csrf_of(bob, "/queue/settings")
    bob.post(f"/queue/settings/{SUBJECT}", data={"csrf_token": token, "capacity": "3"})
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    assert len(offers(tools, new)) == 1
    assert bob.get(f"/queue/{offers(tools, new)[0].id}").status_code == 200


def test_old_evidence_stays_with_the_old_handle(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    thread = ask_question(tools, cast.alice, urgent=True)
    work(tools)
    old = handle_of(tools, cast.bob)
    answer(tools, cast.bob, thread, handle=old)
    work(tools, hours=5)
    start(tools, cast.bob)
    with tools.database.reading() as stores:
        handles = {one.handle for one in store.find_evidence(stores, tools.vault, thread).answers}
    assert handles == {old}
    assert handle_of(tools, cast.bob) not in handles


def test_what_was_offered_goes_back_to_the_router(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    old = handle_of(tools, cast.bob)
    assert len(offers(tools, old)) == 1
    start(tools, cast.bob)
    assert offers(tools, old) == []


def test_other_groups_and_other_people_stay(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    own, others = [one.key for one in tools.trade.group_of[SUBJECT].subjects], handle_of(tools, cast.carol)
    before = {subject: handle_of(tools, cast.bob, subject) for subject in tools.trade.subjects}
    start(tools, cast.bob)
    changed = {one for one, handle in before.items() if handle_of(tools, cast.bob, one) != handle}
    assert changed == set(own), "also those he does not work with"
    with tools.database.reading() as stores:
        assert stores.content.get(Expert, others) is not None


@pytest.mark.parametrize("key", ["shellfish", SUBJECT, "nothing"])
def test_not_for_a_group_of_others(app: Flask, tools: Toolbox, cast: Cast, key: str) -> None:
    with pytest.raises(NotThere):
        epochs.own_group(tools.trade, viewer=viewer_of(tools, cast.bob), key=key)
    assert signed_in(app, cast.bob).get(f"/queue/settings/{key}/afresh").status_code == 404


def test_not_for_ever(app: Flask, tools: Toolbox, cast: Cast) -> None:
    for _ in range(epochs.LAST):
        start(tools, cast.bob)
    with pytest.raises(Conflict):
        start(tools, cast.bob)
    assert signed_in(app, cast.bob).get(f"/queue/settings/{GROUP}/afresh").status_code == 404


def told_after(tools: Toolbox, subject: str, *, afresh: bool) -> str:
    """Bob's own page and queue after he answered, handed back and was offered questions that hide this subject, and then
    left what he did in one of his two subjects behind, or one of them altogether."""
    cast = make_cast(tools)
    app = make_app(tools)
    bob = signed_in(app, cast.bob)
    for own in (SUBJECT, COHO):
        post(bob, f"{PAGE}/{own}", {"capacity": "5", "topics": ["disease"]}, page=PAGE)
    for title, do in (("朝に死にます", "answer"), ("昼に死にます", "pass"), ("夜に死にます", "")):
        thread = ask(tools, cast.alice, make_question(subject=subject, title=title, urgent=True))
        work(tools)
        if do == "answer":
            answer_offer(tools, cast.bob, thread)
        elif do:
            bob = signed_in(app, cast.bob)
            post(bob, f"/queue/{offers_of(tools, cast.bob)[0].id}/pass", {"reason": "no_time"}, page=PAGE)
            work(tools, hours=1)
    if afresh:
        post(signed_in(app, cast.bob), f"{PAGE}/{GROUP}/afresh")
    else:
        keeps_only(tools, cast.bob, COHO)
    bob = signed_in(app, cast.bob)
    return sentences(bob) + (texts(bob.get("/queue").text) if afresh else "")


@pytest.mark.parametrize("afresh", [True, False])
def test_what_is_gone_does_not_tell_which_subject_a_question_hides(
    two: tuple[Toolbox, Toolbox], *, afresh: bool
) -> None:
    told = [told_after(tools, subject, afresh=afresh) for tools, subject in zip(two, (SUBJECT, COHO), strict=True)]
    assert "朝に死にます" in told[0]
    assert ("昼に死にます" in told[0]) is not afresh
    assert told[0] == told[1]


def test_it_tells_where_one_subject_begins_afresh_alone(
    two: tuple[Toolbox, Toolbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    def alone(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, group: Group, window: int) -> None:
        handle = experts.answering_handles(stores, trade, viewer)[SUBJECT]
        epochs.erase_handle(stores, vault, handle=handle, window=window)
        write_locker(stores, viewer.secret, "handle-epochs", {SUBJECT: 1})

    monkeypatch.setattr(epochs, "start_afresh", alone)
    told = [told_after(tools, subject, afresh=True) for tools, subject in zip(two, (SUBJECT, COHO), strict=True)]
    assert told[0] != told[1]


def boxes(tools: Toolbox) -> dict[str, tuple[str, str, bytes]]:
    """What a thief without any key sees of each offer."""
    with tools.database.reading() as stores:
        rows = stores.content.execute(select(Offer.id, Offer.thread_id, Offer.label, Offer.sealed)).all()
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def stands_out(tools: Toolbox, cast: Cast) -> tuple[set[str], set[str], set[str]]:
    """The threads that bob was asked in, and those that copies of before and after he began afresh set apart: by an offer
    with another label, by one with another box where there are others with the same."""
    opt_in(tools, cast.carol, capacity=20)
    for title in ("一つめです", "二つめです", "三つめです", "四つめです"):
        if title == "三つめです":
            opt_in(tools, cast.bob, capacity=20)
        ask_question(tools, cast.alice, title=title, urgent=True)
        work(tools)
    mine = {one.thread_id for one in offers_of(tools, cast.bob)}
    before = boxes(tools)
    start(tools, cast.bob)
    after = boxes(tools)
    labels = {one[0] for key, one in after.items() if before[key][1] != one[1]}
    sealed = {one[0] for key, one in after.items() if before[key][2] != one[2]}
    return mine, labels, set() if len(sealed) == len({one[0] for one in before.values()}) else sealed


def test_two_copies_do_not_tell_what_came_to_who_begins_afresh(tools: Toolbox, cast: Cast) -> None:
    mine, *told = stands_out(tools, cast)
    assert len(mine) == 2
    assert told == [set(), set()]


def test_they_tell_where_its_offers_alone_are_written_anew(
    tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def relabel(stores: Stores, vault: Vault, offer: Offered) -> None:
        stores.content.get_one(Offer, offer.id).label = new_id()
        erase(stores, vault, offer)

    erase = offers_at_rest.erase
    monkeypatch.setattr(offers_at_rest, "erase", relabel)
    monkeypatch.setattr(offers_at_rest, "seal_anew", lambda *_: None)
    mine, *told = stands_out(tools, cast)
    assert told == [mine, mine]
