"""Does every question come to an end that its author is told of, and is nobody worn out?

A month of a network that does not exist, under a moved clock: the real worker and post office with a real mail server,
questions of every kind, and one day on which both stand still.

    python -m benchmarks.simulated_month --days 30
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.journeys.month import month
from tests.journeys.month_judged import judge


def main() -> int:
    """Live it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=30, help="days on which questions are asked")
    parser.add_argument("--tail", type=int, default=15, help="days after them")
    parser.add_argument("--a-day", type=int, default=3, help="questions a day")
    parser.add_argument("--outage", type=int, default=12, help="the day on which worker and post office stand still")
    chosen = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, month(Path(folder)) as found:
        found.run(days=chosen.days, tail=chosen.tail, a_day=chosen.a_day, outage=chosen.outage)
        judged = judge(found)
    print("\n".join(judged.lines()))
    print(f"{time.monotonic() - began:.0f} s")
    print("\n".join(judged.silent))
    return 1 if judged.silent or any(judged.twice.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
