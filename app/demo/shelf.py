"""The knowledge base of the fictional network: articles out of its own answered questions, in every state, and notes.

All of it through the services that members use, each step on its day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import SystemRandom
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.accounts.viewer import Viewer
from app.clock import JAPAN
from app.community import consents
from app.db import Stores
from app.demo.history import History
from app.demo.material import FOLDER, read_material
from app.knowledge import consenting, drafts, editors, publishing, reporting, reviewing
from app.knowledge.models import Article as Row
from app.knowledge.notes import Note as NewNote
from app.knowledge.notes import add_note
from app.knowledge.rules import AUDIENCES
from app.knowledge.versions import find_open
from app.questions import service as questions
from app.wiring import Toolbox
from privacy.times import window_of

MATERIAL: Final = FOLDER / "community" / "knowledge.toml"
Text = Annotated[str, Field(min_length=4)]
Audience = Literal["domain", "members", "public"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Article(_Frozen):
    """One article as it was written."""

    case: str
    title: Text
    body: Text
    audience: Audience
    days: int
    company: bool = False
    state: Literal["draft", "back", "consenting", "second", "out", "retired"] = "out"
    before: str = ""  # its first version, where it has two
    change: str = ""
    worked: int = 0
    failed: int = 0
    doubt: str = ""
    wish: str = ""


class Note(_Frozen):
    """One note."""

    subject: str
    topic: str
    title: Text
    body: Text
    audience: Audience
    days: int


class Shelved(_Frozen):
    """All of them."""

    article: tuple[Article, ...]
    note: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A question that tells an article's case, with its answers."""

    thread_id: str
    subject: str
    asker: Viewer
    posts: tuple[tuple[str, Viewer], ...]

    @property
    def circles(self) -> frozenset[str]:
        """Of everybody who wrote in it."""
        return frozenset({self.asker.circle, *(viewer.circle for _, viewer in self.posts)})


