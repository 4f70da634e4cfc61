"""Part 3: what is set for mail, and a real letter to try it. What is wrong is said with the variable to set."""

import smtplib
import ssl
from datetime import date
from typing import Final

from flask import flash, request
from werkzeug.wrappers import Response

from app.clock import today
from app.mail.letters import write_letter
from app.mail.relays import Refused, make_relay
from app.operating.forms import MailTestForm
from app.operating.gate import Room, note
from app.operating.rules import MAIL
from app.operating.service import note_done, note_mail
from app.settings import Settings
from app.web import limits
from app.web.i18n import current_locale, date_label, lazy
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox
from privacy.pseudonyms import new_id

TROUBLES: Final = {
    "reach": lazy("メールサーバーにつながりません。SHIOME_SMTP_HOST と SHIOME_SMTP_PORT を確かめてください。"),
    "tls": lazy("暗号のつなぎ方が合いません。SHIOME_SMTP_TLS を none・starttls・tls のうち、サーバーに合うものにしてください。"),
    "login": lazy(
        "メールサーバーがサインインを断りました。SHIOME_SMTP_USER と SHIOME_SMTP_PASSWORD を確かめてください。"
    ),
    "sender": lazy("メールサーバーが差出人を断りました。SHIOME_MAIL_FROM を、そのサーバーで送れるアドレスにしてください。"),
    "reader": lazy("メールサーバーが宛先を断りました。アドレスを確かめてください。"),
    "other": lazy("メールサーバーが途中で断りました。SHIOME_SMTP_ で始まる設定と、サーバーの記録を確かめてください。"),
}  # fmt: skip


def show(room: Room) -> Response:
    """The settings as they are, and the form that sends the test letter."""
    form, do = MailTestForm(), request.form.get("do", "")
    if request.method == "GET":
        return _page(room, form)
    if do == "later":
        return room.go(room.following)
    if not form.validate_on_submit():
        return _page(room, form, status=422)
    limits.spend(10)
    failed = try_letter(toolbox(), form.address)
    _note(toolbox(), failed)
    if failed:
        return _page(room, form, trouble=_(TROUBLES[failed]), status=422)
    flash(_("試しのメールを送りました。届いたかを確かめてください。"), "ok")
    return room.go(room.following)


def try_letter(tools: Toolbox, address: str) -> str:
    """Send one letter by the relay that is set; says what failed, or nothing."""
    relay = make_relay(tools.settings)
    words = {"base_url": tools.settings.base_url}
    letter = write_letter("test", address=address, locale=current_locale(), words=words)
    try:
        relay.send(letter, message_id=new_id())
    except (Refused, OSError) as error:
        return trouble_of(error)
    return ""


def trouble_of(error: Exception) -> str:
    """Which setting to look at. smtplib's own errors are OSErrors too, so they are asked for first."""
    kinds: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
        ((Refused, smtplib.SMTPRecipientsRefused), "reader"),
        (smtplib.SMTPAuthenticationError, "login"),
        (smtplib.SMTPSenderRefused, "sender"),
        ((smtplib.SMTPNotSupportedError, smtplib.SMTPServerDisconnected, ssl.SSLError), "tls"),
        (smtplib.SMTPException, "other"),
    )
    return next((name for kind, name in kinds if isinstance(error, kind)), "reach")


def settings_rows(settings: Settings) -> list[tuple[str, str]]:
    """Variable and value as this process has them; a password is only said to be there."""
    secret = _("設定されています") if settings.smtp_password else _("空です")
    return [
        ("SHIOME_MAIL", settings.mail),
        ("SHIOME_MAIL_FROM", settings.mail_from),
        ("SHIOME_SMTP_HOST", settings.smtp_host),
        ("SHIOME_SMTP_PORT", str(settings.smtp_port)),
        ("SHIOME_SMTP_TLS", settings.smtp_tls),
        ("SHIOME_SMTP_USER", settings.smtp_user or _("空です")),
        ("SHIOME_SMTP_PASSWORD", secret),
        ("SHIOME_BASE_URL", settings.base_url),
        ("SHIOME_CONTACT", settings.contact),
    ]


def _note(tools: Toolbox, failed: str) -> None:
    day = today(tools.clock.now())
    with tools.database.transaction("identity", "content") as stores:
        note_mail(stores, tools.vault, failed=failed, today=day)
        if not failed:
            note_done(stores, tools.vault, step=MAIL, today=day)
        note(stores, tools, "mail.tested")


def _page(room: Room, form: MailTestForm, *, trouble: str = "", status: int = 200) -> Response:
    last = room.state.mail
    failed = last.get("failed", "")
    told = _(TROUBLES[failed]) if failed else ""
    day = date_label(date.fromordinal(last["day"])) if last else ""
    rows = settings_rows(toolbox().settings)
    return room.page(form=form, rows=rows, trouble=trouble, last_day=day, last_trouble=told, status=status)
