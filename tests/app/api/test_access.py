"""Who may call what of the API: every route, for every role and every scope. A route without a row fails."""

from dataclasses import dataclass

import pytest
from flask import Flask

from app.access import rule_of
from app.accounts.tokens import SCOPES
from app.web.problems import API
from app.wiring import Toolbox
from tests.app.api.caller import Caller, token_of
from tests.app.questions.makers import published
from tests.cast import Cast

ROLES = {
    "anonymous": "", "member": "alice", "other": "bob", "colleague": "dave", "coordinator": "erin",
    "analyst": "frank", "waiting": "grace", "operator": "heidi", "auditor": "oscar",
}  # fmt: skip
# 200 201  done      401  no token      403  the role or the token does not include it
# 404      not there, or not theirs     422  what was sent does not fit
# {hers} is alice's question, which the company may read later; {nothing} is nobody's. Tokens are for all a role can have.
TABLE = """
                                        scope    anonymous  member  other  colleague  coordinator  analyst  waiting  operator  auditor
GET  /domain                            read     401        200     200    200        200          403      403      403       403
GET  /threads                           read     401        200     200    200        200          403      403      403       403
GET  /threads/{hers}                    read     401        200     200    404        200          403      403      403       403
GET  /threads/{nothing}                 read     401        404     404    404        404          403      403      403       403
GET  /mine                              read     401        200     200    200        200          403      403      403       403
GET  /notes                             read     401        200     200    200        200          403      403      403       403
POST /threads/preview                   ask      401        422     422    422        422          403      403      403       403
POST /threads                           ask      401        422     422    422        422          403      403      403       403
POST /replies/preview                   answer   401        422     422    422        422          403      403      403       403
POST /threads/{hers}/answers            answer   401        403     201    404        201          403      403      403       403
POST /threads/{nothing}/answers         answer   401        404     404    404        404          403      403      403       403
POST /threads/{hers}/followups          answer   401        201     404    404        404          403      403      403       403
POST /threads/{nothing}/followups       answer   401        404     404    404        404          403      403      403       403
GET  /queue                             answer   401        200     200    200        200          403      403      403       403
POST /queue/{nothing}/claim             answer   401        404     404    404        404          403      403      403       403
POST /queue/{nothing}/pass              answer   401        404     404    404        404          403      403      403       403
POST /queue/{nothing}/answer            answer   401        404     404    404        404          403      403      403       403
GET  /company/threads                   company  401        403     403    403        403          200      403      403       403
GET  /company/threads/{nothing}         company  401        403     403    403        403          404      403      403       403
"""
BODIES = {"answers": {"text": "朝の酸素を測りました。"}, "followups": {"text": "測ってみました。"},
          "pass": {"reason": "no_time"}, "answer": {"text": "朝の酸素を測りました。"}}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    method: str
    path: str
    scope: str
    answers: dict[str, int]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def read_table() -> list[Row]:
    head, *lines = [line.split() for line in TABLE.splitlines() if line.strip()]
    assert head == ["scope", *ROLES]
    return [Row(method, path, scope, dict(zip(ROLES, map(int, rest), strict=True)))
            for method, path, scope, *rest in lines]  # fmt: skip


ROWS = read_table()


def filled(path: str, hers: str) -> str:
    return path.format(hers=hers, nothing="0" * 32)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_role_gets_its_answer(app: Flask, tools: Toolbox, cast: Cast, row: Row) -> None:
    path, body = filled(row.path, published(tools, cast.alice)), BODIES.get(row.path.rpartition("/")[2])
    found = {}
    for role, name in ROLES.items():
        asking = Caller(app, token_of(tools, cast[name]) if name else "")
        found[role] = asking.call(row.method, path, body).status_code
    assert found == row.answers


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_token_does_what_it_is_for_and_nothing_else(app: Flask, tools: Toolbox, cast: Cast, row: Row) -> None:
    path, body = filled(row.path, published(tools, cast.alice)), BODIES.get(row.path.rpartition("/")[2])
    who = cast.frank if row.scope == "company" else cast.bob
    without = [one for one in SCOPES if one != row.scope]
    assert Caller(app, token_of(tools, who, scopes=without)).call(row.method, path, body).status_code == 403
    with_it = Caller(app, token_of(tools, who, scopes=[row.scope])).call(row.method, path, body)
    assert with_it.status_code == row.answers["analyst" if row.scope == "company" else "other"]


def test_every_route_of_the_api_has_a_row_and_its_scope(app: Flask) -> None:
    router = app.url_map.bind("shiome.example")
    found = {router.match(API + filled(row.path, "1" * 32), row.method)[0]: row.scope for row in ROWS}
    declared = {}
    for endpoint in app.view_functions:
        rule = rule_of(app, endpoint)
        if rule is not None and rule.scope:
            declared[endpoint] = rule.scope
    assert found == declared
    below = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    assert below == set(declared)
