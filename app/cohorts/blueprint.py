"""The feature's blueprint, on which its modules of views are hung; and what their forms have in common."""

from collections.abc import Callable, Collection, Mapping

from flask import Blueprint, flash, make_response, redirect
from werkzeug.wrappers import Response

from app.accounts.signin import current_viewer
from app.community.checking import Typed, look_page, read_texts
from app.db import Stores
from app.wiring import toolbox

blueprint = Blueprint("cohorts", __name__, template_folder="templates")


def take_texts(
    fields: Mapping[str, int],
    *,
    names: Mapping[str, str],
    title: str,
    back: Callable[[dict[str, str]], str],
    keep: Callable[[Stores, Typed], object],
    url: str,
    said: str,
    optional: Collection[str] = (),
) -> Response:
    """Texts from a form: back to it with every message, to a second look, or kept in one transaction."""
    tools = toolbox()
    typed = read_texts(tools, current_viewer(), fields, optional=optional)
    if typed.step == "back":
        return make_response(back(typed.errors), 422 if typed.errors else 200)
    if typed.step == "look":
        return look_page(typed, title=title, names=names)
    if typed.step == "send":
        with tools.database.transaction("content", "keys") as stores:
            keep(stores, typed)
    flash(said, "ok")
    return redirect(url, 303)
