"""Parts 5 and 6: organisations by name, their join codes once, and the letters that carry the codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import SystemRandom
from typing import Final

import segno
from flask import flash, request
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import Field

from app.accounts.declining import alike, declined_before, take_back, tell_waiting
from app.accounts.organisations import (
    NewOrganisation,
    OrganisationCard,
    add_organisations,
    list_organisations,
    renew_join_code,
    verify_organisation,
)
from app.accounts.rules import MailDomainTaken, OneCompany, SharedMailDomain
from app.accounts.steps import drop, keep, read
from app.clock import today
from app.operating.forms import AT_ONCE, OrganisationForm, SeveralForm
from app.operating.gate import Room, note, whose_codes
from app.operating.rules import INVITATIONS, ORGANISATIONS, PAGE, find_named, page_of
from app.operating.service import note_done
from app.operating.words import declined_words
from app.web.forms import HouseForm
from app.web.i18n import date_label
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox

COOKIE: Final = "__Host-shiome-codes"
SOUGHT: Final = "__Host-shiome-sought"  # what is looked for is the name of a member's employer: no address has it
LONGEST: Final = 60
SECONDS: Final = 3600


@dataclass(frozen=True, slots=True)
class Invitation:
    """One letter."""

    name: str
    is_company: bool
    code: str = field(repr=False)
    address: str = field(repr=False)  # of the sign-up page; the code stands in its fragment, which no server is sent
    picture: Markup = field(repr=False)


def show(room: Room) -> Response:
    """Everybody by name, and a form for one more."""
    if request.method == "GET":
        return _page(room, OrganisationForm(formdata=None))
    ways = {"find": _find, "verify": _verify, "take-back": _take_back, "code": _new_code, "several": _add_several}
    return ways.get(request.form.get("do", ""), _add)(room)


def _find(room: Room) -> Response:
    """Look for some, until all are wanted again or an hour is over."""
    sought = " ".join(request.form.get("q", "").split())[:LONGEST]
    if not sought:
        return drop(room.go(), SOUGHT)
    return keep(room.go(), {"q": sought}, purpose=f"sought:{whose_codes()}", cookie=SOUGHT, seconds=SECONDS)


def _sought() -> str:
    found = read(purpose=f"sought:{whose_codes()}", cookie=SOUGHT)
    return str(found["q"]) if found else ""


def _add(room: Room) -> Response:
    form = OrganisationForm()
    if not form.validate_on_submit():
        return _page(room, form)
    entry = form.entry(is_company=request.form.get("company") == "1")
    return _insert(room, [entry], form, form.mail_domains) or _page(room, form)


def _add_several(room: Room) -> Response:
    form = SeveralForm()
    entries = form.entries if form.validate_on_submit() else []
    added = _insert(room, entries, form, form.lines) if entries else None
    return added or _page(room, OrganisationForm(formdata=None), form)


def _insert(room: Room, entries: list[NewOrganisation], form: HouseForm, field: Field) -> Response | None:
    """Add all or none; None when the form says why."""
    try:
        made = _put(toolbox(), entries)
    except SharedMailDomain:
        form.refuse(field, _("だれでも持てるメールのドメインなので、組織のしるしになりません。"))
    except MailDomainTaken:
        form.refuse(field, _("このドメインは、ほかの組織に登録されています。"))
    except OneCompany:
        form.refuse(None, _("運営会社はもう登録されています。"))
    else:
        flash(_("足しました。参加コードは、下の一覧と「招待状」に、1時間だけ出ています。"), "ok")
        return keep_codes(room.go(), dict(made))
    return None


def _put(tools: Toolbox, entries: list[NewOrganisation]) -> list[tuple[str, str]]:
    with tools.database.transaction("identity", "content") as stores:
        made = add_organisations(stores, tools.vault, entries=entries, verified=True, rng=SystemRandom())
        for _one in made:
            note(stores, tools, "organisation.added")
        note_done(stores, tools.vault, step=ORGANISATIONS, today=today(tools.clock.now()))
    return made


def _verify(room: Room) -> Response:
    tools = toolbox()
    organisation_id = request.form.get("id", "")
    with tools.database.transaction("identity", "content") as stores:
        verify_organisation(stores, tools.vault, organisation_id=organisation_id, rng=SystemRandom())
        tell_waiting(
            stores, tools.vault, tools.post_office_public, organisation_id=organisation_id, window=tools.window
        )
        note(stores, tools, "organisation.verified")
    flash(_("確認しました。待っていた方にメールで知らせます。次にサインインすると参加できます。"), "ok")
    return room.go()


def _take_back(room: Room) -> Response:
    tools = toolbox()
    with tools.database.transaction("identity") as stores:
        take_back(stores, tools.vault, organisation_id=request.form.get("id", ""))
        note(stores, tools, "organisation.decline-undone")
    flash(_("見送りを取り消しました。また、確認を待っています。足した別名は、そのままです。"), "ok")
    return room.go()


def _new_code(room: Room) -> Response:
    tools, organisation_id = toolbox(), request.form.get("id", "")
    with tools.database.transaction("identity") as stores:
        code = renew_join_code(stores, tools.vault, organisation_id=organisation_id)
        note(stores, tools, "organisation.code-changed")
    flash(_("新しい参加コードにしました。前のコードはもう使えません。"), "ok")
    return keep_codes(room.go(), {organisation_id: code})


def invitations(room: Room) -> Response:
    """A page of paper for each organisation whose code was just made."""
    tools = toolbox()
    if request.method == "GET":
        day = date_label(today(tools.clock.now()))
        return room.page(letters=_letters(tools), day=day, contact=tools.settings.contact)
    with tools.database.transaction("content") as stores:
        note_done(stores, tools.vault, step=INVITATIONS, today=today(tools.clock.now()))
    return drop(room.go(room.following), COOKIE)


def keep_codes(response: Response, codes: Mapping[str, str]) -> Response:
    """Let this browser see new codes for an hour: they are kept readable nowhere else."""
    kept = {**new_codes(), **codes}
    newest = dict(list(kept.items())[-AT_ONCE:])  # a cookie holds no more
    return keep(response, newest, purpose=f"codes:{whose_codes()}", cookie=COOKIE, seconds=SECONDS)


def new_codes() -> dict[str, str]:
    """The codes this browser may still see, by organisation."""
    return read(purpose=f"codes:{whose_codes()}", cookie=COOKIE) or {}


def _letters(tools: Toolbox) -> list[Invitation]:
    codes = new_codes()
    with tools.database.reading() as stores:
        cards = [card for card in list_organisations(stores, tools.vault) if card.id in codes]
    return [_letter(card, codes[card.id], tools.settings.base_url) for card in cards]


def _letter(card: OrganisationCard, code: str, base_url: str) -> Invitation:
    address = f"{base_url.rstrip('/')}/sign-up"
    return Invitation(card.name, card.is_company, code, address, qr_of(f"{address}#{code}"))


def qr_of(address: str) -> Markup:
    """A QR code as SVG: plain attributes only, so that the page's policy needs no exception."""
    made = segno.make(address, error="m", micro=False)
    drawn = made.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff")
    return Markup(drawn)  # noqa: S704 (drawn from our own address)


