"""Write a question with its answers as published posts, sealed as any other.

The imported are not members. Who answered somebody has an expert profile under a routing handle with capacity 0: their
answers are evidence for the router, an offer never comes to them. A thread is never open, and nobody gets a notice.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select

from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.history.cleaning import Cleaner
from app.history.files import Line
from app.history.rules import DAY, Topics, Whole, day_of, is_own, scope_of, state_after, tidy, title_and_fields
from app.history.source import Person, Source, text_of
from app.jobs import queue
from app.questions.access import where_of
from app.questions.models import Post, Thread
from app.queues.experts import put_profile
from app.queues.models import Expert
from app.queues.rules import Profile
from app.sealing import Vault, seal_text
from app.vectors.store import Answered, record_answer
from matching.profiles import about
from matching.replay import AnswerRow
from privacy.keys import Key
from privacy.pseudonyms import owner_tag, peer_tag
from privacy.scopes import Audience
from privacy.times import window_of

NO_TABLE: Final = 0  # nothing but the group is shown, so no crowd table was asked


@dataclass(slots=True)
class Counts:
    """What was written, and what was there already."""

    questions: int = 0
    answers: int = 0
    followups: int = 0
    questions_before: int = 0
    posts_before: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One author's part of one thread: their number in it and the data key of their words."""

    author: int
    key_id: str
    key: Key = field(repr=False)


