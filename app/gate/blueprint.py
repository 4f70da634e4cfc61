"""The blueprint of the way in."""

from flask import Blueprint

blueprint = Blueprint("gate", __name__, template_folder="templates")
