"""The words of this feature that depend on a state."""

from app.web.i18n import gettext as _


def phase_words(phase: str, form: str) -> str:
    """Where a session is, in a word or two."""
    return {
        "planned": _("準備中"),
        "coming": _("申し込めます"),
        "soon": _("まもなく始まります"),
        "open": _("いま開いています"),
        "over": _("記録を読めます") if form == "text" else _("終わりました"),
        "cancelled": _("中止"),
    }[phase]


def form_words(form: str) -> str:
    """How it is held."""
    return _("文字で話す会") if form == "text" else _("映像の会")


def invited_words(state: str) -> str:
    """What became of an invitation, as coordinators see it."""
    return {
        "asked": _("お返事を待っています"),
        "yes": _("引き受けてくれました"),
        "no": _("今回は見送り"),
        "change": _("今回は見送り"),
        "silent": _("お返事がありませんでした"),
    }[state]


def time_words(field: str, reason: str) -> str:
    """What is wrong with the times of a form."""
    if reason == "past":
        return _("今日より後の日を選んでください。")
    return {
        "day": _("日にちを選んでください。"),
        "begins": _("始まる時刻を選んでください。"),
        "length": _("15分から240分まで、その日のうちに終わる長さにしてください。"),
    }[field]
