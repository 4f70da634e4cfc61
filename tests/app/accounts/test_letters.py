"""Mailed codes: too long to guess, few a day, and only the newest begins anybody afresh."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Verification
from app.accounts.rules import new_mailed_code
from app.clock import SetClock
from app.jobs.models import Job
from app.web.limits import LETTERS_PER_DAY
from app.wiring import Toolbox
from privacy.recovery import ALPHABET
from tests.app.accounts.test_fresh_start import code_in, letters
from tests.cast import Cast, post

PATHS = ["/start-afresh", "/sign-up"]


def waiting(tools: Toolbox) -> int:
    with tools.database.reading() as stores:
        return stores.content.scalar(select(func.count()).select_from(Job).where(Job.lane == "mail")) or 0


def test_a_code_has_forty_bits() -> None:
    codes = {new_mailed_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert all(re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", code) for code in codes)
    assert {letter for code in codes for letter in code} == {*ALPHABET, "-"}
    assert len(ALPHABET) ** 8 == 2**40


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("0", "O")])
def test_typed_by_hand(app: Flask, tools: Toolbox, cast: Cast, tmp_path: Path, typed: object) -> None:
    client = app.test_client()
    post(client, "/start-afresh", {"mail": cast.alice.mail})
    assert callable(typed)
    code = typed(code_in(letters(tools, tmp_path)[0]))
    assert post(client, "/start-afresh/code", {"code": code}).location == "/start-afresh/password"


def test_the_newest_code_ends_the_one_before(app: Flask, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    old, new = app.test_client(), app.test_client()
    post(old, "/start-afresh", {"mail": cast.alice.mail})
    first = code_in(letters(tools, tmp_path)[0])
    post(new, "/start-afresh", {"mail": cast.alice.mail.upper()})
    second = next(code for one in letters(tools, tmp_path) if (code := code_in(one)) != first)
    assert post(old, "/start-afresh/code", {"code": first}).location == "/start-afresh"
    assert post(new, "/start-afresh/code", {"code": second}).location == "/start-afresh/password"
    third = app.test_client()
    post(third, "/start-afresh", {"mail": cast.alice.mail})
    assert new.get("/start-afresh/password").status_code == 200  # what is proven is not ended by who asks for more
    with tools.database.reading() as stores:
        assert len(list(stores.identity.scalars(select(Verification).where(Verification.state == "sent")))) == 1


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("known", [True, False])
def test_a_mailbox_gets_few_letters_a_day(
    app: Flask, tools: Toolbox, clock: SetClock, cast: Cast, path: str, known: bool
) -> None:
    """Counted alike for an address with an account and one without, and the page does not change."""
    name = "alice" if known else "xlice"
    hide = re.compile(r'csrf_token" value="[^"]+"|X-CSRFToken": "[^"]+"')
    pages = set()
    for turn in range(LETTERS_PER_DAY + 3):
        client = app.test_client()
        mail = f"{name}@mail.example" if turn % 2 else f"{name.title()}@mail.example"
        assert post(client, path, {"mail": mail}).location == f"{path}/code"
        pages.add(hide.sub("", client.get(f"{path}/code").text))
        assert waiting(tools) == min(turn + 1, LETTERS_PER_DAY)
    assert len(pages) == 1
    post(app.test_client(), path, {"mail": f"{name}+more@mail.example"})
    assert waiting(tools) == LETTERS_PER_DAY
    clock.move(hours=24)
    post(app.test_client(), path, {"mail": f"{name}@mail.example"})
    assert waiting(tools) == LETTERS_PER_DAY + 1


def test_whoever_fills_the_day_ends_no_code(app: Flask, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    owner = app.test_client()
    for _ in range(LETTERS_PER_DAY - 1):
        post(app.test_client(), "/start-afresh", {"mail": cast.alice.mail})
    known = {code_in(one) for one in letters(tools, tmp_path)}
    post(owner, "/start-afresh", {"mail": cast.alice.mail})
    code = next(code for one in letters(tools, tmp_path) if (code := code_in(one)) not in known)
    for _ in range(3):
        post(app.test_client(), "/start-afresh", {"mail": cast.alice.mail})
    assert post(owner, "/start-afresh/code", {"code": code}).location == "/start-afresh/password"
