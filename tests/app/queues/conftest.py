"""What several tests of queues begin with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.wiring import Toolbox
from tests.app.queues.stage import answer, ask_question, opt_in, work
from tests.cast import Cast
from tests.conftest import make_tools


@pytest.fixture
def answered(tools: Toolbox, cast: Cast) -> str:
    """Bob has answered alice's question on disease, which he had said he knows."""
    opt_in(tools, cast.bob, cast.carol)
    thread = ask_question(tools, cast.alice, urgent=True)
    work(tools)
    answer(tools, cast.bob, thread)
    return thread


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Toolbox, Toolbox]]:
    """Two networks, to differ in the subject of one question, which its page hides."""
    made = (make_tools(tmp_path / "one"), make_tools(tmp_path / "two"))
    yield made
    for tools in made:
        tools.database.close()
