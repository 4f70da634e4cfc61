"""Who may call what. The table is the test: a route, a method or a role without an answer in it fails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.test import TestResponse

from app.access import INSIDE, PUBLIC, SIGNED_IN, rule_of
from tests.cast import PEOPLE
from tests.conftest import make_app
from tests.project.access_forms import FORMS
from tests.project.access_table import TABLE
from tests.project.house import ROLES, House, make_house

# privacy.md names these for somebody without an account; everything else wants a sign-in.
OPEN_WITHOUT_SIGN_IN = {
    "static", "pages.robots", "pages.service_worker", "pages.offline", "upkeep.health", "upkeep.ready",
    "logs.heads", "pages.home", "pages.who_sees_what", "pages.charter", "gate.charter_versions", "gate.charter_version", "pages.contact", "pages.outbox",
    "accounts.sign_in", "accounts.passkey_challenge", "accounts.sign_in_with_passkey", "accounts.recover", "accounts.set_language",
    "accounts.start_afresh", "accounts.start_afresh_code", "accounts.start_afresh_password",
    "accounts.start_afresh_recovery",
    "accounts.sign_up", "accounts.sign_up_code", "accounts.sign_up_link", "accounts.sign_up_organisation",
    "accounts.sign_up_about", "accounts.sign_up_password", "accounts.sign_up_recovery", "leaving.goodbye",
    "recognition.story", "recognition.badges", "recognition.check_badge", "recognition.badge_key",
    "recognition.well_known", "mail.ask_stop", "mail.stop", "insights.budget", "ideas.overdue", "knowledge.articles", "knowledge.article",
    "operating.setup", "operating.setup_part",  # a code from the server lets one browser in, until there is an operator
}  # fmt: skip


# a mail program presses the button of RFC 8058 without ever having seen a page: the link alone allows it
WITHOUT_TOKEN = "/unsubscribe/{nothing}"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    method: str
    path: str
    answers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def read_table(text: str) -> list[Row]:
    """The rows; the head names the roles."""
    head, *lines = [line.split() for line in text.splitlines() if line.strip()]
    assert head == list(ROLES)
    return [Row(method, path, dict(zip(head, answers, strict=True))) for method, path, *answers in lines]


ROWS = read_table(TABLE)


def answer_of(response: TestResponse) -> str:
    """One word for what a response says."""
    where = response.headers.get("Location", "")
    if response.status_code == 303:
        return "in" if where.startswith("/sign-in?next=") else "go"
    words = {200: "ok", 400: "bad", 403: "no", 404: "none", 405: "method", 422: "fix"}
    return words.get(response.status_code, str(response.status_code))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return make_house(tmp_path_factory.mktemp("house"))


@pytest.fixture
def app(house: House, tmp_path: Path) -> Iterator[Flask]:
    tools = house.copy(tmp_path)
    yield make_app(tools)
    tools.database.close()


def call(
    app: Flask, house: House, role: str, method: str, path: str, data: dict[str, str] | None = None
) -> TestResponse:
    """A request as this role's browser would send it, token and all."""
    filled = {name: value.format(**house.ids) for name, value in (data or {}).items()}
    fields = {"csrf_token": house.tokens[role], **filled} if method == "POST" else None
    return house.browser(app, role).open(path.format(**house.ids), method=method, data=fields)


def declared(app: Flask) -> set[tuple[str, str]]:
    """Every endpoint and method of the service."""
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_role_gets_its_answer(app: Flask, house: House, row: Row) -> None:
    data = FORMS.get(row.path)
    found = {role: answer_of(call(app, house, role, row.method, row.path, data)) for role in ROLES}
    assert found == row.answers


def test_every_route_and_method_has_a_row(app: Flask, house: House) -> None:
    router = app.url_map.bind("shiome.example")
    rows = {(router.match(row.path.format(**house.ids), row.method)[0], row.method) for row in ROWS}
    assert rows == declared(app)


