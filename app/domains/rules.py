"""Pure decisions over a trade: what may be shown of somebody, and what a typed word means."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final

from app.domains.trade import Attribute, Named, Trade
from app.errors import ShiomeError
from matching.text import normalise
from privacy.anonymity import (
    AT_GROUP,
    AT_SUBJECT,
    SUBJECT,
    Vector,
    coarser_that_passes,
    group_levels,
    group_vector,
    vector_of,
)
from privacy.attributes import Hierarchy, Levels

NO_VECTORS: frozenset[Vector] = frozenset()
_SHORT_KANA: Final = re.compile(r"[\u3041-\u3096\u30fc]{1,3}")  # hiragana


class ScopeTooFine(ShiomeError):
    """What should be shown would not hide its author. Carries the nearest levels that would."""

    status = 422

    def __init__(self, coarser: Levels) -> None:
        super().__init__("scope")
        self.coarser = dict(coarser)


@dataclass(frozen=True, slots=True)
class ShownAttribute:
    """One attribute as a post shows it: keys, so that each reader sees it in their own language."""

    attribute: str
    level: int
    value: str


def hierarchies(trade: Trade) -> list[Hierarchy]:
    """The trade's attributes as the privacy core wants them."""
    return list(trade.hierarchies)


def hidden_levels(trade: Trade) -> dict[str, int]:
    """Everything hidden but the domain group."""
    return group_levels(hierarchies(trade))


def shows_subject(levels: Levels) -> bool:
    """Whether these levels name the subject itself, not only its group."""
    return levels.get(SUBJECT, AT_GROUP) == AT_SUBJECT


def shown_key(trade: Trade, subject: str, levels: Levels) -> str:
    """The domain key a page shows: the subject, or only its group."""
    return subject if shows_subject(levels) else trade.group_of[subject].key


def keys_above(trade: Trade, subjects: Iterable[str]) -> frozenset[str]:
    """Subjects with the groups above them; subjects the trade no longer has are left out."""
    known = [subject for subject in subjects if subject in trade.subjects]
    return frozenset(known) | {trade.group_of[subject].key for subject in known}


def shown_attributes(trade: Trade, attributes: Mapping[str, str], levels: Levels) -> list[ShownAttribute]:
    """What these levels show of these finest values; hidden and unknown ones are left out."""
    found = []
    for attribute in trade.attributes:
        level = min(levels.get(attribute.key, attribute.hidden), attribute.hidden)
        value = attribute.generalise(attributes.get(attribute.key, ""), level)
        if value is not None:
            found.append(ShownAttribute(attribute.key, level, value))
    return found


def labels_of(trade: Trade, shown: Iterable[ShownAttribute]) -> list[tuple[str, str]]:
    """(attribute's name, value's name) in the reader's language."""
    by_key: dict[str, Attribute] = {attribute.key: attribute for attribute in trade.attributes}
    known = [(by_key[one.attribute], one) for one in shown if one.attribute in by_key]
    return [(str(attribute.name), attribute.label(one.value, one.level)) for attribute, one in known]


def domain_labels(trade: Trade, subject: str, topic: str, levels: Levels) -> list[str]:
    """The words that say what a post is about: group, subject where shown, topic."""
    labels = [str(trade.group_of[subject].name)]
    if shows_subject(levels):
        labels.append(str(trade.subjects[subject].name))
    if topic in trade.topic_by_key:
        labels.append(str(trade.topic_by_key[topic].name))
    return labels


def nearest_open(trade: Trade, levels: Levels, profile: Levels, open_: frozenset[Vector]) -> dict[str, int]:
    """The finest levels that show no more than `levels` and the profile, and are open; at worst the group alone."""
    listed = hierarchies(trade)
    hidden = group_levels(listed)
    capped = {name: max(levels.get(name, last), profile.get(name, last)) for name, last in hidden.items()}
    return dict(coarser_that_passes(vector_of(capped, listed), open_) or group_vector(listed))


def same_levels(trade: Trade, a: Levels, b: Levels) -> bool:
    """Whether two level mappings show the same."""
    listed = hierarchies(trade)
    return vector_of(a, listed) == vector_of(b, listed)


