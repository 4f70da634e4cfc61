"""The feature's blueprint, on which its modules of views are hung, and the words their templates share."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint
from flask_login import current_user

from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.errors import Forbidden
from app.ideas.rules import LOOKS, STATES, Trouble
from app.web.i18n import gettext as _
from app.web.i18n import lazy

blueprint = Blueprint("ideas", __name__, template_folder="templates")
_BY: Final = {"company": lazy("運営会社"), "coordinator": lazy("世話役"), "rules": lazy("きまり")}


def board_reader() -> Viewer:
    """Whoever looks, where the board is for them: members, and the operating company's people. Raises Forbidden."""
    viewer = current_viewer()
    if not {"member", "analyst"} & viewer.roles:
        raise Forbidden
    return viewer


def state_words(state: str) -> str:
    """A state, in a word."""
    if state == "held":
        return _("世話役の確認待ち")
    return _(STATES[state]) if state in STATES else _("次の区切りで公開")


def trouble_words(trouble: Trouble) -> str:
    """Why a change cannot be made, kindly."""
    words: Mapping[Trouble, str] = {
        "reason": _("理由を書いてください。短くてかまいません。"),
        "long": _("400字までにまとめてください。"),
        "state": _("選べるものから選んでください。"),
        "same": _("もうその状態です。"),
        "into": _("まとめる先のアイデアを選んでください。まとめられたものや、それ自身は選べません。"),
    }
    return words[trouble]


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {
        "idea_words": state_words,
        "idea_look": lambda state: LOOKS.get(state, ""),
        "by_words": lambda by: _(_BY[by]),
        "is_company": current_user.is_authenticated and "analyst" in current_user.roles,
    }
