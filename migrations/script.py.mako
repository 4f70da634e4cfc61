"""${message}.

Migration rules: numbered, small, one purpose; imports nothing from app; add, fill, then remove, each in a revision of
its own; constraints have names; what upgrade does, downgrade undoes.
"""
# ruff: noqa: N999  revisions are numbered

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = ${repr(up_revision)}
down_revision: Final = ${repr(down_revision)}
branch_labels: Final = ${repr(branch_labels)}
depends_on: Final = ${repr(depends_on)}


def upgrade(store: str) -> None:
    globals()[f"upgrade_{store}"]()


def downgrade(store: str) -> None:
    globals()[f"downgrade_{store}"]()

% for store in ("identity", "keys", "content"):

def upgrade_${store}() -> None:
    ${context.get(f"{store}_upgrades", "pass")}


def downgrade_${store}() -> None:
    ${context.get(f"{store}_downgrades", "pass")}

% endfor
