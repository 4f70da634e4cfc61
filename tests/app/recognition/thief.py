"""A thief with the three files and the root key, who tries everything found for the secret of a badge."""

import base64
import binascii
import re
from collections.abc import Iterator

from sqlalchemy import inspect, select

from app.db import METADATA, STORES
from app.recognition.badging import badge_name
from app.wiring import Toolbox
from privacy.badges import issuer_public
from privacy.counting import badge_public_key
from privacy.errors import PrivacyError
from privacy.pseudonyms import MemberSecret

LENGTH = 32


def secrets_in(tools: Toolbox) -> set[bytes]:
    """Every 32 bytes that a cell is, holds in hex or base64, or holds once the root key has opened it."""
    found: set[bytes] = set()
    for value in cells(tools):
        found |= set(candidates(value))
    return found


def cells(tools: Toolbox) -> Iterator[bytes]:
    """Every cell of every table, as it stands and opened."""
    for name in STORES:
        with tools.database.engines[name].connect() as connection:
            for table in METADATA[name].sorted_tables:
                if not inspect(connection).has_table(table.name):
                    continue
                for row in connection.execute(select(table)).mappings():
                    yield from opened(tools, table, row)


def opened(tools: Toolbox, table: object, row: object) -> Iterator[bytes]:
    """A row's cells, and what stands in the sealed ones."""
    key = next(iter(table.primary_key.columns)).name  # type: ignore[attr-defined]
    for column in table.columns:  # type: ignore[attr-defined]
        value = row[column.name]  # type: ignore[index]
        if isinstance(value, str):
            yield value.encode()
        elif isinstance(value, bytes):
            yield value
            try:
                yield tools.vault.open_bytes(value, table=table.name, column=column.name, row=str(row[key]))  # type: ignore[attr-defined,index]
            except (PrivacyError, ValueError):
                continue


def candidates(value: bytes) -> Iterator[bytes]:
    """What in a cell could be a secret: the whole of it, each 32 bytes of a short one, hex and base64."""
    if len(value) <= 4 * LENGTH:
        yield from (value[at : at + LENGTH] for at in range(len(value) - LENGTH + 1))
    for word in re.findall(rb"[0-9a-f]{64}", value):
        yield bytes.fromhex(word.decode())
    for word in re.findall(rb"[A-Za-z0-9+/]{43}=", value):
        try:
            yield base64.b64decode(word)
        except binascii.Error:
            continue


def holds_badge(secret: bytes, public: bytes) -> bool:
    """Whether this, as the member's secret or as the key itself, answers for the badge."""
    if len(secret) != LENGTH:
        return False
    return public in (badge_public_key(MemberSecret(secret), badge_name(2026)), issuer_public(secret))
