"""What the orders of members change in the post office's book."""

from dataclasses import replace
from typing import Any

from app.mail import rounds
from app.mail.book import Book, Entry
from app.mail.hooks import hook_of
from app.mail.kinds import DIGEST, MAILS
from app.mail.mailbox import mailbox_of
from app.mail.rounds import Moment, Rules
from app.mail.wishes import wishes_of


def obey(book: Book, said: dict[str, Any], *, rules: Rules, now: Moment) -> bool:
    """Do what a member's order says, and tell whether the book was changed; one about nobody changes nothing."""
    match said.get("do"):
        case "wishes":
            _wish(book.entry(mailbox_of(said), said["locale"]), said["wishes"], rules, now)
        case "moved":
            book.move(mailbox_of(said), mailbox_of(said["to"]))
        case "hook":
            _hook(book.entry(mailbox_of(said), said["locale"]), said["hook"])
        case "try":
            _try(book.entry(mailbox_of(said), said["locale"]))
        case "seen" if (entry := book.find(mailbox_of(said))) is not None:
            entry.hear()
        case _:
            return False
    return True


def follow(book: Book, said: dict[str, Any], *, everything: bool, rules: Rules, now: Moment) -> bool:
    """Do what a letter's link is for. Whoever has the public key can make one up, so it ends mail and does no more."""
    entry = book.by_id(said.get("id", ""))
    if entry is None:
        return False
    _stop(entry, {*MAILS, DIGEST} if everything else set(said["kinds"]), rules, now)
    return True


def _wish(entry: Entry, wishes: dict[str, Any], rules: Rules, now: Moment) -> None:
    entry.hear()
    entry.refused, entry.without_digest, entry.hook = 0, False, replace(entry.hook, refused=0)
    rounds.change(entry, wishes_of(wishes), rules, now)


def _hook(entry: Entry, said: dict[str, Any]) -> None:
    """Orders come in any order: what was said earlier changes nothing any more."""
    entry.hear()
    if int(said["turn"]) > entry.hook.turn:
        entry.hook = hook_of(said)


def _try(entry: Entry) -> None:
    entry.hear()
    entry.hook = replace(entry.hook, refused=0)


def _stop(entry: Entry, kinds: set[str], rules: Rules, now: Moment) -> None:
    entry.without_digest = entry.without_digest or DIGEST in kinds
    rounds.change(entry, rounds.wishes_in(entry, rules).stopping(kinds & set(MAILS)), rules, now)
