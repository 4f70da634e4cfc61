"""Photos that came with a form: cleaned and kept with the draft at once, so that a mistake elsewhere loses none."""

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app.accounts.viewer import Viewer
from app.questions.photos import MAX_PHOTOS, draft_photos, drop_photos, keep_photos
from app.questions.pictures import MAX_BYTES, BadPicture, clean_picture
from app.web.i18n import gettext as _
from app.web.limits import spend
from app.wiring import Toolbox

COST = 5  # of the caller's requests a minute: making a picture anew is work


def has_photos() -> bool:
    """Whether photos came with the form, or are to go."""
    return any(one.filename for one in request.files.getlist("photos")) or bool(request.form.getlist("drop"))


def take_photos(tools: Toolbox, viewer: Viewer, place: str) -> str:
    """Keep what came and drop what was ticked; a message about what could not be taken, or nothing."""
    if not has_photos():
        return ""
    files = [one for one in request.files.getlist("photos") if one.filename]
    dropped = request.form.getlist("drop")
    pictures, reasons = _cleaned(files[: MAX_PHOTOS * 2])
    with tools.database.transaction("content") as stores:
        drop_photos(stores, viewer.secret, place, dropped)
        room = MAX_PHOTOS - len(draft_photos(stores, viewer.secret, place))
        keep_photos(stores, viewer.secret, place, pictures[:room])
    if len(pictures) > room:
        reasons.append("many")
    return " ".join(photo_words(reason) for reason in dict.fromkeys(reasons))


def _cleaned(files: list[FileStorage]) -> tuple[list[bytes], list[str]]:
    pictures, reasons = [], []
    for one in files:
        spend(COST)
        try:
            pictures.append(clean_picture(one.stream.read(MAX_BYTES + 1)))
        except BadPicture as refusal:
            reasons.append(refusal.reason)
    return pictures, reasons


def photo_words(reason: str) -> str:
    """Why a photo was not taken, kindly."""
    return {
        "large": _("大きすぎる写真がありました。一枚12MBまでです。"),
        "type": _("写真として開けないファイルがありました。JPEG、PNG、WebPの写真を選んでください。"),
        "moving": _("動く画像は使えません。止まった写真を選んでください。"),
        "broken": _("こわれていて開けない写真がありました。撮り直すか、別の写真を選んでください。"),
        "many": _("写真は{n}枚までです。はじめの{n}枚をつけました。").format(n=MAX_PHOTOS),
    }[reason]


def photo_response(picture: bytes) -> Response:
    """A picture on its own: one type, no name, kept by nobody."""
    return Response(picture, content_type="image/jpeg")
