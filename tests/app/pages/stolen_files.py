"""What falls with the files: each database alone, all of them with the root key, a copy of a day."""

import hmac
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from app.accounts.identity import open_identity
from app.accounts.models import Member, Organisation, Verification, Wrap
from app.clock import today
from app.db import METADATA, Database, store_path
from app.keystore import DataKey
from app.logs.models import ContentEntry, SecurityEntry
from app.logs.service import first_hour, note_security
from app.mail.models import Contact
from app.questions.access import open_scope, subject_of
from app.questions.drafts import find_draft
from app.questions.models import Locker, Thread
from app.questions.reads import thread_text
from app.queues.experts import open_profile
from app.queues.models import Expert, Offer
from app.queues.passing import pass_on
from app.queues.worker import make_now
from app.vectors import boxes, store
from app.vectors.models import IndexedThread
from app.web.limits import DAY, RateBucket, make_limiter
from app.wiring import Toolbox
from privacy.errors import PrivacyError
from privacy.pseudonyms import owner_tag
from privacy.wraps import Wrap as MemberWrap
from privacy.wraps import unwrap_with_password, unwrap_with_secret
from tests.app.pages.thieves import (
    ADDRESS,
    DRAFT,
    PURPOSES,
    TITLE,
    begin_sign_up,
    cannot_write_for,
    file_of,
    guess_addresses,
    handle_of,
    stranger,
    visit,
)
from tests.app.questions.makers import answer
from tests.app.queues.stage import ask_question, offers_of, work
from tests.cast import PASSWORD, Cast, viewer_of


