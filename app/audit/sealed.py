"""A report at rest: JSON, sealed and padded."""

from dataclasses import asdict
from datetime import date
from typing import Any, Final

from app.audit.models import Audit
from app.audit.rules import Band, Measure, Report
from app.sealing import Vault

PAD: Final = 8192


def seal_report(vault: Vault, report: Report, row_id: str) -> Audit:
    """A row that holds this report."""
    value = {**asdict(report), "day": report.day.toordinal()}
    return Audit(id=row_id, sealed=vault.seal(value, table="audits", column="sealed", row=row_id, pad=PAD))


def open_report(vault: Vault, row: Audit) -> Report:
    """The report of a row."""
    found: dict[str, Any] = vault.open(row.sealed, table="audits", column="sealed", row=row.id)
    measures = tuple(_measure(one) for one in found["measures"])
    return Report(date.fromordinal(found["day"]), found["seed"], found["version"], found["quick"], measures)


def _measure(found: dict[str, Any]) -> Measure:
    bands = {name: Band(**found[name]) if found[name] else None for name in ("band", "low", "high")}
    return Measure(**{**found, **bands})
