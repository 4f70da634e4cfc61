"""The feature's blueprint, on which two modules of views are hung."""

from flask import Blueprint

blueprint = Blueprint("escalation", __name__, template_folder="templates")
