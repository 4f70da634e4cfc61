"""The report in plain words: one card an attacker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.audit import about
from app.audit.rules import Band, Measure, Report
from app.web.i18n import gettext as _

PROMISED: Final = ("rival", "quarter", "sybil", "threads", "style", "times", "dump", "readers")
REPORTED: Final = ("habits", "circle", "thin")


@dataclass(frozen=True, slots=True)
class Card:
    """One attacker as the page shows it: what was tried, what it found, and what is to be said of that."""

    name: str
    about: str
    rows: tuple[tuple[str, str], ...]
    verdict: str
    kind: str  # ok | warn | "" for what is reported and not promised
    notes: tuple[str, ...]


def cards_of(report: Report) -> list[Card]:
    """Every attacker that ran: what is promised first, what is only reported last."""
    found = {group: [one for one in report.measures if group_of(one.key) == group] for group in (*PROMISED, *REPORTED)}
    return [_card(group, measures) for group, measures in found.items() if measures]


def group_of(key: str) -> str:
    """The attacker a measure belongs to."""
    return key.partition(".")[0] if "." in key or key == "thin" else "rival"


def _card(group: str, measures: Sequence[Measure]) -> Card:
    met = [one.met for one in measures if one.met is not None]
    verdict, kind = (_("約束はしていません"), "")
    if met:
        verdict, kind = (_("守られています"), "ok") if all(met) else (_("守られていません"), "warn")
    rows = tuple(row for one in measures for row in _rows(one))
    return Card(
        about.names()[group], about.abouts().get(group, ""), rows, verdict, kind, tuple(_notes(group, measures))
    )


def _notes(group: str, measures: Sequence[Measure]) -> list[str]:
    notes = [about.notes()[group]] if group in about.notes() else []
    if any(one.key == "times.wider" and one.limit is None for one in measures):
        notes.insert(0, _("会員が378人に満たないので、約束の対象外です。"))
    return notes


def _rows(measure: Measure) -> list[tuple[str, str]]:
    value = value_words(measure)
    if measure.limit is not None:
        value = _("{value}（約束は{limit}）").format(value=value, limit=limit_words(measure))
    if measure.met is False:
        value = _("{value}：守られていません").format(value=value)
    name = about.parts()[measure.key]
    rows = [(name, value)]
    if interval := interval_words(measure):
        rows.append((_("{name}の幅").format(name=name), interval))
    return rows


def value_words(measure: Measure) -> str:
    """What was measured. What is certain and not promised is called what it is."""
    certain = measure.band == Band("share", 1.0) and measure.key != "thin"
    return _("防げません") if certain and measure.limit is None else band_words(measure.band)


def interval_words(measure: Measure) -> str:
    """The interval in bands, and from how many tries; empty where there is none."""
    if measure.low is None or measure.high is None:
        return ""
    ends = [_figure(band) for band in (measure.low, measure.high)]
    return _("{low}から{high}（{runs}回の試み、95％の確かさ）").format(low=ends[0], high=ends[1], runs=measure.runs)


def band_words(band: Band) -> str:
    """A band in words."""
    if band.kind == "people":
        return _("{n}人以上").format(n=int(band.to)) if band.to else _("2人より少ない")
    if band.kind == "count":
        return _("一つもない") if band.to == 0 else _("見つかった")
    if band.kind == "area":
        return _("でたらめとの差が{n}以下").format(n=f"{band.to:.2f}")
    return _("{n}％以下").format(n=f"{100 * band.to:g}")


def limit_words(measure: Measure) -> str:
    """What is promised."""
    return band_words(Band(measure.band.kind, measure.limit or 0.0))


def measure_name(key: str) -> str:
    """What was tried and whom it concerns, on one line of a terminal."""
    return _("{attack}：{part}").format(attack=about.names()[group_of(key)], part=about.parts()[key])


def _figure(band: Band) -> str:
    return f"{band.to:.2f}" if band.kind == "area" else _("{n}％").format(n=f"{100 * band.to:g}")
