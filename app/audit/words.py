"""The report in plain words."""

from dataclasses import dataclass

from app.audit.rules import Band, Measure, Report
from app.web.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Line:
    """One measure as the page shows it."""

    name: str
    about: str
    rows: tuple[tuple[str, str], ...]
    verdict: str
    kind: str  # ok | warn | "" for what is reported and not promised
    cost: str


def lines_of(report: Report) -> list[Line]:
    """Every measure: what is promised first, what is only reported last."""
    ordered = sorted(report.measures, key=lambda one: one.limit is None)
    return [_line(one) for one in ordered]


def _line(measure: Measure) -> Line:
    rows = [(_("測った値"), band_words(measure.band))]
    if measure.limit is not None:
        rows.insert(0, (_("約束"), limit_words(measure)))
    if measure.low and measure.high:
        words = _("{low}から{high}（{runs}回の試み、95％）")
        rows.append(
            (
                _("確かさの幅"),
                words.format(low=band_words(measure.low), high=band_words(measure.high), runs=measure.runs),
            )
        )
    verdict, kind = {
        True: (_("守られています"), "ok"),
        False: (_("守られていません"), "warn"),
        None: (_("約束はしていません"), ""),
    }[measure.met]
    cost = _costs().get(measure.key, "") if measure.met is not True else ""
    return Line(measure_name(measure.key), _abouts().get(measure.key, ""), tuple(rows), verdict, kind, cost)


def band_words(band: Band) -> str:
    """A band in words."""
    if band.kind == "people":
        return _("{n}人以上").format(n=int(band.to)) if band.to else _("2人より少ない")
    if band.kind == "count":
        return _("一つもない") if band.to == 0 else _("見つかった")
    if band.kind == "area":
        return _("でたらめとの差が{n}以下").format(n=f"{band.to:.2f}")
    return _("{n}％以下").format(n=round(100 * band.to))


def limit_words(measure: Measure) -> str:
    """What is promised."""
    limit = measure.limit or 0.0
    if measure.band.kind == "people":
        return _("{n}人以上").format(n=int(limit))
    return band_words(Band(measure.band.kind, limit))


def measure_name(key: str) -> str:
    """What was tried, in a few words."""
    return {
        "person": _("書いた人を言い当てる確率（いちばん悪い場合）"),
        "success": _("書いた人を言い当てる確率（平均）"),
        "organisation": _("書いた人の組織を言い当てる確率（いちばん悪い場合）"),
        "habits.person": _("選び方の癖まで知る相手が、書いた人を言い当てる確率（いちばん悪い場合）"),
        "habits.success": _("選び方の癖まで知る相手が、書いた人を言い当てる確率（平均）"),
        "habits.organisation": _("選び方の癖まで知る相手が、書いた人の組織を言い当てる確率（いちばん悪い場合）"),
        "quarter.person": _("公開範囲を途中で変えた人を言い当てる確率（いちばん悪い場合）"),
        "quarter.organisation": _("公開範囲を途中で変えた人の組織を言い当てる確率（いちばん悪い場合）"),
        "sybil.person": _("作りものの会員を混ぜた組織が、書いた人を言い当てる確率（いちばん悪い場合）"),
        "threads.linked": _("同じ人の質問どうしを、番号や印から結びつける"),
        "threads.twins": _("二度使われた番号や印"),
        "times.wider": _("投稿の時間から見て、書いたかもしれない人の数（同じ分野まで公開）"),
        "times.asked": _("投稿の時間から見て、書いたかもしれない人の数（依頼された人だけに公開）"),
        "dump.columns": _("盗まれたデータベースのうち、書いた人について画面より多くを語る列"),
        "circle.person": _("親鍵も盗まれたとき、書いた人を言い当てる確率（いちばん悪い場合）"),
        "circle.success": _("親鍵も盗まれたとき、書いた人を言い当てる確率（平均）"),
        "circle.organisation": _("親鍵も盗まれたとき、書いた人の組織を言い当てる確率（いちばん悪い場合）"),
        "thin": _("分類だけを出しても仲間が足りないと知らされる人の割合"),
    }[key]


def _abouts() -> dict[str, str]:
    rival = _("全員の属性と仕組みを知り、一人の四半期の投稿をすべて結びつけた競合の人が、本人を探す計算です。")
    times = _(
        "だれがいつ画面の前にいたかを、分まで知っている同僚の計算です。20回に19回は、この人数のなかに隠れます。"
        "会員が378人いるネットワークで、20人以上を約束しています。"
    )
    habits = _("同じ人が、扱う魚種の少ない人ほど同じ魚種を何度も質問することまで、計算に入れます。")
    return {
        "person": rival,
        "success": rival,
        "organisation": rival,
        "habits.person": habits,
        "habits.success": habits,
        "habits.organisation": habits,
        "threads.linked": _("質問ごとに変わる番号や印を、四つの方法で見くらべます。0は、でたらめに選ぶのと同じです。"),
        "times.wider": times,
        "times.asked": times,
    }


def _costs() -> dict[str, str]:
    habits = _(
        "仲間の人数だけを数える決まりでは、ここまでは防げません。投稿に魚種を出さず、分類だけにすると、この確率は下がります。"
    )
    circle = _("組織の小さな集まりまで知られるからです。親鍵を守ることが、この約束の前提です。")
    return {
        "habits.person": habits,
        "habits.organisation": habits,
        "circle.person": circle,
        "circle.success": circle,
        "circle.organisation": circle,
        "thin": _(
            "そういう人には、質問の前の画面でそのことが伝えられます。届け先は探せますが、隠れる仲間は少ないままです。"
        ),
    }
