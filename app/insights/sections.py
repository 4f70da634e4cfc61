"""The chapters of a report: each one chart, its table, and what may and may not be read out of it.

Nothing here ranks: rows stand in the order of the plan's public taxonomy. What stands out is said in words by groups
that do not overlap.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from app.domains.trade import Trade
from app.insights.about import ABOUT
from app.insights.charts import Chart, Drawing, Mark, Row, draw, signed, whole
from app.insights.naming import state_label, topic_label
from app.web.i18n import gettext as _
from privacy.laplace import chance_of_noise
from privacy.reports import MEASURES, Change, Figure, Release, comparable, figures_of, leaders, mean_over

NAMED: Final = 6  # topics of which one may be said to be the largest: more say nothing
UNLIKELY: Final = 0.05  # a difference that noise alone makes so seldom
MOST_GAP: Final = 200  # organisations apart: the noise of no plan is larger
MOST_ROWS: Final = 14  # in one chart without groups: a longer one would not fit a page
PANELS: Final = {  # chapter -> (measure, state it is named by) of each of its panels
    "demand": (("demand", ""),),
    "unmet": (("unmet", ""),),
    "time": (("soon", "soon"), ("later", "later"), ("unmet", "none")),
    "year": (("demand", "asked"), ("unmet", "unanswered")),
    "outcomes": (("good", "good"), ("bad", "bad")),
    "support": (("solved", ""),),
    "ideas": (("ideas", ""),),
}
CHAPTERS: Final = {
    "need": ("demand", "unmet", "time"),
    "outcomes": ("outcomes",),
    "support": ("support",),
    "ideas": ("ideas",),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a table: its value in words, and its range."""

    value: str
    range: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One topic of a table; of a change, how likely noise alone is to make it."""

    label: str
    cells: tuple[Cell, ...]
    chance: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One chart with the table beside it; a taxonomy of groups and topics has one for each group, all to one scale."""

    name: str
    drawing: Drawing
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter, ready for a page. Without parts, `empty` says why."""

    key: str
    title: str
    shows: str
    parts: tuple[Part, ...] = ()
    head: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class _Topic:
    """One row before it is drawn: its cell, its figures, and of a change how likely noise alone is to make it."""

    key: str
    marks: tuple[Mark, ...]
    chance: str = ""


def chapters(trade: Trade, release: Release) -> list[Section]:
    """The chapters that one release gives."""
    return [_chapter(key, trade, release, figures_of(release)) for key in CHAPTERS[release.kind]]


def year_chapter(trade: Trade, quarters: Sequence[Release]) -> list[Section]:
    """The mean quarter of the last four, newest first, as far as they were counted in the same way; none of one alone."""
    newest = quarters[0]
    same = [one for one in quarters if comparable(newest.plan, one.plan, newest.kind)]
    if len(same) < 2:
        return []
    return [_chapter("year", trade, newest, mean_over([figures_of(one) for one in same]))]


def change_chapter(trade: Trade, release: Release, last: Release | None, changes: Sequence[Change]) -> Section:
    """What became of demand since the quarter before; nothing to compare with is said in words."""
    moved = [one for one in changes if one.measure == "demand"]
    if last is None or not moved:
        return _section("change", empty=_("比べられる前の期間の報告が、まだありません。"))
    topics = [
        _Topic(one.topic, (Mark(one.value, one.low, one.high, "firm" if one.sure else "unsaid"),), _percent(one.chance))
        for one in moved
    ]
    half = (moved[0].high - moved[0].low) / 2
    facts = (*_readings("change"), (_("誤差"), _error_words(half)), (_("動いて見えるとき"), _moves(release, last)))
    head = (_("およその変化"), _("ぶれだけで出る見込み"))
    return _section("change", _parts("change", trade, topics, signed=True), head, facts)


def terms_chapter(trade: Trade, terms: Sequence[Figure]) -> Section:
    """The new words of a year, which had to come to a threshold before they were told at all."""
    if not terms:
        return _section("terms", empty=_("5つ以上の組織が書いた新しい言葉は、ありませんでした。"))
    topics = [_Topic(one.topic, (_mark(one),)) for one in sorted(terms, key=lambda one: one.topic)]
    parts = _parts("terms", trade, topics)
    return _section("terms", parts, (_("およその数"),), tuple(_readings("terms")))


def _chapter(key: str, trade: Trade, release: Release, figures: Sequence[Figure]) -> Section:
    panels = [[one for one in figures if one.measure == measure] for measure, _state in PANELS[key]]
    heads = tuple(state_label(state) if state else "" for _measure, state in PANELS[key])
    topics = [_Topic(row[0].topic, tuple(_mark(one) for one in row)) for row in zip(*panels, strict=True)]
    first = panels[0][0]
    facts = [*_readings(key), (_("誤差"), _error_words(first.half))]
    if len(topics) > 1 and first.over == 1:
        facts.append((_("差があるとき"), _gaps(release, first)))
    if len(topics) > 1 and len(panels) == 1:
        facts.append((_("どれが多いか"), leader_words(trade, panels[0])))
    head = heads if any(heads) else (_("およその数"),)
    return _section(key, _parts(key, trade, topics, heads), head, tuple(facts))


def _section(
    key: str,
    parts: tuple[Part, ...] = (),
    head: tuple[str, ...] = (),
    facts: tuple[tuple[str, str], ...] = (),
    *,
    empty: str = "",
) -> Section:
    return Section(key, _(ABOUT[key].title), _(ABOUT[key].shows), parts, head, facts, empty)


def _parts(
    key: str, trade: Trade, topics: Sequence[_Topic], heads: tuple[str, ...] = ("",), *, signed: bool = False
) -> tuple[Part, ...]:
    """One chart, or one a group: a chart of a whole taxonomy is longer than a page."""
    by_group: dict[tuple[str, int], list[_Topic]] = {}
    for place, one in enumerate(topics):
        group = one.key.rpartition("/")[0]
        by_group.setdefault((group, 0 if group else place // MOST_ROWS), []).append(one)
    every = tuple(Row("", one.marks) for one in topics)
    return tuple(
        _part(f"{key}-{number}", topic_label(trade, group) if group else "", trade, within, heads, every, signed)
        for number, ((group, _more), within) in enumerate(by_group.items())
    )


def _part(
    key: str, name: str, trade: Trade, topics: Sequence[_Topic], heads: tuple[str, ...], every: tuple[Row, ...], signed: bool
) -> Part:  # fmt: skip
    rows = [Row(topic_label(trade, one.key.rpartition("/")[2]), one.marks) for one in topics]
    title = _(ABOUT[key.partition("-")[0]].title)
    drawing = draw(
        Chart(key, f"{title} {name}".strip(), _read_aloud(rows, len(heads)), tuple(rows), heads, signed, every)
    )
    lines = tuple(
        Line(row.label, tuple(_cell(mark, differences=signed) for mark in row.marks), one.chance)
        for row, one in zip(rows, topics, strict=True)
    )
    return Part(name, drawing, lines)


def _mark(figure: Figure) -> Mark:
    if whole(figure.high) == 0:  # the interval says that it is none; no more is told than that
        return Mark(0, figure.low, figure.high, "rough")
    said = figure.shown and whole(figure.low) > 0  # a mean may stand above nothing by less than can be written
    return Mark(figure.value, figure.low, figure.high, "unsaid" if not said else "firm" if figure.firm else "rough")


def _read_aloud(rows: Sequence[Row], panels: int) -> str:
    """What the picture is, for who does not see it; the numbers themselves stand in the table."""
    said = sum(mark.shown for row in rows for mark in row.marks)
    every = len(rows) * panels
    words = _(
        "横の棒グラフ。{every}個の数のうち、言えるものが{said}個、範囲だけのものが{unsaid}個。数は、すぐ後の表にあります。"
    )
    return words.format(every=every, said=said, unsaid=every - said)


def _cell(mark: Mark, *, differences: bool = False) -> Cell:
    name = signed if differences else str
    low, high = name(whole(mark.low)), name(whole(mark.high))
    value = name(whole(mark.value)) if mark.shown else _("言えません")
    if mark.shown and not differences and whole(mark.high) == 0:
        value = _("ほぼ0")
    return Cell(value, _("{low}〜{high}").format(low=low, high=high), mark.shown)


def _readings(key: str) -> list[tuple[str, str]]:
    about = ABOUT[key]
    return [(_("示さないこと"), _(about.hides)), (_("使いみち"), _(about.decides))]


def _error_words(half: float) -> str:
    words = _("ほんとうの数は、100回に95回、出した数から{half}組織までの差におさまります。")
    return words.format(half=max(1, whole(half)))


def _gaps(release: Release, figure: Figure) -> str:
    terms = sum(count for _scale, count in figure.parts)
    return _by_noise(
        partial(chance_of_noise, scale_a=release.scale, scale_b=release.scale, terms=terms),
        _("ほんとうは同じ数でも、{a}組織以上の差が{p}、{b}組織以上の差が{q}の見込みで、ぶれだけで出ます。"),
    )


def _moves(release: Release, last: Release) -> str:
    words = _(
        "ほんとうは変わっていなくても、{a}組織以上の動きが{p}、{b}組織以上の動きが{q}の見込みで、ぶれだけで出ます。"
    )
    sure = _("「動いた」と言うのは、すべてを見くらべても、ぶれでは説明しにくいものだけです。")
    chance = partial(chance_of_noise, scale_a=release.scale, scale_b=last.scale, terms=len(MEASURES["need"]["demand"]))
    return _by_noise(chance, words) + sure


def _by_noise(chance: Callable[[float], float], words: str) -> str:
    """How often noise alone makes a difference: of the first that is unlikely, and of half of that."""
    chances = [chance(gap) for gap in range(MOST_GAP)]
    far = next((gap for gap, one in enumerate(chances) if one <= UNLIKELY), MOST_GAP - 1)
    near = max(1, far // 2)
    return words.format(a=near, p=_percent(chances[near]), b=far, q=_percent(chances[far]))


def _percent(chance: float) -> str:
    percent = round(100 * chance)
    return _("1%未満") if percent < 1 else _("{percent}%").format(percent=percent)


def leader_words(trade: Trade, figures: Sequence[Figure]) -> str:
    """Which topics may be the largest; nothing is said about order among them, or among the others."""
    first = [topic_label(trade, one.topic) for one in leaders(figures)]
    if len(first) > min(NAMED, len(figures) - 1):
        return _("どれがいちばん多いかは言えません。")
    if len(first) == 1:
        return _("いちばん多いのは{first}です。残りの順番は言えません。").format(first=listed(first))
    words = _("いちばん多いのは、{first}のうちのどれかです。この中の順番も、残りの順番も言えません。")
    return words.format(first=listed(first))


def listed(names: Sequence[str]) -> str:
    """Names in a row: 「餌」「水」, or “feed”, “water”."""
    return _("、").join(_("「{name}」").format(name=name) for name in names)
