"""Once a week: what is told of the votes. Bands for everybody, and the reporter's yes where the company owes an answer.

The reporter calls this with what it made of the boxes; nothing here can open one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select, update

from app.community.ballots import boxes_on
from app.community.models import Ballot, Writing
from app.db import Stores
from app.ideas.course import add_turn
from app.ideas.models import Idea, VoteKey
from app.ideas.rules import IDEA, OPEN, VOTE, Turn, band_of, week_of
from app.ideas.votes import find_key
from app.notices.service import tell
from app.sealing import Vault


@dataclass(frozen=True, slots=True)
class Candidate:
    """An idea that the company has said nothing to, with the boxes of its votes."""

    idea_id: str
    boxes: tuple[bytes, ...]


def open_key(stores: Stores, *, key: str, public: bytes, voters: int, houses: int, today: date) -> None:
    """Publish the key that votes are closed to from now on, with thresholds that stay as long as it does; writes
    content."""
    before = find_key(stores)
    week = before.week if before is not None else week_of(today)
    stores.content.add(VoteKey(key=key, public_key=public, voters=voters, houses=houses, week=week))


def keys_there(stores: Stores) -> list[str]:
    """The names of the keys votes may be closed to, newest first."""
    return list(stores.content.scalars(select(VoteKey.key).order_by(VoteKey.key.desc())))


def boxes_of_all(stores: Stores) -> list[tuple[str, bytes]]:
    """Label and box of every vote, for a key that takes another's place."""
    rows = stores.content.execute(select(Ballot.label, Ballot.box).where(Ballot.purpose == VOTE))
    return [(label, box) for label, box in rows if box is not None]


def put_boxes(stores: Stores, boxes: Mapping[str, bytes]) -> None:
    """Put the same votes, closed to another key, in the place of those that still stand; writes content."""
    for label, box in boxes.items():
        stores.content.execute(update(Ballot).where(Ballot.label == label, Ballot.purpose == VOTE).values(box=box))


def drop_key(stores: Stores, key: str) -> None:
    """Let a key go that closes nothing any more; writes content."""
    row = stores.content.get(VoteKey, key)
    if row is not None:
        stores.content.delete(row)


def due_count(stores: Stores, *, today: date) -> VoteKey | None:
    """The key to count by, when a week has begun that is not counted yet."""
    key = find_key(stores)
    return key if key is not None and key.week < week_of(today) else None


def candidates(stores: Stores, key: VoteKey) -> list[Candidate]:
    """Ideas of members that nobody has answered and that have votes enough to be looked at."""
    enough = (
        select(Ballot.object).where(Ballot.purpose == VOTE).group_by(Ballot.object).having(func.count() >= key.voters)
    )
    waiting = select(Idea.id).where(
        Idea.state == OPEN, Idea.by_company.is_(False), Idea.due_day.is_(None), Idea.id.in_(enough)
    )
    ids: Sequence[str] = stores.content.scalars(waiting.order_by(Idea.id)).all()
    return [Candidate(one, tuple(boxes_on(stores, purpose=VOTE, object=one))) for one in ids]


def settle_week(
    stores: Stores, vault: Vault, *, passed: Sequence[str], days: int, today: date, window: int
) -> None:  # fmt: skip
    """Tell the week's bands, and that the company owes an answer to the ideas that passed; writes content."""
    _put_bands(stores)
    for idea_id in passed:
        _oblige(stores, vault, idea_id, today=today, due=today + timedelta(days=days), window=window)
    key = find_key(stores)
    if key is not None:
        key.week = week_of(today)


def _put_bands(stores: Stores) -> None:
    counted = select(Ballot.object, func.count()).where(Ballot.purpose == VOTE).group_by(Ballot.object)
    bands: dict[str, int] = {row[0]: band_of(row[1]) for row in stores.content.execute(counted)}
    for idea_id, before in stores.content.execute(select(Idea.id, Idea.band)).all():
        if bands.get(idea_id, 0) != before:
            stores.content.execute(update(Idea).where(Idea.id == idea_id).values(band=bands.get(idea_id, 0)))


def _oblige(stores: Stores, vault: Vault, idea_id: str, *, today: date, due: date, window: int) -> None:
    idea = stores.content.get(Idea, idea_id)
    opener = stores.content.scalars(select(Writing).where(Writing.place == idea_id, Writing.kind == IDEA)).first()
    if idea is None or idea.state != OPEN or idea.due_day is not None or not _stands(opener):
        return
    idea.due_day = due.toordinal()
    add_turn(vault, idea, Turn("duty", today.toordinal(), "rules", due=due.toordinal()))
    if opener is not None:
        tell(stores, vault, label=opener.author_tag, kind="idea_duty", due=window + 1, thread=idea_id)


def _stands(opener: Writing | None) -> bool:
    """Nobody owes an answer to what was taken back, or is being looked at."""
    return opener is not None and bool(opener.sealed_text) and not opener.hidden
