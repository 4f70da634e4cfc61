"""A period's releases as a table for a spreadsheet."""

import csv
import io
from collections.abc import Callable, Sequence

from app.insights.naming import kind_label, period_label, state_label
from app.insights.reads import Released
from app.insights.report import plan_in, scale_in
from app.web.i18n import gettext as _
from privacy.laplace import interval


def sheet_of(made: Sequence[Released], topic_label: Callable[[str], str]) -> str:
    """Every number as it was released, with noise and below 0 where noise brought it there, and its 95 % interval."""
    out = io.StringIO()
    rows = csv.writer(out)
    head = (
        _("期間"),
        _("報告"),
        _("話題"),
        _("区分"),
        _("公表した数"),
        _("95%の範囲の下"),
        _("95%の範囲の上"),
        _("足した四半期"),
        "sha256",
    )
    rows.writerow(head)
    for one in made:
        scale, quarters = scale_in(one), 1 if one.kind == "terms" else len(plan_in(one).quarters)
        for cell in one.content["cells"]:
            low, high = interval(cell["value"], scale)
            names = (
                period_label(one.period),
                kind_label(one.kind),
                topic_label(cell["topic"]),
                state_label(cell["state"]),
            )
            rows.writerow([*map(_safe, names), cell["value"], max(0, low), max(0, high), quarters, one.sha256])
    return out.getvalue()


def _safe(text: str) -> str:
    """A new term is somebody's word: a spreadsheet shall not take it for a formula."""
    return f"'{text}" if text[:1] in "=+-@＝＋－＠\t\r\n" else text
