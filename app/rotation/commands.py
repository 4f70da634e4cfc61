"""`shiome keys rotate` and `shiome keys status`."""

import time
from collections.abc import Callable

import click

from app.keyfiles import KeyFolder
from app.logs.service import note_security
from app.rotation.post import PostRotation
from app.rotation.service import Left, Rotation
from app.wiring import Toolbox
from privacy.boxes import recipient_id

LOOK = 0.5  # seconds: time enough for a request that began under the old key to begin writing


def _tools() -> Toolbox:
    # the command line opens them: a feature this low cannot ask whose database it is
    opener: Callable[[], Toolbox] = click.get_current_context().obj
    return opener()


@click.command("status")
def status() -> None:
    """Which keys there are and how much stands under each, by purpose. `older` are indexes still to be made anew."""
    tools = _tools()
    for key_id, name in KeyFolder(tools.settings.key_folder).root_names().items():
        click.echo(f"{key_id.hex()}  {name}")
    _tell(Rotation(tools.database, tools.vault, tools.clock.now).left())


@click.command("rotate")
@click.option(
    "--post-office", is_flag=True, help="the post office's pair instead; run as its user, with its key folder"
)
@click.option("--badges", is_flag=True, help="what badges are signed with instead; the one before stays to verify with")
def rotate(post_office: bool, badges: bool) -> None:
    """Seal everything anew under a new key, while everything runs. Stop it whenever you like and start it again.

    With one root key file a second is made; with several, it goes on towards the newest. Where key folders are apart,
    put the new file into each of them first.
    """
    if badges:
        click.echo(f"made {KeyFolder(_tools().settings.key_folder).add_badge()}; keep the ones before it")
    elif post_office:
        _rotate_post_office(_tools())
    else:
        _rotate_roots(_tools())


def _rotate_roots(tools: Toolbox) -> None:
    folder = KeyFolder(tools.settings.key_folder)
    if len(folder.root_names()) == 1:
        click.echo(f"made {folder.add_root()}")
        with tools.database.transaction("identity") as stores:
            note_security(stores, tools.vault, event="keys.rotation-began", now=tools.clock.now())
        time.sleep(LOOK)
    rotation = Rotation(tools.database, tools.vault, tools.clock.now)
    with _bar(sum(rotation.under_older().values())) as bar:
        left = rotation.run(bar.update)
    newest, *older = folder.root_names().values()
    _conclude(left, newest, older)


def _rotate_post_office(tools: Toolbox) -> None:
    folder = KeyFolder(tools.settings.key_folder)
    pairs = folder.post_offices()
    if len(pairs) == 1:
        click.echo(f"made {folder.add_post_office()}")
        pairs = folder.post_offices()
    click.echo(f"wrote {folder.publish_post_office()}; copy it into the web process's key folder, if that is another")
    rotation = PostRotation(tools.database, tools.vault, list(pairs.values()))
    click.echo(f"newest: {recipient_id(rotation.pairs[0].public).hex()}")
    with _bar(sum(rotation.under_older().values())) as bar:
        left = rotation.run(bar.update)
    newest, *older = pairs
    _conclude(left, newest, older)


def _bar(length: int) -> "click._termui_impl.ProgressBar[int]":
    return click.progressbar(length=length, label="sealing anew")


def _conclude(left: dict[str, int], newest: str, older: list[str]) -> None:
    for purpose, number in left.items():
        click.echo(f"left: {number:8} {purpose}{HINTS.get(purpose, '')}")
    if left:
        raise click.ClickException("not done: keep every key file, and run this again")
    names = ", ".join(older) or "nothing"
    click.echo(f"done: everything stands under {newest}. {names} may be taken away.")
    click.echo("Who has not been here since then signs in again; waiting two weeks spares most that.")


HINTS = {
    "verifications.sealed_mail": "  sign-ups on their way; they end within the hour",
    "organisations.code_index": "  join codes from an older version: give new ones with `shiome organisations code`",
}


def _tell(left: Left) -> None:
    for purpose, counts in sorted(left.items()):
        for key, number in sorted(counts.items()):
            click.echo(f"{key:8}  {number:8}  {purpose}")
