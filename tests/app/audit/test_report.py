"""/privacy-report: what everybody signed in may read, in plain words, and nothing that counts anybody."""

import re

from flask import Flask
from flask.testing import FlaskClient

from app.audit.about import TESTED, names, parts
from app.audit.rules import BANDS, Band, Measure, Report
from app.audit.service import keep_report
from app.audit.words import cards_of
from app.clock import today
from app.web.i18n import speaking
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
    assert "約束していないことも、下に書いています。" in page
    assert "5％以下" in page
    assert "2％から10％（400回の試み、95％の確かさ）" in page
    assert "20261120" in page
    assert "11月20日" in page


def test_what_was_missed_stands_there_with_what_it_costs(tools: Toolbox, app: Flask, cast: Cast) -> None:
    keep(tools, HELD, MISSED, REPORTED)
    page = page_of(app, cast)
    assert "守られていない約束があります" in page
    assert "75％以下（約束は50％以下）：守られていません" in page
    assert "防げません" in page, "what is certain is called so"
    assert page.count("badge-warn") == 1, "one card for an attacker"
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
    ends = {f"{100 * end:g}" for end in BANDS["share"]}
    assert set(re.findall(r"([\d.]+)％", found[0])) <= ends | {"95"}


def test_in_english_too(tools: Toolbox, app: Flask, cast: Cast) -> None:
    keep(tools, HELD, MISSED)
    client = signed_in(app, cast.alice)
    page = client.get(PATH, headers={"Accept-Language": "en"}).text
    assert "Promise" in page
    assert "守られ" not in re.sub(r'lang="ja".*?</button>', "", page)


def test_every_measure_of_an_audit_has_its_words() -> None:
    report = Report(today(0), 1, "0", False, tuple(Measure(key, Band("share", 0.5), None, None) for key in parts()))
    with speaking("ja"):
        cards, attacks = cards_of(report), set(names().values())
    assert {card.name for card in cards} < attacks
    assert sum(len(card.rows) for card in cards) == len(parts())
    assert all(card.name and card.verdict for card in cards)


def test_of_time_nothing_is_promised_to_the_asked_nor_to_the_few() -> None:
    wider, asked = (Measure(f"times.{key}", Band("people", 20.0), None, None) for key in ("wider", "asked"))
    promised = Measure("times.wider", Band("people", 20.0), 20.0, True)
    with speaking("ja"):
        few, many = (cards_of(Report(today(0), 1, "0", False, (one, asked)))[0] for one in (wider, promised))
    assert "会員が378人に満たないので、約束の対象外です。" in few.notes
    assert few.verdict == "約束はしていません"
    assert "会員が378人に満たないので、約束の対象外です。" not in many.notes
    assert dict(many.rows)["依頼された人だけに公開したとき"] == "20人以上"
    assert any("依頼された人だけに公開する質問" in note and "何も約束していません" in note for note in many.notes)


def test_what_cannot_run_here_says_why_and_what_it_came_to(tools: Toolbox, app: Flask, cast: Cast) -> None:
    keep(tools, HELD)
    page = page_of(app, cast)
    for one in TESTED:
        assert one.command in page
        assert all(figure in page for figure in one.figures)


def test_habits_say_that_they_are_not_promised_and_what_would_help(tools: Toolbox, app: Flask, cast: Cast) -> None:
    keep(tools, Measure("habits.organisation", Band("share", 0.75), None, None))
    page = page_of(app, cast)
    assert "これは約束していません" in page
    assert "53〜86％から35〜55％" in page
