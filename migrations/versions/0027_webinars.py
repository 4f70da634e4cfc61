"""Webinars.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0027"
down_revision: Final = "0026"
branch_labels: Final = None
depends_on: Final = None


def upgrade(store: str) -> None:
    globals()[f"upgrade_{store}"]()


def downgrade(store: str) -> None:
    globals()[f"downgrade_{store}"]()


def upgrade_identity() -> None:
    pass


def downgrade_identity() -> None:
    pass


def upgrade_keys() -> None:
    pass


def downgrade_keys() -> None:
    pass


def upgrade_content() -> None:
    op.create_table(
        "talks",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("form", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("company_may", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talks")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_talks_list", "talks", ["state", "day", "id"])
    op.create_table(
        "speakers",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("talk_id", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["talk_id"], ["talks.id"], name=op.f("fk_speakers_talk_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speakers")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_speakers_talk_id", "speakers", ["talk_id"])


def downgrade_content() -> None:
    op.drop_table("speakers")
    op.drop_table("talks")
