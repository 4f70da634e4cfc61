"""The living style guide: every macro and every class, drawn as pages draw them, in every state, light beside dark.

Forced states are the house's own rules with `:hover` and `:focus-visible` put into a class, and the two schemes are its
own colours put into two; both are made from the style sheets as they are, so there is nothing to keep in step.
"""

import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from flask import Response, render_template

from app.access import SIGNED_IN, allow
from app.community.reads import WritingCard
from app.insights.charts import Chart, Drawing, Mark, Row, draw
from app.pages.routes import blueprint
from app.questions.cards import Addition
from privacy.style import changes

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
    changed = changes(f"{LONG}。{LONG_EN}", f"{LONG[:9]}。{LONG_EN}")
    return render_template(
        "pages/design.html", long=LONG, long_en=LONG_EN, drawing=_drawing, writings=_writings, changed=changed
    )


@blueprint.get("/_design/states.css")
@allow(SIGNED_IN)
def design_states() -> Response:
    """The two schemes side by side, and what shows only under a finger or the keyboard."""
    return Response(_states(), content_type="text/css; charset=utf-8")


def _drawing(key: str) -> Drawing:
    """A chart with every kind of mark, differences and two panels."""
    firm, rough, unsaid = Mark(20, 17, 23, "firm"), Mark(-8, -12, -4, "rough"), Mark(0, -4, 4, "unsaid")
    rows = (Row(LONG, (firm, rough)), Row(LONG_EN, (unsaid, firm)))
    return draw(Chart(key, LONG, LONG_EN, rows, (LONG[:6], LONG_EN[:12]), signed=True))


def _writings(key: str) -> list[WritingCard]:
    """Somebody else's with everything it may carry, one's own in each state, and one taken back."""
    day, texts = date(2026, 11, 20), {"title": LONG, "body": f"**{LONG}**\n\n{LONG_EN}"}
    bare = WritingCard(f"taken{key}", "1" * 32, "note", 1, LONG[:8], day, {})
    mine = replace(bare, texts=texts, is_mine=True)
    return [
        replace(
            bare, id=f"other{key}", texts=texts, domain=(LONG_EN[:12],), shown=((LONG[:3], LONG[5:9]),), edited=day,
            additions=(Addition(LONG_EN, day),),
        ),
        replace(mine, id=f"held{key}", day=None, held=True, changing=True),
        replace(mine, id=f"hidden{key}", hidden=True),
        bare,
    ]  # fmt: skip


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
    names = ("base.css", "layout.css", "components.css", "accounts.css", "operating.css")
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
