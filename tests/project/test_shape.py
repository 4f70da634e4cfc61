"""Where size goes, and what may not stand anywhere: the hard ceilings. Drift is a choice made in a commit."""

import ast
import re
from pathlib import Path

import pytest

from tests.project.source import PACKAGES, ROOT, SOURCES, Module, functions, modules, name_of

MODULE, FUNCTION, USUAL, VIEW = 400, 50, 30, 15
TEXTS = (".py", ".html", ".css", ".js", ".toml", ".md", ".sh", ".mako", ".po", ".cfg", ".txt")
LEFT = {".git", "__pycache__", "node_modules", "build", "dist", "var", "vendor", "material", ".egg-info"}
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X]|HA[C]K|lorem [i]psum)\b")
MACHINE = re.compile(r"(?<![\w.])/(ho[m]e|ro[o]t|wor[k]|Use[r]s|tm[p]|pri[v]ate)/\w")
# What a line of a log may carry: classes, names of code, numbers of things. Nothing somebody typed or is.
LOGGED = {"kind", "error", "endpoint", "lane", "attempt", "number", "template"}
LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}


def project_texts() -> list[Path]:
    """Every text of the project that people wrote."""
    found = []
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(part in LEFT or part.startswith(".venv") or part.endswith(".egg-info") for part in parts)
        hidden = hidden or (parts[0].startswith(".") and parts[0] != ".ci")
        if path.is_file() and not hidden and (path.suffix in TEXTS or path.name in {"Makefile", "run"}):
            found.append(path)
    return found


def views() -> list[tuple[str, int]]:
    """Every view function and its lines, docstring, decorators and signature not counted."""
    found = []
    for module in modules("app"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef) and any(_is_rule(one) for one in node.decorator_list):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1
                found.append((f"{module.name}:{node.name}", lines))
    return found


def _is_rule(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and name_of(decorator.func) == "allow"


def log_problems(module: Module) -> list[str]:
    """Log lines that could carry something typed: words put together, or a key that is not in LOGGED."""
    problems = []
    for node in ast.walk(module.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS):
            continue
        if name_of(node.func.value) not in {"log", "logger", "logging", "current_app.logger", "app.logger", "self.log"}:
            continue
        plain = len(node.args) == 1 and isinstance(node.args[0], ast.Constant)
        known = all(keyword.arg in LOGGED for keyword in node.keywords)
        if not plain or not known:
            problems.append(f"{module.name}:{node.lineno}")
    return problems


@pytest.mark.parametrize("module", modules(*SOURCES), ids=lambda module: module.name)
def test_no_module_is_too_long(module: Module) -> None:
    assert module.text.count("\n") <= MODULE


def test_no_function_is_too_long() -> None:
    """Migrations are lists of columns, made by alembic."""
    written = [one for one in functions(*SOURCES) if not one.name.startswith("migrations/versions/")]
    assert [(one.name, one.lines) for one in written if one.lines > FUNCTION] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_nine_in_ten_functions_are_short(package: str) -> None:
    lengths = sorted(one.lines for one in functions(package))
    assert lengths[int(len(lengths) * 0.9)] < USUAL


def test_views_are_short() -> None:
    assert views()
    assert [view for view in views() if view[1] >= VIEW] == []


@pytest.mark.parametrize("path", project_texts(), ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_left_unfinished_and_no_machine_is_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [found[0] for found in UNFINISHED.finditer(text)] == []
    assert [found[0] for found in MACHINE.finditer(text)] == []


@pytest.mark.parametrize("module", modules("app"), ids=lambda module: module.name)
def test_logs_carry_nothing_typed(module: Module) -> None:
    assert log_problems(module) == []


@pytest.mark.parametrize(
    "line",
    ['log.info(f"asked {title}")', 'log.info("asked", title=title)', 'log.info("asked %s", title)', "log.info(x)"],
)
def test_a_talkative_log_would_be_seen(line: str) -> None:
    assert log_problems(Module("made up", line, ast.parse(line)))


def test_the_house_prints_to_its_operator_only() -> None:
    """`print` and `click.echo` belong to commands; a request has nobody to talk to."""
    printing = {
        module.name
        for module in modules("app")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and name_of(node.func) in {"print", "click.echo"}
    }
    assert all(re.search(r"(cli|commands|settings|/demo/\w+|/history/\w+)\.py$", name) for name in printing), printing
