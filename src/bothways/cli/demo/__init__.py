"""`bothways demo`: a believable organisation, made once, served with six people to step into."""