def open_levels(trade: Trade, open_: frozenset[Vector]) -> dict[str, list[int]]:
    """For each attribute the levels that are open when all else is hidden, finest first; the hidden one always."""
    listed = hierarchies(trade)
    hidden = group_levels(listed)
    return {
        name: [level for level in range(last) if vector_of({**hidden, name: level}, listed) in open_] + [last]
        for name, last in hidden.items()
    }


def month_of(day: date) -> int:
    """A month as one number."""
    return day.year * 12 + day.month


def next_month_of(day: date) -> date:
    """The first day of the month after: when the next table may come."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def next_quarter_of(day: date) -> date:
    """The first day of the quarter after: when a profile lapses."""
    month = (day.month - 1) // 3 * 3 + 3
    return date(day.year + month // 12, month % 12 + 1, 1)


def changes_from(trade: Trade, profile: Levels, open_: frozenset[Vector]) -> frozenset[Vector]:
    """The vectors a quarter's profile may be changed to: it stays, grows coarser, or both together are open.

    Both together show each attribute as fine as the finer of the two; that one has to be open for everybody, so that
    what may be chosen depends on the choice before and never on the member's own values.
    """
    old, hidden = vector_of(profile, hierarchies(trade)), hidden_levels(trade)
    meets = {
        vector: tuple((name, min(a, b)) for (name, a), (_, b) in zip(old, vector, strict=True)) for vector in open_
    }
    both = {vector for vector, meet in meets.items() if meet in open_}
    names = [name for name, _ in old]
    ranges = [range(level, hidden[name] + 1) for name, level in old]
    coarser = {tuple(zip(names, levels, strict=True)) for levels in product(*ranges)}
    return frozenset(both | coarser)


def groups_of(trade: Trade, subjects: Iterable[str]) -> frozenset[str]:
    """The groups of these subjects."""
    return frozenset(trade.group_of[subject].key for subject in subjects if subject in trade.group_of)


def open_everywhere(open_by_group: Mapping[str, frozenset[Vector]], groups: Iterable[str]) -> frozenset[Vector]:
    """The vectors open in every one of these groups."""
    found = [open_by_group.get(group, NO_VECTORS) for group in groups]
    return frozenset.intersection(*found) if found else NO_VECTORS


def find_subjects(trade: Trade, text: str) -> list[str]:
    """Subjects named in a text, by name or another word; the most letters found come first."""
    return _find(list(trade.subjects.values()), text)


def only_subject(trade: Trade, texts: Iterable[str]) -> str | None:
    """The subject named by the first of the texts that names any; None when that names more than one, or none does.

    Short words in hiragana count for nothing here: 「ぶり」 is in 「久しぶり」, and nobody has chosen.
    """
    told = [
        one.model_copy(
            update={"synonyms": tuple(word for word in one.told_by if not _SHORT_KANA.fullmatch(word)), "signs": ()}
        )
        for one in trade.subjects.values()
    ]
    found = next(filter(None, (_find(told, text) for text in texts)), [])
    return found[0] if len(found) == 1 else None


def find_topics(trade: Trade, text: str) -> list[str]:
    """Topics named in a text, by name or another word."""
    return _find(trade.topics, text)


def letters_named(named: Named, text: str) -> int:
    """How many letters of its names and words a text has: each word of them once."""
    return _letters_found(named, normalise(text))


def _find(named: Sequence[Named], text: str) -> list[str]:
    wanted = normalise(text)
    found = {one.key: _letters_found(one, wanted) for one in named}
    return sorted((key for key, letters in found.items() if letters), key=lambda key: -found[key])


def _letters_found(named: Named, text: str) -> int:
    words = {normalise(word) for word in (named.name.ja, named.name.en, *named.told_by)}
    return sum(len(word) for word in words if _names(word, text))


def _names(word: str, text: str) -> bool:
    # one character, or a short Latin abbreviation inside a word, says nothing
    if word.isascii():
        return f" {word} " in f" {' '.join(_latin_words(text))} "
    return len(word) > 1 and word in text


def _latin_words(text: str) -> list[str]:
    return "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in text).split()
