"""How long questions of a group wait for a first answer: one band a group, counted at night, told to askers.

A band is published only where no single thread decides it: with any one of them left out, or one more, the middle lies in
the same band. Where it does not, the band from before stays as long as it is still one of those the middle may lie in.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import inf
from typing import Final

from sqlalchemy import select

from app.db import Stores
from app.domains.reads import find_network, waits_of
from app.domains.trade import Trade
from app.questions.models import Thread
from app.queues.experts import open_profile
from app.queues.models import Expert
from app.queues.rules import Now
from app.sealing import Vault
from app.vectors.store import evidence_on

EDGES: Final = (0, 4, 8, 12, 24, 48, 96, 168)  # hours
FEWEST_ANSWERED: Final = 10  # questions of a group
FEWEST_EXPERTS: Final = 5
DAYS: Final = 180  # back
SETTLED_DAYS: Final = 7  # a younger question may still be answered
PAD: Final = 1024
BATCH: Final = 500

Band = tuple[int, int]


def count_waits(stores: Stores, vault: Vault, trade: Trade, *, now: Now) -> dict[str, Band]:
    """The bands as they should be told, by group. Writes nothing."""
    before, found = waits_of(stores, vault), {}
    waited = _waited(stores, vault, now)
    for group, experts in _experts(stores, vault, now).items():
        band = next_band(waited.get(group, ()), before.get(group)) if experts >= FEWEST_EXPERTS else None
        if band is not None and group in {one.key for one in trade.groups}:
            found[group] = band
    return found


def publish_waits(stores: Stores, vault: Vault, bands: Mapping[str, Band]) -> None:
    """Put them in the place of what was told; writes content."""
    row = find_network(stores)
    if row is not None:
        row = stores.content.merge(row)
        value = {group: list(band) for group, band in bands.items()}
        row.sealed_waits = vault.seal(value, table="network", column="sealed_waits", row=row.key, pad=PAD)


def next_band(hours: Sequence[float], before: Band | None = None) -> Band | None:
    """The band of the middle of these waits (infinite: not answered), or None where too few were answered, or the
    middle has none. Hours; the bands lie between EDGES."""
    if sum(one < inf for one in hours) < FEWEST_ANSWERED:
        return None
    waits, middle = sorted(hours), len(hours) // 2
    # with one left out or one more, every middle lies between these
    bands = {band_of(one) for one in waits[max(0, middle - 2) : middle + 2]}
    if len(bands) == 1:
        return bands.pop()
    return before if before in bands else None


def band_of(hours: float) -> Band | None:
    """The band this wait lies in; None beyond the last."""
    return next((band for band in pairwise(EDGES) if band[0] <= hours < band[1]), None)


def _waited(stores: Stores, vault: Vault, now: Now) -> dict[str, list[float]]:
    windows = round(1 / now.window_days)
    span = (now.window - DAYS * windows, now.window - SETTLED_DAYS * windows)
    query = select(Thread.id, Thread.group_key, Thread.published_window).where(
        Thread.published_window.between(*span), Thread.hidden.is_(False)
    )
    asked = {row[0]: (row[1], row[2]) for row in stores.content.execute(query)}
    threads, first = list(asked), dict[str, int]()
    for start in range(0, len(threads), BATCH):
        known = evidence_on(stores, vault, threads[start : start + BATCH])
        given = {one: (*it.answers, *it.aside) for one, it in known.items()}
        first |= {one: min(made.window for made in answers) for one, answers in given.items() if answers}
    found: dict[str, list[float]] = defaultdict(list)
    for thread, (group, window) in asked.items():
        found[group].append((first[thread] - window) * now.window_days * 24 if thread in first else inf)
    return found


def _experts(stores: Stores, vault: Vault, now: Now) -> dict[str, int]:
    """Experts who take questions, in that subject of each group which has the most: in one subject nobody counts twice."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in stores.content.scalars(select(Expert)):
        profile = open_profile(vault, row)
        if profile.capacity > 0 and profile.away_until <= now.today and not profile.rests(now.measures):
            counts[row.group_key][profile.subject] += 1
    return {group: max(one.values()) for group, one in counts.items()}
