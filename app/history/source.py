"""Imported people and ids, made again from the root key whenever they are needed: nothing leads back from the database.

Everything is HKDF of a root-derived key over what the source calls it. So an import that was stopped, or whose bad
lines were mended, finds what is already there, and the same person keeps one routing handle; and without the root key
no row can be compared with the source. The folder's name stands for the source of the people.
"""

from dataclasses import dataclass, field
from typing import Any

from app.db import Stores
from app.history.files import Line, answer_identity
from app.sealing import IMPORT, Vault
from matching.replay import AnswerRow, QuestionRow
from matching.rows import as_text
from privacy.envelopes import hkdf, join_parts
from privacy.pseudonyms import SECRET_BYTES, MemberSecret, routing_handle, unique_label


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody imported. The circle is theirs alone, so nobody here counts as their colleague."""

    secret: MemberSecret = field(repr=False)
    is_known: bool  # False for a deleted account: whoever it was, they are a new one each time

    @property
    def circle(self) -> str:
        """The circle's id."""
        return str(unique_label(self.secret, "imported-circle", ""))

    def handle(self, subject: str) -> str:
        """The routing handle in a subject."""
        return str(routing_handle(self.secret, subject))


@dataclass(frozen=True, slots=True)
class Source:
    """One source under one subject."""

    name: str
    subject: str
    key: bytes = field(repr=False)

    def person(self, user: str | None, instead: str) -> Person:
        """The person of a user id; for None somebody only `instead` (the row's new id) leads to."""
        made = self._derive("person", self.name, user) if user else self._derive("nobody", instead)
        return Person(MemberSecret(made), user is not None)

    def thread_id(self, question: Line[QuestionRow]) -> str:
        """The thread of a question: of its words too, so that two sources may both have a question 1."""
        row = question.row
        return self._id("thread", self.subject, row.id, row.created, row.title, row.body)

    def post_id(self, thread_id: str, answer: Line[AnswerRow]) -> str:
        """The post of an answer."""
        return self._id("post", thread_id, *answer_identity(answer))

    def _id(self, *parts: str) -> str:
        return self._derive(*parts)[:16].hex()

    def _derive(self, *parts: str) -> bytes:
        return hkdf(self.key, join_parts("shiome/import/v1", *parts), length=SECRET_BYTES)


def make_source(stores: Stores, vault: Vault, *, name: str, subject: str) -> Source:
    """The source under a secret that no key rotation changes, so that nobody of it comes twice."""
    return Source(name, subject, vault.lasting(stores, IMPORT))


def text_of(obj: Any, name: str) -> str:
    """A text of an object, empty when it has none; a number as one."""
    return as_text(obj.get(name)) or ""
