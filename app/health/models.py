"""What was published of each quarter."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class HealthReport(ContentBase):
    """One quarter's bands, for everybody to read; never changed."""

    __tablename__ = "health_reports"
    __table_args__ = (UNORDERED,)

    quarter: Mapped[str] = mapped_column(String(8), primary_key=True)  # 2026Q4
    day: Mapped[int]  # the day it was published
    body: Mapped[str] = mapped_column(Text)  # bands as JSON
