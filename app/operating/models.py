"""How far the first setting up has come. One row; it tells of nobody."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class Setup(ContentBase):
    """The one-time link (as hashes), the steps that are done, what the last test of mail brought."""

    __tablename__ = "setups"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # padded
