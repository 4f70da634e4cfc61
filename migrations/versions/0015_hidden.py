"""What is hidden until somebody has looked at it.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0015"
down_revision: Final = "0014"
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
    for table in ("threads", "posts"):
        op.add_column(table, sa.Column("hidden", sa.Boolean(), server_default=sa.text("0"), nullable=False))
    op.create_index("ix_threads_hidden", "threads", ["id"], unique=False, sqlite_where=sa.text("hidden = 1"))


def downgrade_content() -> None:
    op.drop_index("ix_threads_hidden", table_name="threads")
    for table in ("posts", "threads"):
        op.drop_column(table, "hidden")
