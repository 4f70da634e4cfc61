"""The blueprint of the operator's rooms."""

from flask import Blueprint

blueprint = Blueprint("operating", __name__, template_folder="templates")
