"""Writings, ballots and consents. Marks, cases and escrows may be about a place as well as about a thread.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

from typing import Any, Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0023"
down_revision: Final = "0022"
branch_labels: Final = None
depends_on: Final = None


# table: its primary key, and the columns that are no key
FREED: Final = {
    "marks": ("label", "thread_id, sealed"),
    "cases": ("id", "thread_id, state, sealed"),
    "escrows": ("tag", "thread_id, author, boxes"),
}
INDEXES: Final = (
    ("ix_marks_thread_id", "marks", "thread_id"),
    ("ix_cases_thread_id", "cases", "thread_id"),
    ("ix_cases_state", "cases", "state"),
    ("ix_escrows_thread_id", "escrows", "thread_id"),
)


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


def _columns(table: str) -> list[sa.Column[Any]]:
    kinds: dict[str, Any] = {
        "sealed": sa.LargeBinary(), "boxes": sa.LargeBinary(), "author": sa.Integer(), "state": sa.String(length=16),
    }  # fmt: skip
    key, rest = FREED[table]
    return [sa.Column(name, kinds.get(name, sa.String(length=32)), nullable=False) for name in (key, *rest.split(", "))]


def _rebuild(table: str, *, bound: bool) -> None:
    """The same rows in a table whose threads must be there, or need not be; one without a rowid cannot be altered."""
    key, rest = FREED[table]
    keys = [sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{table}"))]
    thread = sa.ForeignKeyConstraint(
        ["thread_id"], ["threads.id"], name=op.f(f"fk_{table}_thread_id"), ondelete="CASCADE"
    )
    op.rename_table(table, f"{table}_before")
    op.create_table(table, *_columns(table), *([thread] if bound else []), *keys, sqlite_with_rowid=False)
    there = " WHERE thread_id IN (SELECT id FROM threads)" if bound else ""
    op.execute(f"INSERT INTO {table} ({key}, {rest}) SELECT {key}, {rest} FROM {table}_before{there}")  # noqa: S608
    op.drop_table(f"{table}_before")


def _rebuild_all(*, bound: bool) -> None:
    for name, _table, _column in INDEXES:
        op.drop_index(name)
    for table in FREED:
        _rebuild(table, bound=bound)
    for name, table, column in INDEXES:
        op.create_index(name, table, [column])


def upgrade_content() -> None:
    _rebuild_all(bound=False)
    op.create_table(
        "writings",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("voice", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("author_tag", sa.String(length=32), nullable=False),
        sa.Column("published_day", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("hidden", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("sealed_scope", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_writings")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_writings_place", "writings", ["place"])
    op.create_table(
        "ballots",
        sa.Column("label", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("object", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("label", name=op.f("pk_ballots")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ballots_object", "ballots", ["object", "purpose"])
    op.create_table(
        "consents",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due_day", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_consents_about", "consents", ["about"])
    op.create_index("ix_consents_label", "consents", ["label"])
    op.create_index("ix_consents_state", "consents", ["state", "due_day"])


def downgrade_content() -> None:
    op.drop_table("consents")
    op.drop_table("ballots")
    op.drop_table("writings")
    _rebuild_all(bound=True)
