"""The one box: a private sentence in, people, rooms and answers out."""
