"""The newest audit: figures in bands, sealed. It tells of nobody."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Audit(ContentBase):
    """What the attackers found when they were last let loose on this network."""

    __tablename__ = "audits"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # day, seed, version, figures in bands; padded
