"""Experts by routing handle, the offers that are open, and what was learnt of whom to ask."""

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Expert(ContentBase):
    """An expert profile of one subject under a handle that leads to nobody; only its group is readable at rest."""

    __tablename__ = "experts"
    __table_args__ = UNORDERED

    handle: Mapped[str] = mapped_column(String(32), primary_key=True)
    group_key: Mapped[str] = mapped_column(String(64), index=True)
    sealed: Mapped[bytes] = mapped_column(
        LargeBinary
    )  # subject, circle, topics, capacity, away, offers made, passes; padded


class Offer(ContentBase):
    """A question in an expert's queue. Once it is answered, or a window after it was passed, the row is gone; evidence is
    kept sealed with the vector."""

    __tablename__ = "offers"
    __table_args__ = (UniqueConstraint("thread_id", "inbox"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    inbox: Mapped[str] = mapped_column(String(32), index=True)
    thread_id: Mapped[str] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(16))  # offered | claimed | answering | passed, until the next window
    offered_window: Mapped[int]
    claimed_until: Mapped[int | None]  # window
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # why it came: reasons as data; how a pass was meant


class Lesson(ContentBase):
    """One row: how much each signal counts in each subject, as past questions taught it."""

    __tablename__ = "lessons"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # another after each change
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # subject -> weights by signal, and what they rest on; padded
