"""Decisions about addresses, passwords, codes and devices: no session, no request, no clock."""

import hashlib
import re
import secrets
import unicodedata
from datetime import date
from typing import Final, Literal

from app.errors import ShiomeError
from privacy.recovery import ALPHABET
from privacy.wraps import PASSWORD, RECOVERY

MIN_PASSWORD: Final = 10
MAX_PASSWORD: Final = 200
READING: Final = "reading"  # the state of a member after a fresh start
KEPT: Final = {PASSWORD: "kept-password", RECOVERY: "kept-recovery"}  # the kinds of wraps that rest after one
ASIDE: Final = frozenset(KEPT.values())
LEAVING: Final = "leaving"  # on their way out: nobody signs in as them any more
PasswordProblem = Literal["short", "long", "common", "address"]


class WrongSignIn(ShiomeError):
    """No such address, or another password or code: the two look the same."""


class CopiedPasskey(WrongSignIn):
    """The passkey's count went back: there are two of it."""


class PasskeyRefused(ShiomeError):
    """A passkey is not taken: `why` is unproven, without (it gives no key), there (already), or many."""

    def __init__(self, why: Literal["unproven", "without", "there", "many"]) -> None:
        super().__init__(why)
        self.why = why


class AddressTaken(ShiomeError):
    """Somebody finished signing up with this address first."""

    status = 409


class SharedMailDomain(ShiomeError):
    """Everybody can have an address there, so it proves no organisation."""


class MailDomainTaken(ShiomeError):
    """Another organisation has this mail domain."""


class OneCompany(ShiomeError):
    """There is an operating company already."""


class CannotDecline(ShiomeError):
    """An organisation that is in is not declined, and who are moved go to one that is in and is not the company's."""

    status = 409


# ---------------------------------------------------------------- time


def quarter_of(day: date) -> int:
    """Year * 4 + quarter: all that is kept of when a person was here."""
    return day.year * 4 + (day.month - 1) // 3


# ---------------------------------------------------------------- addresses

# no "=" or "?": a mail program would read =?…?= as an encoded word; dots stand where some phone companies let them
_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9!#$&'*+/^_`{|}~-][A-Za-z0-9!#$&'*+/^_`{|}~.-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
SHARED_DOMAINS: Final = frozenset(
    {
        "gmail.com", "googlemail.com", "yahoo.co.jp", "yahoo.com", "ymail.ne.jp", "outlook.com", "outlook.jp",
        "hotmail.com", "hotmail.co.jp", "live.jp", "icloud.com", "me.com", "mac.com", "docomo.ne.jp", "ezweb.ne.jp",
        "au.com", "softbank.ne.jp", "i.softbank.jp", "ymobile.ne.jp", "rakuten.jp", "nifty.com", "biglobe.ne.jp",
        "ocn.ne.jp", "so-net.ne.jp", "plala.or.jp", "dion.ne.jp", "aol.com", "proton.me", "protonmail.com", "gmx.com",
        "mail.com", "uqmobile.jp", "rakumail.jp", "excite.co.jp",
    }
)  # fmt: skip


def clean_address(text: str) -> str | None:
    """The address as it is written to, or None when it cannot be one. Full-width letters are read as narrow."""
    local, at, domain = unicodedata.normalize("NFKC", text).strip().rpartition("@")
    address = f"{local}{at}{domain.casefold()}"
    return address if len(address) <= 254 and _ADDRESS.fullmatch(address) else None


def domain_of(address: str) -> str:
    """What stands after the @."""
    return address.rpartition("@")[2].casefold()


# ---------------------------------------------------------------- passwords

# The words these are made of are what people try first; a password that is only them and digits is refused.
_COMMON: Final = re.compile(
    r"(?:password|passwd|pass|qwertyuiop|qwerty|asdfghjkl|asdfgh|zxcvbnm|1q2w3e4r5t|1q2w3e4r|1qaz2wsx|letmein|welcome|"
    r"admin|administrator|iloveyou|monkey|dragon|sakura|shiome|doraemon|arigato|arigatou|konnichiwa|nippon|"
    r"abcdefghij|abcdefgh|abcdef|abcd|abc|changeme|secret|test|user|guest|login|[0-9]|[!@#$%^&*._-])+"
)


