"""The feature's blueprint: what may be done to one writing, wherever it stands."""

from flask import Blueprint

from app.community import words

blueprint = Blueprint("community", __name__, template_folder="templates")
blueprint.add_app_template_global(words.text_label, "text_label")
blueprint.add_app_template_global(words.in_order, "in_order")
