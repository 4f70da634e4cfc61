"""Ideas as the board sorts them, the key that closes votes, and the talks about a specification."""

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Idea(ContentBase):
    """One published idea. Its words are the first writing at the place of the same id."""

    __tablename__ = "ideas"
    __table_args__ = (
        Index("ix_ideas_list", "state", "active_day", "id"),
        Index("ix_ideas_group", "group_key", "active_day", "id"),
        Index("ix_ideas_latest", "active_day", "id"),
        Index("ix_ideas_new", "published_day", "id"),
        Index("ix_ideas_due", "due_day"),
        UNORDERED,
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    group_key: Mapped[str] = mapped_column(String(64))  # empty: of every group
    topic: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))  # open | talk planned started done declined | duplicate
    into: Mapped[str | None] = mapped_column(String(32))  # of a duplicate: the idea that is voted on instead
    by_company: Mapped[bool]
    may_be_listed: Mapped[bool]  # its title may stand on the public list of what is overdue
    published_day: Mapped[int]
    active_day: Mapped[int]  # of its latest change, or of what its author or the company wrote
    band: Mapped[int]  # at least so many votes, as of a Monday; 0 under five
    due_day: Mapped[int | None]  # until when the company owes an answer
    sealed_course: Mapped[bytes] = mapped_column(LargeBinary)  # each change with its day and reason; padded


class VoteKey(ContentBase):
    """What votes are closed to: the reporter alone holds the other half. With it stand the thresholds of its time."""

    __tablename__ = "vote_keys"
    __table_args__ = (UNORDERED,)

    key: Mapped[str] = mapped_column(String(16), primary_key=True)  # votes-2026
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    voters: Mapped[int]
    houses: Mapped[int]  # of how many organisations; none is named here
    week: Mapped[int]  # the week of the last counting


class IdeaTalk(ContentBase):
    """The talk between an idea's author and the company about what is to be built; its texts stand at its own place."""

    __tablename__ = "idea_talks"
    __table_args__ = (UNORDERED,)

    idea_id: Mapped[str] = mapped_column(String(32), ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[str] = mapped_column(String(32), unique=True)
    state: Mapped[str] = mapped_column(String(16))  # invited | open | refused | over
    asked_day: Mapped[int]
