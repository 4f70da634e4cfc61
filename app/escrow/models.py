"""Custodians and requests in the identity file; beside each author's part of a thread, a box only custodians open."""

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase, IdentityBase


class Escrow(ContentBase):
    """Who wrote one author's part of one thread or place, sealed to five custodians (privacy.escrow): always the same length."""

    __tablename__ = "escrows"
    __table_args__ = (Index("ix_escrows_thread_id", "thread_id"), UNORDERED)

    tag: Mapped[str] = mapped_column(String(32), primary_key=True)  # the author's tag in this thread
    thread_id: Mapped[str] = mapped_column(String(32))  # or a place (app.community)
    author: Mapped[int]  # 0 the asker, 1.. the n-th answerer of this thread
    boxes: Mapped[bytes] = mapped_column(LargeBinary)


class Custodian(IdentityBase):
    """Somebody who keeps one of five keys. Former ones stay: older posts are still sealed to them."""

    __tablename__ = "custodians"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    role: Mapped[str] = mapped_column(String(80))  # what the pages call them
    public: Mapped[str] = mapped_column(String(64), unique=True)  # X25519, in hex
    proof: Mapped[str] = mapped_column(String(64))  # what the holder of the private half answers
    state: Mapped[str] = mapped_column(String(16))  # asked | active | former
    replaces: Mapped[str | None] = mapped_column(String(32))  # whose place they take once they have proven their key
    since_day: Mapped[int]
    until_day: Mapped[int | None]


class EscrowRequest(IdentityBase):
    """Somebody asked who wrote something. Which thread stands in the request's file alone, never here."""

    __tablename__ = "escrow_requests"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    reason: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))  # open | shown | gone | withdrawn | refused | expired
    asked: Mapped[int]  # second since the epoch: the operator's act, no member's
    digest: Mapped[str] = mapped_column(String(64))  # of the request's file
    key_id: Mapped[str] = mapped_column(String(32))  # the one-time key, in the key store until it is used or the end
