"""Escrowed authors, custodians and requests.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0003"
down_revision: Final = "0002"
branch_labels: Final = None
depends_on: Final = None


def upgrade(store: str) -> None:
    globals()[f"upgrade_{store}"]()


def downgrade(store: str) -> None:
    globals()[f"downgrade_{store}"]()


def upgrade_identity() -> None:
    op.create_table(
        "custodians",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=80), nullable=False),
        sa.Column("public", sa.String(length=64), nullable=False),
        sa.Column("proof", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("replaces", sa.String(length=32), nullable=True),
        sa.Column("since_day", sa.Integer(), nullable=False),
        sa.Column("until_day", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custodians")),
        sa.UniqueConstraint("public", name=op.f("uq_custodians_public")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "escrow_requests",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escrow_requests")),
        sqlite_with_rowid=False,
    )


def downgrade_identity() -> None:
    op.drop_table("escrow_requests")
    op.drop_table("custodians")


def upgrade_keys() -> None:
    pass


def downgrade_keys() -> None:
    pass


def upgrade_content() -> None:
    op.create_table(
        "escrows",
        sa.Column("tag", sa.String(length=32), nullable=False),
        sa.Column("thread_id", sa.String(length=32), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("boxes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_escrows_thread_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tag", name=op.f("pk_escrows")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_escrows_thread_id", "escrows", ["thread_id"], unique=False)


def downgrade_content() -> None:
    op.drop_index("ix_escrows_thread_id", table_name="escrows")
    op.drop_table("escrows")
