"""Embedding everything again under another encoder.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0012"
down_revision: Final = "0011"
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
        "vectors_beside",
        sa.Column("thread_id", sa.String(length=32), nullable=False),
        sa.Column("encoder", sa.String(length=128), nullable=False),
        sa.Column("sealed_vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_vectors_beside")),
        sqlite_with_rowid=False,
    )


def downgrade_content() -> None:
    op.drop_table("vectors_beside")
