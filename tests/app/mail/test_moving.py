"""Somebody changed their address: what was meant for them follows, nobody else's does, and no file tells whose it was."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from itertools import pairwise, permutations

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from app.accounts.address import own_box
from app.accounts.digest import Subscriber, send_all
from app.db import METADATA
from app.keyfiles import KeyFolder
from app.mail.book import Book, Entry, read_book
from app.mail.contacts import set_contact
from app.mail.forgetting import forget_mailbox
from app.mail.kinds import OFF, WEEKLY
from app.mail.letters import NOTICE_SUBJECT
from app.mail.mailbox import Mailbox
from app.mail.models import Contact, PostBook
from app.mail.orders import leave_move, leave_seen, token_box
from app.mail.resting import come_back, rest
from app.mail.service import address_box
from app.mail.wishes import Wishes
from app.rotation.post import PostRotation
from app.wiring import Toolbox
from privacy.boxes import open_box, seal_box
from tests.app.accounts.test_address import NEW
from tests.app.mail.counter import MAIL, Counter
from tests.app.mail.test_office import Sink, make_office, port_of, sink
from tests.cast import Cast, post, signed_in, viewer_of

__all__ = ["sink"]
B, C = "b@mail.example", "c@mail.example"
FIRST, SECOND, BACK = Mailbox(MAIL), Mailbox(B, "2" * 32), Mailbox(MAIL, "3" * 32)
OTHER = Mailbox(MAIL, "9" * 32)  # somebody who signed up where the first had been


@pytest.fixture
def counter(tools: Toolbox) -> Counter:
    made = Counter(tools)
    made.contact("a" * 32)
    return made


def contact(counter: Counter, label: str, mailbox: Mailbox) -> None:
    with counter.tools.database.transaction("content") as stores:
        set_contact(stores, label=label, box=address_box(counter.tools.post_office_public, mailbox, locale="ja"))


def move(counter: Counter, *way: Mailbox) -> None:
    for was, to in pairwise(way):
        with counter.tools.database.transaction("content") as stores:
            tools = counter.tools
            leave_move(stores, tools.vault, tools.post_office_public, was=was, to=to, window=tools.window)


def told(counter: Counter, *labels: str) -> list[str]:
    """Whom a letter reaches when something happens under each of these labels."""
    before = len(counter.letters)
    for label in labels:
        counter.tell("answered", label)
    counter.wait(2)
    return [letter.address for letter in counter.letters[before:]]


def book_of(counter: Counter) -> Book:
    with counter.tools.database.reading() as stores:
        return read_book(stores, counter.office.boxes.open)


def test_notices_follow_through_a_chain_and_back(counter: Counter) -> None:
    assert told(counter, "a" * 32) == [MAIL]
    move(counter, FIRST, SECOND)
    assert told(counter, "a" * 32) == [B]
    contact(counter, "b" * 32, SECOND)
    move(counter, SECOND, Mailbox(C, "4" * 32))
    assert told(counter, "a" * 32, "b" * 32) == [C], "one entry, one letter"
    move(counter, Mailbox(C, "4" * 32), BACK)
    assert told(counter, "a" * 32, "b" * 32) == [MAIL]
    assert len(book_of(counter).entries) == 1


def outcomes(counter: Counter) -> tuple[list[str], list[str]]:
    """Whom mail of the former holder reaches, and that of who has the address now."""
    contact(counter, "d" * 32, OTHER)
    return told(counter, "a" * 32), told(counter, "d" * 32)


@pytest.mark.parametrize("orders", list(permutations(range(3))))
def test_who_takes_an_address_over_gets_their_own_mail_and_no_other(counter: Counter, orders: tuple[int, ...]) -> None:
    """In whatever order the post office hears of three moves that made room for one another in one window."""
    moves = [
        (FIRST, SECOND),
        (SECOND, Mailbox(C, "4" * 32)),
        (Mailbox("z@mail.example", "8" * 32), Mailbox(B, "7" * 32)),
    ]
    contact(counter, "e" * 32, Mailbox("z@mail.example", "8" * 32))
    told(counter, "a" * 32, "e" * 32)
    for number in orders:
        move(counter, *moves[number])
        counter.office.obey()
    assert outcomes(counter) == ([C], [MAIL])
    assert told(counter, "e" * 32) == [B]
    assert {key: one.address for key, one in book_of(counter).entries.items()} == {
        "4" * 32: C, "7" * 32: B, "9" * 32: MAIL,
    }  # fmt: skip


def test_where_only_the_address_tells_the_wrong_one_gets_it(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the test above is there to see: moves by address alone carry the newcomer's mail to who was there before."""
    monkeypatch.setattr(Mailbox, "key", property(lambda self: self.address))
    move(counter, FIRST, SECOND)
    assert outcomes(counter) == ([B], [B])


