"""Marks: one a member, kind and object; nobody but its own session can tell whose; gone with its member."""

from collections import Counter

from sqlalchemy import select

from app.questions.erasing import withdraw_part
from app.questions.marks import MarkRow, all_own, drop_mark, mark_label, marks_of, own_mark, put_mark
from app.questions.models import Mark, Post, Thread
from app.wiring import Toolbox
from privacy.pseudonyms import MemberSecret, owner_tag, peer_tag
from tests.app.questions.makers import answer, publish, published
from tests.cast import Cast, Person


def answered(tools: Toolbox, cast: Cast) -> tuple[str, str]:
    thread_id = published(tools, cast.alice)
    post_id = answer(tools, cast.bob, thread_id)
    publish(tools)
    return thread_id, post_id


def tap(tools: Toolbox, person: Person, thread_id: str, kind: str, object: str, **value: object) -> str:
    with tools.database.transaction("content") as stores:
        return put_mark(
            stores, tools.vault, secret=person.secret, thread_id=thread_id, kind=kind, object=object, value=value
        )


def read(tools: Toolbox, thread_id: str) -> list[MarkRow]:
    with tools.database.reading() as stores:
        return marks_of(stores, tools.vault, thread_id)


def test_a_mark_stands_once_and_is_set_anew(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    for value in ("first", "second"):
        tap(tools, cast.carol, thread_id, "outdated", post_id, comment=value)
    (mark,) = read(tools, thread_id)
    assert (mark.kind, mark.object, mark.value) == ("outdated", post_id, {"comment": "second"})
    with tools.database.reading() as stores:
        mine = own_mark(stores, tools.vault, secret=cast.carol.secret, kind="outdated", object=post_id)
        assert mine == mark
        for kind, object in (("worked", post_id), ("outdated", thread_id)):
            assert own_mark(stores, tools.vault, secret=cast.carol.secret, kind=kind, object=object) is None
        assert own_mark(stores, tools.vault, secret=cast.dave.secret, kind="outdated", object=post_id) is None


def test_it_is_taken_back_by_its_own_secret_alone(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    tap(tools, cast.carol, thread_id, "worked", post_id)
    with tools.database.transaction("content") as stores:
        assert not drop_mark(stores, secret=cast.dave.secret, kind="worked", object=post_id)
        assert drop_mark(stores, secret=cast.carol.secret, kind="worked", object=post_id)
    assert read(tools, thread_id) == []


def test_a_member_finds_all_of_theirs_and_nobody_elses(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    other, _ = answered(tools, cast)
    mine = {tap(tools, cast.carol, thread_id, kind, post_id) for kind in ("worked", "outdated", "flag")}
    mine.add(tap(tools, cast.carol, other, "flag", other))
    tap(tools, cast.bob, thread_id, "flag", thread_id)
    with tools.database.reading() as stores:
        assert {one.label for one in all_own(stores, tools.vault, cast.carol.secret)} == mine
        assert all_own(stores, tools.vault, cast.dave.secret) == []


def linked_by(label_of: object, tools: Toolbox, cast: Cast, known: list[str]) -> list[int]:
    """The attacker: holds the file and every key, and knows the tags of everybody's posts; joins marks by label.

    Gives how many marks stand together for each label, or part of one, that it meets anywhere else.
    """
    people = (cast.bob, cast.carol, cast.dave)
    labels = [label_of(one.secret, "worked", object) for one in people for object in known]  # type: ignore[operator]
    tags = {str(make(one.secret, object)) for one in people for object in known for make in (owner_tag, peer_tag)}
    met = Counter(label[start : start + 12] for label in labels for start in range(21))
    return [count for part, count in met.items() if count > 1 or any(part in tag for tag in tags)]


def by_member(secret: MemberSecret, kind: str, object: str) -> str:
    """The mutant: one label a member, with the object behind it."""
    return mark_label(secret, kind, "")[:24] + object[:8]


def test_neither_two_marks_nor_a_mark_and_a_post_stand_together(tools: Toolbox, cast: Cast) -> None:
    known = [f"{number:032x}" for number in range(200)]
    assert linked_by(mark_label, tools, cast, known) == []
    assert max(linked_by(by_member, tools, cast, known)) >= 200


def test_rows_say_neither_what_nor_in_which_order(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    tap(tools, cast.carol, thread_id, "worked", post_id)
    tap(tools, cast.dave, thread_id, "outdated", post_id, comment="あ" * 200, circles=["c" * 32] * 4)
    with tools.database.reading() as stores:
        rows = list(stores.content.scalars(select(Mark)))
        posts = list(stores.content.scalars(select(Post)))
    assert len({len(row.sealed) for row in rows}) == 1
    assert [row.label for row in rows] == sorted(row.label for row in rows)
    open_values = {row.label for row in rows}
    assert not open_values & {value for post in posts for value in (post.id, post.author_tag, post.key_id)}


def test_marks_go_with_their_thread(tools: Toolbox, cast: Cast) -> None:
    """A question to which nobody else wrote goes as a whole when its author takes it back."""
    thread_id = published(tools, cast.alice)
    tap(tools, cast.carol, thread_id, "outdated", thread_id)
    with tools.database.transaction("content", "keys") as stores:
        thread = stores.content.get_one(Thread, thread_id)
        withdraw_part(stores, tools.vault, thread_id=thread_id, tag=thread.owner_tag, key_id=thread.key_id)
    assert read(tools, thread_id) == []
