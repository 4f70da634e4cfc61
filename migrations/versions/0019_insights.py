"""Boxes of who asked about what, the plan and the budget of reports, and what was released.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0019"
down_revision: Final = "0018"
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
        "report_periods",
        sa.Column("key", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("plan_day", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_report_periods")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tallies",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tallies")),
        sa.ForeignKeyConstraint(["period"], ["report_periods.key"], name=op.f("fk_tallies_period")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tallies_period", "tallies", ["period"])
    op.create_table(
        "budget",
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("micro_epsilon", sa.Integer(), nullable=False),
        sa.Column("pico_delta", sa.Integer(), nullable=False),
        sa.Column("sealed_noise", sa.LargeBinary(), nullable=True),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("period", "kind", name=op.f("pk_budget")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "releases",
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("period", "kind", name=op.f("pk_releases")),
        sqlite_with_rowid=False,
    )


def downgrade_content() -> None:
    op.drop_table("releases")
    op.drop_table("budget")
    op.drop_index("ix_tallies_period", table_name="tallies")
    op.drop_table("tallies")
    op.drop_table("report_periods")
