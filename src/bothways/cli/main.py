"""The `bothways` command."""

import argparse
import os


def main() -> int:
    parser = argparse.ArgumentParser(prog="bothways")
    parser.parse_known_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bothways.config.settings")
    return 0