@dataclass
class Shelf:
    """Writes in one transaction of content and keys."""

    stores: Stores
    tools: Toolbox
    history: History
    used: set[str] = field(default_factory=set)

    def write(self) -> None:
        """Everything."""
        shelved = read_material(MATERIAL, Shelved)
        for article in shelved.article:
            self._article(article)
        for number, note in enumerate(sorted(shelved.note, key=lambda note: -note.days)):
            self._note(note, number)
        reporting.publish_evidence(
            self.stores,
            self.tools.vault,
            reporting.count_changed(self.stores, self.tools.vault, self.tools.trade, window=self.tools.window),
        )

    def _article(self, article: Article) -> None:
        found = next(self._threads(article), None)
        if found is None:  # a small network has not asked everything
            return
        self.used.add(found.thread_id)
        try:
            editor, second = self._editors(found, by_coordinator=article.state in ("draft", "back"))
        except (IndexError, StopIteration):  # nor has it two editors for everything
            return
        day = self.history.plan.today - timedelta(days=article.days)
        article_id = self._begin(found, editor)
        self._save(editor, article_id, found, article, article.before or article.body)
        if article.state == "draft":
            return
        self._go_on(article, found, article_id, (editor, second), day)

    def _go_on(
        self, article: Article, found: Found, article_id: str, pair: tuple[Viewer, Viewer], day: date
    ) -> None:  # fmt: skip
        editor, second = pair
        self._ask(editor, article_id, day)
        if article.state == "consenting":
            return
        version = find_open(self.stores, article_id)
        assert version is not None  # noqa: S101 (it was just sent)
        self._say(found, version.id, article, day)
        if article.state in ("back", "second"):
            return
        self._come_out(second, version.id, day)
        if article.before:
            self._renew(article, found, article_id, pair)
        self._tell(article, found, article_id)

    def _threads(self, article: Article) -> Iterator[Found]:
        """Answered questions of the case, a demo person among their authors first where somebody is to be asked."""
        plan, viewers = self.history.plan, self.history.viewers
        wants_person = article.state == "consenting"
        listed = []
        for number, thread in enumerate(plan.threads):
            if thread.story.case != article.case or self.history.threads.get(number) in (None, *self.used):
                continue
            answers = [(place, post) for place, post in enumerate(thread.posts) if post.kind == "answer"]
            posts = tuple((self.history.posts[number, place], viewers[post.member]) for place, post in answers[:2])
            if posts:
                is_persons = any(plan.members[post.member].person for _, post in answers[:2])
                found = Found(self.history.threads[number], thread.story.subject, viewers[thread.asker], posts)
                listed.append((wants_person and not is_persons, -len(posts), found))
        yield from (found for _, _, found in sorted(listed, key=lambda one: one[:2]))

    def _editors(self, found: Found, *, by_coordinator: bool) -> tuple[Viewer, Viewer]:
        """Two of different circles, neither of an author's."""
        coordinator = next(viewer for viewer in self.history.viewers if "coordinator" in viewer.roles)
        free = [
            viewer
            for planned, viewer in zip(self.history.plan.members, self.history.viewers, strict=True)
            if viewer.circle and found.subject in viewer.subjects and not planned.person
            and viewer.circle not in found.circles | {coordinator.circle}
        ]  # fmt: skip
        first = coordinator if by_coordinator and coordinator.circle not in found.circles else free[0]
        second = next(viewer for viewer in free if viewer.circle != first.circle)
        for viewer in (first, second):
            if not editors.is_editor(self.stores, viewer, today=self.history.plan.today):
                editors.volunteer(self.stores, self.tools.vault, viewer=viewer)
        return first, second

    def _begin(self, found: Found, editor: Viewer) -> str:
        return drafts.begin(
            self.stores, self.tools.vault, self.tools.trade, viewer=editor, thread_id=found.thread_id,
            post_ids=[post for post, _ in found.posts], today=self.history.plan.today,
        )  # fmt: skip

    def _save(
        self, editor: Viewer, article_id: str, found: Found, article: Article, body: str, change: str = ""
    ) -> None:
        draft = drafts.get_draft(self.stores, self.tools.vault, viewer=editor, article_id=article_id)
        typed = drafts.Typed(
            article.title, body.strip(), article.audience, article.company, draft.about.topic,
            [post for post, _ in found.posts], (), change,
        )  # fmt: skip
        drafts.save(
            self.stores, self.tools.vault, self.tools.trade, viewer=editor, article_id=article_id, typed=typed
        )  # fmt: skip

    def _ask(self, editor: Viewer, article_id: str, day: date) -> None:
        drafts.send(
            self.stores, self.tools.vault, self.tools.trade, viewer=editor, article_id=article_id,
            due=self.window(day), today=day,
        )  # fmt: skip

    def _say(self, found: Found, version_id: str, article: Article, day: date) -> None:
        """Yes of everybody; of one that comes back, the last author wants something changed."""
        authors = {viewer.member_id: viewer for viewer in (found.asker, *(viewer for _, viewer in found.posts))}
        *others, last = authors.values()
        for viewer in (*others, last):
            word: consents.Word = "change" if article.state == "back" and viewer is last else "yes"
            for card in consenting.own_asked(self.stores, self.tools.vault, viewer=viewer):
                if card.asked.about == version_id and card.is_open:
                    consenting.say(
                        self.stores, self.tools.vault, viewer=viewer, consent_id=card.asked.id, word=word,
                        note=article.wish if word == "change" else "", window=self.tools.window, due=self.window(day),
                    )  # fmt: skip
        consenting.settle(
            self.stores, self.tools.vault, version_id=version_id, window=self.tools.window, due=self.window(day)
        )

    def _come_out(self, second: Viewer, version_id: str, day: date) -> None:
        window = self.window(day)
        publishing.approve(
            self.stores, self.tools.vault, viewer=second, version_id=version_id, due=window, today=day
        )  # fmt: skip
        publishing.come_out(self.stores, self.tools.vault, version_id=version_id, today=day, window=window)

    def _renew(self, article: Article, found: Found, article_id: str, pair: tuple[Viewer, Viewer]) -> None:
        """Its second version, some weeks later: written by the one who looked, looked at by the one who wrote."""
        second, first = pair
        day = self.history.plan.today - timedelta(days=article.days // 3)
        drafts.reopen(self.stores, self.tools.vault, viewer=first, article_id=article_id, today=day)
        self._save(first, article_id, found, article, article.body, article.change)
        self._ask(first, article_id, day)
        version = find_open(self.stores, article_id)
        assert version is not None  # noqa: S101 (it was just sent)
        self._say(found, version.id, article, day)
        self._come_out(second, version.id, day)

    def _tell(self, article: Article, found: Found, article_id: str) -> None:
        """What readers said of it; and what became of one that nobody should follow any more."""
        row = self.stores.content.get_one(Row, article_id)
        readers = self._readers(found)
        for worked, number in ((True, article.worked), (False, article.failed)):
            for _ in range(number):
                viewer = next(readers, None)
                if viewer is not None:
                    reporting.say(self.stores, self.tools.vault, viewer=viewer, article=row, worked=worked)
        viewer = next(readers, None)
        if article.doubt and viewer is not None:
            reviewing.flag(self.stores, self.tools.vault, viewer=viewer, article=row, sentence=article.doubt)
        if article.state == "retired":
            publishing.retire(self.stores, self.tools.vault, row, reason=reviewing.OLD)

    def _readers(self, found: Found) -> Iterator[Viewer]:
        """One of each circle that did not write, then the rest."""
        plain = [
            viewer
            for planned, viewer in zip(self.history.plan.members, self.history.viewers, strict=True)
            if viewer.circle and viewer.circle not in found.circles and "member" in viewer.roles and not planned.person
        ]
        first = {viewer.circle: viewer for viewer in plain}
        yield from first.values()
        yield from (viewer for viewer in plain if first[viewer.circle] is not viewer)

    def _note(self, note: Note, number: int) -> None:
        """Written by somebody who keeps that fish, and out at its window."""
        day = self.history.plan.today - timedelta(days=note.days)
        able = [
            viewer
            for planned, viewer in zip(self.history.plan.members, self.history.viewers, strict=True)
            if viewer.circle and note.subject in viewer.subjects and not planned.person
        ]
        if not able:
            return
        texts = {"title": note.title, "body": note.body.strip()}
        new = NewNote(texts, note.subject, note.topic, AUDIENCES[note.audience], company=False)
        when: dict[str, Any] = {"window": self.window(day), "today": day}
        add_note(self.stores, self.tools.vault, self.tools.trade, viewer=able[7 * number % len(able)], note=new, **when)
        after = self.window(day + timedelta(days=1))
        questions.publish(self.stores, self.tools.vault, window=after, today=day, rng=SystemRandom())

    def window(self, day: date) -> int:
        """The window of a day's morning."""
        at = datetime.combine(day, time(9), JAPAN)
        return window_of(at.timestamp(), self.tools.settings.window_seconds)
