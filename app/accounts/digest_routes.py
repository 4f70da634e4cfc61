"""View of the letters at fixed hours."""

from flask import flash, request
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts import digest
from app.accounts.blueprint import blueprint, go
from app.accounts.signin import current_viewer
from app.web.i18n import current_locale
from app.web.i18n import gettext as _
from app.wiring import toolbox


@blueprint.post("/account/digest")
@allow("member")
def change_digest() -> Response:
    """Get them, or no longer."""
    tools, viewer = toolbox(), current_viewer()
    wanted = request.form.get("wanted") == "1"
    seconds, now = tools.settings.window_seconds, tools.clock.now()
    with tools.database.transaction("identity", "content") as stores:
        digest.choose(stores, tools.vault, member_id=viewer.member_id, locale=current_locale() if wanted else "")
        if wanted:
            digest.keep_turning(stores, tools.vault, now=now, window_seconds=seconds)
    flash(_("朝6時と夕方6時に、決まった文面のメールを送ります。") if wanted else _("朝夕のメールを止めました。"), "ok")
    return go("accounts.account")
