"""`shiome doctor`."""

from collections.abc import Callable

import click
from rich.console import Console

from app.upkeep.findings import worst
from app.upkeep.looking import QUICK, SLOW, TITLES, look
from app.web.i18n import LOCALES, speaking
from app.web.i18n import gettext as _
from app.wiring import Toolbox

SIGNS = {"ok": "[green]ok  [/]", "warn": "[yellow]warn[/]", "bad": "[red]bad [/]"}


@click.command("doctor")
@click.option("--quick", is_flag=True, help="Leave out what takes long: reading every page, the logs, the mail server.")
@click.option("--language", type=click.Choice(LOCALES), default="en", show_default=True)
@click.pass_obj
def doctor(tools: Callable[[], Toolbox], quick: bool, language: str) -> None:
    """Look at files, keys, processes, queues, index, copies, logs, mail and settings, and say what to do.

    Ends with 1 when something is bad. Looks at no member.
    """
    console = Console(highlight=False, soft_wrap=True)
    with speaking(language), console.status("…"):
        found = look(tools(), QUICK if quick else QUICK + SLOW)
    with speaking(language):
        for one in found:
            console.print(
                f"{SIGNS[one.state]}  {_(TITLES[one.part])}: {one.told}" + (f"  → {one.do}" if one.do else "")
            )
    if worst(found) == "bad":
        raise SystemExit(1)
