"""What the texts of writings are called, for the pages of reading and changing them."""

from collections.abc import Mapping
from typing import Final

from app.questions.rules import MAX_ANSWER, MAX_TITLE
from app.web.i18n import gettext as _
from app.web.i18n import lazy

LABELS: Final[dict[tuple[str, str], str]] = {("", "title"): lazy("題名"), ("", "body"): lazy("本文")}
LONGEST: Final[dict[tuple[str, str], int]] = {("", "title"): MAX_TITLE}


def names_text(name: str, label: str, longest: int = MAX_ANSWER, *, kind: str = "") -> None:
    """Declare what a text of a feature's writings (of one kind, or of all) is called (a lazy message), and how long it may
    be. Texts are shown in the order in which they are declared."""
    LABELS[kind, name], LONGEST[kind, name] = label, longest


def text_label(name: str, kind: str = "") -> str:
    """The label of a text, in the reader's language."""
    return _(LABELS.get(_key(name, kind), LABELS["", "body"]))


def longest_of(name: str, kind: str = "") -> int:
    """How long it may be."""
    return LONGEST.get(_key(name, kind), MAX_ANSWER)


def in_order(texts: Mapping[str, str], kind: str = "") -> list[tuple[str, str]]:
    """Name and text, as their form has them; what nobody declared comes last."""
    place = {key: number for number, key in enumerate(LABELS)}
    return sorted(texts.items(), key=lambda one: place.get(_key(one[0], kind), len(place)))


def _key(name: str, kind: str) -> tuple[str, str]:
    return (kind, name) if (kind, name) in LABELS else ("", name)
