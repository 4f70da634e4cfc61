"""What a thief of the reporter's keys learns of votes on ideas."""

import json
from collections import Counter

from sqlalchemy import select

from app.accounts.models import Organisation
from app.community.models import Ballot
from app.ideas.rules import VOTE
from app.insights.keyring import ReporterKeys
from app.wiring import Toolbox
from privacy.boxes import open_box
from privacy.tallies import organisation_in
from tests.app.ideas.makers import day_of, post_idea, reporter, vote
from tests.cast import Cast


def check_reporter_votes(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """How many votes of how many organisations, under names of one idea alone; with the list of organisations, which."""
    reporter(tools).work(day_of(tools))
    one, other = post_idea(tools, cast.alice, "案一"), post_idea(tools, cast.alice, "案二")
    for idea in (one, other):
        for person in (cast.bob, cast.carol):
            vote(tools, person, idea)
    [key] = tools.settings.reporter_folder.glob("reporter-votes-*.key")
    private = ReporterKeys(tools.settings.reporter_folder).pair(key.stem.removeprefix("reporter-")).private
    with tools.database.reading() as stores:
        boxes = [(row.object, row.box or b"") for row in stores.content.scalars(select(Ballot))]
        organisations = list(stores.identity.scalars(select(Organisation.id)))
    opened = [(idea, json.loads(open_box(private, box))) for idea, box in boxes]
    assert all((purpose, about) == (VOTE, idea) for idea, (purpose, about, _by, _label) in opened)
    assert Counter(idea for idea, _vote in opened) == {one: 2, other: 2}
    names = {idea: {vote[2] for about, vote in opened if about == idea} for idea in (one, other)}
    assert not names[one] & names[other]
    assert not {*names[one], *names[other]} & set(organisations)
    with_the_list = {by for by in organisations if organisation_in(one, by) in names[one]}
    assert with_the_list == {cast.organisations["B"], cast.organisations["C"]}
