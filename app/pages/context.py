"""What every template may use: the network's name, the reader, the links of the frame."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from flask import Flask, current_app, g, request
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from app.accounts.ceremony import relying_party
from app.accounts.signin import is_own_phone
from app.jobs import queue
from app.pages.offline import phone_of
from app.questions.cards import date_label
from app.web.i18n import current_locale
from app.web.i18n import gettext as _
from app.wiring import toolbox


@dataclass(frozen=True, slots=True)
class Frame:
    """The signed-in person as the frame of a page sees them: roles and navigation, no name."""

    is_signed_in: bool
    roles: frozenset[str]
    nav: tuple[tuple[str, str, str, bool, str], ...]  # address, label, icon, whether it is here, a word beside it
    is_paused: bool = False  # and so writes nothing: no form that would be refused


def _entries(roles: frozenset[str]) -> list[tuple[str, str, str]]:
    member = [
        ("questions.ask", _("質問する"), "ask"),
        ("questions.mine", _("わたしの質問"), "mine"),
        ("queues.inbox", _("届いた質問"), "inbox"),
        ("questions.threads", _("みんなの質問"), "everyone"),
        ("glance.square", _("ひろば"), "waves"),
        ("inbox.inbox", _("お知らせ"), "mail"),
    ]
    entries = member if "member" in roles else []
    if "coordinator" in roles:
        entries.append(("moderation.desk", _("世話役"), "people"))
    if "analyst" in roles:
        entries.append(("questions.company", _("会社への質問"), "everyone"))
        entries.append(("ideas.board", _("アイデア"), "ask"))
        entries.append(("insights.reports", _("報告"), "chart"))
    if "operator" in roles:
        entries.append(("operating.home", _("運営室"), "lock"))
    if "auditor" in roles:
        entries.append(("logs.check", _("記録"), "shield"))
    if "waiting" in roles:
        entries.append(("accounts.waiting", _("確認待ち"), "clock"))
    entries.append(("accounts.account", _("設定"), "settings"))
    return entries


def _addresses() -> Callable[..., str]:
    """`url_for` as templates have it, which remembers."""
    return cast("Callable[..., str]", current_app.jinja_env.globals["url_for"])


def make_frame() -> Frame | None:
    """The frame for this request's viewer, None for a visitor."""
    if not current_user.is_authenticated:
        return None
    url_for = _addresses()
    nav = tuple(
        (url_for(endpoint), label, icon, request.endpoint == endpoint, _badge(endpoint))
        for endpoint, label, icon in _entries(current_user.roles)
    )
    return Frame(True, current_user.roles, nav, is_paused=current_user.state == "paused")


def _badge(endpoint: str) -> str:
    """The word beside an entry, where this page has read notes anyway: no other one asks for it."""
    return _("新着") if endpoint == "inbox.inbox" and g.get("has_news") else ""


def _links() -> dict[str, str]:
    url_for = _addresses()
    return {
        "home": url_for("pages.home"),
        "sign_in": url_for("accounts.sign_in"),
        "sign_up": url_for("accounts.sign_up"),
        "sign_out": url_for("accounts.sign_out"),
        "who_sees_what": url_for("pages.who_sees_what"),
        "charter": url_for("pages.charter"),
        "contact": url_for("pages.contact"),
        "log_heads": url_for("logs.heads"),
        "reports": url_for("insights.reports"),
        "budget": url_for("insights.budget"),
        "language": url_for("accounts.set_language"),
        "receiving": url_for("queues.settings"),
        "disclosure": url_for("domains.disclosure"),
        "outbox": url_for("pages.outbox") if toolbox().settings.mail == "outbox" else "",
    }


def _notices() -> list[str]:
    """That somebody pauses; in the demo, a line for those who search until every text has its vector."""
    tools = toolbox()
    if current_user.is_authenticated and current_user.state == "paused" and request.blueprint != "leaving":
        return [_("お休み中です。読むことはできます。書くときは、「設定」の「休む・やめる」からもどってください。")]
    if current_user.is_authenticated and current_user.reading_until is not None:
        return [_reading_notice(current_user.reading_until)]
    if not tools.settings.demo or not current_user.is_authenticated:
        return []
    with tools.database.reading() as stores:
        waiting = queue.has_kind(stores, kind="index")
    return (
        [_("近い質問や記事をさがす準備をしています。終わるまで、見つかるものや届く人が少なめになります。")]
        if waiting
        else []
    )


def _reading_notice(until: date) -> str:
    words = _("{day}までは、読むことだけできます。その日が来れば、ひとりでに元どおりになります。")
    return words.format(day=date_label(until))


def add_context() -> dict[str, Any]:
    """The variables base.html asks for."""
    tools, links = toolbox(), _links()
    about = tools.trade.network
    return {
        "demo": tools.settings.demo,
        "passkey": relying_party(tools.settings.base_url),
        "viewer": make_frame(),
        "phone": phone_of(tools.settings, own_phone=is_own_phone()),
        "network": {"name": str(about.name), "tagline": str(about.tagline), "company": str(about.company)},
        "words": {key: str(word) for key, word in tools.trade.words.items()},
        "examples": {key: str(one) for key, one in tools.trade.examples.items()},
        "locale": current_locale(),
        "notices": _notices(),
        "current_url": request.path if request.method == "GET" else links["home"],
        "links": links,
        "date_label": date_label,
        "csrf_token": csrf_token,
    }


def csrf_token() -> str:
    """The token of every form of one page, made once."""
    return str(g.get("csrf_token") or generate_csrf())


def init_context(app: Flask) -> None:
    """Hand them to every page."""
    app.context_processor(add_context)
    app.jinja_env.globals["csrf_token"] = csrf_token
