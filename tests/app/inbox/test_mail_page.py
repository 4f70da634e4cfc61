"""How somebody wants mail: kept in their own locker, told to the post office in a closed box, and nowhere else."""

import re

from flask import Flask
from sqlalchemy import select

from app.jobs.models import Job
from app.mail.kinds import MAILS, OFF, WEEKLY
from app.mail.models import Contact
from app.mail.wishes import Wishes
from app.queues.service import set_contact
from app.wiring import Toolbox
from tests.app.mail.counter import Counter
from tests.app.pages.thieves import box_of, file_of, handle_of
from tests.cast import Cast, post, signed_in

CHOSEN = {"often_picked": OFF, "often_answered": WEEKLY, "wakes": "5", "sleeps": "19", "urgent": "1"}


def test_what_was_chosen_is_shown_again_and_reaches_the_post_office(app: Flask, tools: Toolbox, cast: Cast) -> None:
    browser = signed_in(app, cast.alice)
    assert post(browser, "/account/mail", dict(CHOSEN)).location == "/account/mail"
    page = browser.get("/account/mail").text
    assert re.search(r'name="often_picked".*?value="off" selected', page, re.S)
    assert re.search(r'name="wakes".*?value="5" selected', page, re.S)
    assert re.search(r'name="urgent"[^>]*checked', page)
    counter = Counter(tools)
    counter.work()
    assert counter.entry(cast.alice.mail).wishes == Wishes({"picked": OFF, "answered": WEEKLY}, 5, 19, True)


def test_before_anything_was_chosen_the_page_says_what_is_usual(app: Flask, cast: Cast) -> None:
    page = signed_in(app, cast.alice).get("/account/mail").text
    for kind, one in MAILS.items():
        assert re.search(rf'name="often_{kind}".*?value="{one.usual}" selected', page, re.S), kind
    assert "宛先を預けていません" in page
    assert "届いたという事実は残ります" in page


def test_who_left_an_address_is_not_told_to_leave_one(app: Flask, tools: Toolbox, cast: Cast) -> None:
    with tools.database.transaction("content") as stores:
        set_contact(stores, label=handle_of(tools, cast.bob), box=box_of(tools, cast.bob))
    assert "宛先を預けていません" not in signed_in(app, cast.bob).get("/account/mail").text


def test_no_contact_is_touched_and_no_list_of_handles_is_made(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """Two copies of the file, of before and after: contacts that changed together would be one member's."""
    with tools.database.transaction("content") as stores:
        for person in (cast.bob, cast.carol):
            set_contact(stores, label=handle_of(tools, person), box=box_of(tools, person))

    def contacts() -> dict[str, bytes]:
        with tools.database.reading() as stores:
            return {row.label: row.box for row in stores.content.scalars(select(Contact))}

    before = contacts()
    post(signed_in(app, cast.bob), "/account/mail", dict(CHOSEN))
    with tools.database.reading() as stores:
        jobs = stores.content.scalars(select(Job).where(Job.kind == "order")).all()
        said = [tools.vault.open(job.sealed, table="jobs", column="sealed", row=job.id) for job in jobs]
    assert len({len(one["box"]) for one in said}) == 1, "a wish, and that somebody was here, look alike"
    assert all(set(one) == {"box", "everything", "link"} for one in said), "closed for whoever has the root key, too"
    Counter(tools).work()
    assert contacts() == before
    dump = file_of(tools, "content")
    for word in (cast.bob.mail, OFF + '"', WEEKLY):
        assert word.encode() not in dump


def test_nonsense_is_as_usual(app: Flask, tools: Toolbox, cast: Cast) -> None:
    browser = signed_in(app, cast.alice)
    post(browser, "/account/mail", {"often_picked": "hourly", "wakes": "99", "sleeps": "x"})
    counter = Counter(tools)
    counter.work()
    assert counter.entry(cast.alice.mail).wishes == Wishes()
