"""The post office ends every contact of one address."""

from sqlalchemy import select

from app.keyfiles import KeyFolder
from app.mail import service
from app.mail.forgetting import forget_mailbox
from app.mail.mailbox import Mailbox
from app.mail.models import Contact
from app.mail.office import PostOffice
from app.mail.relays import OutboxRelay
from app.wiring import Toolbox


def test_every_contact_of_one_address_ends(tools: Toolbox) -> None:
    """Also those whose labels only a lost secret could make again; nobody else's."""
    office = KeyFolder(tools.settings.key_folder).post_office()
    with tools.database.transaction("content") as stores:
        for label, mail in (
            ("a" * 32, "bob@mail.example"),
            ("b" * 32, "bob@mail.example"),
            ("c" * 32, "bobo@mail.example"),
        ):
            stores.content.add(Contact(label=label, box=service.address_box(office.public, Mailbox(mail), locale="ja")))
        stores.content.add(Contact(label="d" * 32, box=b"not a box at all, and long enough to be looked at as one"))
        forget_mailbox(stores, tools.vault, office.public, mailbox=Mailbox("bob@mail.example"), due=tools.window)
    relay = OutboxRelay(tools.settings.data_dir / "outbox")
    private = office.private
    PostOffice(tools, lambda: [private], relay).worker().run_until_idle()
    with tools.database.reading() as stores:
        assert set(stores.content.scalars(select(Contact.label))) == {"c" * 32, "d" * 32}
    assert relay.letters() == []
