"""What the page shows: one's own answers, and what was published."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.db import Stores
from app.sealing import Vault
from app.survey.models import SurveyAnswer, SurveyResult
from app.survey.service import label_of, open_all


@dataclass(frozen=True, slots=True)
class PublishedSurvey:
    """One year: bands, "at least so many"; 0 is under ten, or of fewer than three organisations."""

    year: int
    all: int
    answers: Mapping[str, Mapping[str, int]]


def own_answers(stores: Stores, vault: Vault, *, viewer: Viewer, today: date) -> Mapping[str, str] | None:
    """What the viewer answered this year, or None."""
    rows = open_all(stores, vault, [label_of(viewer.secret, today.year)])
    return rows[0].answers if rows else None


def has_answered(stores: Stores, *, viewer: Viewer, today: date) -> bool:
    """Whether the viewer has answered this year."""
    return stores.content.get(SurveyAnswer, label_of(viewer.secret, today.year)) is not None


def published(stores: Stores) -> list[PublishedSurvey]:
    """Every year, the newest first."""
    rows = stores.content.scalars(select(SurveyResult).order_by(SurveyResult.year.desc()))
    return [PublishedSurvey(row.year, **json.loads(row.body)) for row in rows]
