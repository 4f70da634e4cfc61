"""Sentences of the desk and of what becomes of a post, in the reader's language."""

from app.moderation.rules import (
    CONFIRM,
    GRANT,
    KEEP,
    LONGEST_COMMENT,
    LONGEST_SENTENCE,
    PUT_BACK,
    REASONS,
    REFUSE,
    RELEASE,
    UPHOLD,
    WORDS,
)
from app.questions.holding import WHY
from app.web.i18n import gettext as _

Choice = tuple[str, str, str]


def flag_choices() -> list[Choice]:
    """The reasons of a flag, with what each of them means."""
    more = {
        "identifying": _("書いた人や、ほかのだれか、会社や場所がわかってしまう言葉がある。すぐに隠して確かめます。"),
        "selling": _("商品やサービスをすすめている、値段や申し込み先を書いている。"),
        "harmful": _("まねをすると害が出るおそれがある、法律に触れる。どこが危ないかを書いてください。"),
        "charter": _("人を探っている、人をけなしているなど、みんなの約束に合わない。"),
    }
    return [(key, _(name), more[key]) for key, name in REASONS.items()]


def reason_choices() -> list[Choice]:
    """The classes of reason a coordinator gives."""
    return [(key, _(name), "") for key, name in REASONS.items()]


def decision_choices(offered: tuple[str, ...]) -> list[Choice]:
    """What may be decided, with what follows."""
    words = {
        PUT_BACK: (_("もとどおり表示する"), _("問題はありませんでした。書いた人に知らせます。")),
        WORDS: (
            _("言葉を消してもらう"),
            _("どの言葉かを、下に書いてください。消したと本人が知らせると、ここに戻ります。"),
        ),
        KEEP: (_("表示しないままにする"), _("わざとではない、知らなかった、などのとき。約束違反とは数えません。")),
        UPHOLD: (
            _("約束に反していたと認める"),
            _("表示しません。一年のうちに二度めになると、本人は二週間、書けなくなります。"),
        ),
        GRANT: (_("見直して、もとに戻す"), _("もとどおり表示し、約束違反とは数えません。")),
        CONFIRM: (_("前の判断のままにする"), _("理由を、本人にわかるように書いてください。")),
        RELEASE: (_("公開する"), _("ほかの投稿と混ぜて、次の区切りで公開します。")),
        REFUSE: (_("公開しない"), _("文は下書きとして本人に戻ります。どこを直せばよいかを書いてください。")),
    }
    return [(one, *words[one]) for one in offered]


def decided_words(do: str) -> str:
    """A decision, as it stands in a history."""
    return {
        PUT_BACK: _("もとどおり表示"),
        WORDS: _("言葉を消すお願い"),
        KEEP: _("表示しないまま"),
        UPHOLD: _("約束に反すると認めた"),
        GRANT: _("見直してもとに戻した"),
        CONFIRM: _("見直して、判断は変えなかった"),
        REFUSE: _("公開しなかった"),
    }.get(do, "")


def reason_words(reason: str) -> str:
    """A reason of a flag, a decision or a hold."""
    known = {**REASONS, **WHY}
    return _(known[reason]) if reason in known else ""


def part_words(part: str) -> str:
    """What kind of thing it is."""
    return {
        "question": _("質問"),
        "answer": _("回答"),
        "company": _("運営会社の回答"),
        "outcome": _("その後の様子"),
        "edit": _("書き直し"),
        "addition": _("あとからの追記"),
        "writing": _("投稿"),
        "writing-change": _("投稿の書き直し"),
    }.get(part, _("書き足し"))


def line_words(kind: str) -> str:
    """Why something is on the desk."""
    return {"flag": _("知らせがありました"), "appeal": _("見直しの依頼")}.get(kind, _("公開の前の確認"))


def flag_trouble(reason: str) -> dict[str, str]:
    """What is wrong with a flag, beside its field."""
    field, words = {
        "choose": ("reason", _("どれかひとつを選んでください。")),
        "comment": ("comment", _("どこが危ないのかを、ひとことで結構ですので書いてください。")),
        "long": ("comment", _("{n}文字までで書いてください。").format(n=LONGEST_COMMENT)),
        "day": (
            "",
            _("一日に知らせられるのは10件までです。続きは明日お願いします。急ぐときは運営に連絡してください。"),
        ),
    }[reason]
    return {field: words}


def decision_trouble(reason: str) -> dict[str, str]:
    """What is wrong with a decision, beside its field."""
    field, words = {
        "choose": ("do", _("どれかひとつを選んでください。")),
        "why": ("reason", _("理由を選んでください。本人に伝わります。")),
        "sentence": ("sentence", _("本人にわかるように、一文で書いてください。")),
        "long": ("sentence", _("{n}文字までで書いてください。").format(n=LONGEST_SENTENCE)),
    }[reason]
    return {field: words}
