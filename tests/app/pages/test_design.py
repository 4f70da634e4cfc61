"""The living style guide holds all there is: every macro, and every class that templates wear or style sheets know."""

import re

from flask import Flask

from tests.cast import Cast, signed_in
from tests.project.test_used import MACROS, STATIC, TEMPLATES, without_comments

# worn by the page around everything when its state asks for it, and by scripts
ELSEWHERE = {"demo-banner", "passkey", "messages", "header-start", "has-nav"}
ELSEWHERE |= {"paper", "paper-name"}  # worn by the PDF of a report, which no browser shows
ELSEWHERE |= {"one-sheet", "not-on-paper"}  # a canvas on paper
FORCED = {"is-hover", "is-focus", "scheme-light", "scheme-dark"}
BARE = {
    "field-heading",
    "looked",
    "notices",
    "section",
    "similar-slot",
    "step-label",
    "thread-title",
}  # names, no looks


def classes_in_sheets() -> set[str]:
    sheets = "".join(path.read_text(encoding="utf-8") for path in (STATIC / "css").glob("*.css"))
    bare = re.sub(r"/\*.*?\*/", "", sheets, flags=re.S)
    return set(re.findall(r"\.([a-z][a-z0-9-]+)(?=[\s,.:{>+~)\[])", bare))


def test_every_macro_and_every_class_is_on_the_guide(app: Flask, cast: Cast) -> None:
    source = without_comments(STATIC.parent / "pages/templates/pages/design.html")
    macros = [name for path in MACROS for name in re.findall(r"\{% macro ([a-z]\w*)\(", without_comments(path))]
    assert len(macros) > 40
    assert [name for name in macros if not re.search(rf"\b{name}\(", source) and name not in ("csrf", "make")] == []
    page = signed_in(app, cast.alice).get("/_design").text
    drawn = {one for listed in re.findall(r'class="([^"]*)"', page) for one in listed.split()}
    missing = sorted(classes_in_sheets() - drawn - ELSEWHERE)
    assert missing == [], " ".join(missing)


def test_pages_wear_nothing_that_the_guide_does_not_know() -> None:
    known = classes_in_sheets()
    worn = {one for listed in re.findall(r'class="([a-z0-9 -]+)"', TEMPLATES) for one in listed.split()}
    assert len(worn) > 80
    assert sorted(worn - known - FORCED - BARE) == []


def test_states_and_schemes_are_made_of_the_sheets_themselves(app: Flask, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    sheet = client.get("/_design/states.css")
    assert sheet.content_type.startswith("text/css")
    assert ".is-hover .button-primary" in sheet.text
    assert ".is-focus" in sheet.text
    light, dark = re.findall(r"\.scheme-\w+ \{([^}]*)\}", sheet.text)[:2]
    assert light.partition("color-scheme")[0].strip() in dark
    assert dark.count("--ink:") == 2
    assert app.test_client().get("/_design").status_code == 303
