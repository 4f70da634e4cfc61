"""A network large enough for crowds, made through the service."""

import random

from app.accounts import service as accounts
from app.accounts.organisations import NewOrganisation
from app.accounts.signin import password_cost
from app.clock import today
from app.domains.service import refresh_open_vectors
from app.wiring import Toolbox
from tests.conftest import claim


def settle_network(tools: Toolbox, *, organisations: int = 24, each: int = 9, seed: int = 1) -> None:
    """Organisations of one or two groups, their people, and the first table."""
    rng, day = random.Random(seed), today(tools.clock.now())
    claim(tools, demo=False)
    entries = [NewOrganisation(f"架空養魚場{n}") for n in range(organisations)]
    with tools.database.transaction("identity", "keys") as stores:
        made = accounts.add_organisations(stores, tools.vault, entries=entries, verified=True, rng=rng)
    groups = [tools.trade.groups[n % 2] for n in range(organisations)]
    with tools.database.transaction("identity", "keys") as stores:
        for (organisation, _), group in zip(made, groups, strict=True):
            for n in range(each):
                subjects = [one.key for one in rng.sample(group.subjects, rng.choice((1, 2)))]
                accounts.enrol(
                    stores,
                    tools.vault,
                    organisation_id=organisation,
                    mail=f"{organisation}-{n}@mail.example",
                    password="いけすの上の朝はやく",
                    attributes={one.key: rng.choice(one.values[:2]).key for one in tools.trade.attributes},
                    subjects=subjects,
                    cost=password_cost(tools.settings),
                    today=day,
                )
    with tools.database.transaction("identity", "keys", "content") as stores:
        refresh_open_vectors(stores, tools.vault, tools.trade, tools.settings, today=day)
