"""What is hidden until somebody has looked at it, what coordinators decided, and what was upheld.

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
    op.create_table(
        "cases",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("thread_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_cases_thread_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_cases_thread_id", "cases", ["thread_id"], unique=False)
    op.create_index("ix_cases_state", "cases", ["state"], unique=False)
    op.create_table(
        "sanctions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanctions")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sanctions_label", "sanctions", ["label"], unique=False)


def downgrade_content() -> None:
    op.drop_index("ix_sanctions_label", table_name="sanctions")
    op.drop_table("sanctions")
    op.drop_index("ix_cases_state", table_name="cases")
    op.drop_index("ix_cases_thread_id", table_name="cases")
    op.drop_table("cases")
    op.drop_index("ix_threads_hidden", table_name="threads")
    for table in ("posts", "threads"):
        op.drop_column(table, "hidden")
