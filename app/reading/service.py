"""Use cases: ask for a reading, find a reader, read, give it back, end it."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, select

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.rules import shown_attributes, shows_subject
from app.domains.trade import Trade
from app.errors import NotThere
from app.jobs import queue
from app.keystore import DataKey
from app.notices.service import tell
from app.questions.drafts import draft_label, find_draft
from app.questions.exclusions import circles_beside
from app.questions.lockers import read_locker, write_locker
from app.questions.models import Photo
from app.questions.photos import open_photo, remove_photos, store_photos
from app.questions.rules import Question
from app.questions.writing import check_crowd, due_window, known_writer
from app.queues.experts import answering_handles, is_own, open_profile
from app.queues.models import Expert
from app.queues.rules import Now
from app.reading.models import Reading
from app.reading.rules import A_DAY, Case, Chooses, EnoughReadings, may_be_asked
from app.sealing import Vault, open_text, seal_text
from privacy.anonymity import Policy
from privacy.pseudonyms import new_id
from privacy.scopes import Audience

KIND: Final = "reading"
TABLE: Final = "readings"
PAD: Final = 4096
LOCKER: Final = "readings"  # the days on which the member asked for one


def request_reading(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, question: Question, origin: str,
    excluded: Collection[str], policy: Policy, window: int, today: date, pictures: Sequence[bytes] = (),
) -> None:  # fmt: skip
    """Hand the draft on at the next window, as its preview shows it; once a draft. Writes content and keys.

    What it shows must hide its author as if it were published, and counts with all they tell this quarter. Raises
    ScopeTooFine, Forbidden, EnoughReadings.
    """
    label = draft_label(viewer.secret, origin)
    if find_row(stores, label) is not None:
        return
    viewer = known_writer(stores, vault, viewer, today=today)
    _count(stores, viewer, today)
    check_crowd(
        stores, vault, trade, viewer=viewer, subject=question.subject, levels=question.levels, today=today,
        sending={"policy": policy},
    )  # fmt: skip
    key_id, key = vault.new_data_key(stores)
    reading_id = str(new_id())
    case = Case(
        label, trade.group_of[question.subject].key, question.subject, shows_subject(question.levels),
        circles_beside(stores, vault, {*excluded, *viewer.own_circles}), key_id,
        photos=tuple(store_photos(stores, key, pictures)),
    )  # fmt: skip
    text = {
        "title": question.title,
        "fields": dict(question.fields),
        "facets": dict(question.facets),
        "shown": [asdict(one) for one in shown_attributes(trade, viewer.attributes, question.levels)],
        "topic": question.topic,
        "levels": dict(question.levels),
        "photos": list(case.photos),
    }
    sealed_text = seal_text(key, text, table=TABLE, row=reading_id)
    stores.content.add(
        Reading(id=reading_id, label=label, inbox=None, sealed=_seal(vault, reading_id, case), sealed_text=sealed_text)
    )
    due = due_window(stores, window, Audience.EXPERTS, at_once=False)
    queue.put(stores, vault, KIND, {"reading": reading_id, "step": "first"}, due=due)


def offer(stores: Stores, vault: Vault, row: Reading, *, now: Now, rng: Chooses) -> bool:
    """Let somebody who may and wants to have it, in the place of whoever had it; without anybody it stays where it is.

    Says whether there was anybody.
    """
    case = case_of(vault, row)
    case = replace(case, closed=circles_beside(stores, vault, case.closed))  # a circle may have split since
    rows = stores.content.scalars(select(Expert).where(Expert.group_key == case.group))
    able = [
        one.handle for one in rows if may_be_asked(case, one.handle, open_profile(vault, one), now=now)
    ]  # fmt: skip
    if able:
        row.inbox = rng.choice(able)
        row.sealed = _seal(vault, row.id, replace(case, tried=(*case.tried, row.inbox)))
        tell(stores, vault, label=row.inbox, kind="reading_asked", due=now.window)
    return bool(able)


def give_back(
    stores: Stores, vault: Vault, row: Reading, *, window: int, note: str = "", marks: Sequence[str] = (),
    was_read: bool = False,
) -> None:  # fmt: skip
    """The end of a reading: the text goes with its key, and its author is told at the window; writes content and keys."""
    case = case_of(vault, row)
    _erase(stores, case)
    row.inbox, row.sealed_text = None, b""
    row.sealed = _seal(vault, row.id, case.came_back(window, note=note, marks=marks, was_read=was_read))
    tell(stores, vault, label=case.label, kind="reading_back", due=window)


def pass_on(stores: Stores, vault: Vault, *, viewer: Viewer, reading_id: str, window: int) -> None:
    """A reader would rather not: somebody else is asked at the next window, and nobody learns why."""
    row = get_given(stores, vault, viewer=viewer, reading_id=reading_id)
    row.inbox = None
    queue.put(stores, vault, KIND, {"reading": row.id, "step": "again"}, due=window + 1)


def erase_handle(stores: Stores, vault: Vault, *, handle: str, window: int) -> None:
    """Take a reader who leaves out of every reading: what lies with them goes on to somebody else. Writes content."""
    for row in stores.content.scalars(select(Reading)):
        case = case_of(vault, row)
        if handle in case.tried:
            left = tuple(one for one in case.tried if one != handle)
            row.sealed = _seal(vault, row.id, replace(case, tried=left))
        if row.inbox == handle:
            row.inbox = None
            queue.put(stores, vault, KIND, {"reading": row.id, "step": "again"}, due=window + 1)


def get_given(stores: Stores, vault: Vault, *, viewer: Viewer, reading_id: str) -> Reading:
    """A draft that lies with this reader. Raises NotThere, also for one whose author's circle or exclusions shut them out
    meanwhile."""
    row = stores.content.get(Reading, reading_id)
    if row is None or row.inbox is None or not is_own(stores, vault, viewer, row.inbox):
        raise NotThere
    if case_of(vault, row).closed & viewer.own_circles:
        raise NotThere
    return row


def given_to(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer) -> list[Reading]:
    """All that lies with this reader."""
    handles = list(answering_handles(stores, trade, viewer).values())
    rows = stores.content.scalars(select(Reading).where(Reading.inbox.in_(handles)).order_by(Reading.id))
    return [row for row in rows if not case_of(vault, row).closed & viewer.own_circles]


def find_own(stores: Stores, viewer: Viewer, origin: str) -> Reading | None:
    """The reading of the viewer's draft, or None."""
    return find_row(stores, draft_label(viewer.secret, origin))