@dataclass(frozen=True)
class Writer:
    """Writes threads of one source."""

    vault: Vault
    trade: Trade
    source: Source
    topics: Topics
    window_seconds: int
    window: int
    cleaner: Cleaner
    counts: Counts = field(default_factory=Counts)

    def write(self, stores: Stores, whole: Whole, *, index: bool) -> Thread:
        """Write what is not there yet of a question; writes content and keys. `index` leaves it to the worker."""
        thread_id = self.source.thread_id(whole.question)
        thread = stores.content.get(Thread, thread_id)
        if thread is None:
            thread = self._new_thread(stores, whole, thread_id)
            if index:
                # due a window ago, and so behind everything that is asked now
                queue.put(stores, self.vault, "index", {"thread": thread_id, "route": False}, due=self.window - 1)
            self.counts.questions += 1
        else:
            self.counts.questions_before += 1
        self._write_answers(stores, thread, whole)
        return thread

    def _new_thread(self, stores: Stores, whole: Whole, thread_id: str) -> Thread:
        row = whole.question.row
        asker = self.source.person(row.asker, thread_id)
        key_id, key = self.vault.new_data_key(stores)
        title, fields = title_and_fields(self.trade, row)
        title, fields = self._cleaned(title, fields)
        text = {"title": title, "fields": fields, "facets": {}, "shown": []}
        scope = scope_of(asker.circle, excluded=[], subject=self.source.subject)
        thread = Thread(
            id=thread_id,
            group_key=self.trade.group_of[self.source.subject].key,
            topic=self.topics.fold(row.tags),
            state=state_after(answered=False, accepted=False),
            published_day=_ordinal(row.day),
            published_window=window_of(row.day * DAY, self.window_seconds),
            urgent=False,
            audience=int(Audience.DOMAIN),
            company_may=False,
            table_version=NO_TABLE,
            owner_tag=str(owner_tag(asker.secret, thread_id)),
            key_id=key_id,
            sealed_scope=self.vault.seal(scope, table="threads", column="sealed_scope", row=thread_id),
            sealed_text=seal_text(key, text, table="threads", row=thread_id),
        )
        stores.content.add(thread)
        return thread

    def text_to_embed(self, whole: Whole) -> str:
        """The words the index worker would embed."""
        title, fields = self._cleaned(*title_and_fields(self.trade, whole.question.row))
        return "\n".join([title, *fields.values()])

    def _cleaned(self, title: str, fields: dict[str, str]) -> tuple[str, dict[str, str]]:
        clean = self.cleaner.clean
        return tidy(clean(title)), {name: tidy(clean(text)) for name, text in fields.items()}

    def _write_answers(self, stores: Stores, thread: Thread, whole: Whole) -> None:
        posts = list(stores.content.scalars(select(Post).where(Post.thread_id == thread.id).order_by(Post.place)))
        there = {post.id for post in posts}
        for answer in whole.answers:
            post_id = self.source.post_id(thread.id, answer)
            if post_id in there:
                self.counts.posts_before += 1
            else:
                posts.append(self._new_post(stores, thread, posts, whole, answer, post_id))
        answers = [post for post in posts if post.kind == "answer"]
        if answers:
            thread.state = state_after(answered=True, accepted=any(post.accepted for post in answers))

    def _new_post(
        self, stores: Stores, thread: Thread, posts: list[Post], whole: Whole, answer: Line[AnswerRow], post_id: str
    ) -> Post:
        own = is_own(whole.question.row, answer.row)
        person = self.source.person(answer.row.answerer, post_id)
        tag = str(owner_tag(person.secret, thread.id) if own else peer_tag(person.secret, thread.id))
        part = self._part(stores, thread, posts, tag)
        body = {"text": tidy(self.cleaner.clean(text_of(answer.obj, "body"))), "shown": []}
        scope = scope_of(person.circle, version=NO_TABLE)
        post = Post(
            id=post_id,
            thread_id=thread.id,
            kind="followup" if own else "answer",
            place=max((one.place for one in posts), default=0) + 1,
            author=part.author,
            author_tag=tag,
            published_day=max(_ordinal(answer.row.day), thread.published_day),
            accepted=answer.row.accepted and not own,
            key_id=part.key_id,
            sealed_scope=self.vault.seal(scope, table="posts", column="sealed_scope", row=post_id),
            sealed_text=seal_text(part.key, body, table="posts", row=post_id),
        )
        stores.content.add(post)
        self._count(stores, thread, post, person, answer)
        return post

    def _part(self, stores: Stores, thread: Thread, posts: list[Post], tag: str) -> Part:
        """The author's part as it is, or a new one: the asker is 0, answerers are numbered as they come."""
        mine = next((post for post in posts if post.author_tag == tag), None)
        author = 0 if tag == thread.owner_tag else max((post.author for post in posts), default=0) + 1
        key_id = mine.key_id if mine else thread.key_id if tag == thread.owner_tag else None
        if mine is not None:
            author = mine.author
        if key_id is not None:
            try:
                return Part(author, key_id, self.vault.data_key(stores, key_id))
            except NotThere:
                pass  # erased since: what is new gets a key of its own
        return Part(author, *self.vault.new_data_key(stores))

    def _count(self, stores: Stores, thread: Thread, post: Post, person: Person, answer: Line[AnswerRow]) -> None:
        if post.kind == "followup":
            self.counts.followups += 1
            return
        self.counts.answers += 1
        if person.is_known:
            self._remember(stores, thread, post, person, answer)

    def _remember(self, stores: Stores, thread: Thread, post: Post, person: Person, answer: Line[AnswerRow]) -> None:
        handle = person.handle(self.source.subject)
        window = max(window_of(answer.row.day * DAY, self.window_seconds), thread.published_window)
        record_answer(
            stores,
            self.vault,
            where=where_of(self.vault, thread),
            answer=Answered(post.id, handle, window, accepted=post.accepted, length=about(answer.row.length)),
        )
        if stores.content.get(Expert, handle) is None:
            profile = Profile(subject=self.source.subject, circle=person.circle, capacity=0)
            put_profile(stores, self.vault, handle=handle, group_key=thread.group_key, profile=profile)


def _ordinal(days: float) -> int:
    found = day_of(days)
    if found is None:
        raise OverflowError(days)
    return found.toordinal()


def missing(stores: Stores, source: Source, part: list[Whole]) -> list[Whole]:
    """Those whose thread is not there yet."""
    ids = {source.thread_id(whole.question): whole for whole in part}
    there: set[Any] = set(stores.content.scalars(select(Thread.id).where(Thread.id.in_(list(ids)))))
    return [whole for id, whole in ids.items() if id not in there]
