"""Seats: sign up, offer to lead, step back, rest, leave. All of it in the member's own session: their secret finds them."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, select

from app.accounts.viewer import Viewer
from app.cohorts.models import Cohort, Seat
from app.cohorts.rules import COMPANY_YES, LEADING, SIGN_UP, AlreadyIn, SeatCard, SignUpClosed, TermCard
from app.cohorts.terms import get_term, terms_by_id
from app.community import ballots
from app.community.places import closes_places, shows_places
from app.community.windows import hear_later, heard_in
from app.db import Stores, fetch
from app.domains.reads import quarters_of
from app.domains.rules import groups_of, hidden_levels
from app.domains.trade import Trade
from app.errors import Forbidden, NotThere
from app.keystore import DataKey
from app.questions.standing import standing_of
from app.questions.told import note_told
from app.questions.writing import check_crowd, known_author
from app.sealing import Vault, open_text, seal_text
from privacy.anonymity import Policy
from privacy.crowds import GROUP
from privacy.pseudonyms import MemberSecret

TABLE: Final = "cohort_seats"
LEFT: Final = "cohort-left"  # job: somebody has left
PAD: Final = 1024


def sign_up(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, term_id: str, group: str, goal: str, give: str,
    contact: bytes | None, policy: Policy, today: date,
) -> None:  # fmt: skip
    """Sign up with a goal, or change what was said. Writes content and keys, reads identity.

    That the mates see the group is noted with what the viewer told this quarter. The texts were checked. Raises
    SignUpClosed, AlreadyIn for who is kept for the next term, Forbidden for a group the viewer does not work in.
    """
    viewer = known_author(stores, vault, viewer, today=today)
    term = _open_term(stores, vault, term_id, today)
    subject = _subject_in(trade, viewer, group)
    if any(not seat.leads and seat.term_id in ("", term_id) and not _is_of(seat, viewer, term_id)
           for seat in own_seats(stores, vault, viewer.secret)):  # fmt: skip
        raise AlreadyIn
    levels = hidden_levels(trade)
    check_crowd(
        stores, vault, trade, viewer=viewer, subject=subject, levels=levels, today=today, sending={"policy": policy}
    )
    label = ballots.cast(stores, vault, viewer=viewer, purpose=SIGN_UP, object=term.id, contact=contact)
    _put(stores, vault, _new(label, term.id, viewer, group=group), {"goal": goal, "give": give})


def offer_to_lead(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, term_id: str, contact: bytes | None, today: date
) -> None:
    """Consent to lead one cohort of a term. Writes content and keys, reads identity. A term that runs may still want
    somebody. Raises Forbidden for who may not lead, NotThere."""
    viewer = known_author(stores, vault, viewer, today=today)
    term = get_term(stores, vault, term_id)
    if not may_lead(stores, vault, viewer, today=today):
        raise Forbidden
    if not (term.takes(today) or term.state == "running"):
        raise SignUpClosed
    label = ballots.cast(stores, vault, viewer=viewer, purpose=LEADING, object=term.id, contact=contact)
    if stores.content.get(Seat, label) is None:
        groups = tuple(sorted(groups_of(trade, viewer.subjects)))
        _put(stores, vault, _new(label, term.id, viewer, groups=groups), {})


def may_lead(stores: Stores, vault: Vault, viewer: Viewer, *, today: date) -> bool:
    """Whether somebody coordinates, supports the network this year, or was in a cohort to its end."""
    return leads_by_office(stores, viewer, today=today) or has_graduated(stores, vault, viewer.secret, today=today)


def leads_by_office(stores: Stores, viewer: Viewer, *, today: date) -> bool:
    """Whether what the viewer is besides lets them lead without having been in a cohort."""
    return "coordinator" in viewer.roles or standing_of(stores, viewer.secret).is_core(today)


def has_graduated(stores: Stores, vault: Vault, secret: MemberSecret, *, today: date) -> bool:
    """Whether a cohort of this secret has come to its end."""
    placed = [seat for seat in own_seats(stores, vault, secret) if seat.cohort_id]
    terms = terms_by_id(stores, vault, [seat.term_id for seat in placed])
    return any(terms[seat.term_id].end <= today for seat in placed if seat.term_id in terms)


def step_back(stores: Stores, vault: Vault, *, viewer: Viewer, label: str) -> None:
    """Take back a sign-up, or an offer to lead, that has no cohort yet. Writes content and keys. Raises NotThere."""
    seat = own_seat(stores, vault, viewer.secret, label)
    if seat.cohort_id:
        raise NotThere
    erase(stores, vault, viewer, seat)


def leave_cohort(stores: Stores, vault: Vault, *, viewer: Viewer, cohort_id: str, window: int) -> None:
    """Leave midway: its owner has it no more at once; for the mates the seat goes in the next publication, with what was
    said for it, and a neutral sentence stays. Writes content and keys. Raises NotThere."""
    seat = seat_in(stores, vault, viewer.secret, cohort_id)
    ballots.retract(stores, vault, viewer=viewer, purpose=COMPANY_YES, object=cohort_id)
    take_out(stores, vault, label=seat.label, window=window)
    _retract(stores, vault, viewer, seat)


def take_out(stores: Stores, vault: Vault, *, label: str, window: int) -> None:
    """Erase a seat, also for whoever leaves the service; one in a cohort in the next publication, by a job that tells the
    mates. Writes content and keys."""
    row = stores.content.get(Seat, label)
    if row is None:
        return
    seat = _open(vault, row)
    if seat.cohort_id:
        payload = {"cohort": seat.cohort_id, "number": seat.number, "label": label}
        hear_later(stores, vault, LEFT, payload, window)
    else:
        erase_seat(stores, vault, label=label)


def rest(stores: Stores, vault: Vault, *, viewer: Viewer, cohort_id: str, until: date | None, window: int) -> None:
    """Be away until a day, or be back (None): nothing is told in that time. The mates see it from the next publication
    on. Writes content. Raises NotThere."""
    seat = seat_in(stores, vault, viewer.secret, cohort_id)
    keep(stores, vault, seat.resting(until.toordinal() if until else 0, window, heard_in(stores, window)))


def rest_everywhere(stores: Stores, vault: Vault, *, viewer: Viewer, until: int, window: int) -> None:
    """The member pauses, or is back (0): every seat of theirs. Writes content."""
    due = heard_in(stores, window)
    for seat in own_seats(stores, vault, viewer.secret):
        keep(stores, vault, seat.resting(until, window, due))


def note_group(stores: Stores, *, viewer: Viewer, cohort_id: str, today: date) -> None:
    """Whoever writes in a cohort tells its group, also in a quarter after that of signing up: what they post elsewhere
    in this quarter is checked together with it. Writes content."""
    told = frozenset({(GROUP, 0, cohort_of(stores, cohort_id).group_key)})
    note_told(stores, viewer.secret, quarters_of(stores, today), told)


# finding


def own_labels(stores: Stores, secret: MemberSecret) -> list[str]:
    """The labels of everything this secret signed up for."""
    return [
        ballots.label_of(secret, one.purpose, one.object)
        for one in ballots.own_ballots(stores, secret)
        if one.purpose in (SIGN_UP, LEADING)
    ]


def own_seats(stores: Stores, vault: Vault, secret: MemberSecret) -> list[SeatCard]:
    """Every seat of this secret, its words left closed."""
    return [_open(vault, row) for row in fetch(stores.content, Seat, own_labels(stores, secret))]


def own_seat(stores: Stores, vault: Vault, secret: MemberSecret, label: str) -> SeatCard:
    """One of them, with its words. Raises NotThere."""
    row = stores.content.get(Seat, label) if label in own_labels(stores, secret) else None
    if row is None:
        raise NotThere
    return with_words(stores, vault, [row])[0]


def seat_in(stores: Stores, vault: Vault, secret: MemberSecret, cohort_id: str) -> SeatCard:
    """The viewer's seat in a cohort. Raises NotThere, as for a cohort that is not there."""
    found = next((one for one in own_seats(stores, vault, secret) if one.cohort_id == cohort_id), None)
    if found is None or not cohort_id:
        raise NotThere
    return found


