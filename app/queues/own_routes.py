"""The expert's own page: what they take, what they showed, what they put right. Only they ever see it."""

from datetime import date, timedelta
from typing import Any, Final

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.clock import today
from app.db import Stores
from app.errors import NotThere
from app.mail.contacts import contacts_of
from app.questions.contacts import own_contact
from app.queues import epochs, reads, service, teaching
from app.queues.blueprint import blueprint
from app.queues.experts import own_handles
from app.queues.forms import RestForm, SettingsForm, capacity_options, usual_capacity
from app.queues.own_page import own_groups
from app.queues.rules import PAUSED
from app.queues.saying import say_restored
from app.queues.worker import make_now
from app.settings import numbers
from app.web.i18n import gettext as _
from app.wiring import toolbox

REST: Final = "rest"  # the form that is wrong, where it is that of no subject


@blueprint.get("/queue/settings")
@allow("member")
def settings() -> str:
    """What the viewer takes and showed, and why questions come."""
    return _own_page({}, "")


@blueprint.post("/queue/settings/<subject>")
@allow("member")
def change_settings(subject: str) -> Response | tuple[str, int]:
    """Change them for one subject."""
    tools = toolbox()
    form = SettingsForm(tools.trade, numbers(tools.settings.capacities))
    if not form.validate_on_submit():
        return _own_page(form.errors, subject, form), 422
    _opt_in(subject, form)
    flash(_("設定を保存しました。"), "ok")
    return redirect(url_for("queues.settings"), 303)


@blueprint.post("/queue/inboxes/rest")
@allow("member")
def rest() -> Response | tuple[str, int]:
    """Let no question come in any subject before a day, or again from today."""
    tools = toolbox()
    now = today(tools.clock.now())
    form = RestForm(now)
    if not form.validate_on_submit():
        return _own_page(form.errors, REST, form), 422
    back_on = form.back_on.data or now
    with tools.database.transaction("content") as stores:
        service.rest(stores, tools.vault, tools.trade, viewer=current_viewer(), back_on=back_on.toordinal())
    flash(_("お休みに入りました。") if back_on > now else _("おかえりなさい。また質問が届きます。"), "ok")
    return redirect(url_for("queues.settings"), 303)


@blueprint.post("/queue/evidence/remove")
@allow("member")
def not_me() -> Response:
    """Let what was answered in one thread say nothing of the viewer."""
    tools, thread_id = toolbox(), request.form.get("thread", "")
    with tools.database.transaction("content") as stores:
        teaching.not_me(stores, tools.vault, tools.trade, viewer=current_viewer(), thread_id=thread_id)
    flash(_("この回答は、質問を届ける人選びに使われなくなりました。"), "ok")
    return redirect(answered_at(thread_id), 303)


@blueprint.post("/queue/evidence/restore")
@allow("member")
def me_again() -> Response:
    """Let it count again, or all of several."""
    tools, threads = toolbox(), request.form.getlist("thread")
    with tools.database.transaction("content") as stores:
        done = teaching.each(
            teaching.me_again, stores, tools.vault, tools.trade, viewer=current_viewer(), threads=threads
        )
    flash(say_restored(done), "ok")
    return redirect(answered_at(threads[0]), 303)


@blueprint.post("/queue/evidence/vouch")
@allow("member")
def vouch() -> Response:
    """Use the endorsement of what the viewer answered in one thread, or do not."""
    tools, thread_id, use = toolbox(), request.form.get("thread", ""), request.form.get("use") == "1"
    with tools.database.transaction("content") as stores:
        teaching.vouch(stores, tools.vault, tools.trade, viewer=current_viewer(), thread_id=thread_id, use=use)
    flash(_("この推しを、また使います。") if use else _("この推しは、質問を届ける人選びに使われなくなりました。"), "ok")
    return redirect(answered_at(thread_id), 303)


def answered_at(thread_id: str) -> str:
    """The address of the own page, at this thread in the opened list."""
    return url_for("queues.settings", at=thread_id, _anchor=f"answered-{thread_id}")


