"""Views of another mail address: the password, a code mailed to the new address, and it is theirs.

Not in the days of only reading: whoever began afresh out of a stolen mailbox would take the account out of reach of the
password that undoes it.
"""

from typing import Any

from flask import flash, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts import address_change, sessions
from app.accounts.blueprint import blueprint, enter, go, knows_password, note, page, send_code, try_code
from app.accounts.forms import CodeForm, NewAddressForm
from app.accounts.rules import AddressTaken
from app.accounts.service import SignedIn
from app.accounts.signin import current_viewer, is_own_phone
from app.accounts.steps import drop, keep, read
from app.accounts.viewer import Viewer
from app.errors import NotThere
from app.web import limits
from app.web.i18n import current_locale
from app.web.i18n import gettext as _
from app.wiring import toolbox
from privacy.pseudonyms import new_id


@blueprint.route("/account/address", methods=["GET", "POST"])
@allow("signed-in")
def address() -> Response:
    """The new address, and the password: an open browser is not enough to take an account along."""
    viewer, form = current_viewer(), NewAddressForm()
    if not form.validate_on_submit() or not knows_password(viewer, form) or not _is_another(viewer, form):
        return page("address", form, reading=viewer.reading_until is not None)
    steps = {"ticket": send_code(form.address, purpose="move"), "name": new_id()}
    return keep(go("accounts.address_code"), steps, purpose=_purpose(viewer))


def _is_another(viewer: Viewer, form: NewAddressForm) -> bool:
    tools = toolbox()
    with tools.database.reading() as stores:
        own = address_change.is_own(stores, tools.vault, member_id=viewer.member_id, address=form.address)
    if own:
        form.refuse(form.mail, _("いまお使いのアドレスと同じです。"))
    return not own


@blueprint.route("/account/address/code", methods=["GET", "POST"])
@allow("signed-in")
def address_code() -> Response:
    """The code; with it the address changes."""
    viewer, form = current_viewer(), CodeForm()
    steps = read(purpose=_purpose(viewer))
    if steps is None:
        return go("accounts.address")
    if not form.validate_on_submit() or _is_wrong(steps, form):
        return page("address_code", form, minutes=toolbox().settings.code_minutes)
    try:
        return _finish(viewer, steps)
    except (AddressTaken, NotThere):
        flash(_("この確認はもう使えません。お手数ですが、もう一度メールアドレスからお願いします。"), "warn")
        return drop(go("accounts.address"))


def _is_wrong(steps: dict[str, Any], form: CodeForm) -> bool:
    limits.spend(10)
    return try_code(steps["ticket"], form) == "wrong"


def _finish(viewer: Viewer, steps: dict[str, Any]) -> Response:
    """Change it, sign every browser out, and this one in again."""
    tools = toolbox()
    with tools.database.transaction("identity") as stores:
        moved = address_change.change(
            stores,
            tools.vault,
            member_id=viewer.member_id,
            ticket=steps["ticket"],
            name=steps["name"],
            now=tools.clock.now(),
        )
        sessions.revoke_all(stores, member_id=viewer.member_id)
        note(stores, "address.changed", member_id=viewer.member_id)
        _tell(moved)
    person = SignedIn(viewer.member_id, viewer.secret)
    response = enter(person, own_phone=is_own_phone(), after=url_for("accounts.account"))
    flash(_("メールアドレスを変えました。次からは、新しいアドレスでサインインしてください。"), "ok")
    flash(_("ほかの端末はサインアウトしました。"), "info")
    return drop(response)


def _tell(moved: address_change.Moved) -> None:
    """In the content file before it is so in the identity: were there a stop in between, mail would go to an address
    they have proven, and the same code would finish it. The other way round old contacts would lead to the old address
    for good."""
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        address_change.tell(
            stores,
            tools.vault,
            tools.post_office_public,
            moved=moved,
            contact=tools.settings.contact,
            locale=current_locale(),
            window=tools.window,
        )


def _purpose(viewer: Viewer) -> str:
    return f"address:{viewer.session_id}"
