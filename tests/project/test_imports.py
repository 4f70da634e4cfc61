"""Imports go one way, and the two cores touch nothing: the contracts stand in pyproject.toml."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.source import CORES, ROOT, Module, called, modules, pyproject

LINT = Path(sys.executable).with_name("lint-imports")
# What reaches the world without an import a contract would see, or through a module the cores need for something else.
TOUCHES = {
    "open", "input", "print", "exec", "eval", "breakpoint", "__import__", "datetime.now", "datetime.utcnow",
    "datetime.today", "date.today", "datetime.datetime.now", "datetime.date.today", "faiss.read_index",
    "faiss.write_index", "np.load", "np.save", "np.savez", "np.loadtxt", "np.savetxt", "np.fromfile", "np.memmap",
    "np.random.default_rng", "random.random", "random.choice", "random.shuffle", "random.sample", "random.seed",
}  # fmt: skip
METHODS = {"read_text", "read_bytes", "write_text", "write_bytes", "tofile", "getenv"}


def lint(folder: Path) -> "subprocess.CompletedProcess[str]":
    """import-linter over the project in a folder."""
    return subprocess.run([LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def touches(module: Module) -> list[str]:
    """Calls in a module that do input or output, read the clock or draw from a hidden source of randomness."""
    plain = [(name, node) for name, node in called(module.tree) if name in TOUCHES and not _is_seeded(name, node)]
    method = [
        (node.func.attr, node)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS
    ]
    return [f"{module.name}:{node.lineno} {name}" for name, node in plain + method]


def _is_seeded(name: str, node: ast.Call) -> bool:
    return name == "np.random.default_rng" and bool(node.args)


def test_contracts_hold() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout
    assert " 0 broken" in result.stdout


def test_an_import_upwards_breaks_them(tmp_path: Path) -> None:
    """The contracts can fail, every one of them."""
    for package in ("app", "matching", "privacy", "migrations"):
        _copy(ROOT / package, tmp_path / package)
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    for name, line in {
        "app/jobs/queue.py": "import app.queues.service",
        "matching/text.py": "import privacy.keys",
        "privacy/times.py": "import time",
        "app/questions/service.py": "import app.wiring",
        "app/queues/rules.py": "import sqlalchemy",
        "app/domains/reads.py": "import flask",
        "app/accounts/models.py": "import app.accounts.service",
        "app/clock.py": "import migrations.env",
    }.items():
        path = tmp_path / name
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    result = lint(tmp_path)
    assert result.returncode == 1
    assert " 0 kept" in result.stdout, result.stdout


def _copy(source: Path, target: Path) -> None:
    for path in source.rglob("*.py"):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())


def test_every_part_of_the_house_has_its_layer() -> None:
    """A new feature is put into the order of imports when it is made."""
    contract = next(c for c in pyproject()["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    named = {name.strip().split(".")[1] for layer in contract["layers"] for name in layer.split("|")}
    there = {path.stem for path in (ROOT / "app").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert there - {"__init__"} == named


def test_features_are_in_the_contract_of_features() -> None:
    contracts = pyproject()["tool"]["importlinter"]["contracts"]
    contract = next(c for c in contracts if "containers" in c)
    parts = {"routes.py", "service.py", "reads.py", "rules.py", "models.py"}
    there = {f"app.{path.parent.name}" for part in parts for path in (ROOT / "app").glob(f"*/{part}")}
    assert there <= set(contract["containers"])


@pytest.mark.parametrize("module", modules(*CORES), ids=lambda module: module.name)
def test_the_cores_do_no_input_or_output(module: Module) -> None:
    assert touches(module) == []


@pytest.mark.parametrize(
    "line",
    ["open('x')", "datetime.now(UTC)", "path.read_text()", "np.load('x')", "np.random.default_rng()", "print(1)"],
)
def test_input_and_output_would_be_seen(line: str) -> None:
    assert touches(Module("made up", line, ast.parse(line)))


def test_only_db_commits() -> None:
    """One file commits; everything else is inside its transaction."""
    commits = {
        module.name
        for module in modules("app")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    }
    assert commits == {"app/db.py"}


def test_only_settings_reads_the_environment() -> None:
    readers = {
        module.name
        for module in modules("app")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }
    # the demo hands its own defaults to the processes it starts; they read them as settings
    assert readers <= {"app/settings.py", "app/demo/environment.py"}
