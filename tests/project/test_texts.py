"""What a browser is given comes from us alone, and what was taken over is what it was."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from tests.project.source import ROOT

SHOWN = sorted(
    path
    for kind in ("html", "css", "js", "svg", "webmanifest")
    for path in (ROOT / "app").rglob(f"*.{kind}")
    if "vendor" not in path.parts
)
VENDORED = sorted([*(ROOT / "app/static/vendor").iterdir(), *(ROOT / "tests/browser/vendor").iterdir()])
ELSEWHERE = re.compile(r"(?:https?:)?//[\w-]+(?:\.[\w-]+)+")
NAMESPACE = "http://www.w3.org"  # the name of SVG, never fetched
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=[\"']|\son[a-z]+=[\"']|javascript:", re.I)


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_fetched_from_elsewhere(path: Path) -> None:
    found = [found[0] for found in ELSEWHERE.finditer(path.read_text(encoding="utf-8"))]
    assert [address for address in found if not address.startswith(NAMESPACE)] == []


@pytest.mark.parametrize("path", [path for path in SHOWN if path.suffix == ".html"], ids=lambda path: path.name)
def test_nothing_is_inline(path: Path) -> None:
    """The content security policy would stop it anyway, in front of a reader."""
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert INLINE.findall(text) == []


@pytest.mark.parametrize("folder", VENDORED, ids=lambda path: path.name)
def test_vendored_files_are_what_was_published(folder: Path) -> None:
    """Name, version, licence, source and the hash of every file."""
    about = tomllib.loads((folder / "VENDORED.toml").read_text(encoding="utf-8"))
    assert {"name", "version", "licence", "source"} <= about.keys()
    assert folder.name.endswith(f"-{about['version']}")
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {"VENDORED.toml"}
    assert files == about["sha256"].keys()
    for name, digest in about["sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
