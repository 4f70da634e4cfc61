"""`shiome escrow`: what the operator runs. Names are printed to their terminal once, and nowhere else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from app.clock import today
from app.escrow import custodians as keepers
from app.escrow import requests
from app.escrow.bundles import Answer, Bundle, NotABundle, pack
from app.escrow.custodian_commands import REASONS
from app.escrow.models import Custodian, EscrowRequest
from app.escrow.reads import find_glass, fingerprint
from app.escrow.rules import REASONS as CLASSES
from app.escrow.rules import EscrowRefused
from app.escrow.service import part_of
from app.wiring import Toolbox

WORDS = {
    "off": "break-glass is off: it needs five custodians (`shiome escrow custodians list`)",
    "no-escrow": "nothing is sealed for this author of this thread: no such author, or written while break-glass was off",
    "other-custodians": "this was sealed to custodians whose keys are not known here",
    "no-request": "no such request",
    "other-request": "this file is not the request that was made: it was changed",
    "not-open": "this request is over ({state}); a new one has to be asked for",
    "too-early": "too early: {hours} of 48 hours are left",
    "too-late": "too late: a request ends after 14 days",
    "too-few": "three answers of different custodians are needed",
    "wrong-answer": "an answer is not this request's, or was changed: {who}. Nothing was used up",
    "role-taken": "another custodian has this role or this key, or had it before",
    "five-already": "five custodians are there; name the one who goes with --instead-of",
    "not-a-key": "this is not a public key",
    "no-custodian": "no such custodian waits or counts; `shiome escrow custodians list` shows them",
    "wrong-proof": "this does not prove the key: the custodian has not the private half, or answered another challenge",
}
IN = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="a new file")


class GlassGroup(click.Group):
    """Says what is wrong in one line."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except (NotABundle, UnicodeDecodeError):
            raise click.ClickException("a file is not what it should be") from None
        except EscrowRefused as refused:
            raise click.ClickException(_words(refused)) from None


