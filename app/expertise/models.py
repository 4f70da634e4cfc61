"""The topic map as it was published, and what it was decided by."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class TopicMap(ContentBase):
    """One row: the newest map. `sealed_basis` holds numbers by circle, no handle: nobody who left lingers in it."""

    __tablename__ = "topic_maps"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    month: Mapped[int]  # year * 12 + month it was published for
    sealed_map: Mapped[bytes] = mapped_column(LargeBinary)  # subject -> topic -> band; padded
    sealed_basis: Mapped[bytes] = mapped_column(LargeBinary)  # what stands for each cell, with its counts; padded
