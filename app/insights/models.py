"""The ledger of the privacy budget, and what was released. Neither is ever taken back."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase


class BudgetEntry(ContentBase):
    """What one release may spend: written before it is made, and never given back, whatever becomes of it."""

    __tablename__ = "budget"
    __table_args__ = (UNORDERED,)

    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)  # need | outcomes | support | ideas | terms
    state: Mapped[str] = mapped_column(String(8))  # reserved | spent
    micro_epsilon: Mapped[int]  # epsilon in millionths
    pico_delta: Mapped[int]  # delta in 10^-12; 0 but for new terms
    sealed_noise: Mapped[bytes | None] = mapped_column(LargeBinary)  # to the period's key; gone after the release
    day: Mapped[int]


class Release(ContentBase):
    """The bytes that were released, for ever."""

    __tablename__ = "releases"
    __table_args__ = (UNORDERED,)

    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)  # canonical JSON
    sha256: Mapped[str] = mapped_column(String(64))
    day: Mapped[int]
