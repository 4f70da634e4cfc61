"""Lists. A thread that its reader may not open is not listed and not counted."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any, Final

from sqlalchemy import Select, select, tuple_

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.rules import keys_above, shown_key
from app.domains.trade import Trade
from app.errors import NotThere
from app.questions.access import Access, check_access
from app.questions.cards import ListCard, QuestionBody, excerpt_of
from app.questions.lockers import OWNER, OwnThread, own_threads
from app.questions.models import Post, Thread
from app.questions.reads import body_of, is_veiled, pending_question
from app.questions.rules import OPEN_STATES, told_state
from app.sealing import Vault, open_text
from app.web.i18n import gettext as _

PAGE: Final = 20
READABLE, OWN_FIELDS = "-readable", "-own"  # instead of a domain key, none of which begins like that
LISTED: Final = ("domain", "coordinator")  # the stages in which a question waits in its readers' lists
BATCH: Final = 100


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `next` is where the next one begins, empty on the last."""

    cards: tuple[ListCard, ...]
    next: str = ""


def list_threads(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, key: str = "", topic: str = "", cursor: str = "",
    size: int = PAGE,
) -> Page:  # fmt: skip
    """Threads of the viewer's subjects, or of the `key` `shown_keys` takes, newest day first; random within a day.

    A thread that shows its group only is found under the group, never under the subject it hides.
    """
    shown = shown_keys(trade, viewer, key)
    groups = {trade.group_of[one].key if one in trade.subjects else one for one in shown}
    query = select(Thread).where(Thread.group_key.in_(groups))
    if topic:
        query = query.where(Thread.topic == topic)

    def wanted(access: Access) -> bool:
        return shown_key(trade, access.subject, access.scope.levels) in shown

    return _page(stores, vault, trade, query, viewer=viewer, wanted=wanted, cursor=cursor, size=size)


def list_for_company(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, until: int, cursor: str = "", size: int = PAGE
) -> Page:
    """Threads whose authors let the company read, once its waiting time is over."""
    query = select(Thread).where(Thread.company_may, Thread.published_window <= until)
    return _page(
        stores, vault, trade, query, viewer=viewer, wanted=lambda _: True, cursor=cursor, size=size, until=until
    )


def list_waiting(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, size: int = PAGE
) -> tuple[ListCard, ...]:  # fmt: skip
    """Questions of the viewer's subjects that nobody has answered for two days, oldest first; none of their own."""
    shown = shown_keys(trade, viewer, "")
    groups = {trade.group_of[one].key if one in trade.subjects else one for one in shown}
    group = Thread.group_key + ""  # few questions wait and a group has many: its index is the wrong one to look in
    query = (
        select(Thread)
        .where(Thread.state.in_(OPEN_STATES), Thread.stage.in_(LISTED), group.in_(groups))
        .order_by(Thread.published_day, Thread.id)
    )
    reading = readable(vault, trade, iter(stores.content.scalars(query)), viewer)
    found = (one for one in reading if not one.is_author and shown_key(trade, one.subject, one.scope.levels) in shown)
    return tuple(list_cards(stores, vault, trade, first(found, size)))


def my_threads(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, part: str = OWNER) -> list[ListCard]:
    """What the viewer asked (or, as a peer, answered), newest first, with what still waits for its window."""
    own = [one for one in own_threads(stores, viewer.secret) if one.part == part]
    threads = by_id(stores, [one.thread for one in own])
    found = []
    for one in own:
        card = _my_card(stores, vault, trade, viewer, one, threads.get(one.thread))
        if card is not None:
            found.append(card)
    return found


def shown_keys(trade: Trade, viewer: Viewer, key: str) -> frozenset[str]:
    """The domain keys whose threads a list shows: of one subject or group, of all where `key` is READABLE, and of the
    viewer's subjects where it is anything else."""
    if key == READABLE:
        return keys_above(trade, trade.subjects)
    group = next((group for group in trade.groups if group.key == key), None)
    if group is not None:
        return keys_above(trade, [subject.key for subject in group.subjects])
    return frozenset({key}) if key in trade.subjects else keys_above(trade, viewer.subjects)


