"""The first schema: content, identity and key store.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0001"
down_revision: Final = None
branch_labels: Final = None
depends_on: Final = None


def upgrade(store: str) -> None:
    globals()[f"upgrade_{store}"]()


def downgrade(store: str) -> None:
    globals()[f"downgrade_{store}"]()


def upgrade_identity() -> None:
    op.create_table(
        "members",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("mail_index", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("active_quarter", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("key_id", name=op.f("uq_members_key_id")),
        sa.UniqueConstraint("mail_index", name=op.f("uq_members_mail_index")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "organisations",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("circle", sa.String(length=32), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("code_index", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("code_index", name=op.f("uq_organisations_code_index")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rate_buckets",
        sa.Column("label", sa.String(length=64), nullable=False),
        sa.Column("tokens", sa.Double(), nullable=False),
        sa.Column("refilled", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("label", name=op.f("pk_rate_buckets")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("rate_buckets", schema=None) as batch_op:
        batch_op.create_index("ix_rate_buckets_refilled", ["refilled"], unique=False)

    op.create_table(
        "verifications",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("expires", sa.Integer(), nullable=False),
        sa.Column("attempts_left", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("sealed_mail", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verifications")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_verifications_link_hash")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mail_domains",
        sa.Column("domain_index", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_mail_domains_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("domain_index", name=op.f("pk_mail_domains")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("expires_day", sa.Integer(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_label", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_sessions_member_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_member_id"), ["member_id"], unique=False)

    op.create_table(
        "wraps",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_wraps_member_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wraps")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("wraps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wraps_member_id"), ["member_id"], unique=False)


def downgrade_identity() -> None:
    with op.batch_alter_table("wraps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wraps_member_id"))

    op.drop_table("wraps")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_member_id"))

    op.drop_table("sessions")
    op.drop_table("mail_domains")
    op.drop_table("verifications")
    with op.batch_alter_table("rate_buckets", schema=None) as batch_op:
        batch_op.drop_index("ix_rate_buckets_refilled")

    op.drop_table("rate_buckets")
    op.drop_table("organisations")
    op.drop_table("members")


def upgrade_keys() -> None:
    op.create_table(
        "data_keys",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_keys")),
        sqlite_with_rowid=False,
    )


def downgrade_keys() -> None:
    op.drop_table("data_keys")


def upgrade_content() -> None:
    op.create_table(
        "contacts",
        sa.Column("label", sa.String(length=32), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("label", name=op.f("pk_contacts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "experts",
        sa.Column("handle", sa.String(length=32), nullable=False),
        sa.Column("group_key", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("handle", name=op.f("pk_experts")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("experts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_experts_group_key"), ["group_key"], unique=False)

    op.create_table(
        "indexed_threads",
        sa.Column("thread_id", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("encoder", sa.String(length=128), nullable=False),
        sa.Column("sealed_vector", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_counts", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_evidence", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_indexed_threads")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("indexed_threads", schema=None) as batch_op:
        batch_op.create_index("ix_indexed_threads_seq", ["seq"], unique=False)

    op.create_table(
        "jobs",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("lane", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("due_window", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=32), nullable=True),
        sa.Column("lease_until", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(length=64), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index("ix_jobs_due", ["lane", "state", "due_window"], unique=False)

    op.create_table(
        "lockers",
        sa.Column("label", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("label", name=op.f("pk_lockers")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "network",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("window_seconds", sa.Integer(), nullable=False),
        sa.Column("small", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_network")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "open_vectors",
        sa.Column("group_key", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("vectors", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("group_key", "version", name=op.f("pk_open_vectors")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pending",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("due_window", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("pending", schema=None) as batch_op:
        batch_op.create_index("ix_pending_due_window", ["due_window"], unique=False)

    op.create_table(
        "threads",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("group_key", sa.String(length=64), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("published_day", sa.Integer(), nullable=False),
        sa.Column("published_window", sa.Integer(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.Integer(), nullable=False),
        sa.Column("company_may", sa.Boolean(), nullable=False),
        sa.Column("table_version", sa.Integer(), nullable=False),
        sa.Column("owner_tag", sa.String(length=32), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("sealed_scope", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threads")),
        sa.UniqueConstraint("owner_tag", name=op.f("uq_threads_owner_tag")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.create_index("ix_threads_list", ["group_key", "published_day", "id"], unique=False)
        batch_op.create_index("ix_threads_state", ["state", "published_day", "id"], unique=False)

    op.create_table(
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
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offers_inbox"), ["inbox"], unique=False)

    op.create_table(
        "posts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("thread_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("author_tag", sa.String(length=32), nullable=False),
        sa.Column("published_day", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("sealed_scope", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_posts_thread_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.create_index("ix_posts_thread_id", ["thread_id"], unique=False)


def downgrade_content() -> None:
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.drop_index("ix_posts_thread_id")

    op.drop_table("posts")
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offers_inbox"))

    op.drop_table("offers")
    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.drop_index("ix_threads_state")
        batch_op.drop_index("ix_threads_list")

    op.drop_table("threads")
    with op.batch_alter_table("pending", schema=None) as batch_op:
        batch_op.drop_index("ix_pending_due_window")

    op.drop_table("pending")
    op.drop_table("open_vectors")
    op.drop_table("network")
    op.drop_table("lockers")
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_index("ix_jobs_due")

    op.drop_table("jobs")
    with op.batch_alter_table("indexed_threads", schema=None) as batch_op:
        batch_op.drop_index("ix_indexed_threads_seq")

    op.drop_table("indexed_threads")
    with op.batch_alter_table("experts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_experts_group_key"))

    op.drop_table("experts")
    op.drop_table("contacts")
