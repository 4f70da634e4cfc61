"""Use cases: volunteer, be drawn, read, say yes or no; and the day on which it is decided.

The jury of a round is five volunteers, at most one of a circle, of whose circles nobody stands. A juror therefore learns
nothing from what they are given or spared: all of them read everything, and that no candidate is of one's own circle is
what the crowd check allows for anyhow, since it leaves out any one organisation. Where fewer than five such circles have
volunteers the jury is smaller; three still have to say yes, and with fewer than three nobody is read.
"""

import hashlib
import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, select

from app.accounts.viewer import Viewer
from app.community import ballots
from app.community.models import Ballot
from app.community.windows import hear_later
from app.db import Stores, fetch
from app.domains.service import current_viewer
from app.errors import Forbidden, NotThere
from app.notices.service import tell
from app.questions.voices import apart
from app.recognition.models import Candidacy, Seat
from app.recognition.rules import ANNOUNCED, ENOUGH, JURY, READING, NotNow, Round, verdict_of
from app.recognition.standing import STANDS, VERDICT, WITHDRAWN, Part, parts_of
from app.recognition.texts import drop_texts, find_text, find_texts, put_text
from app.sealing import Vault
from privacy.counting import draw

PURPOSE: Final = "juror"
HEARD: Final = "juror-heard"  # job: who stepped down reads no more


@dataclass(frozen=True, slots=True)
class Duty:
    """Where a volunteer stands."""

    has_volunteered: bool
    is_seated: bool
    may_volunteer: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One candidate's texts for a juror, and what this juror said of them."""

    label: str
    number: int
    parts: tuple[Part, ...] = field(repr=False)
    yes: bool | None = None
    sentence: str = field(default="", repr=False)


def duty_of(stores: Stores, *, viewer: Viewer, now: Round) -> Duty:
    """Whether the viewer volunteered, was drawn, and may still volunteer."""
    label = ballots.label_of(viewer.secret, PURPOSE, str(now.year))
    has = ballots.has_cast(stores, viewer=viewer, purpose=PURPOSE, object=str(now.year))
    is_seated = has and stores.content.get(Seat, label) is not None  # who stepped down keeps an empty seat for a while
    return Duty(has, is_seated, now.phase != ANNOUNCED and not has)


def volunteer(stores: Stores, vault: Vault, *, viewer: Viewer, now: Round, today: date) -> None:
    """Put one's ballot in the draw of this round; writes content, reads identity. Raises NotNow, Forbidden."""
    if now.phase == ANNOUNCED:
        raise NotNow
    viewer = current_viewer(stores, vault, viewer=viewer, today=today)
    note = {"circles": sorted(viewer.own_circles)}
    ballots.cast(stores, vault, viewer=viewer, purpose=PURPOSE, object=str(now.year), note=note)


def step_down(stores: Stores, vault: Vault, *, viewer: Viewer, now: Round, window: int) -> None:
    """Take one's ballot back, drawn or not, with what one said of candidates; writes content and keys. The seat is free in
    the next publication: every page says whether enough are reading."""
    label = ballots.label_of(viewer.secret, PURPOSE, str(now.year))
    if now.phase == READING:
        for candidacy in _candidacies(stores, now.year):
            drop_texts(stores, [ballots.label_of(viewer.secret, VERDICT, candidacy.label)])
            ballots.retract(stores, vault, viewer=viewer, purpose=VERDICT, object=candidacy.label)
    ballots.retract(stores, vault, viewer=viewer, purpose=PURPOSE, object=str(now.year))
    if stores.content.get(Seat, label) is not None:
        hear_later(stores, vault, HEARD, {"label": label}, window)


def settle(stores: Stores, *, label: str) -> None:
    """The seat of who stepped down before this publication is free, unless they thought better of it. Writes content."""
    if stores.content.get(Ballot, label) is None:
        stores.content.execute(delete(Seat).where(Seat.label == label))


def fill_seats(stores: Stores, vault: Vault, *, year: int, window: int, rng: random.Random) -> int:
    """Draw for the seats that are free, and tell who was drawn; how many were. Writes content."""
    seats = set(stores.content.scalars(select(Seat.label).where(Seat.round == year)))
    candidacies = _candidacies(stores, year)
    if not candidacies or len(seats) >= JURY:
        return 0
    volunteers = {label: frozenset(note["circles"]) for label, note in _volunteers(stores, vault, year)}
    closed = frozenset[str]().union(
        *(circles_of(vault, row) for row in candidacies), *(volunteers[label] for label in seats & volunteers.keys())
    )
    drawn = draw_jury(volunteers, closed=closed, size=JURY - len(seats), rng=rng)
    for label in drawn:
        stores.content.add(Seat(label=label, round=year))
        tell(stores, vault, label=label, kind="jury_drawn", due=window)
    return len(drawn)


def draw_jury(
    volunteers: Mapping[str, frozenset[str]], *, closed: Collection[str], size: int, rng: random.Random
) -> tuple[str, ...]:
    """Up to `size` volunteers (label -> circles of the organisation, now and before), none of a closed circle, at most
    one of each; pure. Circles that one organisation was in count as one.
    """
    free = {label: circles for label, circles in volunteers.items() if not circles & set(closed)}
    parts = apart(free[label] for label in sorted(free))
    at = {label: str(next(n for n, part in enumerate(parts) if part & circles)) for label, circles in free.items()}
    return draw(at, min(size, len(parts)), rng=rng)


