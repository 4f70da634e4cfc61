"""What a stolen dump says about posts and members: every column of the one against every column of the other.

Rows about an entity are those that hold its id in any column, and those one join further on. No schema knowledge is
used, so that a column added later is tried too.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

Value = str | bytes | int | float | None
Row = Mapping[str, Value]
Dump = Mapping[str, Sequence[Row]]
"""Table → rows in stored order, of all stores together."""
Columns = dict[str, dict[str, list[Value]]]
"""Column name → entity id → the values in the rows about it."""
Matrix = npt.NDArray[np.float64]

ROW_ORDER = "#row"
NGRAM = 8
_ID_LENGTH = 16
_JOIN_ROWS = 4
_TEXT_LIMIT = 160
_YEARS = (946_684_800.0, 4_102_444_800.0)  # 2000 to 2100, in seconds
_HEX = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True)
class Feature:
    """One way of comparing: its name and a score for each (post, member), higher = more alike."""

    name: str
    scores: Matrix


def text_of(value: Value) -> str:
    """A value as the text it is compared by: bytes as hex, dashes of a UUID gone."""
    if isinstance(value, bytes):
        return value.hex()
    text = "" if value is None else str(value)
    return text.replace("-", "").lower() if len(text) == 36 and text.count("-") == 4 else text


def columns_about(dump: Dump, ids: Iterable[str]) -> Columns:
    """Columns of the rows that hold one of `ids`, or that share a rare long value with such a row."""
    wanted = set(ids)
    holders: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for table, rows in dump.items():
        for at, row in enumerate(rows):
            for text in {text_of(value) for value in row.values()}:
                if len(text) >= _ID_LENGTH or text in wanted:
                    holders[text].append((table, at))
    columns: Columns = defaultdict(lambda: defaultdict(list))
    for id in wanted:
        for hop, place in _places(dump, holders, id):
            _collect(columns, dump, place, id, hop)
    return {name: dict(values) for name, values in columns.items()}


def keyed_columns(ids: Iterable[str], keys: Sequence[bytes]) -> Columns:
    """Columns an attacker computes: SHA-256 of each id, and its HMAC under every key that fell."""
    columns: Columns = defaultdict(dict)
    for id in ids:
        columns["sha256(id)"][id] = [hashlib.sha256(id.encode()).hexdigest()]
        for n, key in enumerate(keys):
            columns[f"hmac{n}(id)"][id] = [hmac.new(key, id.encode(), hashlib.sha256).hexdigest()]
    return dict(columns)


def features(posts: Sequence[str], members: Sequence[str], ours: Columns, theirs: Columns) -> Iterator[Feature]:
    """Every comparison that says anything: equal, prefix, n-gram, close in time or number, close in order."""
    yield from _text_features(posts, members, ours, theirs)
    their_numbers = {name: _flat(members, column) for name, column in numbers(theirs).items()}
    for name, column in numbers(ours).items():
        mine = np.array([min(column.get(post, [np.nan])) for post in posts])
        for other, (values, owners) in their_numbers.items():
            yield from _number_features(f"{name} ~ {other}", mine, values, owners, len(members))


def tokens(text: str) -> dict[str, set[str]]:
    """Comparator → what two texts must share: the whole, the first characters, any run of characters."""
    short = text[:_TEXT_LIMIT]
    found = {"equal": {text}} if len(text) >= 6 else {}
    if len(text) >= _ID_LENGTH:
        found["prefix"] = {text[:NGRAM]}
        found["n-gram"] = {short[at : at + NGRAM] for at in range(len(short) - NGRAM + 1)}
    return found


def numbers(columns: Columns) -> dict[str, dict[str, list[float]]]:
    """The columns that can be read as numbers or times; a column that reads both ways comes twice."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for name, by_entity in columns.items():
        for entity, values in by_entity.items():
            for value in values:
                for kind, number in _readings(value):
                    found[f"{name}:{kind}"][entity].append(number)
    return {name: dict(values) for name, values in found.items()}


def _places(dump: Dump, holders: Mapping[str, list[tuple[str, int]]], id: str) -> Iterator[tuple[int, tuple[str, int]]]:
    direct = holders.get(id, [])
    yield from ((0, place) for place in direct)
    joined = set(direct)
    for table, at in direct:
        for value in dump[table][at].values():
            places = holders.get(text_of(value), [])
            if 1 < len(places) <= _JOIN_ROWS:
                fresh = [place for place in places if place not in joined]
                joined.update(fresh)
                yield from ((1, place) for place in fresh)


