"""Notes: what happened, for whoever can make the label again."""

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Note(ContentBase):
    """Something to tell under a thread's or a routing handle's label. The label is blind: no other table has it."""

    __tablename__ = "notes"
    __table_args__ = (Index("ix_notes_label", "label"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    label: Mapped[str] = mapped_column(String(64))
    stretch: Mapped[int]  # its window divided by 256: just fine enough to know when it is old
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # kind, window, thread, words; padded
