"""The ways through the community around the questions: articles, ideas, cohorts, recognition, the charter. By test_pages.py."""

import re

from tests.app.gate.makers import change
from tests.browser.looking import Look
from tests.browser.world import World

TO_MEMBERS = (
    "/ideas/{idea}", "/ideas/{idea}/talk", "/articles/{article}", "/articles/{article}/history",
    "/articles/{article}/outdated", "/articles/asked/{consent}", "/cohorts", "/cohorts/lesson",
    "/cohorts/terms/{term}/join", "/cohorts/terms/{term}/lead", "/cohorts/{cohort}", "/cohorts/{cohort}/check-in",
    "/cohorts/{cohort}/leave", "/cohorts/{cohort}/canvas", "/cohorts/{cohort}/canvas/all",
    "/cohorts/{cohort}/canvas/all/edit", "/cohorts/{cohort}/company", "/cohorts/{cohort}/closing",
    "/recognition/award/2026", "/recognition/badge/2026", "/recognition/writing/{wanted_story}",
    "/recognition/nominate/{solved}/{post}", "/recognition/stories/{members_story}", "/words/for/{solved}",
    "/welcome", "/welcome/help", "/welcome/receiving", "/welcome/practice", "/welcome/ready", "/welcome/declined",
    "/welcome/back",
)  # fmt: skip
TO_KEEPERS = (
    "/articles/desk", "/articles/desk/{seen}", "/articles/from/{solved}", "/articles/drafts/{draft}",
    "/cohorts/terms", "/cohorts/terms/{term}/lead", "/words", "/words/{word}", "/welcome/roles/coordinator",
)  # fmt: skip
TO_THE_COMPANY = (
    "/ideas/desk",
    "/ideas/{idea}",
    "/ideas/{idea}/state",
    "/cohorts/invited",
    "/cohorts/invited/{cohort}",
)
TO_EVERYBODY = (
    "/articles", "/articles/{open_article}", "/ideas/overdue", "/recognition/stories/{open_story}", "/charter/versions",
)  # fmt: skip

SAME_TITLE = re.compile(
    r"open_|members_|/invited(?=/)|/articles/\{article\}/(?=outdated)"
)  # two of a kind bear the same title


def tour_community(look: Look, *, world: World, paths: tuple[str, ...]) -> None:
    """These pages of what `world.house` has."""
    ids = {**world.house, "solved": world.threads["solved"], "post": world.post}
    for path in paths:
        look.go(path.format(**ids), SAME_TITLE.sub("", path))


def tour_first_steps(look: Look) -> None:
    """Somebody at the last page of signing up, who has kept the recovery code and is asked for the promises."""
    code = re.sub(r"\s", "", look.page.locator(".recovery-code").inner_text())
    look.page.fill("main [name=last_group]", code[-4:])
    with look.page.expect_navigation():
        look.page.locator("main form[method=post]").first.evaluate("form => form.submit()")
    look.go("/welcome", "/welcome")
    look.go("/welcome/promises", "/welcome/promises")
    look.send("/welcome/promises")


def tour_changed_charter(look: Look) -> None:
    """Somebody whose charter was changed meanwhile, and the operator's page has it."""
    change(look.site.app, look.site.cast, anonymity_text_ja=f"だれの話かわかる形では話しません（{look.locale}）。")
    look.go("/welcome/changes", "/welcome/changes")
    number = look.site.tools.trade.charter.version
    look.go(f"/charter/versions/{number}", f"/charter/versions/{number}")
