"""Charter versions and first replies.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0029"
down_revision: Final = "0028"
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
        "charter_versions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_charter_versions"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "wished_words",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=64), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wished_words"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_wished_words_label", "wished_words", ["label"])
    op.create_index("ix_wished_words_due", "wished_words", ["due"])


def downgrade_content() -> None:
    op.drop_index("ix_wished_words_due", "wished_words")
    op.drop_index("ix_wished_words_label", "wished_words")
    op.drop_table("wished_words")
    op.drop_table("charter_versions")
