"""What is published about crowds: which level vectors are open in which group. Never a count."""

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Network(ContentBase):
    """The one row that says whose database this is."""

    __tablename__ = "network"
    __table_args__ = UNORDERED

    key: Mapped[str] = mapped_column(String(64), primary_key=True)  # the domain file's network key
    demo: Mapped[bool]
    window_seconds: Mapped[int]
    small: Mapped[bool]  # under 20 organisations: circles are organisations, and the domain group is all there is


class OpenVectors(ContentBase):
    """One group's open level vectors under one table version."""

    __tablename__ = "open_vectors"
    __table_args__ = UNORDERED

    group_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    vectors: Mapped[list[list[int]]] = mapped_column(JSON)
