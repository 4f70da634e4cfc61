"""Operator commands about organisations. Names are printed to the operator's terminal and nowhere else."""

from collections.abc import Callable
from random import SystemRandom
from typing import Final

import click

from app.accounts import organisations as service
from app.accounts.correcting import correct as correct_words
from app.accounts.declining import WHYS, tell_waiting
from app.accounts.declining import decline as decline_one
from app.accounts.declining import take_back as take_decline_back
from app.accounts.organisations import NewOrganisation, Why
from app.accounts.rules import CannotDecline, MailDomainTaken, OneCompany, SharedMailDomain
from app.clock import today
from app.db import Stores
from app.errors import NotThere
from app.logs.service import note_security
from app.wiring import Toolbox

LISTS: Final = ("aliases", "sites", "mail_domains")


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
        except CannotDecline:
            raise click.ClickException(
                "only one that waits is declined; `here-already` needs `--as` the id of one that is in, and nothing else does"
            ) from None
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
    """Organisations: add, list, verify, decline, correct, give a new join code. Staff verify organisations, never
    persons."""


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
    """Every organisation: id, verified, waiting or declined, name, mail domains."""
    tools = _tools()
    with tools.database.reading() as stores:
        cards = service.list_organisations(stores, tools.vault)
    for card in cards:
        if card.name:
            click.echo("\t".join([card.id, _state(card), card.name, " ".join(card.mail_domains)]).rstrip())


def _state(card: service.OrganisationCard) -> str:
    if card.declined:
        return f"declined ({card.declined.why})"
    return "company" if card.is_company else "verified" if card.verified else "waiting"


@organisations.command("verify")
@click.argument("organisation_id")
def verify(organisation_id: str) -> None:
    """Let an organisation in; its waiting people are told, and become members when they next sign in."""
    tools = _tools()
    with tools.database.transaction("identity", "content") as stores:
        service.verify_organisation(stores, tools.vault, organisation_id=organisation_id, rng=SystemRandom())
        tell_waiting(
            stores, tools.vault, tools.post_office_public, organisation_id=organisation_id, window=tools.window
        )
        _note(stores, tools, "organisation.verified")
    click.echo("verified")


@organisations.command("decline")
@click.argument("organisation_id")
@click.option("--why", required=True, type=click.Choice(WHYS), help="its waiting people read it on their own page")
@click.option("--as", "instead", default="", help="the id of the organisation it is, where it is here already")
@click.option("--keep-name/--forget-name", default=True, help="whether that one goes by this name too; it does")
def decline(organisation_id: str, why: Why, instead: str, keep_name: bool) -> None:
    """Do not let an organisation in; its waiting people are told, and choose another or leave."""
    tools = _tools()
    with tools.database.transaction("identity", "content") as stores:
        decline_one(
            stores, tools.vault, organisation_id=organisation_id, why=why, instead=instead, keep_name=keep_name,
            today=today(tools.clock.now()),
        )  # fmt: skip
        tell_waiting(
            stores, tools.vault, tools.post_office_public, organisation_id=organisation_id, window=tools.window
        )
        _note(stores, tools, "organisation.declined")
    click.echo("declined")


@organisations.command("undo-decline")
@click.argument("organisation_id")
def undo_decline(organisation_id: str) -> None:
    """Let an organisation wait again, while somebody still waits there."""
    tools = _tools()
    with tools.database.transaction("identity") as stores:
        take_decline_back(stores, tools.vault, organisation_id=organisation_id)
        _note(stores, tools, "organisation.decline-undone")
    click.echo("waiting")


@organisations.command("correct")
@click.argument("organisation_id")
@click.option("--name", help="what it is called from now on")
@click.option("--alias", "aliases", multiple=True, help="its other names, in the place of all it had")
@click.option("--site", "sites", multiple=True, help="its sites, in the place of all it had")
@click.option("--mail-domain", "mail_domains", multiple=True, help="its mail domains, in the place of all it had")
@click.option("--clear", multiple=True, type=click.Choice(LISTS), help="leave none of these")
@click.option("--keep-name/--forget-name", default=True, help="whether the name it had stays as an alias; it does")
def correct(
    organisation_id: str,
    name: str | None,
    aliases: tuple[str, ...],
    sites: tuple[str, ...],
    mail_domains: tuple[str, ...],
    clear: tuple[str, ...],
    keep_name: bool,
) -> None:
    """Put right what an organisation goes by. What is not given stays.

    Names, aliases and sites are marked in members' texts; names and aliases leave it out of a question. What it was
    called before still leaves it out. What is published stays hidden from the same people.
    """
    tools = _tools()
    with tools.database.transaction("identity") as stores:
        now = service.get_organisation(stores, tools.vault, organisation_id)
        given = dict(zip(LISTS, (aliases, sites, mail_domains), strict=True))
        after = {one: () if one in clear else words or getattr(now, one) for one, words in given.items()}
        entry = NewOrganisation(name or now.name, after["aliases"], after["sites"], after["mail_domains"])
        correct_words(stores, tools.vault, organisation_id=organisation_id, entry=entry, keep_name=keep_name)
        _note(stores, tools, "organisation.corrected")
    click.echo("corrected")


@organisations.command("code")
@click.argument("organisation_id")
def new_code(organisation_id: str) -> None:
    """A new join code; the old one stops working."""
    tools = _tools()
    with tools.database.transaction("identity") as stores:
        code = service.renew_join_code(stores, tools.vault, organisation_id=organisation_id)
        _note(stores, tools, "organisation.code-changed")
    click.echo(f"join code {code}")
