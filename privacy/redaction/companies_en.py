"""Organisations nobody listed, in Latin letters: by corporate form, by how their names end, and by what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from privacy.redaction.forms import EDGE, EN_FORM
from privacy.redaction.lists import words
from privacy.redaction.lists.names_en import GIVEN, SURNAMES
from privacy.redaction.lists.words_en import GENERIC, ORG_ENDS, WEAK_ENDS
from privacy.redaction.spans import ORGANISATION, Span
from privacy.redaction.words import Word, begins_sentence, runs_of

FORM_AT: Final = re.compile(rf"{EN_FORM}{EDGE}")
AFTER_NAME: Final = re.compile(rf",?\s?{EN_FORM}{EDGE}")
WORKS: Final = re.compile(
    r"(?:\b(?:work(?:s|ed|ing)?|employed|interned|interning|job|position|role|internship|consult(?:s|ed|ing)?) (?:for|at|by)"
    r"|\b(?:joined|left|quit|acquired|hired by|bought by|sued|competitor|competitors like|rival|supplier|vendor|distributor"
    r"|customer|client|employer|company|firm|startup|start-up|contractor|manufacturer|dealer|landlord|retailer|wholesaler|processor"
    r"|partner|agency|operator|buyer|charity|brewery|hatchery|hospital|school|clinic|bank|manager at|director at|engineer at|people at|team at|folks at|guys at|staff at|nurse at|teacher at"
    r"|head of \w+ at|officer at|technician at|colleagues? at|someone at|contact at|friend at|CEO of|CTO of|founder of|owner of|behalf of|here at|"
    r"(?:company|firm|startup|supplier|vendor|hatchery|farm|brewery|shop|outfit|business|agency|practice) (?:called|named)),?)"
    r" (?:(?:the|a local|our) )?$".replace("\\b", "(?<![A-Za-z])")
)
# Words of every text that names begin with all the same: First Harbor Bank, Pacific Seafood.
COINED: Final = re.compile(
    r"[a-z](?:tech|soft|ware|corp|pharm|pharma|logix|tronics|tron|dyne|works|labs|fish|aqua|bio|med|gen|net|tel|lytics|metrics|cloud|data|chem|sys)$"
)
TITLES: Final = frozenset({"mr", "mrs", "ms", "dr", "prof", "professor", "captain"})
FRONTS: Final = frozenset(
    {
        "hotel",
        "restaurant",
        "café",
        "cafe",
        "chateau",
        "château",
        "grupo",
        "groupe",
        "banco",
        "banca",
        "universidad",
        "université",
        "universität",
        "clinique",
        "clinica",
        "clínica",
        "hostel",
        "motel",
        "ristorante",
        "trattoria",
        "brasserie",
        "bistro",
        "gasthof",
        "azienda",
        "bodega",
        "bodegas",
        "domaine",
        "weingut",
        "brouwerij",
        "brauerei",
    }
)
ORDINARY: Final = re.compile(
    r"(?:ing|ed|al|ic|ics|ive|ous|able|ible|ity|tion|tions|ment|ments|ly|less|ful|ness|ance|ence|ary|ory|ers|ies|est|ism|ist)$"
)
PLACES: Final = words(
    "school schools academy hotel inn company society library church store market cafe restaurant farm works hospital clinic association"
)
PAIRS: Final = words(
    """
    research sales terms health rock profit mergers chips roll loss conditions questions answers pros cons trial error supply
    demand nuts bolts bread butter salt pepper black white food beverage safety development marketing hooks drag drop plug play
    """
)
NAMEABLE: Final = words(
    """
    first new old two three four five seven good well spring summer autumn winter american british european scottish irish
    italian dutch danish swedish finnish russian indian chilean canadian australian atlantic pacific norwegian japanese
    chinese korean french german spanish english
    """
)
REGIONAL: Final = NAMEABLE - {"first", "new", "old", "two", "three", "four", "five", "seven", "good", "well"}
NOT_ORGS: Final = words(
    """
    monday tuesday wednesday thursday friday saturday sunday sea ocean home high the i
    """
)
HEADS: Final = words(
    """
    university bank institute college ministry port department school hospital church museum cooperative association society federation union council academy bureau agency authority foundation
    """
)


def find_english_companies(text: str, words: Sequence[Word]) -> Iterator[Span]:
    """Every run of capitalised words that looks like an organisation's name."""
    for run in runs_of(text, words):
        run = without_stops(run)
        if run:
            yield from _of_run(text, run)


