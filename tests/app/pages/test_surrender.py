"""Every line of "what falls when a part falls", tried out: what a thief of each part can and cannot open."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from app.accounts.identity import open_identity
from app.accounts.models import Member, Organisation, SignInSession, Wrap
from app.db import store_path
from app.keyfiles import KeyFolder
from app.keystore import DataKey
from app.mail.letters import BODIES
from app.mail.models import Contact
from app.pages.surrender import components
from app.processes import publish
from app.questions.access import open_scope
from app.questions.models import Thread
from app.questions.reads import thread_text
from app.queues.experts import handles_of
from app.queues.models import Expert, Offer
from app.sealing import Vault
from app.vectors import store
from app.wiring import Toolbox
from privacy.boxes import new_box_keys, open_box
from privacy.errors import PrivacyError
from privacy.keys import RootKeys
from privacy.pseudonyms import owner_tag
from privacy.wraps import Wrap as MemberWrap
from privacy.wraps import unwrap_with_secret
from tests.app.queues.stage import ask_question, opt_in, work
from tests.cast import Cast, viewer_of

TITLE = "ひみつの池のこと"


@pytest.fixture
def thread_id(tools: Toolbox, cast: Cast) -> str:
    """A published and routed question, with a contact of its asker."""
    opt_in(tools, cast.bob)
    made = ask_question(tools, cast.alice, title=TITLE, urgent=True)
    publish(tools)
    work(tools)
    return made


def file_of(tools: Toolbox, name: str) -> bytes:
    path = store_path(tools.settings.data_dir, name)  # type: ignore[arg-type]
    return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))


def stranger() -> Vault:
    return Vault(RootKeys([random.Random(5).randbytes(32)]))


def check_content(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    dump = file_of(tools, "content")
    assert TITLE.encode() not in dump
    assert cast.alice.mail.encode() not in dump
    assert viewer_of(tools, cast.alice).circle.encode() not in dump
    assert cast.alice.member_id.encode() not in dump
    with tools.database.reading() as stores:
        inboxes = stores.content.scalars(select(Offer.inbox)).all()
    assert set(inboxes) <= set(handles_of(viewer_of(tools, cast.bob)).values())  # what it gives: open offers by inbox


def check_identity(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    dump = file_of(tools, "identity")
    for word in (cast.alice.mail, "架空水産A", "nagano", "rainbow-trout", thread_id):
        assert word.encode() not in dump
    with tools.database.reading() as stores:
        quarters = stores.identity.scalars(select(Member.active_quarter)).all()
    assert len(quarters) == len(cast.people)  # what it gives: how many, and in which quarter


def check_keys(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    with tools.database.reading() as stores:
        rows = stores.keys.scalars(select(DataKey)).all()
        assert rows
        for row in rows:
            with pytest.raises(PrivacyError):
                stranger().data_key(stores, row.id)


def check_root(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    with tools.database.reading() as stores:
        thread = stores.content.get_one(Thread, thread_id)
        opened = thread_text(stores, tools.vault, thread)
        assert opened is not None
        assert opened["title"] == TITLE  # what it gives: texts, circles, the list of members, evidence by inbox
        assert open_scope(tools.vault, thread).own_circle == viewer_of(tools, cast.alice).circle
        member = stores.identity.get_one(Member, cast.alice.member_id)
        assert open_identity(tools.vault.data_key(stores, member.key_id), member).mail == cast.alice.mail
        assert store.find_evidence(stores, tools.vault, thread_id).asked
        # what it keeps: the owner tag needs the member secret, and no wrap or session opens with what is stored
        tag = owner_tag(cast.alice.secret, thread_id)
        assert thread.owner_tag == tag
        assert tag.encode() not in file_of(tools, "identity") + file_of(tools, "keys")
        for purpose in ("wraps.data", "sessions.sealed_secret", "data-key", "members.sealed"):
            for wrap in stores.identity.scalars(select(Wrap)):
                parsed = MemberWrap.from_json(wrap.data.decode())
                with pytest.raises(PrivacyError):
                    unwrap_with_secret(parsed, tools.vault.ring(purpose)[0].secret, "passkey", owner=wrap.member_id)
        assert cast.alice.secret not in file_of(tools, "identity")


def check_web(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    with tools.database.reading() as stores:
        assert stores.identity.scalars(select(SignInSession)).all() == []  # nobody acts: no secret is there to be read


def check_worker(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    with tools.database.reading() as stores:
        experts = stores.content.scalars(select(Expert)).all()
        assert stores.identity.scalars(select(Organisation)).all()
    assert {row.handle for row in experts}.isdisjoint(
        {person.member_id for person in cast.people.values()} | set(cast.organisations.values())
    )


def check_mail(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    private = KeyFolder(tools.settings.key_folder).post_office().private
    from app.mail.service import address_box

    box = address_box(tools.post_office_public, address=cast.alice.mail, locale="ja")
    assert json.loads(open_box(private, box))["address"] == cast.alice.mail  # what it gives: addresses
    with pytest.raises(PrivacyError):
        open_box(new_box_keys().private, box)
    assert all("{text}" not in body and "{title}" not in body for one in BODIES.values() for body in one.values())
    with tools.database.reading() as stores:
        boxes = stores.content.scalars(select(Contact.box)).all()
    assert all(cast.alice.mail.encode() not in one for one in boxes)


def check_backup(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    with tools.database.reading() as stores:
        thread = stores.content.get_one(Thread, thread_id)
        with pytest.raises(PrivacyError):
            open_scope(stranger(), thread)
        with pytest.raises(PrivacyError):
            thread_text(stores, stranger(), thread)


CHECKS: dict[str, Callable[[Toolbox, Cast, str], None]] = {
    "content": check_content,
    "identity": check_identity,
    "keys": check_keys,
    "root": check_root,
    "web": check_web,
    "worker": check_worker,
    "mail": check_mail,
    "backup": check_backup,
}


def test_every_line_of_the_page_has_a_check() -> None:
    assert {one.key for one in components()} == set(CHECKS)


@pytest.mark.parametrize("part", CHECKS)
def test_what_falls_and_what_stays(tools: Toolbox, cast: Cast, thread_id: str, part: str) -> None:
    CHECKS[part](tools, cast, thread_id)


def test_key_files_are_closed_to_others_and_outside_the_databases(tools: Toolbox) -> None:
    files = sorted(Path(tools.settings.key_folder).iterdir())
    assert len(files) == 3
    for path in files:
        assert path.stat().st_mode & 0o777 == 0o400
        for name in ("content", "identity", "keys"):
            assert path.read_bytes() not in file_of(tools, name)
