"""A webhook that is changed, removed, or whose member is gone; and what any table or log shows of it."""

import json
import logging
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from standardwebhooks import Webhook

from app.accounts.digest import Subscriber, send_all
from app.db import METADATA
from app.jobs.models import Job
from app.keyfiles import KeyFolder
from app.mail import hooks
from app.mail.book import read_book
from app.mail.endpoints import LONGEST
from app.mail.forgetting import forget_mailbox
from app.mail.hooks import Hook
from app.mail.letters import Letter
from app.mail.mailbox import Mailbox
from app.mail.models import Contact, PostBook
from app.mail.orders import leave_move
from app.mail.resting import rest
from app.mail.wishes import Wishes
from app.rotation.post import PostRotation
from app.wiring import Toolbox
from privacy.boxes import open_box
from tests.app.mail.counter import MAIL, Counter
from tests.app.mail.machine import machine
from tests.app.mail.machines import (
    HERE,
    LABEL,
    SECRET,
    URL,
    Machines,
    answer,
    clock,
    hooked,
    machines,
    set_hook,
    told,
    try_out,
)
from tests.conftest import make_settings


@pytest.fixture
def counter(tools: Toolbox) -> Counter:
    return hooked(tools)


# ---------------------------------------------------------------- changed, removed, gone


def test_contacts_that_are_out_follow_and_come_back(counter: Counter) -> None:
    """As with another address: no contact is touched."""
    before = boxes(counter)
    assert told(counter) == ["notice.answered"]
    set_hook(counter, "https://other.example/", turn=2)
    assert told(counter) == ["notice.answered"]
    assert machines(counter).got[-1][0] == "https://other.example/"
    set_hook(counter, "", turn=3)
    assert told(counter) == ["answered"]
    assert counter.letters[-1].address == MAIL
    assert boxes(counter) == before


def boxes(counter: Counter) -> set[bytes]:
    with counter.tools.database.reading() as stores:
        return set(stores.content.scalars(select(Contact.box)))


@pytest.mark.parametrize("order", [(2, 3), (3, 2)])
def test_of_two_words_the_later_counts_in_whatever_order_they_come(counter: Counter, order: tuple[int, int]) -> None:
    counter.work()
    for turn in order:
        set_hook(counter, f"https://n{turn}.example/", turn=turn)
        counter.work()
    told(counter)
    assert machines(counter).got[-1][0] == "https://n3.example/"


def test_what_is_being_tried_follows_too(counter: Counter) -> None:
    """Changed while one is on its way: it goes to the new machine. Removed: by mail. Left: nowhere."""
    answer(counter, OSError(), 200)
    counter.tell("answered")
    counter.office.worker().step()
    set_hook(counter, "https://other.example/", turn=2)
    counter.work()
    assert machines(counter).got[-1][0] == "https://other.example/"
    answer(counter, OSError())
    counter.tell("answered")
    clock(counter).move(hours=1)
    for _ in range(4):
        counter.office.worker().step()
    set_hook(counter, "", turn=3)
    counter.wait(2)
    assert [kind for _, _, kind in counter.sent] == ["answered"]


def test_who_left_is_told_nothing_more_and_nothing_is_kept(counter: Counter, tools: Toolbox) -> None:
    answer(counter, OSError())
    counter.tell("answered")
    for _ in range(4):
        counter.office.worker().step()
    assert machines(counter).got
    before = len(machines(counter).got)
    with tools.database.transaction("content") as stores:
        forget_mailbox(stores, tools.vault, tools.post_office_public, mailbox=HERE, due=tools.window)
    counter.office.worker().step()
    with tools.database.reading() as stores:
        box = stores.content.scalars(select(PostBook.box)).one()
    if b"hunter2" in counter.office.boxes.open(box):
        counter.wait(1)
    with tools.database.reading() as stores:
        assert b"hunter2" not in counter.office.boxes.open(stores.content.scalars(select(PostBook.box)).one())
    after = len(machines(counter).got)
    assert after - before <= 1
    counter.wait(24)
    assert len(machines(counter).got) == after
    assert counter.letters == []
    assert counter.jobs() == []


