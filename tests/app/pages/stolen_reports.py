"""What falls with the reporter and with the boxes it counts, and what does not."""

from base64 import b64decode
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from app.accounts.models import Organisation
from app.accounts.organisations import open_organisation
from app.insights.keyring import ReporterKeys
from app.questions.models import Pending, Post, Thread
from app.questions.pending import open_pending
from app.questions.taps import ACCEPT
from app.wiring import Toolbox
from privacy.boxes import open_box
from privacy.errors import WrongKey
from privacy.pseudonyms import owner_tag, peer_tag
from privacy.tallies import open_tally, organisation_in
from tests.app.insights.quarter import begin, boxes, gather, make_reporter, move, release_row, tallies
from tests.app.pages.thieves import PURPOSES, cannot_write_for, file_of, process
from tests.app.questions.makers import answer, ask, make_question, publish, published, tap
from tests.cast import Cast, viewer_of

Q = "2026Q4"


def counted(tools: Toolbox, cast: Cast) -> str:
    """A question about feed that an answer helped, and one about disease; the first one's thread."""
    begin(tools)
    thread_id = published(tools, cast.alice, make_question(topic="feed"))
    published(tools, cast.bob)
    post_id = answer(tools, cast.carol, thread_id)
    publish(tools)
    tap(tools, cast.alice, thread_id, post_id, ACCEPT)
    gather(tools)
    return thread_id


def check_boxes_are_counted(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """How many there are, all alike; the root key opens none of them."""
    counted(tools, cast)
    found = boxes(tools)
    assert len(found) == 3
    assert len({len(box) for box in found}) == 1
    with process(tools) as parts:
        for purpose in (*PURPOSES, "jobs.sealed", "pending.sealed"):
            for key in parts.vault.ring(purpose):
                with pytest.raises(WrongKey):
                    open_box(key.secret, found[0])
    everything = b"".join(file_of(tools, name) for name in ("content", "identity", "keys"))
    for one in tallies(tools, make_reporter(tools), Q):
        assert one.organisation.encode() not in everything
        assert one.tag.encode() not in everything


def check_reporter(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """Exact counts by pseudonym and topic, and which tallies are of one question; nobody's tag, nobody's thread."""
    made = counted(tools, cast)
    told = tallies(tools, make_reporter(tools), Q)
    assert Counter((one.topic, one.state) for one in told) == {
        ("feed", "none"): 1,
        ("feed", "soon"): 1,
        ("disease", "none"): 1,
    }
    assert len({one.organisation for one in told}) == len({one.tag for one in told}) == 2
    with tools.database.reading() as stores:
        tags = {row.owner_tag for row in stores.content.scalars(select(Thread))}
        tags |= {row.author_tag for row in stores.content.scalars(select(Post))}
    assert not tags & {value for one in told for value in (one.tag, one.act, one.organisation)}
    assert owner_tag(cast.alice.secret, made) in tags  # they are what a post could be known by
    assert peer_tag(cast.carol.secret, made) in tags
    with process(tools) as parts:
        assert cannot_write_for(parts, parts.vault, made)


def check_reporter_with_everything(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """With the list of organisations and the root key a pseudonym has a name; and where one question alone is about its
    topic, it is that organisation's."""
    made = counted(tools, cast)
    told = tallies(tools, make_reporter(tools), Q)
    with process(tools) as parts, parts.database.reading() as stores:
        rows = {organisation_in(Q, row.id): row for row in stores.identity.scalars(select(Organisation))}
        named = {one.topic: open_organisation(parts.vault, rows[one.organisation]).name for one in told}
        about = list(stores.content.scalars(select(Thread.id).where(Thread.topic == "feed")))
    assert named == {"feed": "架空水産A", "disease": "架空水産B"}
    assert about == [made]
    assert all(one.organisation not in rows for one in tallies(tools, make_reporter(tools), "2026"))


def check_reporter_moment(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """Copies of several moments: the box in a post that waits, and the one there is more of afterwards, name the
    organisation of a question that is not alone about its topic."""
    counted(tools, cast)
    private, before = make_reporter(tools).keys.pair(Q).private, set(boxes(tools, Q))
    asked = ask(tools, cast.carol, make_question(topic="feed"))
    with process(tools) as parts, parts.database.reading() as stores:
        rows = {organisation_in(Q, row.id): row for row in stores.identity.scalars(select(Organisation))}
        own = rows[organisation_in(Q, viewer_of(tools, cast.carol).organisation_id)]
        waiting = next(
            found
            for row in stores.content.scalars(select(Pending))
            if (found := open_pending(parts.vault, row)).get("id") == asked
        )
        box = next(b64decode(box) for period, box in waiting["tallies"] if period == Q)
        assert rows[open_tally(private, box).organisation] == own
    publish(tools)
    gather(tools)
    (new,) = set(boxes(tools, Q)) - before
    assert rows[open_tally(private, new).organisation] == own


def check_past_is_gone(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """After the report: no key, no box, and of both no copy in any file of the service."""
    counted(tools, cast)
    reporter, found = make_reporter(tools), boxes(tools, Q)
    private = reporter.keys.pair(Q).private
    move(tools, to=date(2027, 1, 15))
    reporter.release(date(2027, 1, 15))
    reporter.destroy_keys()
    tools.database.checkpoint()
    assert release_row(tools, Q, "need") is not None
    assert boxes(tools, Q) == []
    kept = file_of(tools, "content")
    assert not any(box in kept for box in found)
    files = [*Path(tools.settings.data_dir).rglob("*"), *reporter.keys.path.rglob("*")]
    assert not any(private in path.read_bytes() for path in files if path.is_file())


def check_reporter_beside(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """Its keys lie with the others unless the operator gives them a folder of their own; in no database either way."""
    begin(tools)
    keys = ReporterKeys(tools.settings.reporter_folder)
    assert keys.path == tools.settings.key_folder
    assert {path.stat().st_mode & 0o777 for path in keys.path.glob("reporter-*")} == {0o400}
    apart = tools.settings.model_copy(update={"reporter_dir": tools.settings.data_dir / "apart"})
    assert apart.reporter_folder != apart.key_folder
    for period in keys.periods():
        private = keys.pair(period).private
        assert not any(private in file_of(tools, name) for name in ("content", "identity", "keys"))
