"""`shiome privacy audit`: the attackers, let loose on the people of this network."""

import random
from collections.abc import Callable
from importlib.metadata import version

import click

from app.audit.about import TESTED, names, tested_words
from app.audit.attacking import ATTACKS, Plan, quick, run
from app.audit.reads import find_target
from app.audit.rules import Measure, Report
from app.audit.service import keep_report
from app.audit.words import interval_words, limit_words, measure_name, value_words
from app.clock import today
from app.domains.service import policy_of
from app.history.progress import bars
from app.web.i18n import speaking
from app.wiring import Toolbox


def _tools() -> Toolbox:
    opener: Callable[[], Toolbox] = click.get_current_context().obj
    return opener()


@click.group()
def privacy() -> None:
    """What this network promises, measured on it."""


@privacy.command("audit")
@click.option(
    "--quick", "is_quick", is_flag=True, help="Fewer tries, and without the dump: seconds instead of minutes."
)
@click.option("--seed", type=int, help="The same seed tries the same; without it, today's date.")
def audit(is_quick: bool, seed: int | None) -> None:
    """Attack this network's people, open table and labels; store what came of it for /privacy-report.

    Only reads, but for that one row. Ends with 1 when a promised number was missed.
    """
    tools = _tools()
    report = make_report(tools, is_quick=is_quick, seed=seed)
    with tools.database.transaction("content") as stores:
        keep_report(stores, tools.vault, report=report)
    with speaking("en"):
        for measure in report.measures:
            click.echo(_line(measure))
        for one in TESTED:
            click.echo(f"{names()[one.key]}: {tested_words(one)} ({one.day}, {one.command})")
    click.echo(f"seed {report.seed}; the report is on /privacy-report")
    if report.missed or not report.measures:
        missed = ", ".join(one.key for one in report.missed) or "nobody is active here yet"
        raise click.ClickException(f"not as promised: {missed}")


def make_report(tools: Toolbox, *, is_quick: bool, seed: int | None) -> Report:
    """Run every attack, with a bar on stderr."""
    day = today(tools.clock.now())
    chosen = day.toordinal() if seed is None else seed
    plan = quick(chosen) if is_quick else Plan(chosen)
    with bars() as shown:
        shown.begin("attacks", len(ATTACKS) + 1)
        with tools.database.reading() as stores:
            target = find_target(
                stores, tools.vault, tools.trade, policy=policy_of(tools.settings), today=day,
                with_dump=not is_quick, rng=random.Random(chosen),  # noqa: S311  an audit can be done again
            )  # fmt: skip
        shown.advance("attacks", 1)
        measures = run(target, plan, lambda _: shown.advance("attacks", 1))
    return Report(day, chosen, version("shiome"), is_quick, measures)


def _line(measure: Measure) -> str:
    verdict = {True: "held", False: "MISSED", None: ""}[measure.met]
    promised = f"  promised: {limit_words(measure)}" if measure.limit is not None else ""
    words = (f"{value_words(measure)}{promised}", verdict, interval_words(measure))
    return "  ".join([f"{measure_name(measure.key)}:", *(word for word in words if word)])
