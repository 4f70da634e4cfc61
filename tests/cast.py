"""The standing cast: the same nine people in every test.

alice  practitioner of organisation A        dave   her colleague
bob    expert of organisation B              carol  expert of organisation C
erin   coordinator, of organisation D        frank  analyst of the operating company
heidi  operator of the operating company         oscar  its auditor
grace  outsider: her organisation is not verified yet
"""

import random
import re
from dataclasses import dataclass, field
from typing import Protocol

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts import service
from app.accounts.models import Member
from app.accounts.sessions import make_viewer
from app.accounts.signin import password_cost
from app.accounts.viewer import Viewer
from app.clock import today
from app.questions.promise import accept_all
from app.wiring import Toolbox
from privacy.pseudonyms import MemberSecret
from tests.watch import WATCH

PASSWORD = "いけすの上の朝はやく"
ATTRIBUTES = {"area": "nagano", "size": "size-10-49", "role": "field", "tenure": "3-9"}
ORGANISATIONS = ("A", "B", "C", "D", "company", "unverified")
SUBJECTS = ("rainbow-trout", "coho-salmon")
# who: organisation, roles
PEOPLE: dict[str, tuple[str, tuple[str, ...]]] = {
    "alice": ("A", ("member",)),
    "bob": ("B", ("member",)),
    "carol": ("C", ("member",)),
    "dave": ("A", ("member",)),
    "erin": ("D", ("member", "coordinator")),
    "frank": ("company", ("analyst",)),
    "grace": ("unverified", ("member",)),
    "heidi": ("company", ("operator",)),
    "oscar": ("company", ("auditor",)),
}


class Enrolled(Protocol):
    """Whoever is a member: the cast, and the people of the journeys."""

    @property
    def member_id(self) -> str: ...

    @property
    def secret(self) -> MemberSecret: ...


@dataclass(frozen=True)
class Person:
    """One of the cast, with all that only a test may know together."""

    name: str
    mail: str
    password: str
    member_id: str
    organisation_id: str
    secret: MemberSecret
    recovery_code: str


@dataclass(frozen=True)
class Cast:
    """Everybody: `cast.alice`, or `cast["alice"]`."""

    people: dict[str, Person]
    organisations: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def __getattr__(self, name: str) -> Person:
        try:
            people: dict[str, Person] = self.__dict__["people"]
            return people[name]
        except KeyError:
            raise AttributeError(name) from None


def make_cast(tools: Toolbox) -> Cast:
    """Enrol everybody."""
    organisations, codes = {}, {}
    rng = random.Random(7)
    with tools.database.transaction("identity", "keys") as stores:
        for name in ORGANISATIONS:
            organisations[name], codes[name] = service.add_organisation(
                stores,
                tools.vault,
                name=f"架空水産{name}",
                mail_domains=[f"{name.lower()}.example"] if name != "unverified" else [],
                is_company=name == "company",
                verified=name != "unverified",
                rng=rng,
            )
    people = {name: make_person(tools, name, organisations[at], roles=roles) for name, (at, roles) in PEOPLE.items()}
    return Cast(people, organisations, codes)


def make_person(
    tools: Toolbox,
    name: str,
    organisation_id: str,
    *,
    roles: tuple[str, ...] = ("member",),
    subjects: tuple[str, ...] = SUBJECTS,
    attributes: dict[str, str] | None = None,
) -> Person:
    """Enrol one more."""
    mail = f"{name}@mail.example"
    with tools.database.transaction("identity", "keys") as stores:
        enrolled = service.enrol(
            stores,
            tools.vault,
            organisation_id=organisation_id,
            mail=mail,
            password=PASSWORD,
            attributes=attributes or ATTRIBUTES,
            subjects=subjects,
            roles=roles,
            cost=password_cost(tools.settings),
            today=today(tools.clock.now()),
        )
    assert enrolled.recovery_code
    come_in(tools, enrolled.secret)
    WATCH.secrets.append(enrolled.secret)
    return Person(name, mail, PASSWORD, enrolled.member_id, organisation_id, enrolled.secret, enrolled.recovery_code)


def come_in(tools: Toolbox, *secrets: MemberSecret) -> None:
    """Let these people have accepted the statement, and done their first steps."""
    with tools.database.transaction("content") as stores:
        for secret in secrets:
            accept_all(stores, secret, tools.trade.charter, today=today(tools.clock.now()))


def promise(client: FlaskClient, tools: Toolbox) -> TestResponse:
    """Accept the statement in a browser, as somebody new does."""
    items = [one.key for one in tools.trade.charter.items]
    return post(client, "/welcome/promises", {"promise": items})


def csrf_of(client: FlaskClient, path: str) -> str:
    """The token in the forms of a page."""
    return token_in(client.get(path))


def token_in(response: TestResponse) -> str:
    """The token in a page already fetched."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', response.text)
    assert found, f"no form on the page ({response.status_code})"
    return found[1]


def post(client: FlaskClient, path: str, data: dict[str, object] | None = None, *, page: str = "") -> TestResponse:
    """Submit a form of `page` (default: of the path itself) as a browser would, with its token."""
    return client.post(path, data={"csrf_token": csrf_of(client, page or path), **(data or {})})


def sign_in(client: FlaskClient, person: Person, *, own_phone: bool = False) -> TestResponse:
    """Sign a client in through the ordinary form."""
    fields = {"mail": person.mail, "password": person.password, **({"own_phone": "1"} if own_phone else {})}
    response = post(client, "/sign-in", dict(fields))
    assert response.status_code == 303, response.status_code
    return response


def signed_in(app: Flask, person: Person, *, own_phone: bool = False) -> FlaskClient:
    """A fresh browser of this person."""
    client = app.test_client()
    sign_in(client, person, own_phone=own_phone)
    return client


def viewer_of(tools: Toolbox, person: Enrolled) -> Viewer:
    """The person as a service sees them, without HTTP."""
    with tools.database.reading() as stores:
        member = stores.identity.get(Member, person.member_id)
        assert member is not None
        return make_viewer(
            stores,
            tools.vault,
            member=member,
            secret=person.secret,
            session_id="0" * 64,
            today=today(tools.clock.now()),
        )
