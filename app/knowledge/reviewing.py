"""Is it still right? A year on, or when a reader doubts it, an editor confirms an article, changes it, or takes it down."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import exists, or_, select

from app.accounts.viewer import Viewer
from app.community import ballots
from app.community.models import Ballot
from app.db import Stores, fetch
from app.errors import NotThere
from app.knowledge import drafts
from app.knowledge.editors import check_editor, label_at
from app.knowledge.models import Article, ArticleVersion
from app.knowledge.publishing import drop_flags, retire
from app.knowledge.rules import ARTICLE, DROPPED, EDITING, OUTDATED, PUBLISHED, RETIRED, REVIEW_DAYS
from app.knowledge.versions import about_of, text_of
from app.notices.service import tell
from app.sealing import Vault

OLD: Final = "outdated"  # why an article was taken down
SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """An article to be looked at again."""

    article: Article
    is_due: bool
    doubts: tuple[str, ...] = field(default=(), repr=False)  # readers' sentences, in an order that tells nothing


def flag(stores: Stores, vault: Vault, *, viewer: Viewer, article: Article, sentence: str) -> None:
    """Say that an article is out of date, and why; writes content. The sentence is checked by the route."""
    ballots.cast(
        stores,
        vault,
        viewer=viewer,
        purpose=OUTDATED,
        object=article.id,
        note={"text": sentence, "circles": sorted(viewer.own_circles)},
    )


def take_flag_back(stores: Stores, vault: Vault, *, viewer: Viewer, article: Article) -> None:
    """Say so no more; writes content."""
    ballots.retract(stores, vault, viewer=viewer, purpose=OUTDATED, object=article.id)


def has_flagged(stores: Stores, *, viewer: Viewer, article_id: str) -> bool:
    """Whether the viewer has said so."""
    return ballots.has_cast(stores, viewer=viewer, purpose=OUTDATED, object=article_id)


def to_review(
    stores: Stores, vault: Vault, *, today: date, size: int = SHOWN, circles: Collection[str] = ()
) -> list[ReviewCard]:
    """What is due or doubted, the longest due first, for a reader of these circles: what a colleague doubted is not there."""
    flagged = exists().where(
        Ballot.object == Article.id, Ballot.purpose == OUTDATED
    )  # by the index, article by article
    due = Article.review_day <= today.toordinal()
    query = select(Article).where(Article.state == PUBLISHED, or_(due, flagged))
    rows = list(stores.content.scalars(query.order_by(Article.review_day, Article.id).limit(size)))
    doubts = _doubts(stores, vault, [row.id for row in rows], circles)
    cards = [ReviewCard(row, row.review_day <= today.toordinal(), doubts.get(row.id, ())) for row in rows]
    return [card for card in cards if card.is_due or card.doubts]


def _doubts(stores: Stores, vault: Vault, ids: list[str], circles: Collection[str]) -> dict[str, tuple[str, ...]]:
    rows = stores.content.scalars(
        select(Ballot).where(Ballot.purpose == OUTDATED, Ballot.object.in_(ids)).order_by(Ballot.label)
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        note = vault.open(row.sealed, table=ballots.TABLE, column="sealed", row=row.label)
        if not {*note.get("circles", ())} & {*circles}:
            found[row.object] = (*found.get(row.object, ()), note["text"])
    return found


def get_out(stores: Stores, *, viewer: Viewer, article_id: str, today: date) -> Article:
    """What is out, for an editor. Raises NotThere."""
    check_editor(stores, viewer, today=today)
    article = stores.content.get(Article, article_id)
    if article is None or article.state != PUBLISHED:
        raise NotThere
    return article


def confirm(stores: Stores, vault: Vault, *, viewer: Viewer, article_id: str, today: date) -> None:
    """It is right as it stands, for another year; writes content. Raises NotThere."""
    article = get_out(stores, viewer=viewer, article_id=article_id, today=today)
    article.review_day = today.toordinal() + REVIEW_DAYS
    drop_flags(stores, vault, article_id)


def take_down(stores: Stores, vault: Vault, *, viewer: Viewer, article_id: str, due: int, today: date) -> None:
    """It is right no more: nobody reads it, and its authors are told. Writes content and keys. Raises NotThere."""
    article = get_out(stores, viewer=viewer, article_id=article_id, today=today)
    if article.kind != ARTICLE:
        raise NotThere  # a note is its author's to take back
    for one in about_of(vault, drafts.latest_out(stores, article_id)).asked:
        tell(stores, vault, label=one.tag, kind="article_retired", due=due)
    retire(stores, vault, article, reason=OLD)


def tell_due(stores: Stores, vault: Vault, *, today: date, due: int) -> int:
    """Tell the editors of what falls due today; how many texts did. Writes content."""
    query = select(Article.id).where(
        Article.state == PUBLISHED, Article.kind == ARTICLE, Article.review_day == today.toordinal()
    )
    ids = list(stores.content.scalars(query.order_by(Article.id)))
    for article_id in ids:
        label = about_of(vault, drafts.latest_out(stores, article_id)).editor
        if fetch(stores.content, Ballot, [label]):
            tell(stores, vault, label=label, kind="article_review", due=due)
    return len(ids)


def own_drafts(stores: Stores, vault: Vault, *, viewer: Viewer) -> list[drafts.Draft]:
    """The viewer's own texts on their way, the one they began last first; in two statements."""
    ids = [one.object for one in ballots.own_ballots(stores, viewer.secret) if one.purpose == EDITING]
    query = select(ArticleVersion, Article).join(Article, Article.id == ArticleVersion.article_id)
    closed = ArticleVersion.state.in_((PUBLISHED, DROPPED, RETIRED))
    rows = stores.content.execute(query.where(Article.id.in_(ids), ~closed)).all() if ids else []
    keys = vault.data_keys(stores, [article.key_id for _, article in rows])
    found = [
        drafts.Draft(
            article, version, about_of(vault, version), text_of(keys[article.key_id], version), keys[article.key_id]
        )
        for version, article in rows
        if article.key_id in keys
    ]
    mine = [one for one in found if one.about.editor == label_at(viewer, one.article.id)]
    return sorted(mine, key=lambda one: ids.index(one.article.id))
