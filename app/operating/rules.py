"""Decisions about setting up: the steps, what a domain file may not lose, how two of them differ."""

import difflib
import hashlib
import hmac
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app.accounts.organisations import OrganisationCard
from app.accounts.rules import fold_join_code, fold_name
from app.domains.trade import Trade
from app.errors import ShiomeError
from privacy.recovery import ALPHABET

NETWORK: Final = "network"
DOMAIN_FILE: Final = "domain-file"
MAIL: Final = "mail"
KEYS: Final = "keys"
ORGANISATIONS: Final = "organisations"
INVITATIONS: Final = "invitations"
STEPS: Final = (NETWORK, DOMAIN_FILE, MAIL, KEYS, ORGANISATIONS, INVITATIONS)
LINK_SECONDS: Final = 24 * 3600
PAGE: Final = 20  # organisations on one page of their list
CODE_LETTERS: Final = 20  # 100 bits
Sign = Literal["+", "-", " ", "@"]


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list: its organisations, its number from 1, and how many pages and organisations there are."""

    cards: tuple[OrganisationCard, ...]
    number: int
    pages: int
    total: int


def find_named(cards: Sequence[OrganisationCard], sought: str) -> list[OrganisationCard]:
    """Those of which a name, an alias, a former name or a mail domain holds what is sought, whatever its width and case; of nothing but a corporate form, all."""
    wanted = fold_name(sought)
    return [
        card for card in cards
        if any(
            wanted in fold_name(one)
            for one in (card.name, *card.aliases, *card.former_names, *card.mail_domains)
        )
    ]  # fmt: skip


def page_of(cards: Sequence[OrganisationCard], typed: str) -> Listed:
    """The page that the address names; the nearest there is for any other."""
    pages = max(1, -(-len(cards) // PAGE))
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 1
    number = min(max(number, 1), pages)
    return Listed(tuple(cards[(number - 1) * PAGE : number * PAGE]), number, pages, len(cards))


class LinkRefused(ShiomeError):
    """This is not the code, it was used by another browser, or its day is over: the three look the same."""

    status = 422


class AlreadySetUp(ShiomeError):
    """Somebody looks after the service already."""


class Orphans(ShiomeError):
    """A domain file would leave behind what is in use. Carries what."""

    status = 409

    def __init__(self, lost: tuple["Lost", ...]) -> None:
        super().__init__("orphans")
        self.lost = lost


@dataclass(frozen=True, slots=True)
class Lost:
    """A key that is in use and would be gone, or under another group."""

    kind: Literal["group", "subject", "moved", "topic", "field"]
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class InUse:
    """Keys of the domain file that something stands under. Never what, never whose."""

    groups: frozenset[str] = frozenset()
    homes: frozenset[tuple[str, str]] = frozenset()  # subject, and the group it stood under
    topics: frozenset[str] = frozenset()
    has_questions: bool = False


def find_lost(found: InUse, old: Trade, new: Trade) -> tuple[Lost, ...]:
    """What of the old file is in use and the new one has not."""
    return tuple(_lost(found, old, new))


def _lost(found: InUse, old: Trade, new: Trade) -> Iterator[Lost]:
    groups, names = {one.key for one in new.groups}, {one.key: str(one.name) for one in old.groups}
    yield from (Lost("group", key, names.get(key, key)) for key in sorted(found.groups - groups))
    for subject, group in sorted(found.homes):
        name = str(old.subjects[subject].name) if subject in old.subjects else subject
        if subject not in new.subjects:
            yield Lost("subject", subject, name)
        elif new.group_of[subject].key != group and group in groups:
            yield Lost("moved", subject, name)
    topics = old.topic_by_key
    for key in sorted(found.topics - set(new.topic_by_key)):
        yield Lost("topic", key, str(topics[key].name) if key in topics else key)
    if found.has_questions:
        kept = {one.key for one in new.form.fields}
        yield from (Lost("field", one.key, str(one.label)) for one in old.form.fields if one.key not in kept)


def diff(old: str, new: str) -> list[tuple[Sign, str]]:
    """How two files differ, by lines, with two lines around each change; empty when they do not."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=2, lineterm="")
    return [(_sign(line), line if line[0] == "@" else line[1:]) for line in list(lines)[2:]]


def _sign(line: str) -> Sign:
    return "+" if line[0] == "+" else "-" if line[0] == "-" else "@" if line[0] == "@" else " "


def new_code() -> str:
    """A code that opens the setting up: five groups of four letters."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))
    return "-".join(letters[start : start + 4] for start in range(0, CODE_LETTERS, 4))


def hash_of(secret: str) -> str:
    """What is kept of a code, or of a browser's secret: both have over 100 bits."""
    return hashlib.sha256(f"shiome/setup/v1|{secret}".encode()).hexdigest()


def fits(kept: str, secret: str) -> bool:
    """Whether this is the secret that was kept; never, where none was."""
    return bool(kept) and hmac.compare_digest(kept, hash_of(secret))


def fold(code: str) -> str:
    """A code's letters however typed."""
    return fold_join_code(code)
