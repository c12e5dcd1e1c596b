"""What the worker does for programs."""
