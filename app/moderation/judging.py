"""Who may judge what: whoever is asked could read it, is no party to it, and has not decided about it before."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.moderation.cases import APPEAL, FLAG, Opened
from app.moderation.writings import WRITING, check_reader, find_writing
from app.questions.access import Access, get_readable
from app.questions.marks import mark_label
from app.sealing import Vault
from privacy.pseudonyms import MemberSecret, locker_label

PURPOSE: Final = "desk"


def desk_label(secret: MemberSecret, case_id: str) -> str:
    """What a coordinator leaves beside a decision: theirs alone, and another one for every case."""
    return str(locker_label(secret, PURPOSE, case_id))


def gate(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str) -> Access:
    """A thread as somebody who is asked could read it. Raises NotThere."""
    return get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id, asked=True)


@dataclass(frozen=True, slots=True)
class Passed:
    """That somebody could read what they are to judge. `access` is of a thread; a place has none."""

    is_party: bool
    access: Access | None = None


def gate_of(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, case: Opened) -> Passed:
    """What a case is about, as somebody who is asked could read it. Raises NotThere."""
    if case.of != WRITING:
        access = gate(stores, vault, trade, viewer=viewer, thread_id=case.thread)
        return Passed(is_party(access), access)
    row = find_writing(stores, case.thread, case.object)
    if row is None:
        raise NotThere
    return Passed(check_reader(stores, vault, trade, viewer=viewer, row=row))


def is_party(access: Access) -> bool:
    """Whether the viewer wrote in this thread."""
    return access.is_author or access.has_answered


def may_judge(viewer: Viewer, passed: Passed, case: Opened, flags: Collection[str]) -> bool:
    """Whether a coordinator may decide about a case whose gate they passed; `flags` are labels."""
    if passed.is_party or case.circle in viewer.own_circles:
        return False
    if mark_label(viewer.secret, FLAG, case.object) in flags:
        return False
    mine = desk_label(viewer.secret, case.id)
    return case.state != APPEAL or all(one.by != mine for one in case.decisions)
