"""Threads and posts. Authors are tags that only their own secret can make again."""

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Locker(ContentBase):
    """Something a member keeps here under a label only their secret can make: own threads, drafts, limits, votes."""

    __tablename__ = "lockers"
    __table_args__ = UNORDERED

    label: Mapped[str] = mapped_column(String(32), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # padded


class Pending(ContentBase):
    """A post that is safe but not yet published: the whole of it, sealed, until its window comes."""

    __tablename__ = "pending"
    __table_args__ = (Index("ix_pending_due_window", "due_window"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    due_window: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # padded


class Thread(ContentBase):
    """A question. The text is sealed under its author's key, the scope under the content key."""

    __tablename__ = "threads"
    __table_args__ = (
        Index("ix_threads_list", "group_key", "published_day", "id"),
        Index("ix_threads_state", "state", "published_day", "id"),
        Index("ix_threads_hidden", "id", sqlite_where=text("hidden = 1")),
        UNORDERED,
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    group_key: Mapped[str] = mapped_column(String(64))
    topic: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))  # waiting asked unrouted | answered likely accepted | closed ended
    published_day: Mapped[int]  # the day's ordinal
    published_window: Mapped[int]
    urgent: Mapped[bool]
    audience: Mapped[int]
    company_may: Mapped[bool]
    table_version: Mapped[int]
    owner_tag: Mapped[str] = mapped_column(String(32), unique=True)
    key_id: Mapped[str] = mapped_column(String(32))
    sealed_scope: Mapped[bytes] = mapped_column(LargeBinary)  # circle, exclusions, levels, the fine subject; padded
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)  # title, fields, what is shown of the author
    hidden: Mapped[bool] = mapped_column(default=False, server_default=text("0"))  # until somebody has looked at it
    stage: Mapped[str] = mapped_column(String(16), default="first", server_default="first")  # how far it has been taken
    sealed_course: Mapped[bytes | None] = mapped_column(LargeBinary)  # what its author is told of its way; padded


class Post(ContentBase):
    """An answer, or a follow-up of the asker or of an answerer."""

    __tablename__ = "posts"
    __table_args__ = (Index("ix_posts_thread_id", "thread_id"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    thread_id: Mapped[str] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))  # answer | followup
    place: Mapped[int]  # order of publication in the thread
    author: Mapped[int]  # 0 the asker, 1.. the n-th answerer of this thread
    author_tag: Mapped[str] = mapped_column(String(32))  # owner tag or peer tag: equal only within this thread
    published_day: Mapped[int]
    accepted: Mapped[bool]
    key_id: Mapped[str] = mapped_column(String(32))
    sealed_scope: Mapped[bytes] = mapped_column(LargeBinary)  # circle and levels; padded
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)
    hidden: Mapped[bool] = mapped_column(default=False, server_default=text("0"))  # until somebody has looked at it


class Photo(ContentBase):
    """A picture of a post. Whose thread it is, and under which key, comes with its post's publication."""

    __tablename__ = "photos"
    __table_args__ = (Index("ix_photos_thread_id", "thread_id"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    thread_id: Mapped[str | None] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"))
    key_id: Mapped[str | None] = mapped_column(String(32))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # padded


class PenName(ContentBase):
    """A pen name somebody took: neither row nor column says who. It stays when it is given up: nobody else takes it."""

    __tablename__ = "pens"
    __table_args__ = UNORDERED

    label: Mapped[str] = mapped_column(String(32), primary_key=True)  # of the name alone
    claim: Mapped[str] = mapped_column(String(32))  # only its owner's secret makes it again


class Endorsement(ContentBase):
    """One member's word that they would ask the author of an answer again. The label leads to nobody, nor to the post."""

    __tablename__ = "endorsements"
    __table_args__ = UNORDERED

    label: Mapped[str] = mapped_column(String(32), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # post, circles of the member's organisation, month; padded


class Mark(ContentBase):
    """What one member says of a thread or a post: worked for me, outdated, a flag. The label leads to nobody."""

    __tablename__ = "marks"
    __table_args__ = (Index("ix_marks_thread_id", "thread_id"), UNORDERED)

    label: Mapped[str] = mapped_column(String(32), primary_key=True)
    thread_id: Mapped[str] = mapped_column(String(32))  # or a place (app.community)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # kind, post, circles of the member's organisation; padded


class Sanction(ContentBase):
    """That a flag on something was upheld, for its author's own session. The label is blind: no other table has it."""

    __tablename__ = "sanctions"
    __table_args__ = (Index("ix_sanctions_label", "label"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    label: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # day, thread, reason; padded