def test_what_the_book_has_moves_along(counter: Counter) -> None:
    """Wishes, what waits, the pace, the days of routed letters, and the entry that the links of older letters name."""
    counter.wish(Wishes({"claim": WEEKLY}))
    counter.tell("claim")
    counter.tell("picked")
    assert [kind for _, _, kind in counter.work()] == ["picked"]
    link = counter.letters[-1].unsubscribe.rpartition("/")[2]
    before = counter.entry()
    contact(counter, "d" * 32, OTHER)
    move(counter, FIRST, SECOND)
    counter.work()
    after = counter.entry(B)
    assert (after.id, after.wishes, after.waiting, after.routed) == (
        before.id,
        before.wishes,
        before.waiting,
        before.routed,
    )
    assert before.waiting
    assert told(counter, "d" * 32) == [MAIL]
    counter.stop(link, everything=True)
    assert told(counter, "a" * 32, "d" * 32) == [MAIL], (
        "the link in the old mailbox ends the member's mail, and no other's"
    )
    assert counter.entry(B).wishes == Wishes().stopping({"picked", "answered", "claim", "scope", "other"})


def test_orders_that_were_on_their_way_find_them(counter: Counter, tools: Toolbox) -> None:
    """That somebody was here is said up to three days late, and a wish may be heard before the move is."""
    counter.tell("answered")
    counter.work()
    assert counter.entry().silent == 1
    with tools.database.transaction("content") as stores:
        leave_seen(
            stores, tools.vault, tools.post_office_public, mailbox=FIRST, window=tools.window, window_seconds=3600
        )
    move(counter, FIRST, SECOND)
    counter.wait(72)
    assert counter.entry(B).silent == 0
    assert told(counter, "a" * 32) == [B]
    book = Book({MAIL: Entry("ja", MAIL, id="x", refused=2), SECOND.key: Entry("en", B, wishes=Wishes({"claim": OFF}))})
    book.move(FIRST, SECOND)
    (entry,) = book.entries.values()
    assert (entry.id, entry.address, entry.locale, entry.refused) == ("x", B, "en", 0)
    assert entry.wishes == Wishes({"claim": OFF})


def test_who_pauses_and_moves_rests_all_the_while(counter: Counter, tools: Toolbox) -> None:
    with tools.database.transaction("content") as stores:
        rest(stores, tools.vault, tools.post_office_public, mailbox=FIRST, token="t" * 32)
    move(counter, FIRST, SECOND)
    contact(counter, "b" * 32, SECOND)
    assert outcomes(counter) == ([], [MAIL])
    assert told(counter, "b" * 32) == []
    with tools.database.transaction("content") as stores:
        come_back(stores, tools.vault, token="t" * 32)
    assert told(counter, "a" * 32, "b" * 32) == [B]


