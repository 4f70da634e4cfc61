"""Cohorts for pages: what somebody with a seat sees, and what the company sees where everybody let it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.cohorts import courses, seats
from app.cohorts.models import Cohort, Seat, Term
from app.cohorts.rules import FAR, LEADER, LEADING, SIGN_UP, Course, SeatCard, TermCard
from app.cohorts.terms import card_of, terms_by_id
from app.community import ballots
from app.community.reads import Names, WritingCard, read_place, rows_at
from app.community.texts import words_of
from app.db import Stores, fetch
from app.domains.trade import Trade
from app.errors import NotThere
from app.keystore import DataKey
from app.questions.rules import COMPANY
from app.sealing import Vault
from app.web.i18n import gettext as _

TALK: Final = "talk"
CHECK_IN: Final = "checkin"
CANVAS: Final = "canvas"
CLOSING: Final = "closing"
SHARED: Final = "all"  # whose canvas it is: everybody's, or that of a seat's number


@dataclass(frozen=True, slots=True)
class Mate:
    """Somebody of a cohort as the others see them: a number, and what they said when signing up."""

    number: int
    role: str
    goal: str
    give: str
    is_me: bool
    rests: bool
    near: bool = False  # shown to themselves alone


@dataclass(frozen=True, slots=True)
class Room:
    """A cohort as one of its people sees it."""

    id: str
    term: TermCard
    group: str
    course: Course
    me: SeatCard = field(repr=False)
    mates: tuple[Mate, ...]
    cards: tuple[WritingCard, ...] = field(repr=False)

    def of(self, *kinds: str) -> list[WritingCard]:
        """Writings of these kinds, oldest first."""
        return [card for card in self.cards if card.kind in kinds]

    def own_check_in(self, week: int) -> WritingCard | None:
        """What the viewer wrote in a week, out or waiting."""
        own = (one for one in self.of(CHECK_IN) if one.is_mine and not one.withdrawn)
        found = [one for one in own if one.extra.get("week") == week]
        return found[-1] if found else None

    @property
    def stamps(self) -> tuple[bool, ...]:
        """For every week whether the viewer's own card has a stamp."""
        weeks = {one.extra.get("week") for one in self.of(CHECK_IN) if one.is_mine and not one.withdrawn}
        return tuple(week in weeks for week in range(1, self.term.weeks + 1))

    @property
    def has_leader(self) -> bool:
        """Whether somebody leads."""
        return any(mate.number == LEADER for mate in self.mates)

    def canvases(self) -> dict[str, list[WritingCard]]:
        """Versions of every canvas, oldest first, by whose it is."""
        found: dict[str, list[WritingCard]] = {}
        for card in self.of(CANVAS):
            if not card.withdrawn:
                found.setdefault(whose(card), []).append(card)
        return found


@dataclass(frozen=True, slots=True)
class OwnCohort:
    """A line of somebody's own list. `object` is the term they signed up for at first."""

    seat: SeatCard = field(repr=False)
    term: TermCard | None  # None for a sign-up that is kept
    object: str

    def state(self, today: date) -> str:
        """What it is: kept | waiting | coming | on | over."""
        if self.term is None:
            return "kept"
        if not self.seat.cohort_id:
            return "waiting"
        return "over" if today >= self.term.end else "on" if today >= self.term.start else "coming"


def role_of(number: Any) -> str:
    """What a seat is called."""
    return _("進行役") if number == LEADER else _("仲間{n}").format(n=number)


def whose(card: WritingCard) -> str:
    """Whose a canvas is."""
    return SHARED if card.extra.get("whose") == SHARED else str(card.extra.get("seat", ""))


def own_list(stores: Stores, vault: Vault, viewer: Viewer) -> list[OwnCohort]:
    """Everything the viewer signed up for or has a seat in, with their own words, newest first."""
    objects = {
        ballots.label_of(viewer.secret, one.purpose, one.object): one.object
        for one in ballots.own_ballots(stores, viewer.secret)
        if one.purpose in (SIGN_UP, LEADING)
    }
    opened = seats.with_words(stores, vault, fetch(stores.content, Seat, list(objects)))
    terms = terms_by_id(stores, vault, [seat.term_id for seat in opened]) if opened else {}
    found = [OwnCohort(seat, terms.get(seat.term_id), objects[seat.label]) for seat in opened]
    return sorted(found, key=lambda one: (-(one.term.start.toordinal() if one.term else FAR), one.seat.label))


def open_room(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, cohort_id: str, today: date, window: int = FAR
) -> Room:
    """A cohort with all that was written in it, as it shows in a window; without one as though everything were out.
    Raises NotThere for everybody without a seat."""
    labels = set(seats.own_labels(stores, viewer.secret))
    rows = list(stores.content.scalars(select(Seat).where(Seat.cohort_id == cohort_id))) if labels else []
    mine = next((row for row in rows if row.label in labels), None)
    if mine is None:
        raise NotThere
    cohort, term = _with_term(stores, cohort_id)
    written = rows_at(stores, cohort_id)
    fetch(stores.keys, DataKey, [*(row.key_id for row in rows), *(row.key_id for row in written)])  # all at once
    everybody = sorted(seats.with_words(stores, vault, rows), key=lambda seat: seat.number)
    me = next(seat for seat in everybody if seat.label == mine.label)
    cards = read_place(stores, vault, trade, viewer=viewer, place=cohort_id)
    return Room(
        cohort_id, card_of(vault, term), _group(trade, cohort.group_key),
        courses.course_of(vault, cohort), me, tuple(_mate(seat, me, today, window) for seat in everybody),
        tuple(_named(card) for card in cards),
    )  # fmt: skip


