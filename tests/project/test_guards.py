"""A form with room for a text asks before its page is left: nobody loses what they wrote by a tap beside it."""

import re
from pathlib import Path

import pytest

from tests.project.source import ROOT

TEMPLATES = sorted((ROOT / "app").glob("*/templates/**/*.html")) + sorted((ROOT / "app/templates").glob("**/*.html"))
EXEMPT = {"design.html", "check.html", "badges.html"}  # the macros shown; what is pasted there stands elsewhere
CALL = re.compile(r"\{% (call|endcall)[^%]*%\}")


def forms(text: str) -> list[str]:
    """Each call of the form macro, with what stands in it."""
    found = []
    for start in re.finditer(r"\{% call f\.form\(", text):
        depth = 0
        for tag in CALL.finditer(text, start.start()):
            depth += 1 if tag[1] == "call" else -1
            if depth == 0:
                found.append(text[start.start() : tag.end()])
                break
    return found


@pytest.mark.parametrize("path", [one for one in TEMPLATES if one.name not in EXEMPT], ids=lambda path: path.name)
def test_a_form_with_a_text_is_guarded(path: Path) -> None:
    for form in forms(path.read_text(encoding="utf-8")):
        if "f.textarea(" in form:
            assert "guard=true" in form.split("%}", 1)[0], form.split("%}", 1)[0]


def test_a_form_without_a_guard_is_found() -> None:
    (form,) = forms(
        '{% call f.form("x") %}{% call a.row() %}{% endcall %}{{ f.textarea("y") }}{% endcall %} f.textarea('
    )
    assert form.endswith('{{ f.textarea("y") }}{% endcall %}')
