"""Use cases of one's own words after publication: change them until somebody builds on them, afterwards add to them.

A change waits for its window like a post, is stored once for a token, and the next one to the same text takes its place.
What is not out yet changes where it waits.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Trade
from app.errors import Conflict, NotThere
from app.questions import sent
from app.questions.access import Access, get_readable
from app.questions.cards import field_cards
from app.questions.changes import ADDITION, CHANGES, EDIT, TABLE, Reason, Target, marked_posts, text_of, why_fixed
from app.questions.ending import own_rows, tag_of
from app.questions.holding import due_again, held_back, put_post
from app.questions.lockers import OWNER, PEER, OwnThread, find_own, remember
from app.questions.models import Pending
from app.questions.pending import change_pending, open_pending, pack, unpack
from app.questions.rules import clean_text
from app.questions.writing import carry_crowd, due_window, known_author
from app.sealing import Vault, open_text, seal_text
from privacy.keys import Key
from privacy.pseudonyms import new_id
from privacy.scopes import Audience

MAX_ADDITIONS: Final = 20  # beneath one text


class Fixed(Conflict):
    """A text can no longer change, only be added to: `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Own:
    """A text of the viewer's own: a question, or a post of theirs, out or not."""

    thread_id: str
    id: str  # the post's; the thread's where it is the question
    own: OwnThread
    key: Key = field(repr=False)
    text: Mapping[str, Any] = field(repr=False)  # as it will be read once what waits is out
    fixed: Reason | None = None
    access: Access | None = None  # None while it is not out
    waiting: Pending | None = None  # the row in which it waits itself
    edit: Pending | None = None  # the row of an edit that waits

    @property
    def is_question(self) -> bool:
        """Whether it is the question."""
        return self.id == self.thread_id

    @property
    def target(self) -> Target:
        """Its row."""
        assert self.access is not None  # noqa: S101 (asked of what is out)
        return _find(self.access, self.id)


def get_own(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, post_id: str = "", window: int
) -> Own:
    """One's own question of a thread, or one's own post. Raises NotThere for anybody else's and what was taken back."""
    own, wanted = find_own(stores, viewer.secret, thread_id), post_id or thread_id
    if own is None or (not post_id and own.part != OWNER):
        raise NotThere
    key = vault.data_key(stores, own.key_id)
    rows = [(row, open_pending(vault, row)) for row in own_rows(stores, own)]
    for row, payload in rows:
        if payload["id"] == wanted and payload["kind"] not in CHANGES:
            text = open_text(key, unpack(payload["text"]), table=_table(thread_id, wanted), row=wanted)
            return Own(thread_id, wanted, own, key, text, waiting=row)
    access = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id, asked=own.part == PEER)
    target = _find(access, wanted)
    if _tag(target) != tag_of(viewer, own) or not target.sealed_text:
        raise NotThere
    edit = next((one for one in rows if one[1]["kind"] == EDIT and one[1]["target"] == wanted), None)
    text = text_of(target, key)
    if edit is not None:
        text = {**text, **open_text(key, unpack(edit[1]["text"]), table=TABLE, row=edit[1]["id"])["new"]}
    fixed = why_fixed(target, access.posts, marked_posts(stores, vault, thread_id, window))
    return Own(thread_id, wanted, own, key, text, fixed, access, edit=edit[0] if edit else None)


def edit_question(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    thread_id: str,
    title: str,
    fields: Mapping[str, str],
    window: int,
    today: date,
    token: str = "",
    then: Mapping[str, Any] | None = None,
) -> None:
    """Give one's own question other words; its scope stays. Writes content. Raises NotThere, Fixed, Forbidden.

    `then` is a job (`kind`, `payload`) that is left in the window in which the words come out, held or not.
    """
    mine = _to_change(stores, vault, trade, viewer, thread_id, "", window, today, token)
    if mine is not None:
        new = {"title": clean_text(title), "fields": dict(fields)}
        # against what is out: the same edit sent again is looked at as it was the first time
        late = _late_words(trade, mine.text if mine.access is None else text_of(mine.target, mine.key), new)
        _change(stores, vault, trade, viewer, mine, new, late, window, today, token, then)


def edit_post(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    thread_id: str,
    post_id: str,
    text: str,
    window: int,
    today: date,
    token: str = "",
) -> None:
    """The same for an answer or follow-up of one's own. Raises BadText too."""
    mine = _to_change(stores, vault, trade, viewer, thread_id, post_id, window, today, token)
    if mine is not None:
        clean = clean_text(text)
        _change(stores, vault, trade, viewer, mine, {"text": clean}, clean, window, today, token)


def add_to(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    thread_id: str,
    post_id: str = "",
    text: str,
    window: int,
    today: date,
    token: str = "",
    then: Mapping[str, Any] | None = None,
) -> None:
    """Put an addition beneath one's own question or post, marked as one; `then` as above. Writes content.

    Raises NotThere, also while the text is not out, BadText, Forbidden, Conflict when there are too many.
    """
    if sent.find(stores, viewer.secret, token) is not None:
        return
    viewer = known_author(stores, vault, viewer, today=today)
    mine = get_own(stores, vault, trade, viewer=viewer, thread_id=thread_id, post_id=post_id, window=window)
    if mine.access is None:
        raise NotThere
    if len(mine.text.get("additions", ())) >= MAX_ADDITIONS:
        raise Conflict
    _put(stores, vault, trade, viewer, mine, ADDITION, {"text": clean_text(text)}, window, today, token, then)


def _to_change(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, thread_id: str, post_id: str, window: int, today: date,
    token: str,
) -> Own | None:  # fmt: skip
    """The text, when it may change; None when this token has changed it already."""
    if sent.find(stores, viewer.secret, token) is not None:
        return None
    viewer = known_author(stores, vault, viewer, today=today)
    mine = get_own(stores, vault, trade, viewer=viewer, thread_id=thread_id, post_id=post_id, window=window)
    if mine.fixed:
        raise Fixed(mine.fixed)
    return mine


def _change(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, mine: Own, new: Mapping[str, Any], late: str, window: int,
    today: date, token: str, then: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    if mine.waiting is not None:
        text = seal_text(mine.key, {**mine.text, **new}, table=_table(mine.thread_id, mine.id), row=mine.id)
        payload = {**open_pending(vault, mine.waiting), "text": pack(text)}
        due = due_again(stores, payload, window) if "held" in payload else mine.waiting.due_window
        payload, mine.waiting.due_window = held_back(
            trade, payload, _written(new), circle=viewer.circle, due=due, window=window
        )
        change_pending(vault, mine.waiting, payload)
        sent.note(stores, viewer.secret, token, mine.id)
        return
    if mine.edit is not None:
        then = then or open_pending(vault, mine.edit).get("then")
        stores.content.delete(mine.edit)
    if any(mine.text.get(name) != value for name, value in new.items()) or mine.edit is not None or then:
        _put(stores, vault, trade, viewer, mine, EDIT, {"new": dict(new), "late": late}, window, today, token, then)


def _put(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, mine: Own, kind: str, change: Mapping[str, Any], window: int,
    today: date, token: str, then: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    assert mine.access is not None  # noqa: S101 (what is not out changes where it waits)
    carry_crowd(stores, vault, trade, viewer=viewer, place=mine.thread_id, today=today, sending={})
    change_id, thread = str(new_id()), mine.access.thread
    payload = {
        "kind": kind,
        "id": change_id,
        "thread": mine.thread_id,
        "target": mine.id,
        "author_tag": tag_of(viewer, mine.own),
        "key_id": mine.own.key_id,
        "text": pack(seal_text(mine.key, dict(change), table=TABLE, row=change_id)),
        **({"then": dict(then)} if then else {}),
    }
    at_once = thread.urgent and mine.access.is_author
    due = due_window(stores, window, Audience(thread.audience), at_once=at_once)
    texts = [change["late"] if kind == EDIT else change["text"]]
    pending_id = put_post(stores, vault, trade, payload, texts, circle=viewer.circle, due=due, window=window)
    part, day = mine.own.part, today.toordinal()
    remember(stores, viewer.secret, OwnThread(mine.thread_id, part, mine.own.key_id, day, (pending_id,)))
    sent.note(stores, viewer.secret, token, change_id)


def _written(new: Mapping[str, Any]) -> list[str]:
    """What somebody wrote in an edit, text by text."""
    return [*new.get("fields", {}).values(), *(value for value in new.values() if isinstance(value, str))]


def _late_words(trade: Trade, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """What of an edit is new, as an addition says it."""
    changed = {key: value for key, value in new["fields"].items() if old["fields"].get(key) != value}
    title = [new["title"]] if new["title"] != old["title"] else []
    return "\n\n".join([*title, *(f"**{one.label}**\n\n{one.text}" for one in field_cards(trade, changed))])


def _find(access: Access, wanted: str) -> Target:
    if wanted == access.thread.id:
        return access.thread
    post = next((post for post in access.posts if post.id == wanted), None)
    if post is None:
        raise NotThere
    return post


def _tag(target: Target) -> str:
    return target.owner_tag if hasattr(target, "owner_tag") else target.author_tag


def _table(thread_id: str, target_id: str) -> str:
    return "threads" if target_id == thread_id else "posts"
