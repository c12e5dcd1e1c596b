"""The matching engine: plain values in, pairs and reasons out. No Django, nothing of ours."""
