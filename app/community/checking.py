"""Typed texts on their way from a form: checked first, and shown again when that is worth a look.

Every text that a member writes anywhere goes through here: finds, the own organisation's name, the house style, what
would be held.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from app.accounts.viewer import Viewer
from app.db import Stores
from app.questions import sent
from app.questions.checks import Checked
from app.questions.deciding import check_words, outgrown
from app.questions.replies import carried_fields, check_typed, digest, is_worth_a_look
from app.questions.rules import BadText, clean_text, is_blank
from app.questions.words import text_words
from app.wiring import Toolbox


@dataclass(frozen=True, slots=True)
class Typed:
    """What becomes of a form: sent, looked at once more, back to its page with `errors` by field, or done before."""

    step: Literal["send", "look", "back", "done"]
    errors: dict[str, str] = field(default_factory=dict)
    checked: Checked | None = None

    @property
    def texts(self) -> dict[str, str]:
        """The texts as they will be read, by name."""
        assert self.checked is not None  # noqa: S101 (only what was checked goes out)
        return dict(self.checked.final)

    @property
    def is_held(self) -> bool:
        """Whether it waits for a coordinator before it comes out."""
        return self.checked is not None and bool(self.checked.held)

    @property
    def token(self) -> str:
        """What makes sending the same form twice send it once."""
        return request.form.get("token", "")[:64]


def read_texts(tools: Toolbox, viewer: Viewer, fields: Mapping[str, int], *, optional: Collection[str] = ()) -> Typed:
    """Read the named fields of the form, each with its longest length; `optional` ones may be empty.

    The route asks first whether there is anything to write at. Back from the second look ("do" is "back") it is "back"
    without errors: the form's page shows what was typed, from `request.form`.
    """
    with tools.database.reading() as stores:
        if sent.find(stores, viewer.secret, request.form.get("token", "")[:64]) is not None:
            return Typed("done")
        return _read(tools, stores, viewer, fields, optional)


def look_page(typed: Typed, *, title: str, names: Mapping[str, str], kept: str = "") -> Response:
    """The page for a second look: it carries everything typed, in its body. `names` are the labels of the fields.

    `kept` is the address of the form that has all of it as a draft; without one the page asks before it is left.
    """
    assert typed.checked is not None  # noqa: S101 (only what was checked is shown)
    errors = check_words(typed.checked, was_seen="seen" in request.form) | typed.errors
    page = render_template(
        "community/look.html", title=title, checked=typed.checked, errors=errors, seen=digest(typed.checked), names=names,
        url=request.path, fields=[*carried_fields(), ("plain", "1" if typed.checked.plain else "0")],
        is_kept=bool(kept), **({"current_url": kept} if kept else {}),
    )  # fmt: skip
    return make_response(page, 422)


def _read(
    tools: Toolbox, stores: Stores, viewer: Viewer, fields: Mapping[str, int], optional: Collection[str]
) -> Typed:
    if request.form.get("do") == "back":
        return Typed("back")
    found, errors = {}, {}
    for name, longest in fields.items():
        typed = request.form.get(name, "")
        try:
            found[name] = "" if name in optional and is_blank(typed) else clean_text(typed, longest)
        except BadText as refusal:
            errors[name] = text_words(refusal.reason, longest)
    if errors:
        return Typed("back", errors)
    checked = check_typed(tools, stores, viewer, {name: text for name, text in found.items() if text})
    errors = outgrown(checked, fields)
    return Typed("look" if errors or is_worth_a_look(checked) else "send", errors, checked)
