"""What every test of the service stands on: real files in a temporary folder, a clock that stands still, light Argon2."""

import importlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.clock import JAPAN, SetClock
from app.db import METADATA, STORES
from app.domains.claim import claim_database
from app.keyfiles import KeyFolder
from app.settings import Settings
from app.upkeep.stores import newest_revision
from app.web.i18n import set_locale
from app.wiring import Toolbox, build
from tests.cast import Cast, make_cast
from tests.watch import WATCH, listen

MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=JAPAN).timestamp()
TABLES = (
    "app.keystore",
    "app.accounts.models",
    "app.domains.models",
    "app.questions.models",
    "app.queues.models",
    "app.vectors.models",
    "app.expertise.models",
    "app.jobs.models",
    "app.mail.models",
    "app.notices.models",
    "app.logs.models",
    "app.escrow.models",
    "app.audit.models",
    "app.reading.models",
    "app.escalation.models",
    "app.moderation.models",
    "app.survey.models",
    "app.recognition.models",
    "app.knowledge.models",
    "app.health.models",
    "app.operating.models",
    "app.tallies.models",
    "app.cohorts.models",
    "app.insights.models",
    "app.webinars.models",
    "app.gate.models",
    "app.web.limits",
    "app.ideas.models",
    "app.community.models",
)


def make_settings(folder: Path, **changes: object) -> Settings:
    """Settings of a test: nothing of them comes from the machine."""
    values: dict[str, object] = {
        "data_dir": folder,
        "encoder": "hash",
        "base_url": "https://shiome.example",
        "argon2_memory_kib": 64,
        "argon2_iterations": 1,
        "rate_per_minute": 100_000,
    }
    return Settings.model_validate({**values, **changes})


def make_tools(folder: Path, **changes: object) -> Toolbox:
    """A toolbox over three fresh database files in `folder`."""
    settings = make_settings(folder, **changes)
    KeyFolder(settings.key_folder).init()
    tools = build(settings, clock=SetClock(MORNING))
    for module in TABLES:
        importlib.import_module(module)
    for store in STORES:
        METADATA[store].create_all(tools.database.engines[store])
        with tools.database.engines[store].execution_options(writes=True).begin() as connection:
            connection.execute(
                text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
            )
            connection.execute(
                text("INSERT OR IGNORE INTO alembic_version VALUES (:newest)"), {"newest": newest_revision()}
            )
    WATCH.made.append(tools)
    return tools


def claim(tools: Toolbox, *, demo: bool) -> None:
    """Make the database that of the demo, or of the real service."""
    network, settings = tools.trade.network, tools.settings
    with tools.database.transaction("content") as stores:
        claim_database(stores, key=network.key, demo=demo, window_seconds=settings.window_seconds)


def make_app(tools: Toolbox) -> Flask:
    """The web service; what nobody expected is raised into the test instead of becoming a page."""
    from app import create_app

    app = create_app(tools)
    app.config.update(PREFERRED_URL_SCHEME="https", PROPAGATE_EXCEPTIONS=True)
    app.error_handler_spec[None][None].pop(Exception, None)
    return app


@pytest.fixture(autouse=True, scope="module")
def settings_of_one_module_alone() -> Iterator[None]:
    """What a command puts into this process's environment ends with the module that called it."""
    before = dict(os.environ)
    yield
    for name in set(os.environ) - set(before):
        del os.environ[name]
    os.environ.update(before)


@pytest.fixture(autouse=True)
def in_japanese() -> None:
    """Every test begins in the first language, whatever the last request of the one before spoke."""
    set_locale("ja")


@pytest.fixture(autouse=True)
def nothing_private_is_logged() -> Iterator[None]:
    """Whatever a test does, no log may hold an address, a text, a handle or a member."""
    listen()
    yield
    try:
        assert WATCH.leaks() == []
    finally:
        WATCH.start()  # after, so that what a whole module shares is held against the logs of its making


@pytest.fixture
def tools(tmp_path: Path) -> Iterator[Toolbox]:
    made = make_tools(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def clock(tools: Toolbox) -> SetClock:
    assert isinstance(tools.clock, SetClock)
    return tools.clock


@pytest.fixture
def cast(tools: Toolbox) -> Cast:
    return make_cast(tools)


@pytest.fixture
def app(tools: Toolbox) -> Flask:
    return make_app(tools)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser nobody has signed in with; addresses are https, so __Host- cookies work."""
    return app.test_client()
