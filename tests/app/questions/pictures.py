"""Picture files for tests: carrying everything a file may carry, or spoilt in every way."""

import re
import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms, PngImagePlugin

CANARY = b"kakuushi-no-ikesu-34.06N-136.22E"
WORD = CANARY.decode()


def pixels(*, size: tuple[int, int] = (640, 480), mode: str = "RGB") -> Image.Image:
    """A picture that is the same neither turned nor mirrored."""
    image = Image.new("RGB", size, (20, 120, 200))
    image.paste((220, 60, 30), (0, 0, size[0] // 2, size[1] // 3))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def exif_with_everything() -> bytes:
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x9286] = WORD, WORD, WORD  # description, artist, comment
    exif[0x0112] = 6  # turned
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 3.0, 36.0), 3: "E", 4: (136.0, 13.0, 12.0), 29: WORD})
    exif.get_ifd(0x8769).update({0x9003: WORD, 0xA430: WORD, 0xA431: WORD})  # when, owner, serial number
    return exif.tobytes()


def profile() -> bytes:
    """A colour profile whose description carries the canary."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return bytes(made) + CANARY


def jpeg_with_everything() -> bytes:
    thumbnail = encoded(pixels(size=(96, 64))) + CANARY
    plain = encoded(pixels(), exif=exif_with_everything(), icc_profile=profile(), comment=CANARY, quality=95)
    added = b"".join((
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + CANARY + b"</x:xmpmeta>"),
        segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x20" + CANARY),
        segment(0xEC, thumbnail),
        segment(0xFE, CANARY),
    ))  # fmt: skip
    return plain[:2] + added + plain[2:] + CANARY


def png_with_everything() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", WORD)
    info.add_text("Author", WORD, zip=True)
    info.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{WORD}</x:xmpmeta>")
    plain = encoded(pixels(), "PNG", pnginfo=info, icc_profile=profile(), exif=exif_with_everything())
    at = plain.rindex(b"\0\0\0\0IEND")
    return plain[:at] + chunk(b"zzZz", CANARY) + plain[at:] + CANARY


def webp_with_everything() -> bytes:
    return encoded(pixels(), "WEBP", exif=exif_with_everything(), icc_profile=profile(), xmp=CANARY, lossless=True)


FILES = {"jpeg": jpeg_with_everything, "png": png_with_everything, "webp": webp_with_everything}


def holds(data: bytes, word: bytes = CANARY) -> bool:
    """Whether a word is in the bytes, plain, wide, or packed in a stream of zlib."""
    found = [data]
    for start in (match.start() for match in re.finditer(b"\x78[\x01\x5e\x9c\xda]", data)):
        unpack = zlib.decompressobj()
        try:
            found.append(unpack.decompress(data[start:], 1 << 20))
        except zlib.error:
            continue
    wide = word.decode().encode("utf-16-le")
    return any(word in one or wide in one for one in found)


def markers(jpeg: bytes) -> set[int]:
    """The markers of a JPEG's segments up to its pixels."""
    found, at = set(), 2
    while jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
    return found


def png_with_everything_upright() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", WORD)
    return encoded(pixels(), "PNG", pnginfo=info) + CANARY


def bomb() -> bytes:
    """A PNG of 30,000 by 30,000 pixels in a few kilobytes."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 50_000))
        + chunk(b"IEND", b"")
    )


def moving(kind: str) -> bytes:
    frames = [pixels(size=(40, 40)), Image.new("RGB", (40, 40), "black")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:])


def wide_png() -> bytes:
    return encoded(Image.new("1", (6000, 4000)), "PNG")


REFUSED = {
    "a bomb": (bomb, "large"),
    "too many pixels": (wide_png, "large"),
    "too many bytes": (lambda: b"\xff\xd8\xff" + bytes(13 * 1024 * 1024), "large"),
    "moving PNG": (lambda: moving("PNG"), "moving"),
    "moving WebP": (lambda: moving("WEBP"), "moving"),
    "a GIF": (lambda: encoded(pixels(), "GIF"), "type"),
    "a TIFF": (lambda: encoded(pixels(), "TIFF"), "type"),
    "words": (lambda: "写真ではありません".encode(), "type"),
    "a page": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "type"),
    "nothing": (lambda: b"", "type"),
    "cut short": (lambda: encoded(pixels(size=(900, 900)), "PNG")[:900], "broken"),
}
