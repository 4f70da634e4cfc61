"""Picks of the month: three to five articles that two editors, drawn anew each month, agree on; never by votes.

The two are drawn among those who offered to edit, of two circles, by their ballots: who they are, only their own
sessions know. Each says in a sentence why; a pick is one when both have. A sentence is a writing and obeys its rules: a
colleague of its author does not see it, and reads the other's. Visitors see the picks and no sentence.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Final, Unpack

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.community import ballots
from app.community.reads import WritingCard, read_place
from app.community.writing import write
from app.db import Stores
from app.domains.rules import month_of
from app.domains.trade import Trade
from app.errors import NotThere
from app.knowledge.finding import cards_for, own_notes
from app.knowledge.models import PickMonth
from app.knowledge.reads import ArticleCard
from app.knowledge.rules import EDITING, EDITOR, OFFICE, NotNow
from app.notices.service import tell
from app.questions.writing import Sending
from app.sealing import Vault
from privacy.counting import draw
from privacy.errors import TooFewCircles
from privacy.pseudonyms import new_id
from privacy.scopes import Audience

PAIR: Final = 2
LEAST, MOST = 3, 5  # picks of a month
RESTING: Final = 3  # months in which nobody is drawn again, where there are others
MAX_WHY: Final = 160
KIND: Final = "pick"  # of the writing
SAID: Final = "pick_said"  # job: a sentence has come out
TURN, ASKED = "pick_turn", "pick_asked"  # notices
TABLE: Final = "pick_months"
PAD: Final = 4096


@dataclass(frozen=True, slots=True)
class Turn:
    """What is known of a month: the ballots drawn, those who let it pass, and the articles with who has said why."""

    pair: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    picks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # article -> ballots

    @property
    def agreed(self) -> list[str]:
        """The articles of which two have said why, in the order in which they were proposed."""
        return [article for article, said in self.picks.items() if len(said) >= PAIR]


@dataclass(frozen=True, slots=True)
class PickCard:
    """A pick, with what this reader may see of the reasons."""

    card: ArticleCard
    whys: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Picked:
    """A month's picks for one reader."""

    month: date
    picks: tuple[PickCard, ...]


@dataclass(frozen=True, slots=True)
class Choosing:
    """What one of the two sees: the articles proposed, which of them are agreed on, and their own sentences."""

    month: date
    proposed: tuple[PickCard, ...]
    agreed: frozenset[str]
    mine: Mapping[str, str]  # article -> one's own sentence

    @property
    def is_full(self) -> bool:
        """Whether nothing more may be proposed."""
        return len(self.proposed) >= MOST


def draw_pair(stores: Stores, vault: Vault, *, today: date, window: int, rng: random.Random) -> bool:
    """Draw whom the month still lacks, and tell them; whether anybody was drawn. Writes content."""
    row, volunteers = stores.content.get(PickMonth, month_of(today)), _volunteers(stores, vault)
    turn = Turn() if row is None else _open(vault, row)
    turn = replace(turn, pair=tuple(one for one in turn.pair if one in volunteers))  # who has left since is missing
    if len(turn.pair) >= PAIR:
        return False
    taken = {volunteers[one] for one in turn.pair}
    free = {
        label: circle
        for label, circle in volunteers.items()
        if circle not in taken and label not in (*turn.pair, *turn.passed)
    }
    drawn = _draw(free, PAIR - len(turn.pair), _resting(stores, vault, today), rng)
    if not drawn:
        return False
    if row is None:
        row = PickMonth(month=month_of(today), place=str(new_id()), is_out=False, sealed=b"")
        stores.content.add(row)
    put_turn(vault, row, replace(turn, pair=(*turn.pair, *drawn)))
    for label in drawn:
        tell(stores, vault, label=label, kind=TURN, due=window)
    return True


