"""Run one revision over the three files, each in a transaction of its own."""

import os
from pathlib import Path
from typing import Any

from alembic import context

import app.features  # noqa: F401  loads every table
from app.db import METADATA, STORES, make_engine, store_path


def data_dir() -> Path:
    """The folder: given by the command, else by the environment, else a scratch one below the checkout."""
    given = context.config.attributes.get("data_dir") or os.environ.get("SHIOME_DATA_DIR") or "var"
    folder = Path(given)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def run() -> None:
    """Upgrade, downgrade or compare the files one after the other."""
    options: dict[str, Any] = {"render_as_batch": True, "compare_type": True, "compare_server_default": True}
    for store in STORES:
        engine = make_engine(store_path(data_dir(), store))
        with engine.execution_options(writes=True).begin() as connection:
            context.configure(
                connection=connection,
                target_metadata=METADATA[store],
                upgrade_token=f"{store}_upgrades",
                downgrade_token=f"{store}_downgrades",
                **options,
            )
            context.run_migrations(store=store)
        engine.dispose()


run()
