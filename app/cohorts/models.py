"""Terms, cohorts, and seats. A seat is its member's by a label that only their secret makes again."""

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Term(ContentBase):
    """A stretch of weeks that coordinators opened, for everybody to see."""

    __tablename__ = "cohort_terms"
    __table_args__ = (Index("ix_cohort_terms_state", "state", "start_day"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))  # open | running | over | called_off
    weeks: Mapped[int]
    start_day: Mapped[int]
    until_day: Mapped[int]  # the last day for signing up
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # theme and words of it; padded


class Cohort(ContentBase):
    """One cohort. Its id is that of a place; what its people write stands among the writings."""

    __tablename__ = "cohorts"
    __table_args__ = (Index("ix_cohorts_term_id", "term_id"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    term_id: Mapped[str] = mapped_column(String(32))
    group_key: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # what was asked of all, and neutral sentences by day; padded


class Seat(ContentBase):
    """Somebody's sign-up for a term, and later their seat. The label is that of their ballot: it leads to nobody."""

    __tablename__ = "cohort_seats"
    __table_args__ = (
        Index("ix_cohort_seats_term_id", "term_id"),
        Index("ix_cohort_seats_cohort_id", "cohort_id"),
        UNORDERED,
    )

    label: Mapped[str] = mapped_column(String(32), primary_key=True)
    term_id: Mapped[str] = mapped_column(String(32))  # the term it is for: of one kept without a place, the next one
    cohort_id: Mapped[str | None] = mapped_column(String(32))
    leads: Mapped[bool]
    key_id: Mapped[str] = mapped_column(String(32))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # circle, group, number, why, rest; padded
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)  # goal and what they can give, under their own key
