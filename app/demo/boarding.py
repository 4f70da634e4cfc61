"""The board of ideas in the fictional network: written, voted on, answered and overdue through the real services.

The votes are weighed by the real reporter; only the days stand in the past.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import SystemRandom
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.clock import JAPAN
from app.community.models import Writing
from app.db import Stores
from app.demo.counting import put_down
from app.demo.history import STEP, History
from app.demo.material import FOLDER, read_material
from app.domains.rules import ScopeTooFine
from app.domains.service import policy_of
from app.errors import NotThere
from app.ideas import counting, service, talks, votes
from app.ideas.models import Idea
from app.ideas.rules import REPLY
from app.ideas.service import NewIdea
from app.insights.keyring import ReporterKeys
from app.insights.votes import Votes
from app.jobs import queue
from app.questions import service as questions
from app.wiring import Toolbox
from privacy.times import window_of

MATERIAL: Final = FOLDER / "community" / "ideas.toml"
COMPANY: Final = "company"
Text = Annotated[str, Field(min_length=4)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Said(_Frozen):
    """One reply; `to` is the place of the one it answers."""

    by: str
    days: int
    text: Text
    to: int | None = None


class Move(_Frozen):
    """What became of an idea, and why."""

    to: str
    days: int
    reason: Text


class Wanted(_Frozen):
    """One idea with all that followed."""

    title: Text
    topic: str
    days: int
    votes: int
    wish: Text
    whom: Text
    now: str
    by: str = ""
    group: str = ""
    listed: bool = True
    replies: tuple[Said, ...] = ()
    moves: tuple[Move, ...] = ()
    duty: int | None = None  # days since the company owes an answer
    invite: str = ""
    same: str = ""  # title of the idea it went into
    reason: str = ""


class Wishes(_Frozen):
    """All of them."""

    ideas: tuple[Wanted, ...]


@dataclass
class Board:
    """Writes the board, each part in a transaction of its own: the reporter sees what is committed."""

    tools: Toolbox
    history: History
    ids: dict[str, str] = field(default_factory=dict)  # by title
    voices: dict[tuple[str, str], Viewer] = field(default_factory=dict)

    def write(self) -> None:
        """Ideas and replies day by day, the votes, what the reporter says of them, and what became of the ideas."""
        wanted = read_material(MATERIAL, Wishes).ideas
        with self.tools.database.transaction("content", "keys") as stores:
            for one, said in sorted(_lines(wanted), key=lambda line: -line[1].days):
                self._reply(stores, one, said) if isinstance(said, Said) else self._post(stores, one)
        with self.tools.database.transaction("content") as stores:
            for one in wanted:
                self._vote(stores, one)
        passed = set(Votes(self.tools, ReporterKeys(self.tools.settings.reporter_folder)).weigh())
        with self.tools.database.transaction("content") as stores:
            for one in wanted:
                owed = [self.ids[one.title]] if one.duty is not None and self.ids[one.title] in passed else []
                self._settle(stores, owed, one.duty or 0)
            for one in wanted:
                self._move(stores, one)
            put_down(stores, self.tools)

    def _post(self, stores: Stores, one: Wanted) -> None:
        texts = {"title": one.title, "aim": one.wish, "for_whom": one.whom, "now": one.now}
        idea, when = NewIdea(texts, one.group, one.topic, one.listed), self._when(one.days)
        before = set(stores.content.scalars(select(Idea.id)))
        if one.by == COMPANY:
            viewer = self._company()
            service.post_company_idea(stores, *self._parts, viewer=viewer, idea=idea, **when)
        else:
            viewer = self._author(one)
            policy = policy_of(self.tools.settings)
            try:
                service.post_idea(stores, *self._parts, viewer=viewer, idea=idea, policy=policy, **when)
            except (ScopeTooFine, NotThere):  # the form would offer it without the group
                idea = NewIdea(texts, "", one.topic, one.listed)
                service.post_idea(stores, *self._parts, viewer=viewer, idea=idea, policy=policy, **when)
        self.voices[one.title, "author"] = viewer
        self._come_out(stores, when)
        [self.ids[one.title]] = set(stores.content.scalars(select(Idea.id))) - before

    def _reply(self, stores: Stores, one: Wanted, said: Said) -> None:
        idea, when = service.find_idea(stores, self.ids[one.title]), self._when(said.days)
        to = self._replies(stores, idea)[said.to] if said.to is not None else ""
        viewer = self._company() if said.by == COMPANY else self._voice(one, said.by)
        service.add_reply(stores, *self._parts, viewer=viewer, idea=idea, text=said.text, to=to, **when)
        self._come_out(stores, when)

    def _vote(self, stores: Stores, one: Wanted) -> None:
        idea = service.find_idea(stores, self.ids[one.title])
        circle = self.voices[one.title, "author"].circle
        for viewer in [other for other in self._others() if other.circle != circle][: one.votes]:
            votes.vote(stores, self.tools.vault, viewer=viewer, idea=idea)

    def _settle(self, stores: Stores, owed: list[str], days: int) -> None:
        when = self._when(days)
        counting.settle_week(
            stores, self.tools.vault, passed=owed, days=self.tools.settings.idea_days, **when
        )  # fmt: skip

    def _move(self, stores: Stores, one: Wanted) -> None:
        idea, vault = service.find_idea(stores, self.ids[one.title]), self.tools.vault
        for move in one.moves:
            service.change_state(
                stores, vault, idea=idea, to=move.to, reason=move.reason, by="company", **self._when(move.days)
            )  # fmt: skip
        if one.same:
            service.change_state(
                stores, vault, idea=idea, to="duplicate", reason=one.reason, by="coordinator",
                into=service.find_idea(stores, self.ids[one.same]), **self._when(one.days - 1),
            )  # fmt: skip
        if one.invite:
            talks.invite(stores, vault, idea=idea, words=one.invite, **self._when(1))
        idea.active_day = (self.history.plan.today - timedelta(days=_latest(one))).toordinal()

    def _come_out(self, stores: Stores, when: Mapping[str, Any]) -> None:
        """At its window, with the jobs that come of it."""
        window, day, vault = when["window"] + STEP, when["today"], self.tools.vault
        stores.content.flush()  # what waits is found by a query
        questions.publish(stores, vault, window=window, today=day, rng=SystemRandom())
        stores.content.flush()
        for task in queue.waiting(stores, vault, service.OUT, window=window):
            service.publish_idea(stores, vault, task.payload, today=day)
            queue.finish(stores, task)
        for task in queue.waiting(stores, vault, service.REPLIED, window=window):
            service.note_reply(stores, vault, task.payload, window=window, today=day)
            queue.finish(stores, task)
        stores.content.flush()

    @property
    def _parts(self) -> tuple[Any, Any]:
        return self.tools.vault, self.tools.trade

    def _when(self, days: int) -> dict[str, Any]:
        day: date = self.history.plan.today - timedelta(days=days)
        at = datetime.combine(day, time(9), JAPAN).timestamp()
        return {"window": window_of(at, self.tools.settings.window_seconds) - STEP, "today": day}

    def _company(self) -> Viewer:
        return next(one for one in self.history.viewers if "analyst" in one.roles)

    def _author(self, one: Wanted) -> Viewer:
        """Somebody who works in the group, in a circle of nobody one signs in as; or the one-tap person named."""
        people = list(zip(self.history.plan.members, self.history.viewers, strict=True))
        if one.by:
            return next(viewer for member, viewer in people if member.person == one.by)
        named = {viewer.circle for member, viewer in people if member.person}
        groups = self.tools.trade.group_of
        taken = {viewer.circle for (_title, part), viewer in self.voices.items() if part == "author"}
        works = [
            viewer
            for viewer in self._others()
            if viewer.circle not in named
            and (not one.group or any(groups[key].key == one.group for key in viewer.subjects))
        ]
        return min(
            works or self._others(), key=lambda viewer: viewer.circle in taken
        )  # in a small one somebody writes two

    def _voice(self, one: Wanted, name: str) -> Viewer:
        """The same voice is the same person, each of a circle of its own."""
        taken = {viewer.circle for (title, _by), viewer in self.voices.items() if title == one.title}
        known = self.voices.get((one.title, name))
        return known or self.voices.setdefault(
            (one.title, name), min(self._others(), key=lambda viewer: viewer.circle in taken)
        )

    def _others(self) -> list[Viewer]:
        """Members nobody signs in as, in random order."""
        pairs = zip(self.history.plan.members, self.history.viewers, strict=True)
        found = [viewer for member, viewer in pairs if not member.person and "member" in viewer.roles and viewer.circle]
        SystemRandom().shuffle(found)
        return found

    def _replies(self, stores: Stores, idea: Idea) -> list[str]:
        query = select(Writing.id).where(Writing.place == idea.id, Writing.kind == REPLY).order_by(Writing.position)
        return list(stores.content.scalars(query))


def _lines(wanted: tuple[Wanted, ...]) -> Iterator[tuple[Wanted, Wanted | Said]]:
    """Each idea with itself and each of its replies."""
    for one in wanted:
        yield one, one
        yield from ((one, said) for said in one.replies)


def _latest(one: Wanted) -> int:
    """How many days ago something last happened."""
    return min([one.days, *(said.days for said in one.replies), *(move.days for move in one.moves)])
