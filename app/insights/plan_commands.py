"""`shiome insights plan`: with which plan the reports of a network of some size say the most, and what they will say."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

import click
from rich.console import Console
from rich.table import Table

from app.clock import today
from app.errors import Conflict
from app.history.progress import bars
from app.insights.answers import rows
from app.insights.planning import network_size, next_plan, outlooks
from app.insights.service import publish_plan
from app.web.i18n import speaking
from app.wiring import Toolbox
from privacy.answers import Answer, answers, term_answer
from privacy.networks import ASSUMED
from privacy.planning import Outlook, Year, band_of, least_of, ways
from privacy.plans import MICRO, PERIOD, Depth, Plan, next_period, quarter_of
from privacy.reports import MEASURES

BEST: Final = 5
WIDE: Final = 160  # where there is no terminal to ask


def _tools() -> Toolbox:
    opener: Callable[[], Toolbox] = click.get_current_context().obj
    return opener()


@click.group()
def insights() -> None:
    """Reports of what organisations need."""


def _period(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is not None and not PERIOD.fullmatch(value):
        raise click.BadParameter("a quarter such as 2027Q1, or a year such as 2027")
    return value


@insights.command("plan")
@click.option("--organisations", type=click.IntRange(min=1), help="Size of the network; without it, this one's.")
@click.option(
    "--quarter",
    "period",
    callback=_period,
    help="The quarter or year it is for, such as 2027Q1; without it, the next quarter.",
)
@click.option(
    "--cells", "depth", type=click.Choice(["topic", "group", "group-topic"]), help="Decide what is told apart."
)
@click.option("--publish", is_flag=True, help="Let everybody read it. It stands from then on, and cannot be changed.")
def plan(organisations: int | None, period: str | None, depth: Depth | None, publish: bool) -> None:
    """Simulate a network of this size, and choose cells, limit and budget for the most figures within 25 %.

    Only the public band of the size goes into a plan, and nothing that members did.
    """
    tools, console = _tools(), Console() if Console().is_terminal else Console(width=WIDE)
    day = today(tools.clock.now())
    with tools.database.reading() as stores:
        size = organisations or network_size(stores, tools.vault, tools.trade, today=day)
    band = band_of(size)
    years = _simulate(tools, least_of(band), depth)
    chosen = next_plan(
        tools.trade, period=period or next_period(quarter_of(day)), organisations=size, published=day, depth=depth
    )
    console.print(
        f"Band {band}: planned for {least_of(band)} organisations, about {ASSUMED.questions:g} questions each."
    )
    console.print(_best(years[:BEST]))
    console.print(_season(years[0]))
    console.print(_answers([*answers(years[0], years[0].quarters), term_answer(years[0])]))
    console.print(_words(chosen))
    if publish:
        _publish(tools, chosen, day)
        console.print(f"published: the plan of {chosen.period}")


def _publish(tools: Toolbox, chosen: Plan, day: date) -> None:
    try:
        with tools.database.transaction("content") as stores:
            publish_plan(stores, plan=chosen, today=day)
    except Conflict:
        raise click.ClickException(
            f"{chosen.period} has a plan already, is over, or has no key yet: the reporter makes one a quarter ahead"
        ) from None


def _simulate(tools: Toolbox, organisations: int, depth: Depth | None) -> list[Year]:
    found = []
    with bars() as progress:
        progress.begin("simulating", sum(1 for _ in ways(depth)))
        for year in outlooks(tools.trade, organisations, depth):
            found.append(year)
            progress.advance("simulating", 1)
    return sorted(found, key=lambda year: year.rank, reverse=True)


def _best(years: Sequence[Year]) -> Table:
    """The best ways to count, the chosen one first."""
    measures = MEASURES["need"]
    heads = (
        "cells",
        "limit",
        *(f"{name}, a report" for name in measures),
        *(f"{name}, mean" for name in measures),
    )
    table = Table("", *heads, title="Figures within 25 % of the truth at 95 %, before the limit (after it)")
    for number, year in enumerate(years):
        need = _fullest(year)
        table.add_row(
            "chosen" if not number else "", year.way.depth, str(year.way.limit),
            *(_held(need, name) for name in measures), *(_held(year.mean, name) for name in measures),
        )  # fmt: skip
    return table


def _season(year: Year) -> Table:
    table = Table(
        "period", "ε of needs", "beside", "ε", "cells", "figures that hold", title="The chosen one, period by period"
    )
    for number, season in enumerate(year.quarters, 1):
        beside = season.beside
        right = (season.second, f"{beside.micro / MICRO:g}", beside.way.depth) if beside else ("nothing", "", "")
        holds = f"{season.need.holds} + {beside.holds}" if beside else f"{season.need.holds}"
        table.add_row(
            f"Q{number}" if year.over == 1 else f"year {number}", f"{season.need.micro / MICRO:g}", *right, holds
        )
    return table


def _answers(found: Sequence[Answer]) -> Table:
    table = Table("the company asks", "", "a report of this size says", title="What it can tell")
    with speaking("en"):
        for one, (question, figure) in zip(found, rows(found), strict=True):
            table.add_row(question, "yes" if one.yes else "no", figure)
    return table


def _fullest(year: Year) -> Outlook:
    return max((season.need for season in year.quarters), key=lambda need: need.micro)


def _held(release: Outlook, measure: str) -> str:
    figures = [one for one in release.figures if one.measure == measure]
    after = sum(one.holds_after for one in figures)
    return f"{sum(one.holds for one in figures)} ({after}) of {len(figures)}"


def _words(chosen: Plan) -> str:
    made = ", ".join(f"{kind} ε {chosen.micro_epsilon(kind) / MICRO:g}" for kind in chosen.kinds)
    return f"Plan of {chosen.period}: {chosen.depth}, at most {chosen.limit} cells an organisation; {made or 'no release'}."
