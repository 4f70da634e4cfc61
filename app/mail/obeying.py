"""What the orders of members change in the post office's book."""

from typing import Any

from app.mail import rounds
from app.mail.book import Book, Entry
from app.mail.kinds import DIGEST, MAILS
from app.mail.rounds import Moment, Rules
from app.mail.wishes import wishes_of


def obey(book: Book, said: dict[str, Any], *, everything: bool, rules: Rules, now: Moment) -> bool:
    """Do what an order says, and tell whether the book was changed; one about nobody changes nothing."""
    entry = book.by_id(said["id"]) if "id" in said else book.entries.get(said.get("address", ""))
    if said.get("do") == "wishes":
        _wish(book.entry(said["address"], said["locale"]), said["wishes"], rules, now)
    elif entry is None:
        return False
    elif said.get("do") == "seen":
        entry.hear()
    else:
        _stop(entry, {*MAILS, DIGEST} if everything else set(said["kinds"]), rules, now)
    return True


def _wish(entry: Entry, wishes: dict[str, Any], rules: Rules, now: Moment) -> None:
    entry.hear()
    entry.refused, entry.without_digest = 0, False
    rounds.change(entry, wishes_of(wishes), rules, now)


def _stop(entry: Entry, kinds: set[str], rules: Rules, now: Moment) -> None:
    entry.without_digest = entry.without_digest or DIGEST in kinds
    rounds.change(entry, rounds.wishes_in(entry, rules).stopping(kinds & set(MAILS)), rules, now)
