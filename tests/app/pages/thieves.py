"""What a thief brings along: file bytes, a wrong key, a process as it runs, guesses."""

import hmac
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from sqlalchemy import select

from app.db import Stores, store_path
from app.domains.opening import open_network
from app.mail.mailbox import Mailbox
from app.mail.models import Contact
from app.mail.service import address_box
from app.questions.models import Thread
from app.queues.experts import handles_of
from app.sealing import Vault
from app.web.limits import DAY, RateBucket
from app.wiring import Toolbox
from privacy.boxes import open_box
from privacy.keys import RootKeys
from privacy.pseudonyms import MemberSecret, owner_tag
from tests.cast import Person, post, viewer_of
from tests.conftest import make_app

TITLE = "ひみつの池のこと"
DRAFT = "書きかけのひみつ"
ADDRESS = "203.0.113.77"
PURPOSES = ("wraps.data", "sessions.sealed_secret", "data-key", "members.sealed", "threads.sealed_scope", "rate")


def file_of(tools: Toolbox, name: str) -> bytes:
    path = store_path(tools.settings.data_dir, name)  # type: ignore[arg-type]
    return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))


def stranger() -> Vault:
    return Vault(RootKeys([random.Random(5).randbytes(32)]))


@contextmanager
def process(tools: Toolbox) -> Iterator[Toolbox]:
    """What a process of the service holds: opened as the commands open it."""
    parts = open_network(tools.settings)
    parts.clock = tools.clock
    yield parts
    parts.database.close()


def cannot_write_for(tools: Toolbox, vault: Vault, thread_id: str) -> bool:
    """Whether no key made from the root makes the author's tag."""
    keys = [MemberSecret(vault.ring(purpose)[0].secret) for purpose in PURPOSES]
    with tools.database.reading() as stores:
        tag = stores.content.get_one(Thread, thread_id).owner_tag
    return tag not in {str(owner_tag(key, thread_id)) for key in keys}


def guess_addresses(vault: Vault, tools: Toolbox) -> dict[str, int]:
    """Every address of one small network that a bucket stands for, and the second it was last here."""
    with tools.database.reading() as stores:
        buckets = {row.label: row.refilled for row in stores.identity.scalars(select(RateBucket))}
    day, key = int(tools.clock.now()) // DAY, vault.ring("rate")[0].secret
    guesses = [f"203.0.113.{last}" for last in range(256)]
    labels = {hmac.new(key, f"{day}|address|{one}".encode(), sha256).hexdigest(): one for one in guesses}
    return {labels[label]: second for label, second in buckets.items() if label in labels}


def visit(tools: Toolbox) -> int:
    """Somebody looks at the first page; the second they did."""
    make_app(tools).test_client().get("/", environ_overrides={"REMOTE_ADDR": ADDRESS})
    return int(tools.clock.now())


def begin_sign_up(tools: Toolbox) -> str:
    address = "newcomer@mail.example"
    assert post(make_app(tools).test_client(), "/sign-up", {"mail": address}).status_code == 303
    return address


def box_of(tools: Toolbox, person: Person) -> bytes:
    return address_box(tools.post_office_public, Mailbox(person.mail), locale="ja")


def handle_of(tools: Toolbox, person: Person) -> str:
    return handles_of(viewer_of(tools, person))["rainbow-trout"]


def address_in(private: bytes, stores: Stores, label: str) -> str | None:
    """The address a post office finds under a label."""
    row = stores.content.get(Contact, label)
    return None if row is None else json.loads(open_box(private, row.box))["address"]
