"""Periods that are counted, and the boxes that were left for them."""

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class ReportPeriod(ContentBase):
    """A quarter or a year: the key that closes its boxes, and the plan that says beforehand how it is counted."""

    __tablename__ = "report_periods"
    __table_args__ = (UNORDERED,)

    key: Mapped[str] = mapped_column(String(8), primary_key=True)  # 2026Q4, or 2026
    state: Mapped[str] = mapped_column(String(8))  # open | closed | released | without
    public_key: Mapped[bytes] = mapped_column(LargeBinary)  # stays when the private half is destroyed
    plan: Mapped[str | None] = mapped_column(Text)  # privacy.plans.Plan as JSON, for everybody to read
    plan_day: Mapped[int | None]


class TallyBox(ContentBase):
    """One box of one period. All are of one length, under random ids, and keep neither day nor order."""

    __tablename__ = "tallies"
    __table_args__ = (Index("ix_tallies_period", "period"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    period: Mapped[str] = mapped_column(ForeignKey("report_periods.key"))
    box: Mapped[bytes] = mapped_column(LargeBinary)