def fold_password(text: str) -> str:
    """NFKC, as the wrap does: a Japanese keyboard may send full-width letters."""
    return unicodedata.normalize("NFKC", text)


def password_problem(password: str, address: str = "") -> PasswordProblem | None:
    """Why this password is refused, or None."""
    folded = fold_password(password)
    plain = folded.casefold()
    if len(folded) < MIN_PASSWORD:
        return "short"
    if len(folded) > MAX_PASSWORD:
        return "long"
    if len(set(plain)) < 4 or _COMMON.fullmatch(plain):
        return "common"
    local = address.rpartition("@")[0].casefold()
    if len(local) >= 4 and (plain == address.casefold() or plain.strip("0123456789") == local):
        return "address"
    return None


# ---------------------------------------------------------------- names of organisations

# what people leave out or write in another way: it must not decide whether two names are the same
_FORMS: Final = re.compile(
    r"株式会社|有限会社|合同会社|合資会社|合名会社|一般社団法人|漁業協同組合|\(株\)|\(有\)|\(同\)|\bco\.?,?\s*ltd\.?|\bltd\.?|\binc\.?|\bk\.k\."
)


def fold_name(name: str) -> str:
    """A name without width, case, spaces and corporate form."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(_FORMS.sub("", plain).split())


def stretch_name(name: str) -> str:
    """What of a name may be kept, sealed, to know it again when it is typed: scrypt (RFC 7914) over the folded name."""
    folded = fold_name(name).encode()
    return hashlib.scrypt(folded, salt=b"shiome/declined-name/v1", n=4096, r=8, p=1, dklen=32).hex()


# ---------------------------------------------------------------- organisation codes

_LOOKALIKES: Final = str.maketrans({"I": "1", "L": "1", "O": "0"})
JOIN_CODE_LETTERS: Final = 12
MAILED_CODE_LETTERS: Final = 8


def new_join_code() -> str:
    """A code a colleague reads out or copies: 60 bits in three groups of four."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(JOIN_CODE_LETTERS))
    return "-".join(letters[start : start + 4] for start in range(0, JOIN_CODE_LETTERS, 4))


def new_mailed_code() -> str:
    """A code read off a mail: 40 bits in two groups of four, so that no number of tries a day finds one."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(MAILED_CODE_LETTERS))
    return f"{letters[:4]}-{letters[4:]}"


def stretch_mailed_code(code: str, salt: str) -> str:
    """What of a mailed code is hashed: scrypt (RFC 7914) puts 40 bits out of reach for the minutes it is good for."""
    return hashlib.scrypt(fold_join_code(code).encode(), salt=salt.encode(), n=1024, r=8, p=1, dklen=32).hex()


def fold_join_code(text: str) -> str:
    """A code's letters however typed."""
    letters = unicodedata.normalize("NFKC", text).upper().translate(_LOOKALIKES)
    return "".join(letter for letter in letters if letter in ALPHABET)


def stretch_join_code(code: str) -> str:
    """What of a join code may be kept, sealed: scrypt (RFC 7914) at about 3 ms a guess makes 60 bits out of reach."""
    folded = fold_join_code(code).encode()
    return hashlib.scrypt(folded, salt=b"shiome/join-code/v1", n=1024, r=8, p=1, dklen=32).hex()


# ---------------------------------------------------------------- browsers

_BROWSERS: Final = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS: Final = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


def device_label(user_agent: str) -> str:
    """Browser family and system, nothing finer: "Safari / iPhone"; empty when neither is known."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return " / ".join(part for part in (browser, system) if part)


def local_path(text: str | None) -> str:
    """A path on this site to go on to, or "/" for anything that could lead elsewhere."""
    if not text or not text.startswith("/") or text.startswith("//"):
        return "/"
    if "\\" in text or any(ord(letter) < 0x20 for letter in text):
        return "/"
    return text


def ends_with(code: str, typed: str) -> bool:
    """Whether the last group of a recovery code, or all of it, was typed back."""
    letters, wanted = fold_join_code(typed), fold_join_code(code)
    return letters in (wanted[-4:], wanted)