def check_content(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    dump, alice = file_of(tools, "content"), viewer_of(tools, cast.alice)
    for word in (TITLE, DRAFT, cast.alice.mail, alice.circle, cast.alice.member_id, alice.organisation_id, "架空水産"):
        assert word.encode() not in dump
    with tools.database.reading() as stores:
        vector = boxes.vector_of(tools.vault, stores.content.get_one(IndexedThread, thread_id))
        assert vector is not None
        assert vector.tobytes() not in dump
        thread = stores.content.get_one(Thread, thread_id)
        assert subject_of(tools.vault, thread).encode() not in dump
        # what it gives, read without any key
        assert (thread.group_key, thread.topic) == (tools.trade.group_of["rainbow-trout"].key, "disease")
        assert (thread.published_window, thread.urgent, thread.company_may) == (tools.window, True, False)
        assert stores.content.get(Contact, thread.owner_tag) is None
        assert set(stores.content.scalars(select(Offer.thread_id))) == {thread_id}
    assert handle_of(tools, cast.bob).encode() in dump, "the profile's own row"


def check_identity(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    second, newcomer = visit(tools), begin_sign_up(tools)
    dump = file_of(tools, "identity")
    for word in (cast.alice.mail, newcomer, ADDRESS, "架空水産A", "nagano", "rainbow-trout", thread_id):
        assert word.encode() not in dump
    with tools.database.reading() as stores:
        assert len(stores.identity.scalars(select(Member.active_quarter)).all()) == len(cast.people)
        assert len(stores.identity.scalars(select(Organisation.circle)).all()) == len(cast.organisations)
        assert second in stores.identity.scalars(select(RateBucket.refilled)).all()
        assert stores.identity.scalars(select(Verification.expires)).one() > second
        wrap = stores.identity.scalars(
            select(Wrap).where(Wrap.member_id == cast.alice.member_id, Wrap.kind == "password")
        ).one()
        assert guess_addresses(stranger(), tools) == {}
        # a password that is guessed opens the secret, and with the content file all that is found by it
        parsed = MemberWrap.from_json(wrap.data.decode())
        with pytest.raises(PrivacyError):
            unwrap_with_password(parsed, PASSWORD + "?", owner=wrap.member_id)
        secret = unwrap_with_password(parsed, PASSWORD, owner=wrap.member_id)
        assert stores.content.get_one(Thread, thread_id).owner_tag == owner_tag(secret, thread_id)
        draft = find_draft(stores, secret)
        assert draft is not None
        assert draft.values["title"] == DRAFT


def check_keys(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    with tools.database.reading() as stores:
        rows = stores.keys.scalars(select(DataKey)).all()
        assert rows
        for row in rows:
            with pytest.raises(PrivacyError):
                stranger().data_key(stores, row.id)


def check_root(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    second, newcomer = visit(tools), begin_sign_up(tools)
    with tools.database.reading() as stores:
        thread = stores.content.get_one(Thread, thread_id)
        opened = thread_text(stores, tools.vault, thread)
        assert opened is not None
        assert opened["title"] == TITLE
        assert subject_of(tools.vault, thread) == "rainbow-trout"
        member = stores.identity.get_one(Member, cast.alice.member_id)
        identity = open_identity(tools.vault.data_key(stores, member.key_id), member)
        assert (identity.mail, identity.attributes["area"]) == (cast.alice.mail, "nagano")
        waiting = stores.identity.scalars(select(Verification)).one()
        sealed = {"table": "verifications", "column": "sealed_mail", "row": waiting.id}
        assert tools.vault.open(waiting.sealed_mail, **sealed) == newcomer
        with pytest.raises(PrivacyError):
            stranger().open(waiting.sealed_mail, **sealed)
        # while the network is small, the circle is the organisation
        circle = open_scope(tools.vault, thread).own_circle
        circles = select(Organisation.id).where(Organisation.circle == circle)
        assert stores.identity.scalars(circles).all() == [cast.alice.organisation_id]
    assert guess_addresses(tools.vault, tools)[ADDRESS] == second
    assert guess_addresses(stranger(), tools) == {}


def check_content_log(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """A kind and a day, in the order in which a window's posts were shuffled; nothing that names the post."""
    with tools.database.reading() as stores:
        rows = [(row.number, row.event, row.day) for row in stores.content.scalars(select(ContentEntry))]
    day = today(tools.clock.now()).toordinal()
    assert [row[1:] for row in rows if row[1] not in ("crowds.published", "count.rounded")] == [
        ("question.published", day)
    ]


def check_identity_log(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """What happened, on which day and in which order lies open; at what time, who and from where does not."""
    now = tools.clock.now()
    with tools.database.transaction("identity") as stores:
        who = cast.alice.member_id
        note_security(stores, tools.vault, event="password.changed", now=now, member_id=who, address=ADDRESS)
    with tools.database.reading() as stores:
        entry = stores.identity.scalars(select(SecurityEntry)).one()
    assert (entry.event, entry.hour) == ("password.changed", first_hour(today(now)))
    assert ADDRESS.encode() not in file_of(tools, "identity")
    assert cast.alice.member_id not in entry.who


def check_log_tells_who(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """With the root key, and with nothing less, the security log says whose password was changed."""
    alice, now = cast.alice.member_id, tools.clock.now()
    with tools.database.transaction("identity") as stores:
        note_security(stores, tools.vault, event="password.changed", now=now, member_id=alice, address=ADDRESS)
    with tools.database.reading() as stores:
        entry = stores.identity.scalars(select(SecurityEntry).where(SecurityEntry.event == "password.changed")).one()
    assert entry.hour == first_hour(today(now))
    for vault, opens in ((tools.vault, True), (stranger(), False)):
        guess = hmac.digest(vault.ring("log-member")[0].secret, alice.encode(), "sha256").hex()
        assert (guess == entry.who) is opens


def check_letters_are_counted(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """Whoever has the root key can try an address; whoever has less finds nothing to try it on."""
    now = int(tools.clock.now())
    assert make_limiter(tools).count_letter(cast.alice.mail, now)
    with tools.database.reading() as stores:
        labels = set(stores.identity.scalars(select(RateBucket.label)))
    for vault, opens in ((tools.vault, True), (stranger(), False)):
        text = f"{now // DAY}|letter|{cast.alice.mail}".encode()
        assert (hmac.digest(vault.ring("rate")[0].secret, text, "sha256").hex() in labels) is opens
    assert cast.alice.mail.encode() not in file_of(tools, "identity")


def check_inbox_is_linked(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """A pass here, an answer there: one inbox, in one circle and subject."""
    offer = offers_of(tools, cast.bob)[0]
    with tools.database.transaction("content") as stores:
        bob = viewer_of(tools, cast.bob)
        pass_on(stores, tools.vault, viewer=bob, offer_id=offer.id, reason="no_time", now=make_now(tools))
    other = ask_question(tools, cast.alice)
    work(tools, hours=30)
    answer(tools, cast.bob, other)
    work(tools, hours=30)
    with tools.database.reading() as stores:
        passed = store.find_evidence(stores, tools.vault, thread_id).passes[0].handle
        answered = store.find_evidence(stores, tools.vault, other).answers[0].handle
        assert passed == answered
        profile = open_profile(tools.vault, stores.content.get_one(Expert, passed))
        assert (profile.circle, profile.subject) == (viewer_of(tools, cast.bob).circle, "rainbow-trout")


def check_secret_is_kept(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """The author's tag needs the member secret, and nothing stored opens with the root."""
    tag = str(owner_tag(cast.alice.secret, thread_id)).encode()
    assert tag not in file_of(tools, "identity") + file_of(tools, "keys")
    assert bytes(cast.alice.secret) not in file_of(tools, "identity")
    assert cannot_write_for(tools, tools.vault, thread_id)
    with tools.database.reading() as stores:
        for wrap in stores.identity.scalars(select(Wrap)):
            parsed = MemberWrap.from_json(wrap.data.decode())
            for purpose in PURPOSES:
                with pytest.raises(PrivacyError):
                    unwrap_with_secret(parsed, tools.vault.ring(purpose)[0].secret, "passkey", owner=wrap.member_id)
        for row in stores.content.scalars(select(Locker)):
            with pytest.raises(PrivacyError):
                tools.vault.open(row.sealed, table="lockers", column="sealed", row=row.label)


def check_backup(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    with copied(tools, "yesterday") as yesterday, yesterday.reading() as stores:
        member = stores.identity.get_one(Member, cast.alice.member_id)
        thread = stores.content.get_one(Thread, thread_id)
        for opens in (
            lambda: open_scope(stranger(), thread),
            lambda: thread_text(stores, stranger(), thread),
            lambda: open_identity(stranger().data_key(stores, member.key_id), member),
        ):
            with pytest.raises(PrivacyError):
                opens()
    with tools.database.transaction("keys") as stores:
        stores.keys.delete(stores.keys.get_one(DataKey, thread.key_id))
    with tools.database.reading() as stores:
        assert thread_text(stores, tools.vault, stores.content.get_one(Thread, thread_id)) is None
    # why old copies of the key store must go: with one of them, what was erased is back
    with copied(tools, "today") as now, now.reading() as stores:
        assert thread_text(stores, tools.vault, stores.content.get_one(Thread, thread_id)) is None
    folders = [tools.settings.data_dir / name for name in ("yesterday", "today")]
    shutil.copy(*(store_path(folder, "keys") for folder in folders))
    with Database(folders[1]) as files, files.reading() as stores:
        opened = thread_text(stores, tools.vault, stores.content.get_one(Thread, thread_id))
        assert opened is not None
        assert opened["title"] == TITLE


@contextmanager
def copied(tools: Toolbox, name: str) -> Iterator[Database]:
    """The three files as they are now, in a folder of their own."""
    folder = tools.settings.data_dir / name
    folder.mkdir()
    tools.database.checkpoint()
    for one in METADATA:
        shutil.copy(store_path(tools.settings.data_dir, one), store_path(folder, one))
    with Database(folder) as files:
        yield files
