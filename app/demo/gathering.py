"""仲間の会 of the fictional network: one in its fourth week, one that is over with its closing note, and a term to join.

The practitioner one signs in as has a seat in both, so that every page can be looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import SystemRandom
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.cohorts import closing, courses, placing, seats, terms
from app.cohorts.models import Cohort, Term
from app.cohorts.reads import SHARED
from app.cohorts.rules import LEADER, OVER
from app.community.windows import heard_in
from app.community.writing import write
from app.db import Stores
from app.demo.history import History
from app.demo.material import FOLDER, read_material
from app.demo.people import STORY
from app.domains.service import policy_of
from app.jobs.models import Job
from app.knowledge import editors, publishing
from app.knowledge.models import ArticleVersion
from app.knowledge.versions import CHANGED
from app.questions.pending import publish
from app.wiring import Toolbox
from matching.grouping import Crew

MATERIAL: Final = FOLDER / "community" / "cohorts.toml"
SIGNED: Final = 5  # days before it began
UNTIL: Final = 3
LED: Final = "l"
PARTS: Final = ("aim", "did", "stuck", "next", "goal", "winning", "aims", "measures", "changed", "title", "text")
Text = Annotated[str, Field(min_length=4)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(_Frozen):
    """What somebody said when signing up."""

    goal: Text
    give: Text


class Written(_Frozen):
    """One writing: of a person by number, of who leads ("l"), or on everybody's canvas ("all:1")."""

    who: str
    kind: Literal["talk", "checkin", "canvas", "closing"]
    day: int
    week: int = 0
    audience: str = "members"
    aim: str = ""
    did: str = ""
    stuck: str = ""
    next: str = ""
    goal: str = ""
    winning: str = ""
    aims: str = ""
    measures: str = ""
    changed: str = ""
    title: str = ""
    text: str = ""

    def texts(self) -> dict[str, str]:
        """The words by the names of the forms."""
        found = {name: str(getattr(self, name)).strip() for name in PARTS}
        return {("week" if name == "did" else name): text for name, text in found.items() if text}


class Told(_Frozen):
    """One cohort as it was written."""

    state: Literal["running", "over"]
    weeks: int
    began: int  # days ago
    theme: Text
    words: str
    people: tuple[Person, ...]
    writing: tuple[Written, ...]


class Coming(_Frozen):
    """A term to join."""

    theme: Text
    words: Text
    weeks: int


class Gatherings(_Frozen):
    """All of it."""

    cohort: tuple[Told, ...]
    coming: tuple[Coming, ...]


