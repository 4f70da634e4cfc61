"""What has happened to a question so far, in dated lines for its author, and what comes next and when.

It says nothing of who was asked, how many, or what they did.
"""

from dataclasses import dataclass
from datetime import date

from app.clock import today
from app.notices.course import SENTENCES
from app.questions.cards import ThreadCard
from app.questions.course import Course
from app.questions.rules import OPEN_STATES
from app.questions.stages import Timetable, stage_after
from app.web.i18n import date_label
from app.web.i18n import gettext as _
from privacy.scopes import Audience

Line = tuple[date, str]


@dataclass(frozen=True, slots=True)
class CoursePage:
    """The part of a question's page that only its author sees."""

    lines: tuple[Line, ...]
    next: str
    proposal: str  # reword | outside, to be answered
    waiting: str  # keep | widen | reword | close, to come with the next window
    may_choose: bool  # what becomes of it after the honest end
    may_widen: bool
    days: int  # for which it waits once more


def course_page(card: ThreadCard, times: Timetable) -> CoursePage | None:
    """The course of one's own published question; None for everybody else."""
    if card.course is None or card.day is None:
        return None
    course = card.course
    return CoursePage(
        lines=tuple(_lines(card, course, card.day)),
        next=_next(card, course, times),
        proposal=course.proposal,
        waiting=course.waiting,
        may_choose=card.state == "ended" and not course.waiting and not course.wish,
        may_widen=_may_widen(card, course),
        days=round(times.ended / 24),
    )


def _lines(card: ThreadCard, course: Course, published: date) -> list[Line]:
    turns = [(date.fromordinal(turn.day), turn_words(turn.kind)) for turn in course.turns]
    answers = sorted({post.day for post in card.posts if post.kind == "answer" and post.day and not post.is_company})
    found = [(published, _("公開しました。")), *turns, *((day, _("回答が届きました。")) for day in answers)]
    return sorted(((day, words) for day, words in found if words), key=lambda line: line[0])


def turn_words(kind: str) -> str:
    """One thing that has happened, in a sentence."""
    own = {
        "first": _("合いそうな経験者を探して、届けはじめました。"),
        "reword_agreed": _("提案された聞き方に書きかえることにしました。"),
        "reword_declined": _("提案された聞き方は、見送りました。"),
        "reword_refused": _("新しい聞き方は、このままでは公開できませんでした。もとの文のまま、回答を待っています。"),
        "outside_agreed": _("世話役が外に聞くことに、同意しました。"),
        "outside_declined": _("外には聞かないことにしました。"),
        "wish_idea": _("アイデアとして残すことを選びました。"),
        "wish_webinar": _("学びの会で取り上げてほしいと伝えました。"),
        "wish_cohort": _("仲間の会のテーマにしてほしいと伝えました。"),
    }
    return own.get(kind) or (_(SENTENCES[kind]) if kind in SENTENCES else "")


def _next(card: ThreadCard, course: Course, times: Timetable) -> str:
    stage = stage_after(card.stage, kept=course.kept) if card.state in OPEN_STATES else None
    if stage is None:
        return ""
    due = times.due(stage, published=card.window, urgent=card.body.urgent, shift=course.shift)
    words = {
        "second": _("{day}までに回答がなければ、ほかの経験者にも届けます。"),
        "third": _("{day}までに回答がなければ、さらに広げて届けます。"),
        "domain": _("{day}までに回答がなければ、会員の一覧に「回答を待っている質問」として出します。"),
        "coordinator": _("{day}までに回答がなければ、世話役に相談を頼みます。"),
        "ended": _("{day}までに回答がなければ、ここで一区切りにして、このあとどうするかをうかがいます。"),
    }
    if stage == "domain" and card.audience is Audience.EXPERTS:
        stage, due = (
            "coordinator",
            times.due("coordinator", published=card.window, urgent=card.body.urgent, shift=course.shift),
        )
    return words[stage].format(day=date_label(today(due * times.window_seconds)))


def _may_widen(card: ThreadCard, course: Course) -> bool:
    is_waiting = card.state in OPEN_STATES or card.state == "ended"
    is_alone = all(post.author == 0 for post in card.posts)
    return is_waiting and is_alone and not course.waiting and card.audience is not None and card.audience < Audience.ALL