def _collect(columns: Columns, dump: Dump, place: tuple[str, int], id: str, hop: int) -> None:
    table, at = place
    prefix = f"{table}." if hop == 0 else f"+{table}."
    columns[prefix + ROW_ORDER][id].append(float(at))
    for name, value in dump[table][at].items():
        if value is not None and text_of(value) != id:
            columns[prefix + name][id].append(value)
        elif value is not None:
            # The id itself is a column too: time-ordered ids speak.
            columns[f"{prefix}{name}=id"][id].append(value)


def _readings(value: Value) -> Iterator[tuple[str, float]]:
    if isinstance(value, int | float):
        yield "number", float(value)
        for scale in (1.0, 1e3, 1e6):
            if _YEARS[0] <= value / scale <= _YEARS[1]:
                yield "time", value / scale
        return
    text = text_of(value)
    if _HEX.match(text) and _YEARS[0] <= int(text[:12], 16) / 1e3 <= _YEARS[1]:
        yield "time", int(text[:12], 16) / 1e3
    elif 8 <= len(text) <= 32 and (moment := _moment(text)) is not None:
        yield "time", moment


def _moment(text: str) -> float | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _text_features(posts: Sequence[str], members: Sequence[str], ours: Columns, theirs: Columns) -> Iterator[Feature]:
    index: dict[tuple[str, str], set[tuple[str, int]]] = defaultdict(set)
    for name, comparator, token, at in _tokens_of(members, theirs):
        index[comparator, token].add((name, at))
    scores: dict[str, Matrix] = {}
    for name, comparator, token, at in _tokens_of(posts, ours):
        hits = index.get((comparator, token), set())
        for other, weight in _rarity(hits, len(members)).items():
            key = f"{name} ~ {other} {comparator}"
            if key not in scores:
                scores[key] = np.zeros((len(posts), len(members)))
            scores[key][at, [member for column, member in hits if column == other]] += weight
    yield from (Feature(name, matrix) for name, matrix in scores.items())


def _tokens_of(entities: Sequence[str], columns: Columns) -> Iterator[tuple[str, str, str, int]]:
    for name, by_entity in columns.items():
        for at, entity in enumerate(entities):
            for value in by_entity.get(entity, ()):
                for comparator, found in tokens(text_of(value)).items():
                    yield from ((name, comparator, token, at) for token in found)


def _rarity(hits: set[tuple[str, int]], members: int) -> dict[str, float]:
    counts = Counter(column for column, _ in hits)
    return {column: float(np.log(members / count)) for column, count in counts.items() if count < members}


def _flat(members: Sequence[str], column: Mapping[str, list[float]]) -> tuple[Matrix, npt.NDArray[np.intp]]:
    pairs = [(value, at) for at, member in enumerate(members) for value in column.get(member, ())]
    return np.array([value for value, _ in pairs]), np.array([at for _, at in pairs], dtype=np.intp)


def _number_features(
    name: str, mine: Matrix, values: Matrix, owners: npt.NDArray[np.intp], members: int
) -> Iterator[Feature]:
    if len(set(values.tolist())) < 2 or len(set(mine[~np.isnan(mine)].tolist())) < 2:
        return
    yield Feature(f"{name} close", _closeness(mine, values, owners, members))
    yield Feature(f"{name} order", _closeness(_share(mine, mine), _share(values, values), owners, members))


def _share(values: Matrix, among: Matrix) -> Matrix:
    ordered = np.sort(among[~np.isnan(among)])
    share = (np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")) / 2 / len(ordered)
    return np.asarray(np.where(np.isnan(values), np.nan, share))


def _closeness(mine: Matrix, values: Matrix, owners: npt.NDArray[np.intp], members: int) -> Matrix:
    # Owners come sorted, so each member's values are one run: the nearest of them counts.
    starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
    nearest = np.minimum.reduceat(np.abs(mine[:, None] - values[None, :]), starts, axis=1)
    scores = np.full((len(mine), members), -np.inf)
    scores[:, owners[starts]] = np.where(np.isnan(nearest), -np.inf, -nearest)
    return scores