def test_whoever_pauses_is_not_told(counter: Counter, tools: Toolbox) -> None:
    with tools.database.transaction("content") as stores:
        rest(stores, tools.vault, tools.post_office_public, mailbox=HERE, token="t" * 32)
    assert told(counter) == []


def test_another_mail_address_leaves_the_webhook_as_it_is(counter: Counter, tools: Toolbox) -> None:
    """And a word about it under the new name is the later one, whichever is heard first."""
    counter.work()
    to = Mailbox("b@mail.example", "2" * 32)
    set_hook(counter, "https://other.example/", turn=2, at=to)
    counter.work()
    with tools.database.transaction("content") as stores:
        leave_move(stores, tools.vault, tools.post_office_public, was=HERE, to=to, window=tools.window)
    assert told(counter) == ["notice.answered"]
    assert machines(counter).got[-1][0] == "https://other.example/"
    set_hook(counter, "", turn=3, at=to)
    assert told(counter) == ["answered"]
    assert counter.letters[-1].address == to.address


def test_the_letter_at_fixed_hours_and_codes_stay_with_mail(counter: Counter, tools: Toolbox) -> None:
    told(counter)
    with tools.database.transaction("content") as stores:
        send_all(stores, tools.vault, tools.post_office_public, to=[Subscriber(HERE, "ja")], window=tools.window)
    counter.work()
    assert [letter.address for letter in counter.letters] == [MAIL]
    assert machines(counter).kinds == ["notice.answered"]
    letter = counter.office._write("no_account", {"address": MAIL, "locale": "ja"})
    assert letter is not None
    assert letter.address == MAIL


def test_a_book_written_before_there_were_webhooks(counter: Counter, tools: Toolbox) -> None:
    from privacy.boxes import seal_box

    counter.work()
    with tools.database.transaction("content") as stores:
        row = stores.content.scalars(select(PostBook)).one()
        found = json.loads(counter.office.boxes.open(row.box))
        del found[MAIL]["hook"]
        row.box = seal_box(tools.post_office_public, json.dumps(found).encode(), pad_to=65536)
    assert told(counter) == ["answered"]


def test_a_new_pair_of_keys_loses_none(counter: Counter, tools: Toolbox) -> None:
    counter.work()
    set_hook(counter, "https://other.example/", turn=2)
    keys = KeyFolder(tools.settings.key_folder)
    keys.add_post_office()
    keys.publish_post_office()
    turned = PostRotation(tools.database, tools.vault, list(keys.post_offices().values()), pause=lambda _: None)
    assert turned.run() == {}
    (keys.path / "post-office-0001.key").unlink()
    assert told(counter) == ["notice.answered"]
    assert machines(counter).got[-1][0] == "https://other.example/"


# ---------------------------------------------------------------- what a table shows


@dataclass
class Failing(Counter):
    """Its relay is down."""

    def send(self, letter: Letter, *, message_id: str) -> None:
        raise OSError


def life_of(tools: Toolbox, *, hooked: bool) -> list[object]:
    """What the content file shows of somebody, step by step: a wish or a webhook, heard; a notice, on its way, failed."""
    with tools.database.transaction("content") as stores:
        for table in (Job, Contact, PostBook):
            stores.content.execute(delete(table))
    counter = Failing(tools)
    counter.office.poster = Machines(answers=[OSError()])
    counter.contact(LABEL)
    if hooked:
        set_hook(counter, "https://hooks.member.example/".ljust(LONGEST, "a"))
    else:
        counter.wish(Wishes())
    seen: list[object] = [shape_of(tools), kinds_of(tools)]
    counter.office.obey()
    counter.tell("answered")
    for _ in range(3):
        seen += [shape_of(tools), kinds_of(tools)]
        counter.office.worker().step()
    assert bool(machines(counter).got) is hooked
    return [*seen, shape_of(tools), kinds_of(tools)]


