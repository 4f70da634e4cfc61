"""An article's way for tests: a question with two answers, a draft, consents, a second editor, its window."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.clock import today
from app.community import consents
from app.jobs.worker import Worker
from app.knowledge import consenting, drafts, editors, indexing, publishing
from app.knowledge.models import Article, ArticleVersion
from app.knowledge.worker import handlers
from app.questions import worker as questions
from app.questions.models import Post
from app.queues import worker as queues
from app.wiring import Toolbox
from tests.app.questions.makers import answer, publish, published
from tests.cast import Person, viewer_of

TITLE = "水温が下がる朝の酸素の見かた"
BODY = "冷え込んだ日は、明るくなる前に一度だけ酸素を測り、足りなければ餌をやめて様子を見ます。"
FIRST = "夜明け前に酸素を測ってみてください。七を切る日は給餌を止めています。"
SECOND = "うちでは水車を早めに回し、朝いちばんの見回りで群れの位置を書き残しています。"


@dataclass(frozen=True)
class Stage:
    """A thread of alice's, answered by bob and carol."""

    tools: Toolbox
    thread_id: str
    posts: tuple[str, ...]


def make_thread(tools: Toolbox, asker: Person, *answerers: Person, texts: Sequence[str] = (FIRST, SECOND)) -> Stage:
    """A published question with an answer of each."""
    thread_id = published(tools, asker)
    for person, text in zip(answerers, texts, strict=False):
        answer(tools, person, thread_id, text)
        publish(tools)
    with tools.database.reading() as stores:
        rows = stores.content.query(Post).filter(Post.thread_id == thread_id).order_by(Post.place).all()
        return Stage(tools, thread_id, tuple(row.id for row in rows if row.kind == "answer"))


def volunteer(tools: Toolbox, person: Person) -> None:
    """Let this person be an editor."""
    with tools.database.transaction("content") as stores:
        editors.volunteer(stores, tools.vault, viewer=viewer_of(tools, person))


def begin(stage: Stage, editor: Person, posts: Sequence[str] | None = None, *, into: str = "") -> str:
    """A draft from these answers."""
    tools = stage.tools
    with tools.database.transaction("content", "keys") as stores:
        return drafts.begin(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, editor), thread_id=stage.thread_id,
            post_ids=stage.posts if posts is None else posts, into=into,
            today=today(tools.clock.now()),
        )  # fmt: skip


def typed(stage: Stage, **changes: Any) -> drafts.Typed:
    """What an editor writes."""
    values = {
        "title": TITLE, "body": BODY, "audience": "members", "company": False, "topic": "", "kept": stage.posts,
        "quotes": (),
    }  # fmt: skip
    return drafts.Typed(**{**values, **changes})


def send(stage: Stage, editor: Person, article_id: str, **changes: Any) -> None:
    """Keep what was written and ask its authors."""
    tools, viewer = stage.tools, viewer_of(stage.tools, editor)
    with tools.database.transaction("content") as stores:
        text = typed(stage, **changes)
        drafts.save(stores, tools.vault, tools.trade, viewer=viewer, article_id=article_id, typed=text)
    with tools.database.transaction("content") as stores:
        drafts.send(
            stores, tools.vault, tools.trade, viewer=viewer, article_id=article_id, due=tools.window,
            today=today(tools.clock.now()),
        )  # fmt: skip


def asked_of(tools: Toolbox, person: Person) -> list[consenting.ConsentCard]:
    """What this person was asked."""
    with tools.database.reading() as stores:
        return consenting.own_asked(stores, tools.vault, viewer=viewer_of(tools, person))


def say(tools: Toolbox, person: Person, word: consents.Word = "yes", note: str = "") -> None:
    """Answer what this person was asked last; its window comes."""
    card = asked_of(tools, person)[0]
    with tools.database.transaction("content", "keys") as stores:
        consenting.say(
            stores, tools.vault, viewer=viewer_of(tools, person), consent_id=card.asked.id, word=word, note=note,
            window=tools.window, due=tools.window,
        )  # fmt: skip
    work(tools)


def approve(tools: Toolbox, person: Person, article_id: str) -> None:
    """The second editor lets it out; its window comes."""
    with tools.database.transaction("content") as stores:
        version = version_of(tools, article_id)
        publishing.approve(
            stores, tools.vault, viewer=viewer_of(tools, person), version_id=version.id, due=tools.window,
            today=today(tools.clock.now()),
        )  # fmt: skip
    work(tools)


def work(tools: Toolbox) -> None:
    """What the worker has to do."""
    jobs = Worker(
        tools.database, tools.vault, lane="work", window=lambda: tools.window,
        handlers={
            **questions.handlers(tools), **queues.handlers(tools), **indexing.handlers(tools), **handlers(tools)
        },
        ticks=(),
    )  # fmt: skip
    jobs.run_until_idle()


def version_of(tools: Toolbox, article_id: str) -> ArticleVersion:
    """The newest version."""
    with tools.database.reading() as stores:
        rows = stores.content.query(ArticleVersion).filter(ArticleVersion.article_id == article_id).all()
        return max(rows, key=lambda row: row.number)


def row_of(tools: Toolbox, article_id: str) -> Article:
    """The article's row."""
    with tools.database.reading() as stores:
        return stores.content.get_one(Article, article_id)


def out(stage: Stage, editor: Person, second: Person, authors: Sequence[Person], **changes: Any) -> str:
    """An article that is out, with everybody's yes."""
    article_id = begin(stage, editor)
    send(stage, editor, article_id, **changes)
    for author in authors:
        say(stage.tools, author)
    approve(stage.tools, second, article_id)
    return article_id
