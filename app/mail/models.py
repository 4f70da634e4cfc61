"""Contacts: where to write for one handle or one thread; and the post office's own book."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Contact(ContentBase):
    """A routing handle's or a thread's address, sealed to the post office; equal addresses look unequal."""

    __tablename__ = "contacts"
    __table_args__ = UNORDERED

    label: Mapped[str] = mapped_column(String(32), primary_key=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)


class PostBook(ContentBase):
    """One row: what the post office remembers of addresses, closed for itself. It is written anew as a whole."""

    __tablename__ = "post_book"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)
