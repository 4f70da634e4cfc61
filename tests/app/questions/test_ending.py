"""One's own part of a thread: end it, switch its mail; contacts end with the thread."""

import re

from flask import Flask
from sqlalchemy import select

from app.accounts.address import own_box
from app.jobs.models import Job
from app.mail.contacts import contacts_of
from app.questions.models import Thread
from app.queues.worker import handlers
from app.wiring import Toolbox
from privacy.boxes import open_box
from privacy.pseudonyms import owner_tag, peer_tag
from tests.app.questions.makers import answer, ask, publish, published
from tests.app.queues.stage import offers_of, opt_in, work
from tests.cast import Cast, Person, post, signed_in, viewer_of

CHANGING = re.compile(r'name="(?:csrf_token|token|opened)" value="[^"]*"|X-CSRFToken[^}]*|csrf-token" content="[^"]*"')


def box_of(tools: Toolbox, person: Person) -> bytes:
    with tools.database.reading() as stores:
        return own_box(stores, tools.vault, tools.post_office_public, viewer=viewer_of(tools, person), locale="ja")


def has_mail(tools: Toolbox, *labels: str) -> bool:
    with tools.database.reading() as stores:
        return bool(contacts_of(stores, labels))


def state_of(tools: Toolbox, thread_id: str) -> str:
    with tools.database.reading() as stores:
        return stores.content.get_one(Thread, thread_id).state


def test_its_author_ends_a_question(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    thread_id = ask(tools, cast.alice, contact=box_of(tools, cast.alice))
    work(tools, hours=4)
    answer(tools, cast.carol, thread_id, contact=box_of(tools, cast.carol))
    work(tools, hours=4)
    tags = owner_tag(cast.alice.secret, thread_id), peer_tag(cast.carol.secret, thread_id)
    assert all(has_mail(tools, tag) for tag in tags)
    browser = signed_in(app, cast.alice)
    reply = post(browser, f"/threads/{thread_id}/close", page=f"/threads/{thread_id}")
    assert reply.status_code == 303
    work(tools, hours=4)
    assert state_of(tools, thread_id) == "closed"
    browser = signed_in(app, cast.alice)
    assert not has_mail(tools, *tags)
    page = browser.get(f"/threads/{thread_id}").text
    assert "終わりました" in page
    assert "夜明け前に酸素を測ってみてください。" in page
    bobs = signed_in(app, cast.bob).get("/queue").text
    assert offers_of(tools, cast.bob)
    assert thread_id not in bobs
    assert "銀白色" not in bobs


def test_nobody_sees_at_which_minute_a_question_was_ended(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """Its author alone is told that it will be; the mutant ends it in their own request."""
    thread_id = ask(tools, cast.alice)
    work(tools, hours=4)
    answer(tools, cast.carol, thread_id)
    work(tools, hours=4)
    page, reader, browser = f"/threads/{thread_id}", signed_in(app, cast.bob), signed_in(app, cast.alice)

    def seen() -> list[str]:
        return [CHANGING.sub("", reader.get(path).text) for path in ("/threads", page, "/square", "/")]

    before = seen()
    assert post(browser, f"{page}/close", page=page).status_code == 303
    own = browser.get(page).text
    assert "受け取りました" in own
    assert f"{page}/close" not in own
    assert post(browser, f"{page}/close", page=page).status_code == 303, "once more is the same"
    assert seen() == before
    work(tools, hours=4)
    reader = signed_in(app, cast.bob)
    assert seen() != before
    assert state_of(tools, thread_id) == "closed"


def test_an_ended_question_takes_no_new_contact(tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    answer(tools, cast.carol, thread_id, contact=box_of(tools, cast.carol))
    with tools.database.transaction("content") as stores:
        stores.content.get_one(Thread, thread_id).state = "closed"
    publish(tools)
    assert not has_mail(tools, peer_tag(cast.carol.secret, thread_id))


def test_mail_of_one_thread_goes_off_and_on(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice, contact=box_of(tools, cast.alice))
    other = published(tools, cast.alice, contact=box_of(tools, cast.alice))
    browser, page = signed_in(app, cast.alice), f"/threads/{thread_id}"
    tag = owner_tag(cast.alice.secret, thread_id)
    assert "メールを止める" in browser.get(page).text
    post(browser, f"{page}/mail", {"wanted": ""}, page=page)
    assert not has_mail(tools, tag)
    assert has_mail(tools, owner_tag(cast.alice.secret, other))
    assert "メールで知らせる" in browser.get(page).text
    post(browser, f"{page}/mail", {"wanted": "1"}, page=page)
    assert has_mail(tools, tag)


def test_an_answerer_switches_their_own_and_nobody_elses(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice, contact=box_of(tools, cast.alice))
    answer(tools, cast.carol, thread_id, contact=box_of(tools, cast.carol))
    publish(tools)
    page = f"/threads/{thread_id}"
    post(signed_in(app, cast.carol), f"{page}/mail", {"wanted": ""}, page=page)
    assert not has_mail(tools, peer_tag(cast.carol.secret, thread_id))
    assert has_mail(tools, owner_tag(cast.alice.secret, thread_id))
    assert post(signed_in(app, cast.bob), f"{page}/mail", {"wanted": ""}, page=page).status_code == 404


def test_before_its_window_the_contact_waits_with_the_post(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """A row that came with the request would tell when somebody wrote."""
    thread_id = ask(tools, cast.alice)
    browser, page = signed_in(app, cast.alice), f"/threads/{thread_id}"
    tag = owner_tag(cast.alice.secret, thread_id)
    post(browser, f"{page}/mail", {"wanted": "1"}, page=page)
    assert not has_mail(tools, tag)
    assert "メールを止める" in browser.get(page).text
    publish(tools)
    assert has_mail(tools, tag)
    with tools.database.reading() as stores:
        box = contacts_of(stores, [tag])[tag]
    office = (tools.settings.key_folder / "post-office.key").read_bytes()
    assert cast.alice.mail.encode() in open_box(office, box)


def test_contacts_end_a_week_after_the_honest_end(tools: Toolbox, cast: Cast) -> None:
    """Time enough for its author to read of it and to say what becomes of the question."""
    thread_id = ask(tools, cast.alice, contact=box_of(tools, cast.alice))
    work(tools, hours=4)
    tag = owner_tag(cast.alice.secret, thread_id)
    for _ in range(13):
        work(tools, hours=24)
        assert has_mail(tools, tag)
    work(tools, hours=30)
    assert not has_mail(tools, tag)


def test_contacts_end_thirty_days_after_the_last_word(tools: Toolbox, cast: Cast) -> None:
    thread_id = ask(tools, cast.alice, contact=box_of(tools, cast.alice))
    work(tools, hours=4)
    answer(tools, cast.carol, thread_id, contact=box_of(tools, cast.carol))
    work(tools, hours=4)
    tags = owner_tag(cast.alice.secret, thread_id), peer_tag(cast.carol.secret, thread_id)
    work(tools, hours=29 * 24)
    assert all(has_mail(tools, tag) for tag in tags)
    work(tools, hours=2 * 24)
    assert not has_mail(tools, *tags)
    assert "quiet" in handlers(tools)
    with tools.database.reading() as stores:
        assert stores.content.scalars(select(Job.id).where(Job.kind == "quiet")).all() == []
