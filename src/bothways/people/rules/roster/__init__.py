"""Lists of people as other systems write them: bytes in, entries and remarks out. Knows no database."""
