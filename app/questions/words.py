"""Sentences about questions, in the reader's language."""

from math import ceil

from app.questions.rules import COMPANY, OverLimit
from app.settings import Settings
from app.web.i18n import date_label
from app.web.i18n import gettext as _


def limit_words(limit: OverLimit, settings: Settings) -> str:
    """Why one more question has to wait, and until when, kindly."""
    day = date_label(limit.until)
    return {
        "open": _(
            "回答を待っている質問が{n}件あります。どれかに回答がつくと、すぐに次を出せます。つかなくても、{day}には出せます。書いたものは下書きに残っています。"
        ).format(n=settings.max_open_questions, day=day),
        "day": _(
            "今日は{n}件の質問を出しました。続きは明日、{day}にお願いします。書いたものは下書きに残っています。"
        ).format(n=settings.max_daily_questions, day=day),
        "week": _(
            "この7日間で{n}件の質問を出しました。少し休んで、{day}からまた出せます。書いたものは下書きに残っています。"
        ).format(n=settings.max_weekly_questions, day=day),
        "urgent": _(
            "急ぎの質問は月に一度までです。次に使えるのは{day}です。「書き直す」で急ぎの印を外すと、いまでも出せます。"
        ).format(day=day),
    }[limit.kind]


def state_words(state: str) -> str:
    """A thread's state in a few words, for lists."""
    return {
        "pending": _("公開待ち"),
        "waiting": _("照合中"),
        "asked": _("回答待ち"),
        "answered": _("回答あり"),
        "accepted": _("役に立った回答あり"),
        "likely": _("解決したようです"),
        "closed": _("終わりました"),
        "ended": _("まだだれも知らない質問"),
    }.get(state, "")


def wait_words(seconds: int) -> str:
    """The longest a post waits, in words: within a minute, 20 minutes, 4 hours, 3 days."""
    if seconds <= 60:
        return _("1分以内")
    if seconds < 5400:
        return _("{n}分以内").format(n=ceil(seconds / 60))
    if seconds < 172800:
        return _("{n}時間以内").format(n=ceil(seconds / 3600))
    return _("{n}日以内").format(n=ceil(seconds / 86400))


def expected_words(band: tuple[int, int] | None) -> str:
    """How long questions of this group wait for a first answer, from and to in hours; nothing where that is not told."""
    if band is None:
        return ""
    low, high = band
    if low == 0:
        return _("この分野の質問の半分には、{n}時間以内に最初の回答がついています。").format(n=high)
    if low < 24:
        return _("この分野の質問の半分は、{low}〜{high}時間で最初の回答がついています。").format(low=low, high=high)
    return _("この分野の質問の半分は、{low}〜{high}日で最初の回答がついています。").format(
        low=low // 24, high=high // 24
    )


def received_words(seconds: int) -> str:
    """An answer or follow-up has been taken in."""
    return _("受け取りました。ほかの投稿と混ぜて、{wait}に公開します。").format(wait=wait_words(seconds))


def step_note(state: str, *, wait: int, urgent: bool) -> str:
    """What is going on now and what comes next, for the asker's status page; `wait` is in seconds.

    Whether anybody was found is not told: with exclusions it would tell which organisation has the expert.
    """
    sought = _("合いそうな方を探して、届けています。だれに届いたか、何人に届いたかは、どなたにもお見せしません。")
    if state == "pending" and urgent:
        return _("まもなく公開します。そのあと、合いそうな方に届きます。この画面は閉じてもかまいません。")
    return {
        "pending": _(
            "いつ書いたかがわからないように、ほかの投稿と混ぜて、{wait}に公開します。そのあと、合いそうな方に届きます。この画面は閉じてもかまいません。"
        ).format(wait=wait_words(wait)),
        "waiting": _("合いそうな経験者を探しています。"),
        "asked": sought,
        "answered": _("回答が届きました。役に立ったら、印をつけて伝えてください。"),
        "accepted": _("役に立った回答に印がつきました。しばらくしたら、その後の様子をお聞きします。"),
        "likely": _("読んだ方の現場で、回答のとおりにしてうまくいったそうです。解決したものとして並べています。"),
        "told": _("その後の様子まで伝わりました。次に困る人の助けになります。"),
        "closed": _("この質問は終わりました。"),
        "ended": _("これは、ここではまだだれも知らない質問でした。"),
    }.get(state, "")


def mark_words(kind: str) -> str:
    """What a member's mark says, for the member alone."""
    return {
        "accept": _("役に立った"),
        "worked": _("うちでもうまくいった"),
        "outdated": _("古くなっている"),
        "thanks": _("お礼"),
        "likely": _("まだ解決していない"),
        "flag": _("知らせた"),
    }.get(kind, kind)


def thanks_words(choice: str) -> str:
    """Ready words of thanks, by key; empty for no such key."""
    return {
        "helped": _("助かりました。ありがとうございます。"),
        "kind": _("ていねいに書いてくださり、ありがとうございます。"),
        "try": _("さっそく試してみます。ありがとうございます。"),
    }.get(choice, "")


def why_coarser(reason: str) -> str:
    """Why a post cannot show what was asked for, in plain words and without a count."""
    return {
        "small": _(
            "このネットワークはまだ組織が少ないので、出せるのは分類だけです。組織が増えると選べるようになります。"
        ),
        "elsewhere": _("ご自分の分野ではない分類では、あなたについて出せるのは分類だけです。"),
        "afresh": _(
            "はじめからやり直したか、やめてから加わり直したため、その前に今期どこまで出したかを、だれも確かめられません。この四半期のあいだは分類だけを出します。"
        ),
        "profile": _("今期に決めた公開範囲より細かくは出せません。"),
        "table": _("この分類では、ここまで細かく出すと、同じに見える会員がほかの会社に十分いません。"),
        "together": _("今期のほかの投稿と並べて読まれると、同じに見える会員が十分いません。"),
    }.get(reason, "")


def pen_trouble(reason: str) -> str:
    """Why a pen name cannot be taken or used."""
    return {
        "length": _("ペンネームは、文字や数字を2つ以上使い、20文字までにしてください。"),
        "reserved": _("その名前は、画面で別の意味に使っています。ほかの名前にしてください。"),
        "own": _("会社の名前が入っています。ほかの名前にしてください。"),
        "taken": _("その名前は使えません。ほかの名前にしてください。"),
        "have": _("いまのペンネームをやめてから、新しい名前を決めてください。"),
        "first": _("はじめての投稿は、ペンネームなしで出します。"),
        "thread": _("このやりとりでは、ペンネームなしで書き始めています。"),
        "crowd": _(
            "この投稿には、ペンネームを使えません。これまでにペンネームで出したものと合わせると、あなただとわかるおそれがあるためです。"
        ),
    }.get(reason, "")


def role_label(author: int) -> str:
    """How a person is called inside one thread."""
    if author == COMPANY:
        return _("運営会社からの回答")
    return _("質問者") if author == 0 else _("回答者{n}").format(n=author)


def outgrown_words(longest: int, *, by_style: bool) -> str:
    """A text is longer than what was typed, and too long now."""
    if by_style:
        return _(
            "書きぶりをそろえると{n}文字をこえます。下で「書いたままの書きぶり」を選ぶか、少し短く書き直してください。"
        ).format(n=longest)
    return _("置きかえたあとの文が{n}文字をこえます。少し短く書き直してください。").format(n=longest)


def text_words(reason: str, longest: int) -> str:
    """What is wrong with a text."""
    return _("まだ書かれていません。") if reason == "empty" else _("{n}文字までで書いてください。").format(n=longest)
