"""Which keys of the domain file something stands under: questions, also those that wait, experts, what people work with."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import select

from app.accounts.roles import subjects_worked_with
from app.db import Stores
from app.domains.trade import Trade
from app.operating.rules import InUse
from app.questions.access import subject_of
from app.questions.models import Pending, Thread
from app.questions.pending import open_pending
from app.queues.experts import open_profile
from app.queues.models import Expert
from app.sealing import Vault

CHUNK: Final = 500


def find_in_use(stores: Stores, vault: Vault, trade: Trade) -> InUse:
    """Opens everything that names a key and tells only the keys."""
    questions = [*_published(stores, vault), *_waiting(stores, vault)]
    experts = list(_experts(stores, vault))
    own = subjects_worked_with(stores, vault, lambda key: key in trade.group_of)
    homes = {(subject, group) for subject, group, _ in questions} | {(subject, group) for subject, group, _ in experts}
    return InUse(
        groups=frozenset(group for _, group in homes),
        homes=frozenset(homes | {(key, trade.group_of[key].key) for key in own}),
        topics=frozenset(topic for _, _, topic in questions) | {key for _, _, topics in experts for key in topics},
        has_questions=bool(questions),
    )


def _published(stores: Stores, vault: Vault) -> Iterator[tuple[str, str, str]]:
    for some in stores.content.scalars(select(Thread).execution_options(yield_per=CHUNK)).partitions():
        yield from ((subject_of(vault, row), row.group_key, row.topic) for row in some)


def _waiting(stores: Stores, vault: Vault) -> Iterator[tuple[str, str, str]]:
    for row in stores.content.scalars(select(Pending)):
        found = open_pending(vault, row)
        if found["kind"] == "question":
            yield found["scope"]["subject"], found["columns"]["group_key"], found["columns"]["topic"]


def _experts(stores: Stores, vault: Vault) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for some in stores.content.scalars(select(Expert).execution_options(yield_per=CHUNK)).partitions():
        for row in some:
            profile = open_profile(vault, row)
            yield profile.subject, row.group_key, profile.topics