def _volunteers(stores: Stores, vault: Vault) -> dict[str, str]:
    """Ballot -> circle of those who offered to edit."""
    notes = ballots.notes_on(stores, vault, purpose=EDITOR, object=OFFICE)
    return {label: note["circle"] for label, note in notes if note.get("circle")}


def _resting(stores: Stores, vault: Vault, today: date) -> frozenset[str]:
    """Who chose in the months before."""
    since = PickMonth.month >= month_of(today) - RESTING
    rows = stores.content.scalars(select(PickMonth).where(since, PickMonth.month < month_of(today)))
    return frozenset(label for row in rows for label in _open(vault, row).pair)


def _draw(free: Mapping[str, str], size: int, resting: frozenset[str], rng: random.Random) -> tuple[str, ...]:
    """Among those who have rested; among all where these are too few."""
    for among in ({label: circle for label, circle in free.items() if label not in resting}, free):
        try:
            return draw(among, size, rng=rng)
        except TooFewCircles:
            continue
    return ()


def my_turn(stores: Stores, vault: Vault, *, viewer: Viewer, today: date) -> PickMonth | None:
    """The month, if the viewer is one of its two."""
    row = stores.content.get(PickMonth, month_of(today))
    return row if row is not None and label_of(viewer) in _open(vault, row).pair else None


def let_pass(
    stores: Stores, vault: Vault, *, viewer: Viewer, today: date, window: int, rng: random.Random
) -> None:  # fmt: skip
    """The viewer does not choose this month, and another is drawn in their place. Writes content. Raises NotThere."""
    row = _get_turn(stores, vault, viewer, today)
    turn, label = _open(vault, row), label_of(viewer)
    picks = {article: tuple(one for one in said if one != label) for article, said in turn.picks.items()}
    left = tuple(one for one in turn.pair if one != label)
    put_turn(vault, row, Turn(left, (*turn.passed, label), {article: said for article, said in picks.items() if said}))
    draw_pair(stores, vault, today=today, window=window, rng=rng)


def say_why(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, article_id: str, why: str, window: int, today: date,
    **sending: Unpack[Sending],
) -> None:  # fmt: skip
    """Propose an article with a sentence, or agree to one that the other proposed. Writes content and keys.

    Raises NotThere for who was not drawn, for an article they may not read and for one of their own, and NotNow where
    there are five, or where they have said why.
    """
    row = _get_turn(stores, vault, viewer, today)
    turn = _open(vault, row)
    if not cards_for(stores, vault, trade, viewer=viewer, ids=[article_id]) or is_own(stores, viewer, article_id):
        raise NotThere
    cards = read_place(stores, vault, trade, viewer=viewer, place=row.place)
    own = [one.extra.get("article") for one in cards if one.is_mine and one.texts]
    if article_id in own or len({*turn.picks, *own, article_id}) > MOST:
        raise NotNow
    payload = {"month": row.month, "article": article_id, "label": label_of(viewer)}
    write(
        stores, vault, trade, viewer=viewer, place=row.place, kind=KIND, texts={"why": why}, audience=Audience.ALL,
        extra={"article": article_id}, then=(SAID, payload), window=window, today=today, **sending,
    )  # fmt: skip


def is_own(stores: Stores, viewer: Viewer, article_id: str) -> bool:
    """Whether the viewer wrote a note, or edited an article: nobody picks what is theirs."""
    edited = ballots.OwnBallot(EDITING, article_id) in ballots.own_ballots(stores, viewer.secret)
    return edited or article_id in own_notes(stores, viewer)


def note_said(stores: Stores, vault: Vault, *, month: int, article: str, label: str, window: int) -> None:
    """A sentence is out: the other of the two is told, or the pick stands. Writes content; safe to repeat."""
    row = stores.content.get(PickMonth, month)
    turn = Turn() if row is None else _open(vault, row)
    if row is None or label not in turn.pair:
        return
    said = tuple(dict.fromkeys((*turn.picks.get(article, ()), label)))
    turn = replace(turn, picks={**turn.picks, article: said})
    put_turn(vault, row, turn)
    row.is_out = len(turn.agreed) >= LEAST
    for other in (one for one in turn.pair if one not in said):
        tell(stores, vault, label=other, kind=ASKED, due=window)


