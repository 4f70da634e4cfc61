"""The disclosure page: what a member lets posts of this quarter show. And the coordinators' page of words."""

from collections.abc import Mapping

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.domains.choices import level_choices, profile_words
from app.domains.current import keep_current
from app.domains.reads import forgot_quarter, open_table
from app.domains.rules import ScopeTooFine, hidden_levels, next_month_of, next_quarter_of
from app.domains.service import choose_profile, policy_of
from app.domains.synonyms import (
    LONGEST,
    MOST,
    SHORTEST,
    BadWord,
    Entry,
    add_word,
    entries,
    find_entries,
    remove_word,
    tells_name,
)
from app.redacting.service import redactor
from app.web.i18n import date_label
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox

blueprint = Blueprint("domains", __name__, template_folder="templates")


@blueprint.before_app_request
def know_the_trade() -> None:
    """What the operator set since the last request counts from this one on."""
    keep_current(toolbox())


@blueprint.get("/disclosure")
@allow("member")
def disclosure() -> str:
    """This quarter's profile, and what may still be chosen."""
    return _page(toolbox(), current_viewer(), {})


@blueprint.post("/disclosure")
@allow("member")
def choose_disclosure() -> Response:
    """Choose it, or change it to what still hides the member together with the one before."""
    tools, viewer = toolbox(), current_viewer()
    typed = _typed(tools)
    try:
        with tools.database.transaction("identity") as stores:
            choose_profile(
                stores, tools.vault, tools.trade, viewer=viewer, levels=typed, policy=policy_of(tools.settings),
                today=today(tools.clock.now()),
            )  # fmt: skip
    except ScopeTooFine as refusal:
        return make_response(_page(tools, viewer, typed, refusal.coarser), 422)
    flash(_("今期の公開範囲を決めました。"), "ok")
    return redirect(url_for("domains.disclosure"), 303)


@blueprint.get("/synonyms")
@allow("coordinator")
def synonyms() -> str:
    """Words that mean the same, and a field for one more."""
    return _words_page()


@blueprint.post("/synonyms")
@allow("coordinator")
def add_synonym() -> Response:
    """Add a word; one that may be a name only when the coordinator says that it is none."""
    try:
        entry = _add(toolbox())
    except BadWord as refusal:
        return make_response(_words_page({refusal.field: _word_trouble(refusal)}, asks=refusal.reason == "name"), 422)
    flash(_("「{name}」にことばを足しました。").format(name=entry.name), "ok")
    return redirect(url_for("domains.synonyms"), 303)


@blueprint.post("/synonyms/remove")
@allow("coordinator")
def remove_synonym() -> Response:
    """Take one away again."""
    tools, day = toolbox(), today(toolbox().clock.now())
    term, word = request.form.get("term", ""), request.form.get("word", "")
    with tools.database.transaction("content") as stores:
        remove_word(stores, tools.vault, tools.trade, name=term, word=word, today=day)
    flash(_("ことばを外しました。"), "ok")
    return redirect(url_for("domains.synonyms"), 303)


def _add(tools: Toolbox) -> Entry:
    """What the form says. Raises BadWord."""
    day, form = today(tools.clock.now()), request.form
    with tools.database.reading() as stores:
        known = redactor(stores, tools.vault, tools.names)
    with tools.database.transaction("content") as stores:
        return add_word(
            stores, tools.vault, tools.trade, name=form.get("term", ""), word=form.get("word", ""), today=day,
            is_name=lambda word: not form.get("no_name") and tells_name(known, word),
        )  # fmt: skip


def _words_page(errors: Mapping[str, str] | None = None, *, asks: bool = False) -> str:
    tools = toolbox()
    with tools.database.reading() as stores:
        listed = entries(stores, tools.vault, tools.trade)
    sought = request.args.get("q", "").strip()[:LONGEST]
    found = find_entries(listed, sought) if sought else []
    titles = {kind: str(tools.trade.words[kind]) for kind in ("subject", "group", "topic")}
    titles |= {"facet": _("質問の説明"), "word": _("そのほかのことば")}
    own = [(title, [one for one in listed if one.kind == kind and one.own]) for kind, title in titles.items()]
    return render_template(
        "domains/synonyms.html", sought=sought, found=found, added=[one for one in listed if one.added], own=own,
        errors=errors or {}, asks=asks or bool(request.form.get("no_name")), longest=LONGEST,
    )  # fmt: skip


def _word_trouble(refusal: BadWord) -> str:
    return {
        "short": _("{n}文字以上で書いてください。").format(n=SHORTEST),
        "long": _("{n}文字までで書いてください。").format(n=LONGEST),
        "odd": _("文字や数字で書いてください。"),
        "name": _("人や組織の名前かもしれません。名前なら、足さないでください。そうでなければ、下に印を付けて足してください。"),
        "full": _("ひとつの名前に足せることばは{n}個までです。").format(n=MOST),
        "known": _("このことばは、もう入っています。"),
        "taken": _("このことばは「{name}」のものです。先にそちらから外すか、ほかの言い方にしてください。").format(name=refusal.name),
    }[refusal.reason]  # fmt: skip


def _page(tools: Toolbox, viewer: Viewer, typed: Mapping[str, int], coarser: Mapping[str, int] | None = None) -> str:
    day = today(tools.clock.now())
    with tools.database.reading() as stores:
        table, afresh = open_table(stores, tools.trade), forgot_quarter(stores, viewer, day)
    levels = typed or viewer.profile
    return render_template(
        "domains/disclosure.html",
        afresh=afresh,
        fields=level_choices(tools.trade, table, viewer),
        typed={name: str(level) for name, level in levels.items()},
        chosen=profile_words(tools.trade, viewer.profile) if viewer.profile else [],
        coarser=profile_words(tools.trade, coarser) if coarser is not None else [],
        coarser_levels=coarser or {},
        small=table.small,
        next_table=date_label(next_month_of(day)),
        next_quarter=date_label(next_quarter_of(day)),
    )


def _typed(tools: Toolbox) -> dict[str, int]:
    last = hidden_levels(tools.trade)
    typed = {name: request.form.get(f"level_{name}", "") for name in last}
    known = {name: {str(level) for level in range(last[name])} for name in last}
    return {name: int(text) if text in known[name] else last[name] for name, text in typed.items()}