@dataclass
class Gathering:
    """Writes in one transaction of content and keys."""

    stores: Stores
    tools: Toolbox
    history: History
    _rng: SystemRandom = field(default_factory=SystemRandom)

    def write(self) -> None:
        """What is over first, as it was; notices of the past are nobody's."""
        before = set(self.stores.content.scalars(select(Job.id)))
        found = read_material(MATERIAL, Gatherings)
        for told in sorted(found.cohort, key=lambda one: -one.began):
            self._cohort(told)
        for coming in found.coming:
            start = self._day(-15)
            terms.open_term(
                self.stores, self.tools.vault, weeks=coming.weeks, start=start, until=start - timedelta(days=UNTIL),
                theme=coming.theme, words=coming.words.strip(), window=self._window(self._day(2)),
            )  # fmt: skip
        self.stores.content.flush()  # the jobs are looked for
        for row in self.stores.content.scalars(select(Job).where(Job.kind != CHANGED)):
            if row.id not in before:
                self.stores.content.delete(row)

    def _cohort(self, told: Told) -> None:
        start, people, vault = self._day(told.began), self._people(len(told.people) + 1), self.tools.vault
        signed, begun = start - timedelta(days=SIGNED), start - timedelta(days=UNTIL - 1)
        term_id = terms.open_term(
            self.stores, vault, weeks=told.weeks, start=start, until=start - timedelta(days=UNTIL), theme=told.theme,
            words=told.words, window=self._window(signed),
        )  # fmt: skip
        for person, viewer in zip(told.people, people, strict=False):
            seats.sign_up(
                self.stores, vault, self.tools.trade, viewer=viewer, term_id=term_id, group=self._group, goal=person.goal,
                give=person.give, contact=None, policy=policy_of(self.tools.settings), today=signed,
            )  # fmt: skip
        seats.offer_to_lead(
            self.stores, vault, self.tools.trade, viewer=people[-1], term_id=term_id, contact=None, today=signed
        )
        self.stores.content.flush()  # who signed up is looked for
        labels = tuple(seat.label for seat in seats.seats_for(self.stores, vault, [term_id]) if not seat.leads)
        plan = placing.Plan(term_id, (Crew(self._group, labels, frozenset(labels)),), ())
        placing.begin_term(self.stores, vault, plan, today=begun, window=self._window(begun), rng=self._rng)
        self.stores.content.flush()  # for its id
        cohort = self.stores.content.scalars(select(Cohort.id).where(Cohort.term_id == term_id)).one()
        placing.seat_leaders(
            self.stores, vault, term_id=term_id, today=begun, window=self._window(begun), rng=self._rng
        )
        for one in told.writing:
            self._write(cohort, people, one, start)
        if told.state == "over":
            self._close(cohort, people[:-1], start + timedelta(weeks=told.weeks))
            self.stores.content.get_one(Term, term_id).state = OVER
        week = min(told.weeks, told.began // 7 + 1)
        courses.change(self.stores, vault, cohort, told_week=week, told_day=self.history.plan.today.toordinal())

    def _write(self, cohort: str, people: Sequence[Viewer], one: Written, start: date) -> None:
        shared = one.who.startswith(SHARED)
        viewer = people[-1] if one.who == LED else people[int(one.who.removeprefix(f"{SHARED}:"))]
        day = start + timedelta(days=one.day)
        number = LEADER if one.who == LED else self._seat(viewer, cohort)
        extra: dict[str, Any] = {"seat": number}
        extra |= {"week": one.week} if one.kind == "checkin" else {}
        extra |= {"whose": SHARED if shared else "own"} if one.kind == "canvas" else {}
        extra |= {"audience": one.audience, "company": False} if one.kind == "closing" else {}
        write(
            self.stores, self.tools.vault, self.tools.trade, viewer=viewer, place=cohort, kind=one.kind,
            texts=one.texts(), extra=extra, window=self._window(day), today=day,
        )  # fmt: skip
        self._publish(day + timedelta(days=1))

    def _close(self, cohort: str, people: Sequence[Viewer], day: date) -> None:
        """Everybody agrees, a second editor of another circle lets it out."""
        vault, window = self.tools.vault, self._window(day)
        leads = [self._viewer_at(seat.label) for seat in seats.seats_of(self.stores, vault, cohort) if seat.leads]
        for viewer in (*people, *leads):
            self._agree(cohort, viewer, window)
        course = courses.course_of(vault, self.stores.content.get_one(Cohort, cohort))
        closing.count_words(self.stores, vault, writing_id=course.closing, window=heard_in(self.stores, window))
        article = courses.course_of(vault, self.stores.content.get_one(Cohort, cohort)).article
        self.stores.content.flush()  # the version is looked for
        version = self.stores.content.scalars(select(ArticleVersion).where(ArticleVersion.article_id == article)).one()
        own = {seat.circle for seat in seats.seats_of(self.stores, vault, cohort)}
        editor = next(one for one in self.history.viewers if "member" in one.roles and not own & one.own_circles)
        editors.volunteer(self.stores, vault, viewer=editor)
        publishing.approve(self.stores, vault, viewer=editor, version_id=version.id, due=window, today=day)
        publishing.come_out(self.stores, vault, version_id=version.id, today=day + timedelta(days=2), window=window)

    def _agree(self, cohort: str, viewer: Viewer, window: int) -> None:
        vault, seat = self.tools.vault, seats.seat_in(self.stores, self.tools.vault, viewer.secret, cohort)
        course = courses.course_of(vault, self.stores.content.get_one(Cohort, cohort))
        asked = closing.own_question(self.stores, vault, label=seat.label, course=course)
        assert asked is not None  # noqa: S101 (everybody was just asked)
        closing.answer(
            self.stores, vault, viewer=viewer, cohort_id=cohort, word="yes", asked_id=asked.id, window=window
        )  # fmt: skip

    def _people(self, number: int) -> list[Viewer]:
        """The practitioner, and others of the same group, one of a circle; last a coordinator, who leads."""
        pairs = list(zip(self.history.plan.members, self.history.viewers, strict=True))
        first = next(viewer for member, viewer in pairs if member.person == "practitioner")
        leads = next(viewer for _, viewer in pairs if "coordinator" in viewer.roles and viewer.circle != first.circle)
        found, taken = [first], {first.circle, leads.circle}
        for member, viewer in pairs:
            fits = any(self.tools.trade.group_of[one].key == self._group for one in viewer.subjects)
            is_open = "member" in viewer.roles and viewer.circle and not member.person and viewer.circle not in taken
            if fits and is_open and len(found) < number - 1:
                found.append(viewer)
                taken.add(viewer.circle)
        return [*found, leads]

    @property
    def _group(self) -> str:
        return self.tools.trade.group_of[STORY].key

    def _seat(self, viewer: Viewer, cohort: str) -> int:
        return seats.seat_in(self.stores, self.tools.vault, viewer.secret, cohort).number

    def _viewer_at(self, label: str) -> Viewer:
        return next(one for one in self.history.viewers if label in seats.own_labels(self.stores, one.secret))

    def _publish(self, day: date) -> None:
        self.stores.content.flush()  # what waits is looked for
        publish(self.stores, self.tools.vault, window=self._window(day), today=day, rng=self._rng)

    def _day(self, ago: int) -> date:
        return self.history.plan.today - timedelta(days=ago)

    def _window(self, day: date) -> int:
        """The window of that day's evening."""
        back = (self.history.plan.today - day).days
        return self.tools.window - back * (86400 // self.tools.settings.window_seconds)
