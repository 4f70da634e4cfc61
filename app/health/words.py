"""Each figure in words: what it is, the decision it serves, and how its band reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.web.i18n import gettext as _
from app.web.i18n import lazy

STAGES: Final = {
    "first": lazy("はじめの3人のうちに"),
    "second": lazy("2回目に広げたあと"),
    "third": lazy("近い分野にも広げたあと"),
    "domain": lazy("分野のみんなの一覧に出たあと"),
    "coordinator": lazy("世話役が手を入れたあと"),
    "ended": lazy("答えのないまま一区切り"),
}
REASONS: Final = {
    "not_my_field": lazy("自分の分野ではない"),
    "no_time": lazy("いまは時間がない"),
    "too_identifying": lazy("書いた人がわかりそう"),
    "conflict": lazy("利害がぶつかる"),
}
SOME: Final = {
    "none": lazy("どの分野にも5人以上います"),
    "some": lazy("5人に満たない分野が、一部にあります"),
    "most": lazy("半分以上の分野が、5人に満ちません"),
    "all": lazy("どの分野も、5人に満ちません"),
}


@dataclass(frozen=True, slots=True)
class FigureWords:
    """One figure as it stands on the page: rows of (label, band), and what is decided by it."""

    title: str
    rows: tuple[tuple[str, str], ...]
    decides: str


def figures_of(report: Mapping[str, Any]) -> list[FigureWords]:
    """Every figure of a quarter, in the reader's language."""
    return [*_answers(report), *_answerers(report)]


def _answers(report: Mapping[str, Any]) -> list[FigureWords]:
    """What those who asked got."""
    return [
        FigureWords(_("質問の数"), ((_("この四半期に公開された質問"), _count(report["threads"])),), _("ほかの数字を、どれくらい頼りにしてよいか。")),
        FigureWords(
            _("役に立つ最初の答えまで"),
            ((_("半分の質問で"), _hours(report["useful_median"])), (_("10のうち9の質問で"), _hours(report["useful_ninety"]))),
            _("質問を次の人たちへ広げるまでの時間を、短くするか長くするか。"),
        ),
        FigureWords(
            _("答えがついた割合"),
            ((_("24時間以内"), _share(report["within_24"])), (_("72時間以内"), _share(report["within_72"]))),
            _("答える人を増やす働きかけを、いまするか。"),
        ),
        FigureWords(
            _("どこまで広げて答えがついたか"),
            tuple((_(words), _count(report["endings"][key])) for key, words in STAGES.items()),
            _("はじめに届ける人の選び方と、世話役の人数を見直すか。"),
        ),
        FigureWords(
            _("答えをためした結果"),
            ((_("結果を知らせた質問"), _count(report["outcome_told"])), (_("よくなったもの"), _share(report["outcome_good"]))),
            _("結果をたずねる時期を変えるか。うまくいかない分野に、外の専門家を招くか。"),
        ),
    ]  # fmt: skip


def _answerers(report: Mapping[str, Any]) -> list[FigureWords]:
    """What it asked of those who answered, and of everybody's safety."""
    few = SOME[report["few_experts"]]
    return [
        FigureWords(
            _("届けた質問と、引き受けられる数"),
            ((_("引き受けられる数のうち、届けた分"), _load(report["load"])),),
            _("答える人を増やすか、一人に届く数を減らすか。"),
        ),
        FigureWords(
            _("答えの集まりぐあい"),
            ((_("いちばん多く答えた1割の人が書いた分"), _share(report["busiest"])),),
            _("まだ届いていない人へ、もっと届けるか。"),
        ),
        FigureWords(_("答える人の少ない分野"), ((_("分野"), _(few)),), _("どの世話役に、人を招く手伝いを頼むか。")),
        FigureWords(
            _("見送られた理由"),
            tuple((_(words), _count(report["reasons"][key])) for key, words in REASONS.items()),
            _("届け方を直すのか、書くときの助けを直すのか。"),
        ),
        FigureWords(
            _("はじめて答えた人の、次の答え"),
            ((_("前の四半期にはじめて答え、もう一度答えた人"), _share(report["second"])),),
            _("はじめて答えた人への声のかけ方を変えるか。"),
        ),
        FigureWords(
            _("身元にかかわるできごと"),
            ((_("世話役が言葉を外した、または書き手が開けられた"), _count(report["incidents"])),),
            _("書く前の確認と、公開範囲の決まりを厳しくするか。"),
        ),
    ]  # fmt: skip


def _count(band: int) -> str:
    return _("{n}以上").format(n=band) if band else _("10に満たない")


def _share(band: list[int] | None) -> str:
    return _("{low}〜{high}%").format(low=band[0], high=band[1]) if band else _("少なくて言えません")


def _load(band: list[int] | None) -> str:
    if band and band[1] == 0:
        return _("引き受けられる数をこえました")
    return _share(band)


def _hours(band: list[int] | None) -> str:
    if band is None:
        return _("まだ言えません")
    low, high = band
    if low >= 48:
        return _("{low}〜{high}日").format(low=low // 24, high=high // 24)
    return _("{low}〜{high}時間").format(low=low, high=high)