def seats_of(stores: Stores, vault: Vault, cohort_id: str) -> list[SeatCard]:
    """Everybody's seats in a cohort, who leads first, with their words, in two statements."""
    rows = list(stores.content.scalars(select(Seat).where(Seat.cohort_id == cohort_id)))
    return sorted(with_words(stores, vault, rows), key=lambda seat: seat.number)


def seats_for(stores: Stores, vault: Vault, term_ids: Collection[str]) -> list[SeatCard]:
    """Seats of terms ("": kept for the next one) that have no cohort yet, with their words."""
    rows = list(stores.content.scalars(select(Seat).where(Seat.term_id.in_(term_ids), Seat.cohort_id.is_(None))))
    return sorted(with_words(stores, vault, rows), key=lambda seat: seat.label)


def with_words(stores: Stores, vault: Vault, rows: Collection[Seat]) -> list[SeatCard]:
    """Seats with goal and what is given; those whose key has gone have none."""
    keys = vault.data_keys(stores, [row.key_id for row in rows])
    return [
        replace(_open(vault, row), **open_text(keys[row.key_id], row.sealed_text, table=TABLE, row=row.label))
        if row.key_id in keys else _open(vault, row)
        for row in rows
    ]  # fmt: skip


@closes_places
def is_closed(stores: Stores, viewer: Viewer, place: str) -> bool:
    """Whether a place is a cohort in which this viewer has no seat."""
    if stores.content.get(Cohort, place) is None:
        return False
    rows = fetch(stores.content, Seat, own_labels(stores, viewer.secret))
    return all(row.cohort_id != place for row in rows)


