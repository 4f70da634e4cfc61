"""The badge of somebody recognised: made in their own session from their own secret, and kept nowhere."""

from typing import Final

from app.accounts.viewer import Viewer
from app.db import Stores
from app.errors import NotThere
from app.recognition.stories import get_award
from privacy.badges import Certificate, certify, issuer_id, issuer_public, prove_badge, to_pem
from privacy.pseudonyms import MemberSecret

MIME: Final = "text/plain; charset=utf-8"


def badge_name(year: int) -> str:
    """What the key of one year's badge is made for."""
    return f"recognition {year}"


def certificate_of(stores: Stores, *, viewer: Viewer, year: int, network: str, seeds: list[bytes]) -> Certificate:
    """The certificate of the viewer's badge, signed with the newest key. Raises NotThere without recognition or key."""
    get_award(stores, viewer=viewer, year=year)
    if not seeds:
        raise NotThere
    return certify(viewer.secret, badge_name(year), network=network, year=year, seed=seeds[0])


def answer_challenge(stores: Stores, *, viewer: Viewer, year: int, challenge: str) -> str:
    """Sign a verifier's challenge with the badge's key. Raises NotThere, BadBadge."""
    get_award(stores, viewer=viewer, year=year)
    return prove(viewer.secret, year, challenge)


def prove(secret: MemberSecret, year: int, challenge: str) -> str:
    """The signature, by whoever has the secret."""
    return prove_badge(secret, badge_name(year), challenge)


def published_keys(seeds: list[bytes]) -> str:
    """Every public half as PEM, newest first, each after its short name."""
    publics = [issuer_public(seed) for seed in seeds]
    return "".join(f"# issuer: {issuer_id(public)}\n{to_pem(public)}" for public in publics)