def readings(stores: Stores, vault: Vault, *, viewer: Viewer, now: Round) -> list[Reading]:
    """What lies before a juror, in an order of their own. Raises NotThere for anybody else."""
    seat = _seat(stores, viewer, now)
    rows = [row for row in _candidacies(stores, now.year) if not circles_of(vault, row) & viewer.own_circles]
    rows.sort(key=lambda row: hashlib.sha256(f"{seat.label} {row.label}".encode()).digest())
    own = {row.label: ballots.label_of(viewer.secret, VERDICT, row.label) for row in rows}
    texts = find_texts(stores, vault, [*own, *own.values()])
    fetch(stores.content, Ballot, list(own.values()))  # all at once
    notes = {
        row.label: ballots.own_note(stores, vault, viewer=viewer, purpose=VERDICT, object=row.label) for row in rows
    }
    return [
        Reading(
            row.label, number, parts_of(texts[row.label]), (notes[row.label] or {}).get("yes"),
            texts.get(own[row.label], {}).get("text", ""),
        )
        for number, row in enumerate((row for row in rows if row.label in texts), 1)
    ]  # fmt: skip


def get_reading(stores: Stores, vault: Vault, *, viewer: Viewer, now: Round, label: str) -> Reading:
    """One of them. Raises NotThere."""
    found = next((one for one in readings(stores, vault, viewer=viewer, now=now) if one.label == label), None)
    if found is None:
        raise NotThere
    return found


def say(
    stores: Stores, vault: Vault, *, viewer: Viewer, now: Round, label: str, yes: bool, sentence: str, today: date
) -> None:
    """A juror's yes or no of one candidate, with a sentence for them; once more changes it.

    Writes content and keys, reads identity. Raises NotThere, NotNow, Forbidden.
    """
    if now.phase != READING:
        raise NotNow
    viewer = current_viewer(stores, vault, viewer=viewer, today=today)
    if not viewer.circle:
        raise Forbidden
    get_reading(stores, vault, viewer=viewer, now=now, label=label)
    own = ballots.cast(stores, vault, viewer=viewer, purpose=VERDICT, object=label, note={"yes": yes})
    put_text(stores, vault, own, {"text": sentence})


def decide(stores: Stores, vault: Vault, *, before: int, window: int, rng: random.Random) -> int:
    """Decide every candidacy of rounds before the year `before`, and tell each; how many. Writes content and keys.

    What was read goes, yes and no go; the sentences stay with the candidate, in no order.
    """
    rows = stores.content.scalars(
        select(Candidacy).where(Candidacy.state == STANDS, Candidacy.round < before).order_by(Candidacy.label)
    ).all()
    for row in rows:
        said = ballots.notes_on(stores, vault, purpose=VERDICT, object=row.label)
        texts = find_texts(stores, vault, [row.label, *(label for label, _ in said)])
        sentences = [texts[label]["text"] for label, _ in said if label in texts]
        rng.shuffle(sentences)
        row.state, row.sealed = verdict_of([bool(note["yes"]) for _, note in said]), None
        drop_texts(stores, [label for label, _ in said])
        ballots.drop_all(stores, vault, object=row.label)
        kept: dict[str, Any] = {"sentences": sentences, "groups": texts.get(row.label, {}).get("groups", [])}
        put_text(stores, vault, row.label, kept)
        tell(stores, vault, label=row.label, kind=f"stood_{row.state}", due=window)
    _end_juries(stores, vault, before)
    return len(rows)


def is_short(stores: Stores, *, year: int) -> bool:
    """Whether fewer than three read this round: nobody can be recognised so far."""
    return len(list(stores.content.scalars(select(Seat.label).where(Seat.round == year)))) < ENOUGH


def find_sentences(stores: Stores, vault: Vault, *, row: Candidacy) -> list[str]:
    """What the jury said to whoever stood, once it is decided."""
    found = find_text(stores, vault, row.label) or {}
    return list(found.get("sentences", []))


def _end_juries(stores: Stores, vault: Vault, before: int) -> None:
    """Seats and the ballots of the draw serve one round."""
    years = set(stores.content.scalars(select(Seat.round).where(Seat.round < before)))
    for year in years:
        for label, _ in _volunteers(stores, vault, year):
            ballots.drop(stores, vault, label=label)
    stores.content.execute(delete(Seat).where(Seat.round < before))


def _seat(stores: Stores, viewer: Viewer, now: Round) -> Seat:
    seat = stores.content.get(Seat, ballots.label_of(viewer.secret, PURPOSE, str(now.year)))
    has = ballots.has_cast(stores, viewer=viewer, purpose=PURPOSE, object=str(now.year))
    if seat is None or not has or now.phase != READING:
        raise NotThere
    return seat


def _candidacies(stores: Stores, year: int) -> list[Candidacy]:
    read = select(Candidacy).where(Candidacy.round == year, Candidacy.state.in_((STANDS, WITHDRAWN)))
    return list(stores.content.scalars(read.order_by(Candidacy.label)))


def _volunteers(stores: Stores, vault: Vault, year: int) -> list[tuple[str, Mapping[str, Any]]]:
    return ballots.notes_on(stores, vault, purpose=PURPOSE, object=str(year))


def circles_of(vault: Vault, row: Candidacy) -> frozenset[str]:
    """The circles of who stands, until it is decided: nobody of them reads."""
    if row.sealed is None:
        return frozenset()
    return frozenset(vault.open(row.sealed, table="candidacies", column="sealed", row=row.label)["circles"])
