"""The second editor's look, the window a text comes out in, and how it is taken down again."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.community import ballots, consents
from app.db import Stores
from app.errors import NotThere
from app.jobs import queue
from app.knowledge.editors import check_editor, label_at
from app.knowledge.models import Article, ArticleVersion
from app.knowledge.rules import AUDIENCES, DUE, OUTDATED, PUBLISHED, RETIRED, REVIEW_DAYS, SECOND, NotNow
from app.knowledge.versions import (
    ARTICLES,
    CHANGED,
    SMALL,
    About,
    about_of,
    forget_keys,
    get_version,
    put_about,
    rekey,
    text_of,
    versions_of,
)
from app.notices.service import tell
from app.sealing import Vault, seal_text
from app.vectors import store

OUT: Final = "article_out"  # job: a version's window has come
BACK: Final = "article_back"  # job: its editor hears why it does not come out
BEFORE: Final = (SECOND, DUE)  # states in which second editors look; what one of them decided shows in its window


def may_be_second(viewer: Viewer, about: About) -> bool:
    """Whether the viewer is of another circle than the first editor: decided on circles, stricter than organisations."""
    return not viewer.own_circles & set(about.circles)


def get_second(
    stores: Stores, vault: Vault, *, viewer: Viewer, version_id: str, today: date
) -> tuple[Article, ArticleVersion, About]:  # fmt: skip
    """A text that waits for a second editor, for one who may be it. Raises NotThere."""
    check_editor(stores, viewer, today=today)
    article, version = get_version(stores, version_id)
    about = about_of(vault, version)
    if version.state not in BEFORE or not _may_look(viewer, article.id, about):
        raise NotThere
    return article, version, about


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text that waits for a second editor, and the key it is under."""

    version: ArticleVersion
    key_id: str


def waiting_for_second(stores: Stores, vault: Vault, *, viewer: Viewer) -> list[Waiting]:
    """Texts the viewer could look at, in the order of ids."""
    rows = stores.content.execute(
        select(ArticleVersion, Article.key_id)
        .join(Article, Article.id == ArticleVersion.article_id)
        .where(ArticleVersion.state.in_(BEFORE))
        .order_by(ArticleVersion.id)
    )
    return [Waiting(row[0], row[1]) for row in rows if _may_look(viewer, row[0].article_id, about_of(vault, row[0]))]


def _may_look(viewer: Viewer, article_id: str, about: About) -> bool:
    """Whether it waits for the viewer, to their knowledge: what another second editor decided is not heard yet, so that no
    colleague learns in which minute they did."""
    return may_be_second(viewer, about) and about.second != label_at(viewer, article_id)


def approve(stores: Stores, vault: Vault, *, viewer: Viewer, version_id: str, due: int, today: date) -> None:
    """Nothing in it tells who somebody is: out with it in the window `due`. Writes content. Raises NotThere."""
    article, version, about = get_second(stores, vault, viewer=viewer, version_id=version_id, today=today)
    put_about(vault, version, replace(about, second=label_at(viewer, article.id)))
    version.state = DUE
    queue.put(stores, vault, OUT, {"version": version.id}, due=due)


def hand_back(
    stores: Stores, vault: Vault, *, viewer: Viewer, version_id: str, note: str, due: int, today: date
) -> None:  # fmt: skip
    """It may not come out as it is: its editor hears why in the window `due`, also where another second editor let it out
    meanwhile. Writes content. Raises NotThere."""
    article, version, about = get_second(stores, vault, viewer=viewer, version_id=version_id, today=today)
    put_about(vault, version, replace(about, second=label_at(viewer, article.id), back=note))
    queue.put(stores, vault, BACK, {"version": version.id}, due=due)


def come_out(stores: Stores, vault: Vault, *, version_id: str, today: date, window: int) -> None:
    """Let readers have a text whose authors all agree and whose window has come; writes content. Safe to repeat.

    Who took their yes back in the last window keeps it from coming out: it goes back to its editor in this one.
    """
    try:
        article, version = get_version(stores, version_id)
    except NotThere:
        return
    if version.state != DUE or article.state == RETIRED:
        return
    about, key = about_of(vault, version), vault.data_key(stores, article.key_id)
    if about.back or not all(one.is_yes for one in consents.states(stores, vault, version_id)):
        return
    text = text_of(key, version)
    article.sealed_text = seal_text(key, {"title": text["title"], "body": text["body"]}, table=ARTICLES, row=article.id)
    article.state, article.group_key, article.topic = PUBLISHED, about.group, about.topic
    article.audience, article.company_may = AUDIENCES[about.audience], about.company
    article.published_day, article.review_day = today.toordinal(), today.toordinal() + REVIEW_DAYS
    version.state, version.published_day = PUBLISHED, today.toordinal()
    drop_flags(stores, vault, article.id)
    queue.put(stores, vault, CHANGED, {"article": article.id}, due=window)
    for label in dict.fromkeys([*(one.tag for one in about.asked), about.editor]):
        tell(stores, vault, label=label, kind="article_out", due=window)


def retire(stores: Stores, vault: Vault, article: Article, *, reason: str) -> None:
    """Take an article down with every text of it; a row stays, which says so. Writes content and keys.

    The ballots about it go: nobody's taps are kept about what nobody can read.
    """
    if article.state == RETIRED:
        raise NotNow
    for version in versions_of(stores, article.id):
        consents.drop(stores, about=version.id)
        version.sealed_text, version.state = b"", RETIRED
    store.forget(stores, thread_id=article.id)  # all that matching knows of it
    forget_keys(stores, [article.key_id])
    article.state, article.sealed_text, article.review_day = RETIRED, b"", 0
    article.reported = article.worked = 0
    article.sealed_about = vault.seal(
        {"reason": reason}, table=ARTICLES, column="sealed_about", row=article.id, pad=SMALL
    )  # fmt: skip
    ballots.drop_all(stores, vault, object=article.id)


def erase_version(stores: Stores, vault: Vault, article: Article, version: ArticleVersion, *, window: int) -> None:
    """Take one older text out of the history, under a fresh key for the rest; writes content and keys."""
    version.sealed_text = b""
    rekey(stores, vault, article, {}, window=window)


def drop_flags(stores: Stores, vault: Vault, article_id: str) -> None:
    """What was said to be outdated is settled: a text has been looked at; writes content."""
    for label, _note in ballots.notes_on(stores, vault, purpose=OUTDATED, object=article_id):
        ballots.drop(stores, vault, label=label)


def reason_of(vault: Vault, article: Article) -> str:
    """Why an article was taken down: withdrawn, outdated; empty while it is there."""
    found: dict[str, str] = vault.open(article.sealed_about, table=ARTICLES, column="sealed_about", row=article.id)
    return found.get("reason", "")
