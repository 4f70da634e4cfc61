"""Response headers of privacy.md's web section, on every answer."""

from typing import Final

from flask import Flask, request
from werkzeug.wrappers import Response

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def add_headers(response: Response) -> Response:
    """Set them; a page is never kept by a cache, a static file for a day."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    cached = request.endpoint == "static" and response.status_code in (200, 304)
    response.headers["Cache-Control"] = "public, max-age=86400" if cached else "no-store"
    if not cached:
        response.headers["Vary"] = "Authorization, Cookie, Accept-Language, HX-Request"
    return response


def init_headers(app: Flask) -> None:
    """On every response."""
    app.after_request(add_headers)
