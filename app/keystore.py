"""The key store's one table. Its file has backups of its own, none older than 14 days."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, KeyBase


class DataKey(KeyBase):
    """One wrapped data key: of one member's identity, or of one author's part of one thread."""

    __tablename__ = "data_keys"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
