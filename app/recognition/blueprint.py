"""The feature's blueprint, on which four modules of views are hung."""

from datetime import date

from flask import Blueprint, request

from app.clock import today
from app.community.checking import Typed
from app.recognition.rules import Round, round_of
from app.settings import numbers
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox

blueprint = Blueprint("recognition", __name__, template_folder="templates")


def this_round(tools: Toolbox) -> tuple[Round, date]:
    """The round we are in, and the day."""
    day = today(tools.clock.now())
    return round_of(day, numbers(tools.settings.recognition_months)), day


def errors_of(typed: Typed) -> dict[str, str]:
    """What stands beside the fields of a form that comes back; nothing here waits for a coordinator, so what would has
    to go: exact prices, contacts, links."""
    if typed.is_held and typed.step == "send":
        return {"": _("値段や連絡先、リンクは、ここには書けません。外してから、もう一度お送りください。")}
    return typed.errors


def is_ready(typed: Typed) -> bool:
    """Whether it may be stored."""
    return typed.step == "send" and not typed.is_held


def field(name: str, longest: int) -> str:
    """A short typed value on one line."""
    return " ".join(request.form.get(name, "").split())[:longest]


def now_words() -> dict[str, object]:
    """The round, for every page of the feature."""
    now, day = this_round(toolbox())
    return {"now": now, "today": day}


blueprint.context_processor(now_words)
