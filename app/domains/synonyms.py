"""Words that mean the same: the domain file's, and what coordinators add to it. Search reads both.

What was added stands in one row under a version; nobody's name stands beside a word, and no page tells who added it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
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
from matching.text import HIRAGANA, normalise
from privacy.pseudonyms import new_id
from privacy.redaction import Redactor
from privacy.redaction.spans import MAIL, ORGANISATION, PERSON, PHONE, URL

SHORTEST, LONGEST = 2, 40  # characters
MOST: Final = 40  # words added to one entry
PAD: Final = 4096
Kind = Literal["subject", "group", "topic", "facet", "word"]
Field = Literal["term", "word"]
Reason = Literal["short", "long", "odd", "full", "known", "taken", "name"]
Synonyms = Mapping[str, tuple[str, ...]]
# What has been merged in this process, by the row's random id: a new version, or another network, never meets an old one.
_MERGED: Final[dict[str, tuple[Trade, Synonyms]]] = {}
_KEPT: Final = 2
_LOCK: Final = Lock()
# Nearly every word of a dialect is unknown to a dictionary, and so are names of firms in the same letters: such a word
# alone does not tell one from the other.
_ANY_WORD: Final = re.compile(r"[\u30a1-\u30fa\u30fc]+|[A-Za-z]+")


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
    def equals(self) -> tuple[str, ...]:
        """Every other word, once each."""
        return tuple(word for word in dict.fromkeys((self.name.en, *self.own, *self.added)) if word != self.name.ja)

    @property
    def words(self) -> tuple[str, ...]:
        """All of them, the name first."""
        return self.name.ja, *self.equals


def synonyms_of(stores: Stores, vault: Vault, trade: Trade) -> Synonyms:
    """Canonical (Japanese) name -> words that may stand in its place when searching: of subjects, groups, topics, facet
    values, and of the words that have only these. Merged once a version."""
    version = stores.content.scalar(select(SynonymRow.id)) or ""
    with _LOCK:
        if version not in _MERGED or _MERGED[version][0] is not trade:
            merged: dict[str, tuple[str, ...]] = {}
            for entry in entries(stores, vault, trade):
                merged[entry.name.ja] = (*merged.get(entry.name.ja, ()), *entry.equals)
            _MERGED[version] = trade, merged
            for old in list(_MERGED)[:-_KEPT]:
                del _MERGED[old]
        return _MERGED[version][1]


def entries(stores: Stores, vault: Vault, trade: Trade) -> list[Entry]:
    """Everything that has a name in the domain file, in its order, then the other words that were given synonyms."""
    return _with(_own(trade), _added(stores, vault))


def find_entries(listed: Iterable[Entry], text: str) -> list[Entry]:
    """Those with a word in which `text` stands, whether in hiragana or katakana."""
    wanted = _folded(_tidy(text))
    return [one for one in listed if any(wanted in _folded(word) for word in one.words)]


def tells_name(redactor: Redactor, word: str) -> bool:
    """Whether a word may be the name of somebody, of an organisation, or where to reach them."""
    if redactor.gazetteer.holds(word):
        return True
    found = [(one.label, word[one.start : one.end]) for one in redactor.find(word)]
    return any(
        label in (PERSON, MAIL, PHONE, URL) or (label == ORGANISATION and not _ANY_WORD.fullmatch(text))
        for label, text in found
    )


def add_word(
    stores: Stores, vault: Vault, trade: Trade, *, name: str, word: str, today: date,
    is_name: Callable[[str], bool] = lambda _: False,
) -> Entry:  # fmt: skip
    """Let `word` mean the same as `name`, and as all that means the same already; writes content. Raises BadWord.

    `is_name` says of a word that is new here whether it tells of somebody.
    """
    listed = entries(stores, vault, trade)
    known = _tidy(name)
    found = next((one for one in listed if _is_among(known, one.words)), None)
    wanted, clean = known if found else _clean(name, "term"), _clean(word, "word")
    entry = found or Entry(Words(ja=wanted, en=wanted), "word")
    _check(listed, entry, clean)
    if is_name(clean):
        raise BadWord("word", "name")
    if found is None and is_name(wanted):
        raise BadWord("term", "name")
    _put(stores, vault, {**_all_added(listed), entry.name.ja: (*entry.added, clean)}, today=today)
    return entry


def remove_word(stores: Stores, vault: Vault, trade: Trade, *, name: str, word: str, today: date) -> None:
    """Take a word away again that was added; writes content. Raises NotThere. The domain file's own words stay."""
    added = _all_added(entries(stores, vault, trade))
    if word not in added.get(name, ()):
        raise NotThere
    left = {**added, name: tuple(one for one in added[name] if one != word)}
    _put(stores, vault, {key: words for key, words in left.items() if words}, today=today)


