"""Where things of a chart stand: to one scale, nothing said that cannot be, every label in full."""

from app.insights.charts import WIDTH, Chart, Mark, Row, draw, interval_words, wrapped

FIRM = Mark(20, 16, 24, "firm")
UNSAID = Mark(1, -3, 5, "unsaid")
CHANGE = Mark(-8, -12, -4, "firm")


def test_lengths_are_to_one_scale_in_every_panel_and_every_chart_beside() -> None:
    rows = (Row("餌・給餌", (FIRM, UNSAID)), Row("水質", (UNSAID, FIRM)))
    drawing = draw(Chart("a", "題", "文", rows, ("早い", "遅い")))
    first, second = (bar for bar in drawing.bars if bar.grade == "firm")
    assert first.width == second.width
    assert first.low < first.x + first.width < first.high
    alone, beside = draw(Chart("b", "題", "文", rows[:1], ("", ""))), draw(
        Chart("b", "題", "文", rows[:1], ("", ""), beside=(Row("", (Mark(40, 36, 44, "firm"), FIRM)),))
    )  # fmt: skip
    assert alone.bars[0].width > 1.5 * beside.bars[0].width


def test_a_bar_begins_at_nothing_and_what_cannot_be_said_has_a_range_alone() -> None:
    firm, unsaid = draw(Chart("a", "題", "文", (Row("一", (FIRM,)), Row("二", (UNSAID,))))).bars
    assert firm.x == firm.zero
    assert (unsaid.low, unsaid.x) == (unsaid.zero, unsaid.zero)  # no organisations are fewer than none
    assert interval_words(FIRM) == "20 (16–24)"
    assert interval_words(UNSAID) == "0–5"


def test_differences_go_both_ways() -> None:
    drawing = draw(Chart("a", "題", "文", (Row("一", (CHANGE,)), Row("二", (FIRM,))), signed=True))
    less, more = drawing.bars
    assert less.x + less.width == less.zero == more.x
    assert [one.text for one in drawing.ticks] == ["−10", "0", "+10", "+20"]
    assert interval_words(CHANGE, signs=True) == "−8 (−12 … −4)"


def test_everything_stands_inside_and_nothing_is_cut_off() -> None:
    label = "Sea bream, flounder and puffer / Water, temperature and red tide"
    drawing = draw(Chart("a", "題", "文", (Row(label, (FIRM,)), Row("網・いけす・筏", (UNSAID,)))))
    assert " ".join(one.text for one in drawing.labels[:-1]) == label
    assert len(drawing.labels) == 3
    assert all(0 <= bar.low <= bar.high <= WIDTH for bar in drawing.bars)
    assert max(one.y for one in drawing.ticks) < drawing.height
    assert wrapped("病気・へい死", 40) == ["病気・", "へい死"]


def test_without_any_organisation_there_is_still_a_chart() -> None:
    drawing = draw(Chart("a", "題", "文", (Row("一", (Mark(0, 0, 0, "unsaid"),)),)))
    assert [one.text for one in drawing.ticks] == ["0", "1"]
