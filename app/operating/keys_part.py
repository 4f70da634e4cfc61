"""Part 4: the key files and which process needs which; the custodians, and the commands that change either."""

import fcntl
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import request
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.clock import today
from app.escrow.models import Custodian
from app.escrow.reads import find_glass
from app.operating.gate import Room
from app.operating.rules import KEYS
from app.operating.service import note_done
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox
from privacy.shamir import SHARES

LANES: Final = {"worker": "work", "post-office": "mail", "reporter": "report"}
PRIVATE_MODE: Final = 0o400


@dataclass(frozen=True, slots=True)
class KeyFileLine:
    """One file as this process finds it; nothing of what it holds."""

    name: str
    who: str
    state: str
    is_right: bool


def show(room: Room) -> Response:
    """What is there and what is missing."""
    tools = toolbox()
    if request.method == "POST":
        with tools.database.transaction("content") as stores:
            note_done(stores, tools.vault, step=KEYS, today=today(tools.clock.now()))
        return room.go(room.following)
    with tools.database.reading() as stores:
        glass = find_glass(stores, today=today(tools.clock.now()))
        asked = list(stores.identity.scalars(select(Custodian.role).where(Custodian.state == "asked")))
    return room.page(
        files=key_files(tools.settings.key_folder), folder=str(tools.settings.key_folder),
        processes=processes(tools), glass=glass, asked=sorted(asked), shares=SHARES,
    )  # fmt: skip


def key_files(folder: Path) -> list[KeyFileLine]:
    """Root keys, then the post office's two halves."""
    names = sorted(path.name for path in folder.glob("root-*.key")) or ["root-0001.key"]
    all_of_them = _("ウェブ・作業・郵便の3つとも")
    return [
        *(_line(folder / name, all_of_them) for name in names),
        _line(folder / "post-office.pub", all_of_them),
        _private_half(folder / "post-office.key"),
    ]


def _line(path: Path, who: str) -> KeyFileLine:
    if not path.exists():
        return KeyFileLine(path.name, who, _("ありません"), is_right=False)
    mode = path.stat().st_mode & 0o777
    if path.suffix == ".key" and mode != PRIVATE_MODE:
        return KeyFileLine(path.name, who, _("ほかの人も読めます（{mode}）").format(mode=f"{mode:04o}"), is_right=False)
    return KeyFileLine(path.name, who, _("あります（{mode}）").format(mode=f"{mode:04o}"), is_right=True)


def _private_half(path: Path) -> KeyFileLine:
    """The one that the web process should not have where it can be helped."""
    who = _("郵便だけ")
    if not path.exists():
        return KeyFileLine(path.name, who, _("このウェブの場所にはありません（よい状態です）"), is_right=True)
    line = _line(path, who)
    told = _("ウェブと同じ場所にあります。郵便を別の利用者で動かすと、盗まれたときの被害が減ります")
    return KeyFileLine(line.name, who, told if line.is_right else line.state, line.is_right)


def processes(tools: Toolbox) -> list[tuple[str, str, bool]]:
    """The command of each process, what it is, and whether one runs on this machine."""
    told = {
        "worker": _("作業（公開・照合）"),
        "post-office": _("郵便（メールを送る）"),
        "reporter": _("集計（報告を作る）"),
    }
    web = ("shiome serve", _("ウェブ（このページ）"), True)
    folder = tools.database.folder
    return [web, *((f"shiome {name}", told[name], is_running(folder, lane)) for name, lane in LANES.items())]


def is_running(folder: Path, lane: str) -> bool:
    """Whether a living process holds one of this lane's names (`app.jobs.worker.take_name`)."""
    return any(_is_held(path) for path in folder.glob(f"{lane}-*.lock"))


def _is_held(path: Path) -> bool:
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
