"""/privacy-report: what everybody signed in may read, in plain words, and nothing that counts anybody."""

import re

from flask import Flask
from flask.testing import FlaskClient

from app.audit.rules import Band, Measure, Report
from app.audit.service import keep_report
from app.audit.words import lines_of
from app.clock import today
from app.wiring import Toolbox
from tests.cast import Cast, signed_in

PATH = "/privacy-report"
HELD = Measure("success", Band("share", 0.05), 0.05, True, Band("share", 0.02), Band("share", 0.1), 400)
MISSED = Measure("organisation", Band("share", 0.75), 0.5, False)
REPORTED = Measure("circle.person", Band("share", 1.0), None, None)


def keep(tools: Toolbox, *measures: Measure, quick: bool = False) -> None:
    report = Report(today(tools.clock.now()), 20_261_120, "0.1.0", quick, measures)
    with tools.database.transaction("content") as stores:
        keep_report(stores, tools.vault, report=report)


def page_of(app: Flask, cast: Cast, name: str = "alice") -> str:
    return signed_in(app, cast[name]).get(PATH).text


def test_it_says_what_is_promised_what_was_measured_and_how_sure_that_is(
    tools: Toolbox, app: Flask, cast: Cast
) -> None:
    keep(tools, HELD)
    page = page_of(app, cast)
    assert "約束はすべて守られています" in page
    assert "5％以下" in page
    assert "2％以下から10％以下（400回の試み、95％）" in page
    assert "20261120" in page
    assert "11月20日" in page


def test_what_was_missed_stands_there_with_what_it_costs(tools: Toolbox, app: Flask, cast: Cast) -> None:
    keep(tools, HELD, MISSED, REPORTED)
    page = page_of(app, cast)
    assert "守られていない約束があります" in page
    assert page.count("守られていません") == 1
    assert "約束はしていません" in page
    assert "親鍵を守ること" in page


def test_company_waiting_person_and_coordinator_read_the_same(tools: Toolbox, app: Flask, cast: Cast) -> None:
    keep(tools, HELD)
    pages = [re.search(r"<main.*</main>", page_of(app, cast, name), re.S) for name in ("alice", "erin", "frank")]
    assert len({found[0] for found in pages if found}) == 1


def test_a_visitor_is_sent_to_sign_in(client: FlaskClient) -> None:
    assert client.get(PATH).location.startswith("/sign-in")


def test_before_the_first_audit_it_says_so(app: Flask, cast: Cast) -> None:
    assert "まだ確かめていません" in page_of(app, cast)


def test_no_time_finer_than_a_day_and_no_figure_finer_than_a_band(tools: Toolbox, app: Flask, cast: Cast) -> None:
    keep(tools, HELD, MISSED, REPORTED)
    found = re.search(r"<main.*</main>", page_of(app, cast), re.S)
    assert found
    assert not re.search(r"\d\d:\d\d|\d時", found[0])
    assert set(re.findall(r"(\d+)％", found[0])) <= {"2", "5", "10", "20", "35", "50", "75", "95", "100"}


def test_in_english_too(tools: Toolbox, app: Flask, cast: Cast) -> None:
    keep(tools, HELD, MISSED)
    client = signed_in(app, cast.alice)
    page = client.get(PATH, headers={"Accept-Language": "en"}).text
    assert "Promise" in page
    assert "守られ" not in re.sub(r'lang="ja".*?</button>', "", page)


def test_every_measure_of_an_audit_has_its_words() -> None:
    keys = ["person", "habits.person", "quarter.person", "sybil.person", "threads.linked", "times.asked", "thin"]
    report = Report(today(0), 1, "0", False, tuple(Measure(key, Band("share", 0.5), None, None) for key in keys))
    assert all(line.name and line.verdict for line in lines_of(report))
