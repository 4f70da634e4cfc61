"""The fictional network as data: its size, that it is repeatable, and that nothing in it is said twice."""

import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

from app.demo.material import Material, load_material
from app.demo.people import STORY
from app.demo.plan import SLOTS, Plan, PlannedThread, make_plan
from app.demo_people import PEOPLE
from app.domains.trade import Trade, load_trade

TODAY = date(2026, 11, 21)
CONTACTS = re.compile(
    r"""[\w.+-]+@[\w-]+\.\w+ | https?:// | www\. | \.(?:com|jp|net|org)\b | 0\d{1,4}[-(－ー]\d{1,4}[-)－ー]\d{3,4}
    | \b0[5789]0\d{8}\b | 〒 | 株式会社 | 有限会社 | 水産\(株\)""",
    re.VERBOSE,
)
PLANNING = f"""
import sys
from datetime import date
from app.demo.material import load_material
from app.demo.plan import make_plan
from app.domains.trade import load_trade
trade = load_trade("aquaculture")
plan = make_plan(load_material(trade), trade, today=date.fromisoformat("{TODAY}"))
sys.stdout.buffer.write(repr(plan.threads).encode())
"""
SENTENCE_END = re.compile(r"(?<=[。？！?!])|\n")


@cache
def trade() -> Trade:
    return load_trade("aquaculture")


@cache
def material() -> Material:
    return load_material(trade())


@cache
def plan() -> Plan:
    return make_plan(material(), trade(), today=TODAY)


def texts_of(thread: PlannedThread) -> Iterator[str]:
    story = thread.story
    yield story.title
    yield from (text for key, text in story.fields.items() if key != "water_temperature")
    yield from (post.text for post in thread.posts)


def masked(text: str) -> list[str]:
    """The sentences of a text without their numbers; short interjections say nothing and may come again."""
    plain = re.sub(r"[0-9一二三四五六七八九十百千半数何]+", "#", unicodedata.normalize("NFKC", text))
    return [one.strip(" -・") for one in SENTENCE_END.split(plain) if len(one.strip(" -・")) >= 8]


def test_is_as_large_as_promised() -> None:
    verified = [one for one in plan().organisations if one.verified and one.subjects]
    answered = [one for one in plan().threads if any(post.kind == "answer" for post in one.posts)]
    assert len(verified) >= 60
    assert [one.verified for one in plan().organisations[-2:]] == [False, True]
    assert len([one for one in plan().members if "member" in one.roles]) >= 300
    assert len(answered) >= 400
    topics = {key: {one.story.topic for one in answered if one.story.subject == key} for key in trade().subjects}
    assert sum(len(found) >= 4 for found in topics.values()) >= 8


def test_spans_two_years_and_ends_yesterday() -> None:
    days = [plan().day_of(one.at) for one in plan().threads]
    latest = max(plan().day_of(post.at) for one in plan().threads for post in one.posts)
    assert min(days) < date(2025, 1, 1)
    assert min(days) >= date(2024, 11, 21)
    assert max(days) == date(2026, 11, 20) >= latest
    waiting = [one for one in plan().threads if one.is_open]
    assert len(waiting) >= 10
    assert not any(one.posts for one in waiting)
    assert sorted((TODAY - plan().day_of(one.at)).days for one in waiting)[-3:] == [3, 4, 9]


def test_the_same_seed_gives_the_same_plan_and_another_one_another() -> None:
    assert make_plan(material(), trade(), today=TODAY) == plan()
    assert make_plan(material(), trade(), today=TODAY, seed=1).threads != plan().threads


def test_one_process_plans_what_another_does() -> None:
    """Each process walks through a set of words in an order of its own; a sum in another order is another number."""
    plans = {
        subprocess.run(
            [sys.executable, "-c", PLANNING],
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(1, 5)
    }
    assert plans == {repr(plan().threads).encode()}


def test_nothing_is_said_twice_nor_with_another_number() -> None:
    seen: Counter[str] = Counter()
    for thread in plan().threads:
        seen.update(sentence for text in texts_of(thread) for sentence in masked(text))
    assert len(seen) > 3000
    assert [sentence for sentence, times in seen.items() if times > 1] == []


def test_the_material_repeats_no_sentence() -> None:
    seen = Counter(sentence for case in material().cases for text in case.texts() for sentence in masked(text))
    assert [sentence for sentence, times in seen.items() if times > 1] == []


def test_no_telling_is_used_twice() -> None:
    told = Counter((one.story.subject, one.story.fields["situation"]) for one in plan().threads)
    assert max(told.values()) == 1


def test_nothing_looks_like_an_address_or_a_company() -> None:
    found = [CONTACTS.search(text) for case in material().cases for text in case.texts()]
    assert [hit[0] for hit in found if hit] == []
    assert all("{" not in text for thread in plan().threads for text in texts_of(thread))


def test_people_write_only_about_their_subjects_and_never_to_their_own_circle() -> None:
    for thread in plan().threads:
        asker = plan().members[thread.asker]
        answerers = [plan().members[post.member] for post in thread.posts if post.kind == "answer"]
        circles = [asker.circle, *(one.circle for one in answerers)]
        assert thread.story.subject in asker.subjects
        assert all(thread.story.subject in one.subjects for one in answerers)
        assert len(set(circles)) == len(circles)
        assert "" not in circles


def test_answers_mostly_come_from_those_who_know() -> None:
    answers = [(one, post) for one in plan().threads for post in one.posts if post.kind == "answer"]
    knowing = [plan().members[post.member].knows(one.story.topic, post.at / SLOTS) for one, post in answers]
    busiest = sum(
        times for _, times in Counter(post.member for _, post in answers).most_common(len(plan().members) // 10)
    )
    assert sum(knowing) > 0.6 * len(answers)
    assert busiest > 0.3 * len(answers)
    drifted = [one for one in plan().members if one.topics[0] != one.topics[1]]
    assert len(drifted) > 0.8 * len(plan().members)


def test_a_thread_goes_on_in_order() -> None:
    for thread in plan().threads:
        for post in thread.posts:
            assert thread.at < post.at < SLOTS
            assert post.to < 0 or thread.posts[post.to].at < post.at
        for at, place in thread.accepted:
            assert thread.posts[place].kind == "answer"
            assert thread.posts[place].at < at < SLOTS


def test_the_nine_stand_where_the_story_needs_them() -> None:
    people = {one.person: one for one in plan().members if one.person}
    assert set(people) == {one.key for one in PEOPLE}
    assert people["colleague"].organisation == people["practitioner"].organisation
    apart = [people[key].circle for key in ("practitioner", "expert-one", "expert-two", "coordinator")]
    assert len(set(apart)) == 4
    own = [one for one in plan().threads if plan().members[one.asker].person == "practitioner"]
    assert 3 <= len(own) <= 4
    assert all(one.story.subject == STORY for one in own)
    assert [one.is_late for one in own if not one.posts] == [True]
    for key in ("expert-one", "expert-two"):
        number = plan().members.index(people[key])
        shown = [one for one in plan().threads if one.story.subject == STORY and one.story.topic == "disease"]
        assert sum(post.member == number and post.kind == "answer" for one in shown for post in one.posts) >= 3
