"""`python -m benchmarks.simulated_year [--seeds N] [--days N] [--encoder SPEC] [--out FOLDER]`

Who should be asked, over a year: the product's matching against a random choice in the domain, everybody who follows
the tag, and turns. Texts are the demo's own, embedded once into `--cache`; everything else is drawn from the seed.
"""

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks.simulated_year.charts import draw
from benchmarks.simulated_year.life import Year
from benchmarks.simulated_year.policies import ByLot, ByTag, ByTurns, Ours, Policy
from benchmarks.simulated_year.report import Figures, figures, table
from benchmarks.simulated_year.texts import NEIGHBOURS, read_cases
from benchmarks.simulated_year.world import Case, make_world
from matching.encoder import make_encoder


def policies(seed: int, dimension: int) -> list[Policy]:
    return [Ours(seed, dimension), ByLot(seed), ByTag(seed), ByTurns(seed)]


def run(cases: list[Case], *, seeds: int, days: int, first: int = 1) -> dict[str, list[Figures]]:
    """Each policy's years, one a seed; all of one seed live in the same world."""
    found: dict[str, list[Figures]] = {}
    for seed in range(first, first + seeds):
        world = make_world(cases, NEIGHBOURS, seed=seed, days=days)
        for policy in policies(seed, cases[0].vectors.shape[1]):
            started = time.perf_counter()
            year = Year(world, policy).run()
            found.setdefault(policy.name, []).append(figures(year))
            seconds = time.perf_counter() - started
            print(f"seed {seed}: {policy.name}: {len(year.threads)} questions, {seconds:.0f} s", flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--days", type=int, default=365, help="31 at least: an expert counts after a month")
    parser.add_argument("--encoder", default="bundled", help="as the setting SHIOME_ENCODER")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "shiome-year")
    parser.add_argument("--out", type=Path, help="folder for the charts")
    given = parser.parse_args()
    if given.days < 31:
        parser.error("nobody is an expert for a month in fewer than 31 days")
    cases = read_cases(make_encoder(given.encoder), given.cache)
    results = run(cases, seeds=given.seeds, days=given.days)
    print("\n".join(table(results)))
    if given.out:
        for path in draw(results, given.out, given.days):
            print(f"wrote {path}")


if __name__ == "__main__":
    main()
