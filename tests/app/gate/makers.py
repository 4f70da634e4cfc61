"""Moves of the tests of the way in."""

from flask import Flask

from app.clock import today
from app.gate.charter_form import form_of
from app.wiring import Toolbox
from tests.cast import Cast, post, signed_in


def change(app: Flask, cast: Cast, **typed: str) -> int:
    """Change the charter as the operator, from what counts now; the answer's status."""
    tools: Toolbox = app.extensions["toolbox"]
    values = dict(form_of(tools.trade.charter, today(tools.clock.now())).values)
    keys = {key.replace("-", "_"): key for key in values}
    changed = {keys.get(name, name): text for name, text in typed.items()}
    form = {**values, "note_ja": "書き直しました。", **changed}
    return post(signed_in(app, cast.heidi), "/operating/charter", dict(form)).status_code
