"""The living style guide: every macro and every class, drawn as pages draw them, in every state, light beside dark.

Forced states are the house's own rules with `:hover` and `:focus-visible` put into a class, and the two schemes are its
own colours put into two; both are made from the style sheets as they are, so there is nothing to keep in step.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

from flask import Response, render_template

from app.access import SIGNED_IN, allow
from app.pages.routes import blueprint

__all__ = ["blueprint"]

SHEETS: Final = Path(__file__).parent.parent / "static" / "css"
LONG: Final = "いけすの水温と給餌の量を一週間つけたうえで、夜明け前と日没後の溶存酸素をあわせて見比べた記録"
LONG_EN: Final = "A week of water temperatures and feed, read beside dissolved oxygen before dawn and after sunset"
COLOURS: Final = re.compile(r":root \{([^}]*)\}")
RULE: Final = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
FORCED: Final = {":hover": ".is-hover", ":focus-visible": ".is-focus"}
ANYTHING: Final = ":is(a, button, input, select, textarea, summary)"


@blueprint.get("/_design")
@allow(SIGNED_IN)
def design() -> str:
    """Every component in every state."""
    return render_template("pages/design.html", long=LONG, long_en=LONG_EN)


@blueprint.get("/_design/states.css")
@allow(SIGNED_IN)
def design_states() -> Response:
    """The two schemes side by side, and what shows only under a finger or the keyboard."""
    return Response(_states(), content_type="text/css; charset=utf-8")


@cache
def _states() -> str:
    base = (SHEETS / "base.css").read_text(encoding="utf-8")
    light, dark = (one.replace("color-scheme: light dark;", "") for one in COLOURS.findall(base)[:2])
    # a dark page keeps what the light one says where it says nothing else
    schemes = [
        f".scheme-light {{{light}\ncolor-scheme: light; }}",
        f".scheme-dark {{{light}{dark}\ncolor-scheme: dark; }}",
        ".scheme-light, .scheme-dark { background: var(--page); color: var(--ink); padding: var(--space-4); }",
    ]
    names = ("base.css", "layout.css", "components.css", "accounts.css")
    sheets = (re.sub(r"/\*.*?\*/", "", (SHEETS / name).read_text(encoding="utf-8"), flags=re.S) for name in names)
    forced = [rule for sheet in sheets for rule in _forced(sheet)]
    return "@layer components {\n" + "\n".join([*schemes, *forced]) + "\n}\n"


def _forced(sheet: str) -> list[str]:
    """The rules of pseudo-classes as rules of classes around what they are about."""
    found = []
    for selectors, body in RULE.findall(sheet):
        for state, wrapper in FORCED.items():
            moved = [one.strip().replace(state, "") or ANYTHING for one in selectors.split(",") if state in one]
            if moved and "(" not in "".join(moved).replace(ANYTHING, ""):
                found.append(", ".join(f"{wrapper} {one}" for one in moved) + f" {{{body}}}")
    return found
