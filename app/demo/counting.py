"""The fictional network is counted as a real one is: by the reporter, on the days on which it would have worked.

Its keys, plans, noise, ledger and releases are the real ones; only the clock it looks at stands in the past.
"""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from app.clock import JAPAN, SetClock
from app.db import Stores
from app.demo.plan import SLOTS, Plan
from app.insights.keyring import ReporterKeys
from app.insights.reporter import Reporter
from app.insights.service import PUBLISHED_DAYS
from app.jobs import queue
from app.tallies import service as tallies
from app.wiring import Toolbox
from privacy.plans import first_day, next_period, quarter_of, release_day

QUARTERS: Final = 4  # counted: the one that runs, and those before it
EVERY: Final = 100_000


def working_days(plan: Plan) -> Mapping[int, date]:
    """Slot before which the reporter works -> the day it then is: the first of all, and of each quarter the day on
    which the plan of the next is due, and the day of its report."""
    quarter = quarter_of(plan.today)
    quarters = [quarter]
    while len(quarters) < QUARTERS:
        quarters.insert(0, quarter_of(first_day(quarters[0]) - timedelta(days=1)))
    days = [first_day(quarters[0])]
    for one in quarters:
        days += [first_day(next_period(one)) - timedelta(days=PUBLISHED_DAYS), release_day(one)]
    slots = {SLOTS - 2 * (plan.today - day).days: day for day in days}
    return {slot: day for slot, day in sorted(slots.items()) if 0 <= slot < SLOTS}


def report(tools: Toolbox, day: date) -> None:
    """A day's work of the reporter."""
    morning = SetClock(datetime.combine(day, time(5), JAPAN).timestamp())
    Reporter(replace(tools, clock=morning), ReporterKeys(tools.settings.reporter_folder)).work()


def put_down(stores: Stores, tools: Toolbox) -> None:
    """Lay down the boxes that were left so far, as the worker does. Writes content."""
    tasks = queue.waiting(stores, tools.vault, tallies.KIND, window=tools.window, most=EVERY)
    boxes = [(one.payload["period"], one.payload["tally"]) for one in tasks]
    random.SystemRandom().shuffle(boxes)
    tallies.put_down(stores, boxes)
