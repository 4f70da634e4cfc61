"""What is published about crowds: which level vectors are open in which group. Never a count. And the crowd, sealed;
and the words of the trade that coordinators added."""

from sqlalchemy import JSON, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, ContentBase, IdentityBase


class Network(ContentBase):
    """The one row that says whose database this is."""

    __tablename__ = "network"
    __table_args__ = UNORDERED

    key: Mapped[str] = mapped_column(String(64), primary_key=True)  # the domain file's network key
    demo: Mapped[bool]
    window_seconds: Mapped[int]
    small: Mapped[bool]  # under 20 organisations: circles are organisations, and the domain group is all there is
    sealed_waits: Mapped[bytes | None] = mapped_column(
        LargeBinary
    )  # how long a group's questions wait, in bands; padded


class OpenVectors(ContentBase):
    """One group's open level vectors under one table version."""

    __tablename__ = "open_vectors"
    __table_args__ = UNORDERED

    group_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    vectors: Mapped[list[list[int]]] = mapped_column(JSON)


class SynonymRow(ContentBase):
    """One row: the words that coordinators added to the domain file's, as they stand. Nobody is told who did."""

    __tablename__ = "synonyms"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # another one with every version
    version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # entry -> words; padded


class TradeVersion(ContentBase):
    """What the operator set: a domain file, and the name and charter that stand in the place of the file's own."""

    __tablename__ = "trade_versions"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # day, what was changed, the file, name and charter; padded


class CrowdRow(IdentityBase):
    """The people a table was counted over, as numbers without names. One row: the newest table's."""

    __tablename__ = "crowds"
    __table_args__ = UNORDERED

    version: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[int]  # year * 12 + month in which it was last seen to
    key_id: Mapped[str] = mapped_column(String(32))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # padded
