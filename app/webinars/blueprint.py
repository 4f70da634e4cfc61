"""The feature's blueprint, on which its modules of views are hung."""

from typing import Any

from flask import Blueprint

from app.webinars import words

blueprint = Blueprint("webinars", __name__, template_folder="templates")


@blueprint.context_processor
def add_words() -> dict[str, Any]:
    """The sentences its templates use."""
    return {"phase_words": words.phase_words, "form_words": words.form_words, "invited_words": words.invited_words}