@shows_places
def page_of(stores: Stores, place: str) -> str | None:
    """Where a cohort is read."""
    return f"/cohorts/{place}" if stores.content.get(Cohort, place) is not None else None


# writing


def keep(stores: Stores, vault: Vault, seat: SeatCard) -> None:
    """Store what changed of a seat, its words left as they are. Writes content."""
    row = stores.content.get_one(Seat, seat.label)
    row.term_id, row.cohort_id = seat.term_id, seat.cohort_id or None
    row.sealed = _sealed(vault, seat)


def erase(stores: Stores, vault: Vault, viewer: Viewer, seat: SeatCard) -> None:
    """The seat, its words, its notes and its mail. Writes content and keys."""
    erase_seat(stores, vault, label=seat.label)
    _retract(stores, vault, viewer, seat)


def _retract(stores: Stores, vault: Vault, viewer: Viewer, seat: SeatCard) -> None:
    """The ballot of a seat, by which its owner finds it, with notes and mail."""
    for purpose in (SIGN_UP, LEADING):
        for one in ballots.own_ballots(stores, viewer.secret):
            if one.purpose == purpose and ballots.label_of(viewer.secret, purpose, one.object) == seat.label:
                ballots.retract(stores, vault, viewer=viewer, purpose=purpose, object=one.object)


def erase_seat(stores: Stores, vault: Vault, *, label: str, notes: bool = True) -> None:
    """What stands under a label, for whoever leaves the service too; with `notes` also what its owner was told. Writes
    content and keys."""
    row = stores.content.get(Seat, label)
    if row is not None:
        stores.keys.execute(delete(DataKey).where(DataKey.id == row.key_id))
        stores.content.delete(row)
    if notes:
        ballots.drop(stores, vault, label=label)


def _new(label: str, term_id: str, viewer: Viewer, *, group: str = "", groups: tuple[str, ...] = ()) -> SeatCard:
    return SeatCard(
        label, term_id, "", leads=bool(groups), number=0, circle=viewer.circle, group=group, groups=groups,
        near=False, kept=0, rest_until=0,
    )  # fmt: skip


def _put(stores: Stores, vault: Vault, seat: SeatCard, words: Mapping[str, str]) -> None:
    row = stores.content.get(Seat, seat.label)
    if row is None:
        key_id, key = vault.new_data_key(stores)
        row = Seat(label=seat.label, term_id=seat.term_id, cohort_id=None, leads=seat.leads, key_id=key_id)
        row.sealed, row.sealed_text = _sealed(vault, seat), b""
        stores.content.add(row)
    else:
        key = vault.data_key(stores, row.key_id)
        row.sealed = _sealed(vault, seat)
    row.sealed_text = seal_text(key, dict(words), table=TABLE, row=seat.label)


def _sealed(vault: Vault, seat: SeatCard) -> bytes:
    clear = {"label", "term_id", "cohort_id", "leads", "goal", "give"}
    value = {name: one for name, one in asdict(seat).items() if name not in clear}
    return vault.seal(value, table=TABLE, column="sealed", row=seat.label, pad=PAD)


def _open(vault: Vault, row: Seat) -> SeatCard:
    value: dict[str, Any] = vault.open(row.sealed, table=TABLE, column="sealed", row=row.label)
    value["groups"] = tuple(value["groups"])
    return SeatCard(row.label, row.term_id, row.cohort_id or "", row.leads, **value)


def _is_of(seat: SeatCard, viewer: Viewer, term_id: str) -> bool:
    return seat.label == ballots.label_of(viewer.secret, SIGN_UP, term_id)


def _open_term(stores: Stores, vault: Vault, term_id: str, today: date) -> TermCard:
    term = get_term(stores, vault, term_id)
    if not term.takes(today):
        raise SignUpClosed
    return term


def _subject_in(trade: Trade, viewer: Viewer, group: str) -> str:
    """A subject of the viewer's in this group. Raises Forbidden."""
    found = next((one for one in viewer.subjects if trade.group_of[one].key == group), "")
    if not found:
        raise Forbidden
    return found


def cohort_of(stores: Stores, cohort_id: str) -> Cohort:
    """The row. Raises NotThere."""
    row = stores.content.get(Cohort, cohort_id)
    if row is None:
        raise NotThere
    return row
