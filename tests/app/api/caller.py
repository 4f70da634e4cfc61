"""Somebody's own machine: a token of theirs, and calls with it."""

from collections.abc import Collection
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app.accounts.tokens import SCOPES, make_token
from app.clock import today
from app.web.problems import API
from app.wiring import Toolbox
from tests.cast import Person, viewer_of


class Caller:
    """Calls the API with one token, and without a cookie."""

    def __init__(self, app: Flask, token: str) -> None:
        self.app = app
        self.token = token

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """One call; `path` begins after the version."""
        given = {"Authorization": f"Bearer {self.token}", **headers} if self.token else headers
        json = {"json": {} if body is None else body} if method == "POST" else {}
        return self.app.test_client().open(API + path, method=method, headers=given, **json)

    def get(self, path: str) -> TestResponse:
        """Read."""
        return self.call("GET", path)

    def post(self, path: str, body: Any = None) -> TestResponse:
        """Write."""
        return self.call("POST", path, body)


def token_of(tools: Toolbox, person: Person, *, scopes: Collection[str] = tuple(SCOPES), days: int = 30) -> str:
    """A token of this person's."""
    day = today(tools.clock.now())
    with tools.database.transaction("identity") as stores:
        return make_token(stores, viewer=viewer_of(tools, person), label="試し", scopes=scopes, days=days, today=day)


def caller(app: Flask, tools: Toolbox, person: Person, *scopes: str) -> Caller:
    """This person's machine, with a token for these scopes, for all where none is named."""
    return Caller(app, token_of(tools, person, scopes=scopes or tuple(SCOPES)))
