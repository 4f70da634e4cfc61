"""What may stand in the logs: closed lists of events, and nothing else in words."""

from typing import Final

from app.errors import ShiomeError

KEPT_DAYS: Final = 90
COUNTED_IN: Final = 20  # entries of the content log, as far as its published counts tell

# Somebody's signing in is not among them: with the root key the hours at which a member came, beside the windows in
# which posts appeared, would tell who wrote them. For the same reason every entry stands with its day only: a recovery
# is a sign-in too, and one entry with an hour would lend it to its neighbours in the chain and to whoever else came
# from its address. Joining and leaving name nobody: who was not there yet did not write it.
SECURITY_EVENTS: Final = frozenset(
    {
        "sign-in.failed",
        "recovery.failed",
        "recovery.used",
        "password.changed",
        "recovery-code.changed",
        "address.changed",
        "webhook.changed",
        "passkey.added",
        "passkey.removed",
        "passkey.copied",
        "devices.signed-out",
        "token.made",
        "token.revoked",
        "member.joined",
        "member.left",
        "organisation.added",
        "organisation.verified",
        "organisation.code-changed",
        "organisation.declined",
        "organisation.decline-undone",
        "organisation.corrected",
        "organisation.chosen",
        "custodians.changed",
        "escrow.requested",
        "escrow.shown",
        "escrow.gone",
        "escrow.withdrawn",
        "escrow.refused",
        "escrow.expired",
        "keys.rotation-began",
        "member.began-afresh",
        "member.undid-afresh",
        "role.asked",
        "role.given",
        "role.taken",
        "role.accepted",
        "role.declined",
        "role.laid-down",
        "setup.link-made",
        "setup.opened",
        "setup.finished",
        "network.changed",
        "domain-file.changed",
        "mail.tested",
        "log.forgotten",
    }
)
ESCROW_REASONS: Final = ("danger", "court")
ESCROW_STEPS: Final = ("requested", "shown", "gone", "withdrawn", "refused", "expired")
DECISIONS: Final = ("put_back", "words", "keep", "uphold", "grant", "confirm", "release", "refuse")
CONTENT_EVENTS: Final = frozenset(
    {
        "question.published",
        "answer.published",
        "writing.published",
        "writing-change.published",
        "followup.published",
        "outcome.published",
        "edit.published",
        "addition.published",
        "crowds.published",
        "synonyms.changed",
        "count.rounded",
        *(f"case.{decision}" for decision in DECISIONS),
        "custodians.changed",
        *(f"escrow.{reason}.{step}" for reason in ESCROW_REASONS for step in ESCROW_STEPS),
    }
)


class UnknownEvent(ShiomeError):
    """An event that is in neither list: a log takes no free words."""

    status = 500


def check_event(event: str, known: frozenset[str]) -> str:
    """The event itself. Raises UnknownEvent."""
    if event not in known:
        raise UnknownEvent
    return event
