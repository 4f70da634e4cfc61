"""Words of one's own on their way from a form: checked like a draft, and shown as they will look before they are taken.

Nothing is stored but what was seen: the page for a second look carries a mark of the text it showed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Literal

from flask import render_template, request

from app.accounts.viewer import Viewer
from app.db import Stores
from app.questions.checks import Checked
from app.questions.deciding import (
    DECIDED,
    INSTEAD,
    check_texts,
    check_words,
    outgrown,
    read_choices,
    replace_all,
    wants_plain,
)
from app.questions.replies import OWN_FIELDS
from app.wiring import Toolbox


@dataclass(frozen=True, slots=True)
class Look:
    """What becomes of a form: taken, looked at, or back to its page."""

    step: Literal["take", "look", "back"]
    checked: Checked = field(repr=False)
    errors: Mapping[str, str]

    @property
    def final(self) -> dict[str, str]:
        """The texts as they will be read."""
        return self.checked.final


def look_at(
    tools: Toolbox, stores: Stores, viewer: Viewer, texts: Mapping[str, str], longest: Mapping[str, int]
) -> Look:
    """Check these texts of the form; they are taken only where the page before showed them just so."""
    plain, choices = wants_plain(request.form.get("plain") == "1"), read_choices()
    checked = check_texts(tools, stores, viewer, texts, choices=choices, plain=plain)
    do = request.form.get("do")
    if do == "all":
        checked = check_texts(tools, stores, viewer, texts, choices=replace_all(checked), plain=plain)
    errors = outgrown(checked, longest)
    if do == "back":
        return Look("back", checked, {})
    is_seen = request.form.get("seen") == _digest(checked) and do is None and "set_plain" not in request.form
    return Look("take" if is_seen and not errors and not checked.refused else "look", checked, errors)


def look_page(look: Look, *, title: str, names: Mapping[str, str], wait: str) -> str:
    """The page for the look: it carries everything typed, in its body."""
    carried = [
        (name, value)
        for name, value in request.form.items()
        if name not in OWN_FIELDS and not name.startswith((DECIDED, INSTEAD))
    ]
    errors = check_words(look.checked, was_seen="seen" in request.form) | dict(look.errors)
    return render_template(
        "questions/look.html", title=title, checked=look.checked, names=names, errors=errors, seen=_digest(look.checked),
        url=request.path, fields=[*carried, ("plain", "1" if look.checked.plain else "0")], wait=wait,
    )  # fmt: skip


def _digest(checked: Checked) -> str:
    whole = "\x1f".join(f"{name}\x1f{text}" for name, text in sorted(checked.final.items()))
    return blake2s(whole.encode(), digest_size=8).hexdigest()
