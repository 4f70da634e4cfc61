"""An offer names no inbox in the clear: what older rows say waits in one column until the worker has sealed it.

Going back keeps the rows that were not sealed yet: what is sealed opens with no key a migration has.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

import json
from typing import Any, Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0035"
down_revision: Final = "0034"
branch_labels: Final = None
depends_on: Final = None

OLD: Final = ("inbox", "state", "offered_window", "claimed_until")


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
    rows = _taken()
    table = op.create_table(
        "offers",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("thread_id", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("unsealed", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_offers_thread_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("label", name=op.f("uq_offers_label")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_offers_thread_id", "offers", ["thread_id"])
    kept = ("id", "thread_id", "sealed")
    op.bulk_insert(
        table,
        [
            {name: row[name] for name in kept}
            | {"label": row["id"], "unsealed": json.dumps({name: row[name] for name in OLD})}
            for row in rows
        ],
    )


def downgrade_content() -> None:
    rows = [row for row in _taken() if row["unsealed"]]
    table = op.create_table(
        "offers",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("inbox", sa.String(length=32), nullable=False),
        sa.Column("thread_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("offered_window", sa.Integer(), nullable=False),
        sa.Column("claimed_until", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_offers_thread_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("thread_id", "inbox", name=op.f("uq_offers_thread_id_inbox")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_offers_inbox"), "offers", ["inbox"])
    kept = ("id", "thread_id", "sealed")
    op.bulk_insert(table, [{name: row[name] for name in kept} | json.loads(row["unsealed"]) for row in rows])


def _taken() -> list[dict[str, Any]]:
    """The rows of the table, which is there no more."""
    rows = [dict(row) for row in op.get_bind().execute(sa.text("SELECT * FROM offers")).mappings()]
    op.drop_table("offers")
    return rows
