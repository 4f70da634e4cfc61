"""The rotation's commands, and the post office's own: its boxes are closed anew for a new pair."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from app.accounts.models import Verification
from app.cli import main
from app.jobs import queue
from app.keyfiles import KeyFolder
from app.logs.models import SecurityEntry
from app.mail.forgetting import forget_mailbox
from app.mail.mailbox import Mailbox
from app.mail.models import Contact
from app.mail.office import PostOffice
from app.mail.relays import OutboxRelay
from app.mail.service import address_box
from app.rotation.post import PostRotation
from app.wiring import Toolbox
from privacy.boxes import recipient_id, seal_box
from tests.app.mail.counter import Counter
from tests.app.queues.stage import ask_question
from tests.cast import Cast, post
from tests.conftest import claim, make_app


def test_boxes_move_to_a_new_pair_and_letters_arrive(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    keys = KeyFolder(tools.settings.key_folder)
    box = address_box(keys.post_office_public(), Mailbox(cast.bob.mail), locale="ja")
    with tools.database.transaction("content") as stores:
        stores.content.add(Contact(label="c" * 32, box=box))
    post(make_app(tools).test_client(), "/sign-up", {"mail": "new@farm.example"})
    before = boxes(tools)
    keys.add_post_office()
    keys.publish_post_office()
    turned = PostRotation(tools.database, tools.vault, list(keys.post_offices().values()), pause=lambda _: None)
    assert set(turned.under_older()) == {"contacts.box", "jobs.sealed"}
    assert turned.run() == {}
    assert {label: len(box) for label, box in boxes(tools).items()} == {
        label: len(box) for label, box in before.items()
    }
    (keys.path / "post-office-0001.key").unlink()
    relay = OutboxRelay(tmp_path / "sent")
    office = PostOffice(tools, keys.post_office_privates, relay)
    task = None
    with tools.database.transaction("content") as stores:
        task = queue.claim(stores, tools.vault, lane="mail", window=tools.window, holder="t")
    assert task
    office.letter(task)
    assert relay.letters()[0]["to"] == "new@farm.example"


def test_a_box_moves_in_whatever_job_it_waits(tools: Toolbox) -> None:
    """Every kind the post office knows, one nobody has thought of yet, and a forgetting as it is left behind."""
    keys = KeyFolder(tools.settings.key_folder)
    office = PostOffice(tools, keys.post_office_privates, OutboxRelay(tools.settings.data_dir / "out"))
    kinds = [*office.handlers(), "of tomorrow"]
    box = seal_box(keys.post_office_public(), b"{}", pad_to=1024).hex()
    with tools.database.transaction("content") as stores:
        for kind in kinds:
            queue.put(stores, tools.vault, kind, {"box": box}, due=tools.window, lane="mail")
        queue.put(stores, tools.vault, "route", {"thread": "t"}, due=tools.window)
        forget_mailbox(
            stores, tools.vault, keys.post_office_public(), mailbox=Mailbox("b@c.example"), due=tools.window + 26
        )
    keys.add_post_office()
    keys.publish_post_office()
    turned = PostRotation(tools.database, tools.vault, list(keys.post_offices().values()), pause=lambda _: None)
    assert turned.under_older() == {"jobs.sealed": len(kinds) + 1}
    assert turned.run() == {}
    assert turned.left() == {"jobs.sealed": {recipient_id(keys.post_office_public()).hex(): len(kinds) + 1}}


def boxes(tools: Toolbox) -> dict[str, bytes]:
    with tools.database.reading() as stores:
        return {row.label: row.box for row in stores.content.scalars(select(Contact))}


def test_a_pair_cut_short_is_completed(tools: Toolbox) -> None:
    keys = KeyFolder(tools.settings.key_folder)
    first = keys.post_office().private
    os.link(keys.path / "post-office.key", keys.path / "post-office-0001.key")  # stopped right after this
    keys.add_post_office()
    assert [pair.private for pair in keys.post_offices().values()][1:] == [first]
    keys.publish_post_office()
    assert keys.post_office().public == keys.post_office_public()


# ---------------------------------------------------------------- the commands


def test_commands(tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """One run makes the key and ends; another says the same and makes no third; the status names every key."""
    claim(tools, demo=False)
    ask_question(tools, cast.alice)
    monkeypatch.setenv("SHIOME_DATA_DIR", str(tools.settings.data_dir))
    run, keys = CliRunner(), KeyFolder(tools.settings.key_folder)
    first = run.invoke(main, ["keys", "rotate"])
    assert first.exit_code == 0, first.output
    assert "root-0001.key may be taken away" in first.output
    again = run.invoke(main, ["keys", "rotate"])
    assert again.exit_code == 0, again.output
    assert len(keys.root_names()) == 2
    status = run.invoke(main, ["keys", "status"]).output
    newest, oldest = (key.hex() for key in keys.root_names())
    assert f"{newest}  root-0002.key" in status
    assert status.count(oldest) == 1, "named as a file, and nothing stands under it"
    with tools.database.reading() as stores:
        assert "keys.rotation-began" in set(stores.identity.scalars(select(SecurityEntry.event)))


def test_not_done_is_said_and_fails(tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    claim(tools, demo=False)
    post(make_app(tools).test_client(), "/sign-up", {"mail": "new@farm.example"})
    with tools.database.transaction("identity") as stores:
        stores.identity.execute(update(Verification).values(expires=2**31))
    monkeypatch.setenv("SHIOME_DATA_DIR", str(tools.settings.data_dir))
    answer = CliRunner().invoke(main, ["keys", "rotate"])
    assert answer.exit_code == 1
    assert "sign-ups on their way" in answer.output
    assert "may be taken away" not in answer.output


def test_the_post_office_command(tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    claim(tools, demo=False)
    keys = KeyFolder(tools.settings.key_folder)
    box = address_box(keys.post_office_public(), Mailbox(cast.bob.mail), locale="ja")
    with tools.database.transaction("content") as stores:
        stores.content.add(Contact(label="c" * 32, box=box))
    monkeypatch.setenv("SHIOME_DATA_DIR", str(tools.settings.data_dir))
    for _ in range(2):
        answer = CliRunner().invoke(main, ["keys", "rotate", "--post-office"])
        assert answer.exit_code == 0, answer.output
    assert sorted(keys.post_offices()) == ["post-office-0001.key", "post-office.key"]
    assert boxes(tools)["c" * 32] != box
    assert keys.post_office().public == tools.post_office_public


def test_the_post_offices_book_moves_too(tools: Toolbox) -> None:
    keys, counter = KeyFolder(tools.settings.key_folder), Counter(tools)
    counter.contact("a" * 32)
    counter.tell("other")
    counter.work()
    keys.add_post_office()
    keys.publish_post_office()
    turned = PostRotation(tools.database, tools.vault, list(keys.post_offices().values()), pause=lambda _: None)
    assert set(turned.under_older()) == {"contacts.box", "post_book.box"}
    assert turned.run() == {}
    (keys.path / "post-office-0001.key").unlink()
    assert [one.kind for one in counter.entry().waiting] == ["other"]
