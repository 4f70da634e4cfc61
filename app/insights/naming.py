"""What reports call things, in the reader's language: periods, releases, topics, states."""

from datetime import date
from typing import Final

from app.domains.trade import Trade
from app.web.i18n import current_locale, date_label, lazy
from app.web.i18n import gettext as _
from privacy.plans import first_day, is_year_period

KINDS: Final = {
    "need": lazy("聞かれたことと、答えがつくまで"),
    "outcomes": lazy("答えをためした結果"),
    "support": lazy("会員どうしで片づいた問い合わせ"),
    "ideas": lazy("アイデアに変わった質問"),
    "terms": lazy("新しく出てきた言葉"),
}
STATES: Final = {
    "none": lazy("まだない"),
    "soon": lazy("72時間以内"),
    "later": lazy("それより後"),
    "good": lazy("どの質問もよい結果"),
    "bad": lazy("よい結果にならない質問あり"),
    "asked": lazy("聞いた組織"),
    "unanswered": lazy("答えのない組織"),
    "": lazy("組織の数"),
}


def period_label(period: str) -> str:
    """2026年10〜12月, or 2026年（1年分）."""
    first = first_day(period)
    if is_year_period(period):
        return _("{year}年（1年分）").format(year=first.year)
    last = date(first.year, first.month + 2, 1)
    if current_locale() == "en":
        return f"{first:%B} to {last:%B %Y}"
    return f"{first.year}年{first.month}〜{last.month}月"


def kind_label(kind: str) -> str:
    """What a release is about."""
    return _(KINDS[kind]) if kind in KINDS else kind


def state_label(state: str) -> str:
    """What a figure counts within its topic."""
    return _(STATES[state]) if state in STATES else state


def topic_label(trade: Trade, key: str) -> str:
    """A cell's name from the domain file; a key it no longer has, and a new term, are their own names."""
    group, parted, topic = key.partition("/")
    if parted:
        return _("{group}／{topic}").format(group=topic_label(trade, group), topic=topic_label(trade, topic))
    if key == "all":
        return _("全体")
    names = {one.key: str(one.name) for one in (*trade.groups, *trade.topics)}
    return names.get(key, key)


__all__ = ["date_label", "kind_label", "period_label", "state_label", "topic_label"]