def test_no_row_looks_different_for_it(tools: Toolbox) -> None:
    """One life with a webhook and one with mail: row for row the same columns and lengths, also of what is on its way and
    of what failed. Whoever has the root key too sees the same kinds; the post office's key tells them apart."""
    assert life_of(tools, hooked=False) == life_of(tools, hooked=True)
    with tools.database.reading() as stores:
        book = stores.content.scalars(select(PostBook.box)).one()
    assert b"hooks.member" in open_box(KeyFolder(tools.settings.key_folder).post_office().private, book)


def shape_of(tools: Toolbox) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the content file, each column by its value, or by its length where it is sealed or drawn."""
    with tools.database.reading() as stores:
        return {
            table.name: sorted(
                tuple(
                    len(one) if isinstance(one, bytes) else "id" if name == "id" else one for name, one in row.items()
                )
                for row in stores.content.execute(select(table)).mappings()
            )
            for table in METADATA["content"].sorted_tables
            if table.name in ("contacts", "post_book", "jobs")
        }


def kinds_of(tools: Toolbox) -> list[tuple[str, ...]]:
    """What the root key opens of the jobs, but for the boxes in them."""
    with tools.database.reading() as stores:
        found = [
            tools.vault.open(job.sealed, table="jobs", column="sealed", row=job.id)
            for job in stores.content.scalars(select(Job))
        ]
    return sorted(tuple(f"{key}={'box' if key == 'box' else one[key]}" for key in sorted(one)) for one in found)


def test_what_fails_stands_in_the_table_as_a_letters_failure_does(counter: Counter, tools: Toolbox) -> None:
    answer(counter, TimeoutError("https://hooks.member.example/"))
    counter.tell("answered")
    for _ in range(4):
        counter.office.worker().step()
    with tools.database.reading() as stores:
        (job,) = stores.content.scalars(select(Job))
    assert (job.kind, job.lane, job.error) == ("letter", "mail", "OSError")


def test_nothing_private_goes_to_a_log(
    counter: Counter, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    answer(counter, OSError("hooks.member.example refused"), ValueError("hunter2"), 404)
    for _ in range(3):
        told(counter)
    said = caplog.text + "".join(capsys.readouterr())
    assert "job failed" in said
    for word in ("hooks.member", "hunter2", SECRET, MAIL):
        assert word not in said


def test_no_entry_of_the_book_says_when(counter: Counter) -> None:
    told(counter)
    with counter.tools.database.reading() as stores:
        (entry,) = read_book(stores, counter.office.boxes.open).entries.values()
    assert entry.hook == Hook(URL, SECRET, 1, 0)


# ---------------------------------------------------------------- over a real connection


def test_over_https_to_a_real_machine(
    counter: Counter, tools: Toolbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From notice to verified body, through the setting for one's own network; without it nothing reaches the machine."""
    from app.mail.posting import make_poster

    with machine(tmp_path / "machine") as found:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "machine" / "authority.pem"))
        set_hook(counter, found.url, turn=2)
        counter.office.poster = make_poster(make_settings(tmp_path, webhook_hosts="localhost"))
        counter.tell("answered")
        counter.work()
        ((path, headers, body),) = found.got
        assert path == "/hook?from=shiome"
        assert headers["content-type"] == "application/json; charset=utf-8"
        import time_machine

        with time_machine.travel(int(headers["webhook-timestamp"])):
            assert Webhook(SECRET).verify(body, headers)["data"]["text"].startswith("あなたが関わっている質問に")
        counter.office.poster = None  # as the settings have it: no such host
        try_out(counter)
        assert [kind for _, _, kind in counter.work()] == [hooks.UNREACHED]
        assert len(found.got) == 1
