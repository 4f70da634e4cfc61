"""From one case to the two or three threads it makes: which telling gets which title, answer and ending.

Nothing is used twice, and what goes together is found by the words it shares. Pure.
"""

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import permutations, product
from math import fsum
from typing import Final

from app.demo.material import Case
from app.domains.rules import find_subjects
from app.domains.trade import Trade
from matching.text import tokens

PLACEHOLDER: Final = "{subject}"
ONCE_IN: Final = 16  # one case in so many is asked once only, and gets all four answers
_NUMBERS: Final = {ja: n for n, ja in enumerate("一二三四五六七八九", 1)} | {"十": 10, "十一": 11, "十二": 12}
_MONTH: Final = re.compile(r"(十[一二]?|[一二三四五六七八九]|1[0-2]|[1-9])月(?=[にのはかを上中下半末初、。])")
_SEASONS: Final = (
    (re.compile("梅雨"), (6, 7)),
    (re.compile("年末|正月"), (12, 1)),
    (re.compile("雪解け|春先"), (3, 4)),
    (re.compile("台風"), (8, 9, 10)),
    (re.compile("真夏|盛夏|猛暑|夏場|お盆"), (7, 8)),
    (re.compile("(?<!ひと)冬|霜|氷"), (12, 1, 2)),
    (re.compile("夏"), (7, 8, 9)),
    (re.compile("春"), (3, 4, 5)),
    (re.compile("秋"), (9, 10, 11)),
)
_NOT_NOW: Final = re.compile("(?:去年|昨年|一昨年|前年|毎年|来年|例年)の?[^、。]*")
_TEMPERATURE: Final = re.compile(r"水温[はが]?約?(\d{1,2}(?:\.\d)?)℃")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer with, perhaps, what the asker asked back and what came of that."""

    text: str
    followup: str = ""
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One thread's texts, for one subject."""

    subject: str
    topic: str
    facets: dict[str, str]
    title: str
    fields: dict[str, str]
    answers: tuple[Answer, ...]
    outcome: str
    months: tuple[int, ...]  # the months the telling belongs in, empty for any
    case: str = ""  # the same for all tellings of one case


def may_be_open(case: Case, month: int) -> bool:
    """Whether one of its tellings may have been written this month."""
    around = (*case.titles, *case.tried, *case.decision)
    return all(_fits(text, month) for text in around) and any(_fits(telling, month) for telling in case.situations)


def make_stories(
    case: Case, trade: Trade, rng: random.Random, *, asked: Counter[str], open_about: str = "", month: int = 0
) -> list[Story]:
    """The threads of one case. Counts subjects in `asked`.

    With `open_about` the last of them is about that subject, fits the month, and has no answer yet.
    """
    tellings = list(case.situations)
    rng.shuffle(tellings)
    unanswered = bool(open_about)
    if unanswered:
        tellings.sort(key=lambda telling: _fits(telling, month))
    elif rng.random() < 1 / ONCE_IN:
        tellings = tellings[:1]
    words = [set(tokens(telling)) for telling in tellings]
    titles = _spread(case.titles, words, rng)
    tried, decision = _spread(case.tried, words, rng), _spread(case.decision, words, rng)
    answers = _deal(case.answers, words, rng, empty_last=unanswered)
    followed = _follow(case, answers, words, rng)
    ended = max((n for n, some in enumerate(answers) if some), key=lambda n: _shared(words[n], case.outcome[0], words))
    made = []
    for n, telling in enumerate(tellings):
        own = "".join((titles[n], telling, tried[n], decision[n]))
        is_open = unanswered and n == len(tellings) - 1
        subject = open_about if is_open else _subject(case, trade, own, rng, asked)
        asked[subject] += 1
        fields = {"situation": telling, "tried": tried[n], "decision": decision[n], **_measured(telling)}
        story = Story(
            subject=subject,
            topic=case.topic,
            facets={"system": rng.choice(case.system), "stage": rng.choice(case.stage)},
            title=titles[n],
            fields={key: text for key, text in fields.items() if text},
            answers=tuple(followed[n]),
            outcome=case.outcome[0] if n == ended else "",
            months=_months(telling),
            case=case.titles[0],
        )
        made.append(_named(story, trade.subjects[subject].name.ja))
    return made


