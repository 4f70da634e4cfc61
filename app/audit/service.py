"""Keep the newest report. An audit itself writes nothing else."""

from sqlalchemy import delete

from app.audit.models import Audit
from app.audit.rules import Report
from app.audit.sealed import seal_report
from app.db import Stores
from app.sealing import Vault
from privacy.pseudonyms import new_id


def keep_report(stores: Stores, vault: Vault, *, report: Report) -> None:
    """Put this report in the place of the one before; writes content."""
    stores.content.execute(delete(Audit))
    stores.content.add(seal_report(vault, report, str(new_id())))