def date_of(card: OrganisationCard) -> str:
    """The day on which it was declined."""
    return date_label(date.fromordinal(card.declined.day)) if card.declined else ""


def _page(room: Room, form: OrganisationForm, several: SeveralForm | None = None) -> Response:
    tools, sought, codes = toolbox(), _sought(), new_codes()
    with tools.database.reading() as stores:
        cards = list_organisations(stores, tools.vault)
    several = several or SeveralForm(formdata=None)
    found = find_named([card for card in cards if card.name], sought) if sought else cards
    members = [card for card in found if card.verified and not card.is_company]
    listed = page_of(sorted(members, key=lambda card: card.id not in codes), request.args.get("page", ""))
    return room.page(
        form=form, several=several, codes=codes, company=next((card for card in cards if card.is_company), None),
        waiting=[card for card in found if card.waits], reasons=declined_words(), sought=sought, longest=LONGEST,
        declined=[(card, date_of(card)) for card in found if card.declined and card.name],
        before={key: (card, date_of(card)) for key, card in declined_before(cards).items()}, alike=alike(cards),
        listed=listed, is_found=bool(found), may_seek=len(cards) > PAGE or bool(sought),
        found_company=any(card.is_company for card in found), status=422 if form.errors or several.errors else 200,
    )  # fmt: skip
