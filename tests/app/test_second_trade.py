"""A second network in another trade: the same code, another domain file, named by a setting."""

import random
from pathlib import Path

from sqlalchemy import select

from app.accounts.service import add_organisation
from app.clock import today
from app.questions.models import Thread
from app.queues import service as queues
from app.queues.models import Offer
from app.wiring import Toolbox
from tests.app.queues.stage import work
from tests.browser.tours import PAGES_OF_A_MEMBER
from tests.cast import Person, make_person, post, signed_in, viewer_of
from tests.conftest import make_app, make_tools
from tests.project.test_trade_words import OF_THE_TRADE


def make_member(tools: Toolbox, name: str, subject: str) -> Person:
    with tools.database.transaction("identity", "keys") as stores:
        organisation, _ = add_organisation(
            stores, tools.vault, name=f"架空ソフト{name}", verified=True, rng=random.Random(name)
        )
    attributes = {one.key: one.values[0].key for one in tools.trade.attributes}
    return make_person(tools, name, organisation, subjects=(subject,), attributes=attributes)


def test_customer_success_asks_and_is_asked(tmp_path: Path) -> None:
    tools = make_tools(tmp_path, domain_file="customer_success")
    app = make_app(tools)
    subject = tools.trade.groups[0].subjects[0].key
    topic = tools.trade.topics_of(subject)[0].key
    asker, expert = make_member(tools, "asker", subject), make_member(tools, "expert", subject)
    with tools.database.transaction("content") as stores:
        queues.opt_in(
            stores,
            tools.vault,
            tools.trade,
            viewer=viewer_of(tools, expert),
            subject=subject,
            topics=(topic,),
            capacity=3,
            away_until=0,
            box=None,
        )
    client = signed_in(app, asker)
    page = client.get("/ask").text
    for field in tools.trade.form.fields:
        assert field.label.ja in page
    required = {
        f"field_{one.key}": "更新の三か月前から連絡が途切れています。"
        for one in tools.trade.form.fields
        if one.required
    }
    draft = {
        "subject": subject,
        "topic": topic,
        "title": "更新前に連絡が途切れたとき",
        "audience": "domain",
        **required,
    }
    assert post(client, "/ask/preview", draft, page="/ask").status_code == 303
    preview = client.get("/ask/preview").text
    token = preview.split('name="token" value="')[1].split('"')[0]
    assert post(client, "/ask/publish", {"token": token}, page="/ask/preview").status_code == 303
    work(tools, hours=30)
    with tools.database.reading() as stores:
        thread = stores.content.scalars(select(Thread)).one()
        assert thread.state == "asked"
        assert len(stores.content.scalars(select(Offer)).all()) == 1
    assert "更新前に連絡が途切れたとき" in signed_in(app, expert).get("/queue").text
    assert "魚" not in page
    assert today(tools.clock.now()).toordinal() >= thread.published_day


def test_no_page_of_a_member_speaks_of_the_first_trade(tmp_path: Path) -> None:
    tools = make_tools(tmp_path, domain_file="customer_success")
    client = signed_in(make_app(tools), make_member(tools, "member", tools.trade.groups[0].subjects[0].key))
    own = [path for path in PAGES_OF_A_MEMBER if "?" not in path]
    assert len(own) > 40
    for path in own:
        page = client.get(path, follow_redirects=True)
        assert page.status_code in (200, 404), path  # what is drawn by lot is not everybody's
        shown = page.text.partition("<main")[2].partition("</main>")[0]
        assert [word for word in OF_THE_TRADE if word in shown] == [], path
