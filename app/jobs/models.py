"""The job and outbox table."""

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Job(ContentBase):
    """One thing to do. Leases are window numbers too: no column here is finer than a window."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_due", "lane", "state", "due_window"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    lane: Mapped[str] = mapped_column(String(8))  # work | mail
    kind: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(8))  # ready | dead
    due_window: Mapped[int]
    attempts: Mapped[int]
    holder: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[int | None]  # window
    error: Mapped[str | None] = mapped_column(String(64))  # the exception's class, never its words
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # ids of what to work on; padded
