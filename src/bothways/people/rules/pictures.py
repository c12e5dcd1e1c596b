"""From any picture to a small square of our own: bounded, and without what was hidden in it."""

import struct
import threading
from io import BytesIO
from typing import IO

from PIL import ExifTags, Image, ImageOps

SIDE = 512
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000  # of a JPEG, which is opened in small
MOST_PIXELS_WHOLE = 16_000_000  # of others, which must be unpacked whole
MOST_SCANS = 32  # of a JPEG; a camera makes one, a picture that comes by and by some ten
PATIENCE = 2.0  # seconds
FORMATS = ("JPEG", "PNG", "WEBP")

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
)
_SCAN = b"\xff\xda"
_one_at_a_time = threading.Lock()  # an unpacked picture may take 64 MB


class NotAPicture(Exception):
    """It is not a JPEG, PNG or WebP picture, whatever it is called, or it is broken."""


class TooLarge(Exception):
    """More bytes or more pixels than we open."""


class Busy(Exception):
    """Others' pictures are being looked at; a page is not kept waiting for them."""


def square(picture: IO[bytes]) -> bytes:
    """The middle of the picture as a WebP of 512 by 512 points, with no metadata at all."""
    data = picture.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise TooLarge
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise Busy
    try:
        return _square(data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooLarge from None
    except (*_BROKEN, struct.error):
        raise NotAPicture from None
    finally:
        _one_at_a_time.release()


def _square(data: bytes) -> bytes:
    with Image.open(BytesIO(data), formats=FORMATS) as opened:
        width, height = opened.size
        if width * height > (MOST_PIXELS if opened.format == "JPEG" else MOST_PIXELS_WHOLE):
            raise TooLarge
        if opened.format == "JPEG" and data.count(_SCAN) > MOST_SCANS:
            raise TooLarge  # each is unpacked over the whole picture
        opened.draft("RGB", (2 * SIDE, 2 * SIDE))
        turn = _TURNS.get(opened.getexif().get(ExifTags.Base.Orientation, 1))
        plain = opened if opened.mode in ("RGB", "RGBA") else opened.convert("RGBA")
        less = plain.reduce(max(1, min(plain.size) // (2 * SIDE)))
        small = ImageOps.fit(less, (SIDE, SIDE), Image.Resampling.LANCZOS).convert("RGBA")
    upright = small.transpose(turn) if turn is not None else small
    clean = Image.new("RGB", upright.size, "white")
    clean.paste(upright, mask=upright.getchannel("A"))
    out = BytesIO()
    clean.save(out, "WEBP", quality=84, method=4)
    return out.getvalue()
