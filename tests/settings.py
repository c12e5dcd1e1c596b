"""The project's settings, in test mode, with a data folder of their own."""

import os
from importlib import import_module
from pathlib import Path

os.environ.setdefault("BOTHWAYS_MODE", "test")
os.environ.setdefault("BOTHWAYS_DATA", str(Path(__file__).parent.parent / "var" / "test"))

globals().update(vars(import_module("bothways.config.settings")))

WHITENOISE_AUTOREFRESH = True  # else each test client walks through all static files before its first answer
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # half a second a guess is for guessers
