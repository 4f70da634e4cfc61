"""Sessions of the fictional network: two that are over, one announced with a panel, one that runs as somebody looks.

All of it through the services that members use, with the clock of each line put where it was said.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import SystemRandom
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.clock import JAPAN
from app.community.models import Writing
from app.community.windows import heard_in
from app.db import Stores
from app.demo.history import History
from app.demo.material import FOLDER, read_material
from app.domains.reads import is_small
from app.notices.service import drop_notes
from app.questions import service as questions
from app.sealing import Vault
from app.webinars import planning, signing, speaking, writing
from app.webinars.models import Talk
from app.webinars.planning import Handle, Plan
from app.webinars.rows import open_talk, put_talk
from app.webinars.rules import Times, band_of
from app.webinars.speaking import Appearance
from app.webinars.writing import Moment
from app.wiring import Toolbox
from privacy.anonymity import Policy
from privacy.pseudonyms import peer_tag
from privacy.scopes import Audience
from privacy.times import Cadence, next_publication, window_of

MATERIAL: Final = FOLDER / "community" / "sessions.toml"
ANNOUNCED: Final = timedelta(days=14)  # before it begins
ASKED: Final = timedelta(days=4)
SINCE: Final = 20  # minutes the running one runs already
Text = Annotated[str, Field(min_length=4)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Said(_Frozen):
    """One line: by the lecturer, or by an asker who keeps their letter through the session."""

    who: str
    text: Text
    to: int = 0  # the line it answers, from 1


class Session(_Frozen):
    """One session as it was written."""

    state: Literal["over", "announced", "running"]
    form: Literal["text", "video"]
    days: int  # from today
    begins: str
    length: int
    group: str
    title: Text
    about: Text
    signed: int
    before: tuple[Said, ...]
    lines: tuple[Said, ...]
    link: str = ""
    speakers: int = 1
    answered: tuple[int, ...] = ()  # questions answered aloud
    summary: str = ""


class Sessions(_Frozen):
    """All of them."""

    session: tuple[Session, ...]


@dataclass
class Programme:
    """Writes the sessions in one transaction of content and keys."""

    stores: Stores
    tools: Toolbox
    history: History
    _rng: SystemRandom = field(default_factory=SystemRandom)

    def write(self) -> None:
        """One after the other, each with other people."""
        lecturers, others = deque(self._lecturers()), self._others()
        for one in read_material(MATERIAL, Sessions).session:
            many = min(one.speakers, len(lecturers))
            speakers = [self._expert()] if one.state == "running" or not many else list(islice(lecturers, many))
            lecturers.rotate(-many)
            circles = {viewer.circle for viewer, _ in speakers}
            _Evening(self, one, speakers, [viewer for viewer in others if viewer.circle not in circles]).write()
            self._rng.shuffle(others)

    @property
    def vault(self) -> Vault:
        """The keys."""
        return self.tools.vault

    def coordinator(self) -> Viewer:
        """Who prepares them."""
        return next(one for one in self.history.viewers if "coordinator" in one.roles)

    def _lecturers(self) -> list[tuple[Viewer, str]]:
        """People whose answer stands in a thread, with that thread: a circle each, and none of somebody one signs in as,
        who would not see them."""
        people = self.history.plan.members
        seen = {one.circle for one in people if one.person}
        found = []
        for number, thread in enumerate(self.history.plan.threads):
            for post in thread.posts[:1]:
                circle = people[post.member].circle
                if post.kind == "answer" and circle not in seen:
                    seen.add(circle)
                    found.append((self.history.viewers[post.member], self.history.threads[number]))
        return found

    def _expert(self) -> tuple[Viewer, str]:
        """The expert one signs in as: for the session that runs, so that both sides of it can be tried."""
        expert = next(at for at, one in enumerate(self.history.plan.members) if one.person == "expert-one")
        threads = enumerate(self.history.plan.threads)
        number = next(at for at, one in threads if any(post.member == expert for post in one.posts))
        return self.history.viewers[expert], self.history.threads[number]

    def _others(self) -> list[Viewer]:
        pairs = zip(self.history.plan.members, self.history.viewers, strict=True)
        found = [viewer for member, viewer in pairs if not member.person and "member" in viewer.roles and viewer.circle]
        self._rng.shuffle(found)
        return found


@dataclass
class _Evening:
    """One session."""

    programme: Programme
    text: Session
    speakers: Sequence[tuple[Viewer, str]]
    others: Sequence[Viewer]
    talk_id: str = ""
    said: list[str] = field(default_factory=list)  # the writings, by line

    def write(self) -> None:
        """Plan, invite, agree, announce, sign up, ask, speak, end, sum up."""
        self._announce()
        for viewer in self.others[-self.text.signed :]:
            signing.sign_up(
                self.stores, self.vault, viewer=viewer, talk_id=self.talk_id, now=self._start(-ASKED).timestamp()
            )
        for one in self.text.before:
            self._ask(one, self._start(-ASKED), at_once=False)
        for number, one in enumerate(self.text.lines):
            at = self._start(timedelta(minutes=1 + number % (self.text.length - 2)))
            self._say(one, at) if one.who == "l" else self._ask(one, at, at_once=True)
        if self.text.state == "over":
            self._end()
        row = self.stores.content.get_one(Talk, self.talk_id)
        put_talk(self.vault, row, band=band_of(self.text.signed), reminded=self.text.state != "announced")

    @property
    def stores(self) -> Stores:
        return self.programme.stores

    @property
    def vault(self) -> Vault:
        return self.programme.vault

    def _times(self) -> Times:
        day = self.programme.history.plan.today + timedelta(days=self.text.days)
        if self.text.begins == "now":
            now = datetime.fromtimestamp(self.programme.tools.clock.now(), JAPAN)
            begun = max(0, now.hour * 60 + now.minute - SINCE)
            return Times(now.date(), begun // 5 * 5, self.text.length)
        start = time.fromisoformat(self.text.begins)
        return Times(day, start.hour * 60 + start.minute, self.text.length)

    def _start(self, by: timedelta = timedelta()) -> datetime:
        return self._times().start + by

    def _moment(self, at: datetime) -> Moment:
        seconds = min(at.timestamp(), self.programme.tools.clock.now())  # nothing is said in the future
        return Moment(seconds, self._window(seconds), datetime.fromtimestamp(seconds, JAPAN).date())

    def _window(self, seconds: float) -> int:
        return window_of(seconds, self.programme.tools.settings.window_seconds)

    def _announce(self) -> None:
        at = self._moment(self._start(-ANNOUNCED))
        plan = Plan(
            form=self.text.form, times=self._times(), company_may=False, title=self.text.title,
            about=self.text.about.strip(), subject=self.text.group, link=self.text.link,
        )  # fmt: skip
        coordinator = self.programme.coordinator()
        self.talk_id = planning.plan(self.stores, self.vault, plan=plan)
        for viewer, thread in self.speakers:
            handle = Handle(thread, thread, str(peer_tag(viewer.secret, thread)))
            planning.invite(
                self.stores, self.vault, viewer=coordinator, talk_id=self.talk_id, handle=handle, today=at.today,
                window=at.window,
            )  # fmt: skip
            self.stores.content.flush()  # the invitation is looked up by its answer
            speaking.accept(
                self.stores, self.vault, self.programme.tools.trade, viewer=viewer, talk_id=self.talk_id,
                looks=Appearance(), policy=Policy(), today=at.today, window=at.window,
            )  # fmt: skip
            drop_notes(self.stores, self.vault, [handle.tag])  # it was answered long ago
        self.stores.content.flush()  # the lecturers are looked up
        heard = heard_in(self.stores, at.window)
        speaking.settle(self.stores, self.vault, talk_id=self.talk_id, window=heard)
        planning.announce(self.stores, self.vault, viewer=coordinator, talk_id=self.talk_id, window=at.window)

    def _ask(self, one: Said, at: datetime, *, at_once: bool) -> None:
        viewer = self.others[ord(one.who) - ord("a")]
        moment = self._moment(at)
        writing.ask(
            self.stores, self.vault, self.programme.tools.trade, viewer=viewer, talk_id=self.talk_id,
            text=one.text.strip(), moment=moment,
        )  # fmt: skip
        self._come_out(moment, at_once=at_once)

    def _say(self, one: Said, at: datetime) -> None:
        moment = self._moment(at)
        writing.say(
            self.stores, self.vault, self.programme.tools.trade, viewer=self.speakers[0][0], talk_id=self.talk_id,
            text=one.text.strip(), to=self.said[one.to - 1] if one.to else "", moment=moment,
        )  # fmt: skip
        self._come_out(moment, at_once=True)

    def _end(self) -> None:
        row, at = self.stores.content.get_one(Talk, self.talk_id), self._moment(self._times().end)
        marked = [*open_talk(self.vault, row)["answered"], *(self.said[one - 1] for one in self.text.answered)]
        row.state = "over"
        put_talk(self.vault, row, answered=sorted(marked), link="")
        writing.summarise(
            self.stores, self.vault, self.programme.tools.trade, viewer=self.speakers[0][0], talk_id=self.talk_id,
            text=self.text.summary.strip(), moment=at, is_editor=False,
        )  # fmt: skip
        self._come_out(at, at_once=False)

    def _come_out(self, moment: Moment, *, at_once: bool) -> None:
        """At its window, before anybody goes on."""
        small = Cadence(small=is_small(self.stores))
        due = next_publication(moment.window, Audience.ALL, small, urgent=at_once)
        day: date = moment.today
        self.stores.content.flush()  # what waits is found by a query
        questions.publish(self.stores, self.vault, window=due, today=day, rng=SystemRandom())
        self.stores.content.flush()
        query = select(Writing.id).where(Writing.place == self.talk_id).order_by(Writing.position)
        self.said = list(self.stores.content.scalars(query))
