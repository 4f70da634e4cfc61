"""Decisions about break-glass: reasons, waits, states. No session, no request, no clock."""

from typing import Final, Literal

from app.errors import ShiomeError

WAIT_SECONDS: Final = 48 * 3600
KEPT_SECONDS: Final = 14 * 24 * 3600

Reason = Literal["danger", "court"]
REASONS: Final[tuple[Reason, ...]] = ("danger", "court")  # as app.logs.rules lists them
"""danger: somebody's life or body is in danger; court: a court, or an authority with its warrant, orders it."""

Step = Literal["requested", "shown", "gone", "withdrawn", "refused", "expired"]
STEPS: Final[tuple[Step, ...]] = ("requested", "shown", "gone", "withdrawn", "refused", "expired")
EVENTS: Final = frozenset(f"escrow.{reason}.{step}" for reason in REASONS for step in STEPS)
"""What the chain of the content log knows of requests: the yearly count is read from it, so a shortened one shows."""

Why = Literal[
    "off", "no-escrow", "other-custodians", "no-request", "other-request", "not-open", "too-early", "too-late",
    "too-few", "wrong-answer", "role-taken", "five-already", "not-a-key", "no-custodian", "wrong-proof",
]  # fmt: skip


class EscrowRefused(ShiomeError):
    """What was asked for is refused. `why` is one of a closed list; the command says it in words."""

    def __init__(self, why: Why, **data: object) -> None:
        super().__init__(why)
        self.why = why
        self.data = data


def check_time(*, asked: float, now: float) -> None:
    """Whether a request may be opened now. Raises EscrowRefused: too-early (with the seconds left), too-late."""
    if now < asked + WAIT_SECONDS:
        raise EscrowRefused("too-early", left=int(asked + WAIT_SECONDS - now))
    if now > asked + KEPT_SECONDS:
        raise EscrowRefused("too-late")


def is_over(*, asked: float, now: float) -> bool:
    """Whether a request that nobody ended has ended by itself."""
    return now > asked + KEPT_SECONDS


def shows_organisation(reason: str) -> bool:
    """Whether the organisation is opened beside the address: somebody in danger has to be found, a court can ask on."""
    return reason == "danger"


def event(reason: str, step: Step) -> str:
    """The name under which the content log counts it."""
    return f"escrow.{reason}.{step}"
