"""How many people may have written a post, for somebody who saw who was at the screen and when the post appeared?

    python -m benchmarks.timing --members 378 --days 28 --posts 2000 --populations 5

Made-up presence with the rhythm of working days (privacy.attacks.timing.Rhythm), several populations; the real
publication rule. Printed for each audience: the 5th percentile of the anonymity set with its bootstrap interval, the
median, and how sure the attacker is of his best guess; then the broken rules.
"""

import argparse
from collections.abc import Iterator
from random import Random

from privacy.attacks.timing import (
    DAY_MINUTES,
    Rule,
    TimingResult,
    attack_times,
    publication_rule,
    simulate_presence,
    written_in,
)
from privacy.scopes import Audience
from privacy.times import Cadence

HOURLY = publication_rule(Audience.EXPERTS, Cadence())


def quiet_nights(minute: int) -> int:
    """Not the product's rule: experts hourly on working days, what comes at night at 08:00, weekends every 4 h."""
    day, hour = minute // DAY_MINUTES, minute % DAY_MINUTES // 60
    if not 8 <= hour < 20:
        return (day + (hour >= 20)) * DAY_MINUTES + 8 * 60
    return HOURLY(minute) if day % 7 < 5 else HOURLY(minute // 240 * 240 + 239)


RULES: dict[str, Rule] = {
    "asked experts, hourly": HOURLY,
    "domain members, every 4 h": publication_rule(Audience.DOMAIN, Cadence()),
    "everybody, every 4 h": publication_rule(Audience.ALL, Cadence()),
    "small network, daily": publication_rule(Audience.EXPERTS, Cadence(small=True)),
    "urgent, at once": publication_rule(Audience.EXPERTS, Cadence(), urgent=True),
    "if nights and weekends were collected": quiet_nights,
    "broken: the minute is shown": lambda minute: minute,
    "broken: always 4 h later": lambda minute: minute + 240,
}


def measure(members: int, days: int, posts: int, populations: int) -> Iterator[str]:
    drawn, working = [], []
    for seed in range(populations):
        presence = simulate_presence(Random(seed), members, days)
        written = written_in(Random(seed + 1000), presence, posts // populations)
        drawn.append((presence, written))
        working.append((presence, [minute for minute in written if in_working_hours(minute)]))
    for name, rule in RULES.items():
        parts = [attack_times(presence, written, rule) for presence, written in drawn]
        yield f"{name:46}{line_of(joined(parts))}"
    for name, rule in list(RULES.items())[:2]:
        parts = [attack_times(presence, written, rule) for presence, written in working]
        yield f"{name + ', in working hours':46}{line_of(joined(parts))}"


def in_working_hours(minute: int) -> bool:
    """Monday to Friday, 07:00 to 20:00."""
    return minute // DAY_MINUTES % 7 < 5 and 7 <= minute % DAY_MINUTES // 60 < 20


def joined(parts: list[TimingResult]) -> TimingResult:
    return TimingResult(tuple(n for one in parts for n in one.sizes), tuple(n for one in parts for n in one.surest))


def line_of(result: TimingResult) -> str:
    low, high = result.fifth_interval(Random(7))
    guess = sum(result.surest) / len(result.surest)
    return (
        f"5th percentile {result.fifth:4.0f} ({low:.0f} to {high:.0f}), median {result.median:4.0f}, "
        f"smallest {min(result.sizes)}, best guess right {guess:.1%}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    for name, usual in (("members", 378), ("days", 28), ("posts", 2000), ("populations", 5)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    given = parser.parse_args()
    for line in measure(given.members, given.days, given.posts, given.populations):
        print(line, flush=True)


if __name__ == "__main__":
    main()
