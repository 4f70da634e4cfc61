"""Sessions as they were announced, and who speaks at them under a label that only their own secret makes."""

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Talk(ContentBase):
    """A session. When it begins is announced to everybody: a fact about the session and about nobody in it."""

    __tablename__ = "talks"
    __table_args__ = (Index("ix_talks_list", "state", "day", "id"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    form: Mapped[str] = mapped_column(String(8))  # text | video
    state: Mapped[str] = mapped_column(String(16))  # planned announced over cancelled
    day: Mapped[int]  # the day's ordinal
    begins: Mapped[int]  # announced: minutes after midnight in Japan
    length: Mapped[int]  # announced: minutes
    company_may: Mapped[bool]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # title, words, subject, the link of a video; padded


class Speaker(ContentBase):
    """A lecturer of one session. The label leads to nobody, and to nothing the lecturer wrote there or elsewhere."""

    __tablename__ = "speakers"
    __table_args__ = (Index("ix_speakers_talk_id", "talk_id"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    talk_id: Mapped[str] = mapped_column(ForeignKey("talks.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(String(32))  # of their ballot for lecturing at this session
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # number, circles closed to, how they appear; padded
