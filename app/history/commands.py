"""`shiome replay` and `shiome import`: thin like routes."""

from pathlib import Path

import click

from app.history.cache import CacheUnusable
from app.history.files import History, NoHistory
from app.history.progress import bars
from app.history.replaying import Busy, Replayer
from matching.encoder import Encoder, MissingEncoderLibraryError, UnknownEncoderError, make_encoder

DATA_DIR = click.argument("folder", metavar="DATA_DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
CACHE_NAME = ".shiome-vectors"


@click.command("replay")
@DATA_DIR
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Rankings, a line each.")
@click.option("--json", "as_json", is_flag=True, help="Print a summary as one line of JSON.")
@click.option("--encoder", default="bundled", show_default=True, help="As the setting SHIOME_ENCODER.")
@click.option(
    "--cache", type=click.Path(file_okay=False, path_type=Path), help=f"Vectors; default {CACHE_NAME} beside --out."
)
def replay(folder: Path, out: Path, as_json: bool, encoder: str, cache: Path | None) -> None:
    """Rank, for each of the last fifth of a history's questions, who would answer it.

    Each is ranked knowing only what is dated before it. Needs no settings, database or keys. Safe to stop: started
    again it goes on. Only the head of a long text is embedded, 200 kana or kanji or 500 Latin letters.
    """
    try:
        with bars() as bar:
            summary, history = Replayer(folder, out, _encoder(encoder), cache or out.parent / CACHE_NAME, bar).run()
    except (NoHistory, CacheUnusable, Busy, OSError) as error:
        raise click.ClickException(str(error)) from None
    tell_refused(history)
    if as_json:
        click.echo(summary.as_json())
    else:
        click.echo(f"{summary.ranked} questions ranked into {out}")
        click.echo(f"mean reciprocal rank over {summary.scored}: best {summary.best_mrr}, any {summary.any_mrr}")


def tell_refused(history: History) -> None:
    """Name every line that was left out, on stderr."""
    for one in history.refused:
        click.echo(str(one), err=True)


def _encoder(spec: str) -> Encoder:
    try:
        return make_encoder(spec)
    except (UnknownEncoderError, MissingEncoderLibraryError) as error:
        raise click.ClickException(str(error)) from None
