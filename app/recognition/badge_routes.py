"""Views of badges: the owner's, and the public one where anybody verifies."""

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from app.access import PUBLIC, allow
from app.accounts.signin import current_viewer
from app.recognition import badging
from app.recognition.blueprint import blueprint
from app.recognition.stories import get_award
from app.web.i18n import gettext as _
from app.web.i18n import speaking
from app.wiring import Toolbox, toolbox
from privacy.badges import (
    VERSION,
    Certificate,
    ask_proof,
    check,
    check_proof,
    decode,
    encode,
    issuer_id,
    issuer_public,
    to_pem,
)
from privacy.errors import BadBadge


@blueprint.get("/recognition/badge/<int:year>")
@allow("member")
def badge(year: int) -> Response:
    """The owner's page: the certificate, and the answer to a challenge."""
    return _badge_page(year)


@blueprint.post("/recognition/badge/<int:year>")
@allow("member")
def prove_badge(year: int) -> Response:
    """Sign a verifier's challenge; nothing is stored."""
    tools = toolbox()
    try:
        with tools.database.reading() as stores:
            proof = badging.answer_challenge(
                stores, viewer=current_viewer(), year=year, challenge=request.form.get("challenge", "")
            )
    except BadBadge:
        words = _("合い言葉は、0から9とaからfの32文字です。確かめる人のページから、そのまま貼ってください。")
        return _badge_page(year, errors={"challenge": words}, status=422)
    return _badge_page(year, proof=proof)


@blueprint.get("/recognition/badge/<int:year>/certificate")
@allow("member")
def certificate(year: int) -> Response:
    """The certificate as a file."""
    response = make_response(encode(_certificate(toolbox(), year)))
    response.headers["Content-Type"] = badging.MIME
    response.headers["Content-Disposition"] = f'attachment; filename="shiome-badge-{year}.txt"'
    return response


@blueprint.get("/badges")
@allow(PUBLIC)
def badges() -> Response:
    """Anybody's page: a challenge to send, and a form to verify what comes back."""
    return _check_page(ask_proof(), {}, "", 200)


@blueprint.post("/badges")
@allow(PUBLIC)
def check_badge() -> Response:
    """Verify a certificate, and the proof when there is one; nothing is stored."""
    challenge = request.form.get("challenge", "").strip()
    proof, errors, result = request.form.get("proof", "").strip(), {}, "certificate"
    publics = [issuer_public(seed) for seed in toolbox().badge_seeds]
    try:
        found = decode(request.form.get("certificate", ""))
        check(found, publics)
        if proof:
            check_proof(found, challenge, proof)
            result = "proven"
    except BadBadge as bad:
        errors, result = {_FIELDS.get(bad.reason, "certificate"): _reasons()[bad.reason]}, ""
    year = found.year if result else None
    return _check_page(challenge or ask_proof(), errors, result, 422 if errors else 200, year)


@blueprint.get("/badges/key")
@allow(PUBLIC)
def badge_key() -> Response:
    """The public halves of the keys that sign badges, newest first."""
    response = make_response(badging.published_keys(toolbox().badge_seeds))
    response.headers["Content-Type"] = badging.MIME
    return response


@blueprint.get("/.well-known/shiome.json")
@allow(PUBLIC)
def well_known() -> Response:
    """The same for programs: name, version of certificates, keys."""
    tools = toolbox()
    publics = [issuer_public(seed) for seed in tools.badge_seeds]
    keys = [{"issuer": issuer_id(public), "pem": to_pem(public)} for public in publics]
    body = {"network": str(tools.trade.network.name), "badges": {"version": VERSION, "keys": keys}}
    return make_response(body)


def _certificate(tools: Toolbox, year: int) -> Certificate:
    with tools.database.reading() as stores:
        return badging.certificate_of(
            stores, viewer=current_viewer(), year=year, network=network_name(tools), seeds=tools.badge_seeds
        )


def network_name(tools: Toolbox) -> str:
    """The network's name as certificates have it, whatever language the page is in."""
    with speaking("ja"):
        return str(tools.trade.network.name)


def _badge_page(year: int, *, proof: str = "", errors: dict[str, str] | None = None, status: int = 200) -> Response:
    tools = toolbox()
    with tools.database.reading() as stores:
        get_award(stores, viewer=current_viewer(), year=year)
    text = encode(_certificate(tools, year))
    page = render_template(
        "recognition/badge.html", year=year, certificate=text, proof=proof, errors=errors or {},
        challenge=request.form.get("challenge", ""),
    )  # fmt: skip
    return make_response(page, status)


def _check_page(challenge: str, errors: dict[str, str], result: str, status: int, year: int | None = None) -> Response:
    page = render_template(
        "recognition/badges.html", challenge=challenge, errors=errors, result=result, year=year, typed=request.form,
    )  # fmt: skip
    return make_response(page, status)


_FIELDS = {"challenge": "challenge", "proof": "proof", "holder": "proof"}


def _reasons() -> dict[str, str]:
    return {
        "shape": _(
            "証明書として読み取れませんでした。「BEGIN SHIOME BADGE」から「END SHIOME BADGE」までを貼ってください。"
        ),
        "version": _("もっと新しい形の証明書です。証明書を出したネットワークで確かめてください。"),
        "issuer": _("このネットワークの鍵で署名された証明書ではありません。"),
        "signature": _("署名が合いません。証明書は、どこかが書きかえられています。"),
        "challenge": _("合い言葉は、0から9とaからfの32文字です。"),
        "proof": _("返事として読み取れませんでした。持ち主のページに出た88文字を、そのまま貼ってください。"),
        "holder": _("この証明書の持ち主の返事ではありません。合い言葉が古いか、別の人の返事です。"),
    }
