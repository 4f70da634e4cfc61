"""The plan of a period to come, for the network's domain file and public size. The same size gives the same plan."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

import numpy as np

from app.accounts.population import each_member
from app.db import Stores
from app.domains.trade import Trade
from app.sealing import Vault
from privacy.answers import answers, plain
from privacy.networks import ASSUMED, Sample
from privacy.planning import Year, band_of, best_year, least_of, plan_of, season_of, ways
from privacy.plans import Depth, Plan

SEED: Final = 2026  # of the made-up network; any would do


def network_size(stores: Stores, vault: Vault, trade: Trade, *, today: date) -> int:
    """Verified organisations with somebody active. Said in public as a band only."""
    return len({member.organisation for member in each_member(stores, vault, trade, today=today)})


def next_plan(trade: Trade, *, period: str, organisations: int, published: date, depth: Depth | None = None) -> Plan:
    """The plan of a quarter ("2027Q1") or year ("2027"), and which questions its report will answer; nothing but the
    band of `organisations` goes into it.

    `depth` when what is told apart is decided already. Takes seconds when a band is asked for the first time.
    """
    band = band_of(organisations)
    groups, topics = taxonomy(trade)
    year = _chosen(groups, topics, least_of(band), depth)
    plan = plan_of(year, _sample(groups, topics), period=period, band=band, published=published.isoformat())
    told = {"answers": plain(answers(year, [season_of(year, period)]))} if plan.expected else {}
    return replace(plan, expected={**plan.expected, **told})


def taxonomy(trade: Trade) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keys of the groups and of the topics of a domain file, in its order."""
    return tuple(group.key for group in trade.groups), tuple(topic.key for topic in trade.topics)


def outlooks(trade: Trade, organisations: int, depth: Depth | None = None) -> Iterator[Year]:
    """For a network of exactly this size, the best year of each way to count needs, one after the other."""
    sample = _sample(*taxonomy(trade))
    for way in ways(depth):
        yield best_year(sample, organisations, way)


@cache
def _sample(groups: Sequence[str], topics: Sequence[str]) -> Sample:
    return Sample(ASSUMED, groups, topics, np.random.default_rng(SEED))


@cache
def _chosen(groups: Sequence[str], topics: Sequence[str], organisations: int, depth: Depth | None) -> Year:
    sample = _sample(groups, topics)
    return max((best_year(sample, organisations, way) for way in ways(depth)), key=lambda year: year.rank)
