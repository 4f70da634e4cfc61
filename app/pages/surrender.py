"""What falls when a part falls, line by line, and the test that tries each line out."""

from app.pages import surrender_parts as parts
from app.pages import surrender_stores as stores
from app.pages.surrender_lines import Component


def components() -> tuple[Component, ...]:
    """Parts of the service, and what a thief of each would hold."""
    return (
        stores.content(),
        stores.identity(),
        stores.keys(),
        stores.root(),
        parts.web(),
        parts.worker(),
        parts.reporter(),
        parts.mail(),
        parts.relay(),
        parts.mailbox(),
        parts.phone(),
        parts.backup(),
        parts.custodian(),
    )
