"""Which topic a question is about: the nearest ones by the encoder and by its words. Its author confirms or changes it.

Of 480 questions of the demo the nearest topic is the right one in 61 of 100 (56 by words alone), and in 90 the right one
is among the three that are shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from app.domains.rules import letters_named
from app.domains.trade import Named, Trade
from app.questions.rules import Question
from app.web.i18n import gettext as _
from matching.encoder import Encoder
from privacy.tallies import clean_term

SHOWN: Final = 3
NONE: Final = "-"  # instead of a topic's key: none fits
WORDS: Final = 0.05  # what a named topic is worth beside the cosine of two texts, which lies between .7 and .9
ENOUGH: Final = 8  # letters of its names in the text
Option = tuple[str, str]


def nearest_topics(
    encoder: Encoder, trade: Trade, *, subject: str, text: str, vector: NDArray[np.float32]
) -> list[Named]:
    """The topics of a subject, the nearest to a text first; `vector` is the text's as a query."""
    offered = trade.topics_of(subject)
    meant = _vectors(cast("Any", encoder), offered) @ vector
    named = np.array([min(letters_named(one, text), ENOUGH) / ENOUGH for one in offered])
    return [offered[place] for place in np.argsort(-(meant + WORDS * named), kind="stable")]


def chosen_topic(trade: Trade, question: Question, form: Mapping[str, str]) -> Question:
    """The question with what its author says of the topic beside it; where none fits it stands under the nearest one
    all the same, so that it is found."""
    chosen = form.get("topic", "")
    if chosen == NONE:
        return replace(question, term=clean_term(form.get("term", "")))
    offered = {one.key for one in trade.topics_of(question.subject)}
    return replace(question, topic=chosen, term=None) if chosen in offered else question


def topic_options(near: Sequence[Named], question: Question) -> tuple[list[Option], list[Option]]:
    """What the page offers at first sight, with the question's topic in front, and the others."""
    listed = sorted(near, key=lambda one: one.key != question.topic)
    options = [(one.key, str(one.name)) for one in listed]
    return [*options[:SHOWN], (NONE, _("どれにも当てはまらない"))], options[SHOWN:]


@lru_cache(maxsize=32)
def _vectors(encoder: Any, topics: Sequence[Named]) -> NDArray[np.float32]:
    """One row (d,) a topic, made once a process; an encoder is told from others by being itself."""
    found: NDArray[np.float32] = encoder.passages(["、".join((one.name.ja, *one.told_by)) for one in topics])
    return found
