"""What matching remembers tells no order of changes: a version is drawn where the next number was.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

import secrets
from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0032"
down_revision: Final = "0031"
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
        "index_parts",
        sa.Column("part", sa.String(length=2), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("part", name=op.f("pk_index_parts")),
        sqlite_with_rowid=False,
    )
    op.drop_index("ix_indexed_threads_seq", "indexed_threads")
    op.execute("ALTER TABLE indexed_threads RENAME COLUMN seq TO version")
    threads = sa.table("indexed_threads", sa.column("thread_id"), sa.column("version"))
    for thread_id in op.get_bind().scalars(sa.select(threads.c.thread_id)).all():
        op.execute(threads.update().where(threads.c.thread_id == thread_id).values(version=secrets.randbits(31)))


def downgrade_content() -> None:
    op.execute("ALTER TABLE indexed_threads RENAME COLUMN version TO seq")
    op.create_index("ix_indexed_threads_seq", "indexed_threads", ["seq"])
    op.drop_table("index_parts")
