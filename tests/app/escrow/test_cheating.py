"""The ways somebody could cheat at break-glass: the operator, two custodians, anybody with the files."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.clock import today
from app.escrow.bundles import Answer, Seat, pack
from app.escrow.custody import CustodyFolder, CustodyProblem
from app.escrow.models import Custodian, Escrow, EscrowRequest
from app.escrow.reads import find_glass
from app.escrow.rules import EscrowRefused
from app.wiring import Toolbox
from privacy.boxes import new_box_keys, open_box
from privacy.errors import PrivacyError
from privacy.escrow import Escrow as Sealed
from privacy.escrow import answer_request, find_wrong_shares, open_author, open_share
from privacy.shamir import Share
from tests.app.escrow.makers import (
    HOURS,
    PASSPHRASE,
    ROLES,
    answers_of,
    ask_for,
    refused,
    show,
)
from tests.app.questions.makers import answer, publish, published
from tests.cast import Cast


def test_everything_of_the_operators_and_two_custodians_is_not_enough(
    tools: Toolbox, cast: Cast, five: list[CustodyFolder]
) -> None:
    bundle = ask_for(tools, published(tools, cast.alice))
    given = answers_of(five[:2], bundle, now=tools.clock.now())
    tools.clock.move(hours=48)  # type: ignore[attr-defined]
    with refused("too-few"):
        show(tools, bundle, [*given, given[0]])
    # an answer of the operator's own making
    for index in range(6):
        box = answer_request(Share(index, bytes(32)), bundle.digest, bytes.fromhex(bundle.public))
        with pytest.raises(EscrowRefused):
            show(tools, bundle, [*given, Answer(bundle.id, bundle.seats[2].public, pack(box))])
    with tools.database.reading() as stores:
        row = stores.identity.get_one(EscrowRequest, bundle.id)
        assert row.state == "open"  # nothing was used up
        sealed = Sealed.from_bytes(stores.content.get_one(Escrow, bundle.tag).boxes)
        private = [home.keys(PASSPHRASE).private for home in five]
        keys = [tools.vault.ring(purpose)[0].secret for purpose in ("data-key", "members.sealed", "wraps.data")]
        keys.append(tools.vault.data_key(stores, row.key_id).secret)
    shares, opened = [], 0
    for box in sealed.boxes:
        for key in (*private[:2], *keys):
            try:
                shares.append(open_share(key, box, bundle.part, sealed.custodians))
                opened += 1
            except Exception:  # noqa: S112  a thief tries everything
                continue
    assert opened == 2
    # the mutant: with a third private key the same thief has the author
    third = [
        open_share(private[2], box, bundle.part, sealed.custodians) for box in sealed.boxes if _opens(private[2], box)
    ]
    assert open_author(sealed, bundle.part, [*shares, *third]) == cast.alice.member_id


def _opens(private: bytes, box: bytes) -> bool:
    try:
        return bool(open_box(private, box))
    except PrivacyError:
        return False


def test_a_request_for_one_thread_with_anothers_boxes_opens_nothing(
    tools: Toolbox, cast: Cast, five: list[CustodyFolder]
) -> None:
    harmless, wanted = published(tools, cast.alice), published(tools, cast.bob)
    bundle, other = ask_for(tools, harmless), ask_for(tools, wanted)
    swapped = replace(bundle, seats=other.seats)
    half = replace(bundle, tag=other.tag, seats=other.seats)  # the other author's boxes under this thread's name
    for number, forged in enumerate((swapped, half)):
        five[number].receive(forged.to_json(), now=0)
        with pytest.raises(CustodyProblem, match="nothing was opened"):
            five[number].release(forged.id, PASSPHRASE, now=48 * HOURS)


def test_a_request_for_an_answerer_does_not_open_the_asker(
    tools: Toolbox, cast: Cast, five: list[CustodyFolder]
) -> None:
    thread_id = published(tools, cast.alice)
    answer(tools, cast.bob, thread_id)
    publish(tools)
    asker, answerer = (ask_for(tools, thread_id, author=author) for author in (0, 1))
    for number, forged in enumerate((replace(asker, author=1), replace(answerer, tag=asker.tag, seats=asker.seats))):
        five[number].receive(forged.to_json(), now=0)
        with pytest.raises(CustodyProblem, match="nothing was opened"):
            five[number].release(forged.id, PASSPHRASE, now=48 * HOURS)


def test_an_answer_for_one_request_serves_no_other(tools: Toolbox, cast: Cast, five: list[CustodyFolder]) -> None:
    thread_id = published(tools, cast.alice)
    first, second = ask_for(tools, thread_id), ask_for(tools, thread_id)
    old = answers_of(five[:3], first, now=tools.clock.now())
    new = answers_of(five[:2], second, now=tools.clock.now())
    tools.clock.move(hours=48)  # type: ignore[attr-defined]
    for replayed in (old[2], replace(old[2], request=second.id)):
        with refused("wrong-answer"):
            show(tools, second, [*new, replayed])
    assert show(tools, second, [*new, *answers_of(five[2:3], second, now=0)]).mail == cast.alice.mail


def test_a_changed_answer_is_named_and_uses_nothing_up(tools: Toolbox, cast: Cast, five: list[CustodyFolder]) -> None:
    bundle = ask_for(tools, published(tools, cast.alice))
    given = answers_of(five[:3], bundle, now=tools.clock.now())
    tools.clock.move(hours=48)  # type: ignore[attr-defined]
    with tools.database.reading() as stores:
        sealed = Sealed.from_bytes(stores.content.get_one(Escrow, bundle.tag).boxes)
    index = next(at for at, seat in enumerate(bundle.seats, 1) if seat.public == given[1].public)
    lie = Share(index, bytes(32))
    assert find_wrong_shares(sealed, bundle.part, [lie]) == [index]
    forged = replace(given[1], box=pack(answer_request(lie, bundle.digest, bytes.fromhex(bundle.public))))
    with pytest.raises(EscrowRefused) as caught:
        show(tools, bundle, [given[0], forged, given[2]])
    assert caught.value.data["roles"] == [ROLES[1]]
    assert show(tools, bundle, given).mail == cast.alice.mail


def test_a_request_file_that_was_changed_is_refused(tools: Toolbox, cast: Cast, five: list[CustodyFolder]) -> None:
    bundle = ask_for(tools, published(tools, cast.alice), reason="court")
    given = answers_of(five[:3], bundle, now=tools.clock.now())
    tools.clock.move(hours=48)  # type: ignore[attr-defined]
    for changed in (replace(bundle, reason="danger"), replace(bundle, author=1), replace(bundle, salt="00" * 16)):
        with refused("other-request"):
            show(tools, changed, given)
    with refused("no-request"):
        show(tools, replace(bundle, id="0" * 32), given)


def test_keys_swapped_in_secret_show_on_the_page_and_at_the_custodians(
    tools: Toolbox, cast: Cast, five: list[CustodyFolder]
) -> None:
    """The operator writes keys of their own into the table: the page shows other fingerprints, and a real custodian
    finds no box of theirs in the next request."""
    with tools.database.reading() as stores:
        before = find_glass(stores, today=today(tools.clock.now()))
    own = {role: new_box_keys() for role in ROLES[:3]}
    with tools.database.transaction("identity") as stores:
        for row in stores.identity.scalars(select(Custodian).where(Custodian.role.in_(list(own)))):
            row.public = own[row.role].public.hex()
    with tools.database.reading() as stores:
        after = find_glass(stores, today=today(tools.clock.now()))
    assert after.digest != before.digest
    changed = {one.role for one in after.keepers if one not in before.keepers}
    assert changed == set(ROLES[:3])
    bundle = ask_for(tools, published(tools, cast.alice))
    with pytest.raises(CustodyProblem, match="no box"):
        five[0].receive(bundle.to_json(), now=0)
    # real seats painted over the swapped ones: the box does not open under that set
    painted = replace(
        bundle, seats=tuple(Seat(seat.role, five[at].public().hex(), seat.box) for at, seat in enumerate(bundle.seats))
    )
    five[1].receive(painted.to_json(), now=0)
    with pytest.raises(CustodyProblem, match="nothing was opened"):
        five[1].release(painted.id, PASSPHRASE, now=48 * HOURS)
