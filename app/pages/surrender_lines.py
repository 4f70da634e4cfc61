"""How a line of what falls and what stands is written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that falls or stands, and the case of tests/app/pages/test_surrender.py that tries it out."""

    text: str
    proof: str


@dataclass(frozen=True, slots=True)
class Component:
    """What a compromise of one part gives away, and what stands all the same."""

    key: str
    name: str
    gives: tuple[Line, ...]
    keeps: tuple[Line, ...]
