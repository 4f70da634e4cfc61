"""The blueprint of the inbox, the mail settings, and what comes first after signing in."""

from flask import Blueprint

blueprint = Blueprint("inbox", __name__, template_folder="templates")
