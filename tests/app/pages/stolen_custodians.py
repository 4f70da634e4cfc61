"""What falls with custodians: one, two, three of them, their folders, and what break-glass adds to the databases."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from app.accounts.identity import open_identity
from app.accounts.models import Member
from app.clock import SetClock, today
from app.escrow.custody import KEY, CustodyFolder, CustodyProblem
from app.escrow.models import Custodian, Escrow, EscrowRequest
from app.jobs.worker import Worker
from app.keyfiles import KeyFolder
from app.mail.letters import BODIES
from app.mail.office import PostOffice
from app.mail.relays import OutboxRelay
from app.questions.models import Thread
from app.wiring import Toolbox
from privacy.errors import PrivacyError, WeakInput
from privacy.escrow import ESCROW_BYTES, Part, open_author, open_share
from privacy.escrow import Escrow as Sealed
from privacy.shamir import Share
from tests.app.escrow.makers import PASSPHRASE, answers_of, ask_for, make_five, show
from tests.app.pages.thieves import file_of
from tests.app.questions.makers import answer, publish, published
from tests.cast import Cast


@dataclass(frozen=True)
class Stage:
    """A thread of alice's and bob's answer to it, written while the five were there."""

    homes: list[CustodyFolder]
    thread_id: str
    rows: list[Escrow]


def set_stage(tools: Toolbox, cast: Cast) -> Stage:
    homes = make_five(tools, tools.settings.data_dir / "elsewhere")
    thread_id = published(tools, cast.alice)
    answer(tools, cast.bob, thread_id)
    publish(tools)
    with tools.database.reading() as stores:
        rows = list(stores.content.scalars(select(Escrow).order_by(Escrow.author)))
    assert len(rows) == 2
    return Stage(homes, thread_id, rows)


def shares_for(homes: list[CustodyFolder], row: Escrow) -> list[Share]:
    """Every share that these custodians' own keys open in a row."""
    sealed, found = Sealed.from_bytes(row.boxes), []
    for home in homes:
        for box in sealed.boxes:
            try:
                found.append(
                    open_share(
                        home.keys(PASSPHRASE).private,
                        box,
                        Part(row.thread_id, row.tag, row.author == 0),
                        sealed.custodians,
                    )
                )
            except PrivacyError:
                continue
    return found


def authors(stage: Stage, homes: list[CustodyFolder]) -> list[str]:
    """The member ids that these custodians and the content file give."""
    return [
        open_author(Sealed.from_bytes(row.boxes), Part(row.thread_id, row.tag, row.author == 0), shares_for(homes, row))
        for row in stage.rows
    ]


