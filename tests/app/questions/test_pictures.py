"""A picture made anew: nothing of its file survives but its pixels; what is no photo is refused."""

import logging
from io import BytesIO

import pytest
from PIL import Image

from app.questions.pictures import LONGEST_EDGE, BadPicture, clean_picture
from tests.app.questions.pictures import (
    FILES,
    REFUSED,
    WORD,
    encoded,
    holds,
    jpeg_with_everything,
    markers,
    pixels,
    png_with_everything_upright,
)


@pytest.mark.parametrize("kind", FILES)
def test_nothing_but_pixels_survives(kind: str) -> None:
    file = FILES[kind]()
    assert holds(file)
    clean = clean_picture(file)
    assert not holds(clean)
    opened = Image.open(BytesIO(clean))
    assert opened.format == "JPEG"
    assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not opened.getexif()
    assert markers(clean) <= {0xE0, 0xDB, 0xC0, 0xC4}
    assert clean.endswith(b"\xff\xd9")


@pytest.mark.parametrize("kind", FILES)
def test_saving_it_again_would_not_do(kind: str) -> None:
    """The broken version these tests must see: opened and saved, as one might, the file keeps what it knew."""
    source = Image.open(BytesIO(FILES[kind]()))
    kept = {name: source.info[name] for name in ("exif", "icc_profile", "comment") if name in source.info}
    assert holds(encoded(source.convert("RGB"), **kept))


def test_two_cameras_leave_the_same_file() -> None:
    """The same pixels come out as the same bytes, whatever the file said about them."""
    bare = encoded(pixels(), "PNG")
    assert clean_picture(png_with_everything_upright()) == clean_picture(bare)


def test_it_stands_upright() -> None:
    turned = Image.open(BytesIO(clean_picture(jpeg_with_everything())))
    assert turned.size == (480, 640)
    red, _, blue = turned.getpixel((470, 10))  # what was at the top left is at the top right
    assert red > 150 > blue


@pytest.mark.parametrize(
    ("size", "expected"), [((4000, 3000), (1600, 1200)), ((900, 3600), (400, 1600)), ((64, 48), (64, 48))]
)
def test_its_longest_edge_is_capped(size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert Image.open(BytesIO(clean_picture(encoded(pixels(size=size))))).size == expected
    assert max(expected) <= LONGEST_EDGE


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "LA", "CMYK", "1", "I;16"])
def test_every_kind_of_pixel_becomes_the_same_kind(mode: str) -> None:
    image = Image.new("I;16", (60, 40)) if mode == "I;16" else pixels(size=(60, 40), mode=mode)
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert Image.open(BytesIO(clean_picture(encoded(image, kind)))).mode == "RGB"


def test_what_was_transparent_is_white() -> None:
    clean = Image.open(BytesIO(clean_picture(encoded(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG"))))
    assert min(clean.getpixel((20, 20))) > 250


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_is_refused(name: str) -> None:
    make, reason = REFUSED[name]
    with pytest.raises(BadPicture) as refused:
        clean_picture(make())
    assert refused.value.reason == reason


def test_a_picture_of_two_views_is_a_photo() -> None:
    """Some phones put a second view into the same file."""
    two = encoded(pixels(), "MPO", save_all=True, append_images=[Image.new("RGB", (640, 480))])
    assert Image.open(BytesIO(clean_picture(two))).size == (640, 480)


@pytest.mark.parametrize("level", [logging.WARNING, logging.DEBUG])
def test_no_log_of_any_level_tells_what_stood_in_the_file(caplog: pytest.LogCaptureFixture, level: int) -> None:
    """The decoder would write place and camera into one; the mutant lets it."""
    decoder, before = logging.getLogger("PIL"), logging.getLogger("PIL").level
    assert before == logging.WARNING
    decoder.setLevel(level)
    try:
        with caplog.at_level(logging.DEBUG, logger="root"):
            clean_picture(jpeg_with_everything())
    finally:
        decoder.setLevel(before)
    assert (WORD in caplog.text) == (level == logging.DEBUG)
    caplog.clear()
