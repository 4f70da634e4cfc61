"""The yearly survey.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0022"
down_revision: Final = "0021"
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
        "survey_answers",
        sa.Column("label", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("label", name=op.f("pk_survey_answers")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_results",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_survey_results")),
        sqlite_with_rowid=False,
    )


def downgrade_content() -> None:
    op.drop_table("survey_results")
    op.drop_table("survey_answers")
