"""Articles.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0024"
down_revision: Final = "0023"
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
        "articles",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("group_key", sa.String(length=64), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("audience", sa.Integer(), nullable=False),
        sa.Column("company_may", sa.Boolean(), nullable=False),
        sa.Column("published_day", sa.Integer(), nullable=False),
        sa.Column("review_day", sa.Integer(), nullable=False),
        sa.Column("reported", sa.Integer(), nullable=False),
        sa.Column("worked", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_about", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_articles_list", "articles", ["state", "group_key", "published_day", "id"])
    op.create_index("ix_articles_newest", "articles", ["state", "published_day", "id"])
    op.create_index("ix_articles_review", "articles", ["state", "review_day"])
    op.create_table(
        "article_versions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("published_day", sa.Integer(), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_about", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_versions_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_versions")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_article_versions_article_id", "article_versions", ["article_id"])
    op.create_index("ix_article_versions_state", "article_versions", ["state"])


def downgrade_content() -> None:
    op.drop_table("article_versions")
    op.drop_table("articles")
