"""Leaving looks under every label a secret can make: a locker somebody adds must be in the list."""

import ast
from collections.abc import Iterator

from app.questions.lockers import PURPOSES
from tests.project.source import Module, modules, name_of


def constants(module: Module) -> dict[str, object]:
    """Names that stand for one value in a module."""
    found: dict[str, object] = {}
    for node in module.tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        value = getattr(node, "value", None)
        if isinstance(value, ast.Constant):
            found |= {target.id: value.value for target in targets if isinstance(target, ast.Name)}
    return found


def purposes(module: Module, elsewhere: dict[str, object]) -> Iterator[object]:
    """What the lockers of a module are for; `elsewhere` are the constants it may borrow from another module."""
    known = {**elsewhere, **constants(module)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and name_of(node.func) in ("read_locker", "write_locker"):
            if not is_handed_in(node.args[2]):
                yield value_of(node.args[2], known)
        elif isinstance(
            node, ast.keyword | ast.arguments
        ):  # a function that is told which locker, or has one of its own
            yield from (value_of(one, known) for one in told(node) if not is_handed_in(one))


def told(node: ast.keyword | ast.arguments) -> list[ast.expr]:
    """What is handed in as `locker`, or stands there when nothing is."""
    if isinstance(node, ast.keyword):
        return [node.value] if node.arg == "locker" else []
    pairs = zip(node.kwonlyargs, node.kw_defaults, strict=True)
    return [default for arg, default in pairs if arg.arg == "locker" and default is not None]


def is_handed_in(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "locker"


def value_of(node: ast.expr, known: dict[str, object]) -> object:
    """What an expression stands for; None is a name nobody knows."""
    if isinstance(node, ast.Constant):
        return node.value
    return known.get(node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", ""))


def test_every_locker_is_one_that_leaving_knows() -> None:
    elsewhere = {name: value for module in modules("app") for name, value in constants(module).items()}
    found = {purpose for module in modules("app") for purpose in purposes(module, elsewhere)}
    assert len(found) >= 6
    assert found == set(PURPOSES)


def test_a_locker_nobody_told_of_would_be_seen() -> None:
    text = 'write_locker(stores, secret, "diary", {})'
    assert set(purposes(Module("made up", text, ast.parse(text)), {})) == {"diary"}
    text = 'remember(stores, secret, new, locker="diary")'
    assert set(purposes(Module("made up", text, ast.parse(text)), {})) == {"diary"}
