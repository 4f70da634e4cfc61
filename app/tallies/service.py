"""Use cases: leave a tally for whoever is counting, take one's tallies away again.

A box is closed in the member's own session, to the key of the period. Where nobody counts, nothing is left. A post
carries its boxes until it is published, everything else leaves them as jobs: no row of what is counted is ever written
in a member's request.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from sqlalchemy import func, select

from app.accounts.viewer import Viewer
from app.db import Stores, recall
from app.jobs import queue
from app.sealing import Vault
from app.tallies.models import ReportPeriod, TallyBox
from privacy.plans import Plan, quarter_of, year_of
from privacy.pseudonyms import new_id, tally_tag
from privacy.tallies import KIND_OF, Tally, TallyKind, seal_tally, unit_in

KIND: Final = "tally"
_PARTS: Final = ReportPeriod.key + " " + func.hex(ReportPeriod.public_key) + " " + ReportPeriod.plan
OPEN: Final = (
    select(func.group_concat(_PARTS, "\n"))
    .where(ReportPeriod.state == "open", ReportPeriod.plan.is_not(None))
    .scalar_subquery()
)
"""The open periods, for whoever reads them along with something else."""
_KNOWN: Final = (ReportPeriod, "open", "now")
Box = tuple[str, str]  # period, and the box in base64


@dataclass(frozen=True, slots=True)
class OpenPeriod:
    """A period that takes boxes: the key they are closed to, and the plan that says what goes into them."""

    key: str
    public: bytes
    plan: Plan

    def cell_of(self, kind: TallyKind, topic: str) -> str:
        """Where the plan counts a finest topic "group/topic" of this kind, and a new term; nothing where it does not.

        No box says more than that: what is not counted cannot be stolen either.
        """
        release = next(one for one, counted in KIND_OF.items() if counted == kind)
        if release not in self.plan.kinds or kind == "term":
            return topic if release in self.plan.kinds else ""
        cell = self.plan.coarsen(topic, release)
        return cell if cell in self.plan.cells_of(release) else ""


@dataclass(frozen=True, slots=True)
class About:
    """Whose tally it is, about which question, and the day that says in which period it counts."""

    viewer: Viewer
    thread: str
    day: date


def know_open(stores: Stores, listed: str | None) -> None:
    """Let a session know what was read along with something else."""
    recall(stores.content, _KNOWN, lambda: listed)


def open_periods(stores: Stores) -> Sequence[OpenPeriod]:
    """The periods that take boxes now: a quarter and its year until they are released."""
    return _periods(recall(stores.content, _KNOWN, lambda: stores.content.scalar(select(OPEN))) or "")


def boxes_for(
    stores: Stores, about: About, *, kind: TallyKind, topic: str, state: str = "", act: str = ""
) -> list[Box]:
    """One tally's boxes, for the periods that its day lies in and that count its kind; none for the operating company.

    `topic` is "group/topic", for a term the word. Writes nothing.
    """
    viewer, quarter = about.viewer, quarter_of(about.day)
    if "member" not in viewer.roles or "analyst" in viewer.roles:
        return []
    tag = tally_tag(viewer.secret, about.thread)
    now = [one for one in open_periods(stores) if one.key in (quarter, year_of(quarter))]
    return [
        _box(one, Tally(unit_in(quarter, kind, viewer.organisation_id), kind, cell, state, tag, act))
        for one in now
        if (cell := one.cell_of(kind, topic))
    ]


def boxes_against(stores: Stores, *, viewer: Viewer, threads: Iterable[str], act: str = "") -> list[Box]:
    """What takes away all that the viewer's sessions left about these questions, or one act on them. Writes nothing."""
    periods = [one for one in open_periods(stores) if one.plan.kinds]
    tags = [tally_tag(viewer.secret, thread) for thread in threads]
    return [_box(one, Tally("", "gone", "", "", tag, act)) for one in periods for tag in tags]


def leave(stores: Stores, vault: Vault, boxes: Iterable[Box], *, due: int) -> None:
    """Leave boxes for the worker, who puts them down at a window among all that are due. Writes content."""
    for period, box in boxes:
        queue.put(stores, vault, KIND, {"period": period, "tally": box}, due=due)


def put_down(stores: Stores, boxes: Iterable[Box]) -> None:
    """Lay shuffled boxes where the reporter finds them; those of a period that is over are let go. Writes content."""
    still = {one.key for one in open_periods(stores)}
    for period, box in boxes:
        if period in still:
            stores.content.add(TallyBox(id=str(new_id()), period=period, box=b64decode(box)))


def _box(period: OpenPeriod, tally: Tally) -> Box:
    return period.key, b64encode(seal_tally(period.public, tally)).decode()


@lru_cache(maxsize=8)
def _periods(listed: str) -> tuple[OpenPeriod, ...]:
    found = (line.split(" ", 2) for line in listed.split("\n") if line)
    return tuple(OpenPeriod(key, bytes.fromhex(public), Plan.from_json(plan)) for key, public, plan in found)
