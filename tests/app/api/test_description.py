"""The API against its own description: what schemathesis sends is answered as described, and never with an error of ours."""

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.access import rule_of
from app.web.api import description
from app.wiring import Toolbox
from tests.app.api.caller import token_of
from tests.app.questions.makers import published
from tests.cast import Cast, signed_in
from tests.conftest import make_app, make_cast, make_tools

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 12


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Any:
    tools = make_tools(tmp_path_factory.mktemp("described"))
    cast = make_cast(tools)
    published(tools, cast.bob)
    app = make_app(tools)
    tokens = {name: token_of(tools, cast[name]) for name in ("alice", "frank")}
    yield app, tokens
    tools.database.close()


def test_every_call_is_described_with_its_scope(served: Any) -> None:
    app, _tokens = served
    found = description(app)["paths"]
    calls = {(one.rule.replace("<", "{").replace(">", "}"), method)
             for one in app.url_map.iter_rules() if (rule := rule_of(app, one.endpoint)) and rule.scope
             for method in (one.methods or set()) - {"HEAD", "OPTIONS"}}  # fmt: skip
    assert {(path, method.upper()) for path, one in found.items() for method in one} == calls
    assert all(call["security"][0]["token"] for one in found.values() for call in one.values())


def test_what_is_sent_is_answered_as_described(served: Any) -> None:
    app, tokens = served
    for found in schemathesis.openapi.from_dict(description(app)).get_all_operations():
        hold(app, found.ok(), tokens["frank" if "/company" in found.ok().path else "alice"])


def hold(app: Flask, operation: Any, token: str) -> None:
    """Send one call many things, and hold what comes back against its description."""

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        given = case.call(app=app, headers={"Authorization": f"Bearer {token}"}, base_url="https://shiome.example")
        case.validate_response(given, checks=CHECKS)

    send()


def test_the_description_is_on_the_page_of_the_tokens(app: Flask, cast: Cast, tools: Toolbox) -> None:
    alice = signed_in(app, cast.alice)
    assert "/account/tokens/openapi.json" in alice.get("/account/tokens").text
    assert alice.get("/account/tokens/openapi.json").get_json()["openapi"].startswith("3.")
