"""A report as PDF: made once a release and language in a process of its own, then kept beside the databases."""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from ctypes.util import find_library
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Final

PROGRAM: Final = (sys.executable, "-I", str(Path(__file__).with_name("printing.py")))
STATIC: Final = Path(__file__).parent.parent / "static"
SHEETS: Final = ("vendor/design-tokens-1.1.9/tokens.css", "css/base.css", "css/layout.css", "css/components.css", "css/print.css", "css/paper.css")  # fmt: skip
SECONDS: Final = 60.0
_one = threading.Lock()  # a press is made once, and two would want twice the memory


class NoPaper(Exception):
    """There is no PDF: WeasyPrint is not installed, or it did not finish."""


@cache
def has_paper() -> bool:
    """Whether PDFs can be made here: the extra `[pdf]` and the text library it wants."""
    return find_spec("weasyprint") is not None and find_library("pango-1.0") is not None


def paper_of(folder: Path, name: str, html: str, *, program: Sequence[str] = PROGRAM) -> bytes:
    """The PDF of a page. What was made of the same page before is given again; raises NoPaper."""
    with _one:
        kept = folder / "paper" / f"{name}-{_fingerprint(html)}.pdf"
        if not kept.exists():
            kept.parent.mkdir(exist_ok=True)
            made = _made(html, program)
            for older in kept.parent.glob(f"{name}-*.pdf"):
                older.unlink()
            whole = kept.with_suffix(".part")
            whole.write_bytes(made)
            whole.replace(kept)
        return kept.read_bytes()


def _fingerprint(html: str) -> str:
    return sha256("\0".join([html, *_sheets()]).encode()).hexdigest()[:16]


@cache
def _sheets() -> list[str]:
    return [(STATIC / sheet).read_text(encoding="utf-8") for sheet in SHEETS]


def _made(html: str, program: Sequence[str]) -> bytes:
    if not has_paper():
        raise NoPaper
    asked = json.dumps({"html": html, "sheets": _sheets()}).encode()
    try:
        done = subprocess.run(program, input=asked, capture_output=True, env={}, cwd="/", timeout=SECONDS)  # noqa: S603  our own file, without a shell
    except (subprocess.TimeoutExpired, OSError):
        raise NoPaper from None
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise NoPaper
    return done.stdout
