"""The trade of this process: what the operator set last, without asking the database each time.

Whoever sets a new version writes its number into a small file beside the databases; every process looks at that file's
stamp before a request or a round of work, and reads the database when it changed.
"""

import os
from pathlib import Path
from typing import Final

from app.domains.kept import newest, trade_of
from app.domains.trade import load_trade
from app.wiring import Toolbox

STAMP: Final = "domain-file.version"


def take_current(tools: Toolbox) -> None:
    """Read what counts now. Raises DomainFileProblem."""
    stamp = _stamp(tools)  # before the database: a version that comes meanwhile is read once more
    with tools.database.reading() as stores:
        kept = newest(stores, tools.vault)
    tools.trade = trade_of(kept, load_trade(tools.settings.domain_file))
    tools.trade_stamp = stamp


def keep_current(tools: Toolbox) -> bool:
    """Take a newer version in, if there is one; never counts as work that may bring more."""
    if _stamp(tools) != tools.trade_stamp:
        take_current(tools)
    return False


def tell_others(tools: Toolbox, version: int) -> None:
    """Called when a version has been committed: all processes of this folder take it in, this one at once."""
    path = _path(tools)
    new = path.with_suffix(".new")
    new.write_text(f"{version}\n", encoding="ascii")
    new.replace(path)
    take_current(tools)


def _path(tools: Toolbox) -> Path:
    return tools.settings.data_dir / STAMP


def _stamp(tools: Toolbox) -> object:
    try:
        found = os.stat(_path(tools))
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino
