"""What waits for an author's word, and what an author wished at the end."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Proposal(ContentBase):
    """What a coordinator proposes to the author of a question: one at a time, sealed under that author's key."""

    __tablename__ = "proposals"
    __table_args__ = UNORDERED

    thread_id: Mapped[str] = mapped_column(String(32), ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # kind, day, words; padded


class Wish(ContentBase):
    """What an author wants made of a question that nobody here could answer."""

    __tablename__ = "wishes"
    __table_args__ = UNORDERED

    thread_id: Mapped[str] = mapped_column(String(32), ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # idea | webinar | cohort, day, what became of it; padded