def check_two(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """One or two custodians, every database and the root key: no author."""
    stage = set_stage(tools, cast)
    for number in (1, 2):
        assert [len(shares_for(stage.homes[:number], row)) for row in stage.rows] == [number, number]
        with pytest.raises(WeakInput):
            authors(stage, stage.homes[:number])
    for row in stage.rows:  # with the root key: none of its keys opens a box
        sealed = Sealed.from_bytes(row.boxes)
        for purpose in ("data-key", "members.sealed", "escrows.boxes", "wraps.data"):
            for box in sealed.boxes:
                with pytest.raises(PrivacyError):
                    open_share(
                        tools.vault.ring(purpose)[0].secret,
                        box,
                        Part(row.thread_id, row.tag, row.author == 0),
                        sealed.custodians,
                    )
    for person in (cast.alice, cast.bob):
        for name in ("content", "keys"):
            assert person.member_id.encode() not in file_of(tools, name)


def check_three(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """Three custodians and the content file: member ids of all that was written under them; a name takes more."""
    stage = set_stage(tools, cast)
    assert authors(stage, stage.homes[2:]) == [cast.alice.member_id, cast.bob.member_id]
    with tools.database.reading() as stores:
        assert stores.content.get_one(Thread, thread_id)  # written before there were five: no row to open
        assert stores.content.get(Escrow, stores.content.get_one(Thread, thread_id).owner_tag) is None
        member = stores.identity.get_one(Member, cast.alice.member_id)
        assert open_identity(tools.vault.data_key(stores, member.key_id), member).mail == cast.alice.mail
    assert cast.alice.mail.encode() not in file_of(tools, "identity")


def check_apart(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """Three custodians with the requests they got, and no database: the author is in none of these files."""
    stage = set_stage(tools, cast)
    bundle = ask_for(tools, stage.thread_id)
    answers_of(stage.homes, bundle, now=tools.clock.now())
    envelope = Sealed.from_bytes(stage.rows[0].boxes).envelope
    for home in stage.homes:
        held = b"".join(path.read_bytes() for path in home.path.iterdir())
        for secret in (cast.alice.member_id.encode(), cast.alice.mail.encode(), envelope):
            assert secret not in held
    assert envelope not in bundle.to_json().encode()


def check_folder(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """A custodian's folder: which thread was asked for, why and when; the key under its passphrase."""
    stage = set_stage(tools, cast)
    bundle, home = ask_for(tools, stage.thread_id, reason="court"), stage.homes[0]
    home.receive(bundle.to_json(), now=tools.clock.now())
    found = home.get(bundle.id)
    assert (found.bundle.thread, found.bundle.reason) == (stage.thread_id, "court")
    private = home.keys(PASSPHRASE).private
    assert private not in (home.path / KEY).read_bytes()
    assert private.hex().encode() not in (home.path / KEY).read_bytes()
    with pytest.raises(CustodyProblem):
        home.keys(PASSPHRASE + "?")


def check_boxes(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """The content file alone: where a box is, and nothing in its length."""
    stage = set_stage(tools, cast)
    with tools.database.reading() as stores:
        assert stage.rows[0].tag == stores.content.get_one(Thread, stage.thread_id).owner_tag
    assert {len(row.boxes) for row in stage.rows} == {ESCROW_BYTES}


def check_requests(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """The identity file alone: who keeps keys, what was asked when and why, what became of it; never which thread."""
    stage = set_stage(tools, cast)
    bundle = ask_for(tools, stage.thread_id)
    with tools.database.reading() as stores:
        assert len(stores.identity.scalars(select(Custodian.role)).all()) == 5
        row = stores.identity.scalars(select(EscrowRequest)).one()
        assert (row.reason, row.state, row.asked) == ("danger", "open", int(tools.clock.now()))
    for thing in (bundle.thread, bundle.tag, bundle.salt):
        assert thing.encode() not in file_of(tools, "identity") + file_of(tools, "keys")


def open_alice(tools: Toolbox, cast: Cast) -> str:
    """A request that went its way; the thread's id."""
    stage = set_stage(tools, cast)
    bundle = ask_for(tools, stage.thread_id)
    given = answers_of(stage.homes[:3], bundle, now=tools.clock.now())
    assert isinstance(tools.clock, SetClock)
    tools.clock.move(hours=48)
    show(tools, bundle, given)
    return stage.thread_id


def check_opened(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """The root key: who was opened and has not read of it; not where they wrote."""
    opened = open_alice(tools, cast)
    with tools.database.reading() as stores:
        rows = stores.identity.scalars(select(Member)).all()
        found = {row.id: open_identity(tools.vault.data_key(stores, row.key_id), row).opened for row in rows}
    day = today(tools.clock.now()).isoformat()
    assert {one: notes for one, notes in found.items() if notes} == {cast.alice.member_id: (f"{day} danger",)}
    assert opened.encode() not in file_of(tools, "identity")
    assert b"danger" not in member_row(tools, cast)


def member_row(tools: Toolbox, cast: Cast) -> bytes:
    """Without the key: nothing of it."""
    with tools.database.reading() as stores:
        return stores.identity.get_one(Member, cast.alice.member_id).sealed


def check_important(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """The relay: a fixed letter that only this calls for."""
    open_alice(tools, cast)
    relay = OutboxRelay(tools.settings.data_dir / "outbox")
    private = KeyFolder(tools.settings.key_folder).post_office().private
    handlers = PostOffice(tools, lambda: [private], relay).handlers()
    Worker(tools.database, tools.vault, "mail", lambda: tools.window, handlers).run_until_idle()
    told = [one["body"] for one in relay.letters() if one["to"] == cast.alice.mail]
    assert told == [BODIES["important"]["ja"].format(base_url=tools.settings.base_url)]
