"""Nothing lies about: every macro is called, every icon drawn, every key and class of the house's scripts is somewhere."""

import re
from pathlib import Path

from tests.project.source import ROOT

MACROS = sorted((ROOT / "app/templates/macros").glob("*.html"))
STATIC = ROOT / "app/static"


def without_comments(path: Path) -> str:
    return re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.S)


TEMPLATES = "".join(without_comments(path) for path in sorted((ROOT / "app").rglob("*.html")))
SCRIPTS = "".join(path.read_text(encoding="utf-8") for path in sorted((STATIC / "js").glob("*.js")))
CODE = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "app").rglob("*.py")))


def test_every_macro_is_called() -> None:
    defined = [name for path in MACROS for name in re.findall(r"\{% macro (\w+)\(", without_comments(path))]
    assert len(defined) > 30
    called = re.sub(r"\{% macro \w+", "", TEMPLATES)
    assert [name for name in defined if not re.search(rf"\b{name}\(", called)] == []


def test_every_icon_is_drawn() -> None:
    own = without_comments(ROOT / "app/templates/macros/icons.html")
    names = re.findall(r"^  \"([a-z-]+)\": '<", own, re.M)
    assert len(names) > 20
    said = TEMPLATES.replace(own, "") + "".join(re.findall(r"^.*_\(\".*$", CODE, re.M))
    assert [name for name in names if f'"{name}"' not in said] == []


def test_scripts_look_for_what_pages_have_or_scripts_set() -> None:
    looked_for = set(re.findall(r"\[(data-[a-z-]+)", SCRIPTS))
    set_by_scripts = {f"data-{name}" for name in re.findall(r"dataset\.(\w+) = ", SCRIPTS)}
    set_by_scripts |= set(re.findall(r'setAttribute\("(data-[a-z-]+)"', SCRIPTS))
    assert len(looked_for) > 10
    found = [name for name in looked_for - set_by_scripts if re.search(rf"\b{name}\b(?!-)", TEMPLATES)]
    assert looked_for - set_by_scripts - set(found) == set()


def test_every_class_of_the_style_sheets_is_worn() -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in sorted((STATIC / "css").glob("*.css")))
    names = set(re.findall(r"\.([a-z][a-z0-9-]+)(?=[\s,.:{>+~)\[])", re.sub(r"/\*.*?\*/", "", sheets, flags=re.S)))
    assert len(names) > 60
    worn = TEMPLATES + SCRIPTS + CODE
    unworn = [name for name in sorted(names) if not re.search(rf"(?<![\w-]){name}(?![\w-])", worn)]
    put_together = tuple(re.findall(r"\b([a-z-]+-)(?:\" ~|\{\{)", worn))  # "button-" ~ kind
    assert [name for name in unworn if not name.startswith(put_together)] == []
