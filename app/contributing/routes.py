"""What one can do, ways of taking part, invitations."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.clock import today
from app.contributing import service
from app.contributing.deeds import Here, deeds
from app.contributing.rules import INVITATIONS, PARTS, TIMES, menu, part_of
from app.questions.standing import begin_term, standing_of, step_back
from app.queues import reads as queues
from app.web.i18n import gettext as _
from app.wiring import toolbox

blueprint = Blueprint("contributing", __name__, template_folder="templates")


@blueprint.get("/help-out")
@allow("member")
def help_out() -> str:
    """What this member could do now, by the time it takes."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        found = menu(deeds(Here(tools, stores, viewer)))
    return render_template(
        "contributing/help_out.html", menu=found, times={key: _(name) for key, name in TIMES.items()}
    )


@blueprint.get("/taking-part")
@allow("member")
def parts() -> str:
    """The ways of taking part, and where the viewer is."""
    tools, viewer = toolbox(), current_viewer()
    day = today(tools.clock.now())
    with tools.database.reading() as stores:
        own = standing_of(stores, viewer.secret)
        profiles = queues.profiles(stores, tools.vault, tools.trade, viewer=viewer, has_contact=frozenset())
        asked = service.asked_of(stores, tools.vault, viewer=viewer, window=tools.window, today=day)
    takes = any(one.profile is not None and one.profile.capacity > 0 for one in profiles)
    here = part_of(viewer.roles, is_core=own.is_core(day), takes_questions=takes)
    return render_template(
        "contributing/parts.html",
        parts=PARTS, here=here, asked=asked, is_core=own.is_core(day), is_over=own.is_over(day),
    )  # fmt: skip


@blueprint.post("/taking-part")
@allow("member")
def change_part() -> Response:
    """Say yes or no to an invitation, go on for another year, or step back."""
    tools, viewer, do = toolbox(), current_viewer(), request.form.get("do", "")
    day = today(tools.clock.now())
    with tools.database.transaction("content") as stores:
        if do in ("yes", "no"):
            service.answer(
                stores, tools.vault, viewer=viewer, asked=request.form.get("asked", ""), accepts=do == "yes",
                window=tools.window, today=day,
            )  # fmt: skip
        elif do == "on" and standing_of(stores, viewer.secret).until:
            begin_term(stores, viewer.secret, today=day)
        elif do == "back":
            step_back(stores, viewer.secret)
    flash(_said(do), "ok")
    return redirect(url_for("contributing.parts"), 303)


def _said(do: str) -> str:
    return {
        "yes": _("ありがとうございます。できることは「できること」の頁に並びます。"),
        "no": _("わかりました。断ったことは、だれにも伝わりません。"),
        "on": _("ありがとうございます。あと一年、お願いします。"),
        "back": _("役割をおりました。これまで、ありがとうございました。"),
    }.get(do, _("変わったところはありません。"))


@blueprint.get("/threads/<thread_id>/posts/<post_id>/ask-support")
@allow("coordinator")
def ask_support(thread_id: str, post_id: str) -> str:
    """What a coordinator is about to ask the author of a post."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        service.author_of(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, post_id=post_id)
    return render_template("contributing/ask_support.html", thread_id=thread_id, part=PARTS[2])


@blueprint.post("/threads/<thread_id>/posts/<post_id>/ask-support")
@allow("coordinator")
def send_support(thread_id: str, post_id: str) -> Response:
    """Ask them; nobody learns who they are, nor what they say."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        service.invite(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, post_id=post_id,
            window=tools.window,
        )  # fmt: skip
    flash(_("お誘いを届けます。だれに届くか、返事がどうだったかは、だれにもわかりません。"), "ok")
    return redirect(url_for("questions.thread", thread_id=thread_id), 303)


@blueprint.get("/invitations")
@allow("member")
def invitations() -> str:
    """What invitations are for, and how many are left."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        left = service.left(stores, viewer)
    return render_template("contributing/invitations.html", left=left, all=INVITATIONS, code="")


@blueprint.post("/invitations")
@allow("member")
def hand_out() -> str | Response:
    """One invitation, shown this once."""
    tools, viewer = toolbox(), current_viewer()
    try:
        with tools.database.transaction("identity", "content") as stores:
            code = service.hand_out(stores, tools.vault, viewer=viewer, today=today(tools.clock.now()))
            left = service.left(stores, viewer)
    except service.NoneLeft:
        flash(_("招待は、2通ともお渡しずみです。"), "warn")
        return redirect(url_for("contributing.invitations"), 303)
    address = tools.settings.base_url.rstrip("/") + url_for("accounts.sign_up")
    return render_template("contributing/invitations.html", left=left, all=INVITATIONS, code=code, address=address)
