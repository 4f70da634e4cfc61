"""`shiome badge verify`: a badge, verified offline. It opens no database and asks no network."""

from pathlib import Path

import click

from privacy.badges import LONGEST, check, check_proof, decode, from_pem
from privacy.errors import BadBadge

SAID = {
    "shape": "this is no badge",
    "version": "a badge of a later version: verify it with a newer program",
    "issuer": "not signed with any of these keys",
    "signature": "the signature does not verify: something was changed",
    "challenge": "a challenge is 32 hex characters",
    "proof": "a proof is 88 characters of base64",
    "holder": "somebody else, or an answer to another challenge",
    "keys": "no public key in that file: take it from the network's /badges/key",
}
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def badge() -> None:
    """Badges of recognition."""


@badge.command("verify")
@click.argument("certificate", type=FILE)
@click.option("--key", type=FILE, required=True, help="the network's public keys, as /badges/key gives them")
@click.option("--challenge", default="", help="what you asked to have signed")
@click.option("--proof", default="", help="the answer to it, or the file it is in")
def verify(certificate: Path, key: Path, challenge: str, proof: str) -> None:
    """Verify a badge, and with a challenge and its proof that whoever answered holds it. Ends with 1 when it does not."""
    if bool(challenge) != bool(proof):
        raise click.UsageError("a challenge and its proof come together")
    try:
        found = decode(_read(certificate))
        check(found, from_pem(_read(key)))
        if challenge:
            check_proof(found, challenge, _read(Path(proof)) if Path(proof).is_file() else proof)
    except BadBadge as bad:
        raise click.ClickException(SAID[bad.reason]) from None
    click.echo(f"certificate: {found.network}, {found.year}: verified")
    click.echo("holder: verified" if challenge else "holder: not asked; give --challenge and --proof")


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.read(4 * LONGEST)