def _own(trade: Trade) -> list[Entry]:
    """What the domain file says. Its words for a topic or a facet value are signs of it, and mean something else."""
    listed = [
        Entry(named.name, kind, named.synonyms if kind in ("subject", "group") else ()) for kind, named in _named(trade)
    ]
    place = {normalise(one.name.ja): number for number, one in reversed(list(enumerate(listed)))}
    for first, *others in (same.words for same in trade.same):
        at = place.get(normalise(first))
        if at is None:
            listed.append(Entry(Words(ja=first, en=first), "word", tuple(others)))
        else:
            listed[at] = replace(listed[at], own=(*listed[at].own, *others))
    return listed


def _named(trade: Trade) -> Iterator[tuple[Kind, Named]]:
    yield from (("subject", subject) for subject in trade.subjects.values())
    yield from (("group", group) for group in trade.groups)
    yield from (("topic", topic) for topic in trade.topics)
    yield from (("facet", value) for facet in trade.facets for value in facet.values)


def _with(listed: list[Entry], added: Mapping[str, list[str]]) -> list[Entry]:
    """The entries with what was added to any of their words, then the words that the domain file does not have."""
    place = {normalise(word): at for at, one in reversed(list(enumerate(listed))) for word in one.words}
    whole, free = list(listed), list[Entry]()
    for name in sorted(added):
        at = place.get(normalise(name))
        if at is None:
            free.append(Entry(Words(ja=name, en=name), "word", (), tuple(added[name])))
        else:
            new = (word for word in (*added[name], name) if not _is_among(word, whole[at].words))
            whole[at] = replace(whole[at], added=(*whole[at].added, *new))
    return [*whole, *free]


def _all_added(listed: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    return {one.name.ja: one.added for one in listed if one.added}


def _tidy(text: str) -> str:
    """NFKC, one space where there were several."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _clean(text: str, field: Field) -> str:
    """The same, where it can be a word. Raises BadWord."""
    clean = _tidy(text)
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
    if _is_among(word, entry.words):
        raise BadWord("word", "known")
    for one in listed:
        if one.name.ja != entry.name.ja and _is_among(word, one.words):
            raise BadWord("word", "taken", str(one.name))


def _is_among(word: str, words: Iterable[str]) -> bool:
    return normalise(word) in {normalise(one) for one in words}


def _folded(text: str) -> str:
    return normalise(text).translate(HIRAGANA)


def _added(stores: Stores, vault: Vault) -> dict[str, list[str]]:
    row = stores.content.scalars(select(SynonymRow)).first()
    if row is None:
        return {}
    added: dict[str, list[str]] = vault.open(row.sealed, table="synonyms", column="sealed", row=row.id)
    return added


def _put(stores: Stores, vault: Vault, added: Mapping[str, tuple[str, ...]], *, today: date) -> None:
    version = stores.content.scalar(select(SynonymRow.version)) or 0
    stores.content.execute(delete(SynonymRow))
    row_id = new_id()
    sealed = vault.seal(
        {name: list(words) for name, words in added.items()}, table="synonyms", column="sealed", row=row_id, pad=PAD
    )
    stores.content.add(SynonymRow(id=row_id, version=version + 1, sealed=sealed))
    stores.content.flush()  # the same transaction may read them
    note_content(stores, event="synonyms.changed", day=today)
