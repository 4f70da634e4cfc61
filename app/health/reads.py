"""What the page shows: published quarters, and figures with the decision each serves."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.db import Stores
from app.health.models import HealthReport


@dataclass(frozen=True, slots=True)
class HealthCard:
    """One quarter as it was published."""

    quarter: str
    day: date
    figures: Mapping[str, Any]


def published(stores: Stores, *, most: int = 8) -> list[HealthCard]:
    """The newest quarters, newest first."""
    rows = stores.content.scalars(select(HealthReport).order_by(HealthReport.quarter.desc()).limit(most))
    return [HealthCard(row.quarter, date.fromordinal(row.day), json.loads(row.body)) for row in rows]
