"""Every kind of question lived through, with a day on which nothing works: none dies in silence, nothing comes twice."""

from pathlib import Path

from tests.journeys.month import FATES, month
from tests.journeys.month_judged import judge


def test_no_question_dies_in_silence_and_nothing_comes_twice(tmp_path: Path) -> None:
    with month(tmp_path, organisations=12) as found:
        found.run(days=2, tail=9, a_day=len(FATES) // 2, outage=1)
        judged = judge(found)
    assert judged.silent == []
    assert judged.twice == {"letters": 0, "offers": 0, "answers": 0, "notes": 0}
    assert judged.escalations == judged.told > len(FATES)
    assert set(judged.states) >= {"answered", "accepted", "closed", "ended", "withdrawn"}
    assert sum(judged.ended["first"].values()) == judged.ended["first"]["answered"]
    assert 0 < max(judged.mails) <= 2 * 5  # two weeks of five letters
