"""An answer or a follow-up on its way from the form: checked first, and shown again when that is worth a look.

What a route stores is `Reply.final`, which only a checked text has.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Final, Literal

from flask import render_template, request

from app.accounts.viewer import Viewer
from app.db import Stores
from app.questions import sent
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
from app.questions.photos import draft_photos, draft_pictures
from app.questions.rules import MAX_ANSWER, BadText, clean_text, is_blank
from app.questions.uploads import has_photos, take_photos
from app.questions.words import text_words
from app.wiring import Toolbox

# what the page for a second look writes anew itself
OWN_FIELDS: Final = frozenset({"csrf_token", "seen", "do", "set_plain", "plain", "drop"})


@dataclass(frozen=True, slots=True)
class Reply:
    """What becomes of a form: sent, looked at once more, back to its page with `errors` by field, or done before."""

    step: Literal["send", "look", "back", "done"]
    pictures: tuple[bytes, ...] = field(default=(), repr=False)
    errors: dict[str, str] = field(default_factory=dict)
    checked: Checked | None = None
    kept: tuple[str, ...] = ()

    @property
    def final(self) -> str:
        """The text as it will be read."""
        assert self.checked is not None  # noqa: S101 (only what was checked goes out)
        return self.checked.final["text"]


def place_of(thread_id: str, kind: str) -> str:
    """Where the photos of a reply's draft are kept."""
    return f"{kind} {thread_id}"


def read_reply(
    tools: Toolbox,
    viewer: Viewer,
    place: str,
    *,
    allowed: Callable[[Stores], object],
    longest: int = MAX_ANSWER,
    optional: bool = False,
) -> Reply:
    """Read the form of a reply. `allowed` raises NotThere when there is nothing for this viewer to reply to. `optional`
    texts may be empty.
    """
    with tools.database.reading() as stores:
        if sent.find(stores, viewer.secret, request.form.get("token", "")[:64]) is not None:
            return Reply("done")  # the same form once more
        if not has_photos():
            reply = _read(tools, stores, viewer, place, longest, optional=optional)
            if reply.step != "send":  # whoever stores it asks again
                allowed(stores)
            return reply
        allowed(stores)
    trouble = take_photos(tools, viewer, place)
    with tools.database.reading() as stores:
        return _read(tools, stores, viewer, place, longest, optional=optional, trouble=trouble)


def _read(
    tools: Toolbox, stores: Stores, viewer: Viewer, place: str, longest: int, *, optional: bool, trouble: str = ""
) -> Reply:
    kept = draft_photos(stores, viewer.secret, place)
    if trouble or request.form.get("do") == "back":
        return Reply("back", errors={"photos": trouble} if trouble else {}, kept=kept)
    try:
        typed = _typed(longest, optional=optional)
    except BadText as refusal:
        return Reply("back", errors={"text": text_words(refusal.reason, longest)}, kept=kept)
    checked = check_typed(tools, stores, viewer, {"text": typed})
    errors = outgrown(checked, {"text": longest})
    pictures = tuple(draft_pictures(stores, viewer.secret, place))
    return Reply("look" if errors or is_worth_a_look(checked) else "send", pictures, errors, checked, kept)


def _typed(longest: int, *, optional: bool) -> str:
    typed = request.form.get("text", "")
    return "" if optional and is_blank(typed) else clean_text(typed, longest)


def review_page(reply: Reply, *, title: str) -> str:
    """The page for a second look: it carries everything typed, in its body."""
    assert reply.checked is not None  # noqa: S101 (only a checked reply is shown)
    errors = check_words(reply.checked, was_seen="seen" in request.form) | reply.errors
    return render_template(
        "questions/review.html", title=title, checked=reply.checked, errors=errors, seen=digest(reply.checked),
        url=request.path, fields=[*carried_fields(), ("plain", "1" if reply.checked.plain else "0")], kept=reply.kept,
    )  # fmt: skip


def carried_fields() -> list[tuple[str, str]]:
    """Everything typed, for the form of the second look."""
    return [
        (name, value)
        for name, value in request.form.items()
        if name not in OWN_FIELDS and not name.startswith((DECIDED, INSTEAD))
    ]


def check_typed(tools: Toolbox, stores: Stores, viewer: Viewer, texts: Mapping[str, str]) -> Checked:
    """Check typed texts by name, with what the form decides about each find."""
    plain, choices = wants_plain(request.form.get("plain") == "1"), read_choices()
    checked = check_texts(tools, stores, viewer, texts, choices=choices, plain=plain)
    if request.form.get("do") != "all":
        return checked
    return check_texts(tools, stores, viewer, texts, choices=replace_all(checked), plain=plain)


def is_worth_a_look(checked: Checked) -> bool:
    """Something is found and was not looked at yet, or what was looked at would change."""
    if checked.refused or request.form.get("do") in ("look", "all"):
        return True
    if "seen" in request.form:
        return request.form["seen"] != digest(checked)
    return bool(checked.finds or checked.held)


def digest(checked: Checked) -> str:
    """What was looked at: another one when the texts would be others."""
    said = "\x1f".join(f"{name}\x1e{text}" for name, text in checked.final.items())
    return blake2s(said.encode(), digest_size=8).hexdigest()
