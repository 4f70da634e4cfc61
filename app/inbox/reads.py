"""The inbox as cards. A title stands beside a note only where the reader may read it; gone threads take theirs along."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.inbox.heard import heard
from app.inbox.labels import OwnLabels, own_labels
from app.inbox.service import is_read, read_ids
from app.notices.duties import KIND as DESK_DUE
from app.notices.kinds import KINDS
from app.notices.service import Told
from app.questions.access import check_access
from app.questions.lists import by_id, list_cards
from app.questions.models import Thread
from app.questions.reads import is_veiled
from app.queues import offers as queue
from app.queues.rules import GIVEN
from app.sealing import Vault
from app.web.i18n import date_label
from app.web.i18n import gettext as _
from privacy.pseudonyms import MemberSecret

PAGE = 30


@dataclass(frozen=True, slots=True)
class NoteCard:
    """One note."""

    id: str
    day: date
    sentence: str
    title: str  # empty where there is none, or it is not for this reader
    href: str
    action: str
    is_read: bool
    older: "tuple[NoteCard, ...]" = ()  # what was told before on the way of the same question, newest first

    @property
    def ids(self) -> str:
        """Its own id and those of the older ones, with a space between."""
        return " ".join([self.id, *(one.id for one in self.older)])

    @property
    def earlier(self) -> tuple[tuple[str, str, str], ...]:
        """The older ones as rows to tap."""
        return tuple((one.href, one.sentence, date_label(one.day)) for one in self.older)


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of the inbox, by day."""

    days: tuple[tuple[date, tuple[NoteCard, ...]], ...]
    has_unread: bool
    has_older: bool


@dataclass(frozen=True, slots=True)
class News:
    """What is not yet read: the important notes, newest first, and whether there is anything besides."""

    first: tuple[NoteCard, ...] = ()
    has_more: bool = False
    is_due: bool = False  # something waits on the desk, as this coordinator sees it

    @property
    def is_there(self) -> bool:
        """Whether there is anything."""
        return bool(self.first) or self.has_more


@dataclass(frozen=True, slots=True)
class Held:
    """An offer of one's own."""

    id: str
    is_open: bool  # there is still something to say to it


