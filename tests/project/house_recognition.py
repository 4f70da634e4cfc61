"""What the access table needs of recognition: two who were recognised, a story for everybody, one for members, one wanted."""

from app.clock import today
from app.community import ballots
from app.recognition.models import Candidacy, Story
from app.recognition.standing import PURPOSE
from app.recognition.stories import AWARDED, OUT, WANTED, put_parts
from app.recognition.texts import put_text
from app.wiring import Toolbox
from tests.cast import Cast, viewer_of

WORDS = {
    "title": "朝の酸素",
    "body": "夜明け前に測る場所を変えました。",
    "openness": "domain",
    "who": "",
    "groups": ["salmonids"],
}
STORIES = {
    "open_story": ("alice", OUT, True),
    "members_story": ("carol", OUT, False),
    "wanted_story": ("bob", WANTED, False),
}


def put_recognition(tools: Toolbox, cast: Cast) -> dict[str, str]:
    """The ids of the stories."""
    day = today(tools.clock.now()).toordinal()
    with tools.database.transaction("content", "keys") as stores:
        for story_id, (name, state, is_public) in STORIES.items():
            viewer, row_id = viewer_of(tools, cast[name]), story_id.ljust(32, "0")
            label = ballots.cast(stores, tools.vault, viewer=viewer, purpose=PURPOSE, object="2026")
            stores.content.add(Candidacy(label=label, round=2026, state=AWARDED, sealed=None))
            put_text(stores, tools.vault, label, {"sentences": ["静かで確かな助言でした。"], "groups": ["salmonids"]})
            story = Story(id=row_id, label=label, round=2026, state=state, shown_day=day, is_public=is_public)
            put_parts(tools.vault, story, {"circles": sorted(viewer.own_circles), "writer": ""})
            stores.content.add(story)
            put_text(stores, tools.vault, row_id, {"brief": "朝の見回りの話です。", **WORDS})
    return {story_id: story_id.ljust(32, "0") for story_id in STORIES}
