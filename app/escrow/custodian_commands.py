"""`shiome custodian`: what a custodian runs on a machine of their own. Files in, files out; no service is reached."""

from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from app.clock import SystemClock
from app.escrow.custody import CustodyFolder, CustodyProblem, Received, check_release
from app.escrow.reads import fingerprint

REASONS = {
    "danger": "somebody's life or body is in danger",
    "court": "a court or an authority with a warrant orders it",
}
FOLDER = click.option(
    "--folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="your own folder, from `init`"
)
OUT = click.Path(path_type=Path, dir_okay=False)


def says(command: Any) -> Any:
    """A problem in one line."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except CustodyProblem as problem:
            raise click.ClickException(str(problem)) from None
        except UnicodeDecodeError:
            raise click.ClickException("this file is no text") from None

    return run


@click.group()
def custodian() -> None:
    """For custodians, on their own machine: one of five keys; three of them open who wrote in one thread."""


@custodian.command("init")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="a folder only you can read"
)
@says
def init(out: Path) -> None:
    """Make your key pair, the private half under a passphrase, and print the public half for the operator."""
    passphrase = click.prompt("Passphrase (12 characters or more)", hide_input=True, confirmation_prompt=True)
    public = CustodyFolder(out).init(passphrase)
    click.echo(f"public key   {public.hex()}")
    click.echo(f"fingerprint  {fingerprint(public.hex())}   compare it with the page /break-glass")
    click.echo(f"Keep a copy of {out} and, apart from it, of the passphrase. Nobody can make either again.")


@custodian.command("prove")
@click.argument("challenge", type=click.File("r"))
@FOLDER
@says
def prove(challenge: Any, folder: Path) -> None:
    """Answer the operator's challenge file, so that you count as a custodian."""
    passphrase = click.prompt("Passphrase", hide_input=True, err=True)
    click.echo(CustodyFolder(folder).prove(challenge.read(), passphrase))


@custodian.command("receive")
@click.argument("request", type=click.File("r", encoding="utf-8"))
@FOLDER
@says
def receive(request: Any, folder: Path) -> None:
    """Keep a request; the 48 hours begin now, on this machine's clock."""
    home = CustodyFolder(folder)
    found = home.receive(request.read(), now=SystemClock().now())
    _say(found)
    click.echo(f"Nothing was opened. Look on /break-glass whether the request is counted there. Then, or never:\n"
               f"shiome custodian release {found.bundle.id} --folder {folder} --out ANSWER")  # fmt: skip


@custodian.command("list")
@FOLDER
@says
def list_all(folder: Path) -> None:
    """Your fingerprint, and every request that ever came here."""
    home = CustodyFolder(folder)
    click.echo(f"fingerprint  {fingerprint(home.public().hex())}")
    for one in home.listed():
        click.echo(f"{one.bundle.id}\t{one.bundle.day}\t{one.bundle.reason}\tthread {one.bundle.thread}")


@custodian.command("release")
@click.argument("request_id")
@FOLDER
@click.option("--out", required=True, type=OUT, help="the answer's file, for the operator")
@says
def release(request_id: str, folder: Path, out: Path) -> None:
    """After 48 hours: open your share of this one thread and seal it to this request."""
    home, now = CustodyFolder(folder), SystemClock().now()
    found = home.get(request_id)
    check_release(found, now=now)
    _say(found)
    if not click.confirm("Do you agree that the author is opened?"):
        raise click.ClickException("nothing was opened")
    answer = home.release(request_id, click.prompt("Passphrase", hide_input=True), now=now)
    if out.exists():
        raise click.ClickException(f"{out} is there already; nothing was written")
    out.write_text(answer.to_json(), "utf-8")
    click.echo(f"written: {out}")


def _say(found: Received) -> None:
    bundle = found.bundle
    who = "the asker" if bundle.author == 0 else f"answerer {bundle.author}"
    seen = datetime.fromtimestamp(found.first_seen, UTC).strftime("%Y-%m-%d %H:%M UTC")
    click.echo(f"request      {bundle.id}")
    click.echo(f"asked for    who wrote as {who} in thread {bundle.thread}, in this thread only")
    click.echo(f"reason       {REASONS[bundle.reason]}")
    click.echo(f"asked on     {bundle.day}; first seen here {seen}")
    click.echo(f"custodians   {fingerprint(bundle.custodians.hex())}: " + ", ".join(seat.role for seat in bundle.seats))
