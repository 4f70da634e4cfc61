"""What a browser keeps for when there is no network: static files and one page, the same for everybody."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from flask_login import current_user

from app.questions.phone import phone_label
from app.settings import Settings

STATIC: Final = Path(__file__).parent.parent / "static"
KEPT: Final = (".css", ".js", ".svg", ".webmanifest")


@cache
def worker_script(static_url: str) -> str:
    """The worker of /sw.js: the files it keeps, the lines of store.js, and its own.

    A worker that imports modules is not known to every browser, so the lines stand in it.
    """
    files = sorted(path for path in STATIC.rglob("*") if path.suffix in KEPT and path.name != "worker.js")
    listed = [f"{static_url}/{path.relative_to(STATIC).as_posix()}" for path in files]
    store, worker = ((STATIC / "js" / name).read_text(encoding="utf-8") for name in ("store.js", "worker.js"))
    return f"const files = {json.dumps(listed)};\n{store.replace('export ', '')}\n{worker}"


def phone_of(settings: Settings, *, own_phone: bool) -> dict[str, Any] | None:
    """Whose the viewer's phone is, and for how long it shows what they wrote there without a new sign-in."""
    viewer = current_user
    if not viewer.is_authenticated or "member" not in viewer.roles:
        return None
    minutes = settings.own_phone_days * 24 * 60 if own_phone else settings.idle_minutes
    return {"label": phone_label(viewer.secret), "minutes": minutes}
