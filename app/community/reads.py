"""Writings for pages: what this viewer may see of a place, as cards.

Whose circle is closed out does not see that anything is missing: other voices are numbered anew among what is shown.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.community.models import Writing
from app.community.places import find_place, is_closed, tag_at
from app.community.publishing import CHANGE, WRITING
from app.community.texts import TABLE, Opened, all_parts, is_company, open_parts, open_words, scope_of
from app.db import Stores, fetch, recall
from app.domains.rules import domain_labels, shown_key
from app.domains.trade import Trade
from app.errors import NotThere
from app.questions.cards import Addition, Labels, additions_of, shown_labels
from app.questions.lockers import OWNER, OwnThread
from app.questions.models import Pending
from app.questions.pending import open_pending, unpack
from app.questions.rules import COMPANY, reader
from app.sealing import Vault, open_text
from app.web.i18n import gettext as _
from app.web.i18n import lazy
from privacy import scopes
from privacy.pseudonyms import owner_tag, peer_tag
from privacy.scopes import Audience

OPENER: Final = lazy("はじめた人")
OTHER: Final = lazy("発言者{n}")
COMPANYS: Final = lazy("運営会社")


@dataclass(frozen=True, slots=True)
class Names:
    """What the voices of a place are called, as lazy messages; `other` with {n}."""

    opener: str = OPENER
    other: str = OTHER
    company: str = COMPANYS

    def of(self, voice: int) -> str:
        """The role of one voice."""
        if voice == COMPANY:
            return _(self.company)
        return _(self.opener) if voice == 0 else _(self.other).format(n=voice)


NAMES: Final = Names()


@dataclass(frozen=True, slots=True)
class WritingCard:
    """One writing as this viewer may see it. `voice` is nobody across places."""

    id: str
    place: str
    kind: str
    voice: int
    role: str
    day: date | None  # None while it waits for its window
    texts: Mapping[str, str] = field(repr=False)  # empty when its author took it back
    domain: tuple[str, ...] = ()
    shown: Labels = ()
    is_mine: bool = False
    hidden: bool = False  # until a coordinator has looked at it: it is there for its author alone
    held: bool = False  # until a coordinator has looked at it: it is not out
    changing: bool = False  # a change of its author's waits for its window
    edited: date | None = None
    additions: tuple[Addition, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def waits(self) -> bool:
        """One's own, not yet published."""
        return self.day is None

    @property
    def withdrawn(self) -> bool:
        """Its author took its words back: a sentence stands in their place."""
        return not self.texts

    @property
    def is_company(self) -> bool:
        """Written by the operating company, which its label says."""
        return self.voice == COMPANY


def rows_at(stores: Stores, place: str) -> list[Writing]:
    """Everything that is out at a place, in the order of publication."""
    query = select(Writing).where(Writing.place == place).order_by(Writing.position)
    return recall(stores.content, (Writing, "at", place), lambda: list(stores.content.scalars(query)))


def may_read(vault: Vault, trade: Trade, *, viewer: Viewer, row: Writing, is_mine: bool = False) -> bool:
    """Whether a writing's scope lets the viewer in: never their own or an excluded circle, then audience and company.

    The place itself may be closed besides; that its feature asks.
    """
    return is_company(row) or parts_let_in(trade, open_parts(vault, row), viewer=viewer, is_mine=is_mine)


def _lets_in(trade: Trade, row: Writing, parts: Opened, *, viewer: Viewer, is_mine: bool) -> bool:
    return is_company(row) or parts_let_in(trade, parts, viewer=viewer, is_mine=is_mine)


def read_place(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    place: str,
    names: Names = NAMES,
    office: Collection[str] = (),
) -> list[WritingCard]:
    """What the viewer may see at a place, in order, and their own that waits at the end. At most three statements.

    Writings whose ids are in `office` are shown although they are hidden: for the coordinators' desk alone.
    """
    own, rows = find_place(stores, viewer.secret, place), rows_at(stores, place)
    tag = None if own is None else tag_at(viewer.secret, place, own.part)
    parts = all_parts(vault, rows)
    seen = [
        row
        for row in rows
        if (not row.hidden or row.author_tag == tag or row.id in office)
        and _lets_in(trade, row, parts[row.id], viewer=viewer, is_mine=row.author_tag == tag)
    ]
    keys = vault.data_keys(stores, [row.key_id for row in seen] + ([own.key_id] if own else []))
    waiting = [] if own is None else own_payloads(stores, vault, own)
    changing = {payload["target"] for payload in waiting if payload["kind"] == CHANGE}
    voices = _numbered(seen)
    cards = [
        replace(
            _card(trade, row, parts[row.id], open_words(keys, row), names, voices[row.voice], row.author_tag == tag),
            changing=row.id in changing,
        )
        for row in seen
    ]
    if own is None or own.key_id not in keys:
        return cards
    mine = next((voices[row.voice] for row in seen if row.author_tag == tag), None)
    number = 0 if own.part == OWNER else mine or max((0, *voices.values())) + 1
    late = [one for one in waiting if one["kind"] == WRITING]
    return cards + [_waiting(trade, one, open_waiting(keys[own.key_id], one), names, number) for one in late]


