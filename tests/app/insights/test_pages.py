"""Reports as they are read: the same for everybody, out of the published bytes, with nothing to choose."""

import csv
import io
import json
import re
import zlib
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.clock import SetClock
from app.insights.models import Release
from app.insights.paper import NoPaper, has_paper, paper_of
from app.insights.printing import refuse
from app.insights.sections import _cell, _mark
from app.wiring import Toolbox
from privacy.reports import Figure
from tests.app.insights.releases import body_of, make_plan, put_charge, put_period, put_quarters, put_release
from tests.cast import Cast, signed_in

READERS = ("alice", "erin", "frank")


def main_of(text: str) -> str:
    return re.search(r"<main.*?</main>", text, re.S)[0]  # type: ignore[index]


def inside(pdf: bytes) -> bytes:
    streams = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.S)
    return b"".join(zlib.decompressobj().decompress(one) for one in streams if one[:1] == b"x")


def test_everybody_reads_the_same_report_and_a_query_changes_nothing(app: Flask, tools: Toolbox, cast: Cast) -> None:
    put_quarters(tools)
    pages = {who: signed_in(app, cast[who]) for who in READERS}
    for path in ("/reports", "/reports/2026Q3", "/reports/2026Q4", "/reports/2026"):
        found = {main_of(client.get(path).text) for client in pages.values()}
        found |= {main_of(pages["frank"].get(f"{path}?topic=disease&from=2026-01-01&organisation=A").text)}
        assert len(found) == 1, path
    text = pages["frank"].get("/reports/2026Q3").text
    assert not re.search(r"<(form|select|input)\b", main_of(text))
    assert "2026年10月15日に、会員にも運営会社にも" in text


def test_each_chart_has_its_name_its_table_and_what_it_does_not_show(app: Flask, tools: Toolbox, cast: Cast) -> None:
    put_quarters(tools)
    text = main_of(signed_in(app, cast.frank).get("/reports/2026Q3").text)
    chapters = re.findall(r'<section class="chapter" aria-labelledby="(\w+)">(.*?)</section>', text, re.S)
    assert [key for key, _ in chapters] == ["demand", "unmet", "time", "change", "year", "outcomes"]
    for key, chapter in chapters:
        assert "示さないこと" in chapter, key
        assert "使いみち" in chapter
        assert "100回に95回" in chapter
        charts = re.findall(r'<svg class="chart" role="img" aria-labelledby="([^"]+)".*?</svg>\s*</div>\s*<div class="figure-side"><table', chapter, re.S)  # fmt: skip
        assert len(charts) == chapter.count("<table") == 1
        assert all(f'id="{name}"' in chapter for name in charts[0].split())
    assert "style=" not in text
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'fill="url\(#([^)]+)\)"', text)) <= set(ids)


def test_a_figure_that_reaches_nothing_is_hatched_and_has_no_value(app: Flask, tools: Toolbox, cast: Cast) -> None:
    plan = make_plan(tools)
    put_period(tools, "2026Q3", "released", plan)
    truth = {("disease", "soon"): 60}
    put_release(tools, plan, "need", body_of(plan, "need", truth))
    text = main_of(signed_in(app, cast.frank).get("/reports/2026Q3").text)
    demand = re.search(r'aria-labelledby="demand">(.*?)</section>', text, re.S)[1]  # type: ignore[index]
    assert demand.count("chart-firm") == 1
    assert demand.count("chart-unsaid") >= 6
    assert demand.count("言えません</span>") == demand.count('class="chart-unsaid"')
    assert "比べられる前の期間の報告が、まだありません" in text


def test_a_figure_whose_range_is_nothing_is_nothing(tools: Toolbox) -> None:
    def told(total: int, scale: float) -> tuple[str, str]:
        cell = _cell(_mark(Figure("demand", "disease", total, ((scale, 1),))))
        return cell.value, cell.range

    assert told(-30, 3.0) == ("ほぼ0", "0〜0")
    assert told(0, 0.1) == ("ほぼ0", "0〜0")
    assert told(0, 3.0)[0] == "言えません"


