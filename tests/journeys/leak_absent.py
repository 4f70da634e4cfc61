"""The ways out that privacy.md names and the product does not have: why, and the search that finds one once it is there."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import app as service
from app.db import METADATA
from app.wiring import Toolbox


def routes(tools: Toolbox) -> str:
    """Addresses and names of every route, tables, and modules: where a new way out would have to show itself."""
    made = service.create_app(tools)
    found = [f"{rule.rule} {rule.endpoint}" for rule in made.url_map.iter_rules()]
    found += [table for metadata in METADATA.values() for table in metadata.tables]
    found += [str(path.relative_to(Path(service.__file__).parent)) for path in sources()]
    return "\n".join(found)


def sources() -> list[Path]:
    """Every module and template of the service."""
    root = Path(inspect.getfile(service)).parent
    return sorted(path for path in root.rglob("*") if path.suffix in (".py", ".html"))


def written(_tools: Toolbox) -> str:
    """All of them, read; but for the demo's own start, which asks its own port whether it answers, and what posts."""
    left_out = ("demo/children.py", "demo/commands.py", "mail/posting.py")
    read = [path for path in sources() if not path.as_posix().endswith(left_out)]
    return "\n".join(path.read_text(encoding="utf-8") for path in read)


def in_json(path: Path) -> bool:
    """What answers in JSON or posts it, and the pages that show how: all of it has a channel."""
    answers = ("questions/draft_routes.py", "insights/routes.py", "web/problems.py", "accounts/token_routes.py")
    return path.as_posix().endswith((*answers, "mail/hooks.py", "accounts/webhook.html"))


@dataclass(frozen=True)
class Absent:
    """A channel that does not exist: why, and what would be found if it did."""

    reason: str
    where: Callable[[Toolbox], str] = field(repr=False)
    sign: str  # a pattern
    example: str  # what somebody would write who adds it


ABSENT: dict[str, Absent] = {
    "feed": Absent("nothing is read outside a sign-in", routes, r"feed|\brss|atom\b", "/threads.rss questions.feed"),
    "link to a feed": Absent("the same, on pages", written, r"application/(rss|atom)", 'type="application/rss+xml"'),
    "calls to other hosts": Absent(
        "only the mail relay is spoken to, and members' own machines by the one module that has a channel", written,
        r"^\s*(import|from) (socket|requests|httpx|aiohttp|http\.client|urllib\.request|urllib3|websockets)\b",
        "import urllib.request",
    ),
    "merge results": Absent("threads are never merged", routes, r"merge", "/threads/<thread_id>/merge"),
    "metric labels": Absent(
        "nothing is measured from outside", lambda tools: routes(tools) + written(tools),
        r"/metrics|prometheus|statsd|opentelemetry|sentry", "from prometheus_client import Counter",
    ),
    "reply-to": Absent("nobody reads what would come back", written, r"[Rr]eply-[Tt]o", 'message["Reply-To"]'),
    "JSON to read": Absent(
        "scripts are answered in words where they keep a draft, and what was released is there as it was kept",
        lambda tools: "\n".join(path.read_text(encoding="utf-8") for path in sources() if not in_json(path)),
        r"\bjsonify\b|application/json", "return jsonify(found)",
    ),
}  # fmt: skip

# what privacy.md lists for every release
PROMISED = (
    "page HTML and JSON", "title and meta", "feed", "search", "autocomplete", "mail headers", "body", "reply-to",
    "unsubscribe link", "digest", "attachment bytes and names", "error messages", "redirects and slugs", "webhook",
    "export", "logs", "metric labels", "cache keys", "similar-question lists", "merge results", "admin pages",
    "audit rows of deleted members",
)  # fmt: skip
