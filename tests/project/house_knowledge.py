"""Articles for the house: one for members, one for everybody, a draft, one whose authors are asked, one for a second look."""

from app.clock import today
from app.knowledge import publishing
from app.knowledge.notes import Note, add_note
from app.questions.models import Post
from app.wiring import Toolbox
from privacy.scopes import Audience
from tests.app.knowledge.stage import Stage, asked_of, begin, say, send, version_of, volunteer
from tests.cast import Cast, Person, viewer_of


def write_note(tools: Toolbox, cast: Cast) -> str:
    """Alice's, for those who farm the same; it waits for its window."""
    texts = {"title": "網替えの朝", "body": "前の晩に餌を切ります。"}
    note = Note(texts, "rainbow-trout", "", Audience.DOMAIN, company=False)
    with tools.database.transaction("content", "keys") as stores:
        return add_note(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.alice), note=note, window=tools.window,
            today=today(tools.clock.now()),
        )  # fmt: skip


def put_articles(tools: Toolbox, cast: Cast, thread_id: str, *, by: str = "carol") -> dict[str, str]:
    """Of alice's question, which `by` answered: erin and carol edit."""
    volunteer(tools, cast.carol)
    with tools.database.reading() as stores:
        posts = stores.content.query(Post).filter(Post.thread_id == thread_id, Post.kind == "answer").all()
    stage, authors = Stage(tools, thread_id, tuple(post.id for post in posts)), (cast.alice, cast[by])
    ids = {
        "article": _out(stage, cast, authors),
        "open_article": _out(stage, cast, authors, audience="public"),
    }
    ids["seen"] = version_of(tools, _agreed(stage, cast.carol, authors)).id
    ids["draft"] = begin(stage, cast.erin)
    send(stage, cast.erin, begin(stage, cast.erin))
    ids["consent"] = asked_of(tools, cast.alice)[0].asked.id
    return ids


def _agreed(stage: Stage, editor: Person, authors: tuple[Person, ...], **changes: object) -> str:
    article_id = begin(stage, editor)
    send(stage, editor, article_id, **changes)
    for author in authors:
        say(stage.tools, author)
    return article_id


def _out(stage: Stage, cast: Cast, authors: tuple[Person, ...], **changes: object) -> str:
    """Without a worker: the clock of the house stands still."""
    tools, article_id = stage.tools, _agreed(stage, cast.erin, authors, **changes)
    with tools.database.transaction("content") as stores:
        version, when, day = version_of(tools, article_id), tools.window, today(tools.clock.now())
        publishing.approve(
            stores, tools.vault, viewer=viewer_of(tools, cast.carol), version_id=version.id, due=when, today=day
        )  # fmt: skip
        publishing.come_out(stores, tools.vault, version_id=version.id, today=day, window=when)
    return article_id
