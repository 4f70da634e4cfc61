"""A period's report as it is read: the answer in words, the chapters, the plan it was made by. Out of published bytes alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domains.trade import Trade
from app.insights.naming import date_label, kind_label, period_label
from app.insights.reads import PeriodCard, Released, period_before
from app.insights.saying import findings
from app.insights.sections import Section, change_chapter, chapters, terms_chapter, year_chapter
from app.web.i18n import gettext as _
from privacy.plans import MICRO, Plan, is_year_period
from privacy.reports import Change, Figure, Release, changes


@dataclass(frozen=True, slots=True)
class Report:
    """What one period's page, paper and table are made of."""

    findings: tuple[str, ...]
    sections: tuple[Section, ...]


def make_report(trade: Trade, card: PeriodCard, earlier: Sequence[Released]) -> Report:
    """The report of a period; `earlier` are the releases of the three periods before it, newest first."""
    main = _release(card.releases, "need")
    second = next((_release([one], one.kind) for one in card.releases if one.kind not in ("need", "terms")), None)
    sections: list[Section] = []
    moved: Sequence[Change] = ()
    if main:
        past = [Release.from_body(one.content) for one in earlier if one.kind == "need"]
        last = next((one for one in past if one.period == period_before(card.key)), None)
        moved = changes(main, last) if last else ()
        sections += [*chapters(trade, main), change_chapter(trade, main, last, moved)]
        sections += [] if is_year_period(card.key) else year_chapter(trade, [main, *past])
    sections += chapters(trade, second) if second else []
    sections += [terms_chapter(trade, new_terms(one)) for one in card.releases if one.kind == "terms"]
    return Report(tuple(findings(trade, main, second, moved)), tuple(sections))


def new_terms(released: Released) -> list[Figure]:
    """The new terms of a year, each with its noise."""
    noise = ((scale_in(released), 1),)
    return [Figure("terms", str(one["topic"]), int(one["value"]), noise) for one in released.content["cells"]]


def scale_in(released: Released) -> Fraction:
    """The scale of the noise on each number of a release."""
    return plan_in(released).scale_of(released.kind)


def plan_in(released: Released) -> Plan:
    """The plan a release was made by, as its bytes have it."""
    return Plan.from_json(released.content["plan"])


def _release(made: Sequence[Released], kind: str) -> Release | None:
    return next((Release.from_body(one.content) for one in made if one.kind == kind), None)


def period_words(card: PeriodCard) -> tuple[str, str]:
    """Where a period stands: in a word, and in a sentence or two that say what comes next."""
    if card.state == "released":
        kinds = _("、").join(kind_label(one.kind) for one in card.releases)
        return _("出ました"), _("{day}に公表しました。{kinds}。").format(
            day=date_label(card.releases[0].day), kinds=kinds
        )
    if card.plan and not card.plan.kinds and is_year_period(card.key):
        return _("四半期ごとに出します"), _(
            "この年は、1年分をまとめた報告を出しません。四半期ごとの報告をごらんください。"
        )
    if card.state == "without" and card.plan is None:
        why = _("この期間は数えていません。数え方の計画を、期間の終わりまでに公表できなかったからです。")
        return _("数えていません"), why
    if card.state == "without" and card.plan and card.plan.kinds:
        return _("報告はありません"), _(
            "この期間の報告は出していません。決めた予算に収まらなかったか、数えるための鍵がなくなったからです。"
        )
    if card.plan and not card.plan.kinds:
        if not card.is_in_year:
            return _("報告はありません"), _(
                "数える組織が25に満たなくなったので、この四半期の報告は出しません。この年は四半期ごとに数えると先に決めて公表したので、1年分にもまとめません。"
            )
        why = _(
            "数える組織が25に満たないので、四半期の報告は出しません。特定を防ぐために混ぜるぶれが、数そのものより大きくなるからです。1年分をまとめて、{year}の報告にします。"
        )
        return _("1年分にまとめます"), why.format(year=period_label(card.key[:4]))
    first, last, due = (date_label(day) for day in (card.first, card.last, card.due))
    short, words = {
        "coming": (_("これから"), _("{first}から数えはじめます。報告が出るのは、{due}ごろです。")),
        "collecting": (_("集めています"), _("{last}まで集めます。報告が出るのは、{due}ごろです。")),
        "preparing": (
            _("まとめています"),
            _("期間は終わりました。遅れて届く結果や取り消しを2週間待ち、{due}からあとに出します。"),
        ),
    }[card.state]
    return short, words.format(first=first, last=last, due=due)


def plan_rows(plan: Plan) -> list[tuple[str, str]]:
    """The plan in words, for a list of terms."""
    second = plan.second
    rows = [
        (_("公表した日"), date_label(date.fromisoformat(plan.published))),
        (_("想定した組織の数"), _band(plan.organisations)),
        (_("ひとつと数えるもの"), unit_words(yearly=plan.yearly)),
        (_("数え方"), _depth(plan.depth, len(plan.cells))),
        (
            _("ひとつの組織を数える数"),
            _("多くても{limit}つまで。それより多いときは、くじで選びます。").format(limit=plan.limit),
        ),
        *(
            (_("ε：{kind}").format(kind=kind_label(kind)), epsilon_label(plan.micro_epsilon(kind) / MICRO))
            for kind in plan.kinds
        ),
    ]
    if second in plan.kinds and plan.second_depth != plan.depth:
        rows.append((_("{kind}の数え方").format(kind=kind_label(second)), _depth(plan.second_depth, 1)))
    return rows


def unit_words(*, yearly: bool) -> str:
    """What every number of a report counts."""
    if yearly:
        return _("ひとつの組織の、ひとつの四半期。一年を通して質問した組織は4と数え、1四半期あたりにならして示します。")
    return _("ひとつの組織。その四半期に何度質問しても、ひとつの話題では1と数えます。")


def epsilon_label(epsilon: float) -> str:
    """An amount of budget with as many decimals as it has, at most three."""
    return f"{epsilon:.3f}".rstrip("0").rstrip(".")


def _band(band: str) -> str:
    low, _dash, high = band.partition("-")
    return _("{low}〜{high}組織").format(low=low, high=high) if high else _("{low}組織以上").format(low=low)


def _depth(depth: str, cells: int) -> str:
    words = {
        "all": _("すべての話題をまとめて、ひとつの数として"),
        "topic": _("話題ごと（{cells}とおり）"),
        "group": _("分類ごと（{cells}とおり）"),
        "group-topic": _("分類と話題の組ごと（{cells}とおり）"),
    }
    return words[depth].format(cells=cells)
