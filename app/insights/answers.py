"""Which questions reports of a plan can answer, in words; how it is known stands in `privacy.answers`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.web.i18n import gettext as _
from app.web.i18n import lazy
from privacy.answers import Answer, from_plain
from privacy.plans import Plan

QUESTIONS: Final = {
    "demand": lazy("それぞれについて、いくつの組織が聞いたか"),
    "demand-mean": lazy("同じことを、4回の報告の平均で"),
    "unmet": lazy("答えのない組織が多いのはどれで、いくつあるか"),
    "unmet-mean": lazy("答えのない組織の数を、4回の報告の平均で"),
    "order": lazy("多く聞かれたのはどれか"),
    "change": lazy("いちばん多く聞かれたものが、前の期間から動いたか"),
    "share-unmet": lazy("聞かれたことのうち、答えのないまま残った割合"),
    "share-soon": lazy("聞かれたことのうち、72時間以内に役に立つ答えがついた割合"),
    "outcomes": lazy("答えをためした結果は、どうだったか"),
    "support": lazy("会社のサービスについて、会員どうしで片づいたことはどれほどあるか"),
    "ideas": lazy("いくつの組織の質問が、アイデアになったか"),
    "terms": lazy("どんな新しい言葉が使われているか"),
}
FIGURES: Final = {  # by the numbers there are
    ("held", "of"): lazy("大きいほうから{of}個の数のうち、{held}個が誤差25%以内です。"),
    ("groups",): lazy("差がはっきりした{groups}つの組に分けられます。"),
    ("step", "total"): lazy("{total}組織のうち{step}組織をこえる動きなら、ぶれと見分けられます。"),
    ("value", "low", "high"): lazy("たとえば{value}%なら、{low}〜{high}%の範囲で言えます。"),
    ("count",): lazy("1年におよそ{count}語が出ます。"),
    (): lazy("どの数も、混ぜたぶれに隠れます。"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Rows of (question, how exactly) for what reports of a plan answer, and for what they do not."""

    can: tuple[tuple[str, str], ...]
    cannot: tuple[tuple[str, str], ...]


def outcome_of(plan: Plan | None) -> Outcome | None:
    """What a plan says that its report will answer; None for one that makes no report of numbers."""
    told = plan.expected.get("answers") if plan is not None and plan.kinds else None
    if not told:
        return None
    every = sorted(from_plain(told), key=lambda one: [*QUESTIONS].index(one.key))
    return Outcome(rows([one for one in every if one.yes]), rows([one for one in every if not one.yes]))


def rows(found: Sequence[Answer]) -> tuple[tuple[str, str], ...]:
    """Question and figure of each."""
    return tuple((_(QUESTIONS[one.key]), figure_of(one)) for one in found)


def figure_of(one: Answer) -> str:
    """How exactly a question is answered."""
    if one.numbers.get("groups") == 1:
        return _("ひとつの組にまとまり、差がぶれに隠れます。")
    if one.numbers.get("of") == 1:
        return _("誤差25%以内で言えます。") if one.yes else _("誤差が25%をこえます。")
    names = next(names for names in FIGURES if set(names) == set(one.numbers))
    return _(FIGURES[names]).format(**one.numbers)
