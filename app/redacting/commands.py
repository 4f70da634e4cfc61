"""`shiome redact`: thin like routes. Reads no setting, no database and no key."""

from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from app.redacting.lines import Unusable, read_names, redact_lines, refuse_same, whole_or_not
from app.redacting.names import SudachiNames
from privacy.redaction import Gazetteer, Redactor

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("redact")
@click.argument("source", metavar="IN.jsonl", type=FILE)
@click.option(
    "--out", "target", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Spans, a line each."
)
@click.option("--organisations", type=FILE, help="One organisation name or alias a line.")
def redact(source: Path, target: Path, organisations: Path | None) -> None:
    """Mark identifying words: {"id", "lang", "text"} a line becomes {"id", "spans": [{"start", "end", "label"}]}.

    Offsets count code points. Without "lang", or with another than ja and en, the script of the text decides. A line
    that cannot be used is named by its number and left out; the others are done, and the exit code is 1. OUT appears
    when it is whole. Needs no settings, database or keys.
    """
    try:
        refuse_same(source, target)
        redactor = Redactor(read_names(organisations) if organisations else Gazetteer.of(()), SudachiNames())
        good, bad = _run(redactor, source, target)
    except Unusable as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or source}: {error.strerror}") from None
    click.echo(f"{good} lines redacted into {target}, {bad} left out")
    if bad:
        raise SystemExit(1)


def _run(redactor: Redactor, source: Path, target: Path) -> tuple[int, int]:
    columns = (TextColumn("redact"), BarColumn(), DownloadColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    with Progress(*columns, console=console) as bar, source.open("rb") as lines, whole_or_not(target) as out:
        task = bar.add_task("redact", total=source.stat().st_size or None)
        return redact_lines(
            redactor,
            lines,
            out,
            passed=lambda size: bar.advance(task, size),
            broken=lambda number, why: console.print(f"{escape(source.name)}: line {number}: {why}; left out"),
        )
