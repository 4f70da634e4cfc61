"""What a month came to: how each question ended, whether anybody was left in silence, who got how many letters."""

import email
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from email.policy import default
from statistics import median

from sqlalchemy import select

from app.escalation.stages import KIND
from app.jobs.models import Job
from app.notices.course import SENTENCES
from app.questions.course import course_of
from app.questions.models import Post, Thread
from app.questions.rules import OPEN_STATES
from app.questions.stages import STAGES
from tests.journeys.month import Asked, Month

OVER = ("answered", "accepted", "likely", "closed", "ended")
DIGEST = "朝と夕方の"
TOLD = {
    "second": {"second"}, "third": {"third", "third_within"}, "domain": {"domain", "domain_skipped"},
    "coordinator": {"coordinator"}, "ended": {"ended"},
}  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """The figures."""

    ended: dict[str, Counter[str]]  # by what was meant to become of a question
    silent: list[str]  # questions without an end that nothing takes further, or without a word about a step
    escalations: int
    told: int
    mails: Sequence[int]  # letters to each expert, without the digest
    twice: dict[str, int]

    @property
    def states(self) -> Counter[str]:
        """How many questions ended how."""
        return sum(self.ended.values(), Counter[str]())

    def lines(self) -> list[str]:
        """As the README prints it."""
        rows = [f"| {fate} | {sum(found.values())} | {_words(found)} |" for fate, found in sorted(self.ended.items())]
        return [
            "| what became of a question | questions | state at the end |", "|---|---|---|", *rows,
            f"| all | {sum(self.states.values())} | {_words(self.states)} |", "",
            f"Silent deaths: {len(self.silent)}. Escalations: {self.escalations}, told to the asker: {self.told}. "
            f"Letters to an expert: median {median(self.mails):g}, maximum {max(self.mails)}. "
            f"Twice: {', '.join(f'{name} {number}' for name, number in self.twice.items())}.",
        ]  # fmt: skip


def _words(found: Counter[str]) -> str:
    return ", ".join(f"{state} {number}" for state, number in sorted(found.items()))


def judge(month: Month) -> Judged:
    """Look at everything the month left behind."""
    tools = month.world.tools
    with tools.database.reading() as stores:
        threads = {row.id: row for row in stores.content.scalars(select(Thread))}
        posts = Counter(stores.content.scalars(select(Post.thread_id).where(Post.kind == "answer")))
        jobs = stores.content.scalars(select(Job).where(Job.kind == KIND, Job.state == "ready"))
        waiting = {tools.vault.open(row.sealed, table="jobs", column="sealed", row=row.id)["thread"] for row in jobs}
    ended: dict[str, Counter[str]] = {}
    silent, steps, told, notes_twice = [], 0, 0, 0
    for one in month.asked:
        thread = threads.get(one.id)
        if thread is None:
            silent.append(f"{one.fate}: gone")
            continue
        ended.setdefault(one.fate, Counter())[_state(thread)] += 1
        turns = Counter(turn.kind for turn in course_of(tools.vault, thread).turns if turn.kind in SENTENCES)
        notes = Counter(note.kind.removeprefix("course_") for note in one.notes.values() if note.thread == one.id)
        steps, told = steps + sum(turns.values()), told + sum(min(turns[kind], notes[kind]) for kind in turns)
        notes_twice += sum(max(0, notes[kind] - turns[kind]) for kind in turns)
        silent += [f"{one.fate}: {word}" for word in _silences(thread, turns, notes, one.id in waiting)]
    return Judged(ended, silent, steps, told, _mails(month), {**_twice(month, posts), "notes": notes_twice})


def _state(thread: Thread) -> str:
    return "withdrawn" if not thread.sealed_text else thread.state


def _silences(thread: Thread, turns: Counter[str], notes: Counter[str], goes_on: bool) -> list[str]:
    """Everything its author should have been told and was not, and an end that never comes."""
    found = [] if thread.state in OVER or (thread.state in OPEN_STATES and goes_on) else [f"stuck as {thread.state}"]
    reached = STAGES[1 : STAGES.index(thread.stage) + 1]
    found += [f"no turn for {stage}" for stage in reached if not TOLD[stage] & turns.keys()]
    return found + [f"no note of {kind}" for kind in turns if notes[kind] < turns[kind]]


def _mails(month: Month) -> list[int]:
    addresses = {person.mail for person in month.experts}
    letters = Counter(to for to, raw in month.world.mailbox.letters if to in addresses and DIGEST not in _text(raw))
    return [letters[address] for address in sorted(addresses)]


def _text(raw: bytes) -> str:
    return str(email.message_from_bytes(raw, policy=default).get_content())


def _twice(month: Month, posts: Counter[str]) -> dict[str, int]:
    ids = Counter(email.message_from_bytes(raw)["Message-ID"] for _, raw in month.world.mailbox.letters)
    return {
        "letters": sum(number - 1 for number in ids.values()),
        "offers": sum(len(seen) - 1 for one in month.asked for seen in one.offers.values()),
        "answers": sum(max(0, posts[one.id] - _meant(one)) for one in month.asked),
    }


def _meant(one: Asked) -> int:
    return one.answers
