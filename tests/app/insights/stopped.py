"""Kill a reporter at any moment, and see what stands afterwards.

A child of this process opens the files anew, reports, and kills itself with SIGKILL in the middle of its n-th step: a
statement, a commit, a draw of noise, a file taken away. No exit handler runs, no transaction is rolled back by hand.
"""

import json
import os
import secrets
import shutil
import signal
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, event, select

from app.clock import SetClock, today
from app.insights.keyring import ReporterKeys
from app.insights.models import BudgetEntry, Release
from app.insights.noise import Terms
from app.insights.reporter import Reporter
from app.settings import Settings
from app.wiring import Toolbox, build
from privacy.boxes import open_box

Found = dict[tuple[str, str], bytes]
Begun = dict[tuple[str, str], list[int] | None]


def draw(length: int, *_: object, **__: object) -> list[int]:
    """Noise that nobody could draw twice."""
    return [secrets.randbelow(2_000_000) - 1_000_000 for _ in range(length)]


def keep(counts: dict[str, int], *_: object, **__: object) -> Terms:
    """The same for new terms."""
    return Terms({word: secrets.randbelow(2_000_000) for word in counts}, 0)


@dataclass(frozen=True)
class Stand:
    """What the files say: released bytes, and what is reserved with its noise (None: has none)."""

    released: Found
    begun: Begun
    spent: dict[tuple[str, str], tuple[str, int]]


def copy_of(settings: Settings, folder: Path) -> Settings:
    """Another data folder with the same content."""
    shutil.copytree(settings.data_dir, folder)
    return settings.model_copy(update={"data_dir": folder})


def reporter_of(settings: Settings, now: float) -> tuple[Toolbox, Reporter]:
    """A reporter over these files."""
    tools = build(settings, clock=SetClock(now))
    return tools, Reporter(tools, ReporterKeys(settings.reporter_folder), draw=draw, keep=keep)


def killed_at(settings: Settings, now: float, step: int) -> bool:
    """Whether a reporter got as far as this step, and died there."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _, reporter = reporter_of(settings, now)
            _die_at(step, reporter)
            reporter.release(today(now))
            reporter.destroy_keys()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def _die_at(step: int, reporter: Reporter) -> None:
    left = iter(range(step, -1, -1))

    def tick(*_: object) -> None:
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def ticking(do: Callable[..., object]) -> Callable[..., object]:
        def done(*given: object, **named: object) -> object:
            found = do(*given, **named)
            tick()
            return found

        return done

    for name in ("before_cursor_execute", "commit"):
        event.listen(Engine, name, tick)
    reporter.draw = ticking(reporter.draw)  # type: ignore[assignment]
    reporter.keep = ticking(reporter.keep)  # type: ignore[assignment]


def stand_of(tools: Toolbox, reporter: Reporter) -> Stand:
    """What the files say now."""
    with tools.database.reading() as stores:
        released = {(row.period, row.kind): row.body for row in stores.content.scalars(select(Release))}
        entries = list(stores.content.scalars(select(BudgetEntry)))
    reserved = {(one.period, one.kind): one.sealed_noise for one in entries if one.state == "reserved"}
    begun = {
        key: None if sealed is None else json.loads(open_box(reporter.keys.pair(key[0]).private, sealed))
        for key, sealed in reserved.items()
    }
    return Stand(released, begun, {(one.period, one.kind): (one.state, one.micro_epsilon) for one in entries})


def steps(settings: Settings, now: float, folder: Path, every: int) -> Iterator[tuple[int, Settings]]:
    """Copies of the files, each left behind by a reporter that died one step later than the last."""
    step, went_on = 1, True
    while went_on:
        left = copy_of(settings, folder / str(step))
        went_on = killed_at(left, now, step)
        yield step, left
        step += every
