"""The year as lines, in plain SVG: told apart by dashes as well as colours, and named at their ends."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from benchmarks.simulated_year.report import Figures

Floats = NDArray[np.float64]
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 760, 420, 62, 54, 150, 52
STYLES: Final = (("#0b6e4f", "", 3.0), ("#c2410c", "7 4", 2.0), ("#1d4ed8", "2 3", 2.0), ("#7c3aed", "10 3 2 3", 2.0))
POINTS: Final = 85


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines over one scale: `lines` holds y for each of `across`, by name; `marks` stand below; `shares`: per cent."""

    name: str
    title: str
    x: str
    y: str
    across: Floats
    marks: Sequence[float]
    lines: Mapping[str, Floats]
    shares: bool = True


def draw(results: Mapping[str, Sequence[Figures]], folder: Path, days: int) -> list[Path]:
    """Write every chart into `folder`; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for chart in charts(results, days):
        path = folder / f"{chart.name}.svg"
        path.write_text(svg(chart), encoding="utf-8")
        paths.append(path)
    return paths


def charts(results: Mapping[str, Sequence[Figures]], days: int) -> list[Chart]:
    """What the table cannot show, as means over the seeds."""
    hours, waited, share = np.linspace(0, 168, POINTS), np.linspace(0, 90, POINTS), np.linspace(0, 1, POINTS)
    weeks, fifths = np.arange(2, days / 7 - 2), np.linspace(0, 1, 6).tolist()

    def lines(of: Callable[[Figures, float], float], across: Floats) -> dict[str, Floats]:
        return {
            name: np.mean([[of(one, at) for at in across] for one in found], axis=0) for name, found in results.items()
        }

    return [
        Chart(
            "answered", "Questions with a first answer", "hours since the question", "share",
            hours, range(0, 169, 24), lines(lambda one, at: float(np.mean(one.first_hours <= at)), hours),
        ),
        Chart(
            "weeks", "Answered within 24 hours, through the year", "week (mean of four)", "share",
            weeks, range(4, int(days / 7), 8), lines(_in_month, weeks),
        ),
        Chart(
            "lorenz", "How answers are shared", "experts, those who answer least first", "share of answers",
            share, fifths, lines(_lorenz, share),
        ),
        Chart(
            "newcomers", "Skilled newcomers who were asked something that fits", "days since they joined", "share",
            waited, range(0, 91, 15), lines(lambda one, at: (one.newcomer_days <= at).sum() / max(1, len(one.newcomer_days)), waited),
        ),
        Chart(
            "mails", "Mails an expert gets", "experts, those who get least first", "mails a month",
            share, fifths, lines(lambda one, at: float(np.quantile(one.mails, at)), share), shares=False,
        ),
    ]  # fmt: skip


def svg(chart: Chart) -> str:
    """The chart as one SVG document."""
    top = 1.0 if chart.shares else _nice(max(float(line.max()) for line in chart.lines.values()))
    low, high = float(chart.across[0]), float(chart.across[-1])

    def place(x: float, y: float) -> tuple[float, float]:
        across = LEFT + (x - low) / (high - low) * (WIDTH - LEFT - RIGHT)
        return across, HEIGHT - BOTTOM - y / top * (HEIGHT - TOP - BOTTOM)

    parts = [_frame(chart), *_grid(chart, place, top, low, high)]
    ends = _apart([place(high, float(line[-1]))[1] for line in chart.lines.values()])
    for (name, line), end, (colour, dash, width) in zip(chart.lines.items(), ends, STYLES, strict=False):
        way = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(place, chart.across.tolist(), line.tolist()))
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        parts.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="{width}"{dashes}/>')
        parts.append(_text(WIDTH - RIGHT + 8, end + 4, name, colour=colour, weight=600 if width > 2 else 400))
    return "\n".join([*parts, "</svg>\n"])


def _frame(chart: Chart) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif">'
    )
    return "\n".join(
        [
            head,
            f"<title>{escape(chart.title)}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
            _text(LEFT, 24, chart.title, size=17, weight=600),
            _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, chart.x, anchor="middle"),
            _text(LEFT - 44, TOP - 12, chart.y),
        ]
    )


def _grid(
    chart: Chart, place: Callable[[float, float], tuple[float, float]], top: float, low: float, high: float
) -> list[str]:
    parts = []
    for y in np.linspace(0, top, 6).tolist():
        left, up = place(low, y)
        right, _ = place(high, y)
        parts.append(f'<line x1="{left:.1f}" x2="{right:.1f}" y1="{up:.1f}" y2="{up:.1f}" stroke="#d4d4d8"/>')
        parts.append(_text(left - 8, up + 4, f"{y:.0%}" if chart.shares else f"{y:.0f}", anchor="end"))
    for x in (one for one in chart.marks if low <= one <= high):
        across, down = place(x, 0)
        parts.append(_text(across, down + 18, f"{x:.0%}" if high <= 1 else f"{x:.0f}", anchor="middle"))
    return parts


def _text(
    x: float, y: float, words: str, *, size: int = 13, weight: int = 400, anchor: str = "start", colour: str = "#27272a"
) -> str:
    style = f'font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" fill="{colour}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'


def _apart(places: Sequence[float], gap: float = 17.0) -> list[float]:
    """The same heights, moved down where two words would stand on each other, and up again from the ground."""
    found = list(places)
    order = sorted(range(len(found)), key=lambda n: found[n])
    for above, below in pairwise(order):
        found[below] = max(found[below], found[above] + gap)
    floor = float(HEIGHT - BOTTOM)
    for n in reversed(order):
        found[n] = min(found[n], floor)
        floor = found[n] - gap
    return found


def _nice(value: float) -> float:
    step = 10 ** np.floor(np.log10(max(value, 1.0)))
    return float(np.ceil(value / step) * step)


def _in_month(one: Figures, week: float) -> float:
    near = np.abs(one.asked_day / 7 - week) <= 2
    return float(np.mean(one.first_hours[near] <= 24)) if near.any() else np.nan


def _lorenz(one: Figures, share: float) -> float:
    taken = one.answers[: round(share * len(one.answers))].sum()
    return float(taken / max(1.0, one.answers.sum()))
