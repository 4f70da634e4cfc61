"""`shiome replay` and `shiome import`: thin like routes."""

import os
from pathlib import Path
from typing import Final

import click
from sqlalchemy.exc import OperationalError

from app.domains.opening import open_network
from app.domains.trade import Trade
from app.history.cache import CacheUnusable
from app.history.cleaning import Cleaner
from app.history.files import ANSWERS, History, NoHistory, read_history, reasons
from app.history.loading import Loader
from app.history.progress import bars
from app.history.replaying import Busy, Replayer
from app.history.rules import Topics, refuse_more, wholes
from app.history.side_by_side import MOST, SideBySide
from app.history.source import make_source
from app.history.writing import Counts, Writer
from app.redacting.service import redactor
from app.settings import read_settings
from app.wiring import Toolbox
from matching.encoder import Encoder, EncoderError, make_encoder

DATA_DIR = click.argument("folder", metavar="DATA_DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
CACHE_NAME = ".shiome-vectors"
NAMED: Final = 20  # refused lines that are named each, before the rest is counted


@click.command("replay")
@click.argument(
    "folders",
    metavar="DATA_DIR...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Rankings, a line each.")
@click.option("--json", "as_json", is_flag=True, help="Print a summary as one line of JSON.")
@click.option("--encoder", default="bundled", show_default=True, help="As the setting SHIOME_ENCODER.")
@click.option(
    "--cache", type=click.Path(file_okay=False, path_type=Path), help=f"Vectors; default {CACHE_NAME} beside --out."
)
def replay(folders: tuple[Path, ...], out: Path, as_json: bool, encoder: str, cache: Path | None) -> None:
    """Rank, for each of the last fifth of a history's questions, who would answer it.

    Several histories are the domains of one network: each question is ranked with the domain key and without it.

    Each is ranked knowing only what is dated before it. Needs no settings, database or keys. Safe to stop: started
    again it goes on. Only the head of a long text is embedded, 200 kana or kanji or 500 Latin letters.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)  # before minutes of embedding, not after
        with bars() as bar:
            summary, histories = Replayer(
                folders, out, encoder_of(encoder), cache or out.parent / CACHE_NAME, bar
            ).run()
    except (NoHistory, CacheUnusable, Busy, OSError) as error:
        raise click.ClickException(str(error)) from None
    for history in histories:
        tell_refused(history)
    if as_json:
        click.echo(summary.as_json())
        return
    click.echo(f"{sum(one.ranked for one in summary.results)} questions ranked into {out}")
    for one in summary.results:
        which = "" if len(summary.results) == 1 else f"{one.data if one.domain_key else 'without the domain key'}: "
        click.echo(f"{which}mean reciprocal rank over {one.scored}: best {one.best_mrr}, any {one.any_mrr}")


@click.command("import")
@DATA_DIR
@click.option("--subject", default="", metavar="KEY", help="Subject all of it belongs to; the domain file's first.")
@click.option("--topic", default="", metavar="KEY", help="Topic of questions none of whose tags names one.")
@click.option("--batch", default=20, show_default=True, type=click.IntRange(1, 1000), help="Questions a transaction.")
@click.option("--embed", is_flag=True, help="Embed at once instead of leaving it to the worker.")
def import_history(folder: Path, subject: str, topic: str, batch: int, embed: bool) -> None:
    """Load a public question-and-answer history as the past of one subject.

    Its people become imported experts: evidence for the router, never asked anything. Names of people, addresses, phone
    numbers and the network's organisations are replaced in what is stored. Safe to stop: started again it
    adds what is missing and nothing twice.
    """
    settings = read_settings()
    try:
        tools = open_network(settings)
        subject = subject or next(iter(tools.trade.subjects))
        _check_keys(tools.trade, subject, topic)
        history = refuse_more(read_history(folder), tools.clock.now())
        tell_refused(history)
        counts = _load(tools, history, subject, topic, batch, embed)
    except NoHistory as error:
        raise click.ClickException(str(error)) from None
    except OperationalError as error:
        # the statement's values stay out of the message
        raise click.ClickException(f"{settings.data_dir}: {error.orig}; run `shiome migrate`") from None
    _tell_counts(counts, history)


def _load(tools: Toolbox, history: History, subject: str, topic: str, batch: int, embed: bool) -> Counts:
    with tools.database.reading() as stores:
        source = make_source(stores, tools.vault, name=history.name, subject=subject)
    writer = Writer(
        tools.vault,
        tools.trade,
        source,
        Topics(tools.trade, subject, topic),
        tools.settings.window_seconds,
        tools.window,
        _cleaner(tools),
    )
    loader = Loader(tools.database, writer, tools.encoder if embed else None)
    with bars() as bar:
        bar.begin("questions", len(history.questions))
        return loader.load(wholes(history), batch=batch, done=lambda number: bar.advance("questions", number))


def _cleaner(tools: Toolbox) -> Cleaner:
    with tools.database.reading() as stores:
        return Cleaner(redactor(stores, tools.vault, tools.names))


def _check_keys(trade: Trade, subject: str, topic: str) -> None:
    if subject not in trade.subjects:
        raise click.BadParameter(f"one of: {', '.join(trade.subjects)}", param_hint="--subject")
    topics = [one.key for one in trade.topics_of(subject)]
    if topic and topic not in topics:
        raise click.BadParameter(f"one of: {', '.join(topics)}", param_hint="--topic")


def _tell_counts(counts: Counts, history: History) -> None:
    click.echo(f"questions: {counts.questions} imported, {counts.questions_before} were there already")
    click.echo(f"answers: {counts.answers} imported")
    click.echo(f"askers' own answers, as follow-ups: {counts.followups} imported")
    click.echo(f"answers and follow-ups that were there already: {counts.posts_before}")
    click.echo(f"lines refused: {len(history.refused)}")


def tell_refused(history: History) -> None:
    """Say on stderr what was left out: the first 20 lines by number, the rest by reason, and loudly if no answer is left."""
    for one in history.refused[:NAMED]:
        click.echo(str(one), err=True)
    if rest := history.refused[NAMED:]:
        click.echo(f"{len(rest)} more lines were refused: {reasons(rest)}", err=True)
    lost = [one for one in history.refused if one.file == ANSWERS]
    if lost and not history.answers:
        click.echo(
            f"WARNING: {ANSWERS}: every line was refused, so nobody is known to have answered anything", err=True
        )
        click.echo(f"WARNING: {ANSWERS}: {reasons(lost)}", err=True)


def encoder_of(spec: str) -> Encoder:
    """The encoder of a specification, the bundled one on every core. Raises ClickException."""
    cores = min(os.cpu_count() or 1, MOST) if spec == "bundled" else 1
    try:
        return SideBySide([make_encoder(spec) for _ in range(cores)]) if cores > 1 else make_encoder(spec)
    except EncoderError as error:
        raise click.ClickException(str(error)) from None