@blueprint.post("/queue/passes/remove")
@allow("member")
def take_pass_back() -> Response:
    """Let a pass teach the router nothing any more."""
    tools, thread_id = toolbox(), request.form.get("thread", "")
    with tools.database.transaction("content") as stores:
        teaching.take_pass_back(stores, tools.vault, tools.trade, viewer=current_viewer(), thread_id=thread_id)
    flash(_("お返しした記録を消しました。"), "ok")
    return redirect(url_for("queues.settings"), 303)


@blueprint.get("/queue/settings/<group>/afresh")
@allow("member")
def confirm_afresh(group: str) -> str:
    """What new inboxes in one group mean."""
    tools, viewer = toolbox(), current_viewer()
    own = epochs.own_group(tools.trade, viewer=viewer, key=group)
    with tools.database.reading() as stores:
        if not epochs.may_start_afresh(stores, viewer=viewer, group=own):
            raise NotThere
    names = [str(one.name) for one in own.subjects if one.key in viewer.subjects]
    return render_template("queues/start_afresh.html", group=own, names=names)


@blueprint.post("/queue/settings/<group>/afresh")
@allow("member")
def start_afresh(group: str) -> Response:
    """Take them."""
    tools, viewer = toolbox(), current_viewer()
    own = epochs.own_group(tools.trade, viewer=viewer, key=group)
    with tools.database.transaction("content") as stores:
        epochs.start_afresh(stores, tools.vault, tools.trade, viewer=viewer, group=own, window=tools.window)
    flash(_("新しい受信箱になりました。受け取る量を選んで、保存してください。"), "ok")
    return redirect(url_for("queues.settings"), 303)


def own_profiles_of(stores: Stores) -> list[reads.ProfileCard]:
    """The viewer's settings in each of their subjects."""
    tools, viewer = toolbox(), current_viewer()
    known = frozenset(contacts_of(stores, own_handles(stores, viewer).values()))
    return reads.profiles(stores, tools.vault, tools.trade, viewer=viewer, has_contact=known)


def pass_labels() -> dict[str, str]:
    """Reasons for handing back, in the reader's language."""
    return {
        "not_my_field": _("わたしの分野ではない"),
        "no_time": _("いまは時間がない"),
        "too_identifying": _("質問から人や組織がわかりそう"),
        "conflict": _("利害があって答えにくい"),
    }


def _opt_in(subject: str, form: SettingsForm) -> None:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        service.opt_in(
            stores,
            tools.vault,
            tools.trade,
            viewer=viewer,
            subject=subject,
            topics=tuple(form.topics.data or ()),
            capacity=int(str(form.capacity.data)),
            box=own_contact(tools, stores, viewer, wanted=bool(form.notify.data)),
            reads=bool(form.reads.data),
        )
        muted = tuple(form.muted.data or ())
        teaching.mute(stores, tools.vault, tools.trade, viewer=viewer, subject=subject, topics=muted)


def _own_page(errors: dict[str, Any], wrong: str, form: SettingsForm | RestForm | None = None) -> str:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        profiles = own_profiles_of(stores)
        groups = own_groups(stores, tools.vault, tools.trade, viewer=viewer, profiles=profiles, now=make_now(tools))
    return render_template(
        "queues/settings.html",
        groups=groups,
        errors=errors,
        wrong=wrong,
        typed=request.form if form is not None else None,
        topics={card.subject: tools.trade.topics_of(card.subject) for card in profiles},
        reasons=pass_labels(),
        capacities=capacity_options(numbers(tools.settings.capacities)),
        usual=usual_capacity(numbers(tools.settings.capacities)),
        today=today(tools.clock.now()),
        week=timedelta(days=7),
        back_on=_back_on(profiles),
        at=request.args.get("at", ""),
    )


def _back_on(profiles: list[reads.ProfileCard]) -> date | None:
    """The last day on which one of the viewer's inboxes comes back; None for one who takes nothing, or has paused."""
    days = {card.profile.away_until for card in profiles if card.profile is not None}
    return date.fromordinal(max(1, *days)) if days and PAUSED not in days else None