def _words(refused: EscrowRefused) -> str:
    left = refused.data.get("left", 0)
    hours = -(-left // 3600) if isinstance(left, int) else 0
    roles = refused.data.get("roles")
    who = ", ".join(roles) if isinstance(roles, list) and roles else "more than one custodian's"
    return WORDS[refused.why].format(state=refused.data.get("state", ""), hours=hours, who=who)


def _tools() -> Toolbox:
    opener: Callable[[], Toolbox] = click.get_current_context().obj
    return opener()


def _new_file(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}; nothing was done") from None


@click.group(cls=GlassGroup)
def escrow() -> None:
    """Break-glass: open who wrote in one thread, with three of five custodians, after 48 hours, once."""


@escrow.group("custodians")
def custodians() -> None:
    """The five who keep the keys. Without five, break-glass is off."""


@custodians.command("add")
@click.argument("role")
@click.argument("public_key")
@click.option("--instead-of", help="the role of the custodian who goes")
@OUT
def add(role: str, public_key: str, instead_of: str | None, out: Path) -> None:
    """Ask a custodian to prove their key: writes the challenge that they answer with `shiome custodian prove`."""
    tools = _tools()
    try:
        public = bytes.fromhex(public_key)
    except ValueError:
        raise EscrowRefused("not-a-key") from None
    with tools.database.transaction("identity") as stores:
        day = today(tools.clock.now())
        made = keepers.add_custodian(stores, role=role, public=public, instead_of=instead_of, today=day)
        _new_file(out, pack(made.box) + "\n")
    click.echo(f"written: {out}; then `shiome escrow custodians confirm` with the answer")


@custodians.command("confirm")
@click.argument("role")
@click.argument("proof")
def confirm(role: str, proof: str) -> None:
    """Let a custodian count, once their answer proves the key."""
    tools, now = _tools(), _tools().clock.now()
    with tools.database.transaction("identity", "content") as stores:
        keepers.confirm_custodian(stores, tools.vault, role=role, proof=proof, now=now, today=today(now))
    _say_state(tools)


@custodians.command("remove")
@click.argument("role")
def remove(role: str) -> None:
    """Take a custodian away. Below five nothing new is sealed."""
    tools = _tools()
    now = tools.clock.now()
    with tools.database.transaction("identity", "content") as stores:
        keepers.remove_custodian(stores, tools.vault, role=role, now=now, today=today(now))
    _say_state(tools)


@custodians.command("list")
def list_custodians() -> None:
    """Who keeps the keys, who did before, who has yet to prove theirs."""
    tools = _tools()
    with tools.database.reading() as stores:
        for row in stores.identity.scalars(select(Custodian).order_by(Custodian.state, Custodian.role)):
            click.echo(f"{row.state:7}\t{fingerprint(row.public)}\t{row.role}")
    _say_state(tools)


@escrow.command("request")
@click.option("--thread", help="the thread's id, as in its address")
@click.option("--author", type=click.IntRange(0), help="0 the asker, 1 and so on the answerers")
@click.option("--writing", help="instead of both, the id of something written on the square, as in its address")
@click.option(
    "--reason", required=True, type=click.Choice(CLASSES), help="; ".join(f"{k}: {v}" for k, v in REASONS.items())
)
@OUT
def request(thread: str | None, author: int | None, writing: str | None, reason: Any, out: Path) -> None:
    """Ask for one author of one thread. It is counted in public at once; the file goes to all five custodians."""
    tools = _tools()
    with tools.database.transaction("identity", "keys", "content") as stores:
        if writing is not None:
            thread, author = part_of(stores, writing) or (None, None)
        if thread is None or author is None:
            raise click.UsageError("name --thread and --author, or --writing of something that is there")
        made = requests.request(
            stores, tools.vault, thread_id=thread, author=author, reason=reason, now=tools.clock.now()
        )
        _new_file(out, made.to_json())
    click.echo(f"request {made.id} written: {out}")
    click.echo("Keep the file: which thread it is about stands nowhere else. It can be opened after 48 hours.")


@escrow.command("show")
@click.argument("request", type=IN)
@click.argument("answers", nargs=-1, required=True, type=IN)
def show(request: Path, answers: tuple[Path, ...]) -> None:
    """Open the author with three answers: once. Whoever it is will be told. Have something to write at hand."""
    tools = _tools()
    bundle = Bundle.from_json(request.read_text("utf-8"))
    given = [Answer.from_json(path.read_text("utf-8")) for path in answers]
    with tools.database.transaction("identity", "keys", "content") as stores:
        found = requests.show(
            stores, tools.vault, tools.post_office_public,
            bundle=bundle, answers=given, now=tools.clock.now(), window=tools.window,
        )  # fmt: skip
    tools.database.checkpoint()  # no log keeps the key that has just gone
    if found.mail is None:
        click.echo("This member is gone, or took their part back: there is nothing to show. The request is over.")
        return
    click.echo(f"mail address  {found.mail}")
    if found.organisation:
        click.echo(f"organisation  {found.organisation}")
    click.echo("Shown this once. The member will be told, and the page /break-glass counts it.")


@escrow.command("close")
@click.argument("request_id")
@click.option("--refused", is_flag=True, help="custodians refused it; otherwise it counts as withdrawn")
def close(request_id: str, refused: bool) -> None:
    """End an open request unopened; it stays counted."""
    tools = _tools()
    with tools.database.transaction("identity", "keys", "content") as stores:
        requests.close(stores, tools.vault, request_id=request_id, refused=refused, now=tools.clock.now())
    click.echo("closed")


@escrow.command("list")
def list_requests() -> None:
    """Every request: number, reason, what became of it. Which thread it was about stands in its file."""
    tools = _tools()
    with tools.database.reading() as stores:
        for row in stores.identity.scalars(select(EscrowRequest).order_by(EscrowRequest.asked)):
            click.echo(f"{row.id}\t{today(row.asked).isoformat()}\t{row.reason}\t{row.state}")


def _say_state(tools: Toolbox) -> None:
    with tools.database.reading() as stores:
        glass = find_glass(stores, today=today(tools.clock.now()))
    if glass.is_on:
        click.echo(f"break-glass is on; the five together: {glass.digest}")
        click.echo("From now on. What was written before stays sealed to those who were custodians then, or to nobody.")
    else:
        click.echo(f"break-glass is off: {len(glass.keepers)} of five custodians")
