"""The closing note: written by one, agreed to by all, or kept."""

from typing import cast

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.clock import today
from app.cohorts import closing, reads, seats
from app.cohorts.blueprint import NOTE_DRAFT, begun, blueprint, take_texts
from app.cohorts.reads import CLOSING
from app.cohorts.worker import WRITTEN
from app.community.checking import Typed
from app.community.consents import Word
from app.community.writing import write
from app.db import Stores
from app.errors import Conflict, NotThere
from app.knowledge.rules import AUDIENCES, MAX_NOTE, MAX_TITLE
from app.web.i18n import gettext as _
from app.wiring import toolbox
from privacy.pseudonyms import new_id

FIELDS = {"title": MAX_TITLE, "text": 3000}


@blueprint.get("/cohorts/<cohort_id>/closing")
@allow("member")
def closing_note(cohort_id: str) -> str:
    """Where it stands, one's own word, and the form when it is time."""
    return _page(cohort_id, {})


@blueprint.post("/cohorts/<cohort_id>/closing")
@allow("member")
def put_closing(cohort_id: str) -> Response:
    """Write one, or another in its place: everybody is asked when it is out."""
    return _take_closing(cohort_id)


@blueprint.post("/cohorts/<cohort_id>/closing/answer")
@allow("member")
def answer_closing(cohort_id: str) -> Response:
    """Say yes, change or no."""
    word = request.form.get("word", "")
    if word not in ("yes", "change", "no"):
        raise NotThere
    return _take_answer(cohort_id, cast(Word, word))


def _take_answer(cohort_id: str, word: Word) -> Response:
    tools, viewer = toolbox(), current_viewer()

    def keep(stores: Stores, typed: Typed | None) -> None:
        closing.answer(
            stores, tools.vault, viewer=viewer, cohort_id=cohort_id, word=word,
            asked_id=request.form.get("asked", ""), note=typed.texts["note"] if typed else "", window=tools.window,
        )  # fmt: skip

    said = _("受け取りました。会には次の公開の時刻に伝わります。だれがどう答えたかは、だれにもわかりません。")
    url = url_for("cohorts.closing_note", cohort_id=cohort_id)
    with tools.database.reading() as stores:
        reads.check_seat(stores, tools.vault, viewer=viewer, cohort_id=cohort_id)
    if word == "change":
        return take_texts(
            {"note": MAX_NOTE}, names={"note": _("直してほしいところ")}, title=_("返事の確認"), keep=keep, url=url, said=said,
            back=lambda errors: _page(cohort_id, errors),
        )  # fmt: skip
    with tools.database.transaction("content", "keys") as stores:
        keep(stores, None)
    flash(said, "ok")
    return redirect(url, 303)


def closing_names() -> dict[str, str]:
    """What the parts of a closing note are called."""
    return {"title": _("題名"), "text": _("まとめ")}


def _came_back(cohort_id: str) -> bool:
    tools = toolbox()
    with tools.database.reading() as stores:
        return bool(closing.sent_back(stores, tools.vault, reads.course_at(stores, tools.vault, cohort_id)))


def _page(cohort_id: str, errors: dict[str, str]) -> str:
    tools, viewer, day = toolbox(), current_viewer(), today(toolbox().clock.now())
    with tools.database.reading() as stores:
        room = reads.open_room(stores, tools.vault, tools.trade, viewer=viewer, cohort_id=cohort_id, today=day)
        course = room.course
        asked = closing.own_question(stores, tools.vault, label=room.me.label, course=course)
        words = closing.note_words(stores, tools.vault, course) if course.closing else {}
        wishes = closing.wishes(stores, tools.vault, course, window=tools.window)
        back = closing.sent_back(stores, tools.vault, course)
        out = closing.is_out(stores, course)
    place = f"{NOTE_DRAFT} {cohort_id}"
    kept = begun(place)
    waiting = [card for card in room.of(CLOSING) if card.waits]
    may_write = room.term.may_close(day) and not waiting and (course.closing_state != "agreed" or bool(back))
    return render_template(
        "cohorts/closing.html", room=room, asked=asked, window=tools.window, words=words, wishes=wishes, back=back,
        is_out=out, waiting=waiting, may_write=may_write, errors=errors, kept=kept, place=place,
        current_url=url_for("cohorts.closing_note", cohort_id=cohort_id), typed={**words, **kept.typed, **request.form}, names=closing_names(),
        most=FIELDS, most_note=MAX_NOTE, audiences=audience_options(), token=str(new_id()),
    )  # fmt: skip


def audience_options() -> list[tuple[str, str, str]]:
    """Whom a closing note may be for."""
    return [
        ("domain", _("同じ分野の会員"), _("この会と同じ分野の会員が、知識ベースで読めます。")),
        ("members", _("会員みんな"), _("ここの会員なら、だれでも読めます。")),
        ("public", _("だれでも"), _("会員でない人も読めます。会のことや、だれが書いたかは出ません。")),
    ]


def _take_closing(cohort_id: str) -> Response:
    tools, viewer = toolbox(), current_viewer()
    day, audience = today(tools.clock.now()), request.form.get("audience", "")
    with tools.database.reading() as stores:
        room = reads.open_room(stores, tools.vault, tools.trade, viewer=viewer, cohort_id=cohort_id, today=day)
    if not room.term.may_close(day) or (room.course.closing_state == "agreed" and not _came_back(cohort_id)):
        raise Conflict
    if audience not in AUDIENCES and request.form.get("do") != "back":
        return make_response(_page(cohort_id, {"audience": _("だれに読んでもらうかを選んでください。")}), 422)

    def keep(stores: Stores, typed: Typed) -> None:
        seats.note_group(stores, viewer=viewer, cohort_id=cohort_id, today=day)
        extra = {"seat": room.me.number, "audience": audience, "company": request.form.get("company") == "1"}
        write(
            stores, tools.vault, tools.trade, viewer=viewer, place=cohort_id, kind=CLOSING, texts=typed.texts,
            extra=extra, then=(WRITTEN, {"cohort": cohort_id, "seat": room.me.number}), window=tools.window, today=day,
            token=typed.token,
        )  # fmt: skip

    return take_texts(
        FIELDS, names=closing_names(), title=_("会のまとめ"), back=lambda errors: _page(cohort_id, errors), keep=keep,
        url=url_for("cohorts.closing_note", cohort_id=cohort_id),
        said=_("受け取りました。次の区切りで仲間に見えるようになり、お一人ずつに聞きます。"),
        draft=f"{NOTE_DRAFT} {cohort_id}", page=url_for("cohorts.closing_note", cohort_id=cohort_id),
    )  # fmt: skip
