"""What members write at places of the community, their ballots, and what they were asked to agree to."""

from sqlalchemy import Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Writing(ContentBase):
    """One text of one member at a place: an idea, a note, a session, a cohort. The text is under its author's key."""

    __tablename__ = "writings"
    __table_args__ = (Index("ix_writings_place", "place"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    place: Mapped[str] = mapped_column(String(32))  # the id of the feature's own row
    kind: Mapped[str] = mapped_column(String(16))
    voice: Mapped[int]  # 0 who opened the place, 1.. the n-th other voice there, -1 the operating company
    position: Mapped[int]  # order of publication at the place
    author_tag: Mapped[str] = mapped_column(String(32))  # owner tag or peer tag: equal only within this place
    published_day: Mapped[int]
    key_id: Mapped[str] = mapped_column(String(32))
    hidden: Mapped[bool] = mapped_column(default=False, server_default=text("0"))  # until somebody has looked at it
    sealed_scope: Mapped[bytes] = mapped_column(LargeBinary)  # circle, exclusions, levels, subject, audience; padded
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)  # texts by name, what is shown; empty when taken back


class Ballot(ContentBase):
    """One member's row about an object: a vote, a sign-up, a nomination. The label leads to nobody."""

    __tablename__ = "ballots"
    __table_args__ = (Index("ix_ballots_object", "object", "purpose"), UNORDERED)

    label: Mapped[str] = mapped_column(String(32), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    object: Mapped[str] = mapped_column(String(32))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # the note; padded
    box: Mapped[bytes | None] = mapped_column(LargeBinary)  # for the reporter alone


class Consent(ContentBase):
    """What the author of something was asked to agree to, and their word. The label is blind."""

    __tablename__ = "consents"
    __table_args__ = (
        Index("ix_consents_about", "about"),
        Index("ix_consents_label", "label"),
        Index("ix_consents_state", "state", "due_day"),
        UNORDERED,
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    about: Mapped[str] = mapped_column(String(32))  # an article, a session, a cohort
    label: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))  # asked | yes change no silent
    due_day: Mapped[int]  # the last day for an answer
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # what it is about, the day, the author's sentence; padded
