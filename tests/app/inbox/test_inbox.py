"""The inbox: what happened, found by its reader's own secret, with what can be done next."""

import re

from flask import Flask
from sqlalchemy import select

from app.clock import SetClock
from app.db import METADATA, Stores
from app.inbox.heard import heard
from app.inbox.labels import own_labels
from app.mail.kinds import MAILS, NOW
from app.notices.kinds import KINDS
from app.notices.models import Note
from app.notices.service import notes_of, tell
from app.processes import NOTE_DAYS, forget_notes
from app.wiring import Toolbox
from privacy.pseudonyms import owner_tag
from tests.app.pages.thieves import stranger
from tests.app.questions.makers import TITLE, answer, published
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, Person, post, signed_in, viewer_of


def inbox(app: Flask, person: Person) -> str:
    return signed_in(app, person).get("/inbox").text


def told(tools: Toolbox, person: Person) -> list[str]:
    """The kinds a person finds by their own secret."""
    with tools.database.reading() as stores:
        own = own_labels(stores, tools.trade, person.secret)
        return [one.kind for one in heard(stores, tools.vault, own, window=tools.window)]


def leave(tools: Toolbox, person: Person, thread_id: str, kind: str, **words: str) -> None:
    """A note under a person's owner tag."""
    with tools.database.transaction("content") as stores:
        label = str(owner_tag(person.secret, thread_id))
        tell(stores, tools.vault, label=label, kind=kind, due=tools.window, thread=thread_id, words=words)


