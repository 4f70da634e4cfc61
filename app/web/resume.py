"""What somebody typed while their session ran out: carried through sign-in in the page itself, stored nowhere."""

import re
from typing import Final

from flask import current_app, g, request
from flask_wtf.csrf import validate_csrf
from werkzeug.exceptions import HTTPException
from wtforms import ValidationError

from app.web.uploads import may_be_large

PREFIX: Final = "resume_"
PATH: Final = "resume-path"
MARK: Final = "resume-by"
LONGEST: Final = 200_000  # bytes in all
SENT: Final = 450_000  # bytes of the request itself: the next one is a little longer, and must still be taken
SECRET: Final = re.compile(r".*(password|passkey|code|secret).*|csrf_token|current|last_group")
PLAIN_PATH: Final = re.compile(r"(/[A-Za-z0-9_-]+)+")

Fields = list[tuple[str, str]]


def typed_fields() -> Fields:
    """The fields of a refused form that are worth carrying: none when nothing was typed, far too much, elsewhere, or by
    nobody we know: another member of this browser must not find them."""
    if not left_by():
        return []
    longest = request.max_content_length if may_be_large() else SENT
    if (request.content_length or 0) > (longest or SENT) or not _is_ours():
        return []
    fields = [(name, value) for name, value in request.form.items(multi=True) if not name.startswith(PREFIX)]
    fields = _without_secrets(fields)
    size = sum(len(value.encode()) for _, value in fields)
    return fields if any(name != "token" and value for name, value in fields) and size <= LONGEST else []


def left_by() -> str:
    """The mark of who typed the fields, from the cookie of the session that has ended."""
    mark: str = g.get("left_by", "")
    return mark


def carried_mark() -> str:
    """The mark that the fields bring along."""
    return request.form.get(MARK, "")


def _is_ours() -> bool:
    """Whether a page of ours sent the form: access is refused before the token is looked at, and another site's words
    must not be carried into a member's session."""
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


def _without_secrets(fields: Fields) -> Fields:
    return [(name, value) for name, value in fields if not SECRET.fullmatch(name)]


def carried_fields() -> Fields:
    """The fields a sign-in form brings along, under their own names again."""
    found = request.form.items(multi=True)
    return _without_secrets([(name.removeprefix(PREFIX), value) for name, value in found if name.startswith(PREFIX)])


def carried_path() -> str:
    """Where they are to be sent: a path of this app that takes a form, or nothing."""
    path = request.form.get(PATH, "")
    if not PLAIN_PATH.fullmatch(path):
        return ""
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="POST")
    except HTTPException:
        return ""
    return path if isinstance(endpoint, str) else ""
