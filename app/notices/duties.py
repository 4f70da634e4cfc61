"""What all coordinators are told: that something on their desk is waited for. `app.gate.duties` says when."""

from typing import Final

from app.web.i18n import lazy

DESK: Final = "desk"  # the label of what is told to whoever is a coordinator
KIND: Final = "desk_due"
PAGE: Final = "/desk"
SENTENCES: Final = {KIND: lazy("世話役の机に、期限のあるものがあります。")}
