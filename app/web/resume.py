"""What somebody typed while their session ran out: carried through sign-in in the page itself, stored nowhere."""

from typing import Final

from flask import current_app, request
from werkzeug.exceptions import HTTPException

PREFIX: Final = "resume_"
PATH: Final = "resume-path"
LONGEST: Final = 200_000  # characters in all
SECRET: Final = ("password", "code", "csrf_token")

Fields = list[tuple[str, str]]


def typed_fields() -> Fields:
    """The fields of a refused form that are worth carrying: none when nothing was typed, or far too much."""
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if not any(word in name for word in SECRET) and not name.startswith(PREFIX)
    ]
    size = sum(len(value) for _, value in fields)
    return fields if any(name != "token" and value for name, value in fields) and size <= LONGEST else []


def carried_fields() -> Fields:
    """The fields a sign-in form brings along, under their own names again."""
    found = request.form.items(multi=True)
    return [(name.removeprefix(PREFIX), value) for name, value in found if name.startswith(PREFIX)]


def carried_path() -> str:
    """Where they are to be sent: a path of this app that takes a form, or nothing."""
    path = request.form.get(PATH, "")
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="POST")
    except HTTPException:
        return ""
    return path if isinstance(endpoint, str) else ""
