"""The project as something to be read: its files, parsed once."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CORES = ("matching", "privacy")
PACKAGES = ("app", *CORES)
SOURCES = (*PACKAGES, "migrations", "benchmarks", "tests")


@dataclass(frozen=True)
class Module:
    """One Python file: `name` is its path from the root."""

    name: str
    text: str
    tree: ast.Module


@dataclass(frozen=True)
class Function:
    """A function and how many lines it takes, docstring and decorators not counted."""

    name: str
    node: ast.FunctionDef | ast.AsyncFunctionDef
    lines: int


@cache
def modules(*packages: str) -> tuple[Module, ...]:
    """Every Python file of these top folders."""
    found = []
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            found.append(Module(str(path.relative_to(ROOT)), text, ast.parse(text)))
    return tuple(found)


def functions(*packages: str) -> Iterator[Function]:
    """Every function in them."""
    for module in modules(*packages):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield Function(f"{module.name}:{node.name}", node, _lines(node))


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    whole = (node.end_lineno or node.lineno) - node.lineno + 1
    if ast.get_docstring(node) is None:
        return whole
    words = node.body[0]
    return whole - ((words.end_lineno or words.lineno) - words.lineno + 1)


@cache
def pyproject() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def name_of(node: ast.expr) -> str:
    """`time.time` of the expression that says so, else an empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and name_of(node.value):
        return f"{name_of(node.value)}.{node.attr}"
    return ""


def called(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call whose callee has a plain name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func):
            yield name_of(node.func), node
