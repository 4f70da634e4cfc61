"""The two logs and the heads that were published of them."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase, IdentityBase


class SecurityEntry(IdentityBase):
    """Who did something to an account or a key, and on which day; kept 90 days."""

    __tablename__ = "security_log"
    __table_args__ = UNORDERED

    number: Mapped[int] = mapped_column(primary_key=True)
    hour: Mapped[int]  # since the epoch: the first of its day in Japan, and no finer
    event: Mapped[str] = mapped_column(String(32))
    who: Mapped[str] = mapped_column(String(64))  # HMAC of the member; empty where nobody is named
    address: Mapped[str] = mapped_column(String(64))  # HMAC of the network address under the day's key
    hash: Mapped[str] = mapped_column(String(64))


class ContentEntry(ContentBase):
    """Something happened to a text: what and on which day, nothing else."""

    __tablename__ = "content_log"
    __table_args__ = UNORDERED

    number: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[int]  # the day's ordinal
    event: Mapped[str] = mapped_column(String(32))
    hash: Mapped[str] = mapped_column(String(64))


class LogHead(ContentBase):
    """A log's state at the end of a day, as everybody could read it."""

    __tablename__ = "log_heads"
    __table_args__ = UNORDERED

    log: Mapped[str] = mapped_column(String(16), primary_key=True)  # security | content
    day: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
