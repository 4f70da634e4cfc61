"""`shiome insights give-up`: a period whose key is lost can never be counted, and the reporter will not pass over that."""

from collections.abc import Callable

import click

from app.insights import ledger, service
from app.wiring import Toolbox


@click.command("give-up")
@click.argument("period")
@click.confirmation_option(prompt="What was left to be counted is deleted, and no report of this period comes. Go on?")
def give_up(period: str) -> None:
    """Let a quarter or year go without its report: delete its boxes. For a period whose key file is lost."""
    opener: Callable[[], Toolbox] = click.get_current_context().obj
    with opener().database.transaction("content") as stores:
        if not service.is_open(stores, period):
            raise click.ClickException(f"{period}: no such period, or it is over")
        ledger.finish(stores, period)
    click.echo(f"{period}: over")
