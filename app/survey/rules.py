"""What is asked, when, and what may be published of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.questions.voices import apart
from app.web.i18n import lazy
from privacy.bands import at_least

BANDS: Final = (10, 25, 50, 100, 250, 500, 1000)  # "at least so many"; nothing smaller is told
ORGANISATIONS: Final = 3


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """One question and its answers, key -> words. Nothing is typed: words could tell who wrote them."""

    key: str
    words: str
    options: Mapping[str, str]


_HOW_MUCH: Final = {
    "yes": lazy("そう思う"),
    "rather": lazy("まあそう思う"),
    "little": lazy("あまり思わない"),
    "no": lazy("思わない"),
}
QUESTIONS: Final = (
    SurveyQuestion("safe", lazy("ここでは、聞きにくいことも安心して聞ける"), _HOW_MUCH),
    SurveyQuestion("unknown", lazy("自分がだれか、わからないようになっていると思う"), _HOW_MUCH),
    SurveyQuestion(
        "useful",
        lazy("この1年、ここで得た答えで仕事が変わりましたか"),
        {
            "much": lazy("大きく変わった"),
            "some": lazy("少し変わった"),
            "none": lazy("変わらなかった"),
            "not-asked": lazy("質問も検索もしなかった"),
        },
    ),
    SurveyQuestion(
        "load",
        lazy("届く質問やお知らせの量はどうですか"),
        {"much": lazy("多すぎる"), "right": lazy("ちょうどよい"), "little": lazy("少なすぎる")},
    ),
    SurveyQuestion("goal", lazy("ここの「めざすこと」に近づいていると思う"), _HOW_MUCH),
    SurveyQuestion("stay", lazy("来年もここにいたい"), _HOW_MUCH),
)


PARTING: Final = SurveyQuestion(  # asked of whoever leaves, and published with the year
    "parting",
    lazy("離れた方にうかがった、いちばん近いわけ"),
    {
        "time": lazy("時間がとれなくなった"),
        "answers": lazy("ほしい答えが得られなかった"),
        "load": lazy("届くものが多すぎた"),
        "safe": lazy("安心して書けなかった"),
        "work": lazy("仕事や担当が変わった"),
        "other": lazy("そのほか"),
    },
)


def check_answers(answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that are some, by question; a question may be left out."""
    return {
        one.key: chosen for one in QUESTIONS if (chosen := answers.get(one.key, "")) in one.options
    }  # fmt: skip


def is_open(today: date, month: int) -> bool:
    """Whether the survey runs: the whole of one month."""
    return today.month == month


def years_over(years: Iterable[int], today: date, month: int) -> list[int]:
    """The years whose month has ended."""
    return sorted(year for year in set(years) if (year, month) < (today.year, today.month))


def band_of(voices: Iterable[frozenset[str]]) -> int:
    """The band of so many answers, each with the circles of its member's organisation; 0 says nothing."""
    listed = list(voices)
    if len(apart(listed)) < ORGANISATIONS:
        return 0
    return at_least(len(listed), BANDS)
