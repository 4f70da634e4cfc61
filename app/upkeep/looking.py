"""Every check, in the order in which one would look."""

from collections.abc import Callable, Iterator
from typing import Final

from app.upkeep import running, stores
from app.upkeep.findings import Finding
from app.web.i18n import gettext as _
from app.web.i18n import lazy
from app.wiring import Toolbox

Check = Callable[[Toolbox], Iterator[Finding]]
QUICK: Final[tuple[Check, ...]] = (
    running.check_version,
    stores.check_stores,
    stores.check_room,
    running.check_keys,
    running.check_processes,
    running.check_queues,
    stores.check_index,
    stores.check_backups,
    running.check_settings,
)
SLOW: Final[tuple[Check, ...]] = (stores.check_sound, running.check_chains, running.check_relay)
TITLES: Final = {
    "version": lazy("プログラム"),
    "stores": lazy("データベース"),
    "room": lazy("ディスク"),
    "keys": lazy("鍵"),
    "processes": lazy("動いているプロセス"),
    "queues": lazy("待っている仕事"),
    "index": lazy("索引"),
    "backups": lazy("写し（バックアップ）"),
    "settings": lazy("設定"),
    "sound": lazy("ファイルの傷み"),
    "logs": lazy("記録"),
    "mail": lazy("メール"),
}


def look(tools: Toolbox, checks: tuple[Check, ...] = QUICK) -> list[Finding]:
    """What the checks find. Where the files cannot be read, the rest is not asked."""
    found: list[Finding] = []
    for check in checks:
        found += check(tools)
        if any(one.part == "stores" and one.state == "bad" for one in found):
            break
    return found


def by_part(findings: list[Finding]) -> dict[str, list[Finding]]:
    """The findings under what the reader calls each part."""
    parts = dict.fromkeys(one.part for one in findings)
    return {_(TITLES[part]): [one for one in findings if one.part == part] for part in parts}
