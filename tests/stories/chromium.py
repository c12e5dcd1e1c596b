"""Which program is the browser. Apart from `browser`, so that `bin/screens` needs no settings to ask."""

import shutil

BROWSERS = (  # the first opens no window for each page, so it takes half
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
)


def executable() -> str | None:
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def missing() -> str:
    return f"Chromium is missing. One command brings it: sudo apt-get install -y {BROWSERS[0]}"
