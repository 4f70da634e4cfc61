"""Vectors of what was typed: encoded once, in this process only, the least recent gone first."""

import pickle

import numpy as np

from app.vectors.asked import AskedVectors
from app.wiring import Toolbox
from matching.encoder import HashEncoder, Matrix


class Counting(HashEncoder):
    """A hash encoder that counts the texts it was given."""

    def __init__(self) -> None:
        super().__init__(16)
        self.seen: list[str] = []

    def queries(self, texts: list[str]) -> Matrix:  # type: ignore[override]
        self.seen += texts
        return super().queries(texts)


def test_a_text_is_encoded_once_while_it_is_remembered() -> None:
    encoder = Counting()
    asked = AskedVectors(encoder, size=2)
    first = asked("白点", whose="a")
    assert np.array_equal(asked("白点", whose="a"), first)
    asked("赤潮", whose="a"), asked("白点", whose="a"), asked("酸欠", whose="a"), asked("白点", whose="a")
    assert encoder.seen == ["白点", "赤潮", "酸欠"]
    asked("赤潮", whose="a")
    assert encoder.seen == ["白点", "赤潮", "酸欠", "赤潮"]
    assert len(asked) == 2


def test_nobody_is_answered_sooner_for_what_somebody_else_typed() -> None:
    """The attack: search for a rival's words and look at the clock. Here the clock is what the encoder had to do."""
    encoder = Counting()
    asked = AskedVectors(encoder)
    for whose in ("a", "b", "a", "b"):
        asked("白点", whose=whose)
    assert encoder.seen == ["白点", "白点"]
    asked("x白点", whose=""), asked("白点", whose="x")
    assert len(encoder.seen) == 4


def test_no_text_is_kept_and_no_two_processes_label_it_alike() -> None:
    one, other = AskedVectors(HashEncoder(16)), AskedVectors(HashEncoder(16))
    for asked in (one, other):
        asked("白点が出ました", whose="a")
    assert "白点".encode() not in pickle.dumps(list(one._found.items()))
    assert set(one._found).isdisjoint(other._found)


def test_a_process_has_one(tools: Toolbox) -> None:
    assert tools.asked is tools.asked
    assert np.array_equal(tools.asked("白点", whose="a"), tools.encoder.queries(["白点"])[0])
