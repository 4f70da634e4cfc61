"""Invitations that members hand out.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0030"
down_revision: Final = "0029"
branch_labels: Final = None
depends_on: Final = None


def upgrade(store: str) -> None:
    globals()[f"upgrade_{store}"]()


def downgrade(store: str) -> None:
    globals()[f"downgrade_{store}"]()


def upgrade_identity() -> None:
    op.create_table(
        "introductions",
        sa.Column("code_index", sa.String(length=64), nullable=False),
        sa.Column("until_month", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code_index", name=op.f("pk_introductions")),
        sqlite_with_rowid=False,
    )


def downgrade_identity() -> None:
    op.drop_table("introductions")


def upgrade_keys() -> None:
    pass


def downgrade_keys() -> None:
    pass


def upgrade_content() -> None:
    pass


def downgrade_content() -> None:
    pass
