"""`bothways demo`: a believable organisation, made once, served with five people to step into."""
