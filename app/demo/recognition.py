"""Last year's recognition, told to its end, and this year's, which is open: through the services that real members use."""

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from app.accounts.viewer import Viewer
from app.community.windows import heard_in
from app.db import Stores
from app.demo.history import History
from app.demo.material import FOLDER
from app.domains.service import policy_of
from app.errors import ShiomeError
from app.notices.service import drop_notes
from app.questions.models import Post
from app.recognition import jury, nominating, settling, standing, stories, writers
from app.recognition.models import Candidacy
from app.recognition.rules import NOMINATING, READING, STANDING, Round, round_of
from app.settings import numbers
from app.wiring import Toolbox

FILE: Final = FOLDER / "community" / "recognition.toml"
FIRST: Final = "expert-one"  # one of the three is somebody whom one tap signs in, and has a badge to show
SECOND: Final = "expert-two"
VOLUNTEERS: Final = 9


class Year:
    """Writes last year's round and the open one, in one transaction."""

    def __init__(self, stores: Stores, tools: Toolbox, history: History) -> None:
        self._stores = stores
        self._tools = tools
        self._history = history
        self._plan = history.plan
        self._months = numbers(tools.settings.recognition_months)
        self._now = round_of(self._plan.today, self._months)
        self._last = round_of(self._now.begins[0] - timedelta(days=1), self._months)
        self._rng = random.SystemRandom()
        self._material: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))

    def write(self) -> None:
        """Last year to its end, this year as far as it is."""
        told = [*self._material["stories"], self._material["wanted"]]
        stood = self._let_stand(told)
        self._let_read({label: one for (_, label), one in zip(stood, told, strict=False)})
        for (viewer, label), one in zip(stood, told, strict=False):
            self._tell(viewer, one)
            drop_notes(self._stores, self._tools.vault, [label])
        self._begin_now()

    def _let_stand(self, told: Sequence[Mapping[str, Any]]) -> list[tuple[Viewer, str]]:
        """Who stood last year, with the label of their candidacy: of different circles, the first of them well known."""
        found: list[tuple[Viewer, str]] = []
        for member in self._helpers():
            if len(found) == len(told):
                break
            viewer = self._history.viewers[member]
            if any(viewer.own_circles & other.own_circles for other, _ in found):
                continue
            if self._stand(member, told[len(found)]["nominations"]):
                found.append((viewer, standing.label_of(viewer.secret, self._last.year)))
        return found

    def _stand(self, member: int, words: Sequence[str]) -> bool:
        day = self._last.begins[1]
        if not self._nominate(member, words, self._in(self._last, NOMINATING), day - timedelta(days=20)):
            return False
        viewer = self._history.viewers[member]
        mine = nominating.received(
            self._stores, self._tools.vault, self._tools.trade, viewer=viewer, today=day
        )  # fmt: skip
        dossier = standing.compose(
            mine, posts=[one.item.id for one in mine], words=[said.label for one in mine for said in one.words],
            year=self._last.year,
        )  # fmt: skip
        try:
            standing.stand(
                self._stores, self._tools.vault, self._tools.trade, viewer=viewer, dossier=dossier, knows=True,
                policy=policy_of(self._tools.settings), now=self._in(self._last, STANDING), today=day,
            )  # fmt: skip
        except ShiomeError:
            return False
        return True

    def _nominate(self, member: int, words: Sequence[str], now: Round, day: date) -> bool:
        """Others hang these words on one answer of a member's; False when there is no such answer."""
        for number, place in self._answers_of(member, before=day):
            readers = (n for n in self._readers(number, member))
            said = 0
            for text in words:
                for reader in readers:
                    if self._say(reader, number, place, text, now, day):
                        said += 1
                        break
            if said:
                drop_notes(self._stores, self._tools.vault, self._tags(number, place))
                return True
        return False

    def _say(self, reader: int, number: int, place: int, text: str, now: Round, day: date) -> bool:
        thread_id, post_id = self._history.threads[number], self._history.posts[number, place]
        try:
            nominating.nominate(
                self._stores, self._tools.vault, self._tools.trade, viewer=self._history.viewers[reader], place=thread_id,
                object=post_id, text=text, now=now, today=day, seconds=self._tools.settings.window_seconds,
            )  # fmt: skip
        except ShiomeError:
            return False
        return True

    def _let_read(self, said: Mapping[str, Mapping[str, Any]]) -> None:
        """Volunteers, a draw, five sentences for each, and the day of announcing."""
        stores, vault, reading = self._stores, self._tools.vault, self._in(self._last, READING)
        stand = {circle for label in said for circle in self._circles(label)}
        volunteers = [one for one in self._members() if not one.own_circles & stand][:VOLUNTEERS]
        for willing in volunteers:
            jury.volunteer(stores, vault, viewer=willing, now=reading, today=reading.begins[2])
        jury.fill_seats(stores, vault, year=reading.year, window=self._window(reading.begins[2]), rng=self._rng)
        seated = [one for one in volunteers if jury.duty_of(stores, viewer=one, now=reading).is_seated]
        for number, juror in enumerate(seated):
            for one in jury.readings(stores, vault, viewer=juror, now=reading):
                jury.say(
                    stores, vault, viewer=juror, now=reading, label=one.label, yes=True,
                    sentence=said[one.label]["sentences"][number], today=reading.begins[2],
                )  # fmt: skip
        jury.decide(
            stores, vault, before=reading.year + 1, window=self._window(reading.begins[3]), rng=self._rng
        )  # fmt: skip

    def _tell(self, viewer: Viewer, one: Mapping[str, Any]) -> None:
        """A story, or the wish that somebody wrote it."""
        stores, vault, year, day = self._stores, self._tools.vault, self._last.year, self._last.begins[3]
        if stores.content.get_one(Candidacy, standing.label_of(viewer.secret, year)).state != stories.AWARDED:
            return  # a network of a handful has no jury
        if "title" not in one:
            window, brief = self._window(day), one["brief"].strip()
            writers.ask_writer(stores, vault, viewer=viewer, year=year, brief=brief, today=day, window=window)
            stores.content.flush()  # the story is looked up
            found = stories.find_own(stores, viewer=viewer, year=year)
            assert found is not None  # noqa: S101 (it was just asked for)
            settling.settle(stores, vault, story_id=found.id, today=day, window=heard_in(stores, window))
            return
        choice = stories.Choice(one["openness"], one.get("who", ""), one["public"])
        texts = {"title": one["title"], "body": one["body"].strip()}
        stories.tell_it(
            stores, vault, viewer=viewer, year=year, texts=texts, choice=choice, today=day, window=self._window(day)
        )

    def _begin_now(self) -> None:
        """This year: words for both experts, and a few who would read."""
        day = min(self._plan.today - timedelta(days=9), self._now.begins[1] - timedelta(days=9))
        if day < self._now.begins[0]:
            return
        now = self._in(self._now, NOMINATING)
        for key in (FIRST, SECOND):
            self._nominate(self._person(key), self._material["now"]["nominations"], now, day)
        for one in self._members()[:3]:
            jury.volunteer(self._stores, self._tools.vault, viewer=one, now=now, today=day)

    def _helpers(self) -> Iterator[int]:
        """Members by how much they answer, the known one first."""
        answered = [post.member for thread in self._plan.threads for post in thread.posts if post.kind == "answer"]
        ordered = sorted(set(answered), key=lambda one: (-answered.count(one), one))
        yield self._person(FIRST)
        yield from (one for one in ordered if not self._plan.members[one].person)

    def _answers_of(self, member: int, *, before: date) -> Iterator[tuple[int, int]]:
        for number, thread in enumerate(self._plan.threads):
            for place, post in enumerate(thread.posts):
                is_out = (number, place) in self._history.posts and self._plan.day_of(post.at) < before
                if post.member == member and post.kind == "answer" and is_out:
                    yield number, place

    def _readers(self, number: int, member: int) -> Iterator[int]:
        """Who asked, then others of the same subjects; never one whom one tap signs in."""
        asker, author = self._plan.threads[number].asker, self._plan.members[member]
        others = [n for n, one in enumerate(self._plan.members) if set(one.subjects) & set(author.subjects)]
        self._rng.shuffle(others)
        yield from (n for n in (asker, *others) if n != member and not self._plan.members[n].person)

    def _members(self) -> list[Viewer]:
        """Members of the network whom no tap signs in, in no order."""
        found = [
            viewer
            for viewer, one in zip(self._history.viewers, self._plan.members, strict=True)
            if not one.person and one.roles == ("member",)
        ]
        self._rng.shuffle(found)
        return found

    def _person(self, key: str) -> int:
        return next(n for n, one in enumerate(self._plan.members) if one.person == key)

    def _tags(self, number: int, place: int) -> list[str]:
        post = self._stores.content.get(Post, self._history.posts[number, place])
        return [post.author_tag] if post else []

    def _circles(self, label: str) -> frozenset[str]:
        return jury.circles_of(self._tools.vault, self._stores.content.get_one(Candidacy, label))

    def _in(self, one: Round, phase: str) -> Round:
        """The same round in another of its phases."""
        return Round(one.year, phase, one.begins, one.next_begins)

    def _window(self, day: date) -> int:
        return nominating.window_on(day, self._tools.settings.window_seconds)
