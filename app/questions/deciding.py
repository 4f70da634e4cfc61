"""What an author decided on a page: choices from the form, and the check they belong to."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from flask import request

from app.accounts.viewer import Viewer
from app.db import Stores
from app.questions.checks import KEEP, LONGEST_OWN, REPLACE, Checked, Choice, Choices, check
from app.questions.holding import reasons_in
from app.questions.rules import is_blank
from app.questions.words import outgrown_words
from app.redacting.service import own_words, redactor
from app.web.i18n import gettext as _
from app.wiring import Toolbox

DECIDED: Final = "do-"
INSTEAD: Final = "instead-"


def check_texts(
    tools: Toolbox, stores: Stores, viewer: Viewer, texts: Mapping[str, str], *, choices: Choices, plain: bool
) -> Checked:
    """Check these texts of this viewer."""
    known = redactor(stores, tools.vault, tools.names)
    own = own_words(stores, tools.vault, organisation_id=viewer.organisation_id)
    checked = check(known, own, texts, choices=choices, plain=plain)
    return replace(checked, held=reasons_in(tools.trade, checked.final.values()))


def read_choices() -> dict[str, Choice]:
    """What the form says about each find; everything else is left as it was."""
    decided = {}
    for name, value in request.form.items():
        key = name.removeprefix(DECIDED)
        if name.startswith(DECIDED) and value in (KEEP, REPLACE) and len(key) <= LONGEST_OWN:
            typed = " ".join(request.form.get(INSTEAD + key, "").split())[:LONGEST_OWN]
            decided[key] = Choice(value, typed if value == REPLACE and not is_blank(typed) else "")
    return decided


def replace_all(checked: Checked) -> dict[str, Choice]:
    """Every find replaced: those by the author's own words where there are some."""
    return {one.key: Choice(REPLACE, one.choice.text) for one in checked.finds}


def wants_plain(before: bool) -> bool:
    """Whether the house style is left out this time: the button says so, else it stays as it was."""
    return {"1": True, "0": False}.get(request.form.get("set_plain", ""), before)


def check_words(checked: Checked, *, was_seen: bool = True) -> dict[str, str]:
    """What stands beside a text that cannot go out; at first sight only where no find says so already."""
    names = checked.refused if was_seen else [name for name, text in checked.texts.items() if text.names_own]
    return {name: own_refused() for name in names}


def outgrown(checked: Checked, longest: Mapping[str, int]) -> dict[str, str]:
    """What stands beside a text that grew too long on the way: by the house style, or by what stands instead."""
    return {
        name: outgrown_words(longest[name], by_style=len(text.replaced) <= longest[name])
        for name, text in checked.texts.items()
        if len(text.final) > longest[name]
    }


def own_refused() -> str:
    """Why, kindly."""
    return _("ご自分の組織の名前が入っています。あなたを守るため、名前だけは別の言葉に置きかえてから出してください。")


def label_names() -> dict[str, Any]:
    """What each kind of find is called."""
    return {
        "mail": _("メールアドレス"),
        "phone": _("電話番号"),
        "url": _("リンク"),
        "organisation": _("組織の名前"),
        "person": _("人の名前"),
        "place": _("地名"),
        "address": _("住所"),
        "vessel": _("船の名前"),
        "licence": _("免許などの番号"),
        "coordinates": _("位置"),
        "date": _("日付"),
        "number": _("数"),
    }
