"""The answer in words, at the head of a report: a few sentences, each out of figures that stand above their own noise."""

from collections.abc import Sequence
from typing import Final

from app.domains.trade import Trade
from app.insights.naming import topic_label
from app.insights.sections import listed
from app.web.i18n import gettext as _
from privacy.laplace import LEVEL, half_width
from privacy.reports import Change, Figure, Release, figures_of, leaders, share_of, total_of

MOST: Final = 5  # sentences
NAMED: Final = 4  # topics in one sentence: more say nothing
WIDEST: Final = 0.5  # a share whose interval is wider than this is not said


def findings(trade: Trade, main: Release | None, second: Release | None, changes: Sequence[Change]) -> list[str]:
    """At most five sentences; none when nothing stands out."""
    found: list[str] = []
    if main is not None:
        found += _demand(trade, _of(main, "demand"))
        found += _unmet(trade, _of(main, "unmet"))
        found += _within(main)
        found += _moved(trade, changes)
    if second is not None:
        found += _second(trade, second)
    return found[:MOST]


def _of(release: Release, measure: str) -> list[Figure]:
    return [one for one in figures_of(release) if one.measure == measure]


def _named(trade: Trade, figures: Sequence[Figure]) -> str:
    words = [
        _("「{topic}」（およそ{value}組織）").format(topic=topic_label(trade, one.topic), value=round(one.value))
        for one in figures
    ]
    return _("、").join(words)


def _demand(trade: Trade, figures: Sequence[Figure]) -> list[str]:
    first = leaders(figures)
    if len(first) == len(figures) or len(first) > NAMED or set(first) - set(sure(figures)):
        return _surely(trade, figures, _("{topics}は、たしかに聞かれました。どれがいちばん多いかは言えません。"))
    words = (
        _("いちばん多くの組織が聞いたのは、{topics}についてです。")
        if len(first) == 1
        else _("いちばん多くの組織が聞いたのは、{topics}のうちのどれかです。")
    )
    return [words.format(topics=_named(trade, first))]


def _unmet(trade: Trade, figures: Sequence[Figure]) -> list[str]:
    return _surely(trade, figures, _("役に立つ答えのないまま残った組織がたしかにいるのは、{topics}です。"))


def _surely(trade: Trade, figures: Sequence[Figure], words: str) -> list[str]:
    """More than can be named are counted: no few of them are picked."""
    found = sure(figures)
    if len(found) > NAMED:
        return [words.format(topics=_some([one.topic for one in found], len(figures)))]
    return [words.format(topics=_named(trade, found))] if found else []


def sure(figures: Sequence[Figure]) -> list[Figure]:
    """Those above nothing also when all are looked at: with 95 % not one of them is noise alone (Bonferroni)."""
    level = 1 - (1 - LEVEL) / max(1, len(figures))
    return [one for one in figures if one.total > half_width(one.parts, level)]


def _within(main: Release) -> list[str]:
    """How much of all that was asked had a useful answer within 72 hours; not said where the interval says nothing."""
    soon, later, none = (total_of(_of(main, measure)) for measure in ("soon", "later", "unmet"))
    share = share_of(soon, total_of([later, none]))
    if share.value is None or share.high - share.low > WIDEST:
        return []
    words = _(
        "聞いたことのすべてに72時間以内に役に立つ答えがついたのは、数えた組織のおよそ{value}%です（{low}〜{high}%のあいだ）。"
    )
    return [words.format(value=round(100 * share.value), low=round(100 * share.low), high=round(100 * share.high))]


def _moved(trade: Trade, changes: Sequence[Change]) -> list[str]:
    demand = [one for one in changes if one.measure == "demand"]
    if not demand:
        return []
    more = [topic_label(trade, one.topic) for one in demand if one.sure and one.value > 0]
    less = [topic_label(trade, one.topic) for one in demand if one.sure and one.value < 0]
    if not more and not less:
        return [_("前の期間から増えた、または減ったと言えるものはありません。")]
    told = (
        (more, _("前の期間より、{topics}を聞く組織が増えました。")),
        (less, _("前の期間より、{topics}を聞く組織が減りました。")),
    )
    return [words.format(topics=_some(names, len(demand))) for names, words in told if names]


def _some(names: Sequence[str], every: int) -> str:
    if len(names) <= NAMED:
        return listed(names)
    words = _("{every}項目すべて") if len(names) == every else _("{every}項目のうち{count}項目")
    return words.format(every=every, count=len(names))


def _second(trade: Trade, release: Release) -> list[str]:
    words = {
        "outcomes": _("ためした質問のどれにもよい結果が出た組織がはっきりいるのは、{topics}です。"),
        "support": _("会社のサービスについて、会員の答えで片づいた組織は、{topics}です。"),
        "ideas": _("質問をアイデアに変えた組織は、{topics}です。"),
    }[release.kind]
    alone = {
        "outcomes": _("ためした質問のどれにもよい結果が出た組織は、およそ{value}です。"),
        "support": _("会社のサービスについて、会員の答えで片づいた組織は、およそ{value}です。"),
        "ideas": _("質問をアイデアに変えた組織は、およそ{value}です。"),
    }[release.kind]
    measure = {"outcomes": "good", "support": "solved", "ideas": "ideas"}[release.kind]
    figures = _of(release, measure)
    if len(figures) == 1:
        return [alone.format(value=round(one.value)) for one in sure(figures)]
    return _surely(trade, figures, words)