def test_every_route_with_an_id_is_asked_for_one_that_is_nobodys(app: Flask, house: House) -> None:
    router = app.url_map.bind("shiome.example")
    asked = {router.match(row.path.format(**house.ids), row.method)[0] for row in ROWS if "{nothing}" in row.path}
    assert asked == {rule.endpoint for rule in app.url_map.iter_rules() if rule.arguments}


def test_every_route_says_who_may_call_it(app: Flask) -> None:
    roles = {role for _, roles in PEOPLE.values() for role in roles}
    for endpoint in app.view_functions:
        rule = rule_of(app, endpoint)
        assert rule is not None, endpoint
        assert rule.audience in {PUBLIC, SIGNED_IN, INSIDE, "waiting", *roles}, endpoint


@pytest.mark.parametrize("role", ROLES)
def test_a_route_that_does_not_say_is_refused(app: Flask, house: House, role: str) -> None:
    app.add_url_rule("/silent", "silent", lambda: "words for nobody", methods=["GET", "POST"])
    for method in ("GET", "POST", "HEAD", "OPTIONS"):
        response = call(app, house, role, method, "/silent")
        assert response.status_code == 404
        assert "words for nobody" not in response.text


def test_open_without_sign_in_is_what_the_promise_lists(app: Flask) -> None:
    public = {
        endpoint for endpoint in app.view_functions if (rule := rule_of(app, endpoint)) and rule.audience == PUBLIC
    }
    assert public == OPEN_WITHOUT_SIGN_IN


@pytest.mark.parametrize("role", ROLES)
def test_a_method_a_route_does_not_have_is_refused(app: Flask, house: House, role: str) -> None:
    """Above all: no GET changes anything, so a POST-only address refuses it, or a wider route that knows no such name."""
    methods: dict[str, set[str]] = {}
    for row in ROWS:
        methods.setdefault(row.path, set()).add(row.method)
    for path, known in methods.items():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - known:
            expected = unknown(app, house, method, path, role)
            assert answer_of(call(app, house, role, method, path)) == expected, (method, path)


def unknown(app: Flask, house: House, method: str, path: str, role: str) -> str:
    """What a role is told at an address without this method: that, or what a wider route says of nobody's id."""
    router = app.url_map.bind("shiome.example")
    try:
        endpoint = router.match(path.format(**house.ids), method)[0]
    except MethodNotAllowed:
        return "method"
    (answer,) = {
        row.answers[role]
        for row in ROWS
        if "{nothing}" in row.path
        and row.method == method
        and router.match(row.path.format(**house.ids), method)[0] == endpoint
    }
    return answer


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "POST" and row.path != WITHOUT_TOKEN], ids=str)
def test_a_post_without_its_token_is_refused(app: Flask, house: House, row: Row) -> None:
    """Also with somebody else's token, and before anything is read."""
    for role in [role for role, answer in row.answers.items() if answer in {"ok", "go", "fix"}]:
        path, stranger = row.path.format(**house.ids), "analyst" if role != "analyst" else "member"
        for token in ({}, {"csrf_token": house.tokens[stranger]}):
            fields = {**FORMS.get(row.path, {}), **token}
            assert house.browser(app, role).post(path, data=fields).status_code == 400


def test_not_yours_looks_like_not_there(app: Flask, house: House) -> None:
    """The same bytes but for the token of the form on the page and the address it leads back to."""
    for yours, nobodys in (("/threads/{hers}", "/threads/{nothing}"), ("/queue/{bobs_offer}", "/queue/{nothing}")):
        pages = [call(app, house, "colleague", "GET", path) for path in (yours, nobodys)]
        texts = [
            re.sub(r'value="[^"]*"|content="[^"]*"|/(threads|queue)/[0-9a-f]{32}', "", page.text) for page in pages
        ]
        assert texts[0] == texts[1]
        assert list(pages[0].headers.keys()) == list(pages[1].headers.keys())
