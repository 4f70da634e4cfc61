"""The blueprint of peer reading."""

from flask import Blueprint

blueprint = Blueprint("reading", __name__, template_folder="templates")
