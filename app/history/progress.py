"""Progress bars, on stderr so that stdout stays for results."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)


class Bars:
    """One bar a stage: what is done of how much, time gone and time left."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def begin(self, what: str, total: int) -> None:
        """Start a stage of this many steps."""
        self._tasks[what] = self._progress.add_task(what, total=total)

    def advance(self, what: str, steps: int) -> None:
        """Go on by so many."""
        self._progress.advance(self._tasks[what], steps)


@contextmanager
def bars() -> Iterator[Bars]:
    """Show bars while the block runs."""
    columns = (TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn())
    times = (TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, *times, console=Console(stderr=True)) as progress:
        yield Bars(progress)
