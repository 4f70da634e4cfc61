"""What the texts of a cohort are called and how long they may be, on its own pages and on those of changing them."""

from typing import Final

from app.community.words import names_text
from app.web.i18n import gettext as _
from app.web.i18n import lazy

CHECK_IN: Final = {
    "aim": (lazy("めざすこと"), 200),
    "week": (lazy("今週したこと"), 1000),
    "stuck": (lazy("つまずいたこと"), 1000),
    "next": (lazy("次にすること"), 500),
}
CANVAS: Final = {
    "goal": (lazy("ゴール"), 120),
    "winning": (lazy("勝利条件"), 240),
    "aims": (lazy("中間目的"), 400),
    "measures": (lazy("施策"), 400),
    "changed": (lazy("前回から変わったこと"), 300),
}
for _kind, _texts in (("checkin", CHECK_IN), ("canvas", CANVAS)):
    for _name, (_label, _longest) in _texts.items():
        names_text(_name, _label, _longest, kind=_kind)


def labels(texts: dict[str, tuple[str, int]]) -> dict[str, str]:
    """By name, in the reader's language."""
    return {name: _(label) for name, (label, _longest) in texts.items()}


def lengths(texts: dict[str, tuple[str, int]]) -> dict[str, int]:
    """The longest length by name."""
    return {name: longest for name, (_label, longest) in texts.items()}
