"""Who may judge what: whoever is asked could read it, is no party to it, and has not decided about it before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.rules import shown_key
from app.domains.trade import Trade
from app.errors import NotThere
from app.moderation.cases import APPEAL, FLAG, Opened
from app.questions.access import Access, check_access, get_readable, make_scope
from app.questions.marks import mark_label
from app.questions.models import Pending, Post, Thread
from app.questions.rules import reader
from app.sealing import Vault
from privacy.pseudonyms import MemberSecret, locker_label, owner_tag, peer_tag
from privacy.scopes import may_read

PURPOSE: Final = "desk"


@dataclass(frozen=True, slots=True)
class Held:
    """A post that waits for a coordinator, or that one refused, as its sealed row has it."""

    row: Pending
    payload: dict[str, Any] = field(repr=False)

    @property
    def thread(self) -> str:
        """The thread it belongs to, which is not there yet for a question."""
        found: str = self.payload["id"] if self.is_question else self.payload["thread"]
        return found

    @property
    def is_question(self) -> bool:
        """Whether it is a question."""
        return bool(self.payload["kind"] == "question")

    @property
    def tag(self) -> str:
        """Its author's, in this thread."""
        found: str = self.payload["columns"]["owner_tag"] if self.is_question else self.payload["author_tag"]
        return found

    @property
    def key_id(self) -> str:
        """The data key of its author's part."""
        found: str = self.payload["columns"]["key_id"] if self.is_question else self.payload["key_id"]
        return found


def desk_label(secret: MemberSecret, case_id: str) -> str:
    """What a coordinator leaves beside a decision: theirs alone, and another one for every case."""
    return str(locker_label(secret, PURPOSE, case_id))


def may_judge(viewer: Viewer, access: Access, case: Opened, flags: Sequence[str]) -> bool:
    """Whether a coordinator may decide about a case whose thread they passed the gate of. `flags` are labels."""
    if access.is_author or access.has_answered or case.circle in viewer.own_circles:
        return False
    if mark_label(viewer.secret, FLAG, case.object) in flags:
        return False
    mine = desk_label(viewer.secret, case.id)
    return case.state != APPEAL or all(one.by != mine for one in case.decisions)


def gate(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str) -> Access:
    """A thread as somebody who is asked could read it. Raises NotThere."""
    return get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id, asked=True)


def may_judge_held(
    vault: Vault, trade: Trade, held: Held, *, viewer: Viewer, thread: Thread | None, posts: Sequence[Post]
) -> bool:
    """Whether a coordinator may decide about a post that is held: the thread's gate, and none of their own circle's."""
    mine = desk_label(viewer.secret, held.row.id)
    if held.tag in (owner_tag(viewer.secret, held.thread), peer_tag(viewer.secret, held.thread)):
        return False
    if held.payload["scope"]["circle"] in viewer.own_circles or any(one["by"] == mine for one in _before(held)):
        return False
    if held.is_question:
        return _may_read_waiting(trade, held, viewer)
    if thread is None:
        return False
    try:
        access = check_access(vault, trade, thread, posts, viewer=viewer, asked=True)
    except NotThere:
        return False
    return not (access.is_author or access.has_answered)


def _before(held: Held) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = held.payload["held"]["decisions"]
    return found


def _may_read_waiting(trade: Trade, held: Held, viewer: Viewer) -> bool:
    columns, scope = held.payload["columns"], held.payload["scope"]
    opened = make_scope(scope, audience=columns["audience"], company_may=columns["company_may"])
    subject = scope["subject"]
    return subject in trade.subjects and may_read(
        opened, reader(trade, viewer, is_asked=True), shown_key(trade, subject, opened.levels)
    )
