"""Five custodians for every test that asks for them."""

from pathlib import Path

import pytest

from app.escrow.custody import CustodyFolder
from app.wiring import Toolbox
from tests.app.escrow.makers import make_five


@pytest.fixture
def five(tools: Toolbox, tmp_path: Path) -> list[CustodyFolder]:
    return make_five(tools, tmp_path / "custodians")
