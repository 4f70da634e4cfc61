"""Ending mail by the link of a letter: without sign-in, and without anybody being named."""

from flask import Blueprint, render_template, request
from flask.blueprints import BlueprintSetupState

from app.access import allow
from app.mail.orders import leave_stop
from app.web import limits
from app.wiring import toolbox

blueprint = Blueprint("mail", __name__, template_folder="templates")


@blueprint.get("/unsubscribe/<token>")
@allow("public")
def ask_stop(token: str) -> str:
    """Two buttons. Whatever only fetches the page ends nothing, and no token looks different from another."""
    return render_template("mail/unsubscribe.html", token=token, done=False)


@blueprint.post("/unsubscribe/<token>")
@allow("public")
def stop(token: str) -> str:
    """The order for the post office; a mail program's own button (RFC 8058) comes here too, so nothing redirects."""
    limits.spend(10)
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        everything = request.form.get("everything") == "1"
        leave_stop(stores, tools.vault, token=token, everything=everything, window=tools.window)
    return render_template("mail/unsubscribe.html", token=token, done=True)


@blueprint.record_once
def _needs_no_form_token(state: BlueprintSetupState) -> None:
    """A mail program has no page to take a form's token from; the link itself is what allows it."""
    state.app.extensions["csrf"].exempt(stop)
