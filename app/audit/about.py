"""What each attacker does, knows and cannot do: the sentences of the report, and the figures of what cannot run on a
live network."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.web.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Tested:
    """An attack that is run against a test network, and what it came to there; with the command that runs it again."""

    key: str
    figures: tuple[str, ...]
    day: date
    command: str


# printed by these commands on that day; a new version measures them anew
TESTED: Final = (
    Tested("oracle", ("+0.025", "−0.084", "+0.134", "320"), date(2026, 11, 22), "python -m benchmarks.attacks"),
    Tested("enumeration", ("0.538", "0.501", "0.515", "0.505"), date(2026, 11, 22), "python -m benchmarks.enumeration"),
)


def names() -> dict[str, str]:
    """What each attacker tries."""
    return {
        "rival": _("投稿に出ている項目から、書いた人を探す"),
        "quarter": _("公開範囲を途中で変えた人を探す"),
        "sybil": _("作りものの会員を混ぜて、書いた人を探す"),
        "threads": _("同じ人の質問どうしを、番号や印から結びつける"),
        "style": _("文章の癖から、書いた人を見分ける"),
        "times": _("投稿の時間から、書いた人をしぼる"),
        "dump": _("盗まれたデータベースから、書いた人を探す"),
        "readers": _("報告の数字から、ある組織が相談したかを当てる"),
        "habits": _("選び方の癖まで知って、書いた人を探す"),
        "circle": _("親鍵も盗んで、書いた人を探す"),
        "thin": _("仲間の少ない人"),
        "oracle": _("届け先を探る"),
        "enumeration": _("登録されているアドレスを、時間から探る"),
    }


def parts() -> dict[str, str]:
    """What each figure of an attacker is about."""
    person, mean, organisation = _("本人（いちばん悪い場合）"), _("本人（平均）"), _("組織（いちばん悪い場合）")
    three = {"person": person, "success": mean, "organisation": organisation}
    return {
        **three,
        **{
            f"{group}.{key}": words
            for group in ("quarter", "sybil", "habits", "circle")
            for key, words in three.items()
        },
        "threads.linked": _("番号や印の見くらべ"),
        "threads.twins": _("二度使われた番号や印"),
        "style.ja": _("日本語の文章"),
        "style.en": _("英語の文章"),
        "times.wider": _("同じ分野まで公開したとき"),
        "times.asked": _("依頼された人だけに公開したとき"),
        "dump.columns": _("画面より多くを語る列"),
        "dump.columns.root": _("親鍵で開けたとき、画面より多くを語る列"),
        "readers.member": _("当てずっぽうよりどれだけ当たるか"),
        "thin": _("分類だけを出しても仲間が足りないと知らされる人"),
    }


def abouts() -> dict[str, str]:
    """What an attacker knows and does."""
    return {
        "rival": _(
            "全員の属性と仕組みを知り、一人の四半期の投稿をすべて結びつけた競合の人が、本人を言い当てる確率です。"
        ),
        "quarter": _("同じ相手が、変える前と後の投稿を重ねて本人を言い当てる確率です。"),
        "sybil": _("一つの組織が、実在しない会員を増やして仲間の数をごまかし、本人を言い当てる確率です。"),
        "threads": _("質問ごとに変わる番号や印を、四つの方法で見くらべます。差が0なら、でたらめに選ぶのと同じです。"),
        "style": _(
            "同じことを別々の癖で書く作りものの20人の文章を、投稿と同じように整えてから見くらべます。会員の文章は使いません。"
        ),
        "times": _(
            "だれがいつ画面の前にいたかを、分まで知っている同僚の計算です。20回に19回は、この人数のなかに隠れます。"
        ),
        "dump": _("書いた人について、画面に出ている以上のことを語る列がないかを、すべての表で探します。"),
        "readers": _(
            "一つを除くすべての組織の相談を知っている相手が、公表された数字から、残る一つが相談したかどうかを当てます。"
            "数字に加える誤差を、予定どおりの強さで引き直して確かめています。"
        ),
        "habits": _(
            "最初の相手が、人の選び方まで知っている場合です。扱う題材の少ない人ほど同じ題材を何度も質問することや、"
            "どの項目を出しそうかまで計算に入れます。"
        ),
        "circle": _("データベースと親鍵の両方を盗んだ相手が、本人を言い当てる確率です。"),
        "oracle": _(
            "質問を送り、画面の反応から専門の方がいるかを当てます。動いているところで試すと、専門の方に作りものの質問が"
            "届くので、試験用のネットワークで確かめています。"
        ),
        "enumeration": _(
            "返事までの時間から、アドレスが登録されているかを当てます。動いているところで試すと、実在する人のサインインを"
            "止めてしまうので、試験用のネットワークで確かめています。"
        ),
    }


def notes() -> dict[str, str]:
    """What is not promised or not tried, why, and what it would cost."""
    return {
        "style": _("話の中身や、大規模言語モデルを使った見分けまでは、防げると言えません。"),
        "times": _(
            "依頼された人だけに公開する質問は早く届けるため、時間については何も約束していません。"
            "同じ分野まで公開する質問は、会員が378人以上なら20人以上を約束しています。"
        ),
        "habits": _(
            "これは約束していません。見つかったいちばん強い設計は、その投稿を書いていそうな度合いで会員を数え、"
            "出せる項目を分類ごとにそろえるものです。作りもののネットワークで測ると、組織を言い当てる確率は、"
            "いちばん悪い場合で53〜86％から35〜55％に下がり、かわりに投稿がおよそ9％減ります。"
        ),
        "circle": _("組織の小さな集まりまで知られるからです。親鍵を守ることが、この約束の前提です。"),
        "thin": _(
            "そういう人には、質問の前の画面でそのことが伝えられます。届け先は探せますが、隠れる仲間は少ないままです。"
        ),
    }


def tested_words(one: Tested) -> str:
    """What a test of this version came to."""
    return {
        "oracle": _("当てずっぽうとの差は{0}でした（95％の幅は{1}から{2}、{3}回の試み）。約束は0.05以下です。"),
        "enumeration": _(
            "見分けられる度合いは、サインイン{0}、登録{1}、復元{2}、はじめからやり直す{3}でした。0.5なら当てずっぽうと同じです。約束は0.55以下です。"
        ),
    }[one.key].format(*one.figures)
