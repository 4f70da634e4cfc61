"""A domain file as it was typed: what is wrong with it, at which line and which key."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import ValidationError

from app.domains.trade import Trade
from app.errors import ShiomeError

MOST: Final = 200_000  # characters
_HEADER: Final = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\"-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(r"^\s*\"?([A-Za-z0-9_-]+)\"?\s*(?:\.\s*\"?[A-Za-z0-9_-]+\"?\s*)*=")
_AT: Final = re.compile(r"at line (\d+)")
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. `kind` is "toml", "long", or what pydantic calls it; `told` says it in English."""

    kind: str
    place: str
    line: int | None
    told: str
    details: Mapping[str, Any] = field(default_factory=dict)


class NotADomainFile(ShiomeError):
    """What was typed is none. Carries every problem, the first line first."""

    status = 422

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("domain file")
        self.problems = tuple(problems)


def read_trade(text: str) -> Trade:
    """The trade a text makes. Raises NotADomainFile."""
    if len(text) > MOST:
        raise NotADomainFile([Problem("long", "", None, f"more than {MOST} characters")])
    try:
        return Trade.model_validate(_loads(text))
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise NotADomainFile([Problem("toml", "", line, str(error))]) from None
    except ValidationError as error:
        raise NotADomainFile(sorted(_problems(text, error), key=lambda one: one.line or 0)) from None


def _loads(text: str) -> dict[str, Any]:
    """What a text says. Raises TOMLDecodeError, also for brackets within brackets without end, and endless numbers."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except (RecursionError, ValueError) as error:
        raise tomllib.TOMLDecodeError(str(error)) from None


def _problems(text: str, error: ValidationError) -> Iterator[Problem]:
    places = list(_places(text))
    for one in error.errors(include_url=False, include_input=False):
        loc = _without_unions(one["loc"])
        details = {key: value for key, value in one.get("ctx", {}).items() if isinstance(value, str | int | float)}
        yield Problem(one["type"], name_of(loc), _line_of(places, loc), one["msg"], details)


def name_of(loc: Place) -> str:
    """A place as a person counts: `groups[2].subjects[1].name.en`."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".")


def _without_unions(loc: Place) -> Place:
    # a key that may be written in two ways fails in both; which one is nobody's concern
    return tuple(part for part in loc if isinstance(part, int) or "constrained-str" not in part)


def _places(text: str) -> Iterator[tuple[Place, int]]:
    """What stands at each line: headers of tables, and keys under them."""
    at: Place = ()
    counts: dict[Place, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            at = _enter(header[2].replace('"', "").split("."), counts, is_list=header[1] == "[[")
            yield at, number
        elif key := _KEY.match(line):
            yield (*at, key[1]), number


def _enter(names: Sequence[str], counts: dict[Place, int], *, is_list: bool) -> Place:
    at: Place = ()
    for position, name in enumerate(names):
        at = (*at, name)
        if is_list and position == len(names) - 1:
            counts[at] = counts.get(at, -1) + 1
        if at in counts:
            at = (*at, counts[at])
    return at


def _line_of(places: Sequence[tuple[Place, int]], loc: Place) -> int | None:
    """The line of the longest beginning of this place that stands in the text."""
    for length in range(len(loc), 0, -1):
        found = next((line for place, line in places if place == loc[:length]), None)
        if found is not None:
            return found
    return None
