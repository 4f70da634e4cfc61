"""Named exceptions and the one place that turns them into a page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog
from flask import Flask, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.web.i18n import date_label
from app.web.i18n import gettext as _
from app.web.problems import is_api, problem
from app.web.resume import left_by, typed_fields

log = structlog.get_logger()
TYPED = frozenset({"text", "comment", "title", "body", "note", "why"})  # fields whose words are shown again


class ShiomeError(Exception):
    """Every refusal the house makes on purpose. Carries data, never prose and never what was typed."""

    status = 400


class NotThere(ShiomeError):
    """No such thing, or not for you: the two look the same."""

    status = 404


class SignInNeeded(ShiomeError):
    """The page is for members."""

    status = 401


class Forbidden(ShiomeError):
    """The role does not include this page."""

    status = 403


class TooMany(ShiomeError):
    """The address or session has used up its requests."""

    status = 429


class ReadEnough(TooMany):
    """The account has opened as many texts as one may in a day."""


class WrittenEnough(TooMany):
    """The member has written as much as one may in a day."""


class ReadingOnly(Forbidden):
    """After a fresh start somebody only reads until this day."""

    def __init__(self, until: date) -> None:
        super().__init__(until)
        self.until = until


class WritingPaused(Forbidden):
    """Two flags were upheld within a year: until this day somebody only reads."""

    def __init__(self, until: date) -> None:
        super().__init__(until)
        self.until = until


class ReminderFirst(Forbidden):
    """A flag was upheld, and its author has not read of it yet."""


class PromiseFirst(Forbidden):
    """Something of the charter is to be accepted before somebody goes on."""


class JoinsTooMuch(Forbidden):
    """What the member showed here before would, with what they showed elsewhere this quarter, leave too few people:
    from this day on they may write here again."""

    def __init__(self, until: date) -> None:
        super().__init__(until)
        self.until = until


class Conflict(ShiomeError):
    """Somebody, perhaps you in another window, was faster."""

    status = 409


@dataclass(frozen=True, slots=True)
class Words:
    """What an error page says."""

    title: str
    message: str


def _words() -> dict[int, Words]:
    return {
        400: Words(_("読み取れませんでした"), _("前のページに戻って、もう一度お試しください。")),
        403: Words(
            _("このページは開けません"),
            _(
                "あなたの役割では見られないページです。所属の確認を待っている方は、済むと開けるようになるページもあります。"
            ),
        ),
        404: Words(_("ページが見つかりません"), _("アドレスが違うか、あなたには公開されていないページです。")),
        405: Words(_("この操作はできません"), _("前のページに戻って、ボタンから操作してください。")),
        409: Words(_("少し前に状況が変わりました"), _("前のページに戻って、最新の様子を確かめてください。")),
        413: Words(_("大きすぎます"), _("送れる大きさを超えています。短くして、もう一度お試しください。")),
        422: Words(_("直してほしいところがあります"), _("前のページに戻って、入力を確かめてください。")),
        429: Words(
            _("少し待ってください"), _("短い時間にたくさんの操作がありました。1分ほど待ってからお試しください。")
        ),
        500: Words(_("うまくいきませんでした"), _("こちらの不具合です。送り終えた質問や回答は失われていません。")),
    }


def _problem_words() -> dict[int, Words]:
    """Where a call of the API is told other words than a page."""
    return {
        401: Words(_("鍵が要ります"), _("有効な鍵を、Authorization: Bearer の形で添えてください。")),
        403: Words(
            _("この鍵ではできません"), _("鍵がそのために作られていないか、あなたの役割では使えない呼び出しです。")
        ),
        404: Words(_("見つかりません"), _("アドレスが違うか、あなたには公開されていないものです。")),
        405: Words(_("この方法では呼べません"), _("APIの説明書きで、GETかPOSTかを確かめてください。")),
        409: Words(_("少し前に状況が変わりました"), _("最新の様子を読んでから、もう一度送ってください。")),
    }


def error_page(status: int, words: Words | None = None) -> Response:
    """The page for one status, in the reader's language, or the problem a call is told; `words` where it has more to say."""
    known = _words() | (_problem_words() if is_api() else {})
    words = words or known.get(status) or known[500 if status >= 500 else 400]
    if is_api():
        return problem(status, words.title, words.message)
    page = render_template(
        "errors/error.html",
        status=status,
        title=words.title,
        message=words.message,
        action_url=url_for("pages.home"),
        action_label=_("最初のページへ"),
    )
    return make_response(page, status)