def test_leaving_ends_what_older_addresses_left_and_forgets_the_way_last(counter: Counter, tools: Toolbox) -> None:
    """A contact that comes out after the first round, under the first address, is found by the second."""
    move(counter, FIRST, SECOND)
    contact(counter, "b" * 32, SECOND)
    contact(counter, "d" * 32, OTHER)
    assert sorted(told(counter, "a" * 32, "d" * 32)) == [B, MAIL]
    for last, label in ((False, "f" * 32), (True, "")):
        with tools.database.transaction("content") as stores:
            forget_mailbox(stores, tools.vault, tools.post_office_public, mailbox=SECOND, due=tools.window, last=last)
        counter.work()
        with tools.database.reading() as stores:
            assert set(stores.content.scalars(select(Contact.label))) == {"d" * 32}
        assert [one.address for one in book_of(counter).entries.values()] == [MAIL]
        assert bool(book_of(counter).moved) is not last
        if label:
            counter.contact(label)
    assert told(counter, "d" * 32) == [MAIL]


def test_the_letter_at_fixed_hours_goes_where_they_are(counter: Counter, tools: Toolbox) -> None:
    """Also one that was on its way, with a link to the same entry; a code goes to the address it is to prove."""
    told(counter, "a" * 32)
    entry = counter.entry().id
    move(counter, FIRST, SECOND)
    counter.office.obey()
    with tools.database.transaction("content") as stores:
        send_all(stores, tools.vault, tools.post_office_public, to=[Subscriber(FIRST, "ja")], window=tools.window)
    counter.work()
    assert counter.letters[-1].address == B
    assert counter.entry(B).id == entry
    assert len(book_of(counter).entries) == 1
    letter = counter.office._write("no_account", {"address": MAIL, "locale": "ja"})
    assert letter is not None
    assert letter.address == MAIL


@pytest.mark.parametrize(
    "said",
    [
        {"do": "moved", "address": MAIL, "to": {"address": B}},
        {"do": "wishes", "address": MAIL, "locale": "en", "wishes": Wishes({"answered": OFF}).as_data()},
        {"do": "wishes"}, {"do": "seen", "address": MAIL}, {}, [], {"id": "", "kinds": []},
    ],
)  # fmt: skip
def test_a_link_somebody_made_up_moves_nobody(counter: Counter, tools: Toolbox, said: object) -> None:
    """Whoever has the public key can close a box and send it as a link: it carries no mail away and holds up nobody's."""
    told(counter, "a" * 32)
    before = book_of(counter)
    box = seal_box(tools.post_office_public, json.dumps(said).encode(), pad_to=32)
    token = urlsafe_b64encode(box).decode().rstrip("=")
    assert token_box(token) == box, "it passes for a link"
    counter.stop(token, everything=True)
    counter.work()
    assert book_of(counter) == before
    assert counter.jobs() == []
    assert told(counter, "a" * 32) == [MAIL]


def test_a_book_and_boxes_of_before_there_were_names(counter: Counter, tools: Toolbox) -> None:
    told(counter, "a" * 32)
    public = tools.post_office_public
    with tools.database.transaction("content") as stores:
        row = stores.content.scalars(select(PostBook)).one()
        found = json.loads(counter.office.boxes.open(row.box))
        del found["moved"], found[MAIL]["address"]
        row.box = seal_box(public, json.dumps(found).encode(), pad_to=65536)
        old = seal_box(public, json.dumps({"address": MAIL, "locale": "ja"}).encode(), pad_to=512)
        set_contact(stores, label="a" * 32, box=old)
    entry = counter.entry().id
    move(counter, FIRST, SECOND)
    assert told(counter, "a" * 32) == [B]
    assert counter.entry(B).id == entry


def test_a_new_pair_of_keys_loses_no_way(counter: Counter, tools: Toolbox) -> None:
    """The move that was heard and the one on its way; boxes come out as long as they went in."""
    move(counter, FIRST, SECOND)
    counter.work()
    move(counter, SECOND, Mailbox(C, "4" * 32))
    keys = KeyFolder(tools.settings.key_folder)
    keys.add_post_office()
    keys.publish_post_office()
    turned = PostRotation(tools.database, tools.vault, list(keys.post_offices().values()), pause=lambda _: None)
    assert set(turned.under_older()) == {"contacts.box", "post_book.box", "jobs.sealed"}
    assert turned.run() == {}
    (keys.path / "post-office-0001.key").unlink()
    assert told(counter, "a" * 32) == [C]