def choosing(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, today: date) -> Choosing:
    """The page of the two. Raises NotThere for anybody else."""
    row = _get_turn(stores, vault, viewer, today)
    turn, cards = _open(vault, row), read_place(stores, vault, trade, viewer=viewer, place=row.place)
    mine = {one.extra["article"]: one.texts["why"] for one in cards if one.is_mine and one.texts}
    ids = [*turn.picks, *(one for one in mine if one not in turn.picks)]
    proposed = _pick_cards(stores, vault, trade, viewer, ids, cards)
    return Choosing(_day_of(row.month), proposed, frozenset(turn.agreed), mine)


def latest(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer | None) -> Picked | None:
    """The newest month that is out; None where the reader may read none of it."""
    row = stores.content.scalars(_out().limit(1)).first()
    return None if row is None else _picked(stores, vault, trade, viewer, row)


def of_month(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer | None, month: date) -> Picked:
    """The picks of one month. Raises NotThere."""
    row = stores.content.get(PickMonth, month_of(month))
    found = _picked(stores, vault, trade, viewer, row) if row is not None and row.is_out else None
    if found is None:
        raise NotThere
    return found


def months(stores: Stores) -> list[date]:
    """The first day of each month that has picks, newest first."""
    return [_day_of(month) for month in stores.content.scalars(_out().with_only_columns(PickMonth.month))]


def _out() -> Any:
    return select(PickMonth).where(PickMonth.is_out).order_by(PickMonth.month.desc())


def _picked(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer | None, row: PickMonth) -> Picked | None:
    is_member = viewer is not None and "member" in viewer.roles
    cards = read_place(stores, vault, trade, viewer=viewer, place=row.place) if is_member and viewer else []
    said = [one for one in cards if not one.waits]
    agreed = _pick_cards(stores, vault, trade, viewer, _open(vault, row).agreed, said)
    picks = tuple(replace(one, whys=one.whys[:1]) for one in agreed)  # of two where one is closed, one would be missing
    return Picked(_day_of(row.month), picks) if picks else None


def _pick_cards(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer | None, ids: Sequence[str], cards: Sequence[WritingCard]
) -> tuple[PickCard, ...]:
    whys: dict[str, list[str]] = {}
    for one in cards:
        if one.kind == KIND and one.texts:
            whys.setdefault(one.extra["article"], []).append(one.texts["why"])
    found = cards_for(stores, vault, trade, viewer=viewer, ids=ids)
    return tuple(PickCard(card, tuple(whys.get(card.id, ()))) for card in found)


def _get_turn(stores: Stores, vault: Vault, viewer: Viewer, today: date) -> PickMonth:
    row = my_turn(stores, vault, viewer=viewer, today=today)
    if row is None:
        raise NotThere
    return row


def label_of(viewer: Viewer) -> str:
    """The ballot of an editor, by which they are drawn."""
    return ballots.label_of(viewer.secret, EDITOR, OFFICE)


def _day_of(month: int) -> date:
    return date((month - 1) // 12, (month - 1) % 12 + 1, 1)


def _open(vault: Vault, row: PickMonth) -> Turn:
    found = vault.open(row.sealed, table=TABLE, column="sealed", row=str(row.month))
    picks = {article: tuple(said) for article, said in found["picks"]}
    return Turn(tuple(found["pair"]), tuple(found["passed"]), picks)


def put_turn(vault: Vault, row: PickMonth, turn: Turn) -> None:
    """Seal what is known of a month into its row. Writes content."""
    value = {**asdict(turn), "picks": [[article, list(said)] for article, said in turn.picks.items()]}
    row.sealed = vault.seal(value, table=TABLE, column="sealed", row=str(row.month), pad=PAD)
