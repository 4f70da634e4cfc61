"""The JSON API's one wrapper around spectree: what a route takes and gives, checked and described in OpenAPI.

A view of the API declares `@allow(role, scope=…)` above `@described(…)`; spectree reads the body or query out of its
annotations. What does not fit is refused by field, without what was sent: spectree's own refusal would repeat it.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any, Final

from flask import Flask
from pydantic import BaseModel, ConfigDict
from spectree import Response, SecurityScheme, SpecTree
from spectree.models import SecureType, SecuritySchemeData
from werkzeug.wrappers import Response as Answer

from app.access import rule_of
from app.web.i18n import gettext as _
from app.web.problems import KIND, field_errors, refuse

REFUSALS: Final = (401, 403, 404, 409, 415, 422, 429)


class Told(BaseModel):
    """What the API gives: frozen, and nothing besides its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class Sent(BaseModel):
    """What the API takes: nothing besides its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class FieldError(Told):
    """What is to be put right at one field."""

    field: str
    message: str


class Problem(Told):
    """Problem details (RFC 9457)."""

    model_config = ConfigDict(frozen=True, extra="allow")

    type: str
    status: int
    title: str
    detail: str = ""
    errors: tuple[FieldError, ...] = ()


def _refuse(_request: Any, _answer: Any, error: Any, _instance: Any, _adapter: Any) -> None:
    if error is not None:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        refuse(field_errors(found), _("送られた内容が、APIの説明書きと合いません。"))


SPEC: Final = SpecTree(
    "flask",
    title="Shiome",
    version="1",
    path="api/v1/openapi",
    mode="strict",
    page_templates={},
    before=_refuse,
    validation_error_model=Problem,
    naming_strategy=lambda model: str(model.__name__),
    nested_naming_strategy=lambda _parent, child: child,
    security_schemes=[SecurityScheme(name="token", data=SecuritySchemeData(type=SecureType.HTTP, scheme="bearer"))],
    security={"token": []},
)


def described(answer: type[BaseModel], *, status: int = 200) -> Callable[[Callable[..., Any]], Callable[..., Answer]]:
    """Declare what a view of the API gives when it does not refuse."""
    refusals: dict[str, Any] = {f"HTTP_{code}": Problem for code in REFUSALS}
    given = Response(**{f"HTTP_{status}": answer}, **refusals)
    decorate: Callable[[Callable[..., Any]], Callable[..., Answer]] = SPEC.validate(resp=given)
    return decorate


def description(app: Flask) -> dict[str, Any]:
    """The API in OpenAPI 3.1; each call with the scope that its token needs, each refusal as the problem it is."""
    with app.app_context():
        made: dict[str, Any] = deepcopy(SPEC.spec)
    for rule in app.url_map.iter_rules():
        asked = rule_of(app, rule.endpoint)
        if asked is not None and asked.scope:
            for call in made["paths"][rule.rule.replace("<", "{").replace(">", "}")].values():
                call["security"] = [{"token": [asked.scope]}]
    for call in (call for one in made["paths"].values() for call in one.values()):
        for answer in (call["responses"][str(status)] for status in REFUSALS):
            answer["content"] = {KIND: next(iter(answer["content"].values()))}
    return made
