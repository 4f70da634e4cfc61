"""The parts of a process or command, over a database that is its own network's."""

from app.domains.claim import claim_database
from app.settings import Settings
from app.wiring import Toolbox, build


def open_network(settings: Settings) -> Toolbox:
    """Build the parts and claim the database, or check whose it is. Raises ForeignDatabase."""
    tools = build(settings)
    with tools.database.transaction("content") as stores:
        claim_database(stores, key=tools.trade.network.key, demo=settings.demo, window_seconds=settings.window_seconds)
    return tools
