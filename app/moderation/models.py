"""What coordinators look at because somebody flagged it."""

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Case(ContentBase):
    """A flagged question, answer, follow-up or writing, with what was decided about it. One for each."""

    __tablename__ = "cases"
    __table_args__ = (Index("ix_cases_thread_id", "thread_id"), Index("ix_cases_state", "state"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    thread_id: Mapped[str] = mapped_column(String(32))  # or a place (app.community)
    state: Mapped[str] = mapped_column(String(16))  # waiting | words | appeal | done
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # of what and whose role, decisions, an appeal; padded
