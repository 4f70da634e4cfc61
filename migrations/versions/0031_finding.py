"""Picks of the month, and what is asked often; lists of articles by what they are worth.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0031"
down_revision: Final = "0030"
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
        "pick_months",
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("is_out", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_pick_months")),
        sa.UniqueConstraint("place", name=op.f("uq_pick_months_place")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "asked_often",
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_asked_often")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_articles_worth", "articles", ["state", "worked", "reported", "published_day", "id"])
    op.create_index("ix_articles_reach", "articles", ["state", "group_key", "audience", "company_may", "kind", "id"])


def downgrade_content() -> None:
    op.drop_index("ix_articles_reach", "articles")
    op.drop_index("ix_articles_worth", "articles")
    op.drop_table("asked_often")
    op.drop_table("pick_months")
