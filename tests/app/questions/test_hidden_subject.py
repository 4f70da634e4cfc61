"""A question that shows its group only: nobody finds out by answering which subject it hides."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from app.accounts.identity import open_identity, seal_identity
from app.accounts.models import Member as Row
from app.questions import answers
from app.questions.rules import BadText
from app.wiring import Toolbox
from privacy.anonymity import SUBJECT, Member
from tests.app.questions.makers import answer, make_question, open_table_with, published, set_profile
from tests.app.questions.test_answer import WORDS, pending
from tests.cast import ATTRIBUTES, Cast, Person, post, signed_in

TROUT, COHO = "rainbow-trout", "coho-salmon"
PROBES = {
    "sent": {"text": WORDS},
    "too long, so that nothing stays": {"text": "網" * 8001},
    "empty": {"text": " "},
    "without ink": {"text": "\u3164\u200b"},
    "back": {"text": WORDS, "do": "back"},
    "a second look": {"text": WORDS, "do": "look"},
    "under a pen name": {"text": WORDS, "sign": "pen"},
}


def crowd() -> list[Member]:
    kinds = [(TROUT,)] * 20 + [(COHO,)] * 20 + [(TROUT, COHO)] * 20
    return [Member(f"m{n}", "salmonids", f"o{n % 10}", ATTRIBUTES, frozenset(kind)) for n, kind in enumerate(kinds)]


def keeps_only(tools: Toolbox, person: Person, *subjects: str) -> None:
    with tools.database.transaction("identity") as stores:
        row = stores.identity.get_one(Row, person.member_id)
        key = tools.vault.data_key(stores, row.key_id)
        row.sealed = seal_identity(key, replace(open_identity(key, row), subjects=subjects), row.id)


def asked_about(app: Flask, tools: Toolbox, cast: Cast, subject: str, probe: dict[str, str]) -> str:
    """What the attacker sees of one try, without what is random in every page."""
    path = f"/threads/{published(tools, cast.alice, make_question(subject=subject))}"
    bob = signed_in(app, cast.bob)
    shown = bob.get(path).text
    tried = post(bob, f"{path}/answer", {"token": subject, "level_subject": "0", **probe}, page=path)
    seen = f"{shown}\n{tried.status_code} {tried.headers.get('Location', '')}\n{tried.text}\n{pending(tools)}"
    seen = re.sub(r'(name="(?:csrf_token|token|opened|seen)"[^>]*value=)"[^"]*"', r"\1", seen)
    seen = re.sub(r'("X-CSRFToken": )"[^"]*"', r"\1", seen)
    seen = seen.replace('name="word" value="1" checked', 'name="word" value="1"')  # a draw by member and thread
    return re.sub(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", "id", seen).replace(subject, "subject")


def tells_them_apart(app: Flask, tools: Toolbox, cast: Cast, probe: dict[str, str]) -> bool:
    """Whether the attacker's page differs between two threads that differ in nothing but the hidden subject."""
    one, other = [asked_about(app, tools, cast, subject, probe) for subject in (TROUT, COHO)]
    return one != other


@pytest.fixture
def attacked(tools: Toolbox, cast: Cast) -> None:
    """Bob keeps one of the two and shows it: his own level of the subject is open to him everywhere."""
    open_table_with(tools, {SUBJECT: 0}, people=crowd())
    set_profile(tools, cast.bob, subject=0)
    keeps_only(tools, cast.bob, TROUT)


@pytest.mark.usefixtures("attacked")
@pytest.mark.parametrize("probe", PROBES)
def test_no_answer_tells_which_subject_is_hidden(app: Flask, tools: Toolbox, cast: Cast, probe: str) -> None:
    assert not tells_them_apart(app, tools, cast, PROBES[probe])


@pytest.mark.usefixtures("attacked")
def test_the_attacker_reads_it_where_the_hidden_subject_is_judged(
    app: Flask, tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "_told_levels", lambda _access, levels: dict(levels))
    assert tells_them_apart(app, tools, cast, PROBES["sent"])


@pytest.mark.usefixtures("attacked")
def test_a_text_that_cannot_be_stored_is_refused_before_the_crowd_is_asked(
    tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_args: object, **_more: object) -> int:
        raise AssertionError("the crowd was asked")

    monkeypatch.setattr(answers, "check_crowd", asked)
    thread_id = published(tools, cast.alice)
    for text in (" ", "\u200b", "網" * 8001):
        with pytest.raises(BadText):
            answer(tools, cast.bob, thread_id, text, levels={"subject": 0})


@pytest.mark.usefixtures("attacked")
@pytest.mark.parametrize(("levels", "offered"), [({}, False), ({"subject": 0}, True)])
def test_the_subject_is_offered_where_the_question_names_one(
    app: Flask, tools: Toolbox, cast: Cast, levels: dict[str, int], offered: bool
) -> None:
    set_profile(tools, cast.alice, subject=0)
    path = f"/threads/{published(tools, cast.alice, make_question(subject=TROUT, levels=levels))}"
    assert ('name="level_subject"' in signed_in(app, cast.bob).get(path).text) is offered
