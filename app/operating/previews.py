"""What a domain file makes of the question form and the lists, in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domains.trade import FormField, Named, Trade
from app.web.i18n import gettext as _
from app.web.i18n import lazy, speaking

LOCALES: Final = (("ja", lazy("日本語の画面")), ("en", lazy("英語の画面")))
KINDS: Final = {"text": "textarea", "date": "date", "choice": "select", "number": "number"}
LONG: Final = 300  # characters a text field takes before it is drawn large


@dataclass(frozen=True, slots=True)
class FieldPreview:
    """One field of the form as people would see it."""

    key: str
    kind: str
    label: str
    hint: str
    required: bool
    unit: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """One language."""

    locale: str
    language: str
    words: dict[str, str]
    groups: tuple[tuple[str, str], ...]  # name, and what is in it, in one line
    topics: str
    facets: tuple[tuple[str, str], ...]
    fields: tuple[FieldPreview, ...]


def preview(trade: Trade) -> tuple[Preview, ...]:
    """Japanese, then English."""
    return tuple(_in(trade, locale, _(language)) for locale, language in LOCALES)


def _in(trade: Trade, locale: str, language: str) -> Preview:
    with speaking(locale):
        return Preview(
            locale=locale,
            language=language,
            words={key: str(word) for key, word in trade.words.items()},
            groups=tuple((str(one.name), _names(one.subjects)) for one in trade.groups),
            topics=_names(trade.topics),
            facets=tuple((str(one.name), _names(one.values)) for one in trade.facets),
            fields=tuple(_field(one) for one in trade.form.fields),
        )


def _names(named: Sequence[Named]) -> str:
    return _("、").join(str(one.name) for one in named)


def _field(one: FormField) -> FieldPreview:
    kind = "text" if one.kind == "text" and one.max <= LONG else KINDS[one.kind]
    options = tuple((value.key, str(value.name)) for value in one.values)
    return FieldPreview(one.key, kind, str(one.label), str(one.hint or ""), one.required, one.unit, options)
