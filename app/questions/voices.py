"""Voices of readers, counted over organisations: a circle stands for those of three to five."""

from collections.abc import Iterable


def apart(voices: Iterable[frozenset[str]]) -> list[set[str]]:
    """The voices' circles, in as many parts as surely stand for different organisations.

    A voice is the set of circles that ever stood for its organisation: two that share one may be of one organisation.
    """
    parts: list[set[str]] = []
    for voice in voices:
        touching = [part for part in parts if part & voice]
        parts = [part for part in parts if not part & voice] + [set(voice).union(*touching)]
    return parts