def read_openers(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, places: Sequence[str], names: Names = NAMES
) -> dict[str, WritingCard]:
    """What each of these places begins with, where the viewer may see it: for lists, in two statements."""
    query = select(Writing).where(Writing.place.in_(places), Writing.voice <= 0, Writing.position == 1)
    rows = stores.content.scalars(query).all()
    parts, mine = all_parts(vault, rows), {row.id: _is_own(viewer, row) for row in rows}
    seen = [
        row
        for row in rows
        if (not row.hidden or mine[row.id]) and _lets_in(trade, row, parts[row.id], viewer=viewer, is_mine=mine[row.id])
    ]
    keys = vault.data_keys(stores, [row.key_id for row in seen])
    return {
        row.place: _card(trade, row, parts[row.id], open_words(keys, row), names, row.voice, mine[row.id])
        for row in seen
    }


def may_read_row(vault: Vault, trade: Trade, *, viewer: Viewer, row: Writing) -> bool:
    """The same as `may_read`, with what is hidden and whose it is: for one row that stands alone."""
    mine = _is_own(viewer, row)
    return (not row.hidden or mine) and may_read(vault, trade, viewer=viewer, row=row, is_mine=mine)


def get_writing(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, writing_id: str) -> Writing:
    """A writing that is out and that the viewer may read, at a place open to them. Raises NotThere."""
    row = stores.content.get(Writing, writing_id)
    if row is None or not may_read_row(vault, trade, viewer=viewer, row=row) or is_closed(stores, viewer, row.place):
        raise NotThere
    return row


def own_payloads(stores: Stores, vault: Vault, own: OwnThread) -> list[dict[str, Any]]:
    """What of one's own part waits, opened, in one statement."""
    return [open_pending(vault, row) for row in fetch(stores.content, Pending, own.pending)]


def open_waiting(key: Any, payload: Mapping[str, Any]) -> Opened:
    """The words of a writing that waits."""
    opened: Opened = open_text(key, unpack(payload["text"]), table=TABLE, row=payload["id"])
    return opened


def own_cards(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, own: OwnThread, names: Names = NAMES
) -> list[WritingCard]:
    """All that the viewer wrote at one place, out or waiting, also where they may not read any more."""
    tag, keys = tag_at(viewer.secret, own.thread, own.part), vault.data_keys(stores, [own.key_id])
    rows = [row for row in rows_at(stores, own.thread) if row.author_tag == tag]
    voice = 0 if own.part == OWNER else 1
    out = [_card(trade, row, open_parts(vault, row), open_words(keys, row), names, voice, True) for row in rows]
    late = [one for one in own_payloads(stores, vault, own) if one["kind"] == WRITING and own.key_id in keys]
    return [*out, *(_waiting(trade, one, open_waiting(keys[own.key_id], one), names, voice) for one in late)]


def waiting_places(stores: Stores, vault: Vault, owns: Sequence[OwnThread]) -> dict[str, dict[str, Any]]:
    """The openers of one's own places that are not out yet, by place: for "mine" lists, in one statement."""
    fetch(stores.content, Pending, [one for own in owns for one in own.pending])
    found = {own.thread: own_payloads(stores, vault, own) for own in owns if own.part == OWNER and own.pending}
    return {place: one for place, listed in found.items() for one in listed if one["kind"] == WRITING}


def parts_let_in(trade: Trade, parts: Mapping[str, Any], *, viewer: Viewer, is_mine: bool = False) -> bool:
    """Whether a scope's stored parts let the viewer in. What everybody reads without signing in a colleague reads too: a
    page that had less for them would tell them whose it is."""
    scope, subject = scope_of(parts), parts["subject"]
    if scope is None or scope.audience is Audience.PUBLIC:
        return True
    shown = shown_key(trade, subject, scope.levels) if subject in trade.subjects else ""
    who = reader(trade, viewer, is_author=is_mine, company_waited=True)
    return scopes.may_read(scope, who, shown)


def _is_own(viewer: Viewer, row: Writing) -> bool:
    return row.author_tag in (owner_tag(viewer.secret, row.place), peer_tag(viewer.secret, row.place))


def _numbered(rows: Sequence[Writing]) -> dict[int, int]:
    """Stored number -> shown number: without gaps, in the order in which voices first appear."""
    others = dict.fromkeys(row.voice for row in rows if row.voice > 0)
    return {0: 0, COMPANY: COMPANY, **{voice: number for number, voice in enumerate(others, 1)}}


def _card(
    trade: Trade, row: Writing, parts: Opened, opened: Opened | None, names: Names, voice: int, is_mine: bool
) -> WritingCard:
    words = opened or {}
    return WritingCard(
        id=row.id,
        place=row.place,
        kind=row.kind,
        voice=voice,
        role=names.of(voice),
        day=date.fromordinal(row.published_day),
        texts=words.get("texts", {}),
        domain=_domain(trade, parts),
        shown=shown_labels(trade, words.get("shown", [])),
        is_mine=is_mine,
        hidden=row.hidden,
        edited=date.fromordinal(words["edited"]) if "edited" in words else None,
        additions=additions_of(words),
        extra=words.get("extra", {}),
    )


def _waiting(trade: Trade, payload: Mapping[str, Any], opened: Opened, names: Names, voice: int) -> WritingCard:
    return WritingCard(
        id=payload["id"],
        place=payload["thread"],
        kind=payload["about"],
        voice=voice,
        role=names.of(voice),
        day=None,
        texts=opened["texts"],
        domain=_domain(trade, payload["scope"]),
        shown=shown_labels(trade, opened["shown"]),
        is_mine=True,
        held="held" in payload,
        extra=opened["extra"],
    )


def _domain(trade: Trade, parts: Mapping[str, Any]) -> tuple[str, ...]:
    subject = parts["subject"]
    return tuple(domain_labels(trade, subject, "", parts["levels"])) if subject in trade.subjects else ()
