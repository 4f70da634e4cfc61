"""Experts by routing handle, offers, and what was learnt of whom to ask."""

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
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
    """A question in an expert's queue: in the clear it names its thread alone. See `app.queues.offers`."""

    __tablename__ = "offers"
    __table_args__ = (Index("ix_offers_thread_id", "thread_id"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    thread_id: Mapped[str] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(String(32), unique=True)  # of inbox and number: two of one inbox look unequal
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # inbox, state, windows, why it came, what was told; padded
    unsealed: Mapped[str | None] = mapped_column(Text)  # of a row from before 0035, until the worker has sealed it


class Lesson(ContentBase):
    """One row: how much each signal counts in each subject, as past questions taught it."""

    __tablename__ = "lessons"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # another after each change
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # subject -> weights by signal, and what they rest on; padded
