"""`shiome reindex`."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import click

from app.history.progress import Bars, bars
from app.reindexing.rules import Standing
from app.reindexing.service import Reindexer, standing
from app.vectors.beside import discard
from app.wiring import Toolbox

LOCK: Final = "reindex.lock"


@click.command("reindex")
@click.option("--status", "only_status", is_flag=True, help="Say how far it is, and do nothing.")
@click.option("--discard", "only_discard", is_flag=True, help="Erase what was made beside: it is not wanted after all.")
def reindex(only_status: bool, only_discard: bool) -> None:
    """Embed everything under the encoder of SHIOME_ENCODER, beside the vectors in use, while web and worker run.

    They go on with the old vectors; change their SHIOME_ENCODER when this says done, and start them again. Stop it
    whenever you like: started again it goes on. It wants room for both kinds of vectors.
    """
    tools = _tools()
    if not only_status:
        do = _discard if only_discard else _embed
        with _alone(tools):
            do(tools)
    _tell(tools, _standing(tools))


def _tools() -> Toolbox:
    # the command line opens them: a feature this low cannot ask whose database it is
    opener: Callable[[], Toolbox] = click.get_current_context().obj
    return opener()


@contextmanager
def _alone(tools: Toolbox) -> Iterator[None]:
    with (tools.database.folder / LOCK).open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise click.ClickException("another `shiome reindex` is at work here") from None
        yield


def _embed(tools: Toolbox) -> None:
    worker = Reindexer(tools.database, tools.vault, tools.trade, tools.encoder)
    with bars() as bar:
        rounds = _Rounds(bar)
        worker.run(begin=rounds.begin, done=rounds.done)
    tools.database.checkpoint()


class _Rounds:
    """A bar for each round; the rounds after the first are over what came meanwhile."""

    def __init__(self, bar: Bars) -> None:
        self._bar = bar
        self._what = ""

    def begin(self, total: int) -> None:
        self._what = "came since" if self._what else "threads"
        if total:
            self._bar.begin(self._what, total)

    def done(self, number: int) -> None:
        self._bar.advance(self._what, number)


def _discard(tools: Toolbox) -> None:
    with tools.database.transaction("content") as stores:
        number = discard(stores)
    tools.database.checkpoint()
    click.echo(f"{number} vectors erased")


def _standing(tools: Toolbox) -> Standing:
    with tools.database.reading() as stores:
        return standing(stores, encoder=tools.encoder.name)


def _tell(tools: Toolbox, now: Standing) -> None:
    for where, counts in (("in place", now.in_place), ("beside", now.beside)):
        for name, number in sorted(counts.items()):
            click.echo(f"{number:8}  {where:8}  {name}")
    click.echo(f"{now.lacking:8}  of {now.threads} threads have no vector of {now.encoder}")
    if not now.lacking and now.beside[now.encoder]:
        click.echo(
            f"done: start web and worker with SHIOME_ENCODER={tools.settings.encoder}. From the day after, the worker "
            "puts these vectors in the place of the old ones; until then the old setting can be taken back."
        )
