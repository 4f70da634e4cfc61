"""Project canvases: one's own, and the cohort's. Every save is a version; nothing is written over."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.clock import today
from app.cohorts import reads, words
from app.cohorts.blueprint import blueprint, take_texts
from app.cohorts.drawing import NAMES, draw_canvas
from app.cohorts.reads import CANVAS, SHARED, Room
from app.cohorts.room_routes import put, room_of
from app.cohorts.rules import changed
from app.cohorts.words import labels, lengths
from app.errors import Conflict, NotThere
from app.web.i18n import gettext as _
from app.wiring import toolbox
from privacy.pseudonyms import new_id
from privacy.style import changes

FIELDS = lengths(words.CANVAS)


@blueprint.get("/cohorts/<cohort_id>/canvas")
@allow("member")
def canvases(cohort_id: str) -> str:
    """Every canvas of the cohort."""
    room = room_of(cohort_id)
    return render_template(
        "cohorts/canvases.html", room=room, own=str(room.me.number), shared=SHARED, role_of=reads.role_of
    )


@blueprint.get("/cohorts/<cohort_id>/canvas/<whose>")
@allow("member")
def canvas(cohort_id: str, whose: str) -> Response | str:
    """One of them: the picture, the table beside it, and what changed since the version before."""
    return _canvas_page(cohort_id, whose)


@blueprint.get("/cohorts/<cohort_id>/canvas/<whose>/edit")
@allow("member", while_reading=False)
def edit_canvas(cohort_id: str, whose: str) -> str:
    """The form, with the newest version in it."""
    return _edit_page(cohort_id, whose, {})


@blueprint.post("/cohorts/<cohort_id>/canvas/<whose>/edit")
@allow("member")
def put_canvas(cohort_id: str, whose: str) -> Response:
    """Keep a new version."""
    return _take_canvas(cohort_id, whose)


def title_of(whose: str) -> str:
    """What a canvas is called."""
    return _("会の計画の一枚") if whose == SHARED else _("{who}の計画の一枚").format(who=reads.role_of(int(whose)))


def _may_edit(room: Room) -> tuple[str, str]:
    return str(room.me.number), SHARED


def _edit_page(cohort_id: str, whose: str, errors: dict[str, str]) -> str:
    room = room_of(cohort_id)
    if whose not in _may_edit(room):
        raise NotThere
    versions = room.canvases().get(whose, [])
    before = {name: versions[-1].texts.get(name, "") for name in NAMES} if versions else {"goal": room.me.goal}
    return render_template(
        "cohorts/canvas_edit.html", room=room, whose=whose, title=title_of(whose), typed={**before, **request.form},
        errors=errors, names=labels(words.CANVAS), most=FIELDS, has_before=bool(versions), token=str(new_id()),
    )  # fmt: skip


def _canvas_page(cohort_id: str, whose: str) -> Response | str:
    room = room_of(cohort_id)
    versions = room.canvases().get(whose, [])
    if not versions:
        if whose in _may_edit(room):
            return redirect(url_for("cohorts.edit_canvas", cohort_id=cohort_id, whose=whose), 303)
        raise NotThere
    typed = request.args.get("version", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else len(versions)
    if not 1 <= number <= len(versions):
        raise NotThere
    now, before = versions[number - 1], versions[number - 2].texts if number > 1 else {}
    new = changed(before, now.texts, NAMES) if before else frozenset()
    return render_template(
        "cohorts/canvas.html", room=room, whose=whose, title=title_of(whose), card=now, number=number, count=len(versions),
        may_edit=whose in _may_edit(room) and number == len(versions), names=labels(words.CANVAS), new=new, parts=NAMES,
        picture=draw_canvas(now.texts, labels(words.CANVAS), new),
        differences={name: changes(before.get(name, ""), now.texts.get(name, "")) for name in NAMES if name in new},
    )  # fmt: skip


def _take_canvas(cohort_id: str, whose: str) -> Response:
    room = room_of(cohort_id)
    if whose not in _may_edit(room):
        raise NotThere
    if today(toolbox().clock.now()) >= room.term.end:
        raise Conflict
    has_before = whose in room.canvases()
    optional = ("winning", "aims", "measures", "changed")
    return take_texts(
        FIELDS if has_before else {name: most for name, most in FIELDS.items() if name != "changed"},
        optional=optional, names=labels(words.CANVAS), title=_("計画の一枚"),
        back=lambda errors: _edit_page(cohort_id, whose, errors),
        keep=lambda stores, typed: put(stores, room.me, CANVAS, typed, whose=SHARED if whose == SHARED else "own"),
        url=url_for("cohorts.canvas", cohort_id=cohort_id, whose=whose),
        said=_("新しい版を受け取りました。前の版も残っています。"),
    )  # fmt: skip
