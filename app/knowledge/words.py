"""What the pages of the knowledge base say, in the reader's language."""

from collections.abc import Sequence
from typing import Any

from app.knowledge.rules import ARTICLE, OF
from app.web.i18n import gettext as _

Row = tuple[str, list[str], str]


def audience_options() -> list[tuple[str, str, str]]:
    """For whom a note or an article is."""
    return [
        ("domain", _("同じ分野の会員"), _("その分類の仕事をしている会員だけが読めます。")),
        ("members", _("すべての会員"), _("ほかの分野の会員も読めます。")),
        ("public", _("だれでも"), _("会員でない人も、サインインせずに読めます。同じ会社の人や競合も含まれます。")),
    ]


def audience_words(audience: str, *, company: bool) -> str:
    """Who reads it, in a sentence."""
    who = {
        "domain": _("同じ分野の会員が読めます。"),
        "members": _("すべての会員が読めます。"),
        "public": _("だれでも、サインインせずに読めます。"),
    }[audience]
    if audience == "public":
        return who
    return who + (_("運営会社も読めます。") if company else _("運営会社は読めません。"))


def scope_rows(audience: str, *, company: bool, cells: Sequence[str]) -> list[Row]:
    """Who sees what of a note, as rows of the table."""
    seen, unseen = list(cells), [""] * len(cells)
    is_public = audience == "public"
    return [
        (_("同じ分野の会員"), seen, ""),
        (_("ほかの分野の会員"), unseen if audience == "domain" else seen, ""),
        (_("同じ会社の人"), seen if is_public else unseen, _("だれでも読めるため") if is_public else ""),
        (_("運営会社"), seen if is_public or company else unseen, ""),
        (_("会員でない人"), seen if is_public else unseen, ""),
    ]


def evidence_words(reported: int, worked: int) -> str:
    """How it went where it was tried; empty while fewer than five organisations have told."""
    if not reported:
        return ""
    return _(
        "{reported}以上の組織が、ためした結果を知らせてくれました。そのうち、5組織に{worked}組織のわりあいで役に立っています。"
    ).format(reported=reported, worked=worked)


def tried_words(worked: int) -> str:
    """The same on a card: for how many of five organisations that told of it (rounded down) it worked."""
    if worked == 0:
        return _("ためした組織の多くでは、役に立たなかった")
    if worked == OF:
        return _("ためした組織のすべてで役に立った")
    return _("ためした組織の{of}つに{worked}つで役に立った").format(of=OF, worked=worked)


def state_words(state: str) -> str:
    """Where an editor's text is."""
    return {
        "draft": _("下書き"),
        "consenting": _("同意を待っています"),
        "second": _("ふたり目の編集者を待っています"),
        "due": _("まもなく出ます"),
    }.get(state, "")


def role_words(role: str) -> str:
    """Who was asked."""
    return {
        "asker": _("質問した方"),
        "answerer": _("回答した方"),
        "voice": _("会で話した方"),
        "second": _("ふたり目の編集者"),
    }.get(role, "")


def wish_words(word: str) -> str:
    """What was said."""
    return {
        "change": _("直してほしいところがあります。"),
        "no": _("この文では出さないでほしい、とのことです。"),
        "silent": _("14日のあいだに返事がありませんでした。出さないでおきます。"),
        "second": _("直してから、もう一度出してください。"),
        "gone": _("書き込みが取り下げられたので、この文は消しました。残った回答で書き直せます。"),
    }.get(word, "")


def reason_words(reason: str) -> str:
    """Why an article is there no more."""
    if reason == "outdated":
        return _("古くなっていたため、編集者が取り下げました。")
    return _("もとの書き手の希望で、取り下げました。理由はうかがっていません。")


def kind_words(kind: str) -> str:
    """What it is."""
    return _("記事") if kind == ARTICLE else _("メモ")


def names() -> dict[str, Any]:
    """For templates."""
    return {
        "audience_words": audience_words, "evidence_words": evidence_words, "text_state": state_words,
        "role_asked": role_words, "wish_words": wish_words, "reason_words": reason_words, "kind_words": kind_words,
        "tried_words": tried_words,
    }  # fmt: skip
