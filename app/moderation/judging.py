"""Who may judge what: whoever is asked could read it, is no party to it, and has not decided about it before."""

from collections.abc import Collection
from typing import Final

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Trade
from app.moderation.cases import APPEAL, FLAG, Opened
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


def is_party(access: Access) -> bool:
    """Whether the viewer wrote in this thread."""
    return access.is_author or access.has_answered


def may_judge(viewer: Viewer, access: Access, case: Opened, flags: Collection[str]) -> bool:
    """Whether a coordinator may decide about a case whose thread they passed the gate of; `flags` are labels."""
    if is_party(access) or case.circle in viewer.own_circles:
        return False
    if mark_label(viewer.secret, FLAG, case.object) in flags:
        return False
    mine = desk_label(viewer.secret, case.id)
    return case.state != APPEAL or all(one.by != mine for one in case.decisions)
