"""The reports in the leak suite: words that one organisation alone used lie in the boxes, and what is released is read by
everybody in every form there is."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO

from pypdf import PdfReader
from sqlalchemy import select

from app.db import Stores
from app.insights.keyring import ReporterKeys
from app.insights.models import Release
from app.insights.reporter import Reporter
from app.tallies.models import ReportPeriod, TallyBox
from privacy.plans import is_year_period, release_day
from privacy.pseudonyms import new_id
from privacy.tallies import Tally, organisation_in, seal_tally
from tests.app.insights.quarter import begin
from tests.journeys.browser import Answer
from tests.journeys.canary_story import Planted
from tests.journeys.world import World

TOLD = "海水温"
MANY = 500
ALONE = 30
PDF = b"%PDF"


def begin_counting(world: World) -> None:
    """From here on questions leave tallies."""
    begin(world.tools)


def leave_terms(world: World, planted: Planted) -> None:
    """One word that many organisations used, and some of one each."""
    with world.tools.database.transaction("content") as stores:
        year = next(row for row in planned(stores) if is_year_period(row.key))
        words = [*[TOLD] * MANY, *(planted.word("term") for _ in range(ALONE))]
        for number, word in enumerate(words):
            tally = Tally(organisation_in(year.key, str(number)), "term", word, "", str(new_id()))
            stores.content.add(TallyBox(id=str(new_id()), period=year.key, box=seal_tally(year.public_key, tally)))


def release_reports(world: World) -> None:
    """The quarter and the year are over, and the reporter does its work, with the noise that is planned."""
    tools = world.tools
    with tools.database.reading() as stores:
        day = max(release_day(row.key) for row in planned(stores))
    reporter = Reporter(tools, ReporterKeys(tools.settings.reporter_folder))
    reporter.release(day)
    reporter.destroy_keys()


def planned(stores: Stores) -> list[ReportPeriod]:
    return list(stores.content.scalars(select(ReportPeriod).where(ReportPeriod.plan.is_not(None))))


def report_ids(stores: Stores) -> dict[str, list[str]]:
    """What the addresses of reports can name: what was released, and one period that was not."""
    made = stores.content.execute(select(Release.period, Release.kind)).all()
    over = {period for period, _ in made}
    coming = stores.content.scalars(select(ReportPeriod.key).where(ReportPeriod.key.not_in(over))).first()
    return {"period": [*sorted(over), *filter(None, [coming])], "kind": sorted({kind for _, kind in made})}


def unpacked(answer: Answer) -> Iterator[bytes]:
    """An answer as it is read: of a PDF the words on its pages and in its head."""
    yield answer.headers.encode()
    yield answer.body
    if answer.body.startswith(PDF):
        yield words_of(answer.body)


@cache
def words_of(paper: bytes) -> bytes:
    """The words of a PDF; everybody is given the same one."""
    read = PdfReader(BytesIO(paper))
    return "\n".join([repr(read.metadata), *(page.extract_text() for page in read.pages)]).encode()
