"""What hides in copies of the content file whose rows the router, or a member, wrote between."""

from dataclasses import dataclass

from app.queues import experts, offers
from app.queues.rules import Measures
from app.sealing import OFFERS
from app.wiring import Toolbox
from privacy.times import windows_after

KEPT_DAYS = 14  # after its publication the offers of a question that is settled or ended go


@dataclass(frozen=True)
class Cover:
    """What a worker does."""

    tools: Toolbox

    def cover(self) -> None:
        """Seal every expert profile anew: routing writes into those it asks, a pass or a visit into one's own."""
        with self.tools.database.transaction("content") as stores:
            experts.seal_anew(stores, self.tools.vault)

    def let_go(self) -> None:
        """Let the offers go of questions that are over, all of a question together."""
        tools = self.tools
        before = tools.window - windows_after(KEPT_DAYS * 24, tools.settings.window_seconds)
        with tools.database.transaction("content") as stores:
            offers.drop_over(stores, before=before)

    def seal_old(self) -> None:
        """Seal what an older schema left in the clear, and tell in their profiles those whose inboxes rest."""
        vault, measures = self.tools.vault, Measures(rest_after=self.tools.settings.rest_after)
        if len(vault.roots.ids) > 1:  # an older version rotated and kept no secret for labels
            with self.tools.database.transaction("keys") as stores:
                vault.keep(stores, OFFERS)
        with self.tools.database.transaction("content") as stores:
            done = offers.seal_old(stores, vault)
            experts.tell_rest(stores, vault, measures=measures, due=self.tools.window)
        if done:
            self.tools.database.checkpoint()
