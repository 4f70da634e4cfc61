"""The feature's blueprint, on which two modules of views are hung."""

from flask import Blueprint

from app.questions.cards import date_label
from app.questions.holding import WHY
from app.web.i18n import gettext
from app.web.markdown import render_markdown

blueprint = Blueprint("questions", __name__, template_folder="templates")
blueprint.add_app_template_filter(render_markdown, "markdown")
blueprint.add_app_template_filter(date_label, "day")
blueprint.add_app_template_filter(lambda key: gettext(WHY[key]), "hold_words")
