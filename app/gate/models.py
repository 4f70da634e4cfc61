"""The charter as it was in each version, and words of a coordinator that somebody wished for."""

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class CharterVersion(ContentBase):
    """The whole charter of one version, kept for ever: whoever promised something can read what it was."""

    __tablename__ = "charter_versions"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # day, from when, what changed, the whole text; padded


class WishedWord(ContentBase):
    """A coordinator's word about a post: wished for, and then given. Whether it is somebody's first stands nowhere."""

    __tablename__ = "wished_words"
    __table_args__ = (Index("ix_wished_words_label", "label"), Index("ix_wished_words_due", "due"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    label: Mapped[str] = mapped_column(String(64))  # blind: no other table has it
    due: Mapped[int]  # the window by which it is promised; beyond all windows once it was given
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # thread, post, tag, window, and then the word; padded