def _shared(words: set[str], text: str, others: Sequence[set[str]]) -> float:
    """How much a text shares with one telling and not with its sisters."""
    return fsum(1 / sum(token in other for other in others) for token in words & set(tokens(text)))  # in any order


def _spread(texts: Sequence[str], words: Sequence[set[str]], rng: random.Random) -> list[str]:
    """Give each telling one text, or none where there are fewer; the likest pairs win."""
    slots = len(words)
    places = [*range(len(texts)), *[-1] * max(0, slots - len(texts))]
    score = {
        (place, n): _shared(words[n], texts[place], words) + rng.random() / 10 if place >= 0 else 0.0
        for place in places
        for n in range(slots)
    }
    best = max(
        sorted(set(permutations(places, slots))),
        key=lambda order: sum(score[place, n] for n, place in enumerate(order)),
    )
    return [texts[place] if place >= 0 else "" for place in best]


def _deal(texts: Sequence[str], words: Sequence[set[str]], rng: random.Random, *, empty_last: bool) -> list[list[str]]:
    """Deal the answers out so that every telling has one, but for the last where that is asked for."""
    hands = len(words) - empty_last
    score = [[_shared(words[n], text, words) + rng.random() for n in range(hands)] for text in texts]
    deals = [deal for deal in product(range(hands), repeat=len(texts)) if set(deal) == set(range(hands))]
    best = max(deals, key=lambda deal: sum(score[number][n] for number, n in enumerate(deal)))
    dealt = [[text for text, at in zip(texts, best, strict=True) if at == n] for n in range(len(words))]
    for hand in dealt:
        rng.shuffle(hand)
    return dealt


def _follow(
    case: Case, answers: Sequence[Sequence[str]], words: Sequence[set[str]], rng: random.Random
) -> list[list[Answer]]:
    """Hang each follow-up with its reply on the answer it is likest to; some are never asked."""
    made = [[Answer(text) for text in hand] for hand in answers]
    free = [(n, place) for n, hand in enumerate(made) for place in range(len(hand))]
    for followup, reply in zip(case.followups, case.replies, strict=True):
        if rng.random() < 0.3 or not free:
            continue
        likeness = {
            (n, place): len(set(tokens(made[n][place].text)) & set(tokens(reply))) + _shared(words[n], followup, words)
            for n, place in free
        }
        n, place = max(free, key=lambda at: likeness[at])
        made[n][place] = Answer(made[n][place].text, followup, reply)
        free.remove((n, place))
    return made


def _subject(case: Case, trade: Trade, text: str, rng: random.Random, asked: Counter[str]) -> str:
    """The subject the telling names by itself, else one of the case's that few asked about so far."""
    named = [key for key in find_subjects(trade, text.replace(PLACEHOLDER, "")) if key in case.subject]
    # the story's own subject may be asked about twice as often
    rest = sorted(case.subject, key=lambda key: (asked[key] * (0.5 if key == "rainbow-trout" else 1.0), rng.random()))
    return named[0] if named else rest[0]


def _fits(telling: str, month: int) -> bool:
    return month in (_months(telling) or (month,))


def _months(text: str) -> tuple[int, ...]:
    now = _NOT_NOW.sub("", text)
    month = _MONTH.search(now)
    if month:
        return (_NUMBERS.get(month[1]) or int(month[1]),)
    return next((months for season, months in _SEASONS if season.search(now)), ())


def _measured(telling: str) -> dict[str, str]:
    found = _TEMPERATURE.findall(telling)
    return {"water_temperature": found[0]} if len(found) == 1 else {}


def _named(story: Story, name: str) -> Story:
    def put(text: str) -> str:
        return text.replace(PLACEHOLDER, name)

    return replace(
        story,
        title=put(story.title),
        fields={key: put(text) for key, text in story.fields.items()},
        answers=tuple(Answer(put(one.text), put(one.followup), put(one.reply)) for one in story.answers),
        outcome=put(story.outcome),
    )
