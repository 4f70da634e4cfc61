"""Drafts that are with a reader."""

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Reading(ContentBase):
    """A draft on its way to a reader and back. The label is made from its author's secret and the draft: another one
    for each draft. The row goes when its author has read what came back."""

    __tablename__ = "readings"
    __table_args__ = (Index("ix_readings_inbox", "inbox"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    label: Mapped[str] = mapped_column(String(32), unique=True)
    inbox: Mapped[str | None] = mapped_column(String(32))  # the reader's handle, while they have it
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # gate, who was asked, what came back; padded
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)  # under a key of its own; empty once it is back; padded
