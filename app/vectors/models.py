"""The stored vectors and evidence, what tells that they changed, and vectors another encoder made of the same threads."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class IndexedThread(ContentBase):
    """One thread as matching knows it. A row whose three boxes are empty says: forget this thread."""

    __tablename__ = "indexed_threads"
    __table_args__ = (UNORDERED,)

    thread_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    topic: Mapped[str] = mapped_column(String(64))
    window: Mapped[int]
    version: Mapped[int]  # drawn at each change: which rows changed together, or in what order, stands nowhere
    encoder: Mapped[str] = mapped_column(String(128))
    sealed_vector: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_counts: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_evidence: Mapped[bytes | None] = mapped_column(
        LargeBinary
    )  # subject, asked handles, answers by handle; padded


class IndexPart(ContentBase):
    """The rows whose ids begin alike, and a version of all of them: where it is as it was, none of them changed."""

    __tablename__ = "index_parts"
    __table_args__ = (UNORDERED,)

    part: Mapped[str] = mapped_column(String(2), primary_key=True)
    version: Mapped[int]  # drawn anew whenever one of the rows changes


class VectorBeside(ContentBase):
    """A thread's vector of a second encoder, until the processes have changed over to it or it is not wanted."""

    __tablename__ = "vectors_beside"
    __table_args__ = (UNORDERED,)

    thread_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    encoder: Mapped[str] = mapped_column(String(128))
    sealed_vector: Mapped[bytes] = mapped_column(LargeBinary)
