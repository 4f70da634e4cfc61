"""The votes on ideas, weekly: of all boxes of one idea together the reporter says yes or no, and nothing else.

Their key is one a year, made here at random and in no database. When another year's comes, what stands is opened once and
closed to the new one, so that the old half can be destroyed: a vote stays as long as it stands, its key a year or a bit.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

import structlog

from app.ideas import counting
from app.ideas.rules import VOTE
from app.ideas.votes import find_key
from app.insights.keyring import ReporterKeys
from app.wiring import Toolbox
from privacy.boxes import open_box, seal_box
from privacy.counting import VOTE_BYTES, passes
from privacy.errors import Tampered, WrongKey

log = structlog.get_logger()
NAME: Final = "votes-{year}"


@dataclass(frozen=True, slots=True)
class Votes:
    """What the reporter does for the board of ideas, each day what is due."""

    tools: Toolbox
    keys: ReporterKeys

    def work(self, day: date) -> None:
        """The key of the year, votes closed to it, the week's counting; once more does nothing."""
        self.make_key(day)
        self.turn_over()
        self.count(day)

    def make_key(self, day: date) -> None:
        """The year's key: its private half is safe on the disk before anybody knows the public one."""
        name = NAME.format(year=day.year)
        with self.tools.database.reading() as stores:
            known = counting.keys_there(stores)
        if known and known[0] >= name:
            return
        public, settings = self.keys.make(name).public, self.tools.settings
        with self.tools.database.transaction("content") as stores:
            counting.open_key(
                stores, key=name, public=public, voters=settings.idea_votes, houses=settings.idea_organisations,
                today=day,
            )  # fmt: skip

    def turn_over(self) -> None:
        """Close to the newest key whatever is still closed to an older one; then nothing opens with that any more."""
        with self.tools.database.reading() as stores:
            newest, *older = counting.keys_there(stores)
        for name in older:
            with self.tools.database.transaction("content") as stores:
                moved = self._closed_anew(counting.boxes_of_all(stores), name, newest)
                counting.put_boxes(stores, moved)
                counting.drop_key(stores, name)
            self.keys.destroy(name)

    def count(self, day: date) -> None:
        """Once a week: yes or no for each idea that may be owed an answer, and the bands."""
        with self.tools.database.reading() as stores:
            is_due = counting.due_count(stores, today=day) is not None
        if is_due:
            passed = self.weigh()
            with self.tools.database.transaction("content") as stores:
                counting.settle_week(
                    stores, self.tools.vault, passed=passed, days=self.tools.settings.idea_days, today=day,
                    window=self.tools.window,
                )  # fmt: skip

    def weigh(self) -> list[str]:
        """The ideas with votes enough, of organisations enough: nothing but their ids comes out."""
        with self.tools.database.reading() as stores:
            key = find_key(stores)
            found = [] if key is None else counting.candidates(stores, key)
        if key is None or not found:
            return []
        private, limits = self.keys.pair(key.key).private, {"voters": key.voters, "organisations": key.houses}
        return [one.idea_id for one in found if passes(one.boxes, private, purpose=VOTE, object=one.idea_id, **limits)]

    def check(self) -> None:
        """Raises KeyFileProblem where a key is missing that votes are closed to."""
        with self.tools.database.reading() as stores:
            for name in counting.keys_there(stores):
                self.keys.pair(name)

    def _closed_anew(self, boxes: list[tuple[str, bytes]], old: str, new: str) -> dict[str, bytes]:
        private, public = self.keys.pair(old).private, self.keys.pair(new).public
        moved = {}
        for label, box in boxes:
            with suppress(WrongKey, Tampered):  # closed to another key already
                moved[label] = seal_box(public, open_box(private, box), VOTE_BYTES)
        return moved
