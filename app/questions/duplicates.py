"""Questions that ask the same: linked, never merged. Whoever may not read the other finds no trace of it.

A link stands sealed in the scopes of both threads, so that a page finds it without asking for it; who proposed it stands
nowhere. It shows from a window on, like a post. The asker of the newer question decides; a coordinator links by office.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Trade
from app.errors import Forbidden, NotThere
from app.questions.access import Access, get_readable, scope_parts
from app.questions.lockers import OWNER, own_threads
from app.questions.models import Thread
from app.questions.pending import SCOPE_PAD
from app.questions.reads import is_veiled, post_text, thread_text
from app.questions.rules import told_state
from app.questions.writing import due_window, known_writer
from app.sealing import Vault
from privacy.scopes import Audience

SAME: Final = "same"  # of a scope's parts: [thread, window from which it shows]
PROPOSED: Final = "proposed"  # the same, and the window after which it lapses
REFUSED: Final = "refused"  # threads its asker said are not the same
FETCHED: Final = 500  # rows at a time
MOST: Final = 3  # of each, on one thread: a scope has one size
Mark = list[Any]


@dataclass(frozen=True, slots=True)
class SameCard:
    """Another question that asks the same, for somebody who may read it."""

    id: str
    title: str
    day: date
    state: str
    is_proposed: bool  # its reader, who asked the newer one, has yet to say
    is_older: bool
    answer: str | None = None  # what helped there: the answer both pages show
    may_undo: bool = False


def propose(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, other_id: str, window: int, today: date,
    until: int,
) -> None:  # fmt: skip
    """Say that two questions ask the same; both have to be the viewer's to read. Writes content.

    What its asker says nothing about lapses after the window `until`, as does what they may not read any more.

    What the asker has refused, and what is full, is passed over without a word: neither is the proposer's to know.
    Raises NotThere, Forbidden for a question and itself.
    """
    viewer = known_writer(stores, vault, viewer, today=today)
    here, there = (get_readable(stores, vault, trade, viewer=viewer, thread_id=one) for one in (thread_id, other_id))
    if thread_id == other_id or is_veiled(here) or is_veiled(there):
        raise Forbidden
    older, newer = sorted((here, there), key=_age)
    if newer.is_author or "coordinator" in viewer.roles:
        _link(stores, vault, newer.thread, older.thread, window)
        return
    parts = scope_parts(vault, newer.thread)
    left = [mark for mark in parts.get(PROPOSED, ()) if not _has_lapsed(mark, window)]
    known = [*_ids(parts, SAME), *(mark[0] for mark in left), *parts.get(REFUSED, ())]
    if older.thread.id not in known and len(left) < MOST:
        shows = due_window(stores, window, Audience(newer.thread.audience), at_once=False)
        _write(vault, newer.thread, {**parts, PROPOSED: [*left, [older.thread.id, shows, until]]})


def decide(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, other_id: str, same: bool, window: int
) -> None:  # fmt: skip
    """The asker of the newer question says whether a proposed one asks the same. Raises NotThere.

    To say no they need not be able to read it: its author may have taken it away from them meanwhile.
    """
    here = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id)
    parts = scope_parts(vault, here.thread)
    if not here.is_author or other_id not in _ids(parts, PROPOSED, window):
        raise NotThere
    if same:
        there = get_readable(stores, vault, trade, viewer=viewer, thread_id=other_id)
        _link(stores, vault, here.thread, there.thread, window)
        return
    left = [one for one in parts[PROPOSED] if one[0] != other_id]
    refused = [other_id, *parts.get(REFUSED, ())][:MOST]
    _write(vault, here.thread, {**parts, PROPOSED: left, REFUSED: refused})


def put_off(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, other_id: str, window: int, shows: int
) -> None:  # fmt: skip
    """The asker decides later: it shows again from a window on, unless it has lapsed by then. Raises NotThere."""
    here = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id)
    parts = scope_parts(vault, here.thread)
    if not here.is_author or other_id not in _ids(parts, PROPOSED, window):
        raise NotThere
    marks = [[mark[0], shows, *mark[2:]] if mark[0] == other_id else mark for mark in parts[PROPOSED]]
    _write(vault, here.thread, {**parts, PROPOSED: marks})


def unlink(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, other_id: str) -> None:
    """Take a link back: a coordinator, or the asker of the newer question. Raises NotThere."""
    here, there = (get_readable(stores, vault, trade, viewer=viewer, thread_id=one) for one in (thread_id, other_id))
    if other_id not in _ids(scope_parts(vault, here.thread), SAME) or not _may_undo(here, there, viewer):
        raise NotThere
    for one, other in ((here.thread, other_id), (there.thread, thread_id)):
        parts = scope_parts(vault, one)
        _write(vault, one, {**parts, SAME: [mark for mark in parts.get(SAME, ()) if mark[0] != other]})


def same_questions(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, window: int,
    company_until: int | None = None,
) -> list[SameCard]:  # fmt: skip
    """Questions that ask the same as this one, as far as the viewer may read them; nothing is read where there is none.

    The viewer has been let into the thread already; proposals are for its asker alone.
    """
    thread = stores.content.get(Thread, thread_id)
    parts = {} if thread is None else scope_parts(vault, thread)
    marks = [(one, False) for one in _ids(parts, SAME, window)] + [(one, True) for one in _ids(parts, PROPOSED, window)]
    if not marks:
        return []
    let_in: dict[str, Any] = {"viewer": viewer, "asked": True, "company_until": company_until}
    here = get_readable(stores, vault, trade, thread_id=thread_id, **let_in)
    found = []
    for other_id, is_proposed in marks:
        if is_proposed and not here.is_author:
            continue
        card = _card(stores, vault, trade, here, other_id, viewer, company_until, is_proposed)
        found += [card] if card is not None else []
    return found


def links(stores: Stores, vault: Vault, *, window: int, least: Audience) -> list[tuple[str, str]]:
    """Every link that shows, each once, between questions for at least this audience that nobody has to look at first."""
    columns = select(Thread.id, Thread.sealed_scope).where(Thread.audience >= least, Thread.hidden.is_(False))
    opening, found = vault.opener("threads", "sealed_scope"), dict[str, list[str]]()
    for thread_id, sealed in stores.content.execute(columns).yield_per(FETCHED):
        if others := _ids(json.loads(opening(sealed, thread_id)), SAME, window):
            found[thread_id] = others
    return sorted((one, other) for one, others in found.items() for other in others if one < other and other in found)


def undecided(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, window: int) -> frozenset[str]:
    """The viewer's own questions with a proposal they may read and have not decided about: nobody else could be told
    without a hint of what stands there."""
    own = [one.thread for one in own_threads(stores, viewer.secret) if one.part == OWNER]
    threads = stores.content.scalars(select(Thread).where(Thread.id.in_(own)))
    asked = [thread.id for thread in threads if _ids(scope_parts(vault, thread), PROPOSED, window)]
    cards = {one: same_questions(stores, vault, trade, viewer=viewer, thread_id=one, window=window) for one in asked}
    return frozenset(one for one, found in cards.items() if any(card.is_proposed for card in found))


def _card(
    stores: Stores, vault: Vault, trade: Trade, here: Access, other_id: str, viewer: Viewer, company_until: int | None,
    is_proposed: bool,
) -> SameCard | None:  # fmt: skip
    try:
        there = get_readable(stores, vault, trade, viewer=viewer, thread_id=other_id, company_until=company_until)
    except NotThere:
        return None
    thread = there.thread
    text = thread_text(stores, vault, thread) if thread.sealed_text and not is_veiled(there) else None
    if text is None:
        return None
    canonical: str | None = None
    if not is_proposed:
        canonical = _canonical(stores, vault, *sorted((here, there), key=_age), shown_on=here)
    return SameCard(
        id=thread.id, title=text["title"], day=date.fromordinal(thread.published_day), state=told_state(thread.state),
        is_proposed=is_proposed, is_older=_age(there) < _age(here), answer=canonical,
        may_undo=not is_proposed and _may_undo(here, there, viewer),
    )  # fmt: skip


def _canonical(stores: Stores, vault: Vault, older: Access, newer: Access, *, shown_on: Access) -> str | None:
    """What helped the older asker, else the newer one; None where that stands on this very page."""
    for one in (older, newer):
        text = next(_helpful(stores, vault, one), None)
        if text is not None:
            return None if one is shown_on else text
    return None


def _helpful(stores: Stores, vault: Vault, access: Access) -> Iterator[str]:
    for post in access.posts:
        if post.accepted and not post.hidden and post.sealed_text:
            text = post_text(stores, vault, post)
            if text is not None:
                yield text["text"]


def _link(stores: Stores, vault: Vault, newer: Thread, older: Thread, window: int) -> None:
    """Write the link into both, from the first window that both audiences wait for."""
    audience = max(Audience(newer.audience), Audience(older.audience))
    shows = due_window(stores, window, audience, at_once=False)
    both = [(one, other.id, scope_parts(vault, one)) for one, other in ((newer, older), (older, newer))]
    if any(other_id in _ids(parts, SAME) or len(parts.get(SAME, ())) >= MOST for _, other_id, parts in both):
        return
    for one, other_id, parts in both:
        proposed = [mark for mark in parts.get(PROPOSED, ()) if mark[0] != other_id]
        _write(vault, one, {**parts, SAME: [*parts.get(SAME, ()), [other_id, shows]], PROPOSED: proposed})


def _write(vault: Vault, thread: Thread, parts: dict[str, Any]) -> None:
    thread.sealed_scope = vault.seal(parts, table="threads", column="sealed_scope", row=thread.id, pad=SCOPE_PAD)


def _ids(parts: dict[str, Any], name: Literal["same", "proposed"], window: int | None = None) -> list[str]:
    marks: Sequence[Mark] = parts.get(name, ())
    return [mark[0] for mark in marks if window is None or (mark[1] <= window and not _has_lapsed(mark, window))]


def _has_lapsed(mark: Mark, window: int) -> bool:
    return len(mark) > 2 and bool(mark[2] < window)


def _age(access: Access) -> tuple[int, str]:
    return access.thread.published_window, access.thread.id


def _may_undo(here: Access, there: Access, viewer: Viewer) -> bool:
    newer = max((here, there), key=_age)
    return newer.is_author or "coordinator" in viewer.roles