def _house(error: ShiomeError) -> Response:
    if isinstance(error, SignInNeeded) and not is_api():
        fields = typed_fields() if request.method == "POST" and "HX-Request" not in request.headers else []
        if fields:
            return make_response(
                render_template("errors/resume.html", path=request.path, fields=fields, by=left_by()), 401
            )
        # the path alone: what was searched would stand in the address for whoever signs in here next
        after = request.path if request.method == "GET" else "/"
        return redirect(url_for("accounts.sign_in", next=after), 303)
    if isinstance(error, ReadingOnly):
        return error_page(error.status, _reading_only(error.until))
    if isinstance(error, WritingPaused | ReminderFirst | PromiseFirst | JoinsTooMuch):
        return _closed_for_now(error)
    if isinstance(error, WrittenEnough):
        return error_page(error.status, _written_enough())
    return error_page(error.status, _read_enough() if isinstance(error, ReadEnough) else None)


def _reading_only(until: date) -> Words:
    day = date_label(until)
    return Words(
        _("いまは読むことだけできます"),
        _(
            "はじめからやり直していただいたばかりなので、あなたを守るために{day}まで書くことをお休みしています。"
            "その日が来れば、ひとりでに元どおりになります。それまで、みなさんの質問と回答をゆっくりご覧ください。"
        ).format(day=day),
    )


def _closed_for_now(error: WritingPaused | ReminderFirst | PromiseFirst | JoinsTooMuch) -> Response:
    """The page with what was typed on it: nothing is lost by having to read first, or to wait."""
    if is_api():
        return error_page(error.status, _why_closed(error)[0])
    typed = [value for name, value in request.form.items() if name in TYPED and value.strip()]
    words, where = _why_closed(error)
    page = render_template("errors/closed.html", status=error.status, words=words, typed=typed, where=where)
    return make_response(page, error.status)


def _why_closed(error: WritingPaused | ReminderFirst | PromiseFirst | JoinsTooMuch) -> tuple[Words, str]:
    """What is said, and the page that says more."""
    if isinstance(error, PromiseFirst):
        return _promise_first(), url_for("gate.welcome")
    if isinstance(error, JoinsTooMuch):
        return _joins_too_much(error.until), url_for("domains.disclosure")
    words = _writing_paused(error.until) if isinstance(error, WritingPaused) else _reminder_first()
    return words, url_for("moderation.conduct")


def _joins_too_much(until: date) -> Words:
    return Words(
        _("いまは、ここに書き足せません"),
        _(
            "ここでは前の期に、いまとは別のことをあなたについて出しています。今期ほかに書かれたものと合わせて読むと、"
            "あなただと分かるおそれがあります。{day}から、また書き足せます。"
        ).format(day=date_label(until)),
    )


def _writing_paused(until: date) -> Words:
    return Words(
        _("いまは書くことをお休みしています"),
        _(
            "約束に反すると認められた投稿が、一年のうちに重なりました。{day}になると、ひとりでに元どおり書けます。"
            "読むことはいままでどおりできます。認められた理由と、見直しの頼み方は、次のページにあります。"
        ).format(day=date_label(until)),
    )


def _reminder_first() -> Words:
    return Words(
        _("先に読んでいただきたいお知らせがあります"),
        _(
            "あなたの投稿のひとつが、約束に反すると認められました。何がそうだったかを読んでいただくと、すぐにまた書けます。"
        ),
    )


def _promise_first() -> Words:
    return Words(
        _("先に、約束の確認をお願いします"),
        _("ここで書くみなさんと、同じ約束をしています。ひとつずつ確かめていただくと、すぐに続けられます。"),
    )


def _read_enough() -> Words:
    return Words(
        _("きょうはここまでです"),
        _(
            "一日に開ける質問の数に達しました。みなさんの書いたものがまとめて持ち出されないようにするためです。明日また読めます。質問することと、届いた質問に答えることは、いまもできます。"
        ),
    )


def _written_enough() -> Words:
    return Words(
        _("きょうはたくさん書いてくださいました"),
        _("一日に書ける数に達しました。明日また書けます。書いたものは、前のページに戻ると残っています。"),
    )


def _http(error: HTTPException) -> Response:
    if error.code is None or 300 <= error.code < 400:
        return make_response(error.get_response())
    return error_page(error.code)


def _csrf(_error: CSRFError) -> Response:
    return error_page(400)


def _unexpected(error: Exception) -> Response:
    # the class only: a message may carry what somebody typed
    log.error("unexpected", error=type(error).__name__, endpoint=request.endpoint)
    return error_page(500)


def init_errors(app: Flask) -> None:
    """Register every handler."""
    handlers: list[tuple[type[Exception], Callable[[Any], Response]]] = [
        (ShiomeError, _house),
        (CSRFError, _csrf),
        (HTTPException, _http),
    ]
    if not app.config["PROPAGATE_EXCEPTIONS"]:
        handlers.append((Exception, _unexpected))
    for kind, handler in handlers:
        app.register_error_handler(kind, handler)