def own_rows(stores: Stores, viewer: Viewer) -> list[Reading]:
    """The viewer's readings, for leaving: of the draft there is."""
    draft = find_draft(stores, viewer.secret)
    row = find_own(stores, viewer, draft.origin) if draft else None
    return [] if row is None else [row]


def find_row(stores: Stores, label: str) -> Reading | None:
    """The row under this label, or None."""
    return stores.content.scalars(select(Reading).where(Reading.label == label)).one_or_none()


def end(stores: Stores, vault: Vault, row: Reading) -> None:
    """Erase it, key and all: its author has read what came back, or wants no reading; writes content and keys."""
    _erase(stores, case_of(vault, row))
    stores.content.delete(row)


def case_of(vault: Vault, row: Reading) -> Case:
    """The sealed part of a row."""
    found: dict[str, Any] = vault.open(row.sealed, table=TABLE, column="sealed", row=row.id)
    lists = {name: tuple(found.get(name, ())) for name in ("tried", "marks", "photos")}
    return Case(**{**found, **lists, "closed": frozenset(found["closed"])})


def text_of(stores: Stores, vault: Vault, row: Reading) -> dict[str, Any]:
    """The draft itself. Raises NotThere once it is back."""
    if not row.sealed_text:
        raise NotThere
    key = vault.data_key(stores, case_of(vault, row).key_id)
    text: dict[str, Any] = open_text(key, row.sealed_text, table=TABLE, row=row.id)
    return text


def photo_of(stores: Stores, vault: Vault, row: Reading, photo_id: str) -> bytes:
    """A picture of the draft. Raises NotThere for any that is not."""
    case = case_of(vault, row)
    photo = stores.content.get(Photo, photo_id) if photo_id in case.photos else None
    if photo is None:
        raise NotThere
    return open_photo(vault.data_key(stores, case.key_id), photo)


def _erase(stores: Stores, case: Case) -> None:
    """The key of text and pictures, and the pictures."""
    stores.keys.execute(delete(DataKey).where(DataKey.id == case.key_id))
    remove_photos(stores, case.photos)


def _seal(vault: Vault, reading_id: str, case: Case) -> bytes:
    kept = {**asdict(case), "closed": sorted(case.closed)}
    return vault.seal(kept, table=TABLE, column="sealed", row=reading_id, pad=PAD)


def _count(stores: Stores, viewer: Viewer, today: date) -> None:
    days: list[int] = read_locker(stores, viewer.secret, LOCKER, [])
    todays = [one for one in days if one == today.toordinal()]
    if len(todays) >= A_DAY:
        raise EnoughReadings
    write_locker(stores, viewer.secret, LOCKER, [*todays, today.toordinal()])
