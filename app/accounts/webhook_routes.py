"""Views of a member's own machine: set it, see its secret once, try it out, take it away.

Setting asks for the password: whoever finds an open browser must not learn when notices come by leading them to a machine
of their own. Not in the days of only reading, for the same reason.
"""

from typing import Any, Final
from urllib.parse import urlsplit

from flask import flash, render_template
from werkzeug.wrappers import Response
from wtforms import Field, StringField
from wtforms.validators import StopValidation

from app.access import allow
from app.accounts import webhook
from app.accounts.address import own_mailbox
from app.accounts.blueprint import blueprint, go, knows_password, note, page
from app.accounts.forms import ConfirmForm, filled
from app.accounts.signin import current_viewer
from app.accounts.steps import drop, keep, read
from app.accounts.viewer import Viewer
from app.errors import NotThere
from app.mail.endpoints import LONGEST, NotAllowed, read_endpoint
from app.mail.hooks import new_secret, write_notice
from app.mail.kinds import MAILS, REFUSALS
from app.mail.rounds import SEVERAL, SLOWER, STOPPING
from app.settings import hosts
from app.web import limits
from app.web.i18n import current_locale, lazy
from app.web.i18n import gettext as _
from app.wiring import toolbox

SECRET_SECONDS: Final = 600
EXAMPLE: Final = "https://hooks.example.jp/shiome"


def is_endpoint(_form: Any, field: Field) -> None:
    """Refuse an address that nothing would be sent to. The name is not looked up here: the post office does that."""
    settings = toolbox().settings
    own = urlsplit(settings.base_url).hostname or ""
    try:
        read_endpoint((field.data or "").strip(), own=own, besides=hosts(settings.webhook_hosts))
    except NotAllowed:
        raise StopValidation(
            _("https:// ではじまる、公開された名前のアドレスにしてください。例：https://hooks.example.jp/shiome")
        ) from None


class WebhookForm(ConfirmForm):
    """The address, and the password once more."""

    url = StringField(validators=[filled(lazy("届け先のアドレスを入力してください。")), is_endpoint])


@blueprint.route("/account/webhook", methods=["GET", "POST"])
@allow("member")
def webhook_page() -> Response:
    """What is set, what it costs, how to verify a notice; and the form."""
    viewer, form = current_viewer(), WebhookForm()
    if form.validate_on_submit() and knows_password(viewer, form):
        return _set(viewer, (form.url.data or "").strip())
    sample = write_notice("picked", locale=current_locale(), base_url=toolbox().settings.base_url).decode()
    return page(
        "webhook", form, reading=viewer.reading_until is not None, host=_host(viewer), kinds=_kinds(), sample=sample,
        example=EXAMPLE, refusals=REFUSALS, longest=LONGEST,
    )  # fmt: skip


@blueprint.get("/account/webhook/secret")
@allow("member")
def webhook_secret() -> Response | str:
    """The secret, until somebody says that they have it."""
    made = read(purpose=_purpose(current_viewer()))
    if made is None:
        return go("accounts.webhook_page")
    return render_template("accounts/webhook_secret.html", secret=made["secret"])


@blueprint.post("/account/webhook/secret/kept")
@allow("member")
def keep_webhook_secret() -> Response:
    """It is not shown again."""
    return drop(go("accounts.webhook_page"))


@blueprint.post("/account/webhook/test")
@allow("member")
def try_webhook() -> Response:
    """A test; how it went is told by mail alone where it failed, since no answer comes back here."""
    limits.spend(10)
    viewer = current_viewer()
    if limits.count_letter(_counted(viewer)):
        _try(viewer)
        flash(_("試しのお知らせを送ります。"), "ok")
    else:
        flash(_("試しに送れるのは、1日に数回までです。あした、もう一度ためしてください。"), "warn")
    return go("accounts.webhook_page")


@blueprint.post("/account/webhook/remove")
@allow("member")
def remove_webhook() -> Response:
    """Back to mail."""
    _choose(current_viewer(), url="", secret="")
    flash(_("機械に知らせるのをやめました。これからはメールに届きます。"), "ok")
    return drop(go("accounts.webhook_page"))


def _set(viewer: Viewer, url: str) -> Response:
    secret = new_secret()
    _choose(viewer, url=url, secret=secret)
    return keep(go("accounts.webhook_secret"), {"secret": secret}, purpose=_purpose(viewer), seconds=SECRET_SECONDS)


def _find(viewer: Viewer) -> str:
    tools = toolbox()
    with tools.database.reading() as stores:
        return webhook.find_webhook(stores, tools.vault, member_id=viewer.member_id)


def _counted(viewer: Viewer) -> str:
    """Under what tests are counted: their member, since each may hold the post office up for a while, and a new address
    is soon set. Raises NotThere when there is none to try."""
    tools = toolbox()
    if not _find(viewer):
        raise NotThere
    with tools.database.reading() as stores:
        return f"webhook@{own_mailbox(stores, tools.vault, viewer=viewer).address}"


def _host(viewer: Viewer) -> str:
    """The name alone: what follows it may be a secret of its own, and the page may stand open."""
    return urlsplit(_find(viewer)).hostname or ""


def _kinds() -> list[tuple[str, str]]:
    """What may come, and when."""
    kinds = [(f"notice.{key}", _(one.name)) for key, one in MAILS.items()]
    return [
        *kinds,
        (f"notice.{SEVERAL}", _("いくつかのお知らせが重なったとき")),
        (f"notice.{SLOWER}", _("お越しがないので、週1回にするとき")),
        (f"notice.{STOPPING}", _("お越しがないので、止めるとき")),
        ("test", _("「試しに送る」を押したとき")),
    ]


def _try(viewer: Viewer) -> None:
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        webhook.try_out(
            stores, tools.vault, tools.post_office_public, member_id=viewer.member_id, locale=current_locale(),
            window=tools.window,
        )  # fmt: skip


def _choose(viewer: Viewer, *, url: str, secret: str) -> None:
    tools = toolbox()
    with tools.database.transaction("identity", "content") as stores:
        webhook.choose(
            stores, tools.vault, tools.post_office_public, member_id=viewer.member_id, url=url, secret=secret,
            locale=current_locale(), window=tools.window,
        )  # fmt: skip
        note(stores, "webhook.changed", member_id=viewer.member_id)


def _purpose(viewer: Viewer) -> str:
    return f"webhook:{viewer.session_id}"
