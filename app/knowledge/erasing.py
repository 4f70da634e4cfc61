"""What of articles goes with an author's words: when they leave with them, take words out, or take an answer back."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import select

from app.community import consents
from app.community.models import Ballot, Writing
from app.db import Stores, fetch
from app.jobs import queue
from app.knowledge.consenting import WITHDRAWN, is_current
from app.knowledge.models import Article, ArticleVersion
from app.knowledge.publishing import erase_version, retire
from app.knowledge.rules import CONSENTING, DRAFT, DROPPED, DUE, EDITING, PUBLISHED, RETIRED, SECOND
from app.knowledge.versions import (
    CHANGED,
    About,
    Source,
    Wish,
    about_of,
    article_text,
    forget_keys,
    put_about,
    rekey,
    text_of,
)
from app.notices.service import tell
from app.questions.models import Post, Thread
from app.sealing import Vault
from app.vectors import store

OPEN: Final = (DRAFT, CONSENTING, SECOND, DUE)
GONE: Final = "gone"  # of a wish: an author took their words back


def forget_lost(stores: Stores, vault: Vault, *, window: int, due: int) -> int:
    """Take down or empty every text made from answers and questions whose words are gone, however they went; drafts
    whose editor is gone go too. Gives how many texts it was. Writes content and keys.
    """
    found = list(_live(stores, vault))
    there, editors = _there(stores, found), _editors(stores, found)
    lost = [(version, about) for version, about in found if _is_lost(about, there)]
    for version, about in lost:
        _let_go(stores, vault, version, about, lambda one: _stays(one, there), window, due)
    for version, about in found:
        if version.state in OPEN and about.editor not in editors:
            _drop(stores, version)
    return len(lost)


def has_lost(stores: Stores, vault: Vault) -> bool:
    """Whether `forget_lost` would find something: asked without the write lock."""
    found = list(_live(stores, vault))
    there, editors = _there(stores, found), _editors(stores, found)
    return any(
        _is_lost(about, there) or (version.state in OPEN and about.editor not in editors) for version, about in found
    )


def _there(stores: Stores, found: Sequence[tuple[ArticleVersion, About]]) -> frozenset[str]:
    """The threads and posts named that still have their words."""
    posts = fetch(stores.content, Post, [one.post for _, about in found for one in about.sources])
    threads = fetch(stores.content, Thread, [one for _, about in found for one in about.threads])
    said = fetch(stores.content, Writing, [one.post for _, about in found for one in about.sources])
    spoken = {part for row in said if row.sealed_text for part in (row.id, row.place)}
    asked = {row.id for row in threads if row.sealed_text}
    return frozenset(row.id for row in posts if row.sealed_text) | asked | spoken


def _is_lost(about: About, there: Collection[str]) -> bool:
    return not all(_stays(one, there) for one in about.sources)


def _stays(source: Source, there: Collection[str]) -> bool:
    return source.post in there and source.thread in there


def _editors(stores: Stores, found: Sequence[tuple[ArticleVersion, About]]) -> frozenset[str]:
    """In whose hands a text still is: an editor's, or of whoever wrote what it repeats, a cohort's closing note."""
    ballots = stores.content.scalars(select(Ballot.label).where(Ballot.purpose == EDITING))
    notes = fetch(stores.content, Writing, [about.editor for _, about in found])
    return frozenset(ballots) | {row.id for row in notes if row.sealed_text}


def _drop(stores: Stores, version: ArticleVersion) -> None:
    """A text nobody writes on any more; what is out stays."""
    consents.drop(stores, about=version.id)
    article = stores.content.get_one(Article, version.article_id)
    stores.content.delete(version)
    if article.state == DRAFT:
        stores.content.flush()  # the version first: it names the article
        forget_keys(stores, [article.key_id])
        stores.content.delete(article)


def take_out(stores: Stores, vault: Vault, *, thread_id: str, change: Callable[[str], str], window: int) -> None:
    """Change the words of every text made from a thread, out or not, under a fresh key; writes content and keys."""
    made: dict[str, list[ArticleVersion]] = {}
    for version, about in _live(stores, vault):
        if thread_id in about.threads:
            made.setdefault(version.article_id, []).append(version)
    for article_id, rows in made.items():
        _change_words(stores, vault, article_id, rows, change, window)


def take_out_of(stores: Stores, vault: Vault, *, article_id: str, change: Callable[[str], str], window: int) -> None:
    """The same of one article, every version of it; writes content and keys."""
    rows = [row for row, _about in _live(stores, vault) if row.article_id == article_id]
    if rows:
        _change_words(stores, vault, article_id, rows, change, window)


def _change_words(
    stores: Stores, vault: Vault, article_id: str, rows: Sequence[ArticleVersion], change: Callable[[str], str],
    window: int,
) -> None:  # fmt: skip
    article = stores.content.get_one(Article, article_id)
    key = vault.data_keys(stores, [article.key_id]).get(article.key_id)
    if key is not None:
        texts: dict[str, Mapping[str, str]] = {row.id: text_of(key, row) for row in rows if row.sealed_text}
        if article.sealed_text:
            texts[article.id] = article_text(key, article)
        new = {row_id: {name: change(one) for name, one in text.items()} for row_id, text in texts.items()}
        if new != texts:
            rekey(stores, vault, article, new, window=window)
            store.drop_text(stores, thread_id=article_id)  # at once; found again by the new words
            queue.put(stores, vault, CHANGED, {"article": article_id}, due=window)


def _live(stores: Stores, vault: Vault) -> Iterator[tuple[ArticleVersion, About]]:
    """Every version that has words, with what it was made from."""
    closed = (DROPPED, RETIRED)
    rows = stores.content.scalars(
        select(ArticleVersion).where(ArticleVersion.state.not_in(closed)).order_by(ArticleVersion.id)
    ).all()
    return ((row, about_of(vault, row)) for row in rows)


def _let_go(
    stores: Stores, vault: Vault, version: ArticleVersion, about: About, stays: Callable[[Source], bool], window: int,
    due: int,
) -> None:  # fmt: skip
    """What is out is taken down; an older text leaves the history; a text on its way is begun anew without the words."""
    article = stores.content.get(Article, version.article_id)
    if article is None or article.state == RETIRED:
        return
    consents.drop(stores, about=version.id)
    if version.state == PUBLISHED and is_current(stores, article, version):
        retire(stores, vault, article, reason=WITHDRAWN)
        tell(stores, vault, label=about.editor, kind="article_taken_down", due=due)
        return
    erase_version(stores, vault, article, version, window=window)
    if version.state == PUBLISHED:
        version.state = DROPPED
        return
    left = tuple(one for one in about.sources if stays(one))
    put_about(vault, version, replace(about, sources=left, asked=(), wishes=(Wish(GONE, "answerer"),)))
    version.state = DRAFT
    tell(stores, vault, label=about.editor, kind="article_back", due=due)
