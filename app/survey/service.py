"""Use cases: answer, close a year."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, select

from app.accounts.viewer import Viewer
from app.db import Stores
from app.sealing import Vault
from app.survey.models import SurveyAnswer, SurveyResult
from app.survey.rules import PARTING, QUESTIONS, band_of, check_answers, years_over
from privacy.pseudonyms import MemberSecret, new_id, unique_label

PAD: Final = 1024
YEARS: Final = range(2026, 2126)


@dataclass(frozen=True, slots=True)
class YearlyAnswers:
    """A row, opened."""

    label: str
    year: int
    answers: Mapping[str, str]
    circles: frozenset[str]


def label_of(secret: MemberSecret, year: int) -> str:
    """The row of one member and year."""
    return unique_label(secret, "survey", str(year))


def labels(secret: MemberSecret) -> list[str]:
    """Where a member's answers may stand: answers of a year that is over are gone."""
    return [label_of(secret, year) for year in YEARS]


def answer(stores: Stores, vault: Vault, *, viewer: Viewer, answers: Mapping[str, str], today: date) -> None:
    """Put the viewer's answers in the place of those before; writes content."""
    label = label_of(viewer.secret, today.year)
    value = {"year": today.year, "answers": check_answers(answers), "circles": sorted(viewer.own_circles)}
    sealed = vault.seal(value, table="survey_answers", column="sealed", row=label, pad=PAD)
    stores.content.merge(SurveyAnswer(label=label, sealed=sealed))


def note_parting(stores: Stores, vault: Vault, *, viewer: Viewer, why: str, today: date, month: int) -> None:
    """What somebody who has left gave as their reason, under a label nobody can make again; published with the survey
    that comes next. Writes content; an answer that is none is nothing."""
    if why not in PARTING.options:
        return
    year = today.year + (today.month > month)
    value = {"year": year, "answers": {PARTING.key: why}, "circles": sorted(viewer.own_circles)}
    label = str(new_id())
    sealed = vault.seal(value, table="survey_answers", column="sealed", row=label, pad=PAD)
    stores.content.add(SurveyAnswer(label=label, sealed=sealed))


def drop(stores: Stores, *, label: str) -> None:
    """Take one member's answers away; writes content."""
    stores.content.execute(delete(SurveyAnswer).where(SurveyAnswer.label == label))


def close(stores: Stores, vault: Vault, *, today: date, month: int) -> list[int]:
    """Publish each year that is over, once, and let its answers go; writes content. Gives the years."""
    rows = open_all(stores, vault)
    over = years_over((row.year for row in rows), today, month)
    for year in over:
        mine = [row for row in rows if row.year == year]
        if stores.content.get(SurveyResult, year) is None:
            stores.content.add(SurveyResult(year=year, body=json.dumps(_bands(mine), sort_keys=True)))
        for row in mine:
            drop(stores, label=row.label)
    return over


def open_all(stores: Stores, vault: Vault, labels: Collection[str] | None = None) -> list[YearlyAnswers]:
    """Every row, or those under the labels."""
    rows = select(SurveyAnswer) if labels is None else select(SurveyAnswer).where(SurveyAnswer.label.in_(labels))
    return [_open(vault, row) for row in stores.content.scalars(rows)]


def _open(vault: Vault, row: SurveyAnswer) -> YearlyAnswers:
    found: dict[str, Any] = vault.open(row.sealed, table="survey_answers", column="sealed", row=row.label)
    return YearlyAnswers(row.label, found["year"], found["answers"], frozenset(found["circles"]))


def _bands(rows: list[YearlyAnswers]) -> dict[str, Any]:
    """Question -> answer -> band, and the band of all who answered; who has left was asked something else."""
    stayed = [row for row in rows if PARTING.key not in row.answers]
    left = [row for row in rows if PARTING.key in row.answers]
    return {
        "all": band_of(row.circles for row in stayed),
        "answers": {
            one.key: {
                option: band_of(row.circles for row in asked if row.answers.get(one.key) == option)
                for option in one.options
            }
            for one, asked in (*((one, stayed) for one in QUESTIONS), *([(PARTING, left)] if left else []))
        },
    }
