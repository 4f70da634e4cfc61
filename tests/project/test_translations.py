"""The English catalogue is whole: every message the pages and the code can show, nothing more, nothing doubtful."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from app.moderation.rules import REASONS
from app.moderation.words import flag_choices, reason_choices, reason_words
from app.notices.course import SENTENCES
from app.questions.course_page import turn_words
from app.questions.holding import WHY
from app.web.i18n import speaking
from tests.project.source import ROOT, Module, modules, name_of

PYBABEL = Path(sys.executable).with_name("pybabel")
FOLDER = ROOT / "app/translations/en/LC_MESSAGES"
JAPANESE = re.compile(r"[\u3041-\u30fe\u4e00-\u9fff]")
MARKS = {"_", "gettext", "lazy", "ngettext"}
# Japanese that is not a message: the demo's material, what commands say in both languages at once, letters, which hold
# both; and then how a Japanese date is written, and the corporate forms a name is compared without.
OTHER_FILES = re.compile(
    r"^app/(demo/|cli\.py|mail/letters\.py|redacting/names\.py|questions/(own_names|spellings)\.py)"
)
OTHER_TEXTS = re.compile(
    r"^app/((web/i18n|insights/naming)\.py [年月日]$|insights/charts\.py  ／・、/$|cohorts/drawing\.py 、。，．|pages/design\.py いけす|accounts/rules\.py 株式会社\||questions/(checks\.py の$|pennames\.py 質問者\|))"
)


def entries(catalogue: Catalog) -> dict[str, Message]:
    """msgid -> message, the header left out."""
    return {_key(message): message for message in catalogue if message.id}


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Message]:
    """What templates and code say, by the project's own extraction settings."""
    path = tmp_path_factory.mktemp("babel") / "messages.pot"
    command = [PYBABEL, "extract", "-F", "pyproject.toml", "-k", "lazy", "-o", path, "app"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with path.open("rb") as file:
        return entries(read_po(file))


@pytest.fixture(scope="module")
def english() -> Catalog:
    with (FOLDER / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


def names_in(text: str) -> set[str]:
    """The placeholders of a message: %(name)s and {name}."""
    braces = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    return braces | {f"%{name}" for name in re.findall(r"%\((\w+)\)", text)}


def test_nothing_is_missing(said: dict[str, Message], english: Catalog) -> None:
    assert len(said) > 100
    there = {key for key, message in entries(english).items() if all(_texts(message))}
    assert sorted(said.keys() - there) == []


def test_nothing_is_left_over(said: dict[str, Message], english: Catalog) -> None:
    assert sorted(entries(english).keys() - said.keys()) == []
    assert list(english.obsolete) == []


def test_nothing_is_doubtful(english: Catalog) -> None:
    assert [key for key, message in entries(english).items() if message.fuzzy] == []


def test_placeholders_are_the_same(english: Catalog) -> None:
    for key, message in entries(english).items():
        for text in _texts(message):
            assert names_in(text) == names_in(key), key


def test_english_is_english(english: Catalog) -> None:
    """A Japanese word in it would be a forgotten one; names of the languages and of the network stay as they are."""
    left = [key for key, message in entries(english).items() if any(JAPANESE.search(text) for text in _texts(message))]
    assert [key for key in left if key not in {"日本語", "潮目"}] == []


def test_the_compiled_catalogue_is_this_one(english: Catalog) -> None:
    compiled = BytesIO()
    write_mo(compiled, english)
    compiled.seek(0)
    with (FOLDER / "messages.mo").open("rb") as file:
        stored = read_mo(file)
    assert _plain(stored) == _plain(read_mo(compiled))


def _plain(catalogue: Catalog) -> dict[str, object]:
    return {key: message.string for key, message in entries(catalogue).items()}


def _texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_templates_say_nothing_outside_the_catalogue() -> None:
    """Japanese in a template that is not a message would stand on the English page."""
    found = []
    for path in sorted((ROOT / "app").rglob("*.html")):
        text = re.sub(r"\{#.*?#\}|\{%-?\s*trans\b.*?endtrans\s*-?%\}", "", path.read_text(encoding="utf-8"), flags=re.S)
        text = text.replace('lang="ja">{{ icon("globe") }}<span>日本語</span>', "")  # a language is named in itself
        text = re.sub(r"\b_\(\s*(\"[^\"]*\"|'[^']*')", "", text)
        found += [f"{path.relative_to(ROOT)}: {line.strip()}" for line in text.splitlines() if JAPANESE.search(line)]
    assert found == []


def loose_japanese(module: Module) -> Iterator[str]:
    """Japanese strings in code that are neither a message, nor beside their English in `Words`, nor a docstring."""
    marked = {
        id(part)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and (name_of(node.func) in MARKS or _in_both(node))
        for argument in (*node.args, *(one.value for one in node.keywords if name_of(node.func) == "Words"))
        for part in ast.walk(argument)
    }
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            marked.add(id(node.value))
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)) or id(node) in marked:
            continue
        if JAPANESE.search(node.value):
            yield f"{module.name} {node.value}"


def _in_both(node: ast.Call) -> bool:
    return name_of(node.func) == "Words" and {one.arg for one in node.keywords} == {"ja", "en"}


def test_code_says_nothing_outside_the_catalogue() -> None:
    loose = [text for one in modules("app") if not OTHER_FILES.match(one.name) for text in loose_japanese(one)]
    assert [text for text in loose if not OTHER_TEXTS.match(text)] == []


def test_what_stands_under_a_key_is_said_in_the_readers_language() -> None:
    with speaking("en"):
        said = [*map(turn_words, SENTENCES), *map(reason_words, (*REASONS, *WHY))]
        said += [words for choice in (*flag_choices(), *reason_choices()) for words in choice]
    assert [words for words in said if JAPANESE.search(words)] == []
    assert len(said) > 30
