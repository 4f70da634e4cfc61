"""How far a question has got, what has become of it, and what is asked of its author.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0017"
down_revision: Final = "0016"
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
    op.add_column("threads", sa.Column("stage", sa.String(length=16), server_default="first", nullable=False))
    op.add_column("threads", sa.Column("sealed_course", sa.LargeBinary(), nullable=True))
    for table in ("proposals", "wishes"):
        op.create_table(
            table,
            sa.Column("thread_id", sa.String(length=32), nullable=False),
            sa.Column("sealed", sa.LargeBinary(), nullable=False),
            sa.ForeignKeyConstraint(
                ["thread_id"], ["threads.id"], name=op.f(f"fk_{table}_thread_id"), ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("thread_id", name=op.f(f"pk_{table}")),
            sqlite_with_rowid=False,
        )


def downgrade_content() -> None:
    for table in ("wishes", "proposals"):
        op.drop_table(table)
    for column in ("sealed_course", "stage"):
        op.drop_column("threads", column)
