"""The parts of a process or command, over a database that is its own network's."""

from app.domains.claim import claim_database
from app.domains.current import take_current
from app.settings import Settings
from app.wiring import Toolbox, build


def open_network(settings: Settings) -> Toolbox:
    """Build the parts, claim the database or check whose it is, and take what the operator set. Raises ForeignDatabase
    and DomainFileProblem."""
    tools = build(settings)
    with tools.database.transaction("content") as stores:
        claim_database(stores, key=tools.trade.network.key, demo=settings.demo, window_seconds=settings.window_seconds)
    take_current(tools)
    return tools
