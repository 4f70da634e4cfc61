"""Five custodians with folders of their own, and the steps of a request."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from app.clock import today
from app.escrow import custodians, requests
from app.escrow.bundles import Answer, Bundle, pack
from app.escrow.custody import CustodyFolder
from app.escrow.requests import Shown
from app.escrow.rules import EscrowRefused, Reason
from app.wiring import Toolbox
from privacy.wraps import Cost

ROLES = ("弁護士", "漁協の監事", "大学の研究者", "会員の代表", "まちの公証人")
PASSPHRASE = "夜明けの網あげは静かに五人で"
LIGHT = Cost(time=1, memory_kib=64)
HOURS = 3600


def make_custodian(folder: Path) -> CustodyFolder:
    home = CustodyFolder(folder)
    home.init(PASSPHRASE, cost=LIGHT)
    return home


def appoint(tools: Toolbox, home: CustodyFolder, role: str, *, instead_of: str | None = None) -> None:
    """Add and confirm, as the two commands do."""
    now = tools.clock.now()
    with tools.database.transaction("identity") as stores:
        made = custodians.add_custodian(
            stores, role=role, public=home.public(), instead_of=instead_of, today=today(now)
        )
    proof = home.prove(pack(made.box), PASSPHRASE)
    with tools.database.transaction("identity", "content") as stores:
        custodians.confirm_custodian(stores, tools.vault, role=role, proof=proof, now=now, today=today(now))


def make_five(tools: Toolbox, folder: Path) -> list[CustodyFolder]:
    homes = [make_custodian(folder / f"custodian-{number}") for number in range(5)]
    for home, role in zip(homes, ROLES, strict=True):
        appoint(tools, home, role)
    return homes


def ask_for(tools: Toolbox, thread_id: str, *, author: int = 0, reason: Reason = "danger") -> Bundle:
    with tools.database.transaction("identity", "keys", "content") as stores:
        return requests.request(
            stores, tools.vault, thread_id=thread_id, author=author, reason=reason, now=tools.clock.now()
        )


def answers_of(homes: Iterable[CustodyFolder], bundle: Bundle, *, now: float) -> list[Answer]:
    """Received now on their clocks, released 48 hours later."""
    found = []
    for home in homes:
        home.receive(bundle.to_json(), now=now)
        found.append(home.release(bundle.id, PASSPHRASE, now=now + 48 * HOURS))
    return found


def show(tools: Toolbox, bundle: Bundle, answers: Sequence[Answer]) -> Shown:
    with tools.database.transaction("identity", "keys", "content") as stores:
        return requests.show(
            stores,
            tools.vault,
            tools.post_office_public,
            bundle=bundle,
            answers=answers,
            now=tools.clock.now(),
            window=tools.window,
        )


def refused(why: str) -> "pytest.RaisesExc[EscrowRefused]":
    """The refusal expected of the next line."""
    return pytest.RaisesExc(EscrowRefused, check=lambda error: error.why == why)
