"""Put the plan's organisations and people into the identity store, in the circles the plan drew."""

import random
from collections.abc import Callable, MutableSequence, Sequence
from itertools import zip_longest
from typing import Any

from app.accounts.models import Organisation
from app.accounts.organisations import NewOrganisation, settle_circles
from app.accounts.service import Enrolled, add_organisations, enrol
from app.accounts.signin import password_cost
from app.db import Stores
from app.demo.people import PlannedMember, PlannedOrganisation
from app.demo.plan import Plan
from app.demo_people import PEOPLE
from app.questions.promise import accept_all
from app.wiring import Toolbox


class Arranged(random.Random):
    """A shuffle whose result is known: it lays the organisations out as the plan did, so that circles come out alike."""

    def __init__(self, order: Sequence[str]) -> None:
        super().__init__(0)
        self._place = {organisation_id: place for place, organisation_id in enumerate(order)}

    def shuffle(self, x: MutableSequence[Any]) -> None:
        """Put the list into the arranged order."""
        x[:] = sorted(x, key=lambda organisation_id: self._place[organisation_id])


def settle_people(tools: Toolbox, plan: Plan, *, progress: Callable[[int], None]) -> list[Enrolled]:
    """Everybody in the plan's order. Only the one-tap people can sign in; the other secrets end with this process."""
    with tools.database.transaction("identity", "keys") as stores:
        ids = _add(stores, tools, plan.organisations)
        enrolled = []
        for member in plan.members:
            enrolled.append(_enrol(stores, tools, plan, member, ids[member.organisation]))
            progress(1)
    with tools.database.transaction("content") as stores:
        for one in enrolled:
            accept_all(stores, one.secret, tools.trade.charter, today=plan.today)
    return enrolled


def _add(stores: Stores, tools: Toolbox, planned: Sequence[PlannedOrganisation]) -> list[str]:
    entries = [_entry(number, one) for number, one in enumerate(planned)]
    made = add_organisations(stores, tools.vault, entries=entries, verified=False, rng=random.SystemRandom())
    ids = [organisation_id for organisation_id, _ in made]
    verified = [organisation_id for organisation_id, one in zip(ids, planned, strict=True) if one.verified]
    for organisation_id in verified:
        stores.identity.get_one(Organisation, organisation_id).verified = True
    settle_circles(stores, tools.vault, newcomers=set(verified), rng=Arranged(_in_turn(ids, planned)))
    return ids


def _entry(number: int, one: PlannedOrganisation) -> NewOrganisation:
    return NewOrganisation(
        one.text.name,
        aliases=(one.text.alias,),
        sites=(one.text.site,),
        mail_domains=(f"o{number:02d}.demo.invalid",) if one.verified else (),
        is_company=one.is_company,
    )


def _in_turn(ids: Sequence[str], planned: Sequence[PlannedOrganisation]) -> list[str]:
    """The organisations dealt circle by circle, the largest circle first: how `settle` deals what it shuffled."""
    circles: dict[str, list[str]] = {}
    for organisation_id, one in zip(ids, planned, strict=True):
        if one.verified:
            circles.setdefault(one.circle, []).append(organisation_id)
    hands = sorted(circles.values(), key=len, reverse=True)
    return [organisation_id for turn in zip_longest(*hands) for organisation_id in turn if organisation_id]


def _enrol(stores: Stores, tools: Toolbox, plan: Plan, member: PlannedMember, organisation_id: str) -> Enrolled:
    settings = tools.settings
    mails = {person.key: person.mail for person in PEOPLE}
    return enrol(
        stores,
        tools.vault,
        organisation_id=organisation_id,
        mail=mails.get(member.person, member.mail),
        password=settings.demo_password if member.person else None,
        attributes=member.attributes,
        subjects=member.subjects,
        roles=member.roles,
        cost=password_cost(settings),
        today=plan.today,
    )
