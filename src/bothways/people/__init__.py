"""Who is here: accounts, persons, topics, offers and wants, the time budget, availability."""