@dataclass(frozen=True, slots=True)
class Leading:
    """An unread note: since when it is there, and on which pages its reader learns what it tells."""

    id: str
    window: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when somebody looks."""

    window: int
    window_seconds: int
    is_due: bool = False  # something waits on the desk, as they see it


def inbox_page(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, now: Place, number: int = 0) -> InboxPage:
    """The newest notes first, `number` pages down."""
    own = own_labels(stores, trade, viewer.secret, roles=viewer.roles)
    told = _heard(stores, vault, own, now)
    shown, read = _gathered(told)[number * PAGE :], read_ids(stores, viewer.secret)
    found = _cards(stores, vault, trade, viewer, own, [one for some in shown[:PAGE] for one in some], now)
    by_note = {card.id: card for card in found}
    folded = (_folded([by_note[one.id] for one in some if one.id in by_note]) for some in shown[:PAGE])
    cards = [card for card in folded if card is not None]
    days = tuple((day, tuple(some)) for day, some in groupby(cards, key=lambda card: card.day))
    has_unread = bool(_there(stores, own, _unread(stores, vault, own, told, read)))
    return InboxPage(days, has_unread, len(shown) > PAGE)


def _gathered(told: Sequence[Told]) -> list[list[Told]]:
    """What was told on the way of one question together, where the newest of it stands; all else alone."""
    found: dict[tuple[str, str], list[Told]] = {}
    for one in told:
        key = ("course", one.thread) if one.kind.startswith("course_") else ("note", one.id)
        found.setdefault(key, []).append(one)
    return list(found.values())


def _folded(cards: Sequence[NoteCard]) -> NoteCard | None:
    """The first with the others behind it; unread while one of them is. None of none."""
    if not cards:
        return None
    return replace(cards[0], older=tuple(cards[1:]), is_read=all(card.is_read for card in cards))


def news(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, now: Place) -> News:
    """What home says of the inbox."""
    own = own_labels(stores, trade, viewer.secret, roles=viewer.roles)
    told = _there(stores, own, unread(stores, vault, own, viewer.secret, now=now))
    first = [one for one in told if KINDS[one.kind].important]
    return News(tuple(_cards(stores, vault, trade, viewer, own, first, now)), len(told) > len(first), now.is_due)


def important_unread(stores: Stores, vault: Vault, own: OwnLabels, secret: MemberSecret, *, now: Place) -> list[Told]:
    """What is to be read before anything else, for who has not been let in yet."""
    return [one for one in unread(stores, vault, own, secret, now=now) if KINDS[one.kind].important]


def unread(stores: Stores, vault: Vault, own: OwnLabels, secret: MemberSecret, *, now: Place) -> list[Told]:
    """The notes not yet read, newest first."""
    told = _heard(stores, vault, own, now)
    return _unread(stores, vault, own, told, read_ids(stores, secret)) if told else []


def leading(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, now: Place) -> list[Leading]:
    """The pages on which a reader learns what their unread notes tell."""
    own = own_labels(stores, trade, viewer.secret, roles=viewer.roles)
    told = _there(stores, own, unread(stores, vault, own, viewer.secret, now=now))
    offers = _offers(stores, vault, own) if any(_is_offer(one) for one in told) else {}
    return [Leading(one.id, one.window, _paths(one, offers)) for one in told]


def _heard(stores: Stores, vault: Vault, own: OwnLabels, now: Place) -> list[Told]:
    """The notes of this reader, newest first; that something waits on the desk, for who finds it there."""
    told = heard(stores, vault, own, window=now.window)
    return [one for one in told if one.kind in KINDS and (one.kind != DESK_DUE or now.is_due)]


def _unread(stores: Stores, vault: Vault, own: OwnLabels, told: Sequence[Told], read: Collection[str]) -> list[Told]:
    """Those of the notes that were not read, nor are over: whoever was asked has had their say by now."""
    left = [one for one in told if not is_read(read, one.id)]
    offers = _offers(stores, vault, own) if any(_is_offer(one) for one in left) else {}
    return [one for one in left if not _is_over(one, offers)]


def _is_offer(one: Told) -> bool:
    return "{offer}" in KINDS[one.kind].page


def _is_over(one: Told, offers: Mapping[str, Held]) -> bool:
    return _is_offer(one) and not (one.thread in offers and offers[one.thread].is_open)


def _href(one: Told, offers: Mapping[str, Held]) -> str:
    offer = offers[one.thread].id if one.thread in offers else ""
    return KINDS[one.kind].page.format(thread=one.thread, offer=offer).rstrip("/")


def _paths(one: Told, offers: Mapping[str, Held]) -> tuple[str, ...]:
    """Where it leads; what somebody is asked stands on the page of the question too."""
    return (_href(one, offers), *([f"/threads/{one.thread}"] if _is_offer(one) else []))


def _there(stores: Stores, own: OwnLabels, told: Sequence[Told]) -> list[Told]:
    """Those of which there still is something to show: of one's own there may be something to tell before it is out;
    what was only offered goes with its question."""
    threads = by_id(stores, {one.thread for one in told if one.thread})
    return [one for one in told if not one.thread or one.thread in threads or one.label in own.tags]


def _cards(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, own: OwnLabels, told: Sequence[Told], now: Place
) -> list[NoteCard]:
    threads, there = by_id(stores, {one.thread for one in told if one.thread}), _there(stores, own, told)
    offers = _offers(stores, vault, own) if any(one.label in own.handles for one in there) else {}
    titles = _titles(stores, vault, trade, viewer, own, list(threads.values()), offers)
    read = read_ids(stores, viewer.secret)
    return [_card(one, titles, offers, now, read=is_read(read, one.id) or _is_over(one, offers)) for one in there]


def _card(one: Told, titles: Mapping[str, str], offers: Mapping[str, Held], now: Place, *, read: bool) -> NoteCard:
    kind = KINDS[one.kind]
    return NoteCard(
        id=one.id,
        day=today(one.window * now.window_seconds),
        sentence=_(kind.sentence).format(**one.words),
        title=titles.get(one.thread, ""),
        href=_href(one, offers),
        action=_(kind.action),
        is_read=read,
    )


def _offers(stores: Stores, vault: Vault, own: OwnLabels) -> dict[str, Held]:
    """The offers that were not handed back, by their thread."""
    held = (one for one in queue.to(stores, vault, own.handles) if one.state != "passed")
    return {one.thread_id: Held(one.id, one.state not in GIVEN) for one in held}


def _titles(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    viewer: Viewer,
    own: OwnLabels,
    threads: Sequence[Thread],
    offers: Mapping[str, Held],
) -> dict[str, str]:
    """The titles of those threads that the viewer may read, and that nobody has to look at first."""
    let_in = {*own.tags.values(), *offers}
    found = []
    for thread in threads:
        try:
            found.append(check_access(vault, trade, thread, (), viewer=viewer, asked=thread.id in let_in))
        except NotThere:
            continue
    shown = [access for access in found if not is_veiled(access)]
    return {card.id: card.title for card in list_cards(stores, vault, trade, shown)}
