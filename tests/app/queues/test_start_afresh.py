"""A new inbox in one subject: nothing of the old one leads to it."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.errors import Conflict, NotThere
from app.mail.models import Contact
from app.queues import epochs, experts
from app.queues.models import Expert, Offer
from app.vectors import store
from app.wiring import Toolbox
from tests.app.questions.makers import answer
from tests.app.queues.stage import ask_question, opt_in, work
from tests.cast import Cast, Person, csrf_of, post, signed_in, viewer_of

SUBJECT = "rainbow-trout"


def start(tools: Toolbox, person: Person, subject: str = SUBJECT) -> None:
    with tools.database.transaction("content") as stores:
        epochs.start_afresh(stores, tools.vault, viewer=viewer_of(tools, person), subject=subject, window=tools.window)


def handle_of(tools: Toolbox, person: Person) -> str:
    with tools.database.reading() as stores:
        return experts.own_handles(stores, viewer_of(tools, person))[SUBJECT]


def offers(tools: Toolbox, handle: str) -> list[Offer]:
    with tools.database.reading() as stores:
        return list(stores.content.scalars(select(Offer).where(Offer.inbox == handle)))


def test_works(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    old = handle_of(tools, cast.bob)
    bob = signed_in(app, cast.bob)
    assert "新しい受信箱にする" in bob.get("/queue/settings").text
    path = f"/queue/settings/{SUBJECT}/afresh"
    assert bob.get(path).status_code == 200
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


def test_other_subjects_and_other_people_stay(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    before = handle_of(tools, cast.carol)
    with tools.database.reading() as stores:
        other = experts.own_handles(stores, viewer_of(tools, cast.bob))["coho-salmon"]
    start(tools, cast.bob)
    with tools.database.reading() as stores:
        assert experts.own_handles(stores, viewer_of(tools, cast.bob))["coho-salmon"] == other
        assert stores.content.get(Expert, before) is not None


def test_not_for_a_subject_of_others_and_not_for_ever(app: Flask, tools: Toolbox, cast: Cast) -> None:
    with pytest.raises(NotThere):
        start(tools, cast.bob, "oyster")
    for _ in range(epochs.LAST):
        start(tools, cast.bob)
    with pytest.raises(Conflict):
        start(tools, cast.bob)
    assert signed_in(app, cast.bob).get(f"/queue/settings/{SUBJECT}/afresh").status_code == 404
