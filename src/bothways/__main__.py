"""`python -m bothways` is the `bothways` command."""

from bothways.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
