"""What a sign-in changes: it stands apart until the quarter is over, and then goes into everybody's rows together.

Two copies of the identity file of other days would otherwise say who came between them, and beside what came out in
those days who wrote it. Copies leave these tables out: a restore forgets who was here in the quarter that is running
until they come again, and their wraps are renewed again then.
"""

from datetime import date

from sqlalchemy import Select, delete, func, select, update

from app.accounts.models import Arrival, Member, RenewedWrap
from app.accounts.models import Wrap as WrapRow
from app.accounts.rules import quarter_of
from app.db import Stores
from privacy.wraps import Wrap


def note(stores: Stores, *, member: Member, today: date) -> None:
    """Note that a member is here this quarter. Writes identity."""
    quarter = quarter_of(today)
    if member.active_quarter != quarter and stores.identity.get(Arrival, (quarter, member.id)) is None:
        stores.identity.add(Arrival(quarter=quarter, member_id=member.id))


def note_renewed(stores: Stores, *, member_id: str, wrap: Wrap, today: date) -> None:
    """Let a wrap of the same password at another cost take the place of the one there. Writes identity."""
    wanted = select(WrapRow.id).where(WrapRow.member_id == member_id, WrapRow.kind == wrap.kind)
    wrap_id, data = stores.identity.scalar(wanted), wrap.to_json().encode()
    if wrap_id is None:
        return
    row = stores.identity.get(RenewedWrap, wrap_id)
    if row is None:
        stores.identity.add(RenewedWrap(wrap_id=wrap_id, quarter=quarter_of(today), data=data))
    else:
        row.data = data


def arrived(since: int) -> Select[str]:
    """The members noted in this quarter or a later one."""
    return select(Arrival.member_id).where(Arrival.quarter >= since)


def settle(stores: Stores, *, today: date) -> None:
    """Put what quarters that are over left into the rows, all of it together. Writes identity."""
    quarter = quarter_of(today)
    came = select(Arrival.member_id).where(Arrival.quarter < quarter)
    last = select(func.max(Arrival.quarter)).where(Arrival.member_id == Member.id, Arrival.quarter < quarter)
    over = select(RenewedWrap.wrap_id).where(RenewedWrap.quarter < quarter)
    data = select(RenewedWrap.data).where(RenewedWrap.wrap_id == WrapRow.id)
    for change in (
        update(Member).where(Member.id.in_(came)).values(active_quarter=last.scalar_subquery()),
        update(WrapRow).where(WrapRow.id.in_(over)).values(data=data.scalar_subquery()),
        delete(Arrival).where(Arrival.quarter < quarter),
        delete(RenewedWrap).where(RenewedWrap.quarter < quarter),
    ):
        stores.identity.execute(change, execution_options={"synchronize_session": False})
    stores.identity.expire_all()
