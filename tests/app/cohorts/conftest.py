"""A stage for every test of cohorts."""

import pytest
from flask import Flask

from app.wiring import Toolbox
from tests.app.cohorts.stage import Stage, make_stage
from tests.cast import Cast


@pytest.fixture
def stage(app: Flask, tools: Toolbox, cast: Cast) -> Stage:
    return make_stage(app, tools, cast)
