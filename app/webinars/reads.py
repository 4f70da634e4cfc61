"""Sessions as cards: what this viewer may see of each, and nothing of who signed up but a band."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, select, tuple_

from app.accounts.viewer import Viewer
from app.community import ballots
from app.community.models import Ballot
from app.community.reads import WritingCard, read_place
from app.db import Stores, fetch
from app.domains.trade import Trade
from app.sealing import Vault
from app.web.i18n import gettext as _
from app.webinars.models import Talk
from app.webinars.planning import SIGN_UP
from app.webinars.rows import SHOWN, Opened, as_they_see_it, get_talk, open_all
from app.webinars.rules import Times
from app.webinars.writing import ANSWER, QUESTION, SUMMARY, WORDS

PAGE: Final = 20
BATCH: Final = 60
LATEST: Final = 100  # lines of a session that are shown at first


@dataclass(frozen=True, slots=True)
class SpeakerCard:
    """A lecturer as everybody sees them."""

    role: str
    name: str  # a pen name, or the name they chose to be called by; empty under a handle
    is_named: bool
    fee: bool
    is_me: bool


@dataclass(frozen=True, slots=True)
class TalkCard:
    """A session as this viewer sees it."""

    id: str
    title: str
    about: str
    form: str
    subject: str  # a domain group's key
    domain: tuple[str, ...]
    times: Times
    phase: str  # planned coming soon open over cancelled
    speakers: tuple[SpeakerCard, ...]
    by_company: bool
    company_may: bool
    band: int
    reason: str
    is_signed_up: bool
    is_lecturer: bool

    @property
    def day(self) -> date:
        """As announced."""
        return self.times.day


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said at a session, in its order; its role is that of the session."""

    writing: WritingCard
    is_lecturer: bool
    answers: str  # the beginning of the question it answers
    is_answered: bool

    @property
    def kind(self) -> str:
        """question, words or answer."""
        return self.writing.kind


@dataclass(frozen=True, slots=True)
class TalkPage:
    """A session with what was said."""

    card: TalkCard
    lines: tuple[Line, ...]
    waiting: tuple[Line, ...]  # the viewer's own, not out yet
    summaries: tuple[Line, ...]

    @property
    def newest(self) -> tuple[Line, ...]:
        """What a page shows at first of a long session."""
        return self.lines[-LATEST:]

    @property
    def last(self) -> str:
        """The newest line: what a page that is open asks to go on from."""
        return self.lines[-1].writing.id if self.lines else ""

    @property
    def sources(self) -> list[str]:
        """What an article could be made from: summaries first, then what lecturers said, then what was asked."""
        said = sorted(self.lines, key=lambda one: not one.is_lecturer)
        return [
            one.writing.id for one in (*self.summaries, *said) if not one.writing.waits and not one.writing.withdrawn
        ]

    def after(self, line_id: str) -> tuple[Line, ...] | None:
        """What came after a line; None when it is no longer there."""
        if not line_id:
            return self.lines
        ids = [one.writing.id for one in self.lines]
        return self.lines[ids.index(line_id) + 1 :] if line_id in ids else None


def coming(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, now: float, today: date) -> list[TalkCard]:
    """What is announced or was called off, from today on, soonest first."""
    query = select(Talk).where(Talk.state.in_(("announced", "cancelled")), Talk.day >= today.toordinal())
    rows = stores.content.scalars(query.order_by(Talk.day, Talk.begins, Talk.id).limit(BATCH)).all()
    there = [one for one in open_all(stores, vault, rows) if one.is_there_for(viewer)]
    cards = _cards(stores, trade, viewer, [one for one in there if one.phase(now) != "over"][:PAGE], now)
    return cards


def past(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, now: float, cursor: str = ""
) -> tuple[list[TalkCard], str]:
    """What is over, newest first, with where the next page begins, empty on the last."""
    found: list[Opened] = []
    for one in _there(stores, vault, select(Talk).where(Talk.state.in_(("over", "announced"))), viewer, cursor):
        if one.phase(now) == "over":
            found.append(one)
        if len(found) > PAGE:
            break
    more = _cursor(found[PAGE - 1].row) if len(found) > PAGE else ""
    return _cards(stores, trade, viewer, found[:PAGE], now), more


def on_desk(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, now: float) -> list[TalkCard]:
    """What is planned or announced, for coordinators, soonest first."""
    query = select(Talk).where(Talk.state.in_(("planned", "announced"))).order_by(Talk.day, Talk.begins, Talk.id)
    rows = stores.content.scalars(query.limit(BATCH)).all()
    there = [one for one in open_all(stores, vault, rows) if one.is_there_for(viewer)]
    return _cards(stores, trade, viewer, there, now)


def talk_card(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, talk_id: str, now: float) -> TalkCard:
    """One session. Raises NotThere."""
    return _cards(stores, trade, viewer, [get_talk(stores, vault, viewer=viewer, talk_id=talk_id)], now)[0]


def card_of(stores: Stores, trade: Trade, *, viewer: Viewer, opened: Opened, now: float) -> TalkCard:
    """One that was read already: for somebody who is invited, before it is there for everybody."""
    return _cards(stores, trade, viewer, [opened], now)[0]


