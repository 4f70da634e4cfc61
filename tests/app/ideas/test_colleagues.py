"""What the board and its notices tell a colleague of a reply that is closed to them."""

from app.ideas import talks
from app.ideas.service import opener_tag
from app.notices.service import notes_of
from app.wiring import Toolbox
from privacy.pseudonyms import peer_tag
from tests.app.ideas.makers import day_of, page, post_idea, reply, row, to_day
from tests.cast import Cast, Person


def told(tools: Toolbox, label: str) -> list[str]:
    with tools.database.reading() as stores:
        return [one.kind for one in notes_of(stores, tools.vault, [label], window=tools.window + 1)]


def joined(tools: Toolbox, person: Person, idea: str) -> int:
    return told(tools, str(peer_tag(person.secret, idea))).count("idea_joined")


def test_nobody_is_told_of_a_colleagues_reply(tools: Toolbox, cast: Cast) -> None:
    idea = post_idea(tools, cast.bob)
    reply(tools, cast.alice, idea)
    reply(tools, cast.carol, idea)
    assert joined(tools, cast.alice, idea) == 1
    reply(tools, cast.dave, idea)
    assert [one.writing.is_mine for one in page(tools, cast.alice, idea).replies] == [True, False]
    assert joined(tools, cast.alice, idea) == 1  # a note of nothing would tell that a colleague wrote
    assert joined(tools, cast.carol, idea) == 1  # the newest takes the place of the one before
    assert told(tools, _opener(tools, idea)) != []


def test_a_reply_that_some_may_not_read_moves_nothing(tools: Toolbox, cast: Cast) -> None:
    idea = post_idea(tools, cast.bob)
    start = row(tools, idea).active_day
    to_day(tools, 8)
    reply(tools, cast.dave, idea)
    assert row(tools, idea).active_day == start
    reply(tools, cast.bob, idea)  # who reads the idea reads its author
    assert row(tools, idea).active_day == day_of(tools).toordinal() > start


def test_a_yes_to_an_earlier_invitation_opens_no_later_talk(tools: Toolbox, cast: Cast) -> None:
    idea = post_idea(tools, cast.alice)

    def invite() -> str:
        with tools.database.transaction("content") as stores:
            talks.invite(
                stores, tools.vault, idea=row(tools, idea), words="x", today=day_of(tools), window=tools.window
            )
            stores.content.flush()
            asked = talks.invitation(stores, tools.vault, idea)
            assert asked is not None
            return asked.id

    first = invite()
    with tools.database.transaction("content") as stores:
        talk = stores.content.get_one(talks.IdeaTalk, idea)
        talk.state = talks.OVER
    second = invite()
    for asked, state in ((first, talks.INVITED), (second, talks.RUNNING)):
        with tools.database.transaction("content") as stores:
            talks.note_answer(stores, tools.vault, {"about": idea, "consent": asked, "state": "yes"})
        with tools.database.reading() as stores:
            assert stores.content.get_one(talks.IdeaTalk, idea).state == state


def _opener(tools: Toolbox, idea: str) -> str:
    with tools.database.reading() as stores:
        return opener_tag(stores, idea)
