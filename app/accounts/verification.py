"""A mailed code and link that prove an address. Short-lived rows of their own: no member row exists before the end."""

import hmac
import secrets
from collections.abc import Callable
from typing import Final, Literal

from sqlalchemy import delete, select

from app.accounts.models import Verification
from app.accounts.rules import new_mailed_code, stretch_mailed_code
from app.accounts.service import has_account
from app.db import Stores
from app.errors import NotThere
from app.mail import service as mail
from app.sealing import Vault

ATTEMPTS: Final = 5
STEPS_SECONDS: Final = 3600
Purpose = Literal["join", "afresh", "move"]
LETTERS: Final[dict[tuple[Purpose, bool], str]] = {
    ("join", True): "code",
    ("join", False): "account_exists",
    ("afresh", True): "afresh_code",
    ("afresh", False): "no_account",
    ("move", True): "move_code",
    ("move", False): "account_exists",
}
Outcome = Literal["proven", "wrong", "gone"]


def begin(
    stores: Stores,
    vault: Vault,
    post_office: bytes,
    *,
    address: str,
    link_to: Callable[[str], str],
    locale: str,
    now: float,
    minutes: int,
    window: int,
    purpose: Purpose = "join",
    may_send: bool = True,
) -> str:
    """Send a code, or a mail saying why there is none; gives the browser's ticket.

    To join or to move there, the address must have no account; to begin afresh, it must have one. All ways read one row, write one row
    and leave one job, so neither page nor time tells them apart. Without `may_send` there is no letter and no code that
    opens. To begin afresh only the newest code of an address is good.
    """
    stores.identity.execute(delete(Verification).where(Verification.expires < int(now)))
    ticket, link = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    code = new_mailed_code()
    opens = has_account(stores, vault, address) is (purpose == "afresh")
    link_hash = _link_hashes(vault, link)[0]
    if purpose == "afresh" and may_send:
        link_hash = _only_one(stores, vault, address)
    # where it opens nothing, the code that would prove the address is one that nobody was told and nobody can type
    told = code if opens and may_send else ""
    stores.identity.add(_row(vault, ticket, told, link_hash, address, expires=int(now) + minutes * 60, state="sent"))
    if not may_send:
        return ticket
    words = {"code": code, "link": link_to(link), "minutes": str(minutes)} if opens else {}
    kind = LETTERS[purpose, opens]
    mail.send_letter(stores, vault, post_office, kind, address=address, words=words, locale=locale, window=window)
    return ticket


def prove_code(stores: Stores, vault: Vault, *, ticket: str, code: str, now: float) -> Outcome:
    """Try a typed code. Five wrong ones, or the time, end it."""
    row = _find(stores, vault, ticket, now)
    if row is None:
        return "gone"
    if row.state == "proven":
        return "proven"
    row.attempts_left -= 1
    if any([hmac.compare_digest(row.code_hash, one) for one in _code_hashes(vault, row.id, code)]):
        row.state, row.expires = "proven", int(now) + STEPS_SECONDS
        row.link_hash = secrets.token_hex(32)  # a newer code does not end what is proven
        return "proven"
    if row.attempts_left > 0:
        return "wrong"
    stores.identity.delete(row)
    return "gone"


def is_open_link(stores: Stores, vault: Vault, *, link: str, now: float) -> bool:
    """Whether a link could still prove an address; asking uses nothing up, since mail scanners open links too."""
    return _find_link(stores, vault, link, now) is not None


def prove_link(stores: Stores, vault: Vault, *, link: str, now: float) -> str | None:
    """Use a link up; gives a new ticket, to the browser that opened it and to no other.

    Whoever merely asked for the mail must not be let in by the click of the one who reads it.
    """
    row = _find_link(stores, vault, link, now)
    if row is None:
        return None
    ticket = secrets.token_urlsafe(32)
    address = _open_mail(vault, row)
    stores.identity.delete(row)
    ends = int(now) + STEPS_SECONDS
    stores.identity.add(_row(vault, ticket, "", secrets.token_hex(32), address, expires=ends, state="proven"))
    return ticket


def is_proven(stores: Stores, vault: Vault, *, ticket: str, now: float) -> bool:
    """Whether this browser has proven an address."""
    row = _find(stores, vault, ticket, now)
    return row is not None and row.state == "proven"


def proven_address(stores: Stores, vault: Vault, *, ticket: str, now: float) -> str:
    """The address this browser has proven. Raises NotThere."""
    row = _find(stores, vault, ticket, now)
    if row is None or row.state != "proven":
        raise NotThere
    return _open_mail(vault, row)


def forget(stores: Stores, vault: Vault, *, ticket: str) -> None:
    """The sign-up is over."""
    stores.identity.execute(delete(Verification).where(Verification.id.in_(_ticket_ids(vault, ticket))))


def forget_address(stores: Stores, vault: Vault, *, address: str) -> None:
    """Throw away every code on its way to an address; writes identity."""
    for row in stores.identity.scalars(select(Verification)):
        if _open_mail(vault, row) == address:
            stores.identity.delete(row)


def _only_one(stores: Stores, vault: Vault, address: str) -> str:
    """End the code before; gives what stands in the place of a link, so that the next finds this one."""
    places = vault.indexes("afresh", address)
    stores.identity.execute(delete(Verification).where(Verification.link_hash.in_(places)))
    return places[0]


def _row(
    vault: Vault, ticket: str, code: str, link_hash: str, address: str, *, expires: int, state: str
) -> Verification:
    row_id = _ticket_ids(vault, ticket)[0]
    return Verification(
        id=row_id,
        code_hash=_code_hashes(vault, row_id, code or secrets.token_hex())[0],
        link_hash=link_hash,
        expires=expires,
        attempts_left=ATTEMPTS,
        state=state,
        sealed_mail=vault.seal(address, table="verifications", column="sealed_mail", row=row_id),
    )


def _find(stores: Stores, vault: Vault, ticket: str, now: float) -> Verification | None:
    row = stores.identity.scalar(select(Verification).where(Verification.id.in_(_ticket_ids(vault, ticket))))
    return row if row is not None and row.expires >= now else None


def _find_link(stores: Stores, vault: Vault, link: str, now: float) -> Verification | None:
    hashes = _link_hashes(vault, link)
    wanted = select(Verification).where(Verification.link_hash.in_(hashes), Verification.state == "sent")
    row = stores.identity.scalar(wanted)
    return row if row is not None and row.expires >= now else None


def _open_mail(vault: Vault, row: Verification) -> str:
    address: str = vault.open(row.sealed_mail, table="verifications", column="sealed_mail", row=row.id)
    return address


# keyed hashes, newest key first; eight letters are stretched as well, so that whoever has the key too does not guess them
# back from a stolen row in the minutes they are good for


def _ticket_ids(vault: Vault, ticket: str) -> list[str]:
    return _digests(vault, "ticket", ticket)


def _link_hashes(vault: Vault, link: str) -> list[str]:
    return _digests(vault, "link", link)


def _code_hashes(vault: Vault, row_id: str, code: str) -> list[str]:
    return _digests(vault, "code", f"{row_id}:{stretch_mailed_code(code, row_id)}")


def _digests(vault: Vault, purpose: str, text: str) -> list[str]:
    return [hmac.digest(key.secret, text.encode(), "sha256").hex() for key in vault.ring(f"index/{purpose}")]
