"""What every test of the service stands on: real files in a temporary folder, a clock that stands still, light Argon2."""

import gc
import os
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.clock import JAPAN, SetClock
from app.domains.claim import claim_database
from app.keyfiles import KeyFolder
from app.settings import Settings
from app.web.i18n import set_locale
from app.wiring import Toolbox, build
from tests.cast import Cast, make_cast
from tests.once import COMPILED, empty_files, holds_only, hurry, lay_tables, move_in, scratch, share_rules
from tests.watch import WATCH, listen

MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=JAPAN).timestamp()

# what takes a worker minutes begins first, so that no core waits for it at the end; all else stays in order behind it
LONGEST = (
    "tests/project/test_access.py",
    "tests/journeys/",
    "tests/browser/",
    "tests/app/insights/test_ledger.py",
    "tests/app/history/",
    "tests/privacy/",
    "tests/matching/",
    "tests/app/pages/",
    "tests/app/cohorts/",
)

share_rules()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(LONGEST)}

    def place_of(item: pytest.Item) -> int:
        return min((place for name, place in places.items() if item.nodeid.startswith(name)), default=len(LONGEST))

    items.sort(key=place_of)


def pytest_collection_finish() -> None:
    """What stands now stays: the collector need not look through it again, nor look so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


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
    lay_tables(settings.data_dir)
    hurry(tools.database)
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
    app.jinja_env.bytecode_cache = COMPILED
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


@cache
def village() -> tuple[Toolbox, Cast]:
    """The standing cast in a network where nothing has happened, enrolled once in this process."""
    made = make_tools(scratch())
    cast = make_cast(made)
    made.database.checkpoint()
    made.database.close()
    WATCH.made.remove(made)  # of no test's own
    return made, cast


def settle(tools: Toolbox) -> Cast:
    """The standing cast: copies of the files of the village where nothing was written, set or waited for yet."""
    home, cast = village()
    same = {"data_dir": home.settings.data_dir}
    if (
        tools.settings.model_copy(update=same) != home.settings
        or tools.clock.now() != MORNING
        or tools.trade != home.trade
        or KeyFolder(tools.settings.key_folder).root_names() != KeyFolder(home.settings.key_folder).root_names()
        or not holds_only(tools.settings.data_dir, empty_files())
    ):
        return make_cast(tools)
    move_in(tools.database, home.settings.data_dir)
    WATCH.secrets += [person.secret for person in cast.people.values()]
    return Cast(dict(cast.people), dict(cast.organisations), dict(cast.codes))


@pytest.fixture
def tools(tmp_path: Path) -> Iterator[Toolbox]:
    copytree(village()[0].settings.key_folder, tmp_path / "keyfiles")
    made = make_tools(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def clock(tools: Toolbox) -> SetClock:
    assert isinstance(tools.clock, SetClock)
    return tools.clock


@pytest.fixture
def cast(tools: Toolbox) -> Cast:
    return settle(tools)


@pytest.fixture
def app(tools: Toolbox) -> Flask:
    return make_app(tools)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser nobody has signed in with; addresses are https, so __Host- cookies work."""
    return app.test_client()
