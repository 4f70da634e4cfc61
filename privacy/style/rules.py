"""How a rule is written: a pattern and what takes its place, or a table of words."""

import re
from collections.abc import Callable, Iterable, Mapping

Rule = Callable[[str], str]


def rule(pattern: str, put: str, flags: int = 0) -> Rule:
    """A rule that replaces what the pattern finds."""
    search = re.compile(pattern, flags).sub
    return lambda text: search(put, text)


def rules(lines: Iterable[tuple[str, str]], flags: int = 0) -> Rule:
    """Several rules, in order."""
    made = [rule(pattern, put, flags) for pattern, put in lines]
    return lambda text: apply(made, text)


def words(table: Mapping[str, str], before: str = "", after: str = "", *, flags: int = 0) -> Rule:
    """A table of plain words, the longest first; capitals at the start of a word are kept when case is ignored."""
    low = {word.lower(): put for word, put in table.items()} if flags & re.I else dict(table)
    listed = "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))
    search = re.compile(f"{before}(?:{listed}){after}", flags).sub

    def put(found: re.Match[str]) -> str:
        new = low[found[0].lower() if flags & re.I else found[0]]
        return new[:1].upper() + new[1:] if found[0][:1].isupper() else new

    return lambda text: search(put, text)


def apply(made: Iterable[Rule], text: str) -> str:
    """The text after every rule, in order."""
    for one in made:
        text = one(text)
    return text


def table(lines: str) -> dict[str, str]:
    """A table written as lines `kept: variant variant …`."""
    found = {}
    for line in lines.strip().splitlines():
        kept, _, variants = line.strip().partition(":")
        found.update(dict.fromkeys(variants.split(), kept.strip()))
    return found