def _page(
    stores: Stores, vault: Vault, trade: Trade, query: Select[Thread], *, viewer: Viewer,
    wanted: Callable[[Access], bool], cursor: str, size: int, until: int | None = None,
) -> Page:  # fmt: skip
    reading = readable(vault, trade, _rows(stores, query, _place(cursor)), viewer, until)
    found = first((access for access in reading if wanted(access)), size + 1)
    cards = tuple(list_cards(stores, vault, trade, found[:size]))
    # the cursor names the last thread shown, never one that was passed over
    return Page(cards, _cursor(found[size - 1].thread) if len(found) > size else "")


def _rows(stores: Stores, query: Select[Thread], place: tuple[int, str] | None) -> Iterator[Thread]:
    newest = Thread.published_day.desc(), Thread.id.desc()
    ordered = query.with_only_columns(Thread.id).order_by(*newest).limit(BATCH)  # sorted without their texts
    while True:
        after = ordered if place is None else ordered.where(tuple_(Thread.published_day, Thread.id) < place)
        rows = list(stores.content.scalars(select(Thread).where(Thread.id.in_(after)).order_by(*newest)))
        yield from rows
        if len(rows) < BATCH:
            return
        place = (rows[-1].published_day, rows[-1].id)


def readable(
    vault: Vault, trade: Trade, rows: Iterator[Thread], viewer: Viewer, until: int | None = None
) -> Iterator[Access]:
    """Those of `rows` that the viewer may read, and that are not hidden from them."""
    for thread in rows:
        try:
            access = check_access(vault, trade, thread, (), viewer=viewer, company_until=until)
        except NotThere:
            continue
        if not is_veiled(access):
            yield access


def first(found: Iterator[Access], number: int) -> list[Access]:
    """At most the first `number`."""
    return list(islice(found, number))


def list_cards(
    stores: Stores, vault: Vault, trade: Trade, found: Sequence[Access], wanted: AbstractSet[str] = frozenset()
) -> list[ListCard]:
    """One line of a list for each, cut around the `wanted` tokens; none for a text that was taken back."""
    keys = vault.data_keys(stores, [access.thread.key_id for access in found])
    cards = []
    for access in found:
        thread = access.thread
        text: Any = None
        if thread.key_id in keys:
            text = open_text(keys[thread.key_id], thread.sealed_text, table="threads", row=thread.id)
        body = body_of(trade, access, text)
        if body.title is not None:
            day = date.fromordinal(thread.published_day)
            card = _list_card(thread.id, body, day, thread.state, wanted=wanted)
            cards.append(replace(card, title=_("確認中の質問"), excerpt="") if is_veiled(access) else card)
    return cards


def _list_card(
    thread_id: str, body: QuestionBody, day: date | None, state: str, part: str = "",
    wanted: AbstractSet[str] = frozenset(),
) -> ListCard:  # fmt: skip
    return ListCard(
        id=thread_id, title=body.title or "", excerpt=excerpt_of(body.fields, wanted), domain=body.domain, day=day,
        state=told_state(state), urgent=body.urgent, part=part,
    )  # fmt: skip


def _my_card(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, own: OwnThread, thread: Thread | None
) -> ListCard | None:
    if thread is None:
        body = pending_question(stores, vault, trade, own)
        return None if body is None else _list_card(own.thread, body.body, None, "pending", own.part)
    posts = tuple(stores.content.scalars(select(Post).where(Post.thread_id == thread.id)))
    try:
        access = check_access(vault, trade, thread, posts, viewer=viewer, asked=own.part != OWNER)
    except NotThere:
        return None
    found = list_cards(stores, vault, trade, [access])
    if not found:
        return None
    one = found[0]
    return ListCard(one.id, one.title, one.excerpt, one.domain, one.day, one.state, one.urgent, own.part)


def by_id(stores: Stores, ids: Collection[str]) -> dict[str, Thread]:
    """Threads by their id."""
    rows = stores.content.scalars(select(Thread).where(Thread.id.in_(list(ids))))
    return {row.id: row for row in rows}


def _cursor(thread: Thread) -> str:
    return urlsafe_b64encode(f"{thread.published_day}.{thread.id}".encode()).decode().rstrip("=")


def _place(cursor: str) -> tuple[int, str] | None:
    try:
        day, _, thread_id = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(".")
        place = (date.fromordinal(int(day)).toordinal(), thread_id)
        return place if thread_id else None
    except (ValueError, OverflowError):
        return None
