"""The README tells the truth: every setting with its default, every command, the two targets, and nothing besides."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app.cli import main
from app.settings import Settings
from tests.project.source import ROOT, modules

README = (ROOT / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(SHIOME_[A-Z0-9_]+)` \| (?:`([^`]*)`)? ?\|", re.M)


def commands(group: click.Group, before: str = "shiome") -> Iterator[str]:
    """Every command that does something, as it is typed."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}"


def test_every_setting_stands_with_its_default() -> None:
    settings = {f"SHIOME_{name.upper()}": field.default for name, field in Settings.model_fields.items()}
    written = {name: default or "" for name, default in ROW.findall(README)}
    assert written == {name: "" if default is None else str(default) for name, default in settings.items()}


def test_no_other_setting_is_named() -> None:
    known = {f"SHIOME_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"SHIOME_[A-Z0-9_]+", README)) == known


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_used(name: str) -> None:
    assert any(
        re.search(rf"\bsettings\.{name}\b|\bself\.{name}\b", module.text)
        for module in modules("app")
        if module.name != "app/settings.py" or name in {"keys_dir", "data_dir", "reporter_dir"}
    )


def test_every_command_stands_and_no_other() -> None:
    written = re.findall(r"^\| `(shiome [a-z -]+)` \|", README, re.M)
    assert written == list(dict.fromkeys(written))
    assert set(written) == set(commands(main))


def test_every_command_says_what_it_does() -> None:
    for path in commands(main):
        command: click.Command = main
        for name in path.split()[1:]:
            assert isinstance(command, click.Group)
            command = command.commands[name]
        assert command.help, path


def test_the_two_commands_are_the_makefiles() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.M)
    assert phony
    assert phony[1].split() == ["demo", "test"]
    assert re.findall(r"^    make (\w+)", README, re.M) == ["demo", "test"]


def test_the_map_names_what_is_there() -> None:
    rows = re.findall(r"^\| (`[a-z/<>`, ]+`) \|", README, re.M)
    named = [path for row in rows for path in re.findall(r"`([a-z/]+/)`", row)]
    assert len(named) > 8
    assert [path for path in named if not (ROOT / path).is_dir()] == []


def test_bringing_the_catalogue_up_to_date_changes_nothing_that_is_up_to_date(tmp_path: Path) -> None:
    found = re.search(r"`(pybabel extract -F pyproject\.toml -k lazy --no-location --sort-output -o [^`]*)`", README)
    assert found
    shutil.copytree(ROOT / "app/translations", tmp_path / "translations")
    command = found[1].replace("messages.pot", str(tmp_path / "messages.pot"))
    command = command.replace("-d app/translations", f"-d {tmp_path / 'translations'}")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(command, shell=True, cwd=ROOT, check=True, capture_output=True, env={**os.environ, "PATH": path})  # noqa: S602  the README's own words
    catalogue = "en/LC_MESSAGES/messages.po"
    assert (tmp_path / "translations" / catalogue).read_text() == (ROOT / "app/translations" / catalogue).read_text()


def test_project_says_nothing_of_what_is_not_there() -> None:
    """Files and folders the README names in backticks exist, but for what a running service makes."""
    made = {"var/demo", "content.db", "identity.db", "keys.db", "questions.jsonl", "answers.jsonl", "post-office.key"}
    made |= {"root-0002.key", "reporter-2027Q1.key", "badge-0001.key"}
    named = set(re.findall(r"`((?:[\w.-]+/)*[\w-]+\.(?:py|toml|md|db|jsonl|key))`", README)) - made
    parts = {"models.py", "rules.py", "service.py", "reads.py", "routes.py"}
    assert [name for name in named - parts if not (ROOT / name).exists()] == []
    assert all((ROOT / "app/queues" / name).exists() for name in named & parts)
