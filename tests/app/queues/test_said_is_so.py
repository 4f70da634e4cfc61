"""Every sentence of why a question came is true: read back in both languages, and held against the history it is of."""

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.clock import today
from app.queues.grounds import ALIKE, NEAREST, TESTED, Case, Ground, grounds
from app.queues.rules import Now, Profile
from app.queues.shown import Shown
from app.queues.whys import words_of
from app.wiring import Toolbox
from matching.assignment import TESTED as CORE_TESTED

INBOX, OTHER = "rainbow-trout", "coho-salmon"
TOPICS = {"disease": ("病気・へい死", "Disease and mortality"), "feed": ("餌・給餌", "Feed and feeding")}
WINDOW_DAYS, NOW_WINDOW = 1 / 6, 124_500
NOW = Now(NOW_WINDOW, round(NOW_WINDOW * WINDOW_DAYS), WINDOW_DAYS)
PLACES = {
    "ja": {"ニジマス": INBOX, "ギンザケ": OTHER, "サケ・マス類": ""},
    "en": {"Rainbow trout": INBOX, "Coho salmon": OTHER, "Salmonids": ""},
}
BANDS = {
    "ja": {"1、2件": (1, 2), "3〜5件": (3, 5), "6〜10件": (6, 10), "11件以上": (11, 999)},
    "en": {"1 or 2": (1, 2), "3 to 5": (3, 5), "6 to 10": (6, 10), "11 or more": (11, 999)},
}
SAID = {
    "ja": {
        "topic": r"(?P<place>.+?)の「(?P<topic>.+)」に、(?P<some>.+?)答えています。いちばん新しい回答は(?P<month>.+)です。",
        "active": r"(?P<place>.+?)の質問に、(?P<some>.+?)答えています。いちばん新しい回答は(?P<month>.+)です。",
        "helped": r"(?P<place>.+?)で答えた質問のうち(?P<some>.+?)で、「役に立った」や「うまくいった」という知らせがあります。",
        "declared": r"「(?P<topic>.+)」を手伝えると登録しています。",
        "endorsed": r"「(?P<topic>.+)」なら、あなたに聞きたいという声があります。",
        "exploring": r"この分野での回答がまだ少ない方のための枠で、お届けしました。",
        "neighbour": r"近い分野の質問です。「(?P<place>.+)」を扱う方にもお届けしています。",
    },
    "en": {
        "topic": r"You have answered (?P<some>.+) questions? on “(?P<topic>.+)” in “(?P<place>.+)”, the latest in (?P<month>.+)\.",
        "active": r"You have answered (?P<some>.+) questions? in “(?P<place>.+)”, the latest in (?P<month>.+)\.",
        "helped": r"Of the questions you answered in “(?P<place>.+)”, (?P<some>.+) brought word that your answer helped or worked\.",
        "declared": r"You say you can help with “(?P<topic>.+)”\.",
        "endorsed": r"Others would ask you about “(?P<topic>.+)”\.",
        "exploring": r"It came in the place that is kept for those with few answers in this field yet\.",
        "neighbour": r"From a neighbouring field: it also goes to those who work with “(?P<place>.+)”\.",
    },
}
shown = st.builds(
    Shown,
    thread=st.uuids().map(str),
    group=st.sampled_from(["salmonids", "amberjacks"]),
    subject=st.sampled_from([INBOX, OTHER, ""]),
    topic=st.sampled_from(list(TOPICS)),
    windows=st.lists(st.integers(NOW_WINDOW - 6_000, NOW_WINDOW + 60), min_size=1, max_size=3).map(tuple),
    is_useful=st.booleans(),
    is_endorsed=st.booleans(),
    counts=st.booleans(),
)
named = shown.map(lambda one: one if one.subject else Shown(one.thread, one.group, INBOX, one.topic, one.windows))
topics = st.lists(st.sampled_from(list(TOPICS)), unique=True, max_size=2).map(tuple)
SIGNALS = ("topic", "active", "helped", "endorsed", "declared", "words", "neighbour")


