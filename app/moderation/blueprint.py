"""The feature's blueprint, on which three modules of views are hung."""

from typing import Any

from flask import Blueprint

from app.moderation import words

blueprint = Blueprint("moderation", __name__, template_folder="templates")
blueprint.add_app_template_filter(words.reason_words, "reason_words")


@blueprint.context_processor
def add_words() -> dict[str, Any]:
    """The sentences its templates use."""
    return {
        "decided_words": words.decided_words,
        "reason_words": words.reason_words,
        "part_words": words.part_words,
        "line_words": words.line_words,
    }
