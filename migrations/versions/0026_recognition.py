"""Recognition and badges.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0026"
down_revision: Final = "0025"
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
        "praises",
        sa.Column("label", sa.String(length=32), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("label", name=op.f("pk_praises")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "candidacies",
        sa.Column("label", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("label", name=op.f("pk_candidacies")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_candidacies_round", "candidacies", ["round", "state"])
    op.create_table(
        "jury_seats",
        sa.Column("label", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("label", name=op.f("pk_jury_seats")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_jury_seats_round", "jury_seats", ["round"])
    op.create_table(
        "stories",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("shown_day", sa.Integer(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
        sa.UniqueConstraint("label", name=op.f("uq_stories_label")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stories_shown", "stories", ["state", "shown_day"])


def downgrade_content() -> None:
    for table in ("stories", "jury_seats", "candidacies", "praises"):
        op.drop_table(table)
