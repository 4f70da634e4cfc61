"""Right after signing in: important notes come before the page somebody wanted, with or without a contact; and the post
office may learn, once a week and late, that whoever left it an address is still there.
"""

from flask import g, url_for
from werkzeug.wrappers import Response

from app.accounts.address import mailbox_of
from app.accounts.service import SignedIn
from app.clock import today
from app.db import Stores
from app.errors import NotThere
from app.inbox import service
from app.inbox.blueprint import blueprint
from app.inbox.labels import OwnLabels, own_labels
from app.inbox.reads import Place, important_unread
from app.mail.contacts import contacts_of
from app.mail.orders import leave_seen
from app.wiring import Toolbox, toolbox


@blueprint.after_app_request
def look(response: Response) -> Response:
    """Only in the answer that signs somebody in: no other page asks."""
    who: SignedIn | None = g.pop("entered", None)
    if who is None or response.status_code != 303:
        return response
    tools = toolbox()
    with tools.database.reading() as stores:
        own = own_labels(stores, tools.trade, who.secret)
        first = important_unread(
            stores, tools.vault, own, who.secret, now=Place(tools.window, tools.settings.window_seconds)
        )
        untold = service.said_in(stores, who.secret) != this_week(tools) and bool(contacts_of(stores, own.all))
    if untold:
        with tools.database.transaction("content") as stores:
            say_seen(tools, stores, who, own)
    if first:
        response.headers["Location"] = url_for("inbox.first", next=response.location)
    return response


def say_seen(tools: Toolbox, stores: Stores, who: SignedIn, own: OwnLabels) -> None:
    """Leave word for the post office, and remember it for the week; writes content."""
    try:
        mailbox = mailbox_of(stores, tools.vault, member_id=who.member_id)
    except NotThere:
        return
    seconds = tools.settings.window_seconds
    leave_seen(
        stores, tools.vault, tools.post_office_public, mailbox=mailbox, window=tools.window, window_seconds=seconds
    )
    service.note_said(stores, who.secret, this_week(tools))


def this_week(tools: Toolbox) -> int:
    """The number of the week we are in, from Monday to Sunday."""
    return (today(tools.clock.now()).toordinal() - 1) // 7
