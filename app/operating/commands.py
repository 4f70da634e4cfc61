"""`shiome setup` and `shiome roles`: how the operator gets in the first time, and who else may do what."""

from collections.abc import Callable

import click

from app.accounts import roles as service
from app.accounts.roles import COORDINATOR, ROLES, RoleRefused
from app.logs.service import note_security
from app.operating.gate import OPERATOR
from app.operating.rules import AlreadySetUp
from app.operating.service import close_door, make_code
from app.operating.words import REFUSALS
from app.wiring import Toolbox


def _tools() -> Toolbox:
    opener: Callable[[], Toolbox] = click.get_current_context().obj
    return opener()


@click.command("setup")
def setup() -> None:
    """Print the address and the code that open the first setting up: good for 24 hours and for one browser."""
    tools, now = _tools(), _tools().clock.now()
    try:
        with tools.database.transaction("identity", "content") as stores:
            code = make_code(stores, tools.vault, now=now)
            note_security(stores, tools.vault, event="setup.link-made", now=now)
    except AlreadySetUp:
        raise click.ClickException("there is an operator; `shiome roles give ADDRESS operator` makes another") from None
    address = f"{tools.settings.base_url.rstrip('/')}/setup"
    click.echo(f"{address}#{code}")
    click.echo(f"or open {address} and type {code}")
    click.echo("It opens once, in one browser, and ends after 24 hours. An earlier code no longer opens anything.")


class RoleGroup(click.Group):
    """Says what is wrong in one line."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except RoleRefused as refused:
            raise click.ClickException(REFUSALS[refused.why]) from None


@click.group(cls=RoleGroup)
def roles() -> None:
    """Who coordinates, analyses, operates, audits. Everybody is told at their next sign-in; coordinators are asked."""


ROLE = click.argument("role", type=click.Choice(ROLES))


@roles.command("give")
@click.argument("mail")
@ROLE
def give(mail: str, role: str) -> None:
    """Give the person with this address a role, or ask them to coordinate."""
    tools = _tools()
    with tools.database.transaction("identity", "content") as stores:
        member_id = service.give(stores, tools.vault, mail=mail, role=role)
        if role == OPERATOR:
            close_door(stores, tools.vault)
        event = "role.asked" if role == COORDINATOR else "role.given"
        note_security(stores, tools.vault, event=event, now=tools.clock.now(), member_id=member_id)
    click.echo("asked; they answer at their next sign-in" if role == COORDINATOR else "given")


@roles.command("take")
@click.argument("mail")
@ROLE
def take(mail: str, role: str) -> None:
    """Take a role away, or a question that was not answered yet."""
    tools = _tools()
    with tools.database.transaction("identity") as stores:
        member_id = service.take(stores, tools.vault, mail=mail, role=role)
        note_security(stores, tools.vault, event="role.taken", now=tools.clock.now(), member_id=member_id)
    click.echo("taken")


@roles.command("list-counts")
def list_counts() -> None:
    """How many have each role, and how many were asked. Names nobody."""
    tools = _tools()
    with tools.database.reading() as stores:
        for role, (have, asked) in service.counts(stores, tools.vault).items():
            click.echo(f"{role:12}{have:6}" + (f"  asked {asked}" if asked else ""))