def test_over_a_real_relay(tools: Toolbox, counter: Counter, sink: tuple[Sink, Controller]) -> None:
    handler, server = sink
    contact(counter, "d" * 32, OTHER)
    move(counter, FIRST, SECOND)
    counter.tell("answered", "a" * 32)
    counter.tell("picked", "d" * 32)
    make_office(tools, port_of(server)).run_until_idle()
    assert {(mail["To"], "新しい書き込み" in mail.get_content()) for mail in handler.mails} == {
        (B, True),
        (MAIL, False),
    }  # type: ignore[attr-defined]
    assert {mail["Subject"] for mail in handler.mails} == {NOTICE_SUBJECT["ja"]}


# ---------------------------------------------------------------- two copies of the content file


def copy_of(tools: Toolbox) -> dict[str, set[tuple[object, ...]]]:
    """Every row of the content file as a thief has it, with the root key or without."""
    with tools.database.reading() as stores:
        return {
            table.name: {tuple(row) for row in stores.content.execute(select(table))}
            for table in METADATA["content"].sorted_tables
        }


def rewritten(tools: Toolbox, cast: Cast) -> None:
    """The mutant: a change of address that closes every box of its member anew."""
    opener = Counter(tools).office.boxes
    with tools.database.transaction("content") as stores:
        for row in stores.content.scalars(select(Contact)):
            if opener.mailbox_in(row.box).address == cast.alice.mail:
                row.box = address_box(tools.post_office_public, Mailbox(NEW, "5" * 32), locale="ja")


def changed_by_hand(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """What the service does: through its pages, and the post office's work after it."""
    client, counter = signed_in(app, cast.alice), Counter(tools)
    post(client, "/account/address", {"mail": NEW, "current": cast.alice.password})
    counter.work()
    body = next(one.body for one in counter.letters if one.address == NEW)
    post(client, "/account/address/code", {"code": body.split(": ")[1].split()[0]})
    counter.work()
    assert [one.address for one in counter.letters if "変わりました" in one.body] == [cast.alice.mail]
    assert told(counter, *(f"{number:032x}" for number in range(6))) == [NEW]


def differing(before: dict[str, set[tuple[object, ...]]], after: dict[str, set[tuple[object, ...]]]) -> dict[str, int]:
    return {name: len(rows ^ after[name]) for name, rows in before.items() if rows != after[name]}


@pytest.mark.parametrize("do", [changed_by_hand, None])
def test_two_copies_of_the_file_do_not_say_which_contacts_are_one_members(
    app: Flask, tools: Toolbox, cast: Cast, do: Callable[[Flask, Toolbox, Cast], None] | None
) -> None:
    """Of sixty contacts six are hers. Whoever compares finds no row that changed but the book, which always does, and
    is as long as before; in the mutant exactly her six."""
    with tools.database.transaction("content") as stores:
        for number in range(60):
            who = cast.alice if number < 6 else (cast.bob, cast.carol, cast.dave)[number % 3]
            viewer = viewer_of(tools, who)
            box = own_box(stores, tools.vault, tools.post_office_public, viewer=viewer, locale="ja")
            set_contact(stores, label=f"{number:032x}", box=box)
    told(Counter(tools), f"{0:032x}")
    before = copy_of(tools)
    if do is None:
        rewritten(tools, cast)
        changed = copy_of(tools)["contacts"] - before["contacts"]
        assert {row[0] for row in changed} == {f"{number:032x}" for number in range(6)}
        return
    do(app, tools, cast)
    after = copy_of(tools)
    assert differing(before, after) == {"post_book": 2}
    ((_, old),), ((_, new),) = before["post_book"], after["post_book"]
    assert isinstance(old, bytes)
    assert isinstance(new, bytes)
    assert len(old) == len(new)
    private = KeyFolder(tools.settings.key_folder).post_office().private
    assert NEW.encode() in open_box(private, new), "with its own key it can be read: that is said on the page"
