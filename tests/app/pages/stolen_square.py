"""What a thief reads of the community: writings at places, ballots, consents."""

import json

from sqlalchemy import select

from app.clock import today
from app.community import ballots, consents
from app.community.models import Ballot, Consent, Writing
from app.community.places import tag_at
from app.community.texts import open_parts, words_of
from app.questions.lockers import OWNER
from app.wiring import Toolbox
from privacy.boxes import new_box_keys
from privacy.counting import cast_ballot
from privacy.errors import PrivacyError
from tests.app.community.makers import BODY, opened
from tests.app.pages.thieves import file_of
from tests.cast import Cast, viewer_of

IDEA = "a" * 32


def check_square_is_counted(tools: Toolbox, cast: Cast, _thread_id: str) -> None:
    """How many writings, ballots and consents there are, on which day; no words, no circle, no member."""
    _take_part(tools, cast)
    dump = file_of(tools, "content")
    for word in (BODY, viewer_of(tools, cast.carol).circle, cast.carol.member_id, "直してください"):
        assert word.encode() not in dump
    with tools.database.reading() as stores:
        assert len({len(row.sealed) for row in stores.content.scalars(select(Ballot))}) == 1
        assert len({row.label for row in stores.content.scalars(select(Consent))}) == 2  # of one member, and not alike


def check_square_names_a_circle(tools: Toolbox, cast: Cast, _thread_id: str) -> None:
    """With the root key: words, circles, what notes hold. No member, and no vote without the reporter's key."""
    _take_part(tools, cast)
    circle = viewer_of(tools, cast.carol).circle
    with tools.database.reading() as stores:
        row = stores.content.scalars(select(Writing)).one()
        assert words_of(stores, tools.vault, [row])[row.id]["texts"]["body"] == BODY
        parts = open_parts(tools.vault, row)
        assert parts["circle"] == circle
        notes = ballots.notes_on(stores, tools.vault, purpose="cohort", object=IDEA)
        assert [note for _, note in notes] == [{"circle": circle, "group": "freshwater"}]
        asked = consents.states(stores, tools.vault, IDEA)
        seen = json.dumps([parts, *(note for _, note in notes), *(str(one) for one in asked)])
        assert cast.carol.member_id not in seen
        (box,) = ballots.boxes_on(stores, purpose="idea", object=IDEA)
        try:
            tools.vault.open_bytes(
                box, table="ballots", column="box", row=ballots.label_of(cast.carol.secret, "idea", IDEA)
            )
        except PrivacyError:
            return
    raise AssertionError("the root key opens a vote")


def _take_part(tools: Toolbox, cast: Cast) -> None:
    """carol writes, votes, signs up, and is asked for two consents."""
    place, viewer = opened(tools, cast.carol), viewer_of(tools, cast.carol)
    box = cast_ballot(viewer.secret, "idea", IDEA, organisation=viewer.circle, reporter=new_box_keys().public).box
    note = {"circle": viewer.circle, "group": "freshwater"}
    with tools.database.transaction("content") as stores:
        voted = ballots.cast(stores, tools.vault, viewer=viewer, purpose="idea", object=IDEA, box=box)
        ballots.cast(stores, tools.vault, viewer=viewer, purpose="cohort", object=IDEA, note=note)
        for label in (voted, tag_at(viewer.secret, place, OWNER)):
            consents.ask(
                stores, tools.vault, about=IDEA, label=label, kind="article", today=today(tools.clock.now())
            )  # fmt: skip
        first = consents.states(stores, tools.vault, IDEA)[0]
        consents.answer(
            stores, tools.vault, viewer=viewer, consent_id=first.id, word="change", note="直してください",
            window=tools.window, label_place=place, labels=[voted],
        )  # fmt: skip
