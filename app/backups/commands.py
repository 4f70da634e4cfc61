"""`shiome backup`, `shiome restore`, `shiome verify`."""

from pathlib import Path
from typing import Any, Final, get_args

import click

from app.backups.checking import check_together
from app.backups.copying import KEEP_DAYS, BackupRefused, Network, forget_old_keys, read_stamp, restore, take
from app.clock import SystemClock, today
from app.db import StoreName, store_path
from app.domains.trade import load_trade
from app.keyfiles import KeyFolder
from app.settings import Settings, read_settings
from app.wiring import build

REVISIONS: Final = Path(__file__).resolve().parents[2] / "migrations" / "versions"
STORE: Final = click.Choice(get_args(StoreName))
ALONE: Final[dict[str, str]] = {
    "identity": "Alone it gives away how many members and organisations there are, in which quarter each member's row was "
    "last used, and weak passwords to whoever guesses long enough; no name, address or attribute.",
    "content": "Alone it gives away groups, topics, days and counts of what was asked and answered; no text, no author.",
    "keys": "Alone it gives away a number of keys; none opens without a root key.",
}
PAIR: Final = (
    "With a root key file, backups open what they hold. Keep backups, and the key files, each in a place of its own."
)


@click.command("backup")
@click.argument("store", type=STORE)
@click.option("--to", "path", required=True, type=click.Path(dir_okay=False, path_type=Path), help="the new file")
@click.option(
    "--keep-days",
    default=KEEP_DAYS,
    show_default=True,
    type=click.IntRange(0, KEEP_DAYS),
    help="older backups of the key store in the same folder are deleted",
)
def backup(store: StoreName, path: Path, keep_days: int) -> None:
    """Copy one store into a file while everything runs: content first, keys last, so that no text is without its key."""
    settings, day = read_settings(), today(SystemClock().now())
    with click.progressbar(length=1, label=f"copying {store}") as bar:
        _refusing(take, settings.data_dir, store, path, day=day, done=lambda done, whole: _advance(bar, done, whole))
    click.echo(f"wrote {path}")
    if store == "keys":
        for gone in forget_old_keys(path.parent, today=day, keep_days=keep_days):
            click.echo(f"deleted {gone}: older than {keep_days} days")
    click.echo(ALONE[store])
    click.echo(PAIR)


@click.command("restore")
@click.argument("store", type=STORE)
@click.option("--from", "path", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def put_back(store: StoreName, path: Path) -> None:
    """Put a backup in a store's place, with every process stopped. The file it replaces is kept beside it."""
    settings, stamp = read_settings(), read_stamp(path)
    aside = _refusing(restore, settings.data_dir, store, path, _network(settings))
    click.echo(
        f"restored {store_path(settings.data_dir, store)}" + (f" as of {stamp.day.isoformat()}" if stamp else "")
    )
    if aside:
        click.echo(f"the file before is {aside}; delete it when all is well")
    if store == "keys":
        click.echo("What was erased since that day can be read again, until it is erased again. Prefer the newest.")
    click.echo("Next: `shiome migrate`, then `shiome verify`.")


@click.command("verify")
def verify() -> None:
    """Say whether the three files fit together: a text or a member without a key, a key nobody uses."""
    tools = build(read_settings())
    for line, number in check_together(tools.database, tools.vault).items():
        click.echo(f"{number:8}  {line}")


def _network(settings: Settings) -> Network:
    return Network(
        key=load_trade(settings.domain_file).network.key,
        demo=settings.demo,
        root_ids=frozenset(KeyFolder(settings.key_folder).root_names()),
        revisions=frozenset(path.name[:4] for path in REVISIONS.glob("[0-9]*.py")),
    )


def _advance(bar: Any, done: int, whole: int) -> None:
    bar.length = whole
    bar.update(done - bar.pos)


def _refusing(do: Any, *arguments: Any, **more: Any) -> Any:
    try:
        return do(*arguments, **more)
    except BackupRefused as error:
        raise click.ClickException(str(error)) from None
