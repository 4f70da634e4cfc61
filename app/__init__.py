"""Shiome: a Flask shell around two pure cores, `matching` (who should be asked) and `privacy` (what may be shown)."""

from typing import TYPE_CHECKING

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from app.wiring import Toolbox


def create_app(tools: "Toolbox") -> Flask:
    """The web service around these parts."""
    from app import access, errors, features
    from app.accounts import signin
    from app.pages import context
    from app.web import headers, i18n, limits, problems, templates, uploads

    app = Flask(__name__)
    app.extensions["toolbox"] = tools
    app.config.update(
        SESSION_COOKIE_NAME="__Host-shiome-visit",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_TIME_LIMIT=None,  # a form written offline may come back tomorrow
        WTF_CSRF_SSL_STRICT=False,  # it wants a Referer, and we send none
        MAX_CONTENT_LENGTH=512 * 1024,
        PROPAGATE_EXCEPTIONS=False,
    )
    signin.keep_keys(app)
    if tools.settings.forwarded_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=tools.settings.forwarded_hops)  # type: ignore[method-assign]
    uploads.init_uploads(app)
    templates.init_templates(app)
    i18n.init_i18n(app)
    limits.init_limits(app)
    signin.init_signin(app)
    access.init_access(app)
    csrf = CSRFProtect(app)
    headers.init_headers(app)
    problems.init_problems(app)
    errors.init_errors(app)
    context.init_context(app)
    for blueprint in features.BLUEPRINTS:
        app.register_blueprint(blueprint)
    for view in access.api_views(app):
        csrf.exempt(view)  # a call carries a token and no cookie counts: no other site can send it
    return app
