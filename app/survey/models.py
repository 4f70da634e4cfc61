"""Answers while the survey runs, and what was published of each year."""

from sqlalchemy import LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class SurveyAnswer(ContentBase):
    """One member's answers of one year. The label leads to nobody; the row goes when the year is published."""

    __tablename__ = "survey_answers"
    __table_args__ = (UNORDERED,)

    label: Mapped[str] = mapped_column(String(32), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # year, answers, circles of the member's organisation; padded


class SurveyResult(ContentBase):
    """What was published of a year, for everybody to read."""

    __tablename__ = "survey_results"
    __table_args__ = (UNORDERED,)

    year: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)  # bands as JSON
