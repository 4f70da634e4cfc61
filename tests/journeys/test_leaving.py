"""Somebody leaves: killed before every commit and begun again, the end is the same; two weeks later no canary of theirs
is anywhere, with the root key either; and a backup of a month ago says nothing with today's keys.
"""

import os
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from app.accounts.rules import WrongSignIn
from app.accounts.service import sign_in
from app.accounts.signin import password_cost
from app.db import METADATA, STORES
from app.leaving import steps
from app.leaving.rules import Texts
from app.processes import make_worker
from app.wiring import Toolbox
from tests.app.leaving.stage import Life, live
from tests.app.leaving.traces import traces
from tests.cast import make_cast, viewer_of
from tests.conftest import make_tools

HOUR = 3600


@dataclass(frozen=True)
class Base:
    """A network in which somebody is about to leave, on the shelf."""

    folder: Path
    seconds: float
    life: Life

    def copy(self, folder: Path) -> Toolbox:
        """The same network in another folder."""
        shutil.copytree(self.folder, folder)
        return self.again(folder)

    def again(self, folder: Path) -> Toolbox:
        """A process started anew on that folder."""
        tools = make_tools(folder)
        tools.clock.seconds = self.seconds  # type: ignore[attr-defined]
        return tools


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    folder = tmp_path_factory.mktemp("base") / "data"
    folder.mkdir()
    tools = make_tools(folder)
    life = live(tools, make_cast(tools))
    tools.database.close()
    return Base(folder, tools.clock.now(), life)


# ---------------------------------------------------------------- killed at every commit


def leave_and_work(tools: Toolbox, life: Life, texts: Texts) -> None:
    """What the member's request and the worker do."""
    if not is_member(tools, life):
        return
    steps.leave(tools, viewer_of(tools, life.person), texts=texts)
    work(tools)


def work(tools: Toolbox) -> None:
    worker = make_worker(tools)
    worker.start()
    worker.run_until_idle()


def is_member(tools: Toolbox, life: Life) -> bool:
    """Whether they can sign in and confirm again."""
    try:
        with tools.database.reading() as stores:
            sign_in(
                stores, tools.vault, mail=life.person.mail, password=life.person.password,
                cost=password_cost(tools.settings),
            )  # fmt: skip
    except WrongSignIn:
        return False
    return True


def killed_before(number: int, base: Base, folder: Path, texts: Texts) -> bool:
    """Leave in a process of its own that is killed before its n-th commit; False when it came to its end."""
    base.copy(folder).database.close()
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        try:
            tools = base.again(folder)
            count = iter(range(1, 10_000))
            for engine in tools.database.engines.values():
                event.listen(
                    engine,
                    "commit",
                    lambda _: os.kill(os.getpid(), signal.SIGKILL) if next(count) == number else None,
                )
            leave_and_work(tools, base.life, texts)
        except BaseException:
            os._exit(3)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL, "not by us"
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def shape(tools: Toolbox) -> dict[str, int]:
    """How many rows each table has; logs and work that comes anyway are not the leaver's."""
    with tools.database.reading() as stores:
        return {
            table.name: stores.of(store).scalar(select(func.count()).select_from(table)) or 0
            for store in STORES
            for table in METADATA[store].sorted_tables
            if table.name not in {"jobs", "log_heads", "security_log", "rate_buckets"}
        }


def ends(base: Base, folder: Path, texts: Texts) -> dict[str, int]:
    """Start everything again; if they are still a member they confirm again. Then nothing is left."""
    tools = base.again(folder)
    work(tools)
    leave_and_work(tools, base.life, texts)
    work(tools)
    assert traces(tools, base.life.marks, texts_kept=texts == "keep") == set()
    found = shape(tools)
    tools.database.close()
    return found


@pytest.mark.parametrize("texts", ["keep", "withdraw"])
def test_killed_anywhere_and_started_again_the_end_is_the_same(base: Base, tmp_path: Path, texts: Texts) -> None:
    wanted: dict[str, int] = {}
    number = 1
    while killed_before(number, base, tmp_path / str(number), texts):
        found = ends(base, tmp_path / str(number), texts)
        wanted = wanted or found
        assert found == wanted, f"killed before commit {number}"
        number += 1
    assert number > 20, "so few commits cannot be all steps"
    assert ends(base, tmp_path / str(number), texts) == wanted


def test_without_the_first_mark_a_kill_is_not_mended(
    base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant: nobody knows afterwards that somebody was on their way out."""
    monkeypatch.setattr(steps, "IDENTITY", steps.IDENTITY[1:])
    left = set()
    for number in range(1, 8):
        if killed_before(number, base, tmp_path / str(number), "keep"):
            tools = base.again(tmp_path / str(number))
            work(tools)
            if not is_member(tools, base.life):
                left |= traces(tools, base.life.marks, texts_kept=True)
            tools.database.close()
    assert "member" in left
