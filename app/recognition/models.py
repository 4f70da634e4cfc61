"""Who stands, who reads, whose story is told: rows under labels that only their own member's secret makes again."""

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Praise(ContentBase):
    """A text of recognition under a data key of its own: a nomination, what a jury reads, its sentences, a story."""

    __tablename__ = "praises"
    __table_args__ = UNORDERED

    label: Mapped[str] = mapped_column(String(32), primary_key=True)  # of the ballot or the story it belongs to
    key_id: Mapped[str] = mapped_column(String(32))
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)


class Candidacy(ContentBase):
    """Somebody stands for a year's recognition, under the label of their ballot for it."""

    __tablename__ = "candidacies"
    __table_args__ = (Index("ix_candidacies_round", "round", "state"), UNORDERED)

    label: Mapped[str] = mapped_column(String(32), primary_key=True)
    round: Mapped[int]  # the year its nominations began in
    state: Mapped[str] = mapped_column(String(16))  # standing withdrawn | awarded heard unread
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # circles, until it is decided; padded


class Seat(ContentBase):
    """A ballot that was drawn: its member reads in this round."""

    __tablename__ = "jury_seats"
    __table_args__ = (Index("ix_jury_seats_round", "round"), UNORDERED)

    label: Mapped[str] = mapped_column(String(32), primary_key=True)
    round: Mapped[int]


class Story(ContentBase):
    """The page of somebody recognised; its text is a Praise under the same id."""

    __tablename__ = "stories"
    __table_args__ = (Index("ix_stories_shown", "state", "shown_day"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    label: Mapped[str] = mapped_column(String(32), unique=True)  # of the candidacy; only its owner makes it again
    round: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))  # wished wanted writing asked | out
    shown_day: Mapped[int]  # a Monday: from then on it is shown
    is_public: Mapped[bool]  # readable without an account
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # who writes it: the label of a ballot, circles; padded
