"""One figure beside the number it is accepted by, and the word a run ends with."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Line:
    """One figure: whether it met its number, or None where none is promised."""

    name: str
    figure: str
    accepted: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        verdict = {True: "held", False: "MISSED", None: ""}[self.met]
        return f"{self.name:58} {self.figure:100} {self.accepted:26} {verdict}"


def report(lines: Iterable[Line], seed: int, out: Path | None = None) -> int:
    """Print every line as it comes, and all into a file; 1 when an accepted number was missed, or none was measured."""
    found = []
    for line in lines:
        print(line, flush=True)
        found.append(line)
    if out:
        out.write_text(json.dumps([asdict(line) for line in found], ensure_ascii=False, indent=1))
    missed = [line.name for line in found if line.met is False]
    print(f"missed with seed {seed}: {', '.join(missed) or 'nothing'}")
    return 1 if missed or not any(line.met for line in found) else 0
