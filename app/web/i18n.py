"""The reader's language: Japanese is the source, English a babel catalogue; the locale is a context variable."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from babel.support import NullTranslations, Translations
from flask import Flask, request, session
from markupsafe import Markup

LOCALES: Final = ("ja", "en")
TRANSLATIONS: Final = Path(__file__).parent.parent / "translations"
_locale: ContextVar[str] = ContextVar("locale", default="ja")
_JAPANESE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_ENGLISH: Final = re.compile(r"[A-Za-z]{2,}\W+[A-Za-z]+\W+[A-Za-z]{2,}")


@cache
def _catalogue(locale: str) -> NullTranslations:
    return Translations.load(str(TRANSLATIONS), [locale])


def current_locale() -> str:
    """ja or en."""
    return _locale.get()


def set_locale(locale: str) -> None:
    """Speak this language until the next request."""
    _locale.set(locale if locale in LOCALES else LOCALES[0])


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Speak this language in between: for a terminal, which has no request to choose by."""
    before = _locale.set(locale)
    try:
        yield
    finally:
        _locale.reset(before)


def gettext(message: str) -> str:
    """The message in the reader's language; the Japanese itself is the key."""
    return _catalogue(current_locale()).ugettext(message)


def _written(message: str) -> Markup:
    """The message for a template: written by the house, so nothing of it is escaped."""
    return _in(_locale.get(), message)


@lru_cache(8192)
def _in(locale: str, message: str) -> Markup:
    return Markup(_catalogue(locale).ugettext(message))  # noqa: S704


def ngettext(singular: str, plural: str, number: int) -> str:
    """The message for this number."""
    return _catalogue(current_locale()).ungettext(singular, plural, number)


def lazy(message: str) -> str:
    """Mark a message for the catalogue; whoever shows it calls gettext on it."""
    return message


def date_label(day: date) -> str:
    """A date as people write it: 2026年11月20日, 20 November 2026."""
    if current_locale() == "en":
        return f"{day.day} {day:%B %Y}"
    return f"{day.year}年{day.month}月{day.day}日"


def month_label(day: date) -> str:
    """A month as people write it: 2026年11月, November 2026."""
    return f"{day:%B %Y}" if current_locale() == "en" else f"{day.year}年{day.month}月"


def lang_attribute(said: object) -> Markup:
    """` lang="…"` for what members wrote in the other language than the page's, else nothing: voice and glyphs follow it
    (WCAG 2.2, 3.1.2). Kana or kanji is Japanese; three Latin words and neither is English."""
    written = str(said)
    if _JAPANESE.search(written):
        found = "ja"
    elif _ENGLISH.search(Markup(written).striptags()):  # noqa: S704 (read, never shown)
        found = "en"
    else:
        return Markup()
    return Markup() if found == current_locale() else Markup(' lang="{}"').format(found)


def choose_locale() -> None:
    """The language somebody chose, else the browser's, else Japanese."""
    chosen = session.get("locale") or request.accept_languages.best_match(LOCALES) or LOCALES[0]
    set_locale(chosen)


def init_i18n(app: Flask) -> None:
    """Give templates `_` and `ngettext`, and choose before each request."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["_"] = _written  # one catalogue look-up, where Babel's would look for something to fill in
    app.jinja_env.filters["lang"] = lang_attribute
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.before_request(choose_locale)
