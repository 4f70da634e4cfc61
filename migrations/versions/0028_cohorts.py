"""Cohorts.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0028"
down_revision: Final = "0027"
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
        "cohort_terms",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("start_day", sa.Integer(), nullable=False),
        sa.Column("until_day", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_terms")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_cohort_terms_state", "cohort_terms", ["state", "start_day"])
    op.create_table(
        "cohorts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("term_id", sa.String(length=32), nullable=False),
        sa.Column("group_key", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohorts")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_cohorts_term_id", "cohorts", ["term_id"])
    op.create_table(
        "cohort_seats",
        sa.Column("label", sa.String(length=32), nullable=False),
        sa.Column("term_id", sa.String(length=32), nullable=False),
        sa.Column("cohort_id", sa.String(length=32), nullable=True),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("label", name=op.f("pk_cohort_seats")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_cohort_seats_term_id", "cohort_seats", ["term_id"])
    op.create_index("ix_cohort_seats_cohort_id", "cohort_seats", ["cohort_id"])


def downgrade_content() -> None:
    for table in ("cohort_seats", "cohorts", "cohort_terms"):
        op.drop_table(table)
