"""Pictures as cameras and programs write them."""

from io import BytesIO
from typing import Any

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **saved: Any) -> BytesIO:
    """A picture whose left half is dark and whose right half is light."""
    drawn = Image.new("RGB", size, (20, 40, 60))
    drawn.paste((220, 200, 180), (size[0] // 2, 0, *size))
    file = BytesIO()
    drawn.convert(mode).save(file, kind, **saved)
    file.seek(0)
    return file
