"""A picture made anew: its pixels are copied into a fresh image, and nothing else of the file goes along.

What falls away: EXIF with place, time and camera, XMP, IPTC, comments, colour profiles with their names, previews, text
chunks, and whatever was glued to the end. What the picture shows stays, and so does what a sensor leaves in the pixels.
"""

import logging
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from app.errors import ShiomeError

LONGEST_EDGE: Final = 1600
MAX_BYTES: Final = 12 * 1024 * 1024  # of the file that comes in
MAX_STORED: Final = 1024 * 1024  # of the one that is kept
MAX_PIXELS: Final = {"JPEG": 50_000_000, "MPO": 50_000_000}  # a JPEG is read at a fraction of its size
OTHER_PIXELS: Final = 20_000_000
QUALITIES: Final = (82, 70, 55, 35)

# a decoder that logs what it reads would write place, camera and owner into a log of level debug
logging.getLogger("PIL").setLevel(logging.WARNING)


class BadPicture(ShiomeError):
    """A file that becomes no picture: `reason` is large, type, moving, broken, many."""

    status = 422

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def clean_picture(data: bytes) -> bytes:
    """A JPEG of the pixels alone, upright, its longest edge at most 1600. Raises BadPicture."""
    if len(data) > MAX_BYTES:
        raise BadPicture("large")
    with _opened(data) as source:
        if source.width * source.height > MAX_PIXELS.get(source.format or "", OTHER_PIXELS):
            raise BadPicture("large")
        # phones put a second view of the same moment into one file (MPO): its first view is the photo
        if source.format != "MPO" and getattr(source, "n_frames", 1) > 1:
            raise BadPicture("moving")
        return _encoded(_pixels(source))


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
    except Image.DecompressionBombError as error:
        raise BadPicture("large") from error
    except Exception as error:
        raise BadPicture("type") from error


def _pixels(source: Image.Image) -> Image.Image:
    """A fresh image with the pixels of `source`, on white where it was transparent."""
    try:
        source.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
        upright = ImageOps.exif_transpose(source)
        upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
        layer = upright.convert("RGBA") if "A" in upright.mode or "transparency" in upright.info else upright
        fresh = Image.new("RGB", upright.size, "white")
        fresh.paste(layer.convert("RGB"), mask=layer.getchannel("A") if layer.mode == "RGBA" else None)
    except Exception as error:  # a decoder raises whatever a broken file makes it stumble over
        raise BadPicture("broken") from error
    return fresh


def _encoded(fresh: Image.Image) -> bytes:
    found = b""
    for quality in QUALITIES:
        out = BytesIO()
        fresh.save(out, "JPEG", quality=quality, optimize=True)
        found = out.getvalue()
        if len(found) <= MAX_STORED:
            break
    return found
