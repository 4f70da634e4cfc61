"""What falls with notes, with the post office's book, and with the link in a letter."""

import json
import re
import time

from sqlalchemy import select
from standardwebhooks import Webhook

from app.keyfiles import KeyFolder
from app.mail.hooks import Hook, headers_of, new_secret
from app.mail.mailbox import Mailbox
from app.mail.models import PostBook
from app.mail.orders import leave_hook, leave_move
from app.mail.wishes import Wishes
from app.notices.models import Note
from app.notices.service import STRETCH, tell
from app.questions.models import Thread
from app.wiring import Toolbox
from privacy.boxes import open_box
from privacy.errors import PrivacyError
from tests.app.mail.counter import Counter
from tests.app.pages.thieves import box_of, file_of
from tests.app.questions.makers import ask, make_question
from tests.app.queues.stage import work
from tests.cast import Cast


def check_notes_are_counted(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """How many, and about when; the labels stand in no other column, and what is sealed has one length."""
    with tools.database.transaction("content") as stores:
        owner = stores.content.get_one(Thread, thread_id).owner_tag
        for kind in ("answered", "joined", "course_third_within"):
            tell(stores, tools.vault, label=owner, kind=kind, due=tools.window, thread=thread_id)
    with tools.database.reading() as stores:
        rows = stores.content.scalars(select(Note)).all()
    assert len(rows) >= 3, len(rows)
    assert {row.stretch for row in rows} == {tools.window // STRETCH}
    assert len({len(row.sealed) for row in rows}) == 1
    dump = file_of(tools, "content")
    assert all(row.label not in (owner, thread_id) for row in rows)
    assert b"course_third" not in dump


def told_by_mail(tools: Toolbox, cast: Cast) -> Counter:
    """A post office that has written to Alice about a question of hers, and knows what she wishes."""
    told = ask(tools, cast.alice, make_question(), contact=box_of(tools, cast.alice))
    work(tools, hours=4)
    counter = Counter(tools)
    counter.wish(Wishes(wakes=6, sleeps=20), cast.alice.mail)
    counter.work()
    with tools.database.reading() as stores:
        label = stores.content.get_one(Thread, told).owner_tag
    counter.tell("answered", label)
    counter.tell("other", label)
    counter.work()
    return counter


def check_book(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    counter = told_by_mail(tools, cast)
    assert cast.alice.mail.encode() not in file_of(tools, "content")
    with tools.database.reading() as stores:
        box = stores.content.scalars(select(PostBook.box)).one()
    found = json.loads(open_box(KeyFolder(tools.settings.key_folder).post_office().private, box))
    entry = found[cast.alice.mail]
    assert (entry["wishes"]["wakes"], entry["silent"], [one["kind"] for one in entry["waiting"]]) == (6, 1, ["other"])
    counter.see()
    counter.wait(24 * 7, step=24)
    assert set(entry) == set(json.loads(json.dumps(entry))) == {
        "locale", "address", "id", "wishes", "waiting", "routed", "last", "silent", "pace", "refused", "without_digest",
        "hook",
    }, "there is nowhere to write down when somebody was here"  # fmt: skip
    with tools.database.transaction("content") as stores:
        to = Mailbox("elsewhere@mail.example", "e" * 32)
        leave_move(
            stores, tools.vault, tools.post_office_public, was=Mailbox(cast.alice.mail), to=to, window=tools.window
        )
    counter.work()
    with tools.database.reading() as stores:
        box = stores.content.scalars(select(PostBook.box)).one()
    found = json.loads(open_box(KeyFolder(tools.settings.key_folder).post_office().private, box))
    assert found["moved"] == {cast.alice.mail: [to.address, to.name]}, "which two were one member's, and not since when"


def check_hooks(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """Address and secret are in the book, and with the secret whatever its reader would take can be signed."""
    counter = told_by_mail(tools, cast)
    url, secret = "https://hooks.member.example/shiome", new_secret()
    with tools.database.transaction("content") as stores:
        leave_hook(
            stores, tools.vault, tools.post_office_public, mailbox=Mailbox(cast.alice.mail), locale="ja",
            hook=Hook(url, secret, 1), window=tools.window,
        )  # fmt: skip
    counter.work()
    assert not {
        one
        for store in ("content", "identity", "keys")
        for one in (url, secret)
        if one.encode() in file_of(tools, store)
    }
    with tools.database.reading() as stores:
        box = stores.content.scalars(select(PostBook.box)).one()
    found = json.loads(open_box(KeyFolder(tools.settings.key_folder).post_office().private, box))[cast.alice.mail][
        "hook"
    ]
    assert (found["url"], found["secret"]) == (url, secret)
    body = b'{"type":"notice.picked"}'
    forged = headers_of(found["secret"], message_id="made-up", seconds=time.time(), body=body)
    assert Webhook(secret).verify(body, dict(forged)) == {"type": "notice.picked"}


def check_link(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    counter = told_by_mail(tools, cast)
    found = re.fullmatch(r"https://shiome\.example/unsubscribe/([\w-]+)", counter.letters[-1].unsubscribe)
    assert found
    from app.mail.orders import token_box

    box = token_box(found[1])
    assert box is not None
    for ring in ("jobs.sealed", "notes.sealed", "data-key"):
        try:
            opened = open_box(tools.vault.ring(ring)[0].secret, box)
        except PrivacyError:
            opened = b""
        assert opened == b""
    assert box not in file_of(tools, "content") + file_of(tools, "identity") + file_of(tools, "keys")
