"""What could take a closing note further than its cohort agreed to."""

from sqlalchemy import select

from app.clock import today
from app.community.models import Writing
from app.domains.reads import quarters_of
from app.knowledge.models import Article, ArticleVersion
from app.leaving.steps import leave
from app.questions.told import told_in
from privacy.crowds import GROUP
from tests.app.cohorts.stage import MATES, Stage, pressed
from tests.cast import post, viewer_of

TEXT = {
    "title": "夏の酸素を見える形に",
    "text": "夜明け前だけ下がると、赤い桟橋の仲間が気づきました。",
    "audience": "members",
}
OTHER = {"title": "夏の酸素を見える形に", "text": "夜明け前だけ下がると、みんなが気づきました。", "audience": "members"}


def closing(stage: Stage) -> str:
    """A cohort with carol's note before everybody; the address of its page."""
    cohort = stage.begin()
    stage.pass_days(36)
    url = f"/cohorts/{cohort}/closing"
    assert pressed(stage["carol"], url, dict(TEXT)).status_code == 303
    stage.pass_days(1)
    return url


def asked(stage: Stage, who: str, url: str) -> str:
    return stage[who].get(url).text.split('name="asked" value="')[1].split('"')[0]


def agree(stage: Stage, who: str, url: str, word: str = "yes", **more: str) -> int:
    fields = {"asked": asked(stage, who, url), "word": word, **more}
    return pressed(stage[who], f"{url}/answer", dict(fields), page=url).status_code


def state(stage: Stage) -> list[str]:
    with stage.tools.database.reading() as stores:
        return [row.state for row in stores.content.scalars(select(ArticleVersion))]


def note(stage: Stage) -> Writing:
    with stage.tools.database.reading() as stores:
        return stores.content.scalars(select(Writing).where(Writing.kind == "closing")).one()


def test_a_yes_is_to_the_words_that_stood_on_the_page(stage: Stage) -> None:
    url = closing(stage)
    before = asked(stage, "alice", url)
    change = f"/writings/{note(stage).id}/change"
    fields = {name: OTHER[name] for name in ("title", "text")}
    assert pressed(stage["carol"], change, dict(fields)).status_code == 303
    stage.pass_days(1)
    assert post(stage["alice"], f"{url}/answer", {"word": "yes", "asked": before}, page=url).status_code == 409
    assert agree(stage, "alice", url) == 303


def test_what_is_wished_to_be_different_is_checked_like_every_text(stage: Stage) -> None:
    url = closing(stage)
    fields = {
        "word": "change",
        "asked": asked(stage, "alice", url),
        "note": "架空水産Eの鈴木さん（090-1234-5678）のことは消してください。",
    }
    assert post(stage["alice"], f"{url}/answer", dict(fields), page=url).status_code == 422
    assert "090-1234-5678" not in stage["bob"].get(url).text
    assert agree(stage, "alice", url, "change", note="桟橋の色は書かないでください。") == 303
    stage.pass_days(1)
    assert "桟橋の色は" in stage["bob"].get(url).text


def test_who_leaves_takes_their_yes_along_and_words_go_from_the_knowledge_base(stage: Stage) -> None:
    url = closing(stage)
    for who in MATES:
        assert agree(stage, who, url) == 303
    stage.pass_days(2)
    assert state(stage) == ["second"]  # it waits for its second editor, whatever rounds there are
    words = f"/writings/{note(stage).id}/words"
    with stage.tools.database.reading() as stores:
        before = stores.content.scalars(select(Article.key_id)).one()
    assert post(stage["carol"], words, {"words": "赤い桟橋"}).status_code in (200, 303)
    with stage.tools.database.reading() as stores:
        row = stores.content.scalars(select(ArticleVersion)).one()
        article = stores.content.get_one(Article, row.article_id)
        assert article.key_id != before
    leave(stage.tools, viewer_of(stage.tools, stage.people["bob"]), texts="withdraw")
    stage.pass_days(1)
    assert state(stage) == ["retired"]


def test_who_writes_in_a_cohort_tells_its_group_in_every_quarter_of_it(stage: Stage) -> None:
    """Signed up in autumn, written in winter: what is posted in winter is checked together with the cohort's group."""
    closing(stage)
    with stage.tools.database.reading() as stores:
        now = quarters_of(stores, today(stage.tools.clock.now()))
        assert (GROUP, 0, "salmonids") in told_in(stores, stage.people["carol"].secret, now)
        assert (
            told_in(stores, stage.people["bob"].secret, now) == frozenset()
        )  # the quarter is another than that of signing up
