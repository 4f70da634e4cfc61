"""A look at what is being typed, as it will be read: a piece of the page, for forms that keep their place."""

from flask import render_template, request

from app.access import allow
from app.accounts.signin import current_viewer
from app.questions.blueprint import blueprint
from app.questions.deciding import check_texts, read_choices
from app.questions.preview import longest_of, names_of
from app.questions.rules import MAX_ANSWER, is_blank
from app.wiring import toolbox

ALONE = "text"  # what an answer, a follow-up or an addition calls its words


@blueprint.post("/look")
@allow("member")
def look() -> str:
    """The typed words, in the house style and with every find replaced."""
    tools, viewer = toolbox(), current_viewer()
    longest = {ALONE: MAX_ANSWER} if ALONE in request.form else longest_of(tools.trade)
    typed = {name: request.form.get(name, "").replace("\r\n", "\n").strip()[:most] for name, most in longest.items()}
    texts = {name: text for name, text in typed.items() if not is_blank(text)}
    plain = request.form.get("plain") == "1"
    with tools.database.reading() as stores:
        checked = check_texts(tools, stores, viewer, texts, choices=read_choices(), plain=plain)
    return render_template("questions/_looked.html", checked=checked, names=names_of(tools.trade))


@blueprint.get("/how-to-write")
@allow("member")
def how_to_write() -> str:
    """Lists, headings and tables, by an example."""
    return render_template("questions/how_to_write.html")
