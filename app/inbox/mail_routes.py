"""View of how somebody wants mail: kind by kind, between which hours, and what it costs."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.address import mailbox_of
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.inbox import service
from app.inbox.blueprint import blueprint
from app.inbox.labels import own_labels
from app.mail.contacts import contacts_of
from app.mail.kinds import FREQUENCIES, MAILS
from app.mail.orders import leave_wishes
from app.mail.wishes import Wishes
from app.web.i18n import current_locale
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox


@blueprint.get("/account/mail")
@allow("member")
def mail() -> str:
    """What is sent, and when."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        kept = service.own_wishes(stores, viewer.secret)
        has_contact = bool(contacts_of(stores, own_labels(stores, tools.trade, viewer.secret).all))
    wishes = kept or Wishes(wakes=tools.settings.mail_wakes, sleeps=tools.settings.mail_sleeps)
    return render_template(
        "inbox/mail.html",
        wishes=wishes,
        mails=[(key, _(one.name)) for key, one in MAILS.items()],
        frequencies=[(key, _(name)) for key, name in FREQUENCIES.items()],
        has_contact=has_contact,
        hours=_hours,
        settings=tools.settings,
    )


@blueprint.post("/account/mail")
@allow("member")
def change_mail() -> Response:
    """Keep it for this page, and let the post office know. What no form of ours offers is as usual."""
    _keep(toolbox(), current_viewer(), _chosen())
    flash(_("メールの届き方を保存しました。"), "ok")
    return redirect(url_for("inbox.mail"), 303)


def _keep(tools: Toolbox, viewer: Viewer, wishes: Wishes) -> None:
    with tools.database.transaction("content") as stores:
        service.keep_wishes(stores, viewer.secret, wishes)
        leave_wishes(
            stores,
            tools.vault,
            tools.post_office_public,
            mailbox=mailbox_of(stores, tools.vault, member_id=viewer.member_id),
            locale=current_locale(),
            wishes=wishes,
            window=tools.window,
        )


def _chosen() -> Wishes:
    chosen = {kind: request.form.get(f"often_{kind}", "") for kind in MAILS}
    settings = toolbox().settings
    return Wishes(
        often={kind: one for kind, one in chosen.items() if one in FREQUENCIES},
        wakes=_hour("wakes", settings.mail_wakes, range(24)),
        sleeps=_hour("sleeps", settings.mail_sleeps, range(1, 25)),
        urgent=request.form.get("urgent") == "1",
    )


def _hours(first: int, after: int) -> list[tuple[int, str]]:
    return [(hour, _("{hour}時").format(hour=hour)) for hour in range(first, after)]


def _hour(name: str, usual: int, hours: range) -> int:
    found = request.form.get(name, usual, type=int)
    return found if found in hours else usual
