"""How much is asked of members and when, as the operator set it: defaults are those of the code, others are obeyed."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from app.clock import today
from app.processes import refresh_crowds
from app.questions.ask_routes import limits_of
from app.questions.models import Thread
from app.questions.reminding import DAYS
from app.questions.rules import Limits
from app.questions.stages import Timetable, timetable_of
from app.questions.worker import make_clock
from app.queues.rules import Measures
from app.queues.worker import measures_of
from app.settings import Settings
from app.wiring import Toolbox
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import make_cast, post, signed_in
from tests.conftest import claim, make_app, make_tools

OWN: dict[str, Any] = {
    "second_wave": 1, "third_wave": 2, "honest_end_days": 4, "urgent_divisor": 2, "capacities": "0,2,4", "rest_after": 2,
    "claim_extensions": 0, "reminder_days": "2,5",
}  # fmt: skip


def test_without_a_word_the_defaults_of_the_code_rule(tools: Toolbox) -> None:
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    assert measures_of(settings) == Measures()
    assert timetable_of(settings) == Timetable()
    assert limits_of(settings) == Limits()
    assert make_clock(tools, 0, today(0)).reminder_days == DAYS


@pytest.mark.parametrize(
    "wrong", [{"capacities": "3,1"}, {"reminder_days": "3,,7"}, {"honest_end_days": 3}, {"second_wave_hours": 24}]
)
def test_what_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Settings(**wrong)


def test_what_the_operator_set_is_obeyed(tmp_path: Path) -> None:
    tools = make_tools(tmp_path, **OWN)
    cast = make_cast(tools)
    claim(tools, demo=False)
    refresh_crowds(tools)
    assert [measures_of(tools.settings).place(wave) for wave in range(4)] == [3, 1, 2, 2]
    assert timetable_of(tools.settings).due("ended", published=0, urgent=True) == 2 * 24
    assert make_clock(tools, 0, today(0)).reminder_days == (2, 5)
    opt_in(tools, cast.bob)
    thread_id = ask_question(tools, cast.alice)
    work(tools, hours=25)
    browser = signed_in(make_app(tools), cast.bob)
    page = f"/queue/{offers_of(tools, cast.bob)[0].id}"
    assert [post(browser, f"{page}/claim", page=page).status_code for _ in range(2)] == [303, 409]
    assert "週に4件まで" in browser.get("/queue/settings").text
    chosen = [
        post(browser, "/queue/settings/rainbow-trout", {"capacity": str(one)}, page="/queue/settings")
        for one in (2, 3)
    ]  # fmt: skip
    assert [one.status_code for one in chosen] == [303, 422]
    for _ in range(5):
        work(tools, hours=24)
    with tools.database.reading() as stores:
        assert stores.content.get_one(Thread, thread_id).state == "ended"
    assert "あと4日" in signed_in(make_app(tools), cast.alice).get(f"/threads/{thread_id}").text
