"""Use cases: nominate, read what came, let it go. Only whoever wrote the post finds what hangs on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final

from app.accounts.viewer import Viewer
from app.clock import JAPAN, next_monday
from app.community import ballots
from app.community.models import Ballot
from app.community.windows import hear_later
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.notices.service import tell
from app.questions.writing import known_author
from app.recognition.items import NOMINATION, Item, get_nominee, nominated_items
from app.recognition.rules import NOMINATING, NotNow, Round
from app.recognition.texts import drop_texts, find_text, find_texts, put_text
from app.sealing import Vault
from privacy.times import window_of

HEARD: Final = "nomination-heard"  # job: what its author let go of is gone


@dataclass(frozen=True, slots=True)
class Words:
    """A nomination as its author's page and, if they join it, the jury reads it."""

    label: str
    text: str = field(repr=False)
    year: int = 0


@dataclass(frozen=True, slots=True)
class Received:
    """Something of the viewer's own, with what others said of it."""

    item: Item
    words: tuple[Words, ...]


def nominate(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    place: str,
    object: str,
    text: str,
    now: Round,
    today: date,
    seconds: int,
) -> None:
    """Hang a nomination on an answer or a writing, or change one's own; its author sees it from next Monday on.

    Writes content and keys, reads identity. Raises NotNow, NotThere, Forbidden and what keeps somebody from writing.
    """
    if now.phase != NOMINATING:
        raise NotNow
    viewer = known_author(stores, vault, viewer, today=today, thread_id=place)
    nominee = get_nominee(stores, vault, trade, viewer=viewer, place=place, object=object)
    is_new = not ballots.has_cast(stores, viewer=viewer, purpose=NOMINATION, object=object)
    since = next_monday(today)
    note = {"year": now.year, "since": since.toordinal()}
    label = ballots.cast(stores, vault, viewer=viewer, purpose=NOMINATION, object=object, note=note)
    put_text(stores, vault, label, {"text": text})
    if is_new:
        thread = nominee.place
        tell(stores, vault, label=nominee.tag, kind="nominated", due=window_on(since, seconds), thread=thread)


def take_back(stores: Stores, vault: Vault, *, viewer: Viewer, object: str) -> bool:
    """Whoever nominated takes it back; whether there was one. Writes content and keys."""
    label = ballots.label_of(viewer.secret, NOMINATION, object)
    drop_texts(stores, [label])
    return ballots.retract(stores, vault, viewer=viewer, purpose=NOMINATION, object=object)


def own_words(stores: Stores, vault: Vault, *, viewer: Viewer, object: str) -> str:
    """What the viewer said in nominating this; empty without."""
    found = find_text(stores, vault, ballots.label_of(viewer.secret, NOMINATION, object))
    return found["text"] if found else ""


def received(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, today: date) -> list[Received]:
    """What others said of the viewer's own answers and writings, the latest round first; of one item in no order."""
    items, said = nominated_items(stores, vault, trade, viewer=viewer)
    rows = [(row, _note(vault, row)) for row in said if row.object in items]
    shown = [(row, note) for row, note in rows if note["since"] <= today.toordinal() and not note.get("gone")]
    texts = find_texts(stores, vault, [row.label for row, _ in shown])
    found: dict[str, list[Words]] = {}
    for row, note in shown:
        if row.label in texts:
            found.setdefault(row.object, []).append(Words(row.label, texts[row.label]["text"], note["year"]))
    listed = [Received(items[object], tuple(words)) for object, words in found.items()]
    return sorted(listed, key=lambda one: (-max(words.year for words in one.words), one.item.id))


def let_go(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, label: str, today: date, window: int) -> None:
    """The author of the post wants a nomination gone: for them at once; who nominated finds it gone in the next
    publication. Writes content and keys. Raises NotThere for any other's."""
    mine = received(stores, vault, trade, viewer=viewer, today=today)
    if not any(words.label == label for one in mine for words in one.words):
        raise NotThere
    row = stores.content.get_one(Ballot, label)
    note = {**_note(vault, row), "gone": True}
    row.sealed = vault.seal(note, table=ballots.TABLE, column="sealed", row=label, pad=ballots.PAD)
    hear_later(stores, vault, HEARD, {"label": label}, window)


def settle(stores: Stores, vault: Vault, *, label: str) -> None:
    """What its author let go of is gone, unless it was said anew since. Writes content and keys. Safe to repeat."""
    row = stores.content.get(Ballot, label)
    if row is not None and _note(vault, row).get("gone"):
        drop_texts(stores, [label])
        ballots.drop(stores, vault, label=label)


def window_on(day: date, seconds: int) -> int:
    """The first window of a day in Japan."""
    return window_of(datetime.combine(day, time(), JAPAN).timestamp(), seconds)


def _note(vault: Vault, row: Ballot) -> Mapping[str, int]:
    note: Mapping[str, int] = vault.open(row.sealed, table=ballots.TABLE, column="sealed", row=row.label)
    return note