def check_seat(stores: Stores, vault: Vault, *, viewer: Viewer, cohort_id: str) -> tuple[SeatCard, TermCard]:
    """The viewer's seat and its term. Raises NotThere for everybody without one."""
    seat = seats.seat_in(stores, vault, viewer.secret, cohort_id)
    return seat, card_of(vault, _with_term(stores, cohort_id)[1])


def company_list(stores: Stores, vault: Vault, trade: Trade, *, today: date) -> list[tuple[str, str, TermCard]]:
    """(cohort, group, term) of cohorts that let the company in, whose term is on."""
    query = select(Cohort, Term).join(Term, Term.id == Cohort.term_id).where(Term.state == "running")
    found = []
    for cohort, term in stores.content.execute(query.order_by(Term.start_day, Cohort.id)):
        card = card_of(vault, term)
        if courses.course_of(vault, cohort).company_reads() and card.is_on(today):
            found.append((cohort.id, _group(trade, cohort.group_key), card))
    return found


def company_cards(stores: Stores, vault: Vault, cohort: Cohort, course: Course) -> list[WritingCard]:
    """What the company reads of a cohort: nothing that was written before everybody had let it in, also where it came
    out later, and nothing hidden."""
    rows = [row for row in rows_at(stores, cohort.id) if not row.hidden and row.kind != CLOSING]
    rows = [row for row in rows if row.published_day >= course.company_since or row.voice == COMPANY]
    words = words_of(stores, vault, rows)
    cards = [_plain(row, words[row.id]) for row in rows if row.id in words]
    return [_named(card) for card in cards if card.is_company or card.extra.get("company")]


def _plain(row: Any, opened: Mapping[str, Any]) -> WritingCard:
    return WritingCard(
        id=row.id, place=row.place, kind=row.kind, voice=row.voice, role=Names().of(row.voice),
        day=date.fromordinal(row.published_day), texts=opened.get("texts", {}), extra=opened.get("extra", {}),
    )  # fmt: skip


def _named(card: WritingCard) -> WritingCard:
    return card if card.is_company else replace(card, role=role_of(card.extra.get("seat")))


def _mate(seat: SeatCard, me: SeatCard, today: date, window: int) -> Mate:
    is_me = seat.label == me.label
    rests = seat.rests(today) if is_me else seat.seems_to_rest(today, window)
    return Mate(seat.number, role_of(seat.number), seat.goal, seat.give, is_me, rests, is_me and seat.near)


def _with_term(stores: Stores, cohort_id: str) -> tuple[Cohort, Term]:
    query = select(Cohort, Term).join(Term, Term.id == Cohort.term_id).where(Cohort.id == cohort_id)
    row = stores.content.execute(query).one_or_none()
    if row is None:
        raise NotThere
    return row[0], row[1]


def _group(trade: Trade, key: str) -> str:
    return next((str(group.name) for group in trade.groups if group.key == key), "")


def events_of(course: Course) -> Sequence[tuple[date, str]]:
    """What happened, in neutral sentences."""
    words = {
        "left": _("{who}が会を離れました。"),
        "leader_left": _("進行役が交代します。次の進行役が見つかるまで、みなさんで進められます。"),
        "leader_came": _("進行役が加わりました。"),
        "company_asked": _("運営会社を招くかどうかを、全員に聞いています。"),
        "company_open": _("全員が「はい」と答え、運営会社を招きました。翌日からの書き込みだけが読まれます。"),
        "company_no": _("運営会社は招かないことになりました。"),
        "company_ended": _("運営会社を招くのを終わりにしました。"),
        "company_paused": _(
            "新しい進行役が加わったので、運営会社は読めなくなりました。もう一度、全員に聞くことができます。"
        ),
    }
    return [
        (date.fromordinal(day), words[what].format(who=role_of(number))) for day, what, number in course.events if what in words
    ]  # fmt: skip


def course_at(stores: Stores, vault: Vault, cohort_id: str) -> Course:
    """What a cohort has decided. Raises NotThere. Whether the viewer has a seat was asked."""
    return courses.course_of(vault, seats.cohort_of(stores, cohort_id))


def export(stores: Stores, vault: Vault, *, viewer: Viewer) -> list[dict[str, Any]]:
    """What the viewer said when signing up, for the file they take along."""
    return [
        {
            "start": one.term.start.isoformat() if one.term else None,
            "weeks": one.term.weeks if one.term else None,
            "cohort": one.seat.cohort_id or None,
            "goal": one.seat.goal,
            "give": one.seat.give,
        }
        for one in own_list(stores, vault, viewer)
    ]
