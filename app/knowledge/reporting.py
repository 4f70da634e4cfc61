"""How it went where somebody tried it: taps on an article and what is known of its sources, published on Mondays in bands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.community import ballots
from app.db import Stores, fetch
from app.domains.trade import Trade
from app.errors import NotThere
from app.knowledge import drafts
from app.knowledge.models import Article
from app.knowledge.rules import ARTICLE, PUBLISHED, WORKED, Told, next_told
from app.knowledge.versions import ARTICLES, PAD, About, about_of
from app.questions.marks import MarkRow, marks_of
from app.questions.models import Post
from app.questions.reads import post_text
from app.questions.reminding import OUTCOME
from app.questions.taps import ACCEPT, circles_of, standing
from app.questions.taps import WORKED as TAP
from app.sealing import Vault
from privacy.bands import Standing

TOLD: Final = "told"  # in what an article keeps sealed


@dataclass(slots=True)
class Voices:
    """The organisations, as sets of circles, that told how it went."""

    worked: list[frozenset[str]] = field(default_factory=list)
    failed: list[frozenset[str]] = field(default_factory=list)

    def add(self, circles: Iterable[str], *, worked: bool) -> None:
        """Hear one more."""
        (self.worked if worked else self.failed).append(frozenset(circles))


def say(stores: Stores, vault: Vault, *, viewer: Viewer, article: Article, worked: bool) -> None:
    """Tell how it went with what an article says; said again, it takes the place of before. Writes content."""
    note = {"worked": worked, "circles": sorted(viewer.own_circles)}
    ballots.cast(stores, vault, viewer=viewer, purpose=WORKED, object=article.id, note=note)


def take_back(stores: Stores, vault: Vault, *, viewer: Viewer, article: Article) -> None:
    """Say nothing of it any more; writes content."""
    ballots.retract(stores, vault, viewer=viewer, purpose=WORKED, object=article.id)


def own_word(stores: Stores, vault: Vault, *, viewer: Viewer, article_id: str) -> str:
    """What the viewer said: worked, failed, or nothing."""
    note = ballots.own_note(stores, vault, viewer=viewer, purpose=WORKED, object=article_id)
    return "" if note is None else "worked" if note["worked"] else "failed"


def count_changed(stores: Stores, vault: Vault, trade: Trade, *, window: int) -> dict[str, Told]:
    """What stands from now on of each article of which it is not what stood: asked without the write lock."""
    rows = stores.content.scalars(select(Article).where(Article.state == PUBLISHED).order_by(Article.id)).all()
    found = {row.id: (told_of(vault, row), count(stores, vault, trade, row, window=window)) for row in rows}
    return {id: after for id, (before, after) in found.items() if after != before}


def publish_evidence(stores: Stores, vault: Vault, counted: Mapping[str, Told]) -> None:
    """Tell it, and keep what the next Monday needs; writes content."""
    for article in fetch(stores.content, Article, list(counted)):
        told = counted[article.id]
        article.reported, article.worked = told.standing.band, told.worked
        names = {"by": [*told.standing.counts], "heard": [*told.heard], "gone": [*told.gone]}
        about = {**_about(vault, article), TOLD: {name: sorted(some) for name, some in names.items()}}
        article.sealed_about = vault.seal(about, table=ARTICLES, column="sealed_about", row=article.id, pad=PAD)


def told_of(vault: Vault, article: Article) -> Told:
    """What stands of one article."""
    kept = _about(vault, article).get(TOLD, {"by": (), "heard": (), "gone": ()})
    standing = Standing(article.reported, dict.fromkeys(kept["by"], 1))
    return Told(standing, article.worked, frozenset(kept["heard"]), frozenset(kept["gone"]))


def _about(vault: Vault, article: Article) -> dict[str, Any]:
    found: dict[str, Any] = vault.open(article.sealed_about, table=ARTICLES, column="sealed_about", row=article.id)
    return found


def is_day(today: date) -> bool:
    """Whether bands move today."""
    return today.weekday() == 0


def count(stores: Stores, vault: Vault, trade: Trade, article: Article, *, window: int) -> Told:
    """What may be told of one article after what stands: a band, and for how many of five it worked."""
    voices = Voices()
    for _label, note in ballots.notes_on(stores, vault, purpose=WORKED, object=article.id):
        voices.add(note["circles"], worked=note["worked"])
    if article.kind == ARTICLE:
        _hear_sources(stores, vault, trade, about_of(vault, drafts.latest_out(stores, article.id)), voices, window)
    return next_told(told_of(vault, article), voices.worked, voices.failed)


def _hear_sources(
    stores: Stores, vault: Vault, trade: Trade, about: About, voices: Voices, window: int
) -> None:  # fmt: skip
    """Readers' taps on the answers used, and what the askers said came of them."""
    posts = {one.post for one in about.sources}
    for thread_id in about.threads:
        taps = standing(marks_of(stores, vault, thread_id), window)
        for mark in _helped(taps, posts):
            voices.add(circles_of(mark), worked=True)
        _hear_outcomes(stores, vault, trade, thread_id, posts, voices)


def _helped(taps: dict[str, dict[str, list[MarkRow]]], posts: set[str]) -> list[MarkRow]:
    return [mark for post in posts & taps.keys() for kind in (ACCEPT, TAP) for mark in taps[post].get(kind, ())]


def _hear_outcomes(
    stores: Stores, vault: Vault, trade: Trade, thread_id: str, posts: set[str], voices: Voices
) -> None:  # fmt: skip
    told = select(Post).where(Post.thread_id == thread_id, Post.kind == OUTCOME).order_by(Post.place)
    for post in stores.content.scalars(told):
        try:
            text = post_text(stores, vault, post) if post.sealed_text else None
        except NotThere:  # taken back meanwhile
            text = None
        result = trade.outcome.find(text.get("result", "")) if text and text.get("answer") in posts else None
        if result is not None:
            scope: dict[str, Any] = vault.open(post.sealed_scope, table="posts", column="sealed_scope", row=post.id)
            voices.add([scope["circle"]], worked=result.worth == "good")
