"""The rows of a session opened and closed: what is under the content key, and which of it stands in the clear."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.community import ballots
from app.db import Stores
from app.errors import NotThere
from app.sealing import Vault
from app.webinars.models import Speaker, Talk
from app.webinars.rules import Times, is_closed

LECTURER: Final = "lecturer"  # the purpose of a lecturer's ballot
TALK_PAD: Final = 4096
SPEAKER_PAD: Final = 1024
SHOWN: Final = ("announced", "over", "cancelled")  # what is there for those who have no part in it
EMPTY: Final[dict[str, Any]] = {
    "title": "", "about": "", "subject": "", "link": "", "by_company": False, "wish": "", "band": 0, "answered": [], "reason": "", "reminded": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """A session with its lecturers, opened."""

    row: Talk
    value: Mapping[str, Any]
    speakers: tuple[tuple[Speaker, Mapping[str, Any]], ...]

    @property
    def times(self) -> Times:
        """As announced."""
        return times_of(self.row)

    def phase(self, now: float) -> str:
        """coming, soon, open or over by the clock; cancelled or planned whatever the clock says."""
        return self.row.state if self.row.state in ("planned", "cancelled") else self.times.phase(now)

    def own(self, viewer: Viewer) -> Mapping[str, Any] | None:
        """The viewer's own line among the lecturers, as they see it at once."""
        label = ballots.label_of(viewer.secret, LECTURER, self.row.id)
        return next((one for row, one in self.speakers if row.label == label and not one.get("leaves")), None)

    @property
    def known(self) -> list[Mapping[str, Any]]:
        """The lecturers as others know them: whose yes waits for the next publication is none yet, and who stepped down
        since the last one still is."""
        return [value for _, value in self.speakers if not value.get("waits")]

    def is_there_for(self, viewer: Viewer) -> bool:
        """Whether this reader may know of it: a lecturer's own colleagues may not."""
        if self.own(viewer) is not None:
            return True
        if "member" not in viewer.roles:
            return self.row.company_may and "analyst" in viewer.roles and self.row.state in SHOWN
        closed = [frozenset(value["closed"]) for value in self.known]
        if is_closed([*closed, *([frozenset()] if self.value["by_company"] else [])], viewer.own_circles):
            return False
        return self.row.state in SHOWN or "coordinator" in viewer.roles

    def seen_by(self, viewer: Viewer) -> list[Mapping[str, Any]]:
        """The lecturers this reader may know of."""
        circles, own = viewer.own_circles, self.own(viewer)
        is_company = "member" not in viewer.roles
        known = [value for _, value in self.speakers if value is own or not value.get("waits")]
        return [v for v in known if v is own or is_company or not set(v["closed"]) & circles]


def times_of(row: Talk) -> Times:
    """As announced."""
    return Times(date.fromordinal(row.day), row.begins, row.length)


def open_talk(vault: Vault, row: Talk) -> dict[str, Any]:
    """What is sealed of a session."""
    found: dict[str, Any] = vault.open(row.sealed, table="talks", column="sealed", row=row.id)
    return {**EMPTY, **found}


def put_talk(vault: Vault, row: Talk, **changes: Any) -> None:
    """Seal these changes into it; writes content."""
    value = changes if not row.sealed else {**open_talk(vault, row), **changes}
    row.sealed = vault.seal(value, table="talks", column="sealed", row=row.id, pad=TALK_PAD)


def open_speaker(vault: Vault, row: Speaker) -> dict[str, Any]:
    """What is sealed of a lecturer: number, closed, as, name, fee; and what others do not know before the window `heard`:
    that they lecture (waits), appear otherwise (next), or stepped down (leaves)."""
    found: dict[str, Any] = vault.open(row.sealed, table="speakers", column="sealed", row=row.id)
    return found


def as_they_see_it(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """A lecturer's line as they see it themselves: how they will appear, and not how they still do."""
    return {**value, **value.get("next", {})}


def put_speaker(vault: Vault, row: Speaker, value: Mapping[str, Any]) -> None:
    """Seal it; writes content."""
    row.sealed = vault.seal(dict(value), table="speakers", column="sealed", row=row.id, pad=SPEAKER_PAD)


def open_all(stores: Stores, vault: Vault, rows: Collection[Talk]) -> list[Opened]:
    """These sessions with their lecturers by number, in one statement."""
    found: dict[str, list[tuple[Speaker, Mapping[str, Any]]]] = {row.id: [] for row in rows}
    if found:
        for one in stores.content.scalars(select(Speaker).where(Speaker.talk_id.in_(list(found)))):
            found[one.talk_id].append((one, open_speaker(vault, one)))
    return [
        Opened(row, open_talk(vault, row), tuple(sorted(found[row.id], key=lambda pair: pair[1]["number"])))
        for row in rows
    ]


def get_talk(stores: Stores, vault: Vault, *, viewer: Viewer, talk_id: str) -> Opened:
    """A session this viewer may know of. Raises NotThere: no such session and not for you are the same."""
    row = stores.content.get(Talk, talk_id)
    opened = None if row is None else open_all(stores, vault, [row])[0]
    if opened is None or not opened.is_there_for(viewer):
        raise NotThere
    return opened
