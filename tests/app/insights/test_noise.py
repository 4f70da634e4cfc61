"""The process that draws the noise: what it gives, what it costs, and every way in which it may end."""

import ast
import math
import sys
import time
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from app.insights import laplace
from app.insights.noise import NoiseFailed, draw, threshold

MANY = 40_000


def ends(code: str) -> tuple[str, ...]:
    """A process in the place of the real one."""
    return (sys.executable, "-I", "-c", code)


def answers(text: str) -> tuple[str, ...]:
    return ends(f"import sys; sys.stdin.read(); print({text!r})")


def test_it_is_the_discrete_laplace_distribution() -> None:
    values = draw(MANY, Fraction(1, 2), limit=1, micro_epsilon=2_000_000)
    p, seen = math.exp(-2), Counter(values)
    for k in range(-3, 4):
        share = (1 - p) / (1 + p) * p ** abs(k)
        assert abs(seen[k] - MANY * share) < 5 * math.sqrt(MANY * share)


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("micro", [1, 70_000, 1_200_000, 1_999_999, 2_000_000])
def test_what_it_costs_is_what_was_declared(limit: int, micro: int) -> None:
    assert len(draw(3, Fraction(limit * 10**6, micro), limit=limit, micro_epsilon=micro)) == 3


@pytest.mark.parametrize("scale", [Fraction(3, 2) - Fraction(1, 10**9), 0.75, 1.51])
def test_a_scale_that_is_not_the_declared_one_is_refused(scale: Fraction | float) -> None:
    assert failure(draw, 3, scale, limit=3, micro_epsilon=2_000_000) == "loss"


def test_more_cells_of_one_organisation_than_the_scale_was_made_for_are_refused() -> None:
    assert failure(draw, 9, 1.0, limit=3, micro_epsilon=1_000_000) == "loss"


@pytest.mark.parametrize(
    ("program", "why"),
    [
        (ends("import os; os.abort()"), "died"),
        (ends("import os, signal; os.kill(os.getpid(), signal.SIGKILL)"), "died"),
        (ends("raise SystemExit(3)"), "died"),
        (ends("import time; time.sleep(60)"), "late"),
        (("/nowhere/python",), "died"),
        (answers(""), "nonsense"),
        (answers("[1, 2]"), "nonsense"),
        (answers('{"values": [1, 2]}'), "nonsense"),
        (answers('{"epsilon": 1.0, "values": [1]}'), "nonsense"),
        (answers('{"epsilon": 1.0, "values": [1, 0.5]}'), "nonsense"),
        (answers('{"epsilon": 1.0000000000000002, "values": [1, 2]}'), "loss"),
        (answers('{"epsilon": NaN, "values": [1, 2]}'), "loss"),
    ],
)
def test_however_it_ends_there_is_a_word_for_it(program: tuple[str, ...], why: str) -> None:
    began = time.monotonic()
    assert failure(draw, 2, 1.0, limit=1, micro_epsilon=1_000_000, program=program, seconds=1) == why
    assert time.monotonic() - began < 10


def test_a_panic_inside_the_library_ends_only_its_own_process() -> None:
    """OpenDP 0.16.0 cannot copy a distance of three parts, and aborts its interpreter."""
    code = """
import opendp.prelude as dp
dp.enable_features("contrib")
metric = dp.l01inf_distance(dp.absolute_distance(T=int))
domain = dp.map_domain(dp.atom_domain(T=str), dp.atom_domain(T=int))
measure = dp.approximate(dp.max_divergence())
dp.c.make_adaptive_composition(domain, metric, output_measure=measure, d_in=(1, 1, 1), d_mids=[(1.0, 1e-6)])
print('{"epsilon": 1.0, "values": [1, 2]}')
"""
    assert failure(draw, 2, 1.0, limit=1, micro_epsilon=1_000_000, program=ends(code)) == "died"


def test_it_imports_the_library_and_nothing_of_the_house() -> None:
    tree = ast.parse(Path(laplace.__file__).read_text())
    froms = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names = {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
    assert names | froms == {"json", "sys", "typing", "opendp.prelude"}


def test_terms_of_many_appear_and_terms_of_few_do_not() -> None:
    counts = {"給餌機": 200, "白点病": 60, "ある会社の製品": 4, "one": 1}
    found = threshold(counts, 1.0, limit=1, micro_epsilon=1_000_000, pico_delta=1_000_000)
    assert set(found.counts) == {"給餌機", "白点病"}
    assert list(found.counts) == sorted(found.counts)
    assert found.threshold == 18  # e^-14 / (1 + 1/e) is the first under 10^-6, from 4 on
    assert threshold({}, 1.0, limit=1, micro_epsilon=1_000_000, pico_delta=1).counts == {}


def test_a_term_release_that_is_not_as_declared_is_refused() -> None:
    cost = {"limit": 1, "micro_epsilon": 1_000_000, "pico_delta": 10**6}
    assert failure(threshold, {"a": 9}, 0.9, **cost) == "loss"
    answer = '{{"epsilon": 1.0, "delta": {}, "threshold": 9, "values": {}}}'
    assert failure(threshold, {"a": 9}, 1.0, **cost, program=answers(answer.format("1.1e-6", "{}"))) == "loss"
    assert failure(threshold, {"a": 9}, 1.0, **cost, program=answers(answer.format("1e-7", '{"b": 9}'))) == "nonsense"
    assert failure(threshold, {"a": 9}, 1.0, **cost, program=answers(answer.format("1e-7", '{"a": 8}'))) == "nonsense"
    with pytest.raises(ValueError, match="delta"):
        threshold({"a": 9}, 1.0, limit=1, micro_epsilon=1_000_000, pico_delta=0)
    with pytest.raises(ValueError, match="somebody"):
        threshold({"a": 0}, 1.0, **cost)


def failure(act: object, *args: object, **named: object) -> str:
    assert callable(act)
    with pytest.raises(NoiseFailed) as failed:
        act(*args, **named)
    return failed.value.why
