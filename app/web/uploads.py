"""Photos in a request: taken only by the forms that say so, and held in memory, never in a file of the system."""

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, Final, TypeVar

from flask import Flask, Request, current_app, request

View = TypeVar("View", bound=Callable[..., Any])

LONGEST: Final = 38 * 1024 * 1024  # three photos as a phone makes them, and the words of the form


class HouseRequest(Request):
    """A request whose files stay in memory: the usual one writes what is large, place and camera and all, to disk."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


def takes_photos(view: View) -> View:
    """Declare that the form behind a view may bring photos."""
    view.takes_photos = True  # type: ignore[attr-defined]
    return view


def may_be_large() -> bool:
    """Whether this request's form may bring photos."""
    return getattr(current_app.view_functions.get(request.endpoint or ""), "takes_photos", False)


def _raise_limit() -> None:
    if may_be_large():
        request.max_content_length = LONGEST


def init_uploads(app: Flask) -> None:
    """Before anything reads a form."""
    app.request_class = HouseRequest
    app.before_request(_raise_limit)
