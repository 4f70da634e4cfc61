"""Part 1: the network's name, and its charter with goal, day and what it does not do."""

from dataclasses import replace
from typing import Final

from flask import flash, request
from werkzeug.wrappers import Response

from app.clock import today
from app.domains.current import tell_others
from app.domains.kept import keep_version, newest
from app.domains.promises import Charter
from app.domains.wording import Words
from app.gate.charter import publish
from app.operating.forms import NetworkForm
from app.operating.gate import Room, note
from app.operating.rules import NETWORK
from app.operating.service import note_done
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox

CHANGED: Final = Words(
    ja="「めざすこと」と「しないこと」を書き直しました。", en="What we aim for and what we do not do are worded anew."
)


def show(room: Room) -> Response:
    """The form with what counts now; kept, it counts at once."""
    tools = toolbox()
    form = NetworkForm() if request.method == "POST" else NetworkForm.of(tools.trade)
    if request.method == "GET":
        return room.page(form=form)
    if not form.check(today(tools.clock.now())):
        return room.page(form=form, status=422)
    tell_others(tools, _keep(tools, form, is_first=room.is_wizard))
    flash(_("名前と約束を決めました。すべてのページに出ています。"), "ok")
    return room.go(room.following)


def _keep(tools: Toolbox, form: NetworkForm, *, is_first: bool) -> int:
    """Another goal, day or limit after the first time is a version of the charter that members are told of."""
    day, old = today(tools.clock.now()), tools.trade.charter
    charter = Charter.model_validate({**old.model_dump(), **form.charter})
    with tools.database.transaction("identity", "content") as stores:
        now = newest(stores, tools.vault)
        kept_charter = {**now.charter, **form.charter} if is_first else now.charter
        now = replace(now, what="network", network=form.network, charter=kept_charter)
        number = keep_version(stores, tools.vault, now, today=day).version
        if charter != old and not is_first:
            number = publish(
                stores, tools.vault, before=old, charter=charter, note=CHANGED, from_day=day, today=day
            )  # fmt: skip
        note_done(stores, tools.vault, step=NETWORK, today=day)
        note(stores, tools, "network.changed")
    return number
