"""Words that mean the same: the domain file's, and what coordinators add to it. Search and the lists read both.

What was added stands in one row under a version; nobody's name stands beside a word, and no page tells who added it.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Final, Literal

from sqlalchemy import delete, select

from app.db import Stores
from app.domains.models import SynonymRow
from app.domains.trade import Named, Trade
from app.domains.wording import Words
from app.errors import NotThere, ShiomeError
from app.logs.service import note_content
from app.sealing import Vault
from matching.text import normalise
from privacy.pseudonyms import new_id

SHORTEST, LONGEST = 2, 40  # characters
MOST: Final = 40  # words added to one entry
PAD: Final = 4096
Kind = Literal["subject", "group", "topic", "facet", "word"]
Field = Literal["term", "word"]
Reason = Literal["short", "long", "odd", "full", "known", "taken"]
Synonyms = Mapping[str, tuple[str, ...]]
# What has been merged in this process, by the row's random id: a new version, or another network, never meets an old one.
_MERGED: Final[dict[str, tuple[Trade, Synonyms]]] = {}
_KEPT: Final = 2
_LOCK: Final = Lock()


class BadWord(ShiomeError):
    """A word that cannot be added. Carries which of the two, why, and the name of the entry that has it already."""

    status = 422

    def __init__(self, field: Field, reason: Reason, name: str = "") -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason
        self.name = name


@dataclass(frozen=True, slots=True)
class Entry:
    """A word with the others that mean the same: the domain file's own, and those added to it."""

    name: Words
    kind: Kind
    own: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every other word, once each."""
        return tuple(word for word in dict.fromkeys((self.name.en, *self.own, *self.added)) if word != self.name.ja)

    @property
    def equals(self) -> tuple[str, ...]:
        """Those that mean the same: the file's lists for topics and facets are signs of them, not their other names."""
        return self.words if self.kind in ("subject", "group", "word") else (self.name.en, *self.added)


def synonyms_of(stores: Stores, vault: Vault, trade: Trade) -> Synonyms:
    """Canonical (Japanese) name -> words that may stand in its place when searching: of subjects, groups, topics, facet
    values, and of the words that have only these. Merged once a version."""
    version = stores.content.scalar(select(SynonymRow.id))
    with _LOCK:
        if version is None or version not in _MERGED or _MERGED[version][0] is not trade:
            merged: dict[str, tuple[str, ...]] = {}
            for entry in entries(stores, vault, trade):
                merged[entry.name.ja] = (*merged.get(entry.name.ja, ()), *entry.equals)
            if version is None:
                return merged
            _MERGED[version] = trade, merged
            for old in list(_MERGED)[:-_KEPT]:
                del _MERGED[old]
        return _MERGED[version][1]


def entries(stores: Stores, vault: Vault, trade: Trade) -> list[Entry]:
    """Everything that has a name in the domain file, in its order, then the other words that were given synonyms."""
    added = _added(stores, vault)
    listed = [
        Entry(named.name, kind, named.synonyms, tuple(added.get(named.name.ja, ()))) for kind, named in _named(trade)
    ]
    known = {entry.name.ja for entry in listed}
    free = sorted(name for name in added if name not in known)
    return [*listed, *(Entry(Words(ja=name, en=name), "word", (), tuple(added[name])) for name in free)]


def add_word(stores: Stores, vault: Vault, trade: Trade, *, name: str, word: str, today: date) -> None:
    """Let `word` mean the same as `name`; writes content. Raises BadWord."""
    listed = entries(stores, vault, trade)
    entry = _entry_of(listed, _clean(name, "term"))
    clean = _clean(word, "word")
    _check(listed, entry, clean)
    added = _added(stores, vault)
    _put(stores, vault, {**added, entry.name.ja: [*added.get(entry.name.ja, []), clean]}, today=today)


def remove_word(stores: Stores, vault: Vault, *, name: str, word: str, today: date) -> None:
    """Take a word away again that was added; writes content. Raises NotThere. The domain file's own words stay."""
    added = _added(stores, vault)
    if word not in added.get(name, ()):
        raise NotThere
    left = {**added, name: [one for one in added[name] if one != word]}
    _put(stores, vault, {key: words for key, words in left.items() if words}, today=today)


def _named(trade: Trade) -> Iterator[tuple[Kind, Named]]:
    yield from (("subject", subject) for subject in trade.subjects.values())
    yield from (("group", group) for group in trade.groups)
    yield from (("topic", topic) for topic in trade.topics)
    yield from (("facet", value) for facet in trade.facets for value in facet.values)


def _entry_of(listed: list[Entry], name: str) -> Entry:
    """The entry of this name in either language, or a new one."""
    wanted = normalise(name)
    found = next((one for one in listed if wanted in {normalise(one.name.ja), normalise(one.name.en)}), None)
    return found or Entry(Words(ja=name, en=name), "word")


def _clean(text: str, field: Field) -> str:
    """NFKC, one space where there were several. Raises BadWord."""
    clean = " ".join(unicodedata.normalize("NFKC", text).split())
    if len(clean) < SHORTEST:
        raise BadWord(field, "short")
    if len(clean) > LONGEST:
        raise BadWord(field, "long")
    if not clean.isprintable() or not any(letter.isalnum() for letter in clean):
        raise BadWord(field, "odd")
    return clean


def _check(listed: list[Entry], entry: Entry, word: str) -> None:
    """Not there already, and nobody else's: a word that means two things finds neither."""
    if len(entry.added) >= MOST:
        raise BadWord("term", "full")
    if _is_among(word, (entry.name.ja, *entry.words)):
        raise BadWord("word", "known")
    for one in listed:
        if one.name.ja != entry.name.ja:
            if _is_among(word, (one.name.ja, *one.equals)):
                raise BadWord("word", "taken", str(one.name))
            if _is_among(entry.name.ja, one.added):
                raise BadWord("term", "taken", str(one.name))


def _is_among(word: str, words: Iterable[str]) -> bool:
    return normalise(word) in {normalise(one) for one in words}


def _added(stores: Stores, vault: Vault) -> dict[str, list[str]]:
    row = stores.content.scalars(select(SynonymRow)).first()
    if row is None:
        return {}
    added: dict[str, list[str]] = vault.open(row.sealed, table="synonyms", column="sealed", row=row.id)
    return added


def _put(stores: Stores, vault: Vault, added: Mapping[str, list[str]], *, today: date) -> None:
    version = stores.content.scalar(select(SynonymRow.version)) or 0
    stores.content.execute(delete(SynonymRow))
    row_id = new_id()
    sealed = vault.seal(dict(added), table="synonyms", column="sealed", row=row_id, pad=PAD)
    stores.content.add(SynonymRow(id=row_id, version=version + 1, sealed=sealed))
    stores.content.flush()  # the same transaction may read them
    note_content(stores, event="synonyms.changed", day=today)
