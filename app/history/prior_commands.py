"""The command that makes the ranker's prior."""

import sys
from pathlib import Path

import click

from app.history.cache import CacheUnusable
from app.history.commands import CACHE_NAME, encoder_of
from app.history.files import NoHistory
from app.history.fitting import HALVES, Community, fit_communities, observe_community, written
from app.history.progress import bars
from matching.encoder import Encoder

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("fit-prior")
@click.argument("folders", metavar="DATA_DIR...", nargs=-1, required=True, type=FOLDER)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The module to write.")
@click.option(
    "--part", default=0.8, show_default=True, type=click.FloatRange(0.1, 1.0), help="First share to learn from."
)
@click.option("--seed", default=1, show_default=True, type=int, help="Which random halves of each history count too.")
@click.option("--encoder", default="bundled", show_default=True, help="As the setting SHIOME_ENCODER.")
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), help=f"Vectors; default {CACHE_NAME}.")
@click.option(
    "--date", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day that is written into it."
)
def fit_prior(
    folders: tuple[Path, ...], out: Path, part: float, seed: int, encoder: str, cache: Path | None, day: click.DateTime
) -> None:
    """Fit what each signal of the ranker counts, on the first part of public histories, each counting the same.

    Write it over matching/prior.py. The same histories, seed and date give the same bytes.
    """
    engine = encoder_of(encoder)
    try:
        communities = _observed(folders, engine, cache or out.parent / CACHE_NAME, part, seed)
    except (NoHistory, CacheUnusable) as error:
        raise click.ClickException(str(error)) from None
    command = f"shiome fit-prior {' '.join(one.name for one in communities)} --part {part} --seed {seed} --date {day:%Y-%m-%d}"
    provenance = {
        "communities": tuple(_described(one) for one in communities),
        "encoder": engine.name,
        "part": part,
        "halves": HALVES,
        "seed": seed,
        "date": f"{day:%Y-%m-%d}",
        "command": command,
    }
    out.write_text(written(fit_communities(communities), provenance), encoding="utf-8")
    sys.stderr.write(f"{sum(len(one.outcomes[0]) for one in communities)} outcomes into {out}\n")


def _observed(folders: tuple[Path, ...], encoder: Encoder, cache: Path, part: float, seed: int) -> list[Community]:
    found = []
    with bars() as bar:
        bar.begin("histories", len(folders))
        for folder in folders:
            found.append(observe_community(folder, encoder, cache, part=part, seed=seed, done=lambda _: None))
            bar.advance("histories", 1)
    return found


def _described(one: Community) -> str:
    counts = f"{one.questions} questions, {one.answers} answers, {len(one.outcomes[0])} outcomes"
    return f"{one.name}: {counts}; {one.licence}"
