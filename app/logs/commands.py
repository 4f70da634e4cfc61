"""`shiome logs`: read the security log, print the heads, compare the chains with what was published."""

from collections.abc import Callable
from pathlib import Path

import click
from sqlalchemy import select

from app.clock import today
from app.logs.models import SecurityEntry
from app.logs.reads import check_logs, published_heads, read_heads
from app.wiring import Toolbox


def _tools() -> Toolbox:
    # the command line opens them: a feature this low cannot ask whose database it is
    opener: Callable[[], Toolbox] = click.get_current_context().obj
    return opener()


@click.group()
def logs() -> None:
    """The two logs: who did what to accounts and keys, and what happened to texts. Neither holds a name or an address."""


@logs.command("heads")
def heads() -> None:
    """Print every published head, as they stand on /log-heads and in SHIOME_HEADS_FILE."""
    tools = _tools()
    with tools.database.reading() as stores:
        for one in published_heads(stores):
            click.echo(f"{one.day.isoformat()} {one.log} {one.head.count} {one.head.hash}")


@logs.command("verify")
@click.option(
    "--heads", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="a copy of SHIOME_HEADS_FILE kept elsewhere; whoever can write the database can write its own heads too",
)  # fmt: skip
def verify(path: Path | None) -> None:
    """Compute both chains again and compare them with what was published."""
    tools = _tools()
    try:
        known = read_heads(path) if path else []
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    with tools.database.reading() as stores:
        faults = check_logs(stores, [*published_heads(stores), *known])
    for name, fault in faults.items():
        click.echo(f"{name}: {fault or 'as published'}")
    if any(faults.values()):
        raise click.ClickException("a log is not what it was")


@logs.command("show")
def show() -> None:
    """Print the security log, oldest first: day, event, keyed hash of the member, keyed hash of the address."""
    tools = _tools()
    with tools.database.reading() as stores:
        for row in stores.identity.scalars(select(SecurityEntry).order_by(SecurityEntry.number)):
            day = today(row.hour * 3600).isoformat()
            click.echo("\t".join([day, row.event, row.who[:16] or "-", row.address[:16] or "-"]))
