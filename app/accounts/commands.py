"""Operator commands about organisations. Names are printed to the operator's terminal and nowhere else."""

from collections.abc import Callable
from random import SystemRandom

import click

from app.accounts import organisations as service
from app.accounts.rules import MailDomainTaken, OneCompany, SharedMailDomain
from app.db import Stores
from app.errors import NotThere
from app.logs.service import note_security
from app.wiring import Toolbox


class HouseGroup(click.Group):
    """Says what is wrong in one line."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except NotThere:
            raise click.ClickException(
                "no organisation under this id; `shiome organisations list` shows them"
            ) from None
        except SharedMailDomain:
            raise click.ClickException(
                "everybody can have an address at that domain: it proves no organisation"
            ) from None
        except MailDomainTaken:
            raise click.ClickException("another organisation has that mail domain") from None
        except OneCompany:
            raise click.ClickException("there is an operating company already") from None


def _tools() -> Toolbox:
    # the command line opens them: a feature this low cannot ask whose database it is
    opener: Callable[[], Toolbox] = click.get_current_context().obj
    return opener()


def _note(stores: Stores, tools: Toolbox, event: str) -> None:
    note_security(stores, tools.vault, event=event, now=tools.clock.now())


@click.group(cls=HouseGroup)
def organisations() -> None:
    """Organisations: add, list, verify, give a new join code. Staff verify organisations, never persons."""


@organisations.command("add")
@click.argument("name")
@click.option(
    "--alias", "aliases", multiple=True, help="another name it goes by; askers may leave it out by this one too"
)
@click.option("--site", "sites", multiple=True, help="a site of it; kept sealed with its name, nothing else reads it")
@click.option("--mail-domain", "mail_domains", multiple=True, help="addresses at this domain join it by themselves")
@click.option("--company", is_flag=True, help="the operating company: its people are no members; see `shiome roles`")
def add(
    name: str, aliases: tuple[str, ...], sites: tuple[str, ...], mail_domains: tuple[str, ...], company: bool
) -> None:
    """Add a verified organisation and print the code its people join with, once."""
    tools = _tools()
    with tools.database.transaction("identity") as stores:
        organisation_id, code = service.add_organisation(
            stores,
            tools.vault,
            name=name,
            aliases=aliases,
            sites=sites,
            mail_domains=mail_domains,
            is_company=company,
            verified=True,
            rng=SystemRandom(),
        )
        _note(stores, tools, "organisation.added")
    click.echo(f"{organisation_id}\tjoin code {code}")


@organisations.command("list")
def list_all() -> None:
    """Every organisation: id, verified or waiting, name, mail domains."""
    tools = _tools()
    with tools.database.reading() as stores:
        for card in service.list_organisations(stores, tools.vault):
            state = "company" if card.is_company else "verified" if card.verified else "waiting"
            click.echo("\t".join([card.id, state, card.name, " ".join(card.mail_domains)]).rstrip())


@organisations.command("verify")
@click.argument("organisation_id")
def verify(organisation_id: str) -> None:
    """Let an organisation in; its waiting people become members when they next sign in."""
    tools = _tools()
    with tools.database.transaction("identity") as stores:
        service.verify_organisation(stores, tools.vault, organisation_id=organisation_id, rng=SystemRandom())
        _note(stores, tools, "organisation.verified")
    click.echo("verified")


@organisations.command("code")
@click.argument("organisation_id")
def new_code(organisation_id: str) -> None:
    """A new join code; the old one stops working."""
    tools = _tools()
    with tools.database.transaction("identity") as stores:
        code = service.renew_join_code(stores, tools.vault, organisation_id=organisation_id)
        _note(stores, tools, "organisation.code-changed")
    click.echo(f"join code {code}")
