"""Contrast as WCAG 2.2 computes it, for colours that are written in oklch."""

import re
from math import cos, radians, sin
from pathlib import Path
from typing import Final

import bothways.ui

STATIC: Final = Path(bothways.ui.__file__).parent / "static" / "ui"
_PAIR: Final = re.compile(r"--([\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\);")

Colour = tuple[float, float, float]


def tokens() -> dict[str, dict[str, Colour]]:
    """Every colour token of tokens.css, in each theme."""
    found: dict[str, dict[str, Colour]] = {"light": {}, "dark": {}}
    for name, light, dark in _PAIR.findall((STATIC / "css" / "tokens.css").read_text()):
        found["light"][name], found["dark"][name] = _numbers(light), _numbers(dark)
    return found


def _numbers(text: str) -> Colour:
    lightness, chroma, hue = (float(number) for number in text.split())
    return lightness, chroma, hue


def luminance(colour: Colour) -> float:
    lightness, chroma, hue = colour
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return 0.2126 * _clipped(red) + 0.7152 * _clipped(green) + 0.0722 * _clipped(blue)


def _clipped(channel: float) -> float:
    return min(1.0, max(0.0, channel))


def contrast(one: Colour, other: Colour) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
