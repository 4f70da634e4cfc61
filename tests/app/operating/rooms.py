"""A browser that used the code of `shiome setup`, and what its forms are sent."""

import json
import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.logs.models import SecurityEntry
from app.operating.service import make_code
from app.wiring import Toolbox
from tests.cast import post

NETWORK = {
    "name_ja": "潮目 試験場", "name_en": "Shiome Trial", "tagline_ja": "試すための場所", "company_ja": "架空の運営",
    "goal_ja": "質問の半分に、翌朝までに答えが届く。", "by": "2027-11-30", "does_not_ja": "書いた人を調べません。",
}  # fmt: skip


def new_code(tools: Toolbox) -> str:
    """What `shiome setup` prints."""
    with tools.database.transaction("identity", "content") as stores:
        return make_code(stores, tools.vault, now=tools.clock.now())


def set_up(app: Flask, tools: Toolbox) -> FlaskClient:
    """A browser behind the door."""
    client = app.test_client()
    assert post(client, "/setup", {"code": new_code(tools)}).location == "/setup"
    return client


def events(tools: Toolbox) -> list[str]:
    """The security log's events, oldest first."""
    with tools.database.reading() as stores:
        return list(stores.identity.scalars(select(SecurityEntry.event).order_by(SecurityEntry.number)))


def codes_on(page: str) -> list[str]:
    """The join codes a page shows."""
    return re.findall(r'class="join-code" translate="no">([0-9A-Z-]{14})<', page)


def words_of(value: Any) -> str:
    """Everything a value says, in one string."""
    return json.dumps(value, ensure_ascii=False, default=str)