def without_stops(run: list[Word]) -> list[Word]:
    """The run without the ordinary words it begins with: "Please", "The", "Hi"."""
    while run and ((run[0].is_stop and run[0].lower not in NAMEABLE) or not run[0].is_capital):
        run = run[1:]
    while run and run[-1].is_stop and len(run[-1].text) > 2:
        run = run[:-1]
    return run


def _of_run(text: str, run: list[Word]) -> Iterator[Span]:
    form = AFTER_NAME.match(text, run[-1].end)
    if form is not None and not _only_form(run):
        yield Span(run[0].start, form.end(), ORGANISATION)
        return
    last = _last_form(run)
    if last is not None and last > 0:
        form = FORM_AT.match(text, run[last].start)
        yield Span(run[0].start, form.end() if form else run[last].end, ORGANISATION)
        return
    ending = _ending(text, run)
    if ending is not None:
        yield Span(run[0].start, run[ending].end, ORGANISATION)
    elif _is_worked_at(text, run):
        yield Span(run[0].start, run[-1].end, ORGANISATION)


def _only_form(run: list[Word]) -> bool:
    return all(word.lower in GENERIC for word in run)


_FORM_WORD: Final = re.compile(
    r"Ltd|Limited|Inc|Incorporated|LLC|LLP|PLC|Corp|Corporation|AS|ASA|AB|ApS|Oy|OY|SA|SpA|SRL|BV|NV|AG|GmbH|Pty|KK|Co"
)


def _last_form(run: list[Word]) -> int | None:
    for index in range(len(run) - 1, 0, -1):
        if _FORM_WORD.fullmatch(run[index].text) and not all(word.text.isupper() for word in run):
            return index
    return None


def _ending(text: str, run: list[Word]) -> int | None:
    """The index of the word that ends the name as organisations' names end."""
    for index in range(len(run) - 1, 0, -1):
        if run[index].lower in ORG_ENDS and _is_stem(text, run[:index], run[index]):
            return index
    if len(run) > 1 and run[0].lower in FRONTS and run[1].lower not in GENERIC and not run[1].is_stop:
        return len(run) - 1
    if _are_partners(text, run):
        return len(run) - 1
    if any(one.lower in HEADS and two.lower in {"of", "for"} for one, two in pairwise(run[:-1])):
        return len(run) - 1
    if (
        len(run) > 1
        and COINED.search(run[-1].text)
        and not _is_plain(run[-1])
        and not begins_sentence(text, run[-2].start)
    ):
        return len(run) - 1
    return None


def _are_partners(text: str, run: list[Word]) -> bool:
    """Johnson & Johnson."""
    joined = [(one, two) for one, two in pairwise(run) if text[one.end : two.start] == " & "]
    return any(
        not _is_plain(one) and not _is_plain(two) and (one.lower in SURNAMES or two.lower in SURNAMES)
        for one, two in joined
    )


def _is_stem(text: str, stem: list[Word], end: Word) -> bool:
    """Whether the words before an ending make it a name: one that is not generic, and not only the sentence's first."""
    names = [word for word in stem if not _is_plain(word) and word.is_capital]
    if not names and stem[-1].lower in REGIONAL:
        return end.lower not in WEAK_ENDS and not begins_sentence(text, stem[0].start)
    if not names:
        return len(stem) >= 2 and not begins_sentence(text, stem[0].start) and not _all_generic(stem)
    if names and len(names) < len(stem) and stem[-1].lower in ORG_ENDS and stem[-1].lower not in GENERIC:
        return True
    if names and len(stem) > 1 and not any(ORDINARY.search(word.lower) for word in names):
        return True
    if len(names) == 1 and names[0] is stem[0] and end.lower in PLACES and not ORDINARY.search(names[0].lower):
        return True
    if len(names) == 1 and names[0] is stem[0] and begins_sentence(text, stem[0].start):
        return end.lower not in WEAK_ENDS and not end.lower.endswith("ing")
    return end.lower not in WEAK_ENDS or not begins_sentence(text, stem[0].start) or len(names) > 1


def _is_plain(word: Word) -> bool:
    return word.lower in GENERIC or word.lower in ORG_ENDS or word.is_stop


def _all_generic(stem: list[Word]) -> bool:
    return all(word.lower in GENERIC or word.is_stop for word in stem)


def _is_worked_at(text: str, run: list[Word]) -> bool:
    if (
        run[0].lower in NOT_ORGS
        or (run[0].lower in GIVEN and run[-1].lower in SURNAMES)
        or run[0].lower in TITLES
        or all(word.lower in GENERIC for word in run)
    ):
        return False
    return WORKS.search(text[max(0, run[0].start - 60) : run[0].start]) is not None
