"""A person walking through the pages, and the mailbox they read."""

import json
import re
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import delete, func, select
from werkzeug.test import TestResponse

from app.accounts.models import Member
from app.jobs.models import Job
from app.keyfiles import KeyFolder
from app.wiring import Toolbox
from privacy.boxes import open_box
from tests.cast import PASSWORD, SUBJECTS, post

ABOUT = {
    "attribute_area": "nagano",
    "attribute_size": "size-10-49",
    "attribute_role": "field",
    "attribute_tenure": "3-9",
}


def take_mail(tools: Toolbox) -> dict[str, Any]:
    """The one mail on its way, opened as the post office would, and taken out."""
    with tools.database.transaction("content") as stores:
        (row,) = stores.content.scalars(select(Job).where(Job.lane == "mail")).all()
        payload = tools.vault.open(row.sealed, table="jobs", column="sealed", row=row.id)
        stores.content.execute(delete(Job))
    private = KeyFolder(tools.settings.key_folder).post_office().private
    return {"kind": payload["kind"], **json.loads(open_box(private, bytes.fromhex(payload["box"])))}


def ask_for_code(client: FlaskClient, tools: Toolbox, address: str) -> dict[str, str]:
    """Step 1; gives the mail's words: code and link."""
    response = post(client, "/sign-up", {"mail": address})
    assert (response.status_code, response.location) == (303, "/sign-up/code")
    words: dict[str, str] = take_mail(tools)["words"]
    return words


def prove(client: FlaskClient, tools: Toolbox, address: str) -> None:
    """Steps 1 and 2."""
    words = ask_for_code(client, tools, address)
    response = post(client, "/sign-up/code", {"code": words["code"]})
    assert (response.status_code, response.location) == (303, "/sign-up/organisation")


def walk_to_recovery(client: FlaskClient, tools: Toolbox, address: str, way: dict[str, str]) -> str:
    """Steps 1 to 5; gives the recovery code on the page of step 6."""
    prove(client, tools, address)
    assert post(client, "/sign-up/organisation", dict(way)).location == "/sign-up/about"
    about = post(client, "/sign-up/about", {**ABOUT, "subjects": list(SUBJECTS)})
    assert about.location == "/sign-up/password"
    assert post(client, "/sign-up/password", {"password": PASSWORD}).location == "/sign-up/recovery"
    return code_on(client.get("/sign-up/recovery"))


def walk(client: FlaskClient, tools: Toolbox, address: str, way: dict[str, str]) -> TestResponse:
    """All of signing up."""
    code = walk_to_recovery(client, tools, address, way)
    return post(client, "/sign-up/recovery", {"last_group": code[-4:].lower()})


def code_on(response: TestResponse) -> str:
    """The recovery code a page shows."""
    found = re.search(r'class="recovery-code"[^>]*>(.*?)</p>', response.text, re.S)
    assert found, response.status_code
    return unescape(re.sub(r"<[^>]+>", "", found[1])).strip()


def members(tools: Toolbox) -> int:
    """How many members there are."""
    with tools.database.reading() as stores:
        return stores.identity.scalar(select(func.count()).select_from(Member)) or 0
