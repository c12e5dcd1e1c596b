"""What bin/bench runs."""
