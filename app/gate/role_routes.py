"""A new role: what it gives, what is expected, how to leave it, and one practice. Nothing of the practice is kept."""

from flask import render_template, request, url_for

from app.access import INSIDE, allow
from app.accounts.roles import ROLES
from app.accounts.signin import current_viewer
from app.errors import NotThere
from app.gate.blueprint import blueprint
from app.gate.words import PRACTICES, ROLE_PAGES
from app.web.i18n import gettext as _


@blueprint.get("/welcome/roles/<role>")
@allow(INSIDE)
def role(role: str) -> str:
    """For who has the role, and for who is asked to take it."""
    viewer = current_viewer()
    asked = f"asked {role}" in viewer.role_news
    if role not in ROLES or not (role in viewer.roles or asked):
        raise NotThere
    about, practice = ROLE_PAGES[role], PRACTICES[role]
    chosen = request.args.get("do", "")
    said = next((_(one.said) for one in practice.choices if one.key == chosen), "")
    rows = [(url_for("gate.role", role=role, do=one.key), _(one.label)) for one in practice.choices]
    return render_template(
        "gate/role.html", role=role, about=about, practice=practice, links_of_practice=rows, said=said, asked=asked
    )