def test_the_bytes_are_given_as_they_were_kept_and_the_sheet_says_nothing_else(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    put_quarters(tools)
    client = signed_in(app, cast.frank)
    page, rows = client.get("/reports/2026Q3").text, []
    sheet = client.get("/reports/2026Q3.csv")
    assert sheet.headers["Content-Disposition"].startswith("attachment")
    for kind in ("need", "outcomes"):
        kept = client.get(f"/reports/2026Q3/{kind}.json").data
        with tools.database.reading() as stores:
            stored = stores.content.get_one(Release, ("2026Q3", kind))
            assert kept == stored.body
        assert sha256(kept).hexdigest() in page
        rows += [(cell["value"], sha256(kept).hexdigest()) for cell in json.loads(kept)["cells"]]
    head, *lines = csv.reader(io.StringIO(sheet.data.decode("utf-8-sig")))
    assert [(int(line[4]), line[8]) for line in lines] == rows
    assert all(int(float(line[5])) <= max(0, int(line[4])) <= int(float(line[6])) for line in lines)
    assert len(head) == 9
    assert {line[7] for line in lines} == {"1"}
    assert client.get("/reports/2026Q3/support.json").status_code == 404
    assert client.get("/reports/2026Q4.csv").status_code == 404


@pytest.mark.parametrize("sign", ["=", "＝"])  # a spreadsheet in Japanese reads both
def test_a_new_term_is_no_formula(app: Flask, tools: Toolbox, cast: Cast, sign: str) -> None:
    plan = make_plan(tools, "2026", epsilon={"need": 0.0, "second": 0.0, "terms": 0.2}, second="")
    put_period(tools, "2026", "released", plan)
    cells = [{"topic": f"{sign}cmd|' /c calc'!a0", "state": "", "value": 60}]
    content = {"period": "2026", "kind": "terms", "plan": json.loads(plan.to_json()), "cells": cells, "threshold": 40}
    put_release(tools, plan, "terms", json.dumps(content).encode())
    client = signed_in(app, cast.frank)
    assert client.get("/reports/2026.csv").data.decode("utf-8-sig").splitlines()[1].split(",")[2].startswith(f"'{sign}")
    assert "新しく出てきた言葉" in client.get("/reports/2026").text


def test_a_small_network_is_told_why_there_is_nothing_by_the_quarter(app: Flask, tools: Toolbox, cast: Cast) -> None:
    put_period(tools, "2026Q3", "without", make_plan(tools, yearly=True, organisations="0-24"))
    put_period(tools, "2026Q2", "without")
    client = signed_in(app, cast.alice)
    assert "25に満たない" in client.get("/reports").text
    page = client.get("/reports/2026Q3").text
    assert "2026年（1年分）の報告にします" in page
    assert '<svg class="chart"' not in page
    assert "この期間は数えていません" in client.get("/reports/2026Q2").text


def test_a_page_promises_no_report_of_a_year_that_comes_none_of(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """A network that fell below 25 within a year of quarters; and a year of one whose key was lost."""
    put_period(tools, "2026", "open", make_plan(tools, "2026"))
    put_period(tools, "2026Q3", "without", make_plan(tools, yearly=True, organisations="0-24"))
    put_period(tools, "2025", "without", make_plan(tools, "2025", yearly=True, organisations="0-24"))
    client = signed_in(app, cast.alice)
    quarter, year = (client.get(f"/reports/{period}").text for period in ("2026Q3", "2025"))
    assert "報告にします" not in quarter + year
    assert "1年分にもまとめません" in quarter
    assert "鍵がなくなった" in year


def test_a_plan_says_beforehand_what_its_report_will_answer(app: Flask, tools: Toolbox, cast: Cast) -> None:
    known = {"share-unmet": {"yes": True, "value": 40, "low": 32, "high": 48}, "ideas": {"yes": False}}
    put_period(tools, "2026Q4", "open", make_plan(tools, "2026Q4", expected={"answers": known}))
    put_period(tools, "2027", "open", make_plan(tools, "2027", yearly=True))
    client = signed_in(app, cast.frank)
    page = client.get("/reports/2026Q4").text
    can, cannot = page.split("この計画で答えられる問い")[1].split("この計画では答えられない問い")
    assert "32〜48%の範囲" in can
    assert "いくつの組織の質問が、アイデアになったか" in cannot
    assert "ひとつの話題では1と数えます" in page
    year = client.get("/reports/2027").text
    assert "この計画で答えられる問い" not in year
    assert "ひとつの組織の、ひとつの四半期" in year


def test_everybody_sees_the_ledger_and_what_is_reserved_is_spent(app: Flask, tools: Toolbox) -> None:
    assert "まだ何も使っていません" in app.test_client().get("/budget").text
    plan = make_plan(tools)
    put_period(tools, "2026Q3", "closed", plan)
    digest = put_release(tools, plan, "need", body_of(plan, "need", {}))
    put_charge(tools, plan, "outcomes")
    text = app.test_client().get("/budget").text
    assert digest in text
    assert "作っています。使ったものとして数えます" in text
    sums = text.split("四半期と年の合計")[1]
    assert re.findall(r"<b>([\d.]+)</b></td><td>([\d.]+)", sums) == [("1.8", "2"), ("1.8", "8")]


def test_a_new_report_is_on_the_first_page_for_some_days(app: Flask, tools: Toolbox, cast: Cast) -> None:
    put_quarters(tools)
    assert isinstance(tools.clock, SetClock)
    tools.clock.move(hours=-24 * 36)  # the day after its release
    clients = {who: signed_in(app, cast[who]) for who in (*READERS, "grace")}
    told = {who for who, client in clients.items() if "新しい報告が出ました" in client.get("/").text}
    assert told == set(READERS)
    assert "新しい報告が出ました" not in app.test_client().get("/").text
    tools.clock.move(hours=24 * 14)
    assert "新しい報告が出ました" not in signed_in(app, cast.alice).get("/").text


@pytest.mark.skipif(not has_paper(), reason="WeasyPrint or Pango is missing: pip install '.[pdf]'")
def test_on_paper_it_is_the_same_report_made_once(app: Flask, tools: Toolbox, cast: Cast) -> None:
    put_quarters(tools)
    first = signed_in(app, cast.frank).get("/reports/2026Q3.pdf")
    assert first.content_type == "application/pdf"
    assert re.search(rb"/FontName ?/[A-Z]{6}\+Noto-?Sans-?CJK", inside(first.data))
    (kept,) = (tools.settings.data_dir / "paper").iterdir()
    kept.write_bytes(b"%PDF kept")
    assert signed_in(app, cast.alice).get("/reports/2026Q3.pdf").data == b"%PDF kept"


def test_paper_that_cannot_be_made_leaves_nothing_and_asks_for_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoPaper):
        paper_of(tmp_path, "2026Q3-ja", "<p>", program=("false",))
    assert list((tmp_path / "paper").iterdir()) == []
    for address in ("https://elsewhere.example/x.css", "file:///etc/passwd", "data:text/css,"):
        with pytest.raises(ValueError, match="nothing is fetched"):
            refuse(address)


def test_releases_are_all_that_pages_read(tools: Toolbox) -> None:
    put_quarters(tools)
    with tools.database.reading() as stores:
        bodies = [json.loads(body) for body in stores.content.scalars(select(Release.body))]
    assert {key for body in bodies for key in body} == {"period", "kind", "plan", "cells"}
