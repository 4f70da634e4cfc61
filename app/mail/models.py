"""Contacts: where to write for one handle or one thread."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Contact(ContentBase):
    """A routing handle's or a thread's address, sealed to the post office; equal addresses look unequal."""

    __tablename__ = "contacts"
    __table_args__ = UNORDERED

    label: Mapped[str] = mapped_column(String(32), primary_key=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)
