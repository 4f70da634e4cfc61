"""What a sign-in changes stands in tables of its own, which copies leave out: that a member was here, a renewed wrap, a
passkey's count.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0034"
down_revision: Final = "0033"
branch_labels: Final = None
depends_on: Final = None


def upgrade(store: str) -> None:
    globals()[f"upgrade_{store}"]()


def downgrade(store: str) -> None:
    globals()[f"downgrade_{store}"]()


def upgrade_identity() -> None:
    op.create_table(
        "arrivals",
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_arrivals_member_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("quarter", "member_id", name=op.f("pk_arrivals")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_arrivals_member_id"), "arrivals", ["member_id"])
    op.create_table(
        "renewed_wraps",
        sa.Column("wrap_id", sa.String(length=32), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["wrap_id"], ["wraps.id"], name=op.f("fk_renewed_wraps_wrap_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("wrap_id", name=op.f("pk_renewed_wraps")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "passkey_counts",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["passkeys.id"], name=op.f("fk_passkey_counts_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey_counts")),
        sqlite_with_rowid=False,
    )


def downgrade_identity() -> None:
    op.drop_table("passkey_counts")
    op.drop_table("renewed_wraps")
    op.drop_table("arrivals")


def upgrade_keys() -> None:
    pass


def downgrade_keys() -> None:
    pass


def upgrade_content() -> None:
    pass


def downgrade_content() -> None:
    pass