def test_whoever_is_asked_and_whoever_is_answered_finds_it_there(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    thread_id = ask_question(tools, cast.alice, title=TITLE)
    work(tools, hours=4)
    work(tools, hours=1)
    browser = signed_in(app, cast.bob)
    page = browser.get("/inbox").text
    assert "あなたに質問が届きました。" in page
    assert TITLE in page
    offer = offers_of(tools, cast.bob)[0].id
    assert f'value="/queue/{offer}"' in page
    answer(tools, cast.bob, thread_id)
    work(tools, hours=4)
    work(tools, hours=1)
    page = inbox(app, cast.alice)
    assert "あなたあての書き込みがありました。" in page
    assert f'value="/threads/{thread_id}"' in page
    assert "joined" not in told(tools, cast.bob)


def test_what_is_not_yet_due_is_not_there(tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    with tools.database.transaction("content") as stores:
        label = str(owner_tag(cast.alice.secret, thread_id))
        tell(stores, tools.vault, label=label, kind="answered", due=tools.window + 1, thread=thread_id)
    assert told(tools, cast.alice) == []
    tools.clock.move(hours=1)  # type: ignore[attr-defined]
    assert told(tools, cast.alice) == ["answered"]


def test_the_asker_writes_to_who_answered_and_they_to_the_asker(tools: Toolbox, cast: Cast) -> None:
    """A second answer is told to the asker at once, and to the first answerer with all else."""
    thread_id = published(tools, cast.alice)
    for person in (cast.bob, cast.carol):
        answer(tools, person, thread_id)
        work(tools, hours=4)
    work(tools, hours=1)
    assert told(tools, cast.alice) == ["answered", "answered"]
    assert told(tools, cast.bob) == ["joined"]
    assert told(tools, cast.carol) == []
    assert (KINDS["answered"].mail, KINDS["joined"].mail) == ("answered", "other")


def test_nobody_else_finds_it_and_nothing_shows_elsewhere(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    browser = signed_in(app, cast.alice)
    before = re.sub(r'value="[^"]*"|"X-CSRFToken": "[^"]*"', "", browser.get("/ask").text)
    leave(tools, cast.alice, thread_id, "answered")
    after = re.sub(r'value="[^"]*"|"X-CSRFToken": "[^"]*"', "", browser.get("/ask").text)
    assert before == after, "no counter, no dot"
    for other in (cast.bob, cast.dave, cast.erin):
        page = inbox(app, other)
        assert TITLE not in page
        assert "お知らせはありません" in page


def test_read_marks_are_the_readers_own(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """Opening one marks it; one button marks all; neither changes anything under the note's label."""
    thread_id = published(tools, cast.alice)
    for _ in range(3):
        leave(tools, cast.alice, thread_id, "answered")
    before = notes(tools)
    browser = signed_in(app, cast.alice)
    page = browser.get("/inbox").text
    assert page.count("未読") == 3
    found = re.search(r'name="note" value="([0-9a-f]+)"', page)
    assert found
    opened = post(browser, "/inbox/read", {"note": found[1], "next": f"/threads/{thread_id}"}, page="/inbox")
    assert opened.location == f"/threads/{thread_id}"
    assert browser.get("/inbox").text.count("未読") == 2
    post(browser, "/inbox/read", page="/inbox")
    page = browser.get("/inbox").text
    assert "未読" not in page
    assert "すべて読んだことにする" not in page
    assert notes(tools) == before
    assert inbox(app, cast.alice).count("未読") == 0, "in another browser too"


def test_next_leads_nowhere_else(app: Flask, cast: Cast) -> None:
    browser = signed_in(app, cast.alice)
    for next_one in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        assert post(browser, "/inbox/read", {"note": "0", "next": next_one}, page="/inbox").location == "/"
        assert browser.get("/inbox/first", query_string={"next": next_one}).location == "/"


def test_a_title_is_shown_only_to_who_may_read_it(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """An expert who handed the question back hears no more of it, where it was for the asked alone."""
    from privacy.scopes import Audience

    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, title=TITLE, audience=Audience.EXPERTS)
    work(tools, hours=4)
    work(tools, hours=1)
    browser = signed_in(app, cast.bob)
    assert TITLE in browser.get("/inbox").text
    offer = offers_of(tools, cast.bob)[0].id
    assert post(browser, f"/queue/{offer}/pass", {"reason": "no_time"}, page=f"/queue/{offer}").status_code == 303
    page = browser.get("/inbox").text
    assert "あなたに質問が届きました。" in page
    assert TITLE not in page
    assert 'value="/queue"' in page


def test_a_question_that_is_gone_takes_its_notes_along(app: Flask, tools: Toolbox, cast: Cast) -> None:
    from app.questions.models import Thread

    opt_in(tools, cast.bob)
    thread_id = ask_question(tools, cast.alice)
    work(tools, hours=4)
    work(tools, hours=1)
    assert "picked" in told(tools, cast.bob)
    with tools.database.transaction("content") as stores:
        stores.content.delete(stores.content.get_one(Thread, thread_id))
    assert "あなたに質問が届きました。" not in inbox(app, cast.bob)


def test_starting_afresh_and_leaving_take_the_notes(app: Flask, tools: Toolbox, cast: Cast) -> None:
    from app.leaving import steps
    from app.queues.epochs import start_afresh

    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice)
    work(tools, hours=4)
    work(tools, hours=1)
    own = published(tools, cast.bob)
    leave(tools, cast.bob, own, "answered")
    assert "picked" in told(tools, cast.bob)
    assert len(notes(tools)) == 1
    with tools.database.transaction("content") as stores:
        bob = viewer_of(tools, cast.bob)
        group = tools.trade.group_of["rainbow-trout"]
        start_afresh(stores, tools.vault, tools.trade, viewer=bob, group=group, window=tools.window)
    assert "picked" not in told(tools, cast.bob)
    assert len(notes(tools)) == 1
    steps.leave(tools, viewer_of(tools, cast.bob), texts="keep")
    assert notes(tools) == {}


def test_old_ones_go(tools: Toolbox, cast: Cast, clock: SetClock) -> None:
    thread_id = published(tools, cast.alice)
    leave(tools, cast.alice, thread_id, "answered")
    clock.move(hours=24 * NOTE_DAYS)
    forget_notes(tools)
    assert len(notes(tools)) == 1, "not a day before"
    clock.move(hours=256)
    forget_notes(tools)
    assert notes(tools) == {}


def test_long_inboxes_have_pages(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    for _ in range(35):
        leave(tools, cast.alice, thread_id, "answered")
    browser = signed_in(app, cast.alice)
    first, second = (browser.get(path).text for path in ("/inbox", "/inbox?page=1"))
    assert (first.count("未読"), second.count("未読")) == (30, 5)
    assert "/inbox?page=1" in first
    assert "お知らせはありません" in browser.get("/inbox?page=9").text


def test_every_kind_leads_somewhere(app: Flask, tools: Toolbox, cast: Cast) -> None:
    router = app.url_map.bind("shiome.example")
    for kind, one in KINDS.items():
        path = one.page.format(thread="0" * 32, offer="0" * 32)
        assert router.match(path, "GET"), kind
        assert one.sentence.endswith(("。", "？")), kind
        assert one.mail in {"", "picked", "answered", "claim", "scope", "other"}, kind


def test_what_has_hours_or_days_to_be_decided_does_not_wait_for_the_weekly_mail() -> None:
    for kind in ("reading_back", "course_reword_proposed", "course_outside_proposed", "course_ended"):
        assert MAILS[KINDS[kind].mail].usual == NOW, kind


def test_an_inbox_is_what_mail_comes_to() -> None:
    """Pages are called what they are called in the menu."""
    for kind, one in KINDS.items():
        assert "受信箱" not in f"{one.sentence} {one.action}", kind
    assert KINDS["claim_ends"].action == "質問を開く"


def test_the_rows_lead_to_nobody(tools: Toolbox, cast: Cast) -> None:
    """Without a key a row says that somebody was told something within ten days: the label is in no other table."""
    thread_id = published(tools, cast.alice)
    leave(tools, cast.alice, thread_id, "answered")
    with tools.database.reading() as stores:
        row = stores.content.scalars(select(Note)).one()
        joined, label = joins(stores), str(owner_tag(cast.alice.secret, thread_id))
        assert joined == set()
        row.label = label  # as it would be found if it were written down as it is
        assert ("threads", "owner_tag") in joins(stores)
        stores.content.rollback()
        row = stores.content.scalars(select(Note)).one()
        assert b"answered" not in row.sealed
        own = own_labels(stores, tools.trade, cast.alice.secret)
        assert notes_of(stores, stranger(), own.all, window=tools.window) == []
        assert [one.thread for one in notes_of(stores, tools.vault, own.all, window=tools.window)] == [thread_id]


def joins(stores: Stores) -> set[tuple[str, str]]:
    """Every clear column of the content file that a note's label or id stands in: what a join could begin with."""
    known = {word for row in stores.content.scalars(select(Note)) for word in (row.id, row.label)}
    found = set()
    for table in METADATA["content"].sorted_tables:
        for column in table.columns:
            if table.name != "notes" and known & {str(one) for one in stores.content.scalars(select(column))}:
                found.add((table.name, column.name))
    return found


def notes(tools: Toolbox) -> dict[str, bytes]:
    with tools.database.reading() as stores:
        return {row.id: row.sealed for row in stores.content.scalars(select(Note))}


def card_of(page: str) -> str:
    """The card of what was told last on the way of a question."""
    cards = (one.split("</article>")[0] for one in page.split("<article")[1:])
    return next(one for one in cards if "「回答を待っている質問」として出しました。" in one)


def test_what_is_told_on_the_way_of_one_question_is_one_card(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """The newest stands, the older ones fold behind it; reading it reads them all. Two questions are two cards."""
    thread_id, other = (published(tools, cast.alice, token=one) for one in ("one", "two"))
    for kind in ("course_second", "course_third", "course_domain"):
        leave(tools, cast.alice, thread_id, kind)
        tools.clock.move(hours=24)  # type: ignore[attr-defined]
    leave(tools, cast.alice, other, "course_second")
    leave(tools, cast.alice, thread_id, "answered")
    browser = signed_in(app, cast.alice)
    page = browser.get("/inbox").text
    assert page.count('<article class="card">') == 3
    card = card_of(page)
    shown, folded = card.split("<details")
    assert "次の段階に進みました。" not in shown
    assert "近い分野の経験者にも広げました。" in folded
    assert "次の段階に進みました。" in folded
    ids = re.findall(r'name="note" value="([^"]+)"', card)
    assert len(ids[0].split()) == 3
    post(browser, "/inbox/read", {"note": ids, "next": "/inbox"}, page="/inbox")
    page = browser.get("/inbox").text
    card = card_of(page)
    assert "未読" not in card
    assert page.count("未読") == 2