def talk_page(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, talk_id: str, now: float) -> TalkPage:
    """One session with what was said, as this viewer may read it. Raises NotThere."""
    opened = get_talk(stores, vault, viewer=viewer, talk_id=talk_id)
    card = _cards(stores, trade, viewer, [opened], now)[0]
    writings = read_place(stores, vault, trade, viewer=viewer, place=talk_id)
    begun = {one.id: _beginning(one) for one in writings if one.kind == QUESTION}
    lines = [_line(one, opened, begun, viewer) for one in writings]
    said = [one for one in lines if one.kind in (QUESTION, WORDS, ANSWER)]
    return TalkPage(
        card,
        tuple(one for one in said if not one.writing.waits),
        tuple(one for one in said if one.writing.waits),
        tuple(one for one in lines if one.kind == SUMMARY),
    )


def role_of(number: int, of: int) -> str:
    """How a lecturer is called: by number only where there are several."""
    return _("講師{n}").format(n=number) if of > 1 else _("講師")


def _seen(opened: Opened, viewer: Viewer) -> tuple[dict[int, int], int]:
    """Stored number -> shown number of the lecturers this reader may know of, without gaps; and how many lecture."""
    shown = {value["number"]: number for number, value in enumerate(opened.seen_by(viewer), 1)}
    return shown, len(shown) + bool(opened.value["by_company"])


def _line(one: WritingCard, opened: Opened, begun: dict[str, str], viewer: Viewer) -> Line:
    number = one.extra.get("speaker")
    shown, many = _seen(opened, viewer)
    if one.voice < 0:
        role = _("運営会社")
    elif number is None:
        role = _("まとめた人") if one.kind == SUMMARY else _("参加者")
    else:
        own = next((value for _row, value in opened.speakers if value["number"] == number), None)
        role = (role_of(shown[number], many) if number in shown else _("講師")) + (
            f" {own['name']}" if own and own["name"] else ""
        )
    to, is_lecturer = str(one.extra.get("to", "")), number is not None or one.voice < 0
    answered = one.id in opened.value["answered"]
    return Line(replace(one, role=role), is_lecturer, begun.get(to, ""), answered)


def _beginning(one: WritingCard) -> str:
    text = " ".join(one.texts.get("text", "").split())
    return text if len(text) <= 40 else text[:39] + "…"


def _there(stores: Stores, vault: Vault, query: Select[Talk], viewer: Viewer, cursor: str) -> Iterator[Opened]:
    place = _place(cursor)
    while True:
        after = query if place is None else query.where(tuple_(Talk.day, Talk.id) < place)
        rows = stores.content.scalars(after.order_by(Talk.day.desc(), Talk.id.desc()).limit(BATCH)).all()
        yield from (one for one in open_all(stores, vault, rows) if one.is_there_for(viewer))
        if len(rows) < BATCH:
            return
        place = (rows[-1].day, rows[-1].id)


def _cards(stores: Stores, trade: Trade, viewer: Viewer, found: Sequence[Opened], now: float) -> list[TalkCard]:
    labels = {one.row.id: ballots.label_of(viewer.secret, SIGN_UP, one.row.id) for one in found}
    signed = {row.label for row in fetch(stores.content, Ballot, list(labels.values()))} if found else set()
    groups = {group.key: str(group.name) for group in trade.groups}
    return [_card(viewer, one, labels[one.row.id] in signed, groups, now) for one in found]


def _card(viewer: Viewer, one: Opened, is_signed_up: bool, groups: dict[str, str], now: float) -> TalkCard:
    row, value = one.row, one.value
    domain = (groups[value["subject"]],) if value["subject"] in groups else ()
    return TalkCard(
        id=row.id, title=value["title"], about=value["about"], form=row.form, subject=value["subject"], domain=domain,
        times=one.times, phase=one.phase(now), speakers=_speakers(viewer, one), by_company=value["by_company"],
        company_may=row.company_may, band=value["band"] if row.state in SHOWN else 0, reason=value["reason"],
        is_signed_up=is_signed_up, is_lecturer=one.own(viewer) is not None,
    )  # fmt: skip


def _speakers(viewer: Viewer, one: Opened) -> tuple[SpeakerCard, ...]:
    own, (shown, many) = one.own(viewer), _seen(one, viewer)
    return tuple(_speaker(value, shown[value["number"]], many, is_me=value is own) for value in one.seen_by(viewer))


def _speaker(value: Any, number: int, many: int, *, is_me: bool) -> SpeakerCard:
    value = as_they_see_it(value) if is_me else value
    is_named = value["as"] == "name"
    return SpeakerCard(role_of(number, many), value["name"], is_named, value["fee"], is_me)


def _cursor(row: Talk) -> str:
    return urlsafe_b64encode(f"{row.day}.{row.id}".encode()).decode().rstrip("=")


def _place(cursor: str) -> tuple[int, str] | None:
    try:
        day, _dot, talk_id = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(".")
        return (date.fromordinal(int(day)).toordinal(), talk_id) if talk_id else None
    except (ValueError, OverflowError):
        return None
