"""The idea board.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0025"
down_revision: Final = "0024"
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
        "ideas",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("group_key", sa.String(64), nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("into", sa.String(32), nullable=True),
        sa.Column("by_company", sa.Boolean(), nullable=False),
        sa.Column("may_be_listed", sa.Boolean(), nullable=False),
        sa.Column("published_day", sa.Integer(), nullable=False),
        sa.Column("active_day", sa.Integer(), nullable=False),
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("due_day", sa.Integer(), nullable=True),
        sa.Column("sealed_course", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ideas"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ideas_list", "ideas", ["state", "active_day", "id"])
    op.create_index("ix_ideas_group", "ideas", ["group_key", "active_day", "id"])
    op.create_index("ix_ideas_latest", "ideas", ["active_day", "id"])
    op.create_index("ix_ideas_new", "ideas", ["published_day", "id"])
    op.create_index("ix_ideas_due", "ideas", ["due_day"])
    op.create_table(
        "vote_keys",
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("houses", sa.Integer(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_vote_keys"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "idea_talks",
        sa.Column("idea_id", sa.String(32), nullable=False),
        sa.Column("place", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked_day", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name="fk_idea_talks_idea_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("idea_id", name="pk_idea_talks"),
        sa.UniqueConstraint("place", name="uq_idea_talks_place"),
        sqlite_with_rowid=False,
    )


def downgrade_content() -> None:
    op.drop_table("idea_talks")
    op.drop_table("vote_keys")
    op.drop_table("ideas")
