"""Refusals of the API: problem details (RFC 9457) as JSON, in the caller's language, without anything that was sent."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn

from flask import Flask, abort, jsonify, request, session
from werkzeug.wrappers import Response

from app.web.i18n import gettext as _

API: Final = "/api/v1"
KIND: Final = "application/problem+json"


def is_api() -> bool:
    """Whether the request is a call of the API, as its address says."""
    return request.path.startswith("/api/")


def problem(
    status: int, title: str, detail: str = "", errors: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """A refusal; `errors` says by field what is to be put right, `more` are members of its own kind."""
    told: dict[str, Any] = {"type": "about:blank", "status": status, "title": title, **more}
    if detail:
        told["detail"] = detail
    if errors:
        told["errors"] = [{"field": name, "message": message} for name, message in errors.items()]
    answer = jsonify(told)
    answer.status_code, answer.content_type = status, KIND
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="shiome"'
    return answer


def refuse(errors: Mapping[str, str], detail: str = "") -> NoReturn:
    """Say no to what was sent: what is to be put right, by field."""
    abort(problem(422, _("直してほしいところがあります"), detail, errors))


def init_problems(app: Flask) -> None:
    """Where a browser would be led to a page first, a call is told which."""
    app.before_request(_only_json)
    app.after_request(_no_pages)


def _only_json() -> Response | None:
    if is_api() and request.url_rule and request.method == "POST" and not request.is_json:
        return problem(415, _("JSONだけを受け取ります"), _("Content-Type: application/json で送ってください。"))
    return None


def _no_pages(response: Response) -> Response:
    if not is_api():
        return response
    session.modified = False  # a call is no visit
    if not 300 <= response.status_code < 400:
        return response
    where = response.headers.get("Location", "").partition("?")[0]
    return problem(
        409,
        _("先に、画面で確かめていただくことがあります"),
        _("ブラウザでサインインして、次のページを開いてください。"),
        page=where,
    )


def field_errors(found: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Fields that do not fit the description of the API: where, and in which way; never what stood there, nor the name of
    a field that is none of ours."""
    return {_field_of(one): _kind_of(str(one["type"])) for one in found}


def _field_of(error: Mapping[str, Any]) -> str:
    return "" if error["type"] == "extra_forbidden" or not error["loc"] else str(error["loc"][0])


def _kind_of(kind: str) -> str:
    if kind == "missing":
        return _("足りません。")
    if kind == "extra_forbidden":
        return _("説明書きにない項目があります。")
    if "too_long" in kind or "too_short" in kind or "than" in kind:
        return _("長さか大きさが、決まりに合いません。")
    return _("形が決まりに合いません。")