@st.composite
def cases(draw: st.DrawFn, tools: Toolbox) -> Case:
    """An offer of a question on disease, to somebody with any history, and whatever matching may have found."""
    own = draw(st.one_of(st.lists(shown, max_size=14), st.lists(named, max_size=14)))
    inboxes = draw(st.sampled_from([(INBOX,), (INBOX, OTHER)]))
    signals = draw(st.lists(st.sampled_from(SIGNALS), unique=True))
    told = [{"signal": one, "threads": [answered.thread for answered in own[:2]], "subject": INBOX} for one in signals]
    return Case(
        group=tools.trade.group_of[INBOX],
        subject=draw(st.sampled_from(["", INBOX])),
        topic="disease",
        inbox=INBOX,
        window=NOW_WINDOW,
        own=own,
        profiles=[Profile(subject, "c", topics=draw(topics)) for subject in inboxes],
        told={"reasons": told, "exploring": draw(st.booleans())},
    )


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_sentence_holds(tools: Toolbox, app: Flask, language: str) -> None:
    seen: set[str] = set()

    @settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
    @given(cases(tools))
    def every(case: Case) -> None:
        with app.test_request_context(headers={"Accept-Language": language}):
            app.preprocess_request()
            for one in grounds(case):
                if one.kind not in (ALIKE, NEAREST):
                    seen.add(one.kind)
                    holds(tools, case, one, words_of(tools.trade, case, one, NOW), language)

    every()
    assert seen == SAID[language].keys()


def holds(tools: Toolbox, case: Case, ground: Ground, words: str, language: str) -> None:
    """What a sentence says, counted once more from the history, by nothing but the sentence."""
    read = re.fullmatch(SAID[language][ground.kind], words)
    assert read is not None, words
    said = read.groupdict()
    assert "lately" not in words
    assert "最近" not in words
    near = [one for one in case.own if one.group == "salmonids" and one.counts and min(one.windows) <= case.window]
    place = PLACES[language][said["place"]] if "place" in said else ""
    mine = [one for one in near if not place or one.subject == place]
    keys = {names[language == "en"]: key for key, names in TOPICS.items()}
    if "topic" in said:
        assert keys[said["topic"]] == case.topic
        mine = [one for one in mine if one.topic == case.topic]
    check: dict[str, Any] = {
        "helped": lambda: [one for one in mine if one.is_useful],
        "endorsed": lambda: [one for one in mine if one.is_endorsed],
    }
    mine = check.get(ground.kind, lambda: mine)()
    if "some" in said:
        least, most = BANDS[language][said["some"]]
        assert least <= len(mine) <= most
    if "month" in said:
        there = [window for one in mine for window in one.windows if window <= case.window]
        assert said["month"] == month(max(there), language)
    if ground.kind == "declared":
        assert all("disease" in one.topics for one in case.profiles if case.subject in ("", one.subject))
    if ground.kind == "endorsed":
        assert mine
    if ground.kind == "exploring":
        assert case.subject  # for it goes to the question's own subject alone
        assert len([one for one in near if one.subject == INBOX]) < 3
    if not case.subject and ground.kind != "neighbour":
        assert place == ""  # where the question hides its subject, nothing names one


def month(window: int, language: str) -> str:
    day: date = today(window * WINDOW_DAYS * 86400)
    return f"{day:%B %Y}" if language == "en" else f"{day.year}年{day.month}月"


def test_what_counts_as_little_is_what_the_router_calls_little() -> None:
    assert TESTED == CORE_TESTED


def test_one_old_answer_is_said_to_be_one_and_old(tools: Toolbox, app: Flask) -> None:
    """The word "lately", or "often", of somebody with one answer of two years ago is what this page once said."""
    old = Shown("t", "salmonids", INBOX, "disease", (NOW_WINDOW - round(700 / WINDOW_DAYS),))
    told = {"reasons": [{"signal": "topic", "threads": []}, {"signal": "active", "threads": []}], "exploring": False}
    case = Case(tools.trade.group_of[INBOX], INBOX, "disease", INBOX, NOW_WINDOW, [old], [Profile(INBOX, "c")], told)
    with app.test_request_context(headers={"Accept-Language": "ja"}):
        app.preprocess_request()
        said = [words_of(tools.trade, case, one, NOW) for one in grounds(case)]
    assert said == [
        f"ニジマスの「病気・へい死」に、1、2件答えています。いちばん新しい回答は{month(old.windows[0], 'ja')}です。"
    ]
