"""Macros made once for a process speak every reader's language, and those that ask for words of the page are made for it."""

from flask import Flask
from jinja2 import DictLoader

from app.web.i18n import speaking

PARTS = {
    "plain.html": "{% macro word() %}{{ _('回答') }}{% endmacro %}",
    "asking.html": "{% macro word() %}{{ said }}{% endmacro %}",
    "above.html": "{% from 'asking.html' import word with context %}{% macro twice() %}{{ word() }}{{ word() }}{% endmacro %}",
    "early.html": "{{ _('回答') }}{% macro word() %}{% endmacro %}",
    "page.html": "{% from 'plain.html' import word with context %}{{ word() }}",
    "own.html": "{% from 'above.html' import twice with context %}{{ twice() }}",
}


def test_a_macro_made_once_speaks_every_language(app: Flask) -> None:
    app.jinja_env.loader = DictLoader(PARTS)
    page = app.jinja_env.get_template("page.html")
    assert page.render() == "回答"
    with speaking("en"):
        assert page.render() == "Answer"


def test_words_of_a_page_stay_with_it(app: Flask) -> None:
    app.jinja_env.loader = DictLoader(PARTS)
    page = app.jinja_env.get_template("own.html")
    assert [page.render(said=one) for one in ("朝", "夜")] == ["朝朝", "夜夜"]


def test_only_macros_that_ask_nothing_are_made_once(app: Flask) -> None:
    app.jinja_env.loader = DictLoader(PARTS)
    shared = {name for name in PARTS if app.jinja_env.get_template(name)._is_shared}
    assert shared == {"plain.html"}
