"""Articles and notes of the knowledge base, and every version of an article."""

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Article(ContentBase):
    """What readers find. Of a note the words are its author's writing at the place with this id; of an article they
    stand here, under a key of the article's own.
    """

    __tablename__ = "articles"
    __table_args__ = (
        Index("ix_articles_list", "state", "group_key", "published_day", "id"),
        Index("ix_articles_newest", "state", "published_day", "id"),
        Index("ix_articles_review", "state", "review_day"),
        Index("ix_articles_worth", "state", "worked", "reported", "published_day", "id"),
        Index("ix_articles_reach", "state", "group_key", "audience", "company_may", "kind", "id"),
        UNORDERED,
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))  # note | article
    state: Mapped[str] = mapped_column(String(16))  # draft | published | retired
    group_key: Mapped[str] = mapped_column(String(64))
    topic: Mapped[str] = mapped_column(String(64))  # empty: of all topics
    audience: Mapped[int]  # of the version that is out, as `privacy.scopes.Audience`
    company_may: Mapped[bool]
    published_day: Mapped[int]  # the day's ordinal; 0 until it is out
    review_day: Mapped[int]
    reported: Mapped[int]  # 0, or the band of those who told how it went
    worked: Mapped[int]  # for how many of five of them it worked
    key_id: Mapped[str] = mapped_column(String(32))
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)  # title, body; empty of a note, and when retired
    sealed_about: Mapped[bytes] = mapped_column(LargeBinary)  # what the band was decided by; why it was retired; padded


class ArticleVersion(ContentBase):
    """One text of an article on its way out, or that was out. Nothing clear leads to what it was made from."""

    __tablename__ = "article_versions"
    __table_args__ = (
        Index("ix_article_versions_article_id", "article_id"),
        Index("ix_article_versions_state", "state"),
        UNORDERED,
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))  # draft | consenting | second | due | published | dropped
    published_day: Mapped[int]
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)  # title, body, what changed; under the article's key
    sealed_about: Mapped[bytes] = mapped_column(LargeBinary)  # sources and their authors' tags, editors' labels; padded


class PickMonth(ContentBase):
    """The picks of one month, by two editors who were drawn. What each says of a pick is a writing at `place`."""

    __tablename__ = "pick_months"
    __table_args__ = (UNORDERED,)

    month: Mapped[int] = mapped_column(primary_key=True)  # year * 12 + month
    place: Mapped[str] = mapped_column(String(32), unique=True)
    is_out: Mapped[bool]  # there are enough of them to be shown
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # the ballots drawn, those who passed, the picks; padded


class AskedOften(ContentBase):
    """Questions that ask the same and that no article answers yet, as they stood on a Monday. One row."""

    __tablename__ = "asked_often"
    __table_args__ = (UNORDERED,)

    day: Mapped[int] = mapped_column(primary_key=True)  # the Monday
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # pairs of linked threads; padded
